"""Reading an onboarding file: JSON that strangers wrote."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from .answers import Answers
from .brief import accept
from .findings import Finding, Refused, shown

MAX_BYTES = 256 * 1024


def read_file(path: Path) -> Answers:
    """The answers in the file. Raises Refused, and OSError where it cannot be read."""
    with path.open("rb") as file:
        return parse(file.read(MAX_BYTES + 1))


def parse(content: bytes) -> Answers:
    """The answers in an onboarding file. Raises Refused with everything that is wrong."""
    if len(content) > MAX_BYTES:
        _refuse(_("the file is too big"), _("at most 256 KB are possible"))
    doubles: list[str] = []
    data = _decode(content, doubles)
    if not isinstance(data, dict):
        _refuse(_("the file holds no object"), _("begin it with { and give its fields by name"))
    if doubles:
        wrong, right = _("stands more than once in one object"), _("give it once")
        raise Refused(Finding(shown(name), wrong, right) for name in dict.fromkeys(doubles))
    return accept(data)


def _decode(content: bytes, doubles: list[str]) -> Any:
    """The JSON in ``content``; names that an object has more than once go to ``doubles``."""

    def as_dict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        pairs = [(_whole(name), value) for name, value in pairs]
        doubles.extend(name for name, times in Counter(name for name, _value in pairs).items() if times > 1)
        return dict(pairs)

    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=as_dict, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        _refuse(_("the file is not UTF-8 text (byte %s)") % error.start, _("save it as UTF-8"))
    except json.JSONDecodeError as error:
        where = _("line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
        _refuse(_("the file is not JSON (%s)") % where, _("correct it there; a JSON editor shows what is missing"))
    except RecursionError:
        _refuse(_("the file is nested too deeply"), _("use the structure of the documented fields"))
    except ValueError:
        _refuse(_("the file holds a number that is too long"), _("write numbers with few digits"))


def _whole(name: str) -> str:
    """A name without halves of characters, which would hide every other finding."""
    return name.encode(errors="backslashreplace").decode()


def _refuse_constant(name: str) -> NoReturn:
    _refuse(_("%s is not a value in JSON") % name, _("give a number or leave the field out"))


def _refuse(wrong: str, right: str) -> NoReturn:
    raise Refused([Finding("", wrong, right)])
