"""A letter to a candidate: which part the system had in the decision, and how to object.

References
----------
Regulation (EU) 2024/1689 (AI Act), article 86: clear and meaningful explanations of the role of
the AI system in the decision-making procedure and the main elements of the decision. Whether the
article applies to a case is for the employer to judge; the letter is written as if it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from second_opinion.ingest.case_file import CaseFile, OpinionKind
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Block, Heading, Items, Paragraph, Table
from second_opinion.reports.writing.document import Part, ReportDocument
from second_opinion.reports.writing.frame import framed
from second_opinion.reports.writing.rule import rule_in_words
from second_opinion.reports.writing.subject import Subject


def write_explanation(
    case: CaseFile, analysis: CaseAnalysis, *, candidate: str, language: str, issued_on: date
) -> ReportDocument:
    """To one candidate, by the name in the case file; of other finalists there is nothing."""
    subject = Subject(case, analysis, case.candidates.index(candidate))
    with override(language):
        return framed(
            case,
            kicker=_("How the system took part in the decision on you"),
            parts=(
                _part(_("The short answer"), "short", _short()),
                _part(_("What the system reckoned from"), "data", _data(subject)),
                _part(_("By which rule"), "rule", _rule(subject)),
                _part(_("What came out for you"), "result", _result(subject)),
                _part(_("Who decided"), "who", _who()),
                _part(_("If you do not agree"), "objecting", _objecting(subject)),
            ),
            issued_on=issued_on,
            candidates=(candidate,),
        )


def _part(title: str, anchor: str, blocks: Iterator[Block]) -> Part:
    return Part(title=title, anchor=anchor, blocks=tuple(blocks))


def _short() -> Iterator[Block]:
    yield Paragraph(
        text=_(
            "People met you, or read what you had done, and judged. The system put their scores "
            "together by a rule that was fixed before anybody opened your papers. It scored "
            "nothing itself, it knew nothing of you but what is listed here, and it decided "
            "nothing. The employer decides, for its own reasons."
        ),
        tone="lead",
    )


def _data(subject: Subject) -> Iterator[Block]:
    yield Table(
        caption=_("What was entered"),
        columns=(_("What"), _("From whom"), _("How much")),
        rows=(*_opinions(subject), *_instruments(subject)),
        shares=(3, 3, 3),
    )
    yield Paragraph(
        text=_(
            "Nothing else goes into the figures. There is no place in them for your age, sex, "
            "origin, picture, voice or face, and the words of notes are not reckoned with."
        )
    )


def _opinions(subject: Subject) -> Iterator[tuple[str, ...]]:
    """Of the employer's own opinion only that there is one: its scores are the employer's."""
    for opinion in subject.opinions:
        rated = sum(rating.score is not None for rating in opinion.ratings)
        is_own = opinion.kind is OpinionKind.FIRST
        yield (
            names.of_opinion(opinion.kind),
            _("the employer")
            if is_own
            else _("an assessor at %(provider)s")
            % {"provider": subject.case.provider or _("the provider")},
            ngettext(
                "scores on %(rated)d of %(all)d criteria",
                "scores on %(rated)d of %(all)d criteria",
                rated,
            )
            % {"rated": rated, "all": len(subject.case.criteria)},
        )


def _instruments(subject: Subject) -> Iterator[tuple[str, ...]]:
    for instrument in subject.case.instruments:
        if instrument.candidate == subject.name:
            number = len(instrument.readings)
            yield (
                names.of_instrument(instrument.kind),
                _("an instrument, with its error"),
                ngettext("%(number)d result", "%(number)d results", number) % {"number": number},
            )


def _rule(subject: Subject) -> Iterator[Block]:
    case = subject.case
    yield Paragraph(
        text=_(
            "Each criterion has a weight that was fixed beforehand. The system asks which standing "
            "on each criterion, and on all together, fits the scores best, and how sure that is. "
            "It allows for assessors who rate harder or milder than others, and for one overall "
            "impression that colours all scores of an assessor. The whole is then held against "
            "what the role asks for, the bar, %(bar)s on the scale %(low)s to %(high)s."
        )
        % {
            "bar": numbers.score(case.bar),
            "low": numbers.score(case.scale_low),
            "high": numbers.score(case.scale_high),
        }
    )
    yield Table(
        caption=_("Criteria and what each counts for"),
        columns=(_("Criterion"), _("Weight")),
        rows=tuple(
            (criterion.name, numbers.weight(criterion.weight)) for criterion in case.criteria
        ),
        numeric=(1,),
    )
    yield Heading(level=3, text=_("From figures to words: the first line that fits applies"))
    yield Items(items=rule_in_words(subject.rule), is_numbered=True)


def _result(subject: Subject) -> Iterator[Block]:
    figures, case = subject.figures, subject.case
    yield Paragraph(
        text=_("By the rule: %(conclusion)s.")
        % {"conclusion": names.of_conclusion(figures.conclusion)}
    )
    if figures.has_number:
        yield Paragraph(
            text=_(
                "The whole most likely lies at %(mean)s, and %(often)s in the interval "
                "%(between)s. That it lies above the bar: %(chances)s."
            )
            % {
                "mean": numbers.points(
                    min(max(figures.whole.estimate.mean, case.scale_low), case.scale_high)
                ),
                "often": numbers.level(subject.rule.interval_level),
                "between": numbers.between(
                    figures.whole.estimate, low=case.scale_low, high=case.scale_high
                ),
                "chances": numbers.chances(figures.whole.probability_above_bar),
            }
        )
    if subject.written.override is not None:
        yield Paragraph(
            text=_(
                "The person who wrote the report came to another conclusion than the rule, and "
                "gave a reason. Both stand in the report."
            )
        )
    yield Paragraph(
        text=_("Your own version of the report shows the same criterion by criterion."),
        tone="small",
    )


def _who() -> Iterator[Block]:
    yield Paragraph(
        text=_(
            "The decision is the employer's. People there read the report, weigh it with what "
            "else they know, and answer for it. Nothing is ever rejected automatically. Ask the "
            "employer for the reasons of its decision: they are not in the system's figures."
        )
    )


def _objecting(subject: Subject) -> Iterator[Block]:
    provider = subject.case.provider or _("the provider")
    yield Items(
        items=(
            _("Is a fact wrong? Correct it on your page; the report goes along with it."),
            _("Do you see it otherwise? Comment on your page, and it is read with the report."),
            _(
                "Write to %(provider)s or to the employer if you object to how this was done, or "
                "want a person to look at it again. A person reads it and answers."
            )
            % {"provider": provider},
            _("Ask for everything that is kept about you; you get it on your page."),
            _(
                "You may complain to the authority that supervises data protection, and to the "
                "one that supervises the use of AI systems."
            ),
        )
    )
