"""Collects the texts to be translated into locale/, keeps their translations and compiles them.

With --check it writes nothing, and fails on catalogues that are not current, not complete or not compiled.
Nothing of clock or machine gets into them: a second run changes nothing.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ("es", "pt_BR")
SOURCES = ("generation", "orders", "sitebuilder", "templates")
LAZY = ("gettext", "ngettext", "pgettext", "npgettext")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in LAZY},
    "gettext_noop": None,
}


class Catalogue(Catalog):
    """A catalogue whose header holds what a reader of it needs, and nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the header."""
        return [
            ("Project-Id-Version", "sitebuilder"),
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def extract_template(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel extractor for Django templates: Django turns them into calls that Babel's for Python reads."""
    unindented = re.sub(r"^[ \t]+", "", templatize(file.read().decode()), flags=re.MULTILINE)
    return extract_python(io.BytesIO(unindented.encode()), keywords, comment_tags, options)


METHODS: dict[str, Any] = {".html": extract_template, ".py": "python"}


def build_catalogue(root: Path, locale: str) -> Catalogue:
    """The texts of the sources below ``root``, with the translations that the locale's catalogue has."""
    path = _po_path(root, locale)
    known = read_po(io.BytesIO(path.read_bytes()), locale=locale) if path.exists() else Catalog(locale=locale)
    catalogue = Catalogue(locale=locale, header_comment=f"# The back office in {locale}.", fuzzy=False)
    for file in sorted(file for source in SOURCES for file in (root / source).rglob("*") if file.suffix in METHODS):
        place = [(str(file.relative_to(root)), 0)]
        for _line, text, comments, context in extract_from_file(
            METHODS[file.suffix], file, keywords=KEYWORDS, comment_tags=["Translators:"]
        ):
            old = known.get(text, context) or Message(text)
            catalogue.add(text, old.string, place, old.flags, comments, context=context)
    return catalogue


def faults(catalogue: Catalogue) -> list[str]:
    """What is missing or wrong in the translations, a line each."""
    found = [
        f"{message.id!r} is {'not certain (fuzzy)' if message.fuzzy else 'not translated'}"
        for message in catalogue
        if message.id and (message.fuzzy or not _is_translated(message))
    ]
    return found + [f"{message.id!r}: {error}" for message, errors in catalogue.check() for error in errors]


def update(root: Path) -> list[str]:
    """Writes the catalogues of every locale, and returns what their translators still have to do."""
    todo = []
    for locale in LOCALES:
        catalogue = build_catalogue(root, locale)
        for path, content in _files(root, catalogue).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        todo += [f"{locale}: {fault}" for fault in faults(catalogue)]
    return todo


def check(root: Path) -> list[str]:
    """Returns what is wrong with the catalogues as they are, and writes nothing."""
    wrong = []
    for locale in LOCALES:
        catalogue = build_catalogue(root, locale)
        wrong += [f"{locale}: {fault}" for fault in faults(catalogue)]
        wrong += [
            f"{path.relative_to(root)} is not current; `make messages` writes it"
            for path, content in _files(root, catalogue).items()
            if not path.exists() or path.read_bytes() != content
        ]
    return wrong


def _files(root: Path, catalogue: Catalogue) -> dict[Path, bytes]:
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=100, include_lineno=False, sort_output=True)
    write_mo(mo, catalogue)
    path = _po_path(root, str(catalogue.locale))
    return {path: po.getvalue(), path.with_suffix(".mo"): mo.getvalue()}


def _po_path(root: Path, locale: str) -> Path:
    return root / "locale" / locale / "LC_MESSAGES" / "django.po"


def _is_translated(message: Message) -> bool:
    texts = message.string
    return all(texts) if isinstance(texts, list | tuple) else bool(texts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit("\n".join(check(ROOT)) or None)
    print("\n".join(update(ROOT)) or "All texts are translated.")
