"""What came after the opening: it stands beside the combination and changes nothing in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.reports.writing import names
from second_opinion.reports.writing.characters import cleaned, with_every_text
from second_opinion.reports.writing.document import (
    Block,
    Heading,
    Items,
    Paragraph,
    Part,
    Quotation,
)
from second_opinion.reports.writing.document import ReportDocument as Document

if TYPE_CHECKING:  # what is written from a case file needs no Django
    from second_opinion.reports.selectors.addendum import Addendum, ShutOut


def with_addendum(document: Document, addendum: Addendum) -> Document:
    """The report with one more chapter before the last, where there is anything to say in it."""
    with override(document.language):
        blocks = tuple(_blocks(addendum))
        if not blocks:
            return document
        part = Part(title=_("After the opening"), anchor="afterwards", blocks=blocks)
    *before, last = document.parts
    whole = dataclasses.replace(document, parts=(*before, part, last))
    return with_every_text(whole, cleaned)


def _blocks(addendum: Addendum) -> Iterator[Block]:
    if addendum.shut_out:
        yield Heading(level=3, text=_("What was not sealed in time"))
        yield Paragraph(
            text=_(
                "The case was opened at its deadline. These opinions had been asked for and were "
                "not sealed, so they take no part in anything said here, and nobody can read them:"
            )
        )
        yield Items(items=tuple(map(_shut_out, addendum.shut_out)))
    if addendum.replies:
        yield Heading(level=3, text=_("The candidate's own words"))
        yield Paragraph(
            text=_(
                "The candidates read their own version first. What they said of it stands here, "
                "word for word; no figure was changed by it."
            )
        )
    for reply in addendum.replies:
        what = _("%(candidate)s corrects a fact") if reply.is_fact else _("%(candidate)s comments")
        yield Quotation(
            paragraphs=tuple(line.strip() for line in reply.words.splitlines() if line.strip()),
            source=what % {"candidate": names.person(reply.candidate)},
        )


def _shut_out(one: ShutOut) -> str:
    return _("%(assessor)s on %(candidate)s (%(kind)s)") % {
        "assessor": names.person(one.assessor),
        "candidate": names.person(one.candidate),
        "kind": names.of_opinion(one.kind),
    }
