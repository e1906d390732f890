#!/usr/bin/env python3
"""Django's command line: ``manage.py help`` lists the commands."""

import gc
import os
import sys

GARBAGE = 300_000
"""How many more objects there may be, for as long as the process lives, before any are looked through. What it loads,
almost as many, is no garbage: to look through that takes a tenth of its start."""


def main() -> None:
    """Runs the command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sitebuilder.settings")
    gc.set_threshold(GARBAGE)
    # Where a developer has it for other tools, structlog would load it, for a tenth of each start. A shop has none.
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # nor is anything looked for where all of it ends


if __name__ == "__main__":
    main()
