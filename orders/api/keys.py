"""Keys of the API: made, found by their secret, and revoked."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from generation.services import retrying
from orders.models import ApiKey, Customer, Scope

MARK = "sbk_"
SHOWN_LETTERS = len(MARK) + 8
_TOUCH = timedelta(minutes=1)


@retrying
def make_key(
    *,
    name: str,
    scope: Scope,
    customer: Customer | None = None,
    expires_at: datetime | None = None,
    by: User | None = None,
) -> tuple[ApiKey, str]:
    """A new key and its secret, which is shown this once and kept nowhere: 256 random bits."""
    secret = MARK + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name, prefix=secret[:SHOWN_LETTERS], digest=_digest(secret), scope=scope, customer=customer,
        expires_at=expires_at, created_by=by,
    )  # fmt: skip
    return key, secret


@retrying
def revoke_key(*, key_id: int) -> bool:
    """From now on the key opens nothing. Returns whether it was good until now."""
    return bool(ApiKey.objects.filter(pk=key_id, revoked_at=None).update(revoked_at=timezone.now()))


def find_key(secret: str) -> ApiKey | None:
    """The key of this secret, if it is good now; its use is noted, at most once a minute."""
    now = timezone.now()
    alive = ApiKey.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)
    key = alive.filter(digest=_digest(secret)).first()
    if key and not (key.last_used_at and key.last_used_at > now - _TOUCH):
        unseen = Q(last_used_at=None) | Q(last_used_at__lte=now - _TOUCH)
        ApiKey.objects.filter(unseen, pk=key.pk).update(last_used_at=now)
    return key


def _digest(secret: str) -> str:
    """A secret of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
