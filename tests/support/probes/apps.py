"""Wraps the steps when the process starts."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from pydantic import BaseModel

    from generation.pipeline.run import Run, Step


class ProbesConfig(AppConfig):
    name = "tests.support.probes"

    def ready(self) -> None:
        from generation.pipeline import steps

        folder = Path(os.environ["PROBE_DIR"])
        steps.STEPS = tuple(_probed(step, folder) for step in steps.STEPS)


def _probed(step: Step, folder: Path) -> Step:
    def work(run: Run) -> BaseModel:
        with (folder / "calls").open("a") as calls:
            calls.write(f"{step.name}\n")
        while (folder / f"hold-{step.name}").exists():
            time.sleep(0.02)
        if (fault := folder / f"fail-{step.name}").exists():
            raise OSError(int(fault.read_text()), "as the test wants it")
        return step.work(run)

    return step._replace(work=work)
