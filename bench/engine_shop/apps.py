"""The steps that do nothing, or wait, with the outputs that the engine needs of them."""

from __future__ import annotations

import os
import time

from django.apps import AppConfig

WAIT = "BENCH_WAIT_SECONDS"


class EngineShopConfig(AppConfig):
    name = "bench.engine_shop"

    def ready(self) -> None:
        from generation.pipeline import steps

        steps.STEPS = noop_steps(steps.STEPS)


def noop_steps(real: tuple) -> tuple:  # type: ignore[type-arg]  # steps, which cannot be imported before the apps are
    """As many steps of the same names; those that the close reads give something, the others as little as may be."""
    from generation.contracts import FileRef, Package, SiteFiles, SiteReport

    ref = FileRef(sha256="0" * 64, size=0)

    def report(run):  # type: ignore[no-untyped-def]
        return SiteReport(
            business=run.brief.business_name, locale=run.brief.locale, theme=run.theme, renderer="bench",
            checks=(), findings=(), warnings=(), files={},
        )  # fmt: skip

    def packed(run):  # type: ignore[no-untyped-def]
        return Package(zip=ref, report=ref, spec=ref, manifest={"index.html": ref})

    def nothing(run):  # type: ignore[no-untyped-def]
        time.sleep(float(os.environ.get(WAIT, "0")))
        return SiteFiles(files={})

    works = {"verify": (SiteReport, report), "package": (Package, packed)}
    every = []
    for number, step in enumerate(real):
        output, work = works.get(step.name, (SiteFiles, nothing if number == 0 else lambda run: SiteFiles(files={})))
        every.append(step._replace(output=output, work=work))
    return tuple(every)


def rq_noop(*_arguments: str) -> None:
    """What RQ runs beside: nothing."""


def rq_wait(mark: str) -> None:
    """A bare RQ job that says that it runs, and waits."""
    with open(mark, "a") as file:  # noqa: PTH123 - as little as may be
        file.write("run\n")
    time.sleep(3600)
