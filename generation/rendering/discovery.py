"""Files that search engines and browsers ask for: sitemap, robots, web manifest."""

import json
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from generation.contracts import SiteSpec

from .head import address

ICON_SIZES = (192, 512)


def sitemap(spec: SiteSpec) -> bytes:
    """Every page by its absolute address; without dates, which would change what has not changed."""
    entries = "".join(f"<url><loc>{escape(address(spec, page))}</loc></url>\n" for page in spec.pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    ).encode()


def robots(spec: SiteSpec) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {urljoin(spec.site_url, 'sitemap.xml')}\n".encode()


def web_manifest(spec: SiteSpec) -> bytes:
    light = spec.theme.palette.light
    manifest = {
        "name": spec.identity.name,
        "short_name": spec.identity.short_name,
        "lang": spec.language,
        "start_url": "./",
        "display": "browser",
        "background_color": light.surface,
        "theme_color": light.brand,
        "icons": [
            {"src": f"assets/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in ICON_SIZES
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
