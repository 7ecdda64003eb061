"""How this was done: who ordered what, by which profile, with what, by whom and when.

What is missing is said; nothing is filled up. How the figures were reckoned is `computing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CaseFile, OpinionEntry, OpinionKind
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.beside import beside, dependences
from second_opinion.reports.writing.blocks import Block, Fact, Facts, Heading, Paragraph, Table
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.guided import interview_guide
from second_opinion.reports.writing.used import how_instruments_were_used

ANCHOR = "method"


def how_this_was_done(case: CaseFile, analysis: CaseAnalysis, *, issued_on: date) -> Part:
    """Commission, profile, methods, people, dates and seals."""
    return Part(
        title=_("How this was done"),
        anchor=ANCHOR,
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
            *_commission(case),
            *_dates(case, issued_on),
            *_profile(case),
            *_assessors(case),
            *_qualified(case),
            *interview_guide(case, analysis),
            *beside(case),
            *how_instruments_were_used(case),
            *dependences(case, analysis),
            *_seals(case),
        ),
        opens_page=True,
    )


def _commission(case: CaseFile) -> Iterator[Block]:
    """As facts of the case: in the client's words, or said to be missing."""
    said, missing = case.commission, _("Nobody has noted it.")
    yield Heading(level=3, text=_("The commission"), anchor="method-commission")
    facts = [
        Fact(label=_("Ordered by"), text=_ordered_by(case) or missing),
        Fact(label=_("Why a second opinion"), text=said.why or missing),
        Fact(label=_("What the client cannot judge itself"), text=said.lacking or missing),
        Fact(label=_("How the finalists were chosen"), text=said.how_chosen or missing),
    ]
    if case.no_first_opinion:
        facts.append(
            Fact(label=_("Why the client gave no opinion first"), text=case.no_first_opinion)
        )
    yield Facts(items=tuple(facts))


def _ordered_by(case: CaseFile) -> str:
    orderer = names.person(case.commission.orderer) if case.commission.orderer else ""
    return ", ".join(part for part in (orderer, case.client.strip()) if part)


def _dates(case: CaseFile, issued_on: date) -> Iterator[Block]:
    given = sorted(one.on for one in case.opinions if one.on is not None)
    told = (
        (_("Ordered"), case.ordered_on),
        (_("Requirement profile fixed"), case.profile_fixed_on),
        (_("First opinion given"), given[0] if given else None),
        (_("Last opinion given"), given[-1] if len(given) > 1 else None),
        (_("All opinions opened together"), case.opened_on),
        (_("This report issued"), issued_on),
    )
    yield Heading(level=3, text=_("What was done when"))
    yield Facts(
        items=tuple(
            Fact(label=label, text=numbers.day(day)) for label, day in told if day is not None
        )
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
    """What assessors show of themselves, and that they declared to be independent."""
    people = {one.assessor: one for one in case.opinions}
    if not people:
        return
    facts = tuple(
        Fact(label=names.person(name), text=_of_assessor(one)) for name, one in people.items()
    )
    yield Heading(level=3, text=_("Qualifications and independence"))
    yield Facts(items=facts)


def _seals(case: CaseFile) -> Iterator[Block]:
    sealed = [one for one in case.opinions if one.seal]
    if not sealed:
        return
    yield Heading(level=3, text=_("Seals, and how to verify them"), anchor="method-seals")
    yield Paragraph(
        text=_(
            "Each opinion was sealed before any was opened. Its commitment below stands in the "
            "provider's log; who gave it holds a receipt, and the command “second-opinion verify "
            "FILE” says offline what the receipt proves."
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
