"""Verification finds what is broken: each code, on a page made wrong from one that is right."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from generation import themes
from generation.artifacts import MemoryFiles
from generation.contracts import Notice, Severity, SiteFiles, SiteReport, SiteSpec
from generation.errors import StepFailed
from generation.pipeline.render import render
from generation.pipeline.verify import CHECKS, require_passed, verify
from generation.verification.problems import PROBLEMS

from .samples import full_site, hostile_site

HOME = "index.html"
PREVIEW = '<meta property="og:locale" content="pt_BR">'

CLAIM_CODES = {"claim_unfounded", "law_broken", "registration_missing"}  # shown in test_claims.py

# code, file, what stands there, what shall stand there instead
BREAKS = [
    ("link_broken", HOME, 'href="servicos.html"', 'href="servico.html"'),
    ("link_broken", HOME, 'href="assets/icon.svg"', 'href="assets/icons.svg"'),
    ("link_broken", "*.css", "fonts/instrument-sans.woff2", "fonts/other.woff2"),
    ("anchor_missing", HOME, "servicos.html#limpeza", "servicos.html#polimento"),
    ("link_not_relative", HOME, 'href="servicos.html"', 'href="/servicos.html"'),
    ("link_not_relative", "404.html", 'href="/index.html"', 'href="index.html"'),
    ("link_malformed", HOME, "tel:+551932321840", "tel:1932321840"),
    ("link_malformed", HOME, "https://wa.me/5519998765432", "https://wa.me/+55 19"),
    ("link_malformed", HOME, "mailto:recepcao@sorrisovivo.com.br", "mailto:recepcao"),
    ("link_dangerous", HOME, 'href="servicos.html"', 'href="javascript:alert(1)"'),
    ("page_unreachable", "*.html", 'href="precos.html"', 'href="sobre.html"'),
    ("heading_count", HOME, "</h1>", "</h1><h1>Outro</h1>"),
    ("heading_jump", HOME, "</h1>", "</h1><h3>Fundo</h3>"),
    ("heading_empty", HOME, ">O que fazemos</h2>", "></h2>"),
    ("landmark_missing", HOME, "<main", "<div"),
    ("landmark_missing", HOME, "<nav aria-label", "<nav data-label"),
    ("language_wrong", HOME, '<html lang="pt-BR"', '<html lang="en"'),
    ("id_twice", HOME, 'id="areas"', 'id="services"'),
    ("link_without_words", HOME, ">Sorriso Vivo</a>", "></a>"),
    ("picture_without_words", HOME, "</h1>", '</h1><img src="assets/share.png">'),
    ("title_missing", HOME, "<title>Início | Clínica Sorriso Vivo", "<title>"),
    ("title_twice", HOME, "<title>Início |", "<title>Sobre |"),
    ("description_missing", HOME, 'name="description"', 'name="descriptor"'),
    ("description_length", HOME, ", precisam saber.", ", precisam saber." + " mais" * 40),
    ("address_wrong", HOME, 'rel="canonical" href="https://www.', 'rel="canonical" href="https://old.'),
    ("sharing_incomplete", HOME, PREVIEW, ""),
    ("sharing_incomplete", HOME, "/assets/share.png", "/assets/other.png"),
    ("page_long", HOME, "</main>", "".join(f"<p>{n * 7919}</p>" for n in range(20_000)) + "</main>"),
    ("page_heavy", HOME, "</main>", "".join(f"<p>{n * n * 7919}</p>" for n in range(150_000)) + "</main>"),
    ("leftover", HOME, "Com hora marcada.", "Com {{ hora }} marcada."),
    ("leftover", HOME, "Com hora marcada.", "None"),
    ("leftover", HOME, 'content="Clínica Sorriso Vivo"', 'content="undefined"'),
    ("escaped_twice", HOME, "Com hora marcada.", "Com hora &amp;amp; marcada."),
    ("script_found", HOME, "</main>", "<script>alert(1)</script></main>"),
    ("script_found", HOME, "</h1>", "</h1><p onclick=alert(1)>Aqui</p>"),
    ("script_found", HOME, "</h1>", '</h1><iframe src="servicos.html"></iframe>'),
    ("style_inline", HOME, "</h1>", '</h1><p style="color:red">Aqui</p>'),
    ("outside_request", HOME, 'rel="stylesheet" href="', 'rel="stylesheet" href="https://cdn.example.com/'),
    ("outside_request", "*.css", "url(fonts/instrument-sans.woff2)", "url(https://cdn.example.com/a.woff2)"),
    ("data_missing", HOME, "application/ld+json", "application/json"),
    ("data_unreadable", HOME, '{"@context"', '{{"@context"'),
    ("data_incomplete", HOME, '"areaServed"', '"area"'),
    ("data_incomplete", HOME, '"telephone":"+55', '"telephone":"55'),
    ("data_empty", HOME, '"addressLocality":"Campinas"', '"addressLocality":""'),
    ("file_missing", "robots.txt", None, None),
    ("sitemap_wrong", "sitemap.xml", "servicos.html", "servico.html"),
]


@cache
def rendered(spec: SiteSpec) -> tuple[MemoryFiles, SiteFiles]:
    store = MemoryFiles()
    return store, render(spec, store)


def reported(spec: SiteSpec, file: str = "", old: str | None = None, new: str | None = None) -> SiteReport:
    """The report of a site in which ``old`` was replaced in ``file`` (or in all of an ending); None removes it."""
    store, site = rendered(spec)
    files = dict(site.files)
    changed = [path for path in files if path == file or (file.startswith("*") and path.endswith(file[1:]))]
    for path in changed:
        text = store.get(files.pop(path).sha256).decode()
        if old is not None and new is not None:
            files[path] = store.put(text.replace(old, new).encode())
    return verify(spec, SiteFiles(files=files), store)


@pytest.mark.parametrize("spec", [full_site(), hostile_site()])
def test_a_good_site_passes_and_every_check_has_looked(spec: SiteSpec) -> None:
    report = reported(spec)
    assert report.findings == ()
    assert [check.name for check in report.checks] == [check.name for check in CHECKS]
    assert all(check.looked_at for check in report.checks)
    require_passed(report)


def test_a_site_under_a_path_passes() -> None:
    assert reported(full_site().model_copy(update={"site_url": "https://example.net/shop/"})).findings == ()


@pytest.mark.parametrize(("code", "file", "old", "new"), BREAKS)
def test_what_is_broken_is_found(code: str, file: str, old: str | None, new: str | None) -> None:
    spec = full_site()
    if "areaServed" in (old or ""):
        spec = hostile_site()
    found = [finding for finding in reported(spec, file, old, new).findings if finding.code == code]
    assert found
    assert all(finding.where and finding.message and finding.remedy for finding in found)


def test_colours_that_cannot_be_read_are_found() -> None:
    spec = full_site()
    light = spec.theme.palette.light.model_copy(update={"muted": "#bbbbbb"})
    palette = spec.theme.palette.model_copy(update={"light": light})
    theme = spec.theme.model_copy(update={"palette": palette})
    found = reported(spec.model_copy(update={"theme": theme})).findings
    assert {(finding.code, finding.where) for finding in found} == {("contrast_low", "theme.palette.light")}
    assert "muted / panel" in found[-1].detail


def test_every_code_is_shown_to_be_found() -> None:
    assert {"contrast_low", *CLAIM_CODES, *(code for code, *_ in BREAKS)} == set(PROBLEMS)


def test_an_error_stops_the_job_and_says_where() -> None:
    report = reported(full_site(), HOME, "</main>", "<script>alert(1)</script></main>")
    assert not report.passed
    with pytest.raises(StepFailed, match=r"verification_failed: index\.html: "):
        require_passed(report)


def test_a_warning_does_not_stop_the_job() -> None:
    report = reported(full_site(), HOME, ", precisam saber.", ", precisam saber." + " mais" * 40)
    assert [finding.severity for finding in report.findings] == [Severity.WARNING]
    require_passed(report)


def test_the_report_tells_its_notices_in_the_language_of_the_site() -> None:
    notice = Notice(code="site_url_reserved", where="site_url", detail="https://a.example/")
    [warned] = reported(full_site().model_copy(update={"notices": (notice,)})).warnings
    assert warned.notice == notice
    assert "ainda" in warned.message


def test_a_misspelt_variable_of_a_theme_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(themes.THEMES_DIR / "prisma", tmp_path / "misspelt")
    (tmp_path / "misspelt/sections/about-letter.html").write_text("<h1>{{ section.headding }}</h1>")
    monkeypatch.setattr(themes, "THEMES_DIR", tmp_path)
    spec = full_site()
    theme = spec.theme.model_copy(update={"name": "misspelt"})
    found = reported(spec.model_copy(update={"theme": theme})).findings
    assert ("leftover", "sobre.html", "{{ section.headding }}") in {(f.code, f.where, f.detail) for f in found}
