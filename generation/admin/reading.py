"""How rows are shown that nobody edits: read-only pages, tables of parts, durations and JSON."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Part = TypeVar("Part", bound=Model)
Whole = TypeVar("Whole", bound=Model)


class ReadOnly:
    """Refuses to add, change and delete, to superusers too."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Rows(ReadOnly, admin.TabularInline[Part, Whole]):
    """The parts of something, as a table on its page; who may see the whole sees them."""

    template = "admin/rows.html"
    extra = 0

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return flatten(self.fields or ())

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.get_model_admin(self.parent_model).has_view_permission(request)


def duration(begin: datetime | None, end: datetime | None) -> str:
    """How long something took, to a hundredth of a second below a minute; empty while it lasts."""
    if not (begin and end):
        return ""
    lasted = end - begin
    if lasted < timedelta(minutes=1):
        return f"{localize(round(lasted.total_seconds(), 2))} s"
    return str(timedelta(seconds=round(lasted.total_seconds())))


def verbatim(text: str) -> SafeString:
    """Text as it stands, line by line; empty for none."""
    return format_html('<pre tabindex="0">{}</pre>', text) if text else SafeString()


def as_json(value: Any) -> SafeString:
    """JSON for reading: indented, with every letter as itself."""
    return verbatim(json.dumps(value, indent=2, ensure_ascii=False))


def outline(value: Any) -> SafeString:
    """JSON as nested lists, without what is empty."""
    if isinstance(value, dict):
        named = ((name.replace("_", " "), outline(each)) for name, each in value.items())
        rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", (row for row in named if row[1]))
        return format_html("<dl>{}</dl>", rows) if rows else rows
    if isinstance(value, list):
        rows = format_html_join("", "<li>{}</li>", ((outline(each),) for each in value))
        return format_html("<ol>{}</ol>", rows) if rows else rows
    return format_html("{}", "" if value is None else value)


def table(headings: Sequence[str | Promise], rows: Iterable[Sequence[Any]]) -> SafeString:
    """Rows under their headings; empty for no rows."""
    body = format_html_join("", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", zip(row)),) for row in rows))
    head = format_html_join("", '<th scope="col">{}</th>', zip(headings))
    head = format_html("<thead><tr>{}</tr></thead>", head) if head else head
    return format_html("<table>{}<tbody>{}</tbody></table>", head, body) if body else body
