"""What came after the opening: it stands beside the combination and changes nothing in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from second_opinion.ingest.case_file import OpinionKind
from second_opinion.reports.writing import method, names, numbers, parting
from second_opinion.reports.writing.blocks import (
    Block,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Quotation,
    Table,
)
from second_opinion.reports.writing.characters import cleaned, with_every_text
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.document import ReportDocument as Document

if TYPE_CHECKING:  # what is written from a case file needs no Django
    from second_opinion.reports.selectors.addendum import (
        Addendum,
        Deviated,
        ReadEarly,
        Replied,
        RevisedRating,
        ShutOut,
    )

OWN_WORDS = "own-words"


def with_addendum(document: Document, addendum: Addendum) -> Document:
    """The report with what came after the opening, each in the chapter that it belongs to."""
    added: dict[str, tuple[Block, ...]]
    with override(document.language):
        added = {
            parting.ANCHOR: tuple(_discussion(addendum)),
            method.ANCHOR: (*_deviations(addendum), *_left_out(addendum), *_early(addendum)),
        }
        words = own_words(addendum) if addendum.replies else no_own_words()
        parts = tuple(
            words
            if part.anchor == OWN_WORDS
            else dataclasses.replace(part, blocks=(*part.blocks, *added.get(part.anchor, ())))
            for part in document.parts
        )
    return with_every_text(dataclasses.replace(document, parts=parts), cleaned)


def no_own_words() -> Part:
    """Said where no candidate has said anything of the report."""
    return Part(
        title=_("The candidate's own words"),
        anchor=OWN_WORDS,
        blocks=(Paragraph(text=_("This report holds no words of a candidate's own.")),),
    )


def own_words(addendum: Addendum) -> Part:
    """Corrections of fact with what became of them, and comments."""
    said = Paragraph(
        text=_(
            "The candidates read their own version first. What they said of it stands here, "
            "word for word. A fact that was wrong stands corrected beside what stood; no "
            "finding and no figure was changed by it."
        )
    )
    blocks = (said, *(block for reply in addendum.replies for block in _reply(reply)))
    return Part(title=_("The candidate's own words"), anchor=OWN_WORDS, blocks=blocks)


def _left_out(addendum: Addendum) -> Iterator[Block]:
    if not addendum.shut_out:
        return
    yield Heading(level=3, text=_("What was not sealed in time"))
    yield Paragraph(
        text=_(
            "The case was opened at its deadline. These opinions had been asked for and were "
            "not sealed, so they take no part in anything said here, and nobody can read them:"
        )
    )
    yield Items(items=tuple(map(_shut_out, addendum.shut_out)))


def _early(addendum: Addendum) -> Iterator[Block]:
    """That a seal was broken before its time belongs to how it was done."""
    if not addendum.early:
        return
    yield Heading(level=3, text=_("Read before the opening"))
    yield Paragraph(
        text=_(
            "The opinions are sealed until they are opened together. Here one was allowed to be "
            "read before, and everybody who takes part was told at once."
        )
    )
    yield Items(items=tuple(map(_read_early, addendum.early)))


def _read_early(one: ReadEarly) -> str:
    who = (
        _("%(asked)s asked, and %(granted)s agreed, on %(day)s.")
        if one.granted_by
        else _("%(asked)s, with nobody else there who could agree, on %(day)s.")
    ) % {
        "asked": names.person(one.asked_by),
        "granted": names.person(one.granted_by),
        "day": numbers.day(date.fromisoformat(one.on)),
    }
    why = _("The ground: %(ground)s.") % {"ground": one.ground.label}
    read = ngettext("It was read %(times)d time.", "It was read %(times)d times.", one.times)
    return " ".join((who, why, read % {"times": one.times}))


def _deviations(addendum: Addendum) -> Iterator[Block]:
    """How it was done otherwise than planned belongs to how it was done."""
    yield Heading(level=3, text=_("Where an interview left its guide"), anchor="method-deviations")
    if not addendum.deviations:
        yield Paragraph(text=_("No assessor has noted that an interview left its guide."))
        return
    yield Paragraph(
        text=_(
            "All candidates are asked the same questions. Here an interview went another way, and "
            "its assessor noted why before anything was opened."
        )
    )
    yield Items(items=tuple(map(_deviation, addendum.deviations)))


def _deviation(one: Deviated) -> str:
    return _("%(candidate)s, question %(number)s, %(kind)s. %(question)s Why: %(because)s") % {
        "candidate": names.person(one.candidate),
        "number": one.question,
        "kind": one.kind.label,
        "question": one.text,
        "because": one.because,
    }


def _reply(reply: Replied) -> Iterator[Block]:
    """A candidate's words; of a fact what became of it, with what stood and how it is."""
    what = _("%(candidate)s corrects a fact") if reply.is_fact else _("%(candidate)s comments")
    yield Quotation(
        paragraphs=_lines(reply.words),
        source=what % {"candidate": names.person(reply.candidate)},
    )
    if reply.is_accepted is None:
        return
    if not reply.is_accepted:
        yield Paragraph(
            text=_("The provider does not accept the correction: %(reason)s")
            % {"reason": reply.reason}
        )
        return
    yield Facts(
        items=(
            Fact(label=_("It stood"), text=reply.stated),
            Fact(label=_("It is"), text=reply.correct),
            Fact(label=_("The provider accepts the correction"), text=reply.reason),
        )
    )


def _discussion(addendum: Addendum) -> Iterator[Block]:
    """Which criteria were discussed, and which ratings revised; not what anybody said."""
    if not addendum.discussed and not addendum.revisions:
        return
    yield Heading(level=3, text=_("Discussion and revised ratings"))
    yield Paragraph(
        text=_(
            "After a discussion opinions are no longer independent, and people who talk to one "
            "another tend to agree. The combination therefore rests on the ratings as they were "
            "sealed apart. A revised rating stands beside the sealed one and changes no figure."
        )
    )
    if addendum.discussed:
        yield Paragraph(text=_("These were discussed after the opening:"))
        yield Items(items=tuple(_on(one.criterion, one.candidate) for one in addendum.discussed))
    if addendum.revisions:
        yield _revised_ratings(addendum.revisions)
    for one in addendum.revisions:
        yield Quotation(
            paragraphs=_lines(one.reason, *one.evidence),
            source=_("%(opinion)s, on why the rating on %(what)s was revised")
            % {"opinion": _whose(one), "what": _on(one.criterion, one.candidate)},
        )


def _revised_ratings(revisions: tuple[RevisedRating, ...]) -> Table:
    return Table(
        caption=_("Revised ratings beside the sealed ones"),
        columns=(_("Opinion"), _("Criterion"), _("Sealed"), _("Revised"), _("Day")),
        rows=tuple(
            (
                _whose(one),
                _on(one.criterion, one.candidate),
                _score(one.sealed),
                _score(one.revised),
                numbers.day(date.fromisoformat(one.on)),
            )
            for one in revisions
        ),
        shares=(5, 5, 3, 3, 4),
    )


def with_revisions_for_candidate(document: Document, addendum: Addendum, name: str) -> Document:
    """The candidate's version with what the provider's assessors revised on them, under no name."""
    with override(document.language):
        *before, last = document.parts
        early = dataclasses.replace(last, blocks=(*last.blocks, *_early(addendum)))
        document = dataclasses.replace(document, parts=(*before, early))
    own = [
        one
        for one in addendum.revisions
        if one.candidate == name and one.kind is not OpinionKind.FIRST
    ]
    if not own:
        return with_every_text(document, cleaned)
    with override(document.language):
        said = Paragraph(
            text=_(
                "After the assessments had been opened, an assessor saw something otherwise. The "
                "result above rests on what was sealed; this stands beside it."
            )
        )
        part = Part(
            title=_("After the opening"),
            anchor="afterwards",
            blocks=(said, *map(_revised_for_candidate, own)),
        )
    *before, last = document.parts
    whole = dataclasses.replace(document, parts=(*before, part, last))
    return with_every_text(whole, cleaned)


def _revised_for_candidate(one: RevisedRating) -> Quotation:
    return Quotation(
        paragraphs=_lines(one.reason, *one.evidence),
        source=_("%(opinion)s on %(criterion)s: revised from %(sealed)s to %(revised)s")
        % {
            "opinion": names.of_opinion(one.kind),
            "criterion": one.criterion,
            "sealed": _score(one.sealed),
            "revised": _score(one.revised),
        },
    )


def _whose(one: RevisedRating) -> str:
    return _("%(name)s, %(opinion)s") % {
        "name": names.person(one.assessor),
        "opinion": names.of_opinion(one.kind),
    }


def _on(criterion: str, candidate: str) -> str:
    return _("%(criterion)s, %(candidate)s") % {
        "criterion": criterion,
        "candidate": names.person(candidate),
    }


def _score(score: float | None) -> str:
    return _("not observed") if score is None else numbers.score(score)


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def _shut_out(one: ShutOut) -> str:
    return _("%(assessor)s on %(candidate)s (%(kind)s)") % {
        "assessor": names.person(one.assessor),
        "candidate": names.person(one.candidate),
        "kind": names.of_opinion(one.kind),
    }
