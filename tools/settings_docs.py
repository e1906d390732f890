"""Writes docs/settings.md from the settings' model; with --check only says whether it is current."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sitebuilder.environment import BASE_DIR, OWN_PREFIXES, Environment, expected_values

PAGE = BASE_DIR / "docs" / "settings.md"
INTRODUCTION = """\
# Settings

Every setting is an environment variable. They are checked together when a process starts: wrong ones are
all named at once, and so are variables that begin as ours do and are no setting:
PREFIXES.
An empty variable counts as absent. A sample for production is [production.env](production.env).

This page is written from the code by `make docs`.
"""


def settings_page() -> str:
    """The text of docs/settings.md."""
    prefixes = ", ".join(f"`{prefix}`" for prefix in OWN_PREFIXES)
    return INTRODUCTION.replace("PREFIXES", prefixes) + "".join(_section(name) for name in Environment.model_fields)


def _section(name: str) -> str:
    field = Environment.model_fields[name]
    value = field.get_default()
    default = "" if value is None else str(value).replace(str(BASE_DIR), "<project>")
    if isinstance(value, bool):
        default = default.lower()
    given = f", default `{default}`" if default and value != () else ""
    return f"\n## {name.upper()}\n\n{field.description}\n\nExpected: {expected_values(name)}{given}.\n"


def main() -> None:
    """Writes the page, or checks it."""
    page = settings_page()
    if "--check" not in sys.argv:
        PAGE.write_text(page)
    elif not PAGE.exists() or PAGE.read_text() != page:
        sys.exit("docs/settings.md is not current; `make docs` writes it.")


if __name__ == "__main__":
    main()
