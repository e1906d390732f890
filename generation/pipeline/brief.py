"""First step: the facts of a brief in the forms in which the later steps use them."""

from urllib.parse import urlsplit

from babel.core import Locale as BabelLocale
from babel.core import UnknownLocaleError, get_global

from generation.contracts import Brief, Facts, Locale, Notice
from generation.language.names import short_name, slug
from generation.language.phones import phone
from generation.niches import SCHEMA_TYPES


def derive(brief: Brief) -> Facts:
    """The derived facts of a brief, with a notice of each that was inferred."""
    country, short = brief.country, short_name(brief.business_name)
    name = slug(short, fallback=f"site-{brief.seed[:8]}")
    site_url = _root(brief.site_url) if brief.site_url else f"https://{name}.example/"
    notices = []
    if country and not brief.address.country:
        notices.append(Notice(code="country_inferred", where="address.country", detail=country))
    if not brief.site_url:
        notices.append(Notice(code="site_url_reserved", where="site_url", detail=site_url))
    return Facts(
        language=language_of(brief.locale, country),
        country=country,
        currency=currency_of(country),
        schema_type=SCHEMA_TYPES[brief.niche],
        slug=name,
        short_name=short,
        site_url=site_url,
        site_url_reserved=not brief.site_url,
        phone=phone(brief.phone, country) if brief.phone else None,
        whatsapp=phone(brief.whatsapp, country, whatsapp=True) if brief.whatsapp else None,
        notices=tuple(notices),
    )


def language_of(locale: Locale, country: str | None) -> str:
    """The BCP 47 tag of a site: the locale's language as that country speaks it, where it is spoken there."""
    if "-" in locale or country is None:
        return locale
    tag = f"{locale}-{country}"
    try:
        BabelLocale.parse(tag, sep="-")
    except UnknownLocaleError:
        return locale
    return tag


def currency_of(country: str | None) -> str | None:
    """The ISO 4217 code of the money that a country uses today, as far as the CLDR of this release knows."""
    used = get_global("territory_currencies").get(country or "", ())
    return next((code for code, _, until, tender in used if tender and until is None), None)


def _root(url: str) -> str:
    """An address as the root of a site: no query, no fragment, and a final slash."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}/"
