"""The step that renders: a spec and its theme become the files of a site."""

import hashlib

from generation import themes
from generation.artifacts import FileStore
from generation.contracts import SiteFiles, SiteSpec
from generation.errors import StepFailed
from generation.rendering import discovery, photos, pictures
from generation.rendering.head import SHARE_IMAGE
from generation.rendering.pages import pages
from generation.rendering.stylesheet import stylesheet

# Raised whenever the same spec would come out as other bytes.
RENDERER_VERSION = "3"


def render(spec: SiteSpec, store: FileStore) -> SiteFiles:
    """The rendered site. Same spec, theme and renderer: same bytes."""
    try:
        theme = themes.load(spec.theme.name)
    except themes.UnknownTheme as unknown:
        raise StepFailed("theme_unknown", str(unknown)) from unknown
    theme.refuse_unless_drawn(spec)
    made = _files(spec, theme, photos.logo_of(spec, store))
    files = photos.photo_files(spec, store) | {path: store.put(data) for path, data in made.items()}
    return SiteFiles(files=dict(sorted(files.items())))


def _files(spec: SiteSpec, theme: themes.ThemeFolder, logo: photos.Logo | None) -> dict[str, bytes]:
    css = stylesheet(spec, theme)
    css_path = f"assets/style-{hashlib.sha256(css).hexdigest()[:8]}.css"  # a changed one is not taken from caches
    files = {
        **pages(spec, theme, css_path, logo),
        css_path: css,
        SHARE_IMAGE: pictures.share_picture(spec, theme, logo),
        "assets/icon.svg": pictures.icon_svg(spec, theme),
        **{f"assets/icon-{size}.png": pictures.icon_png(spec, theme, size) for size in (180, *discovery.ICON_SIZES)},
        "sitemap.xml": discovery.sitemap(spec),
        "robots.txt": discovery.robots(spec),
        "site.webmanifest": discovery.web_manifest(spec),
    }
    for font in theme.fonts:
        licence = font.replace(".woff2", ".LICENSE.txt")
        files |= {f"assets/{path}": theme.read(path) for path in (font, licence)}
    if logo:
        files[logo.path] = logo.data
    if not spec.site_url_reserved:
        files["assets/address.svg"] = pictures.address_code(spec)
    return files
