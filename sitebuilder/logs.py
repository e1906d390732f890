"""Log lines: an event and its fields (job, order, step), on stderr, without secrets."""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from generation.masking import HIDDEN, masked_trace

SECRET_NAMES = re.compile(r"password|secret|token|authorization|cookie|api_?key", re.IGNORECASE)


def hide_secrets(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Structlog processor: hides values whose name says that they are secret, and secrets within texts."""
    return {name: HIDDEN if SECRET_NAMES.search(name) else _masked(value) for name, value in event.items()}


def logging_settings(level: str) -> dict[str, Any]:
    """Returns Django's LOGGING for lines of at least this level, and has structlog write through it."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            hide_secrets,
            # A prettier traceback would print local variables, and with them secrets.
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"fields": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "fields"}},
        "root": {"handlers": ["console"], "level": level},
        # Django's own handlers would print the same line again.
        "loggers": {"django": {"handlers": [], "propagate": True}},
    }


def _masked(value: object) -> object:
    return masked_trace(value) if isinstance(value, str) else value
