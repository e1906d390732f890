"""How an order's site is made: asked for, watched, and what came of it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from generation.services import (
    address_of,
    deliverables_of,
    jobs_of,
    latest_version,
    lines_of,
    versions_of,
    zip_address_of,
)
from orders import services
from orders.api import requests
from orders.api.callers import Right
from orders.api.fields import Strict
from orders.api.paging import MOST, Order, PageShape, listed, page
from orders.api.problems import Problem
from orders.api.schema import operation
from orders.api.shapes import DeliverableShape, EventShape, JobShape, OrderDetail, VersionShape, listing
from orders.models import Scope

from .base import OrderView
from .orders import BUILDING, OPERATE, READ

KINDS = ("brief", "plan", "copy", "report", "site")
_LINK_STEPS = 12  # links made within a twelfth of their life are the same, so that polling finds nothing new


class Build(OrderView):
    tag = "generation"
    name = "order_build"

    @operation(
        OPERATE,
        "Ask for the site",
        "Accepted once it is a committed row: a broker that is away delays the job and loses nothing. While a site is "
        "being made, that job answers.",
        takes=requests.BuildRequest,
        gives={202: OrderDetail},
        problems=BUILDING,
        examples={"From the answers as they stand": {}, "Other choices": {"another_look": True}},
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def build(pk: UUID) -> None:
            given = self.given(requests.BuildRequest)
            services.request_build(order_id=pk, by=self.caller.name, trigger="api", **given)

        return self.move("order.build", build, 202)


class Reset(OrderView):
    tag = "generation"
    name = "order_reset_generation"

    @operation(
        Right(Scope.OPERATE, "generation.reset_job"),
        "Make the site anew",
        "Beside the versions that there are, changed or not: from the answers as they stand, or from a step of the "
        "newest job. While a site is being made, that job answers.",
        takes=requests.ResetRequest,
        gives={202: OrderDetail},
        problems=(*BUILDING, "step_unknown", "no_job"),
        examples={
            "All of it": {"reason": "The words were too stiff"},
            "From a step": {"from_step": "render", "reason": "A new logo"},
        },
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def reset(pk: UUID) -> None:
            given = self.given(requests.ResetRequest)
            first_step, reason = given.get("from_step", ""), given["reason"]
            services.reset_site(order_id=pk, by=self.caller.name, trigger="api", first_step=first_step, reason=reason)

        return self.move("order.reset_generation", reset, 202)


class Retry(OrderView):
    tag = "generation"
    name = "order_retry"

    @operation(
        Right(Scope.OPERATE, "generation.retry_job"),
        "Let the job go on",
        "A failed or cancelled job goes on from its first unfinished step.",
        takes=requests.NothingRequest,
        gives={202: OrderDetail},
        problems=("no_job", "not_retriable", "move_refused", "request_refused"),
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def retry(pk: UUID) -> None:
            self.given(requests.NothingRequest)
            services.retry_build(order_id=pk, by=self.caller.name, trigger="api")

        return self.move("order.retry", retry, 202)


class Cancel(OrderView):
    tag = "generation"
    name = "order_cancel"

    @operation(
        Right(Scope.OPERATE, "generation.cancel_job"),
        "Cancel the job",
        "Wherever it stands; one that has ended stays as it ended. The order itself is called off by its status.",
        takes=requests.ReasonRequest,
        gives={200: OrderDetail},
        problems=("no_job", "request_refused"),
        examples={"With a reason": {"reason": "The customer has called"}},
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def cancel(pk: UUID) -> None:
            reason = self.given(requests.ReasonRequest).get("reason", "")
            services.cancel_build(order_id=pk, by=self.caller.name, reason=reason)

        return self.move("order.cancel", cancel)


class LogsShape(Strict):
    after = serializers.IntegerField(
        min_value=0, max_value=2**63 - 1, default=0, help_text=_("Id of the last line known.")
    )
    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=MOST, help_text=_("How many at most."))


class Logs(OrderView):
    tag = "generation"
    name = "order_logs"

    @operation(
        READ,
        "Read the log",
        "Lines of all jobs of the order, the oldest first, in your language.",
        asks=[LogsShape],
        gives={200: listing(EventShape)},
    )
    def get(self, request: Any, **_ids: Any) -> Response:
        asked = self.asked(LogsShape)
        found = list(lines_of(self.reached(), asked["after"])[: asked["limit"] + 1])
        lines = found[: asked["limit"]]
        return listed(request, EventShape(lines, many=True).data, has_more=len(found) > len(lines))


class Jobs(OrderView):
    tag = "generation"
    name = "order_jobs"

    @operation(READ, "List jobs", "The newest first.", asks=[PageShape], gives={200: listing(JobShape)})
    def get(self, request: Any, **_ids: Any) -> Response:
        asked = self.asked(PageShape)
        jobs, has_more = page(jobs_of(self.reached()), asked, Order("created_at", is_descending=True))
        return listed(request, JobShape(jobs, many=True).data, has_more=has_more)


class Versions(OrderView):
    tag = "generation"
    name = "order_versions"

    @operation(
        READ,
        "List versions",
        "The newest first. Links to preview and zip need no key, and expire.",
        asks=[PageShape],
        gives={200: listing(VersionShape)},
    )
    def get(self, request: Any, **_ids: Any) -> Response:
        asked = self.asked(PageShape)
        versions, has_more = page(versions_of(self.reached()), asked, Order("number", is_descending=True), by="number")
        data = [version_shape(request, version) for version in versions]
        return listed(request, data, has_more=has_more)


class DeliverablesShape(Strict):
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, help_text=_("Absent: the newest.")
    )
    kind = serializers.ChoiceField(choices=KINDS, required=False, help_text=_("Absent: all."))


class Deliverables(OrderView):
    tag = "generation"
    name = "order_deliverables"

    @operation(
        READ,
        "Read what was made",
        "Brief, plan, copy and report of a version as data, and links to its site, which expire.",
        asks=[DeliverablesShape],
        gives={200: listing(DeliverableShape)},
    )
    def get(self, request: Any, **_ids: Any) -> Response:
        asked = self.asked(DeliverablesShape)
        versions = versions_of(self.reached())
        number = asked.get("version")
        version = versions.filter(number=number).first() if number else latest_version(self.order_id)
        if version is None:
            if number:
                raise Problem("not_found")
            return listed(request, [])
        nothing = {"content": None, "preview_url": None, "zip_url": None, "expires_at": None}
        made = [{"kind": kind, **nothing, "content": content} for kind, content in deliverables_of(version).items()]
        made.append({"kind": "site", **nothing, **links(request, version)})
        data = [
            {"object": "deliverable", "version": version.number, **each}
            for each in made
            if each["kind"] == asked.get("kind", each["kind"])
        ]
        return listed(request, data)


def links(request: Any, version: Any) -> dict[str, Any]:
    """Links to a version's preview and zip, and when they expire."""
    life = settings.API_LINK_SECONDS
    step = max(1, life // _LINK_STEPS)
    until = datetime.fromtimestamp((int(datetime.now(UTC).timestamp()) // step + 1) * step + life - step, UTC)
    return {
        "preview_url": request.build_absolute_uri(address_of(version, until=until)),
        "zip_url": request.build_absolute_uri(zip_address_of(version, until=until)),
        "expires_at": until,
    }


def version_shape(request: Any, version: Any) -> dict[str, Any]:
    told = {name: getattr(version, name) for name in ("number", "state", "job_id", "created_at", "published_at")}
    shaped: dict[str, Any] = VersionShape({**told, **links(request, version)}).data
    return shaped
