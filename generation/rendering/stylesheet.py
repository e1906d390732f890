"""The one stylesheet of a site: its colours as custom properties, then the theme's rules."""

import lightningcss

from generation.contracts import Roles, SiteSpec
from generation.themes import ThemeFolder


def stylesheet(spec: SiteSpec, theme: ThemeFolder) -> bytes:
    """The stylesheet, minified. Files that it names are relative to its own folder."""
    palette = spec.theme.palette
    parts = [
        f":root{{{_tokens(palette.light)}}}",
        # Paper is light: the dark scheme is for screens alone.
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_tokens(palette.dark)}}}}}",
        *(theme.read(path).decode("utf-8") for path in theme.stylesheets),
    ]
    if not spec.site_url_reserved:
        parts.append("@media print{body::after{display:block;content:url(address.svg)}}")
    return lightningcss.process_stylesheet("\n".join(parts), minify=True).encode()


def _tokens(roles: Roles) -> str:
    return ";".join(f"--{role.replace('_', '-')}:{colour}" for role, colour in roles)
