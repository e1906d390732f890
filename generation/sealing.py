"""Secrets that are needed again: kept sealed, so that whoever reads the database alone has nothing.

The key comes from SECRET_KEY; after that has changed, what was sealed before cannot be opened any more. The library
is imported where it is used: it is slow to load, and few processes seal anything.
"""

import base64
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class CannotOpen(ValueError):
    """Sealed under another SECRET_KEY, or tampered with."""


def seal(secret: str) -> str:
    """The secret as it may be stored."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret itself. Raises CannotOpen."""
    from cryptography.fernet import InvalidToken

    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


def _box() -> "Fernet":
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(SHA256(), length=32, salt=None, info=b"generation.sealing").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
