"""The settings an operator may give: environment variables, each typed, bounded and described.

``read_environment()`` checks them all at once. ``docs/settings.md`` is written from the same model, so what
is documented is what is checked.
"""

import difflib
import json
import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError as NotAnAddress
from django.core.validators import validate_email
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from generation.pipeline.names import NAMES as STEPS
from generation.policies import RetryPolicy

BASE_DIR = Path(__file__).resolve().parent.parent
OWN_PREFIXES = (
    *("SITEBUILDER_", "GENERATION_", "BACKGROUND_", "BROKER_", "RETRY_", "SCHEDULE_"),
    *("API_", "EMAIL_", "REMINDER_", "METRICS_", "HEALTH_", "OUTGOING_", "WEBHOOK_", "STRIPE_", "PERSONAL_"),
)
MIN_TOKEN_LENGTH = 24
EMAIL_SCHEMES = ("smtp", "smtp+tls", "smtps")
MIN_SECRET_KEY_LENGTH = 50
DATABASE_SCHEMES = ("postgresql", "postgres", "sqlite")
BROKER_SCHEMES = ("redis", "rediss", "unix")


class Mode(StrEnum):
    """How much is taken for granted: nothing in production."""

    EMBEDDED = "embedded"
    PRODUCTION = "production"


class Language(StrEnum):
    """Languages that the back office speaks."""

    EN = "en"
    PT_BR = "pt-br"
    ES = "es"


class LogLevel(StrEnum):
    """Levels of Python's logging."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class WrongSettings(ValueError):
    """Settings that cannot be used; the message has one line a setting and never a secret's value."""


def _split(value: object) -> object:
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def _from_json(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError(f"must be JSON: {error}") from None


Json = BeforeValidator(_from_json)
Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Given = TypeVar("Given", SecretStr, tuple[str, ...])


class Environment(BaseModel):
    """Every setting; the variable has the field's name in capitals. An empty variable counts as absent.

    Checks across settings stand in the validator of the later field, so that one wrong setting does not hide
    another.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    sitebuilder_mode: Mode = Field(
        Mode.EMBEDDED,
        description="`embedded` needs nothing else and keeps everything under VAR_DIR. `production` takes "
        "nothing for granted: SECRET_KEY, ALLOWED_HOSTS, PUBLIC_URL, DATABASE_URL and REDIS_URL must be given, DEBUG "
        "is refused, and cookies travel over HTTPS only.",
    )
    debug: bool = Field(False, description="Django's pages for developers. Refused in production.")
    var_dir: Path = Field(
        BASE_DIR / "var", description="Absolute path of the folder for all that is made while running."
    )
    sites_dir: Path | None = Field(
        None,
        description="Absolute path of the folder for finished sites and their parts. Absent: VAR_DIR/sites.",
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description=f"Signs sessions and links; at least {MIN_SECRET_KEY_LENGTH} characters. Absent in "
        "embedded mode: made once and kept in VAR_DIR/secret_key, readable by its owner alone.",
    )
    allowed_hosts: Names = Field(
        (),
        description="Host names that the web answers to, with commas. Absent in embedded mode: this machine.",
    )
    csrf_trusted_origins: Names = Field(
        (), description="Origins (https://host) from which forms may come, with commas."
    )
    behind_https_proxy: bool = Field(
        False,
        description="Trust the X-Forwarded-Proto header and the last address in X-Forwarded-For, which the proxy in "
        "front must then always set.",
    )
    secure_ssl_redirect: bool = Field(False, description="Redirect HTTP to HTTPS.")
    secure_hsts_seconds: int = Field(
        0, ge=0, le=63_072_000, description="How long browsers shall insist on HTTPS (HSTS). 0: not said."
    )
    secure_hsts_include_subdomains: bool = Field(False, description="HSTS for all subdomains too.")
    secure_hsts_preload: bool = Field(False, description="Allow browsers to ship this host in their HSTS lists.")

    database_url: SecretStr = Field(
        SecretStr(""),
        description="`postgresql://user:password@host/name` or `sqlite:////path`. Absent: SQLite in "
        "VAR_DIR/db.sqlite3.",
    )
    sitebuilder_requests_at_once: int = Field(
        20,
        ge=1,
        le=500,
        description="How many requests a web process works on at once; the others wait their turn. Each has at most "
        "one connection to the database. There is one more for /healthz and /metrics, and one for all listeners to "
        "orders.",
    )
    redis_url: SecretStr = Field(
        SecretStr(""),
        description="Redis or Valkey: `redis://`, `rediss://` (TLS) or `unix:///path`. Absent: the embedded "
        "broker of `manage.py broker`, on VAR_DIR/broker.sock.",
    )
    broker_timeout_seconds: float = Field(
        0.5,
        gt=0,
        le=30,
        description="How long a web request waits for the broker before it goes on without it.",
    )
    broker_retry_pause_seconds: float = Field(
        5, ge=0, le=300, description="How long a process leaves the broker alone after it did not answer."
    )

    generation_lease_seconds: int = Field(
        36,
        ge=2,
        le=3600,
        description="A job whose worker has been silent for so long may be taken by another.",
    )
    generation_renew_seconds: int = Field(
        5, ge=1, le=600, description="How often a worker renews its job's lease; at most half of the lease."
    )
    generation_sweep_seconds: int = Field(
        10,
        ge=1,
        le=600,
        description="How often idle workers look for jobs without a message or a living worker.",
    )
    generation_dispatch_seconds: int = Field(1, ge=1, le=60, description="How often the scheduler sends what is due.")
    generation_job_timeout_seconds: int = Field(
        900, ge=10, le=86_400, description="The longest that one attempt at a job may take."
    )
    generation_step_timeout_seconds: int = Field(
        300,
        ge=1,
        le=86_400,
        description="The longest that one step of a job may take; at most GENERATION_JOB_TIMEOUT_SECONDS.",
    )
    generation_step_timeouts: Annotated[dict[str, Annotated[int, Field(ge=1, le=86_400)]], Json] = Field(
        {},
        description='The same in seconds for single steps, as JSON: `{"write": 600}`. Steps: ' + ", ".join(STEPS) + ".",
    )
    generation_kill_grace_seconds: int = Field(
        10,
        ge=1,
        le=600,
        description="How long after its time-out a step that ignores it is killed by the worker's parent.",
    )
    background_timeout_seconds: int = Field(
        120, ge=1, le=86_400, description="The longest that one attempt at other background work may take."
    )
    schedule_run_timeout_seconds: int = Field(
        900, ge=10, le=86_400, description="The longest that one attempt at a run of a schedule may take."
    )
    generation_keep_logs_days: int = Field(
        90, ge=1, le=36_500, description="How many days the purge leaves the log lines of jobs that have ended."
    )
    generation_keep_superseded_days: int = Field(
        180,
        ge=1,
        le=36_500,
        description="How many days the purge leaves a version after another was published in its place, and the steps "
        "of jobs that gave none.",
    )
    generation_keep_runs_days: int = Field(
        30, ge=1, le=36_500, description="How many days the purge leaves runs of schedules that have ended."
    )
    generation_keep_unnamed_files_days: int = Field(
        14,
        ge=2,
        le=36_500,
        description="How many days the purge leaves a file in the storage for sites that nothing names.",
    )
    generation_log_lines: int = Field(2000, ge=10, le=100_000, description="How many lines of log a job keeps.")
    generation_min_files: int = Field(
        5, ge=1, le=1000, description="A version with fewer files than these counts as empty."
    )
    retry_policies: Annotated[dict[str, RetryPolicy], Json] = Field(
        {},
        description="How work that failed is tried again, as JSON by kind or kind/trigger: "
        '`{"build": {"attempts": 5, "first_pause_seconds": 5, "longest_pause_seconds": 900, "growth": 4, '
        '"jitter": 0.2, "errors": ["transient"]}, "build/schedule": {"attempts": 2}, "mail": {"attempts": 10}}`. '
        "What is absent has the values shown for `build`. `errors` holds codes of errors, or transient for all that "
        "pass by themselves.",
    )

    public_url: str = Field(
        "",
        description="Where customers and staff reach the web, as scheme and host: `https://shop.example.com`. Links in "
        "mails begin with it. Absent in embedded mode: the address at which the web listens.",
    )
    email_url: SecretStr = Field(
        SecretStr(""),
        description="The mail server: `smtp+tls://user:password@host:587` (STARTTLS), `smtps://user:password@host:465` "
        "(TLS from the start) or `smtp://host:25` (in clear). Characters other than letters and digits in user and "
        "password are written as %XX. Absent: every mail becomes a file in VAR_DIR/mail, and nobody gets it.",
    )
    email_from: str = Field(
        "",
        description="The sender's address, which the mail server must accept. Absent: the agency's e-mail. The "
        "sender's name is the agency's.",
    )
    email_staff: str = Field("", description="Where mails to staff go. Absent: to the agency's e-mail.")
    email_timeout_seconds: int = Field(
        20, ge=1, le=100, description="How long the mail server may be silent; below BACKGROUND_TIMEOUT_SECONDS."
    )
    reminder_after_days: int = Field(
        3,
        ge=1,
        le=365,
        description="After how many days a customer whose answers or decision are awaited is reminded, each time.",
    )
    reminder_most: int = Field(
        2, ge=0, le=20, description="How often a customer is reminded of the same thing at most. 0: never."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description=f"What Prometheus shows as its bearer token to read /metrics; at least {MIN_TOKEN_LENGTH} "
        "characters. Absent: nobody may read them.",
    )
    health_wait_seconds: int = Field(
        900,
        ge=1,
        le=604_800,
        description="/healthz complains when work has waited for longer than this in a queue that is not paused.",
    )
    api_caller_requests_a_minute: int = Field(
        600, ge=1, le=1_000_000, description="How many requests a minute one key, session or customer's link may send."
    )
    api_address_requests_a_minute: int = Field(
        1200, ge=1, le=1_000_000, description="How many requests to the API a minute may come from one address."
    )
    api_link_seconds: int = Field(
        3600, ge=60, le=2_592_000, description="How long links to previews and zips that the API gives are good."
    )
    api_stream_seconds: int = Field(
        900, ge=1, le=86_400, description="How long one connection may listen to an order's events before it ends."
    )

    outgoing_allowed_networks: Names = Field(
        (),
        description="Networks that are not public and may be called all the same, by webhooks and the like, with "
        "commas: `10.1.0.0/16, 127.0.0.1/32`. Absent: none.",
    )
    webhook_timeout_seconds: int = Field(
        15, ge=1, le=60, description="How long the receiver of a webhook may take for all of its answer."
    )
    webhook_off_after_days: int = Field(
        5, ge=1, le=90, description="A webhook that has failed for so long is switched off, with a mail to staff."
    )
    stripe_secret_key: SecretStr = Field(
        SecretStr(""),
        description="Stripe's secret or restricted key (`sk_live_…`, `rk_live_…`). With it and STRIPE_WEBHOOK_SECRET "
        "checkouts are possible.",
    )
    stripe_webhook_secret: SecretStr = Field(
        SecretStr(""), description="Signs what Stripe sends to /api/site-orders/webhook (`whsec_…`)."
    )
    stripe_standin: bool = Field(
        False,
        description="Use the stand-in of Stripe (`manage.py stripe_standin`) in place of Stripe: nobody pays anything. "
        "For demonstrations and tests; refused in production and beside STRIPE_SECRET_KEY.",
    )
    stripe_standin_port: int = Field(12111, ge=1, le=65_535, description="Where the stand-in listens, at 127.0.0.1.")
    stripe_timeout_seconds: int = Field(20, ge=1, le=80, description="How long Stripe may take for an answer.")
    stripe_tolerance_seconds: int = Field(
        300, ge=10, le=3600, description="How old the signature of an event from Stripe may be."
    )
    stripe_session_minutes: int = Field(
        1380, ge=31, le=1440, description="For how long a customer may pay at Stripe once a checkout has begun."
    )
    personal_data_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="How long after a customer's last order has moved for the last time their personal data are "
        "erased by the schedule. 0: never.",
    )

    time_zone: str = Field(
        "UTC", description="Time zone of the back office, as in the tz database (America/Sao_Paulo)."
    )
    language_code: Language = Field(Language.EN, description="Language of the back office for those without one.")
    log_level: LogLevel = Field(LogLevel.INFO, description="The least important lines that are still logged.")

    @field_validator("debug")
    @classmethod
    def _no_debug_in_production(cls, value: bool, info: ValidationInfo) -> bool:
        if value and _is_production(info):
            raise ValueError("must be false when SITEBUILDER_MODE is production")
        return value

    @field_validator("var_dir", "sites_dir")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_absolute():
            raise ValueError("must be an absolute path: processes may start in different folders")
        return value

    @field_validator("secret_key", "allowed_hosts", "database_url", "redis_url")
    @classmethod
    def _given_in_production(cls, value: Given, info: ValidationInfo) -> Given:
        if not len(value) and _is_production(info):
            raise ValueError("must be given when SITEBUILDER_MODE is production")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value) < MIN_SECRET_KEY_LENGTH:
            raise ValueError(f"must have at least {MIN_SECRET_KEY_LENGTH} characters, and has {len(value)}")
        return value

    @field_validator("database_url", "redis_url")
    @classmethod
    def _known_scheme(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        schemes = DATABASE_SCHEMES if info.field_name == "database_url" else BROKER_SCHEMES
        if len(value) and not _is_url(value.get_secret_value(), schemes):
            raise ValueError("must be a URL that begins with " + " or ".join(f"{scheme}://" for scheme in schemes))
        return value

    @field_validator("outgoing_allowed_networks")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            try:
                ip_network(network)
            except ValueError:
                raise ValueError(f"{network} is no network; write it like 10.1.0.0/16") from None
        return value

    @field_validator("stripe_webhook_secret")
    @classmethod
    def _both_of_stripe(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        if bool(len(value)) != bool(len(info.data.get("stripe_secret_key", ""))):
            raise ValueError("must be given together with STRIPE_SECRET_KEY, or neither")
        return value

    @field_validator("stripe_standin")
    @classmethod
    def _no_stand_in_for_money(cls, value: bool, info: ValidationInfo) -> bool:
        if value and (_is_production(info) or len(info.data.get("stripe_secret_key", ""))):
            raise ValueError("must be false in production, and where STRIPE_SECRET_KEY is given")
        return value

    @field_validator("public_url")
    @classmethod
    def _scheme_and_host(cls, value: str, info: ValidationInfo) -> str:
        if not value and _is_production(info):
            raise ValueError("must be given when SITEBUILDER_MODE is production")
        bare = value.rstrip("/")
        if bare and not (_is_url(bare, ("http", "https")) and _is_bare(bare)):
            raise ValueError("must be scheme and host alone, such as https://shop.example.com")
        return bare

    @field_validator("email_url")
    @classmethod
    def _mail_server(cls, value: SecretStr) -> SecretStr:
        given = value.get_secret_value()
        if given and not (_is_url(given, EMAIL_SCHEMES) and urlsplit(given).hostname):
            raise ValueError("must be a URL such as smtp+tls://user:password@host:587")
        return value

    @field_validator("email_from", "email_staff")
    @classmethod
    def _address(cls, value: str) -> str:
        if value:
            try:
                validate_email(value)
            except NotAnAddress:
                raise ValueError("must be an e-mail address, without a name") from None
        return value

    @field_validator("email_timeout_seconds")
    @classmethod
    def _within_background(cls, value: int, info: ValidationInfo) -> int:
        limit = info.data.get("background_timeout_seconds")
        if limit is not None and value >= limit:
            raise ValueError(f"must be below BACKGROUND_TIMEOUT_SECONDS ({limit}), and is {value}")
        return value

    @field_validator("metrics_token")
    @classmethod
    def _unguessable(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value) < MIN_TOKEN_LENGTH:
            raise ValueError(f"must have at least {MIN_TOKEN_LENGTH} characters, and has {len(value)}")
        return value

    @field_validator("generation_renew_seconds")
    @classmethod
    def _two_renewals_a_lease(cls, value: int, info: ValidationInfo) -> int:
        lease = info.data.get("generation_lease_seconds")
        if lease is not None and lease < 2 * value:
            raise ValueError(
                f"must be at most half of GENERATION_LEASE_SECONDS ({lease}), and is {value}: "
                "one late renewal must not cost a worker its job"
            )
        return value

    @field_validator("generation_renew_seconds")
    @classmethod
    def _not_kept_waiting_by_the_broker(cls, value: int, info: ValidationInfo) -> int:
        timeout = info.data.get("broker_timeout_seconds")
        if timeout is not None and value < timeout:
            raise ValueError(
                f"must be at least BROKER_TIMEOUT_SECONDS ({timeout:g}), and is {value}: "
                "a worker that waits for the broker renews nothing"
            )
        return value

    @field_validator("generation_step_timeout_seconds")
    @classmethod
    def _step_within_job(cls, value: int, info: ValidationInfo) -> int:
        job = info.data.get("generation_job_timeout_seconds")
        if job is not None and value > job:
            raise ValueError(f"must be at most GENERATION_JOB_TIMEOUT_SECONDS ({job}), and is {value}")
        return value

    @field_validator("generation_step_timeouts")
    @classmethod
    def _known_steps(cls, value: dict[str, int], info: ValidationInfo) -> dict[str, int]:
        job = info.data.get("generation_job_timeout_seconds")
        for step, seconds in value.items():
            if step not in STEPS:
                raise ValueError(f"there is no step “{step}”; the steps are {', '.join(STEPS)}")
            if job is not None and seconds > job:
                raise ValueError(f"{step} must be at most GENERATION_JOB_TIMEOUT_SECONDS ({job}), and is {seconds}")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("must be a name of the tz database, such as America/Sao_Paulo") from None
        return value


def read_environment() -> Environment:
    """Returns the checked settings; raises WrongSettings, which names every wrong or misspelt one."""
    wrong = list(_misspelt())
    given = {name: text for name in Environment.model_fields if (text := os.environ.get(name.upper()))}
    try:
        environment = Environment.model_validate(given)
    except ValidationError as error:
        wrong += [_line(dict(found)) for found in error.errors(include_url=False, include_input=False)]
    if wrong:
        raise WrongSettings("\n".join(["These settings are wrong (see docs/settings.md):", *sorted(wrong)]))
    return environment


def expected_values(name: str) -> str:
    """What the setting of this field name may be, in words: for messages and docs/settings.md."""
    schema = Environment.model_json_schema()
    field = schema["properties"][name]
    if "$ref" in field:
        return " or ".join(schema["$defs"][field["$ref"].rpartition("/")[2]]["enum"])
    match field.get("type"):
        case "boolean":
            return "true or false"
        case "integer":
            return f"a whole number from {field['minimum']} to {field['maximum']}"
        case "number":
            above = "above " + str(field["exclusiveMinimum"]) if "exclusiveMinimum" in field else field["minimum"]
            return f"a number from {above} to {field['maximum']}"
        case "array":
            return "names with commas between them"
        case "object":
            return "JSON"
    return "an absolute path" if name.endswith("_dir") else "text"


def _line(found: dict[str, Any]) -> str:
    name, *within = map(str, found["loc"])
    place = f"{name.upper()}: {'.'.join(within)}:" if within else f"{name.upper()}:"
    if found["type"] == "value_error":
        return f"  {place} {found['ctx']['error']}."
    expected = "see docs/settings.md" if within else f"expected {expected_values(name)}"
    return f"  {place} {found['msg'].lower()}; {expected}."


def _misspelt() -> Iterator[str]:
    known = [name.upper() for name in Environment.model_fields]
    for name in os.environ:
        if name.startswith(OWN_PREFIXES) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            yield f"  {name}: there is no such setting" + (f"; {near[0]} is meant?" if near else ".")
        elif name != name.upper() and name.upper() in known:
            yield f"  {name}: write it in capitals."


def _is_production(info: ValidationInfo) -> bool:
    return info.data.get("sitebuilder_mode") is Mode.PRODUCTION


def _is_bare(url: str) -> bool:
    """Whether the URL is scheme and host, and nothing more."""
    parts = urlsplit(url)
    return not (parts.path or parts.query or parts.fragment or parts.username or parts.password)


def _is_url(text: str, schemes: Sequence[str]) -> bool:
    try:
        url = urlsplit(text)
        return url.scheme in schemes and bool(url.hostname or url.path) and (url.port is None or url.port > 0)
    except ValueError:
        return False
