"""A program that says which events are in a calendar file: `python -m events.ics`, the file on its standard input.

Files come from anybody, and a small one can keep any reader busy for minutes. So it runs in a process of its own, which
takes no more than SECONDS and MEMORY and imports no Django; events/calendar_files.py starts it.
"""
