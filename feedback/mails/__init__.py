"""The words of every mail about feedback. As in events.mails, each function looks at the state of the moment in which the
mail leaves."""
