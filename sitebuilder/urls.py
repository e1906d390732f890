"""All addresses: those of pages, and the API's."""

from django.urls import include, path

from sitebuilder import pages

urlpatterns = [*pages.urlpatterns, path("api/", include("orders.api.urls"))]
