"""Message catalogues: what `make check` refuses."""

from pathlib import Path

import pytest

from tools.messages import LOCALES, check, update

TRANSLATIONS = {
    "Hello, %(name)s": "Olá, %(name)s",
    "one order": "um pedido",
    "%(count)s orders": "%(count)s pedidos",
    "Send": "Enviar",
}
CODE = """\
from django.utils.translation import gettext_lazy as _, ngettext
greeting = _("Hello, %(name)s")
count = ngettext("one order", "%(count)s orders", 2)
"""
TEMPLATE = """\
{% load i18n %}
  <p>it's {{ order }}</p>
    {% if order %}
  <button>{% translate "Send" %}</button>{% endif %}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose catalogues are current and complete."""
    (tmp_path / "orders").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "orders" / "texts.py").write_text(CODE)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    update(tmp_path)
    for locale in LOCALES:
        translate(catalogue(tmp_path, locale))
    assert update(tmp_path) == []
    return tmp_path


def catalogue(project: Path, locale: str = "es") -> Path:
    return project / "locale" / locale / "LC_MESSAGES" / "django.po"


def translate(path: Path) -> None:
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines):
        for text, translation in TRANSLATIONS.items():
            if line.endswith(f'"{text}"'):
                place = lines.index('msgstr ""', number) if 'msgstr ""' in lines[number:] else number
                form = "msgstr"
                if line.startswith("msgid_plural") or lines[number + 1].startswith("msgid_plural"):
                    form = "msgstr[1]" if line.startswith("msgid_plural") else "msgstr[0]"
                    place = lines.index(f'{form} ""', number)
                lines[place] = f'{form} "{translation}"'
    path.write_text("\n".join(lines) + "\n")


def test_complete_catalogues_pass_and_a_second_run_changes_nothing(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("django.*")}
    assert len(before) == 2 * len(LOCALES)
    assert check(project) == []
    assert update(project) == []
    assert {path: path.read_bytes() for path in before} == before


def test_new_text_without_translation_is_found(project: Path) -> None:
    (project / "templates" / "more.html").write_text('{% load i18n %}{% translate "Farewell" %}')
    wrong = check(project)
    assert "es: 'Farewell' is not translated" in wrong
    assert "locale/pt_BR/LC_MESSAGES/django.po is not current; `make messages` writes it" in wrong


def test_fuzzy_translation_is_found(project: Path) -> None:
    po = catalogue(project)
    po.write_text(po.read_text().replace('msgid "Send"', '#, fuzzy\nmsgid "Send"'))
    assert "es: 'Send' is not certain (fuzzy)" in check(project)


def test_lost_placeholder_is_found(project: Path) -> None:
    po = catalogue(project)
    po.write_text(po.read_text().replace("Olá, %(name)s", "Olá, %(nome)s"))
    assert any("'Hello, %(name)s'" in line for line in check(project))


def test_compiled_file_that_lags_behind_is_found(project: Path) -> None:
    po = catalogue(project)
    po.write_text(po.read_text().replace("Enviar", "Mandar"))
    assert check(project) == ["locale/es/LC_MESSAGES/django.mo is not current; `make messages` writes it"]


def test_text_that_is_gone_leaves_the_catalogue(project: Path) -> None:
    (project / "templates" / "page.html").unlink()
    assert update(project) == []
    assert "Enviar" not in catalogue(project).read_text()
