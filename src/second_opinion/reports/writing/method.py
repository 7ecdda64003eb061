"""How the report was computed and from what, and what it must not be used for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from second_opinion.ingest.case_file import CaseFile, InstrumentKind, OpinionEntry, OpinionKind
from second_opinion.reports.analysis import CaseAnalysis, Source
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.beside import beside, how_judged
from second_opinion.reports.writing.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Part,
    Table,
)
from second_opinion.reports.writing.ordinal import compared
from second_opinion.reports.writing.rule import rule_in_words
from second_opinion.reports.writing.values import source_of_values

MONTHS_OF_PERSONALITY = 18


def how_this_was_done(case: CaseFile, analysis: CaseAnalysis, *, issued_on: date) -> Part:
    """Requirement profile, assessors, model, values, rule and limits."""
    return Part(
        title=_("How this was computed, and from what"),
        anchor="method",
        blocks=(
            Paragraph(
                text=_(
                    "People judge; the program does arithmetic. Every rating was given by a named "
                    "assessor. The program combines the ratings by a fixed rule and writes down "
                    "what follows. It decides nothing: the client does."
                )
                if case.opinions
                else _(
                    "Instruments measured; the program does arithmetic. Each reading has its "
                    "error and its source. The program combines the readings by a fixed rule and "
                    "writes down what follows. It decides nothing: the client does."
                ),
                tone="lead",
            ),
            *_profile(case),
            *_assessors(case),
            *_qualified(case),
            *beside(case, analysis),
            *_model(case, analysis),
            *_rule(analysis),
            *_turning(),
            *how_judged(case, analysis),
            *_limits(),
            *_expiry(case, issued_on),
            *_literature(analysis),
        ),
        opens_page=True,
    )


def _profile(case: CaseFile) -> Iterator[Block]:
    yield Heading(level=3, text=_("Requirement profile"), anchor="method-profile")
    yield Table(
        caption=_("Criteria, weights and minimum levels"),
        columns=(_("Criterion"), _("Weight"), _("Minimum level")),
        rows=tuple(
            (
                criterion.name,
                numbers.weight(criterion.weight),
                "\N{EN DASH}" if criterion.minimum is None else numbers.score(criterion.minimum),
            )
            for criterion in case.criteria
        ),
        numeric=(1, 2),
    )
    hashes = dict.fromkeys(one.profile_version for one in case.opinions if one.profile_version)
    if hashes:
        yield Paragraph(
            text=_("Version of the profile that the opinions were given on: %(version)s")
            % {"version": ", ".join(hashes)},
            tone="small",
        )
    described = tuple(
        Fact(
            label=criterion.name,
            text="\n".join(
                f"{numbers.score(level)}: {anchor}" for level, anchor in criterion.anchors.items()
            ),
        )
        for criterion in case.criteria
        if criterion.anchors
    )
    if described:
        yield Heading(level=3, text=_("What the levels look like"))
        yield Facts(items=described)


def _assessors(case: CaseFile) -> Iterator[Block]:
    if not case.opinions:
        return
    yield Heading(level=3, text=_("Assessors"))
    yield Table(
        caption=_("Who rated whom, and how much"),
        columns=(_("Assessor"), _("Opinion"), _("Candidate"), _("Criteria rated")),
        rows=tuple(
            (
                names.person(opinion.assessor),
                names.of_opinion(opinion.kind),
                names.person(opinion.candidate),
                _("%(rated)d of %(all)d")
                % {
                    "rated": sum(rating.score is not None for rating in opinion.ratings),
                    "all": len(case.criteria),
                },
            )
            for opinion in case.opinions
        ),
        numeric=(3,),
    )


def _qualified(case: CaseFile) -> Iterator[Block]:
    """What assessors show of themselves, that they declared to be independent, and their seals."""
    people = {one.assessor: one for one in case.opinions}
    if not people:
        return
    facts = tuple(
        Fact(label=names.person(name), text=_of_assessor(one)) for name, one in people.items()
    )
    yield Heading(level=3, text=_("Qualifications and independence"))
    yield Facts(items=facts)
    sealed = [one for one in case.opinions if one.seal]
    if not sealed:
        return
    yield Heading(level=3, text=_("Seals, and how to verify them"), anchor="method-seals")
    yield Paragraph(
        text=_(
            "Each opinion was sealed before any was opened. Its commitment below stands in the "
            "provider's log; who gave it holds a receipt, and `second-opinion verify FILE` says "
            "offline what the receipt proves."
        )
    )
    yield Facts(
        items=tuple(
            Fact(label=f"{names.with_opinion(one)}, {names.person(one.candidate)}", text=one.seal)
            for one in sealed
        )
    )


def _of_assessor(opinion: OpinionEntry) -> str:
    if opinion.kind is OpinionKind.FIRST:
        return _("Works for the client, and gave the client's own opinion.")
    sentences = [opinion.qualifications or _("No qualifications have been noted.")]
    if opinion.declared_on is None:
        sentences.append(_("No declaration of independence has been noted."))
    else:
        sentences.append(
            _("Declared to have no tie to candidates or client, %(day)s.")
            % {"day": numbers.day(opinion.declared_on)}
        )
    return "\n".join(sentences)


def _expiry(case: CaseFile, issued_on: date) -> Iterator[Block]:
    """Questionnaires say less the older they are."""
    if any(one.kind is InstrumentKind.QUESTIONNAIRE for one in case.instruments):
        months = issued_on.month - 1 + MONTHS_OF_PERSONALITY
        until = date(issued_on.year + months // 12, months % 12 + 1, min(issued_on.day, 28))
        yield Paragraph(
            text=_(
                "Results of personality questionnaires are not to be used after %(day)s, "
                "%(months)d months from this report; the limit is our own choice."
            )
            % {"day": numbers.day(until), "months": MONTHS_OF_PERSONALITY}
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
