"""The words of every mail about events. Each function looks at the state of the moment in which the mail leaves: None
means that it makes no sense any more and is dropped. No mail holds an access need or a meeting address."""
