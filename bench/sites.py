"""How long a six-page site takes: render, verify and package, beside Hugo building the same content.

Both write the finished site into a folder. Ours runs as in a worker, whose libraries are loaded before a job comes;
it also draws the pictures, reads every page back and packs a zip. Hugo starts as a process and copies the pictures.
Exit code 0: the ratio is within LIMIT; 1: it is above, or the two made different pages.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sitebuilder.settings")

if TYPE_CHECKING:
    from generation.contracts import SiteSpec

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "01-dentista-campinas.pt-BR.json"
RUNS = 15
LIMIT = 3.0
HUGO = ("hugo", "--quiet", "--minify", "--cleanDestinationDir")


def main() -> int:
    django.setup()
    spec = planned()
    with tempfile.TemporaryDirectory() as folder:
        ours, hugo = Path(folder, "ours"), Path(folder, "hugo")
        build, theirs = builder(spec, ours), hugo_builder(spec, hugo)
        build()
        prepare(spec, ours, hugo)
        theirs()
        pairs = [(timed(build), timed(theirs)) for _ in range(RUNS)]
        pages = len(list(ours.glob("*.html"))), len(list(hugo.glob("public/*.html")))
    own, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = own / other
    print(f"pages           ours {pages[0]}, Hugo {pages[1]}")
    print(f"render, verify, package  {own * 1000:6.0f} ms (median of {RUNS})")
    print(f"Hugo                     {other * 1000:6.0f} ms")
    print(f"ratio                    {ratio:6.2f}    (at most {LIMIT:.0f})")
    return 0 if ratio <= LIMIT and pages[0] == pages[1] else 1


def planned() -> "SiteSpec":
    """The sample's site as data: what the steps before rendering make of it."""
    from generation.artifacts import MemoryFiles
    from generation.contracts import SiteSpec
    from generation.pipeline.run import Run
    from generation.pipeline.steps import STEPS
    from orders.brief import make_brief
    from orders.onboarding_file import read_file

    brief = make_brief(read_file(SAMPLE))
    run = Run(brief=brief, theme="prisma", variation=0, files=MemoryFiles(), say=lambda *_line, **_values: None)
    for step in STEPS:
        if step.name == "render":
            break
        run.outputs[step.name] = step.work(run)
    return run.of(SiteSpec)


def builder(spec: "SiteSpec", out: Path) -> Callable[[], None]:
    """What makes our site in ``out``, with one store of files for all runs."""
    from generation.artifacts import MemoryFiles
    from generation.folders import write_folder
    from generation.pipeline.package import package
    from generation.pipeline.render import render
    from generation.pipeline.verify import require_passed, verify

    store = MemoryFiles()

    def build() -> None:
        files = render(spec, store)
        report = verify(spec, files, store)
        require_passed(report)
        write_folder(package(spec, files, report, store), out, store)

    return build


def prepare(spec: "SiteSpec", ours: Path, hugo: Path) -> None:
    """Hugo's source: the spec as its data, a stub for each page, our stylesheet before minifying, our static files."""
    from generation.themes import load

    theme = load(spec.theme.name)
    shutil.copytree(ROOT / "bench" / "hugo", hugo)
    shutil.copytree(ours / "assets", hugo / "static" / "assets", ignore=shutil.ignore_patterns("*.css"))
    shutil.copy(ours / "site.webmanifest", hugo / "static")
    for folder in ("data", "assets", "content"):
        (hugo / folder).mkdir()
    (hugo / "data" / "spec.json").write_text(spec.model_dump_json(), encoding="utf-8")
    (hugo / "assets" / "style.css").write_bytes(b"\n".join(theme.read(path) for path in theme.stylesheets))
    for number, page in enumerate(spec.pages):
        name = "_index.md" if page.file == "index.html" else f"{Path(page.file).stem}.md"
        head = {"title": page.title, "description": page.description, "number": number}
        (hugo / "content" / name).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")


def hugo_builder(spec: "SiteSpec", hugo: Path) -> Callable[[], None]:
    """What makes the same site with Hugo, in ``public`` of its source."""

    def build() -> None:
        subprocess.run([*HUGO, "--baseURL", spec.site_url, "--source", str(hugo)], check=True)

    return build


def timed(build: Callable[[], None]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    build()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
