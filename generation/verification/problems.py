"""The words for what checks find: severity, message and remedy of each code, in one table."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from generation.contracts import Finding, Severity

from .reading import Problem

OURS = _("Report this to the developers; the onboarding is not the cause.")
THEIRS = _("Correct this in the onboarding, or in the spec, and generate again.")


class Words(NamedTuple):
    message: StrPromise
    remedy: StrPromise
    severity: Severity = Severity.ERROR


PROBLEMS: dict[str, Words] = {
    # links
    "link_broken": Words(_("A link leads to a page or file that is not there."), THEIRS),
    "anchor_missing": Words(_("A link leads to a place on a page that is not there."), THEIRS),
    "link_not_relative": Words(_("A link would fail when the site is opened from a folder."), OURS),
    "link_malformed": Words(_("A telephone, e-mail or WhatsApp link cannot work."), THEIRS),
    "link_dangerous": Words(_("A link would run a program."), THEIRS),
    "page_unreachable": Words(_("No page links to this page."), OURS),
    # structure
    "heading_count": Words(_("The page does not have exactly one main heading."), OURS),
    "heading_jump": Words(_("A heading skips a level."), OURS),
    "heading_empty": Words(_("A heading has no words."), THEIRS),
    "landmark_missing": Words(_("A part that screen readers move by is missing."), OURS),
    "language_wrong": Words(_("The page does not tell the language of its text."), OURS),
    "id_twice": Words(_("Two elements of the page have the same name."), OURS),
    "link_without_words": Words(_("A link has no words."), OURS),
    "picture_without_words": Words(_("A picture has no alternative text or no size."), THEIRS),
    # head
    "title_missing": Words(_("The page has no title."), THEIRS),
    "title_twice": Words(_("Two pages have the same title."), THEIRS),
    "description_missing": Words(_("The page has no description."), THEIRS),
    "description_length": Words(
        _("Search engines show 50 to 165 letters of a description."),
        _("Give a longer description of the business in the onboarding."),
        Severity.WARNING,
    ),
    "address_wrong": Words(_("The page names another address as its own."), OURS),
    "sharing_incomplete": Words(_("Something that shared links show is missing."), OURS),
    # looks
    "contrast_low": Words(_("Two colours are too alike to be read."), _("Choose another brand colour.")),
    # weight
    "page_heavy": Words(_("The page is too heavy."), _("Use fewer or smaller pictures.")),
    "page_long": Words(_("The text of the page is very long."), _("Shorten the longest texts."), Severity.WARNING),
    # words
    "leftover": Words(_("Something that is not meant for visitors stands in the text."), THEIRS),
    "escaped_twice": Words(_("A character is shown by its code."), THEIRS),
    # claims
    "claim_unfounded": Words(_("The page states something that no field of the onboarding says."), OURS),
    "law_broken": Words(_("The rules of the profession forbid this text."), THEIRS),
    "registration_missing": Words(
        _("The rules of the profession ask for the number of the register on the site."),
        _("Give the number in the onboarding, in the text about the owner or the role of a member of the team."),
        Severity.WARNING,
    ),
    # code
    "script_found": Words(_("The page would run a program."), OURS),
    "style_inline": Words(_("A style stands in the page, which strict servers refuse."), OURS),
    "outside_request": Words(_("The page asks another host for a file."), OURS),
    # structured data
    "data_missing": Words(_("The page has no structured data."), OURS),
    "data_unreadable": Words(_("The structured data cannot be read."), OURS),
    "data_incomplete": Words(_("The structured data lacks something that search engines need."), THEIRS),
    "data_empty": Words(_("The structured data has an empty value."), OURS),
    # files
    "file_missing": Words(_("A file that belongs to every site is missing."), OURS),
    "sitemap_wrong": Words(_("The sitemap and the pages differ."), OURS),
}


def finding(problem: Problem) -> Finding:
    """The problem with its words, in the language in use."""
    words = PROBLEMS[problem.code]
    return Finding(
        code=problem.code,
        severity=words.severity,
        where=problem.where,
        detail=problem.detail,
        message=str(words.message),
        remedy=str(words.remedy),
    )
