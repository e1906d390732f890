"""A spec comes out as pages that say all of it, to people and to machines, and nothing else."""

import io
import json
from typing import Any

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from generation.artifacts import MemoryFiles
from generation.contracts import Address, SiteFiles, SiteSpec
from generation.pipeline.render import render
from generation.rendering.head import DESCRIPTION_LETTERS, TITLE_LETTERS, cut, titles
from generation.rendering.tags import SOFT_HYPHEN, breakable, is_long, together

from .samples import LONG_NAME, LONG_WORD, full_site, hostile_site


class Rendered:
    """A rendered site, to be read by path."""

    def __init__(self, spec: SiteSpec, store: MemoryFiles | None = None) -> None:
        self.spec, self.store = spec, store or MemoryFiles()
        self.files: SiteFiles = render(spec, self.store)

    def bytes(self, path: str) -> bytes:
        return self.store.get(self.files.files[path].sha256)

    def text(self, path: str) -> str:
        return self.bytes(path).decode()

    def tree(self, path: str) -> LexborHTMLParser:
        return LexborHTMLParser(self.text(path))

    def words(self, path: str) -> str:
        body = self.tree(path).body
        return " ".join(body.text(separator=" ").split()) if body else ""

    def graph(self, path: str) -> dict[str, dict[str, Any]]:
        """The structured data of a page, by type."""
        script = self.tree(path).css_first('script[type="application/ld+json"]')
        assert script is not None
        return {node["@type"]: node for node in json.loads(script.text())["@graph"]}


@pytest.fixture(scope="module")
def full() -> Rendered:
    return Rendered(full_site())


@pytest.fixture(scope="module")
def hostile() -> Rendered:
    return Rendered(hostile_site())


def test_everything_that_the_spec_says_is_on_its_page(full: Rendered) -> None:
    for page in full.spec.pages:
        words = full.words(page.file)
        for section in page.sections:
            said = [section.heading, *section.paragraphs, *(action.label for action in section.actions)]
            for item in section.items:
                said += filter(None, (item.title, item.detail, *item.paragraphs))
            missing = [text for text in said if " ".join(text.split()) not in words.replace("@ ", "@")]
            assert missing == []


def test_what_is_written_stays_text(hostile: Rendered) -> None:
    tree = hostile.tree("index.html")
    assert [node.attributes.get("type") for node in tree.css("script")] == ["application/ld+json"]
    assert "<script>alert('x')</script>" in hostile.words("index.html")
    assert "<b>&amp</b>" in hostile.words("index.html")
    assert hostile.graph("index.html")["FAQPage"]["mainEntity"][0]["name"] == "</script><script>alert(1)//"


def test_a_long_name_is_short_in_the_header_and_cut_at_a_word_in_the_title(hostile: Rendered) -> None:
    tree = hostile.tree("index.html")
    header, title = tree.css_first("header .name"), tree.css_first("title")
    assert header is not None and header.text(strip=True) == "Doce d'Alma & Filhos"
    assert title is not None and title.text() == "Confeitaria em São Paulo | Doce d'Alma & Filhos — Confeitaria…"
    assert LONG_NAME in hostile.words("index.html")
    broken = next(word for word in hostile.words("index.html").split() if SOFT_HYPHEN in word)
    assert broken.replace(SOFT_HYPHEN, "") == LONG_WORD


@pytest.mark.parametrize(
    ("text", "expected"),
    [("short", "short"), ("one two, three four", "one two…"), ("a" * 30, "a" * 12 + "…")],
)
def test_text_is_cut_at_a_word_where_there_is_one(text: str, expected: str) -> None:
    assert cut(text, 13) == expected


def test_titles_that_would_be_alike_once_cut_are_told_apart() -> None:
    spec = full_site()
    pages = tuple(page.model_copy(update={"title": f"{LONG_NAME} {page.label}"}) for page in spec.pages)
    found = titles(spec.model_copy(update={"pages": pages})).values()
    assert len(set(found)) == len(pages)
    assert max(map(len, found)) <= TITLE_LETTERS


def test_a_long_description_is_cut() -> None:
    spec = full_site()
    home = spec.pages[0].model_copy(update={"description": "palavra " * 30})
    rendered = Rendered(spec.model_copy(update={"pages": (home, *spec.pages[1:])}))
    meta = rendered.tree("index.html").css_first('meta[name="description"]')
    assert meta is not None
    assert len(meta.attributes["content"] or "") <= DESCRIPTION_LETTERS


def test_words_of_the_theme_are_in_the_language_of_the_site(full: Rendered) -> None:
    assert "Ir para o conteúdo" in full.words("index.html")
    assert "Skip to the content" in Rendered(in_english(full.spec)).words("index.html")


def in_english(spec: SiteSpec) -> SiteSpec:
    return SiteSpec.model_validate({**spec.model_dump(), "locale": "en", "language": "en-US"})


def test_pages_name_their_files_relative_to_themselves_and_the_404_page_from_the_root(full: Rendered) -> None:
    assert 'href="assets/style-' in full.text("servicos.html")
    under_a_path = Rendered(full.spec.model_copy(update={"site_url": "https://example.net/shop/"}))
    assert 'href="/shop/assets/style-' in under_a_path.text("404.html")
    assert 'href="/shop/index.html"' in under_a_path.text("404.html")
    assert 'href="/' not in under_a_path.text("servicos.html")


def test_canonical_addresses_and_the_sitemap_name_every_page(full: Rendered) -> None:
    for page in full.spec.pages:
        address = full.spec.site_url + ("" if page.file == "index.html" else page.file)
        canonical = full.tree(page.file).css_first('link[rel="canonical"]')
        assert canonical is not None and canonical.attributes["href"] == address
        assert f"<loc>{address}</loc>" in full.text("sitemap.xml")
    assert "Sitemap: https://www.sorrisovivo.com.br/sitemap.xml" in full.text("robots.txt")


def test_machines_read_the_business_with_its_hours(full: Rendered) -> None:
    business = full.graph("contato.html")["Dentist"]
    assert business["telephone"] == "+551932321840"
    assert business["address"]["streetAddress"] == "Rua Barão de Jaguara, 1240"
    assert "areaServed" not in business
    weekdays, past_midnight, whole_day = business["openingHoursSpecification"]
    assert weekdays["dayOfWeek"] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert (past_midnight["opens"], past_midnight["closes"]) == ("20:00", "02:00")
    assert (whole_day["opens"], whole_day["closes"]) == ("00:00", "23:59")


def test_without_a_street_machines_read_the_areas_alone(hostile: Rendered) -> None:
    business = hostile.graph("index.html")["Bakery"]
    assert business["areaServed"] == ["Tatuapé", "Mooca"]
    assert business["telephone"] == "+5519998765432"
    assert not {"address", "openingHoursSpecification", "email", "sameAs"} & set(business)


def test_with_neither_street_nor_areas_machines_read_the_city(hostile: Rendered) -> None:
    identity = hostile.spec.identity.model_copy(update={"areas": (), "address": Address(city="Recife")})
    rendered = Rendered(hostile.spec.model_copy(update={"identity": identity}))
    assert rendered.graph("index.html")["Bakery"]["areaServed"] == ["Recife"]


@pytest.mark.parametrize(
    ("path", "size"),
    [("assets/share.png", (1200, 630)), ("assets/icon-180.png", (180, 180)), ("assets/icon-512.png", (512, 512))],
)
def test_pictures_have_their_size_and_words(hostile: Rendered, path: str, size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(hostile.bytes(path))) as picture:
        colours = picture.convert("RGB").getcolors(picture.width * picture.height)
        assert picture.size == size
        assert not picture.info
    assert colours is not None and len(colours) > 2


def test_a_name_without_a_letter_of_the_font_still_gets_an_icon() -> None:
    spec = full_site()
    identity = spec.identity.model_copy(update={"short_name": "寿司 🍣", "name": "寿司"})
    rendered = Rendered(spec.model_copy(update={"identity": identity}))
    assert rendered.bytes("assets/icon.svg").startswith(b"<svg")
    assert "寿司" in rendered.words("index.html")


def test_the_print_sheet_shows_an_address_only_where_there_is_one(full: Rendered, hostile: Rendered) -> None:
    assert full.bytes("assets/address.svg").startswith(b"<svg")
    assert "assets/address.svg" not in hostile.files.files
    assert "address.svg" not in hostile.text(_style(hostile))
    assert "body:after{content:url(address.svg);display:block}" in full.text(_style(full))


def _style(site: Rendered) -> str:
    [path] = [path for path in site.files.files if path.endswith(".css")]
    return path


def test_every_heading_stands_one_level_below_the_one_above(full: Rendered) -> None:
    levels = [node.tag for node in full.tree("servicos.html").css("main h1, main h2, main h3")]
    assert levels == ["h1", "h2", "h2", "h2", "h2"]
    levels = [node.tag for node in full.tree("index.html").css("main h1, main h2, main h3")]
    assert levels == ["h1", "h2", "h3", "h3", "h3", "h2", "h2", "h2"]


def test_the_same_spec_comes_out_as_the_same_files(full: Rendered) -> None:
    assert Rendered(full_site()).files == full.files


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Call (512) 555-0134", 'Call <span class="whole">(512) 555-0134</span>'),
        ("Escreva a a@b.com.br", "Escreva a a@<wbr>b.com.br"),
        ("<b> 1240", "&lt;b&gt; 1240"),
        ("extraordinarily", "extraordinarily"),
        ("Multidisciplinarity", "Multidiscip\u00adlin\u00adarity"),
        ("to multidisciplinarity@clinic.example", "to multidisciplinarity@<wbr>clinic.example"),
    ],
)
def test_words_break_where_a_reader_expects_it(text: str, drawn: str) -> None:
    assert breakable(text) == drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Call (512) 555-0134 today", "Call (512)_555-0134 today"),
        ("We are open 8:30 am–5 pm.", "We are open 8:30_am–5_pm."),
        ("de 8:00 a. m. a 6:00 p. m.", "de 8:00_a._m. a 6:00_p._m."),
        ("Campinas, SP, CEP 13015-002", "Campinas, SP, CEP_13015-002"),
        ("for 20 years", "for 20 years"),
    ],
)
def test_numbers_stay_on_one_line(text: str, drawn: str) -> None:
    assert together(text) == drawn.replace("_", "\N{NO-BREAK SPACE}")


def test_headings_that_fit_no_line_get_smaller_letters() -> None:
    assert is_long("Escreva para contato@mouracavalcanti.adv.br")
    assert is_long("w " * 31)
    assert not is_long("Dentistas no centro de Campinas")
