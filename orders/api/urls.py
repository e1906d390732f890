"""Addresses of the API. Each works with and without a slash at its end; the document names one of the two."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, re_path

from .views import customer, docs, generation, live, onboarding, orders, payments, shop
from .views.base import ApiView
from .views.missing import Missing
from .views.orders import Orders

_ORDER = "site-orders/<uuid:id>"
_PUBLIC = "site-orders/public/<str:token>"

VIEWS: dict[str, type[ApiView]] = {
    "problems": shop.Problems,
    "site-orders/stats": shop.Stats,
    "site-orders/check-empty-generations": shop.EmptyGenerations,
    "site-orders/reset-empty-generations": shop.ResetEmptyGenerations,
    "site-orders/auto-start-stuck-orders": shop.AutoStart,
    "site-orders/products": shop.Products,
    "site-orders/addons": shop.AddOns,
    "site-orders/templates": shop.Templates,
    "site-orders/checkout": payments.CheckoutView,
    "site-orders/webhook": payments.StripeWebhook,
    _ORDER: orders.OneOrder,
    f"{_ORDER}/status": orders.OrderStatus,
    f"{_ORDER}/approve": orders.Approve,
    f"{_ORDER}/revisions": orders.Revisions,
    f"{_ORDER}/build": generation.Build,
    f"{_ORDER}/reset-generation": generation.Reset,
    f"{_ORDER}/retry": generation.Retry,
    f"{_ORDER}/cancel": generation.Cancel,
    f"{_ORDER}/logs": generation.Logs,
    f"{_ORDER}/jobs": generation.Jobs,
    f"{_ORDER}/versions": generation.Versions,
    f"{_ORDER}/deliverables": generation.Deliverables,
    f"{_ORDER}/events": live.Events,
    f"{_ORDER}/onboarding": onboarding.OnboardingView,
    f"{_ORDER}/onboarding/photos": onboarding.Photos,
    f"{_ORDER}/onboarding/photos/<int:photo>": onboarding.OnePhoto,
    _PUBLIC: customer.PublicOrder,
    f"{_PUBLIC}/approve": customer.PublicApprove,
    f"{_PUBLIC}/revisions": customer.PublicRevisions,
    f"{_PUBLIC}/onboarding": onboarding.CustomerOnboarding,
    f"{_PUBLIC}/onboarding/photos": onboarding.CustomerPhotos,
    f"{_PUBLIC}/onboarding/photos/<int:photo>": onboarding.CustomerPhoto,
}


def _with_and_without_slash(route: str, view: Any) -> Iterator[URLPattern]:
    yield path(route, view)
    yield path(f"{route}/", view)


urlpatterns = [
    *_with_and_without_slash("site-orders", Orders.as_view()),
    *(pattern for route, view in VIEWS.items() for pattern in _with_and_without_slash(route, view.as_view())),
    path("schema", docs.Document.as_view(), name="api_schema"),
    path("docs", docs.page, name="api_docs"),
    re_path("", Missing.as_view()),
]
