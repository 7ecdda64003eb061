"""What was noted of one criterion, by whom, and who saw nothing of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.ingest.case_file import OpinionEntry, RatingEntry
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Block, Paragraph, Quotation
from second_opinion.reports.writing.subject import Subject


def evidence_on(
    subject: Subject,
    ratings: tuple[tuple[OpinionEntry, RatingEntry | None], ...],
) -> Iterator[Block]:
    """What was noted, then who noted nothing."""
    without = []
    for opinion, rating in ratings:
        notes = tuple(note for note in rating.evidence if note.strip()) if rating else ()
        if notes:
            yield Quotation(
                paragraphs=tuple(part for note in notes for part in paragraphs_of(note)),
                source=_seen_by(subject, opinion, rating),
            )
        elif rating is not None and rating.score is not None:
            without.append(names.with_opinion(opinion))
    if without:
        sentence = ngettext(
            "%(who)s: no evidence was noted for this score.",
            "%(who)s: no evidence was noted for these scores.",
            len(without),
        )
        yield Paragraph(text=sentence % {"who": "; ".join(without)}, tone="small")


def _seen_by(subject: Subject, opinion: OpinionEntry, rating: RatingEntry | None) -> str:
    """Who noted it, when, and whether it speaks for or against by the score it was given."""
    parts = [names.with_opinion(opinion)]
    if rating is not None and rating.score is not None:
        parts.append(_("speaks for") if rating.score >= subject.case.bar else _("speaks against"))
    if opinion.on is not None:
        parts.append(numbers.day(opinion.on))
    return " \N{MIDDLE DOT} ".join(parts)


def not_observed(
    ratings: tuple[tuple[OpinionEntry, RatingEntry | None], ...],
) -> Iterator[Block]:
    """Who gave no score, and the reason that they gave."""
    for opinion, rating in ratings:
        if rating is not None and rating.score is not None:
            continue
        reason = rating.reason_not_observed.strip() if rating else ""
        yield Paragraph(
            text=_("Not observed by %(who)s: %(reason)s")
            % {"who": names.with_opinion(opinion), "reason": reason or _("no reason was given.")},
            tone="small",
        )


def paragraphs_of(text: str) -> tuple[str, ...]:
    """What a person wrote, line by line, without the empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
