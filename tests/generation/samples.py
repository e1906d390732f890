"""Two site specs to draw: a full one with every kind of section, and a thin, hostile one."""

from collections.abc import Iterable
from typing import Any

from generation import palette
from generation.contracts import (
    Action,
    Address,
    Colours,
    Identity,
    Item,
    Locale,
    Network,
    Opening,
    Page,
    PageKind,
    Phone,
    Section,
    SectionKind,
    SiteSpec,
    SocialLink,
    Theme,
    Weekday,
)

LONG_WORD = "Doceinhosextrafinospersonalizadosparacasamentoedebutante"
LONG_NAME = (
    "Doce d'Alma & Filhos — Confeitaria Artesanal, Bolos de Festa, Salgados e Cestas de Café da Manhã "
    "da Dona Conceição 🍰💛 (Unidade Tatuapé)"
)
WHATSAPP = Phone(e164="+5519998765432", text="(19) 99876-5432", href="https://wa.me/5519998765432")
PHONE = Phone(e164="+551932321840", text="(19) 3232-1840", href="tel:+551932321840")
WORKDAYS = tuple(Weekday)[:5]


def item(title: str, *paragraphs: str, **more: Any) -> Item:
    return Item(title=title, paragraphs=paragraphs, **more)


def section(
    drawn: str, heading: str, *paragraphs: str, items: Iterable[Item] = (), actions: Iterable[Action] = ()
) -> Section:
    """A section of which ``drawn`` is kind and variant, as in ``hero-card``."""
    kind, variant = drawn.split("-")
    return Section(
        kind=SectionKind(kind),
        variant=variant,
        anchor=kind,
        heading=heading,
        paragraphs=paragraphs,
        items=tuple(items),
        actions=tuple(actions),
    )


def page(kind: PageKind, file: str, label: str, *sections: Section) -> Page:
    return Page(
        kind=kind,
        file=file,
        label=label,
        title=f"{label} | Clínica Sorriso Vivo",
        description=f"{label}: o que pacientes da Clínica Sorriso Vivo, em Campinas, precisam saber.",
        sections=sections,
    )


def full_site() -> SiteSpec:
    """A dentist in Campinas: every kind of section, an address of the site, a street, hours, a network."""
    book = Action(label="Marcar avaliação", href=WHATSAPP.href)
    call = section("call-band", "Marque sua avaliação", "Confirmamos um dia antes.", actions=[book])
    hours = (item("segunda a sexta", detail="8h às 18h"), item("sábado", detail="8h30 às 12h30"))
    services = (
        item("Limpeza e prevenção", "Remoção de placa e tártaro.", anchor="limpeza"),
        item("Clareamento dental", "No consultório ou em casa.", anchor="clareamento"),
        item("Implante", "Planejamento com tomografia.", "O plano vem por escrito.", anchor="implante"),
    )
    short = [each.model_copy(update={"anchor": None, "href": f"servicos.html#{each.anchor}"}) for each in services]
    contact = (
        item("WhatsApp", detail=WHATSAPP.text, href=WHATSAPP.href),
        item("Telefone", detail=PHONE.text, href=PHONE.href),
        item("E-mail", detail="recepcao@sorrisovivo.com.br", href="mailto:recepcao@sorrisovivo.com.br"),
        item("Endereço", detail="Rua Barão de Jaguara, 1240, Campinas – SP"),
    )
    voices = (item("Renata M.", "Explicaram tudo antes.", rating=5), item("Paulo", "Atenderam no horário."))
    pages = (
        page(
            PageKind.HOME, "index.html", "Início",
            section(
                "hero-card", "Dentistas no centro de Campinas", "Com hora marcada.", items=contact,
                actions=[book, Action(label="Ver serviços", href="servicos.html")],
            ),
            section("services-cells", "O que fazemos", items=short),
            section("testimonials-lead", "O que dizem os pacientes", items=voices),
            section("areas-places", "Atendemos pacientes de", items=[item("Campinas"), item("Valinhos")]),
            call,
        ),
        page(
            PageKind.SERVICES, "servicos.html", "Serviços",
            section("services-rows", "Serviços", items=services),
            call,
        ),
        page(
            PageKind.PRICING, "precos.html", "Preços",
            section("pricing-list", "Como é feito o orçamento", items=[item("Avaliação", detail="sob consulta")]),
        ),
        page(
            PageKind.ABOUT, "sobre.html", "Sobre",
            section("about-letter", "Quem cuida de você", "Duas dentistas.", "Temos acesso para cadeira de rodas."),
            section("team-names", "A equipe", items=[item("Dra. Camila Prado", detail="Implantes")]),
        ),
        page(
            PageKind.TESTIMONIALS, "depoimentos.html", "Depoimentos",
            section("testimonials-columns", "Depoimentos", items=voices),
        ),
        page(
            PageKind.FAQ, "perguntas.html", "Perguntas",
            section("faq-details", "Perguntas", items=[item("Atendem crianças?", "Sim, a partir de 2 anos.")]),
        ),
        page(
            PageKind.CONTACT, "contato.html", "Contato",
            section("contact-cells", "Fale com a clínica", items=contact, actions=[book]),
            section("hours-table", "Horário", items=hours),
        ),
    )  # fmt: skip
    identity = Identity(
        name="Clínica Sorriso Vivo",
        short_name="Sorriso Vivo",
        schema_type="Dentist",
        phone=PHONE,
        whatsapp=WHATSAPP,
        email="recepcao@sorrisovivo.com.br",
        address=Address(street="Rua Barão de Jaguara, 1240", city="Campinas", state="SP", country="BR"),
        openings=(
            Opening(days=WORKDAYS, opens="08:00", closes="18:00"),
            Opening(days=(Weekday.SAT,), opens="20:00", closes="02:00"),
            Opening(days=(Weekday.SUN,), opens="00:00", closes="00:00"),
        ),
        hours=hours,
        social=(SocialLink(network=Network.INSTAGRAM, url="https://www.instagram.com/sorrisovivo"),),
    )
    return SiteSpec(
        locale=Locale.PT_BR,
        language="pt-BR",
        site_url="https://www.sorrisovivo.com.br/",
        identity=identity,
        theme=Theme(name="prisma", palette=palette.derive(Colours(primary="#1f7a5c"), seed="a")),
        action=book,
        pages=pages,
    )


def hostile_site() -> SiteSpec:
    """A confectioner with markup in every text, a very long name and word, a near-white brand, no street."""
    order = Action(label="Encomendar agora com a Dona Conceição ou com um dos filhos 🍰", href=WHATSAPP.href)
    services = (item("Bolo <script>alert('x')</script>", 'Massa "red velvet" & </style>'), item(LONG_WORD))
    home = page(
        PageKind.HOME, "index.html", "Início",
        section("hero-strip", f"{LONG_NAME} em São Paulo", "No Tatuapé.\n\nEncomendas.", actions=[order]),
        section("services-cells", "Encomendas </script><!--", items=services),
        section("faq-details", "Dúvidas", items=[item("</script><script>alert(1)//", "Não. <b>&amp</b>")]),
    )  # fmt: skip
    return SiteSpec(
        locale=Locale.PT_BR,
        language="pt-BR",
        site_url="https://doce-d-alma.example/",
        site_url_reserved=True,
        identity=Identity(
            name=LONG_NAME,
            short_name="Doce d'Alma & Filhos",
            schema_type="Bakery",
            whatsapp=WHATSAPP,
            address=Address(city="São Paulo", state="SP", country="BR"),
            areas=("Tatuapé", "Mooca"),
        ),
        theme=Theme(name="prisma", palette=palette.derive(Colours(primary="#ffe5ec"), seed="b")),
        action=order,
        pages=(home.model_copy(update={"title": f"Confeitaria em São Paulo | {LONG_NAME}"}),),
    )
