"""Lays templates out in lines: an element or a tag a line, what is in it indented, nothing over 120 columns."""
