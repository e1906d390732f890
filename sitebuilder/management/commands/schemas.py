"""``manage.py schemas``: writes the JSON Schemas of the contracts and the API's document, or checks that they are
current."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema
from pydantic import BaseModel

from generation.contracts import Brief, SiteReport, SiteSpec
from orders.answers import Answers

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CONTRACTS: dict[str, type[BaseModel]] = {
    "onboarding": Answers,
    "brief": Brief,
    "site-spec": SiteSpec,
    "site-report": SiteReport,
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is not current")

    def handle(self, *_arguments: Any, check: bool, **_options: Any) -> None:
        docs = settings.BASE_DIR / "docs"
        wanted = {docs / "schemas" / f"{name}.schema.json": _schema(model) for name, model in CONTRACTS.items()}
        wanted[docs / "openapi.yaml"] = _openapi()
        stale = [file for file, text in wanted.items() if not file.exists() or file.read_text("utf-8") != text]
        if check and stale:
            names = ", ".join(file.name for file in stale)
            raise CommandError(_("Not current: %(names)s. Run: make schemas") % {"names": names})
        for file in stale:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[file], "utf-8")
            self.stdout.write(str(file.relative_to(settings.BASE_DIR)))


def _schema(model: type[BaseModel]) -> str:
    schema = {"$schema": DIALECT, **model.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _openapi() -> str:
    """The API's document in English; raises where drf-spectacular is not sure of something."""
    reset_generator_stats()
    with override("en"):
        document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    if GENERATOR_STATS:
        GENERATOR_STATS.emit_summary()
        raise CommandError(_("The API's document is not certain; see above."))
    validate_schema(document)  # type: ignore[no-untyped-call]
    return bytes(OpenApiYamlRenderer().render(document, renderer_context={})).decode()  # type: ignore[no-untyped-call]
