"""What our templates are written in: cut into pieces, and which of their white space a browser ignores."""
