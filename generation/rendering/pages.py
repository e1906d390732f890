"""Pages from templates: each theme has an engine of its own, which reaches its folder and nothing else."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _

from generation.contracts import Page, SiteSpec
from generation.themes import SHARED_DIR, ThemeFolder

from .head import Head, head_of
from .photos import Logo

# A variable that a template misspells shows as this, which verification refuses.
MISSING = "{{ %s }}"


def pages(spec: SiteSpec, theme: ThemeFolder, stylesheet: str, logo: Logo | None) -> dict[str, bytes]:
    """All pages by their files, the one for wrong addresses included. ``stylesheet`` is its path in the site."""
    with translation.override(spec.locale.lower()):
        drawn = {page.file: _page(spec, theme, page, stylesheet, logo) for page in spec.pages}
        # It is shown at any depth of wrong addresses, so its links start at the root.
        root = urlsplit(spec.site_url).path
        head = Head(title=_("Page not found"), stylesheet=stylesheet, fonts=tuple(f"assets/{f}" for f in theme.fonts))
        drawn["404.html"] = _draw(theme, "404.html", site=spec, page=None, head=head, root=root, logo=logo)
    return drawn


def _page(spec: SiteSpec, theme: ThemeFolder, page: Page, stylesheet: str, logo: Logo | None) -> bytes:
    head = head_of(spec, page, theme, stylesheet)
    return _draw(theme, "page.html", site=spec, page=page, head=head, root="", logo=logo)


def _draw(theme: ThemeFolder, template: str, **given: Any) -> bytes:
    html = _engine(theme.folder).get_template(template).render(Context(given, use_l10n=False))
    lines = map(str.strip, html.split("\n"))
    return "\n".join(filter(None, lines)).encode()


@cache
def _engine(folder: Path) -> Engine:
    return Engine(
        dirs=[str(folder), str(SHARED_DIR)],
        builtins=["django.templatetags.i18n", "generation.rendering.tags"],
        string_if_invalid=MISSING,
    )
