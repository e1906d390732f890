"""Addresses below /api/ at which there is nothing."""

from typing import Any

from rest_framework.response import Response

from orders.api.problems import Problem

from .base import ApiView


class Missing(ApiView):
    """Tells so as the API tells everything, whatever the method."""

    schema = None
    http_method_names = ["get"]

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise Problem("not_found")
