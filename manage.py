#!/usr/bin/env python3
"""Django's command line: ``manage.py help`` lists the commands."""

import os
import sys


def main() -> None:
    """Runs the command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sitebuilder.settings")
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
