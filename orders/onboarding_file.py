"""Reading an onboarding file: JSON that strangers wrote."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from .answers import Answers
from .brief import accept
from .characters import whole
from .findings import Finding, Refused, path_of

MAX_BYTES = 256 * 1024


def read_file(path: Path) -> Answers:
    """The answers in the file. Raises Refused, and OSError where it cannot be read."""
    with path.open("rb") as file:
        return parse(file.read(MAX_BYTES + 1))


def parse(content: bytes) -> Answers:
    """The answers in an onboarding file. Raises Refused with everything that is wrong."""
    if len(content) > MAX_BYTES:
        _refuse(_("the file is too big"), _("at most 256 KB are possible"))
    return accept(read_json(content))


def read_json(content: bytes) -> dict[str, Any]:
    """The object in a file. Raises Refused where it holds none, or a name twice."""
    data = _decode(content)
    if not isinstance(data, dict):
        _refuse(_("the file holds no object"), _("begin it with { and give its fields by name"))
    if doubles := tuple(_doubles(data)):
        wrong, right = _("stands more than once in one object"), _("give it once")
        raise Refused(Finding(path_of(location), wrong, right) for location in doubles)
    return data


class _Twice:
    """Stands for the values of a name that an object has more than once."""


def _decode(content: bytes) -> Any:
    """The JSON in ``content``."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_as_dict)
    except UnicodeDecodeError as error:
        _refuse(_("the file is not UTF-8 text (byte %s)") % error.start, _("save it as UTF-8"))
    except json.JSONDecodeError as error:
        where = _("line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
        _refuse(_("the file is not JSON (%s)") % where, _("correct it there; a JSON editor shows what is missing"))
    except RecursionError:
        _refuse(_("the file is nested too deeply"), _("use the structure of the documented fields"))
    except ValueError:
        _refuse(_("the file holds a number that is too long"), _("write numbers with few digits"))


def _as_dict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    times = Counter(name for name, _value in pairs)
    return {whole(name): _Twice() if times[name] > 1 else value for name, value in pairs}


def _doubles(value: Any, *location: str | int) -> Iterator[tuple[str | int, ...]]:
    """Where names stand more than once."""
    if isinstance(value, _Twice):
        yield location
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from _doubles(part, *location, name)


def _refuse(wrong: str, right: str) -> NoReturn:
    raise Refused([Finding("", wrong, right)])
