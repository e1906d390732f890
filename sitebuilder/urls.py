"""Addresses of the back office."""

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

from generation import preview
from orders import agency

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("agency.css", agency.stylesheet, name="agency_stylesheet"),
    path("agency/<str:sha256>/", agency.logo, name="agency_logo"),
    path("preview/<str:token>/", preview.home, name="preview_home"),
    path("preview/<str:token>/<path:file>", preview.show, name="preview"),
]
