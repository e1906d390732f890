"""Settings of the rival: Django and django-rq, and nothing of the product, on the broker of the bench."""

import os

SECRET_KEY = "of the bench"  # noqa: S105 - it guards nothing
INSTALLED_APPS = ["django_rq"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
RQ_QUEUES = {"bare": {"UNIX_SOCKET_PATH": os.environ["BENCH_SOCKET"], "DB": 0}}
USE_TZ = True
