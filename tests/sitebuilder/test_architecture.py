"""What import-linter cannot see: relations of models, calls to a queue, threads and event loops."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import CASCADE, CheckConstraint, ForeignKey, Model
from django.test.utils import isolate_apps

from tests.support.processes import ROOT

PACKAGES = ("generation", "orders", "sitebuilder")
SENDERS = {"enqueue", "enqueue_at", "enqueue_call", "enqueue_in", "enqueue_job", "enqueue_many"}
LOOPS_AND_THREADS = {"threading", "_thread", "asyncio", "concurrent"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text())


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module).split(".")[0]


def relations_that_leave(models: Iterable[type[Model]]) -> list[str]:
    return [
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
        if getattr(getattr(field.related_model, "_meta", None), "app_label", None) != "generation"
    ]


def test_no_relation_of_generation_leaves_it() -> None:
    models = list(apps.get_app_config("generation").get_models())
    assert models
    assert relations_that_leave(models) == []


def test_what_is_chosen_from_a_list_is_held_by_the_database() -> None:
    chosen = {
        (model, field.name)
        for app in ("generation", "orders")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_fields
        if field.choices
    }
    held = {
        (model, name)
        for model, name in chosen
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint) and f"'{name}__in'" in str(constraint.condition)
    }
    assert len(chosen) > 20
    assert chosen == held


@isolate_apps("generation")
def test_a_relation_that_leaves_is_found() -> None:
    class Stray(Model):
        order = ForeignKey("orders.SiteOrder", on_delete=CASCADE)
        again = ForeignKey("self", on_delete=CASCADE)

        class Meta:
            app_label = "generation"

        def __str__(self) -> str:
            return "stray"

    assert relations_that_leave([Stray]) == ["Stray.order"]


def test_import_linter_finds_generation_learning_of_orders(tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    with (tmp_path / "generation" / "services.py").open("a") as services:
        services.write("\nfrom orders import models\n")
    lint = Path(sys.executable).with_name("lint-imports")
    broken = subprocess.run([lint, "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    assert broken.returncode == 1
    assert "generation.services -> orders.models" in broken.stdout


def test_only_the_dispatcher_sends() -> None:
    senders = {file for file, tree in sources() if SENDERS & set(calls(tree))}
    assert senders == {"generation/dispatch.py"}


def test_no_thread_and_no_event_loop_is_made_by_hand() -> None:
    bounded = ["sitebuilder/handler.py"]  # names how many threads asgiref may use for requests
    assert [file for file, tree in sources() if LOOPS_AND_THREADS & set(imports(tree))] == bounded
