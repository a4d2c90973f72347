"""What pages show: read from the models and put into words, so that a view only has to ask for it and a template to
show it. Nothing here changes anything."""
