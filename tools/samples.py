"""Builds the sample onboardings as finished sites, in this process: no queue, no database."""

import os
from collections.abc import Iterator
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.json"))


def build_samples(into: Path, theme: str = "prisma") -> Iterator[Path]:
    """Each sample's site in a folder of ``into``, named like its file. Raises what the pipeline raises."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sitebuilder.settings")
    django.setup()
    from generation import folders
    from generation.artifacts import MemoryFiles
    from generation.contracts import Package
    from generation.pipeline.run import Run
    from generation.pipeline.steps import STEPS
    from orders.brief import make_brief
    from orders.onboarding_file import read_file

    for sample in SAMPLES:
        brief = make_brief(read_file(sample))
        run = Run(brief=brief, theme=theme, variation=0, files=MemoryFiles(), say=lambda *_line, **_values: None)
        for step in STEPS:
            run.outputs[step.name] = step.work(run)
        out = into / sample.stem
        folders.write_folder(run.of(Package), out, run.files)
        yield out
