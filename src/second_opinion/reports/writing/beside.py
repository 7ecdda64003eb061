"""What stands beside the opinions, and what the further figures mean: part of the method."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CaseFile, Connection
from second_opinion.library.validity import VALUE_SETS
from second_opinion.reports.analysis import CandidateAnalysis, CaseAnalysis, KnownBefore
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Block, Heading, Items, Paragraph, Table
from second_opinion.reports.writing.drawn import HundredRow, Hundreds


def beside(case: CaseFile) -> Iterator[Block]:
    """What instruments read; nothing where there were none."""
    if case.instruments:
        yield Heading(level=3, text=_("Instruments"))
        yield Table(
            caption=_("What instruments read, on the case's scale"),
            columns=(_("Instrument"), _("Candidate"), _("Criterion"), _("Reads"), _("Error")),
            rows=tuple(
                (
                    instrument.name,
                    names.person(instrument.candidate),
                    reading.criterion,
                    numbers.reading(reading.value),
                    numbers.reading(reading.standard_error),
                )
                for instrument in case.instruments
                for reading in instrument.readings
            ),
            numeric=(3, 4),
        )
        yield Paragraph(
            text=_(
                "Error is the standard error of a reading, in points of the scale. A reading "
                "counts the more the smaller it is."
            ),
            tone="small",
        )
        told = dict.fromkeys((one.name, one.source) for one in case.instruments if one.source)
        if told:
            yield Items(items=tuple(f"{name}: {source}" for name, source in told))
        yield from _compared(case)


def _compared(case: CaseFile) -> Iterator[Block]:
    """Where questionnaire scores stand among others; nothing where there is no norm."""
    compared = [one for one in case.instruments if one.norm]
    if compared:
        yield Heading(level=3, text=_("Compared with others"))
        yield Items(
            items=tuple(
                f"{names.person(one.candidate)}. {words}"
                for one in compared
                for words in dict.fromkeys(each.words for each in one.standings)
            )
        )
        for norm in dict.fromkeys(one.norm for one in compared):
            yield Paragraph(text=norm, tone="small")


def dependences(case: CaseFile, analysis: CaseAnalysis) -> Iterator[Block]:
    """Assessors who hang together; nothing where nothing was declared."""
    if not case.dependences:
        return
    shared = numbers.whole_percent(analysis.population.shared_meeting)
    yield Heading(level=3, text=_("Who hangs together"))
    yield Table(
        caption=_("Assessors whose errors go together, as declared"),
        columns=(_("Assessors"), _("Because"), _("Candidates")),
        rows=tuple(
            (
                numbers.listed(tuple(names.person(name) for name in one.assessors)),
                names.of_connection(one.connection),
                numbers.listed(tuple(names.person(name) for name in one.candidates)) or _("all"),
            )
            for one in case.dependences
        ),
    )
    occasions = (Connection.SAME_MEETING, Connection.SAME_MATERIAL)
    if any(one.connection in occasions for one in case.dependences):
        yield Paragraph(
            text=_(
                "Opinions from one meeting, or on the same material, share %(share)s of the "
                "variance of the impression: the candidate's good or bad day is the same for "
                "both. It cannot be told from each one's own impression, so both are one part of "
                "the model, the shared impression of one meeting."
            )
            % {"share": shared}
        )
    if any(one.connection not in occasions for one in case.dependences):
        yield Paragraph(
            text=_(
                "Assessors with one employer or training are taken to err alike in part: their "
                "errors correlate .30 unless the case says otherwise, which is a planning "
                "assumption. The interval is wider for it."
            )
        )


def how_judged(case: CaseFile, analysis: CaseAnalysis) -> Iterator[Block]:
    """What the probability of working out and the diagnosis of differences rest on."""
    if any(candidate.disagreement for candidate in analysis.candidates):
        yield Heading(level=3, text=_("How differences are judged"))
        yield Paragraph(
            text=_(
                "Only scores that two or more gave on the same criterion are compared. Four "
                "explanations are weighed: ordinary noise, one assessor's level, an impression of "
                "this candidate throughout, and one criterion alone. Level is told from impression "
                "only by several finalists or earlier cases. Everything else, such as different "
                "evidence or a level read differently, figures cannot tell; it is put to the "
                "assessors as a question, and only where somebody has declared the fact."
            )
        )
    if case.outlook is not None:
        yield Heading(
            level=3,
            text=_("How the probability of working out is reckoned"),
            anchor="method-outlook",
        )
        yield Paragraph(
            text=_(
                "Before anything is known, it is the base rate that the client was asked for. An "
                "assessment without error is taken to go with later performance as the review "
                "%(value_set)s gives it for structured interviews, its uncertainty averaged over, "
                "corrected for how the finalists were chosen. Among people like the reference "
                "group the probabilities average to the base rate. They are not validated on this "
                "client's own hires."
            )
            % {"value_set": VALUE_SETS[case.outlook.value_set].cited}
        )
        if any(_rests_on_belief(candidate) for candidate in analysis.candidates):
            yield Paragraph(
                text=_(
                    "There was no first opinion, so before is what the client would have decided "
                    "when ordering, and how surely, sealed until the opening. It is read as a talk "
                    "without structure, and counts for little. Both before and now hold it, so the "
                    "difference is what the opinions added. The conclusion and every figure on "
                    "the scale rest on the opinions alone."
                )
            )
        yield from _frequencies(case, analysis)


def _frequencies(case: CaseFile, analysis: CaseAnalysis) -> Iterator[Block]:
    """Of the procedure, and set apart from everything on a person."""
    found = analysis.frequencies
    if found is None or case.outlook is None:
        return
    without, second = round(found.without), round(found.with_second)
    yield Heading(level=3, text=_("Of a hundred hires"), anchor="method-hundred")
    yield Paragraph(
        text=_(
            "Of the procedure, and of nobody named here: of 100 hires made without a second "
            "opinion about %(without)d would disappoint, with a structured second opinion each "
            "time about %(with)d. This follows from the base rate of %(worked_out)s in ten that "
            "the client named, the number of finalists, how they were chosen, and validities by "
            "the review %(value_set)s; before it, the client is taken to talk without structure."
        )
        % {
            "without": without,
            "with": second,
            "worked_out": numbers.score(case.outlook.worked_out),
            "value_set": case.outlook.value_set,
        }
    )
    yield from _hundreds(without, second)


def _hundreds(without: int, second: int) -> Iterator[Block]:
    """Drawn, and the same in a table."""
    rows = (
        HundredRow(name=_("Without"), count=without, words=_about(without)),
        HundredRow(name=_("With a second opinion"), count=second, words=_about(second)),
    )
    yield Hundreds(
        title=_(
            "Of 100 hires about %(without)d would disappoint without a second opinion, about "
            "%(with)d with one"
        )
        % {"without": without, "with": second},
        description=_(
            "Two grids of a hundred squares, of the procedure and of nobody named here. Filled "
            "without a second opinion: %(without)d. Filled with one: %(with)d."
        )
        % {"without": without, "with": second},
        rows=rows,
        key=(_("would disappoint"), _("would not")),
    )
    yield Table(
        caption=_("Of 100 hires made so"),
        columns=(_("Procedure"), _("Would disappoint"), _("Would not")),
        rows=tuple((row.name, str(row.count), str(100 - row.count)) for row in rows),
        numeric=(1, 2),
    )


def _about(count: int) -> str:
    return _("about %(count)d of 100") % {"count": count}


def _rests_on_belief(candidate: CandidateAnalysis) -> bool:
    return candidate.outlook is not None and candidate.outlook.rests_on is KnownBefore.BELIEF
