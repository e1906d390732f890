"""Puts the probes in when the process starts."""

import os
from functools import partial
from pathlib import Path

from django.apps import AppConfig

from tests.support.probes import at_point, probed


class ProbesConfig(AppConfig):
    name = "tests.support.probes"

    def ready(self) -> None:
        from generation import crash
        from generation.pipeline import steps
        from tests.support import tiny

        folder = Path(os.environ["PROBE_DIR"])
        chosen = {"": steps.STEPS, "1": tiny.STEPS, "8": tiny.NEWER_STEPS}[os.environ.get("PROBE_TINY", "")]
        steps.STEPS = probed(chosen, folder)
        crash.on_reach = partial(at_point, folder=folder)
