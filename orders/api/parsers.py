"""Bodies as strangers send them."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

from orders.findings import Refused
from orders.onboarding_file import MAX_BYTES, read_json

from .problems import Problem

__all__ = ["JsonParser", "MultiPartParser"]


class JsonParser(BaseParser):
    """One JSON object in UTF-8, of at most 256 KB; no name twice, nothing that is not JSON."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise Problem("body_too_big")
        try:
            return read_json(content)
        except Refused as refused:
            raise ParseError("; ".join(map(str, refused.findings))) from refused
