"""How the figures were reckoned, what they must not be used for, and until when."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis import CaseAnalysis, Source
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.beside import how_judged
from second_opinion.reports.writing.blocks import Block, Heading, Items, Paragraph, Table
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.ordinal import compared
from second_opinion.reports.writing.rule import rule_in_words
from second_opinion.reports.writing.used import expiry
from second_opinion.reports.writing.values import source_of_values


def how_it_was_computed(case: CaseFile, analysis: CaseAnalysis, *, issued_on: date) -> Part:
    """Model, values, rule, limits, expiry and literature."""
    return Part(
        title=_("How it was computed, and its limits"),
        anchor="computing",
        blocks=(
            *_model(case, analysis),
            *_rule(analysis),
            *_turning(),
            *how_judged(case, analysis),
            *_limits(),
            *expiry(case, issued_on),
            *_literature(analysis),
        ),
    )


def _model(case: CaseFile, analysis: CaseAnalysis) -> Iterator[Block]:
    yield Heading(level=3, text=_("The model"), anchor="method-model")
    yield Paragraph(
        text=_(
            "A rating is taken to be made of the level of the case, what is true of the candidate "
            "in everything, what is true of the candidate on that criterion, the assessor's "
            "severity, the assessor's overall impression of the candidate (halo), and a rest. "
            "Each is taken as normally distributed. From all ratings together follows where the "
            "truth most likely lies, and how surely. Ratings by the same assessor share one "
            "severity and one impression, so ten criteria from one person do not count as ten "
            "independent opinions."
        )
    )
    yield _components(analysis)
    yield from source_of_values(case, analysis)
    yield Paragraph(
        text=_(
            "An interval holds the truth %(often)s, if the model is right. One that would reach "
            "past the end of the scale is shown to its end. Chance is said to explain a "
            "difference that two separate assessors of the same candidate would reach or exceed "
            "more often than once in twenty."
        )
        % {"often": numbers.level(analysis.rule.interval_level)}
    )
    if text := compared(analysis):
        yield Paragraph(text=text)


def _components(analysis: CaseAnalysis) -> Table:
    components = analysis.population.components
    parts = (
        (_("Candidate, in everything"), components.candidate),
        (_("Candidate, on one criterion"), components.candidate_by_criterion),
        (_("Assessor's severity"), components.severity),
        (_("Assessor's severity on one criterion"), components.assessor_by_criterion),
        (_("Assessor's impression of the candidate (halo)"), components.halo),
        (_("Rest"), components.residual),
    )
    return Table(
        caption=_("What the model holds to be behind one rating"),
        columns=(_("Part"), _("Standard deviation, points"), _("Share of the variance")),
        rows=tuple(
            (
                label,
                numbers.points(math.sqrt(variance), decimals=2),
                numbers.whole_percent(variance / components.total),
            )
            for label, variance in parts
            if variance > 0
        ),
        numeric=(1, 2),
    )


def _rule(analysis: CaseAnalysis) -> Iterator[Block]:
    yield Heading(level=3, text=_("The rule behind the conclusion"), anchor="method-rule")
    yield Items(items=rule_in_words(analysis.rule), is_numbered=True)
    yield Paragraph(text=_("The first line that fits applies."), tone="small")


def _turning() -> Iterator[Block]:
    yield Heading(
        level=3, text=_("How what would change the conclusion is reckoned"), anchor="method-turning"
    )
    yield Paragraph(
        text=_(
            "One more independent assessor is put beside the others, with the same score on every "
            "criterion, and the rule is asked again: the nearest score at which it concludes "
            "otherwise is told, below and above. For one criterion its level is taken as known for "
            "certain, and the other criteria follow it as far as they hang together; named is the "
            "one whose level most likely lies where the conclusion turns. Levels are tried in "
            "sixteenths of the scale."
        )
    )


def _limits() -> Iterator[Block]:
    yield Heading(level=3, text=_("What this report must not be used for"))
    yield Items(
        items=(
            _("To decide without a person reading it: it is one basis among others."),
            _("For another role, or for this role once its requirements have changed."),
            _("To describe personality, health or anything beyond the criteria named here."),
            _("To compare with people who were not assessed in this case."),
            _("As a promise of how anyone will perform: it says what is likely, not what will be."),
        )
    )


def _literature(analysis: CaseAnalysis) -> Iterator[Block]:
    if analysis.population.source is Source.ESTIMATED:
        return
    yield Heading(level=3, text=pgettext("heading", "Sources"))
    yield Items(
        items=(
            "Huffcutt, A. I., Culbertson, S. S., & Weyhrauch, W. S. (2013). Employment interview "
            "reliability: New meta-analytic estimates by structure and format. International "
            "Journal of Selection and Assessment, 21(3), 264\N{EN DASH}276.",
            "Lawrence, N. D. (2014). The NIPS experiment.",
        )
    )
