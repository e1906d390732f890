"""Addresses of all pages: those of the back office, the customers' and the sites' previews."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from generation import preview
from orders import agency
from orders.payments import pages
from sitebuilder import health, metrics

admin.autodiscover()  # before its addresses are asked for

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("order/<str:token>/", include("orders.customer.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("checkout/done", pages.done, name="checkout_done"),
    path("checkout/cancelled", pages.cancelled, name="checkout_cancelled"),
    path("agency.css", agency.stylesheet, name="agency_stylesheet"),
    path("agency/<str:sha256>/", agency.logo, name="agency_logo"),
    path("preview/<str:token>/site.zip", preview.download, name="preview_zip"),
    path("preview/<str:token>/", preview.home, name="preview_home"),
    path("preview/<str:token>/<path:file>", preview.show, name="preview"),
]
