"""How the three languages write hours, lists, names, numbers and addresses."""

import pytest

from generation.contracts import Address, Hours, Locale
from generation.contracts.sentences import paragraphs, sentences
from generation.language import addresses, hours, lists, names
from generation.language.articles import named
from generation.language.messages import Messages
from generation.language.money import has_price
from generation.language.phones import phone

WEEK = "mon tue wed thu fri sat sun"


def open_on(days: str, opens: str, closes: str) -> Hours:
    return Hours.model_validate({"days": days.split(), "opens": opens, "closes": closes})


OFFICE = [open_on("mon tue wed thu fri", "08:00", "18:00"), open_on("sat", "08:30", "12:30")]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("pt-BR", ["Segunda a sexta: 8h às 18h", "Sábado: 8h30 às 12h30", "Domingo: Fechado"]),
        ("en-US", ["Monday to Friday: 8 am–6 pm", "Saturday: 8:30 am–12:30 pm", "Sunday: Closed"]),
        ("es-ES", ["Lunes a viernes: 8:00 a 18:00", "Sábado: 8:30 a 12:30", "Domingo: Cerrado"]),
        (
            "es-US",
            ["Lunes a viernes: 8:00 a. m. a 6:00 p. m.", "Sábado: 8:30 a. m. a 12:30 p. m.", "Domingo: Cerrado"],
        ),
    ],
)
def test_opening_table(language: str, lines: list[str]) -> None:
    assert [f"{line.days}: {line.times}" for line in hours.table(OFFICE, language)] == lines


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pt-BR", "de segunda a sexta, das 8h às 18h; sábado, das 8h30 às 12h30"),
        ("es", "de lunes a viernes, de 8:00 a 18:00; sábado, de 8:30 a 12:30"),
    ],
)
def test_hours_in_a_sentence(language: str, words: str) -> None:
    assert hours.sentence(OFFICE, language) == words


def test_split_days_that_are_not_side_by_side() -> None:
    split = [open_on("mon wed fri", "13:00", "17:00"), open_on("mon wed fri", "09:00", "12:00")]
    assert hours.sentence(split, "pt-BR") == "segunda, quarta e sexta, das 9h às 12h e das 13h às 17h"


def test_past_midnight_and_at_one_portuguese_is_singular() -> None:
    assert hours.sentence([open_on("fri sat", "18:00", "01:00")], "pt-BR") == "sexta e sábado, das 18h à 1h"
    assert hours.sentence([open_on("fri", "00:30", "10:00")], "pt-BR") == "sexta, da 0h30 às 10h"


def test_all_day_every_day() -> None:
    always = [open_on(WEEK, "00:00", "00:00")]
    assert [(line.days, line.times) for line in hours.table(always, "es")] == [("Todos los días", "todo el día")]


def test_no_hours_no_table() -> None:
    assert hours.table([], "en") == []
    assert hours.sentence([], "en") == ""


@pytest.mark.parametrize(
    ("items", "language", "style", "text"),
    [
        (["a"], "pt-BR", "standard", "a"),
        (["a", "b", "c"], "pt-BR", "standard", "a, b e c"),
        (["a", "b", "c"], "en-US", "standard", "a, b, and c"),
        (["aguja", "hilo"], "es-MX", "standard", "aguja e hilo"),
        (["agua", "hielo"], "es", "standard", "agua y hielo"),
        (["español", "inglés"], "es", "standard", "español e inglés"),
        (["siete", "ocho"], "es", "or", "siete u ocho"),
        (["mudanza", "oficinas"], "es", "or", "mudanza u oficinas"),
        (["10", "11"], "es", "or", "10 u 11"),
        (["10", "110"], "es", "or", "10 o 110"),
        ([], "es", "standard", ""),
    ],
)
def test_lists(items: list[str], language: str, style: str, text: str) -> None:
    assert lists.joined(items, language, "or" if style == "or" else "standard") == text


def test_a_list_is_cut_between_items_and_never_empty() -> None:
    assert lists.fitting(["abc", "def", "ghi"], 8) == ["abc", "def"]
    assert lists.fitting(["abcdefghij", "k"], 3) == ["abcdefghij"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Clínica Sorriso Vivo", "Clínica Sorriso Vivo"),
        ("Doce d'Alma & Filhos — Confeitaria Artesanal e Bolos de Festa 🍰", "Doce d'Alma & Filhos"),
        ("Casa Verde (Unidade Tatuapé, ao lado do metrô)", "Casa Verde"),
        ("Sociedade Brasileira de Reformas e Pinturas", "Sociedade Brasileira de Reformas"),
        ("Companhia de Reformas Gerais da Vila Madalena", "Companhia de Reformas Gerais"),
        ("🍰🍰", "🍰🍰"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert names.short_name(name) == short


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Leak repair", "leak repair"),
        ("Direito de Família", "Direito de Família"),
        ("🥐 Cesta de café", "cesta de café"),
        ("SEO", "SEO"),
        ("Austin tours", "Austin tours"),
    ],
)
def test_titles_inside_a_sentence(title: str, inside: str) -> None:
    assert names.in_sentence(title, frozenset({"Austin"})) == inside


@pytest.mark.parametrize(
    ("name", "locale", "the", "of"),
    [
        ("Clínica Sorriso Vivo", Locale.PT_BR, "a Clínica Sorriso Vivo", "da Clínica Sorriso Vivo"),
        ("Restaurante Sol", Locale.ES, "el Restaurante Sol", "del Restaurante Sol"),
        ("Panadería Luz", Locale.ES, "la Panadería Luz", "de la Panadería Luz"),
        ("Moura Advocacia", Locale.PT_BR, "Moura Advocacia", "de Moura Advocacia"),
        ("Restaurante Sol", Locale.EN, "Restaurante Sol", "of Restaurante Sol"),
    ],
)
def test_names_take_their_article(name: str, locale: Locale, the: str, of: str) -> None:
    assert named(name, locale) == (the, of)


def test_slugs_are_ascii_and_never_empty() -> None:
    assert names.slug("Água & Cia. São João", "x") == "agua-cia-sao-joao"
    assert names.slug("🍰", "site-1") == "site-1"
    assert len(names.slug("palavra " * 30, "x")) <= names.SLUG_LETTERS


@pytest.mark.parametrize(
    ("number", "country", "text", "e164"),
    [
        ("11 2091 4455", "BR", "(11) 2091-4455", "+551120914455"),
        ("+55 (11) 9 4002-8922", "BR", "(11) 94002-8922", "+5511940028922"),
        ("305-555-0162", "US", "(305) 555-0162", "+13055550162"),
        ("+34 612 345 678", "ES", "612 34 56 78", "+34612345678"),
        ("+34 612 345 678", "US", "+34 612 34 56 78", "+34612345678"),
    ],
)
def test_phones(number: str, country: str, text: str, e164: str) -> None:
    call, write = phone(number, country), phone(number, country, whatsapp=True)
    assert call and write
    assert (call.text, call.e164, call.href) == (text, e164, f"tel:{e164}")
    assert write.href == f"https://wa.me/{e164[1:]}"


def test_what_is_no_number_has_no_form() -> None:
    assert phone("12", "BR") is None


@pytest.mark.parametrize(
    ("country", "line"),
    [
        ("BR", "Rua A, 1, Recife, PE, CEP 50030-310"),
        ("US", "Rua A, 1, Recife, PE 50030-310"),
        ("ES", "Rua A, 1, 50030-310 Recife, PE"),
    ],
)
def test_addresses(country: str, line: str) -> None:
    address = Address(street="Rua A, 1", city="Recife", state="PE", postal_code="50030-310")
    assert addresses.one_line(address, country) == line


def test_the_line_below_the_street_is_that_of_the_country() -> None:
    address = Address(street="Calle 8 1420", city="Guadalajara", state="Jalisco", postal_code="44100")
    assert addresses.town(address, "MX") == "44100 Guadalajara, Jalisco"
    assert addresses.town(address, "US") == "Guadalajara, Jalisco 44100"
    assert addresses.town(Address(city="Boise", state="ID"), "US") == "Boise, ID"


def test_no_street_no_address() -> None:
    assert addresses.one_line(Address(city="Miami", state="FL"), "US") is None
    assert addresses.place(Address(city="Miami", state="FL")) == "Miami, FL"


def test_titles_and_initials_end_no_sentence() -> None:
    text = "Dra. Camila Prado atende na Av. Brasil. J. Silva também. Sem hora marcada? Ligue."
    assert sentences(text) == [
        "Dra. Camila Prado atende na Av. Brasil.",
        "J. Silva também.",
        "Sem hora marcada?",
        "Ligue.",
    ]


def test_paragraphs() -> None:
    assert paragraphs("Um.\n\n  Dois\t e meio. \n") == ["Um.", "Dois e meio."]


@pytest.mark.parametrize("text", ["R$ 1.234,50", "a partir de 80 reais", "$99", "50 €", "US$40", "120 pesos"])
def test_prices_are_found(text: str) -> None:
    assert has_price(f"Custa {text} por visita.")


@pytest.mark.parametrize("text", ["A partir de 2 kg", "chocolate 50%", "desde 2021", "Rua Real 40"])
def test_other_numbers_are_no_prices(text: str) -> None:
    assert not has_price(text)


def test_a_broken_message_file_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("copy") / "en"
    folder.mkdir()
    (folder / "a.ftl").write_text("hello = Hello { $name\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.ftl"):
        Messages(folder)
    (folder / "a.ftl").write_text("hello = Hello\nhello = Again\n", encoding="utf-8")
    with pytest.raises(ValueError, match="twice"):
        Messages(folder)


@pytest.mark.parametrize(
    ("language", "items", "text"),
    [
        ("es-US", ["mármol y piedra", "lámparas"], "mármol y piedra, y lámparas"),
        ("pt-BR", ["limpeza e prevenção", "implante"], "limpeza e prevenção, e implante"),
        ("en-US", ["tile and stone", "glass"], "tile and stone, and glass"),
        ("pt-BR", ["canal", "limpeza e prevenção"], "canal, e limpeza e prevenção"),
        ("pt-BR", ["limpeza e prevenção", "clareamento", "implante"], "limpeza e prevenção, clareamento e implante"),
        ("es-MX", ["corte y color", "barba", "peinado"], "corte y color, barba y peinado"),
    ],
)
def test_an_item_with_an_and_of_its_own_is_set_off(language: str, items: list[str], text: str) -> None:
    assert lists.joined(items, language) == text
