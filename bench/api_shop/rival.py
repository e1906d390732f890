"""The rival: a bare view that runs the statements of our view word for word, and answers what ours answered.

It knows no models, asks for no key and counts nothing; what it answers is filled with the fresh values of a request.
"""

import itertools
import json
import os
import secrets
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from .scripts import Script

SCRIPTS = "BENCH_SCRIPTS"


@cache
def script(name: str) -> Script:
    """What the bench has taken down of our view."""
    return Script(**json.loads(Path(os.environ[SCRIPTS], f"{name}.json").read_text(encoding="utf-8")))


class Played(APIView):
    """Runs a script with the values of the request."""

    def get(self, request: HttpRequest, name: str, order: str = "") -> Response:
        played = script(name)
        return Response(json.loads(filled(played.answers[order], play(played, {"order": order}))))

    def post(self, request: Any, name: str) -> Response:
        played = script(name)
        email = request.data["customer"]["email"]
        values = {each: str(uuid.uuid4()) for each in ("order", "lease")}
        values |= {"email": email, "token": secrets.token_urlsafe(32), "key": request.headers["Idempotency-Key"]}
        return Response(json.loads(filled(played.answers[""], play(played, values))), 201)


def play(played: Script, values: dict[str, Any]) -> dict[str, Any]:
    """Run the statements; what an insert returns is a value for those after it."""
    for is_whole, statements in itertools.groupby(played.statements, key=lambda each: each.whole):
        if is_whole:
            with transaction.atomic():
                run(statements, values)
        else:
            run(statements, values)
    return values


def run(statements: Any, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each.sql, values)
            rows = cursor.fetchall() if cursor.description else []
            if each.returns:
                values[each.returns] = rows[0][0]


def filled(text: str, values: dict[str, Any]) -> str:
    return text % values


urlpatterns = [path("<str:name>", Played.as_view()), path("<str:name>/<str:order>", Played.as_view())]
