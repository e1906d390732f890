"""Addresses of the stand-in."""

from django.urls import path

from . import views

urlpatterns = [
    path("v1/checkout/sessions", views.create_session),
    path("v1/checkout/sessions/<str:session_id>", views.read_session),
    path("pay/<str:session_id>", views.pay, name="standin_pay"),
]
