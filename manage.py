#!/usr/bin/env python
"""Every command of the hub: `python manage.py help` lists them."""

import os
import sys

from kit import environment


def main() -> None:
    environment.read_file(environment.BASE_DIR / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allyhub.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
