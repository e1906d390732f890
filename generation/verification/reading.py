"""A rendered site as checks read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generation.artifacts import FileStore
from generation.contracts import SiteFiles, SiteSpec

NOT_FOUND = "404.html"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"  # where a word may break; no letter of it


class Problem(NamedTuple):
    """What one look found: a code of :mod:`generation.verification.problems`, the file, and what stands there."""

    code: str
    where: str
    detail: str = ""


# A check yields once for each thing that it looks at: None, or what is wrong with it.
Looks = Iterator[Problem | None]


@dataclass(frozen=True)
class ReadPage:
    file: str
    tree: LexborHTMLParser

    def css(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)

    def value(self, selector: str, attribute: str) -> str:
        """An attribute of the first element that is selected; empty where there is none."""
        found = self.tree.css_first(selector)
        return (found.attributes.get(attribute) or "") if found else ""

    @cached_property
    def title(self) -> str:
        found = self.tree.css_first("title")
        return found.text(strip=True) if found else ""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What the page says in its head and its body, each run of text once."""
        body = self.tree.body.text(separator="\n").split("\n") if self.tree.body else []
        said = (self.title, self.value("meta[name=description]", "content"), *body)
        return tuple(dict.fromkeys(" ".join(text.replace(SOFT_HYPHEN, "").split()) for text in said if text.strip()))

    @cached_property
    def ids(self) -> list[str]:
        return [node.attributes.get("id") or "" for node in self.css("[id]")]


@dataclass(frozen=True)
class ReadSite:
    """The spec, and the files that came of it. ``pages`` holds all pages, the one for wrong addresses too."""

    spec: SiteSpec
    files: SiteFiles
    store: FileStore

    def read(self, path: str) -> str:
        """The text of a file; empty where it is missing."""
        ref = self.files.files.get(path)
        return self.store.get(ref.sha256).decode("utf-8") if ref else ""

    @cached_property
    def pages(self) -> tuple[ReadPage, ...]:
        return tuple(ReadPage(f, LexborHTMLParser(self.read(f))) for f in self.files.files if f.endswith(".html"))

    @cached_property
    def listed(self) -> tuple[ReadPage, ...]:
        """The pages that visitors and search engines are meant to find."""
        return tuple(page for page in self.pages if page.file != NOT_FOUND)

    def page(self, file: str) -> ReadPage | None:
        return next((page for page in self.pages if page.file == file), None)

    def target(self, page: ReadPage, href: str) -> tuple[str, str] | None:
        """The file and the anchor that a link within the site means; None where it starts elsewhere than it must.

        Only the page for wrong addresses is shown anywhere, so only its links start at the site's root.
        """
        path, fragment = unquote(urlsplit(href).path), unquote(urlsplit(href).fragment)
        root = urlsplit(self.spec.site_url).path if page.file == NOT_FOUND else ""
        if not path:
            return page.file, fragment
        if not path.startswith(root) or (not root and path.startswith("/")):
            return None
        return path.removeprefix(root), fragment
