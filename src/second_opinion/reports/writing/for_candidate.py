"""The candidate's own version: plain words, strengths first, and nothing of anybody else.

It holds the combined result, and everything that the provider's assessors wrote on this candidate,
under no name. The client's own ratings are in the combination and stand nowhere by themselves; of
other finalists there is nothing, and no figure that theirs could be reckoned from.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from second_opinion.ingest.case_file import (
    CaseFile,
    CriterionEntry,
    InstrumentKind,
    OpinionEntry,
    OpinionKind,
)
from second_opinion.reports.analysis import CaseAnalysis, Conclusion, CriterionAnalysis
from second_opinion.reports.writing import drawings, names, numbers
from second_opinion.reports.writing.authored import conclusion_of
from second_opinion.reports.writing.blocks import (
    Block,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Quotation,
)
from second_opinion.reports.writing.characters import cleaned, with_every_text
from second_opinion.reports.writing.document import Part, ReportDocument
from second_opinion.reports.writing.subject import Subject
from second_opinion.reports.writing.used import facts_of
from second_opinion.reports.writing.written_for_candidate import (
    another_conclusion,
    what_is_written,
)

_LIKELY, _UNLIKELY = 0.75, 0.25


def write_for_candidate(
    case: CaseFile, analysis: CaseAnalysis, *, candidate: str, language: str, issued_on: date
) -> ReportDocument:
    """One candidate's version, by the name in the case file."""
    subject = Subject(case, analysis, case.candidates.index(candidate))
    with override(language):
        document = ReportDocument(
            language=language,
            kicker=_("Second opinion: your version"),
            title=case.role.strip() or _("(no role named)"),
            facts=_facts(case, candidate, issued_on),
            parts=(
                _found(subject),
                *what_is_written(subject),
                _by_criterion(subject),
                _your_rights(subject),
            ),
            contents_title=_("Contents"),
            page_words=(pgettext("page 1 of 2", "Page"), pgettext("page 1 of 2", "of")),
            footer=_("Second opinion: your version"),
            issued_on=issued_on,
        )
    return names.with_names_apart(with_every_text(document, cleaned), case)


def _facts(case: CaseFile, candidate: str, issued_on: date) -> tuple[Fact, ...]:
    found = (
        Fact(label=_("For"), text=names.person(candidate)),
        Fact(label=_("Client"), text=case.client),
        Fact(label=_("Provider"), text=case.provider),
        Fact(label=_("Issued"), text=numbers.day(issued_on)),
    )
    return tuple(fact for fact in found if fact.text.strip())


def _found(subject: Subject) -> Part:
    figures = subject.figures
    conclusion = conclusion_of(subject)
    blocks: list[Block] = [Paragraph(text=_conclusion(conclusion), tone="lead")]
    blocks += another_conclusion(subject)
    if figures.has_number:
        without_first = dataclasses.replace(figures, first_alone=None)
        blocks.append(drawings.whole(subject.case, without_first))
        blocks.append(Paragraph(text=_whole(subject)))
    for title, place in ((_("Likely above the bar"), 0), (_("Likely below the bar"), 1)):
        listed = _sides(subject)[place]
        if listed:
            blocks += [Heading(level=3, text=title), Items(items=listed)]
    blocks.append(
        Paragraph(
            text=_(
                "This says how well what was seen fits the demands of this role. It says nothing "
                "of you as a person, and nothing of other roles."
            ),
            tone="small",
        )
    )
    return Part(title=_("What we found"), anchor="answer", blocks=tuple(blocks))


def _conclusion(conclusion: Conclusion) -> str:
    return {
        Conclusion.SUPPORTED: _(
            "Taken together, what was seen and heard speaks for you in this role."
        ),
        Conclusion.SUPPORTED_WITH_CONDITIONS: _(
            "Taken together, what was seen and heard speaks for you in this role, with "
            "reservations that are named below."
        ),
        Conclusion.NOT_SUPPORTED: _(
            "Taken together, what was seen and heard does not speak for you in this role."
        ),
        Conclusion.EVIDENCE_INSUFFICIENT: _(
            "Too little was seen and heard for a conclusion. That is no verdict on you."
        ),
    }[conclusion]


def _whole(subject: Subject) -> str:
    case, whole = subject.case, subject.figures.whole
    return _(
        "All criteria weighed together, you most likely stand at %(mean)s on the scale %(low)s to "
        "%(high)s; %(often)s the truth lies in the interval %(between)s. The role asks for "
        "%(bar)s. The probability that you stand above it is %(chances)s."
    ) % {
        "mean": numbers.points(min(max(whole.estimate.mean, case.scale_low), case.scale_high)),
        "low": numbers.score(case.scale_low),
        "high": numbers.score(case.scale_high),
        "often": numbers.level(subject.rule.interval_level),
        "between": numbers.between(whole.estimate, low=case.scale_low, high=case.scale_high),
        "bar": numbers.score(case.bar),
        "chances": numbers.chances(whole.probability_above_bar),
    }


def _sides(subject: Subject) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Criteria likely above the bar, and those likely below it, as the words of a list."""
    seen = [one for _criterion, one in _strengths_first(subject) if one.is_observed]
    return (
        tuple(one.name for one in seen if one.probability_above_bar >= _LIKELY),
        tuple(one.name for one in seen if one.probability_above_bar <= _UNLIKELY),
    )


def _strengths_first(subject: Subject) -> list[tuple[CriterionEntry, CriterionAnalysis]]:
    return sorted(subject.criteria(), key=lambda pair: -pair[1].probability_above_bar)


def _by_criterion(subject: Subject) -> Part:
    blocks: list[Block] = []
    for place, (criterion, figures) in enumerate(_strengths_first(subject), start=1):
        blocks += _criterion(subject, criterion, figures, place)
    own_words = [one for one in _providers(subject) if one.conclusion.strip()]
    if own_words:
        blocks.append(Heading(level=3, text=_("What the assessors conclude")))
        blocks += [_quotation((one.conclusion,), one) for one in own_words]
    return Part(
        title=_("Criterion by criterion"),
        anchor="criteria",
        blocks=tuple(blocks),
        opens_page=True,
    )


def _criterion(
    subject: Subject, criterion: CriterionEntry, figures: CriterionAnalysis, place: int
) -> Iterator[Block]:
    yield Heading(level=3, text=criterion.name, anchor=f"criterion-{place}")
    weight = _("It counts for %(weight)s of the whole.") % {
        "weight": numbers.weight(criterion.weight)
    }
    yield Paragraph(text=f"{criterion.definition.strip()}\n{weight}".strip(), tone="small")
    if figures.is_observed:
        yield drawings.criterion(subject.case, criterion, figures, ())
    else:
        yield Paragraph(text=_("Nobody observed this, so nothing can be said of it."))
    for opinion in _providers(subject):
        for rating in opinion.ratings:
            if rating.criterion != criterion.name:
                continue
            if rating.evidence:
                yield _quotation(rating.evidence, opinion)
            if rating.reason_not_observed.strip():
                yield Paragraph(
                    text=_("Not observed by %(who)s: %(reason)s")
                    % {
                        "who": names.of_opinion(opinion.kind),
                        "reason": rating.reason_not_observed.strip(),
                    },
                    tone="small",
                )
    yield from _instruments(subject, criterion)


def _instruments(subject: Subject, criterion: CriterionEntry) -> Iterator[Block]:
    """What else is counted in. Of references only that there are: the words are others'."""
    counted = dict.fromkeys(
        names.of_instrument(instrument.kind)
        if instrument.kind is InstrumentKind.REFERENCE
        else _("%(instrument)s: %(value)s, give or take %(size)s")
        % {
            "instrument": instrument.name,
            "value": numbers.reading(reading.value),
            "size": numbers.size(reading.standard_error),
        }
        for instrument, reading in subject.readings_on(criterion.name)
    )
    if counted:
        text = _("Counted in as well: %(instruments)s.")
        yield Paragraph(text=text % {"instruments": "; ".join(counted)}, tone="small")
    for instrument, _reading in subject.readings_on(criterion.name):
        for standing in instrument.standings:
            if standing.criterion == criterion.name:
                yield Paragraph(text=f"{standing.words} {instrument.norm}", tone="small")


def _providers(subject: Subject) -> tuple[OpinionEntry, ...]:
    """All but the client's own opinions."""
    return tuple(one for one in subject.opinions if one.kind is not OpinionKind.FIRST)


def _quotation(texts: tuple[str, ...], opinion: OpinionEntry) -> Quotation:
    lines = tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())
    return Quotation(paragraphs=lines, source=names.of_opinion(opinion.kind))


def _used_on(subject: Subject) -> Iterator[Block]:
    """Instruments as they were used, under nobody's name; references are others' words."""
    own = (
        one
        for one in subject.case.instruments
        if one.candidate == subject.name and one.kind is not InstrumentKind.REFERENCE
    )
    facts = tuple(facts_of(own, are_named=False, are_people_told=False))
    if facts:
        yield Heading(level=3, text=_("What you took, and how it was used"))
        yield Facts(items=facts)


def _your_rights(subject: Subject) -> Part:
    return Part(
        title=_("How this was done, and what you can do"),
        anchor="rights",
        blocks=(
            Items(
                items=(
                    _("People judged; the program did arithmetic by a rule fixed beforehand."),
                    _("The assessors wrote apart, and what they wrote was opened together."),
                    _("No report decides: the employer does, for its own reasons."),
                    _("You have two working days to correct facts and to comment, on your page."),
                    _("Corrected facts and your comment go along with the report."),
                    _("You can ask for all that is kept about you, and for a talk about it."),
                )
            ),
            *_used_on(subject),
        ),
    )
