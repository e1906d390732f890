"""Django's settings, all from the environment (sitebuilder/environment.py)."""

import hashlib
import os
import sys
from ipaddress import ip_network

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from sitebuilder.broker import broker_connection
from sitebuilder.embedded import prepare_folder
from sitebuilder.environment import BASE_DIR, Mode, WrongSettings, read_environment
from sitebuilder.logs import logging_settings
from sitebuilder.mail import mail_server

django_stubs_ext.monkeypatch()  # ModelAdmin[Order] and its like, which type checking wants, work when run too

try:
    ENVIRONMENT = read_environment()
    EMBEDDED_BROKER = not ENVIRONMENT.redis_url
    BROKER_URL, RQ_CONNECTION = broker_connection(ENVIRONMENT.redis_url.get_secret_value(), ENVIRONMENT.var_dir)
    _IN_PRODUCTION = ENVIRONMENT.sitebuilder_mode is Mode.PRODUCTION
    _KEPT_KEY = "" if _IN_PRODUCTION else prepare_folder(ENVIRONMENT.var_dir)
except WrongSettings as wrong:
    sys.stderr.write(f"{wrong}\n")  # every process begins here: it ends in words, without a traceback
    raise SystemExit(2) from None

SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value() or _KEPT_KEY
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts) or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.csrf_trusted_origins)
VAR_DIR = ENVIRONMENT.var_dir
SITES_DIR = ENVIRONMENT.sites_dir or VAR_DIR / "sites"

INSTALLED_APPS = [
    "generation",  # before django_rq: its rqworker command is ours
    "django_rq",
    "orders",
    "sitebuilder.apps.SitebuilderConfig",
    "sitebuilder.apps.BackOfficeConfig",  # the admin, with our home page
    "csp",
    "django_htmx",  # for the file of htmx that it brings
    "rest_framework",  # for its translations
    "drf_spectacular",
    "drf_spectacular_sidecar",  # for the files of its page
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "sitebuilder.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
ROOT_URLCONF = "sitebuilder.urls"
PAGES_URLCONF = "sitebuilder.pages"  # all that workers name: to load the API takes as long as all pages
ASGI_APPLICATION = "sitebuilder.asgi.application"
WSGI_APPLICATION = "sitebuilder.wsgi.application"
REQUESTS_AT_ONCE = ENVIRONMENT.sitebuilder_requests_at_once
MAX_BODY_BYTES = 30 * 1024 * 1024

# Connections are not kept: workers fork, and a forked connection is nobody's.
DATABASES = {
    "default": dj_database_url.parse(
        ENVIRONMENT.database_url.get_secret_value() or f"sqlite:///{VAR_DIR / 'db.sqlite3'}", conn_max_age=0
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that reads and then writes waits for its turn instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        # NORMAL: a commit outlives every process that dies, though the last ones not the machine's own loss of power.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:  # by itself it waits for ever for a server that does not answer
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}
    os.environ["PGTZ"] = "UTC"  # libpq asks for it as it connects; Django would, of each connection, afterwards
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

RQ_QUEUES = {
    name: {**RQ_CONNECTION, "DEFAULT_TIMEOUT": ENVIRONMENT.generation_job_timeout_seconds}
    for name in ("high", "default", "low", "maintenance")
}
RQ = {"WORKER_CLASS": "generation.worker.Worker", "COMMIT_MODE": "auto"}
RQ_SHOW_ADMIN_LINK = False  # its pages are registered in sitebuilder/admin.py, where they are guarded
BROKER_TIMEOUT_SECONDS = ENVIRONMENT.broker_timeout_seconds
BROKER_RETRY_PAUSE_SECONDS = ENVIRONMENT.broker_retry_pause_seconds
GENERATION_LEASE_SECONDS = ENVIRONMENT.generation_lease_seconds
GENERATION_RENEW_SECONDS = ENVIRONMENT.generation_renew_seconds
GENERATION_SWEEP_SECONDS = ENVIRONMENT.generation_sweep_seconds
GENERATION_DISPATCH_SECONDS = ENVIRONMENT.generation_dispatch_seconds
GENERATION_JOB_TIMEOUT_SECONDS = ENVIRONMENT.generation_job_timeout_seconds
GENERATION_STEP_TIMEOUT_SECONDS = ENVIRONMENT.generation_step_timeout_seconds
GENERATION_STEP_TIMEOUTS = ENVIRONMENT.generation_step_timeouts
GENERATION_KILL_GRACE_SECONDS = ENVIRONMENT.generation_kill_grace_seconds
GENERATION_LOG_LINES = ENVIRONMENT.generation_log_lines
GENERATION_MIN_FILES = ENVIRONMENT.generation_min_files
BACKGROUND_TIMEOUT_SECONDS = ENVIRONMENT.background_timeout_seconds
SCHEDULE_RUN_TIMEOUT_SECONDS = ENVIRONMENT.schedule_run_timeout_seconds
GENERATION_KEEP_LOGS_DAYS = ENVIRONMENT.generation_keep_logs_days
GENERATION_KEEP_SUPERSEDED_DAYS = ENVIRONMENT.generation_keep_superseded_days
GENERATION_KEEP_RUNS_DAYS = ENVIRONMENT.generation_keep_runs_days
GENERATION_KEEP_UNNAMED_FILES_DAYS = ENVIRONMENT.generation_keep_unnamed_files_days
RETRY_POLICIES = ENVIRONMENT.retry_policies

PUBLIC_URL = ENVIRONMENT.public_url or "http://127.0.0.1:8000"  # where `manage.py web` listens by itself
_MAIL = mail_server(ENVIRONMENT.email_url.get_secret_value())
EMAIL_BACKEND = _MAIL.backend
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.tls
EMAIL_TIMEOUT = ENVIRONMENT.email_timeout_seconds
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_FROM = ENVIRONMENT.email_from
EMAIL_STAFF = ENVIRONMENT.email_staff
REMINDER_AFTER_DAYS = ENVIRONMENT.reminder_after_days
REMINDER_MOST = ENVIRONMENT.reminder_most
METRICS_TOKEN = ENVIRONMENT.metrics_token.get_secret_value()
HEALTH_WAIT_SECONDS = ENVIRONMENT.health_wait_seconds

OUTGOING_ALLOWED_NETWORKS = tuple(map(ip_network, ENVIRONMENT.outgoing_allowed_networks))
OUTGOING_HTTPS_ONLY = _IN_PRODUCTION
WEBHOOK_TIMEOUT_SECONDS = ENVIRONMENT.webhook_timeout_seconds
WEBHOOK_OFF_AFTER_DAYS = ENVIRONMENT.webhook_off_after_days

STRIPE_STANDIN = ENVIRONMENT.stripe_standin
STRIPE_STANDIN_PORT = ENVIRONMENT.stripe_standin_port
STRIPE_API_BASE = f"http://127.0.0.1:{STRIPE_STANDIN_PORT}" if STRIPE_STANDIN else "https://api.stripe.com"
STRIPE_SECRET_KEY = "sk_test_standin" if STRIPE_STANDIN else ENVIRONMENT.stripe_secret_key.get_secret_value()
STRIPE_WEBHOOK_SECRET = (
    f"whsec_{hashlib.sha256(f'stripe stand-in {SECRET_KEY}'.encode()).hexdigest()}"
    if STRIPE_STANDIN
    else ENVIRONMENT.stripe_webhook_secret.get_secret_value()
)
STRIPE_TIMEOUT_SECONDS = ENVIRONMENT.stripe_timeout_seconds
STRIPE_TOLERANCE_SECONDS = ENVIRONMENT.stripe_tolerance_seconds
STRIPE_SESSION_MINUTES = ENVIRONMENT.stripe_session_minutes
PERSONAL_DATA_DAYS = ENVIRONMENT.personal_data_days

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "sites": {"BACKEND": "generation.artifacts.SitesStorage", "OPTIONS": {"location": SITES_DIR}},
}
MEDIA_ROOT = VAR_DIR / "media"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "static/"

TIME_ZONE = ENVIRONMENT.time_zone
LANGUAGE_CODE = ENVIRONMENT.language_code.value
LANGUAGES = [("en", _("English")), ("pt-br", _("Portuguese (Brazil)")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "sitebuilder.formats"

API_CALLER_REQUESTS = ENVIRONMENT.api_caller_requests_a_minute
API_ADDRESS_REQUESTS = ENVIRONMENT.api_address_requests_a_minute
API_LINK_SECONDS = ENVIRONMENT.api_link_seconds
API_STREAM_SECONDS = ENVIRONMENT.api_stream_seconds
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "orders.api.schema.ApiSchema"}  # all else stands in orders/api/views/base.py
SPECTACULAR_SETTINGS = {
    "TITLE": "Site builder",
    "DESCRIPTION": "Orders of websites, from placed to delivered. docs/api.md shows how to use it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api",
    "COMPONENT_SPLIT_REQUEST": False,
    "POSTPROCESSING_HOOKS": [],  # enums stay where they are
    "TAGS": [
        {"name": "orders", "description": "Placing, reading, amending and deciding."},
        {"name": "onboarding", "description": "The customer's answers and pictures."},
        {"name": "generation", "description": "How the site is made, and what came of it."},
        {"name": "payments", "description": "Paying at Stripe."},
        {"name": "customer", "description": "An order as its customer sees it, by the secret of their link."},
        {"name": "shop", "description": "What is sold, and how all orders stand."},
        {"name": "reference", "description": "What the API's own words mean."},
    ],
}

# What pages of the back office may load: what this installation serves itself, and nothing written into a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IN_PRODUCTION
SECURE_SSL_REDIRECT = ENVIRONMENT.secure_ssl_redirect
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^metrics$"]  # asked from inside, where there is no proxy
SECURE_HSTS_SECONDS = ENVIRONMENT.secure_hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.secure_hsts_include_subdomains
SECURE_HSTS_PRELOAD = ENVIRONMENT.secure_hsts_preload
if ENVIRONMENT.behind_https_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LOGGING = logging_settings(ENVIRONMENT.log_level)
