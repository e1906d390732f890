"""The same POST twice is done once: its answer is kept for a day, by caller and Idempotency-Key, in the database.

A row is claimed with a lease before the work begins, so that a twin at the same moment waits for the answer. The
answer is written in the transaction of the work itself: both are there, or neither. Whoever dies in the middle leaves
a lease that runs out.
"""

import hashlib
import json
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from orders.models import KeptAnswer

from .callers import Caller
from .problems import MEDIA_TYPE, Problem, answer

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY_LETTERS = 255
KEPT = timedelta(hours=24)
LEASE = timedelta(seconds=30)
WAIT_SECONDS = 10
LOOK_SECONDS = 0.05
PURGED_AT_ONCE = 100
_PASSING = (401, 403, 429)

Keep = Callable[[Response, uuid.UUID | None], None]
Work = Callable[[Keep], Response]


class LeaseOver(Exception):
    """The work took so long that another request has taken it over; nothing of it stays."""


def once(request: Request, caller: Caller, work: Work, order: uuid.UUID | None) -> Response:
    """What ``work`` answers, or has answered already to this key of this caller.

    ``work`` is given what keeps its answer, with the order that it tells of; it calls that at the end of its
    transaction. ``order``: the one that was asked about, if there was one. Raises Problem for a key that cannot be
    used, was used for another request, or is in use for too long.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return work(lambda response, order: None)
    if not (0 < len(key) <= KEY_LETTERS and key.isascii() and key.isprintable() and key.strip()):
        raise Problem("idempotency_key_invalid")
    wanted = KeptAnswer(caller=caller.id, key=key, fingerprint=_fingerprint(request), order=order)
    row, is_mine = _claim(wanted)
    return _do(row, work) if is_mine else _replay(row)


def _do(row: KeptAnswer, work: Work) -> Response:
    """Do the work and keep what it answers, unless that was a defect or says nothing of the request."""

    def keep(response: Response, order: uuid.UUID | None) -> None:
        mine = KeptAnswer.objects.filter(pk=row.pk, lease=row.lease, status=None)
        if mine.update(status=response.status_code, body=_written(response.data), order=order) != 1:
            raise LeaseOver

    try:
        return work(keep)
    except LeaseOver:
        raise Problem("idempotency_key_in_use", headers={"Retry-After": "1"}) from None
    except Exception as error:
        response = answer(error)
        if response.status_code >= 500 or response.status_code in _PASSING:
            KeptAnswer.objects.filter(pk=row.pk, lease=row.lease).delete()
        else:
            KeptAnswer.objects.filter(pk=row.pk, lease=row.lease).update(
                status=response.status_code, body=_written(response.data)
            )
        return response
    except BaseException:
        KeptAnswer.objects.filter(pk=row.pk, lease=row.lease).delete()
        raise


def _replay(row: KeptAnswer) -> Response:
    media_type = MEDIA_TYPE if row.status and row.status >= 400 else None
    return Response(json.loads(row.body), row.status, headers={REPLAYED: "true"}, content_type=media_type)


def _claim(wanted: KeptAnswer) -> tuple[KeptAnswer, bool]:
    """The row of this key, and whether it is ours to work on; else it is answered. Waits for a twin."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        now = timezone.now()
        wanted.lease, wanted.lease_until, wanted.created_at = uuid.uuid4(), now + LEASE, now
        row = KeptAnswer.objects.filter(caller=wanted.caller, key=wanted.key).first() or _inserted(wanted)
        if row is wanted:
            _purge()
            return row, True
        if row is None or _is_over(row):
            continue
        if row.fingerprint != wanted.fingerprint:
            raise Problem("idempotency_key_reused")
        if row.status:
            return row, False
        if row.lease_until < now and _taken_over(row):
            return row, True
        if time.monotonic() > end:
            raise Problem("idempotency_key_in_use", headers={"Retry-After": "1"})
        time.sleep(LOOK_SECONDS)


def _inserted(wanted: KeptAnswer) -> KeptAnswer | None:
    """The row as it was inserted; None where another request was first."""
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
    except IntegrityError:
        return None
    return wanted


def _is_over(row: KeptAnswer) -> bool:
    """Whether a day has passed; the row is gone then."""
    if row.created_at > timezone.now() - KEPT:
        return False
    KeptAnswer.objects.filter(pk=row.pk, lease=row.lease).delete()
    return True


def _taken_over(row: KeptAnswer) -> bool:
    old, row.lease, row.lease_until = row.lease, uuid.uuid4(), timezone.now() + LEASE
    mine = KeptAnswer.objects.filter(pk=row.pk, lease=old, status=None)
    return mine.update(lease=row.lease, lease_until=row.lease_until) == 1


def _purge() -> None:
    """Each new key clears away some whose day is over."""
    old = KeptAnswer.objects.filter(created_at__lte=timezone.now() - KEPT).values_list("pk", flat=True)
    KeptAnswer.objects.filter(pk__in=list(old[:PURGED_AT_ONCE])).delete()


def _fingerprint(request: Request) -> str:
    """SHA-256 of what was asked: method, path, and what the body says, however it was written down."""
    said = json.dumps(request.data, sort_keys=True, default=_told)
    asked = "\0".join((request.method or "", request.path, request.META.get("QUERY_STRING", ""), said))
    return hashlib.sha256(asked.encode(errors="surrogatepass")).hexdigest()


def _told(value: Any) -> Any:
    if isinstance(value, UploadedFile):
        digest = hashlib.sha256(b"".join(value.chunks())).hexdigest()
        value.seek(0)
        return digest
    return str(value)


def _written(data: Any) -> str:
    """An answer's data as JSON, with its fields in their order."""
    return json.dumps(data, cls=JSONEncoder)
