"""What machines read of a page: schema.org in JSON-LD."""

import json
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from generation.contracts import Opening, Page, PageKind, SectionKind, SiteSpec, Weekday

from .photos import fallback, logo_path, photos_of

DAYS = {
    Weekday.MON: "Monday",
    Weekday.TUE: "Tuesday",
    Weekday.WED: "Wednesday",
    Weekday.THU: "Thursday",
    Weekday.FRI: "Friday",
    Weekday.SAT: "Saturday",
    Weekday.SUN: "Sunday",
}
PAGE_TYPES = {PageKind.ABOUT: "AboutPage", PageKind.CONTACT: "ContactPage", PageKind.GALLERY: "ImageGallery"}
# Inside <script> these could end the element or open a comment; JSON has another way to write them.
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def structured_data(spec: SiteSpec, page: Page, *, url: str, title: str, description: str) -> SafeString:
    """The JSON-LD of one page, safe to stand in a script element: the business, its site and this page."""
    questions = [section for section in page.sections if section.kind is SectionKind.FAQ]
    business, website = f"{spec.site_url}#business", f"{spec.site_url}#website"
    about_page = {
        "@type": "FAQPage" if questions else PAGE_TYPES.get(page.kind, "WebPage"),
        "@id": url,
        "url": url,
        "name": title,
        "description": description,
        "inLanguage": spec.language,
        "isPartOf": {"@id": website},
        "about": {"@id": business},
        "mainEntity": [_question(item.title, item.paragraphs) for s in questions for item in s.items],
    }
    site = {
        "@type": "WebSite",
        "@id": website,
        "url": spec.site_url,
        "name": spec.identity.name,
        "inLanguage": spec.language,
        "publisher": {"@id": business},
    }
    graph = [_without_empty(node) for node in (_business(spec, business), site, about_page)]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - nothing is left in it that HTML would read


def _business(spec: SiteSpec, key: str) -> dict[str, Any]:
    identity = spec.identity
    given, phone = identity.address, identity.phone or identity.whatsapp
    logo = logo_path(identity.logo.asset) if identity.logo else None
    address = {
        "@type": "PostalAddress",
        "streetAddress": given.street,
        "addressLocality": given.city,
        "addressRegion": given.state,
        "postalCode": given.postal_code,
        "addressCountry": given.country,
    }
    return {
        "@type": identity.schema_type,
        "@id": key,
        "name": identity.name,
        "description": identity.description,
        "url": spec.site_url,
        "image": [urljoin(spec.site_url, path) for path in ("assets/share.png", *_photo(spec))],
        "logo": logo and urljoin(spec.site_url, logo),
        "telephone": phone and phone.e164,
        "email": identity.email,
        "address": _without_empty(address) if given.street else None,
        "areaServed": list(identity.areas) or (None if given.street else [given.city]),
        "openingHoursSpecification": [_opening(opening) for opening in identity.openings],
        "sameAs": [link.url for link in identity.social],
    }


def _photo(spec: SiteSpec) -> list[str]:
    """The file of the photo that stands first on the site."""
    return [fallback(photo.asset).path for photo in islice(photos_of(spec), 1)]


def _opening(opening: Opening) -> dict[str, Any]:
    """Closing at or before opening is past midnight, as schema.org has it; the whole day ends at 23:59."""
    whole_day = opening.opens == opening.closes
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [DAYS[day] for day in opening.days],
        "opens": opening.opens,
        "closes": "23:59" if whole_day else opening.closes,
    }


def _question(question: str, answer: tuple[str, ...]) -> dict[str, Any]:
    return {
        "@type": "Question",
        "name": question,
        "acceptedAnswer": {"@type": "Answer", "text": "\n".join(answer)},
    }


def _without_empty(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, "", [], ())}
