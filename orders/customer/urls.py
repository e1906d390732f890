"""Addresses of a customer's pages, below the secret of their link."""

from django.urls import path

from . import answering, deciding, views

urlpatterns = [
    path("", views.show, name="customer_order"),
    path("news/", views.news, name="customer_news"),
    path("preview/", views.preview, name="customer_preview"),
    path("site.zip", views.download, name="customer_zip"),
    path("approve/", deciding.approve, name="customer_approve"),
    path("changes/", deciding.ask_for_changes, name="customer_changes"),
    path("onboarding/", answering.overview, name="customer_onboarding"),
    path("onboarding/hand-in/", answering.hand_in, name="customer_hand_in"),
    path("onboarding/<str:name>/", answering.step, name="customer_step"),
    path("pictures/<int:photo>/", answering.show_picture, name="customer_picture"),
]
