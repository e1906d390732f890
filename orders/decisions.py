"""What must be said by whoever decides about a finished site: what they looked at, and what they want changed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

NOTE_LETTERS = 4000


class Outdated(Exception):
    """Somebody decides about a site that is not the one they looked at, or whose answers were opened meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Somebody was faster: the order has changed since this page was opened. Look at it again."))


class NoteRefused(Exception):
    """A note that is empty, or longer than anybody reads."""

    def __init__(self) -> None:
        limits = {"letters": NOTE_LETTERS}
        super().__init__(_("Say what shall be changed, in at most %(letters)s letters.") % limits)


@dataclass(frozen=True)
class Seen:
    """What somebody had before their eyes when they decided: the number of the newest version, and the count of
    changes to the answers (``Onboarding.edits``)."""

    version: int
    edits: int


def check_note(note: str) -> None:
    """Raises NoteRefused."""
    if not 0 < len(note.strip()) <= NOTE_LETTERS:
        raise NoteRefused
