"""What every view of the API has in common: who asks, how often, what is given, and how it is answered."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, cast
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_vary_headers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import MultipleChoiceField, Serializer
from rest_framework.views import APIView

from generation.services import broker_is_away
from orders import throttles
from orders.api.authentication import HasRight, KeyAuthentication, StaffAuthentication
from orders.api.callers import Caller, CustomerCaller, KeyCaller, Right
from orders.api.changes import change
from orders.api.parsers import JsonParser
from orders.api.problems import Problem, handle
from orders.api.reading import with_all_told
from orders.api.shapes import detail
from orders.models import Scope, SiteOrder


class OneAnswer(DefaultContentNegotiation):
    """There is one kind of answer, whatever is asked for."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


_conditional = ConditionalGetMiddleware(lambda _request: HttpResponse())


class ApiView(APIView):
    """A view of the API. ``name`` and ``tag`` say what it is called in the OpenAPI document."""

    name: ClassVar[str]
    tag: ClassVar[str] = "orders"
    authentication_classes: Any = [KeyAuthentication, StaffAuthentication]
    permission_classes: Any = [HasRight]
    parser_classes: Any = [JsonParser]
    renderer_classes: Any = [JSONRenderer]
    content_negotiation_class = OneAnswer
    metadata_class = None
    versioning_class = None
    http_method_names = ["get", "head", "post", "patch", "delete"]

    def get_exception_handler(self) -> Any:
        return handle

    def right_asked(self) -> Right | None:
        """The right that the method at hand asks for; None where it asks for none, or is none of the view's."""
        return getattr(getattr(self, (self.request.method or "").lower(), None), "right", None)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 304 where the ETag that was sent still holds."""
        response = super().dispatch(request, *args, **kwargs)
        if isinstance(response, Response):
            response.add_post_render_callback(partial(self._shortened, request))
        return response

    def _shortened(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """With the limits, which Django would leave out of a 304: who asks again and again has most use for them."""
        short = _conditional.process_response(request, response)
        for name, value in throttles.headers(getattr(self, "_counts", [])).items():
            short.headers.setdefault(name, value)
        return short

    def perform_authentication(self, request: Request) -> None:
        self._counts = [throttles.count("address", throttles.address_of(request), settings.API_ADDRESS_REQUESTS)]
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.MAX_BODY_BYTES:
            raise Problem("body_too_big")
        if self.caller.is_authenticated:
            self._counts.append(throttles.count("caller", self.caller.id, settings.API_CALLER_REQUESTS))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        for name, value in throttles.headers(getattr(self, "_counts", [])).items():
            final.headers.setdefault(name, value)
        final.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(final, ("Authorization", "Cookie"))
        final._has_been_logged = True  # type: ignore[attr-defined]  # else Django logs its path, which may be a secret
        return final

    @property
    def caller(self) -> Caller:
        return cast("Caller", self.request.user)

    def orders(self) -> QuerySet[SiteOrder]:
        """The orders that the caller reaches, with what is told of each."""
        return with_all_told(self.caller.orders())

    def given(self, shape: type[Serializer[Any]]) -> dict[str, Any]:
        """What stands in the body. Raises ValidationError, and Problem for a body that cannot be read."""
        serializer = shape(data=self.request.data, context={"caller": self.caller})
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def asked(self, shape: type[Serializer[Any]]) -> dict[str, Any]:
        """What stands in the query."""
        many = {name for name, field in shape().fields.items() if isinstance(field, MultipleChoiceField)}
        query = {name: v if name in many else v[-1] for name, v in self.request.query_params.lists()}
        serializer = shape(data=query)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def change(
        self, action: str, do: Callable[[], Response], order_id: UUID | None = None, *, in_parts: bool = False
    ) -> Response:
        """Answer a request that changes something."""
        return change(self.request, self.caller, action, order_id, do, in_parts=in_parts)


class OrderView(ApiView):
    """A view of one order, named in the path."""

    def order(self) -> SiteOrder:
        """The order as it stands now. Raises DoesNotExist where it is none of the caller's."""
        return self.orders().get(pk=self.order_id)

    @property
    def order_id(self) -> UUID:
        order_id: UUID = self.kwargs["id"]
        return order_id

    def reached(self) -> UUID:
        """The order's id, once it is clear that it is one of the caller's. Raises DoesNotExist."""
        found: UUID = self.caller.orders().values_list("pk", flat=True).get(pk=self.order_id)
        return found

    def told(self, status: int = 200, *, explains: bool = False) -> Response:
        """The answer to most things: the order as it stands now."""
        return Response(self.shape(self.order(), explains=explains), status)

    def shape(self, order: SiteOrder, *, explains: bool) -> Any:
        shows = isinstance(self.caller, KeyCaller) and Scope(self.caller.key.scope).covers(Scope.ORDERS)
        return detail(order, shows_token=shows, explains=explains)

    def move(self, action: str, do: Callable[[UUID], object], status: int = 200) -> Response:
        """Do something with the order, and tell how it stands then; where a job is accepted (202) that no worker will
        hear of, also why."""
        explains = status == 202 and broker_is_away()

        def work() -> Response:
            do(self.reached())
            return self.told(status, explains=explains)

        return self.change(action, work, self.reached())


class CustomerView(OrderView):
    """A view of one order for its customer, who is known by the secret in the path."""

    @property
    def order_id(self) -> UUID:
        return cast("CustomerCaller", self.caller).order_id
