"""One page to speak from: what is concluded, how sure, what is not known, and what not to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import authored, names, numbers
from second_opinion.reports.writing.blocks import Block, Heading, Items, Paragraph
from second_opinion.reports.writing.document import Part, ReportDocument
from second_opinion.reports.writing.frame import framed
from second_opinion.reports.writing.subject import Subject, subjects

_MOST_NAMED, _MOST_LETTERS = 2, 60


def write_oral_summary(
    case: CaseFile, analysis: CaseAnalysis, *, language: str, issued_on: date
) -> ReportDocument:
    """What can be said in three minutes of all finalists."""
    with override(language):
        everyone = subjects(case, analysis)
        return framed(
            case,
            kicker=_("To speak from: the second opinion on one page"),
            parts=(_to_say(everyone), _not_to_say(everyone)),
            issued_on=issued_on,
        )


def _to_say(everyone: tuple[Subject, ...]) -> Part:
    blocks: list[Block] = []
    for subject in everyone:
        finding = names.finding(authored.conclusion_of(subject), subject.name)
        blocks.append(Heading(level=3, text=f"{finding}."))
        blocks.append(Items(items=tuple(_sentences(subject))))
    return Part(title=_("Say"), anchor="say", blocks=(*blocks, *_order(everyone)))


def _sentences(subject: Subject) -> Iterator[str]:
    figures = subject.figures
    if figures.has_number:
        whole = figures.whole
        yield _(
            "That the whole reaches what the role asks for: %(chances)s. The interval is "
            "%(between)s, and the bar is %(bar)s."
        ) % {
            "chances": numbers.chances(whole.probability_above_bar),
            "between": numbers.between(
                whole.estimate, low=subject.case.scale_low, high=subject.case.scale_high
            ),
            "bar": numbers.score(subject.case.bar),
        }
    else:
        yield _("Too little was seen for a figure.")
    seen = sorted(
        (one for one in figures.criteria if one.is_observed),
        key=lambda one: -one.probability_above_bar,
    )
    if len(seen) > 1:
        yield _("Strongest: %(strong)s. Weakest: %(weak)s.") % {
            "strong": _named([one.name for one in seen[: min(_MOST_NAMED, len(seen) // 2)]]),
            "weak": _named([one.name for one in seen[-min(_MOST_NAMED, len(seen) // 2) :]]),
        }
    unseen = [one.name for one in figures.criteria if not one.is_observed]
    if unseen:
        yield _("Not seen by anybody: %(criteria)s.") % {"criteria": _named(unseen)}


def _named(criteria: list[str]) -> str:
    """A few names; the rest is a number, and long ones are cut: the page is to be spoken from."""
    shown = tuple(
        name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}…"
        for name in criteria[:_MOST_NAMED]
    )
    rest = len(criteria) - len(shown)
    return numbers.listed((*shown, _("%(number)d more") % {"number": rest}) if rest else shown)


def _order(everyone: tuple[Subject, ...]) -> tuple[Block, ...]:
    found = everyone[0].analysis.finalists
    if found is None:
        return ()
    best = max(range(len(everyone)), key=lambda place: found.probability_best[place])
    words = {
        "candidate": names.person(everyone[best].name),
        "chances": numbers.chances(found.probability_best[best]),
    }
    text = (
        _("Between the finalists it is too close to call.")
        if found.too_close_to_call
        else _("Most likely the strongest on the whole: %(candidate)s, %(chances)s.") % words
    )
    return (Paragraph(text=text),)


def _not_to_say(everyone: tuple[Subject, ...]) -> Part:
    lines = [
        _("What somebody is like as a person: only what was seen against this role is known."),
        _("That somebody will succeed or fail: say how likely, and that it can go otherwise."),
        _("A figure without its interval, or who gave which score."),
    ]
    if len(everyone) > 1:
        lines.append(_("To one finalist anything of another."))
    return Part(title=_("Do not say"), anchor="do-not-say", blocks=(Items(items=tuple(lines)),))
