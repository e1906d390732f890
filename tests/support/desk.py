"""What staff do in the back office: choose rows of a list, look at the page before, confirm it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.urls import reverse

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpResponse
    from django.test import Client


def _list(row: Model) -> str:
    return f"admin:{row._meta.app_label}_{row._meta.model_name}"


def choose(client: Client, deed: str, *rows: Model, query: str = "", **form: Any) -> str:
    """Choose rows of their list and an action; returns the page before it."""
    chosen = {"action": deed, "_selected_action": [str(row.pk) for row in rows], **form}
    response = client.post(reverse(f"{_list(rows[0])}_changelist") + query, chosen)
    assert response.status_code == 200, response
    return response.content.decode()


def press(client: Client, deed: str, *rows: Model, **form: Any) -> HttpResponse:
    """Send what the button of a row's page, or the page before a deed, would send."""
    chosen = {"_selected_action": [str(row.pk) for row in rows], **form}
    return client.post(reverse(f"{_list(rows[0])}_deed", args=[deed]), chosen)  # type: ignore[return-value]


def confirm(client: Client, deed: str, *rows: Model, **form: Any) -> list[str]:
    """Confirm the page before a deed; returns what is said afterwards."""
    response = press(client, deed, *rows, confirmed="1", **form)
    assert response.status_code == 302, response.content.decode()
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]
