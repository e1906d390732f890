"""What the first step derives from a brief: the forms in which the later steps use its facts."""

from .brief import Notice
from .fields import CountryCode, Frozen


class Phone(Frozen):
    """One number in its three forms: E.164, as people of its country write it, and as a link."""

    e164: str
    text: str
    href: str


class Facts(Frozen):
    """Derived facts of one brief.

    ``language`` is the BCP 47 tag of the site (pt-BR, en-US, es-MX …), ``currency`` an ISO 4217 code,
    ``site_url`` the absolute root with a final slash; where the order has none it is a reserved
    ``.example`` address and ``site_url_reserved`` is true.
    """

    language: str
    country: CountryCode | None = None
    currency: str | None = None
    schema_type: str
    slug: str
    short_name: str
    site_url: str
    site_url_reserved: bool
    phone: Phone | None = None
    whatsapp: Phone | None = None
    notices: tuple[Notice, ...] = ()
