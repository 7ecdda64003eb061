"""Whole cases for reports, by what is special about them, and their documents."""

from second_opinion.ingest.case_file import (
    Connection,
    DependenceEntry,
    InstrumentEntry,
    InstrumentKind,
    OutlookEntry,
    ReadingEntry,
)
from second_opinion.reports.analysis import analyse
from second_opinion.reports.writing import write_document
from tests.reports.case_files import FIRST, ISSUED, SECOND, THIRD, a_case, an_opinion

ANNA, MARIA, JONAS = "Anna Lindqvist", "Maria Öberg", "Jonas Kullberg"


def opinion(kind, scores, *, by, on=ANNA, evidence=(), **words):
    return an_opinion(scores, kind=kind, assessor=by, candidate=on, evidence=evidence, **words)


def case(*opinions, **changes):
    return a_case(**{"candidates": (ANNA,), "opinions": opinions} | changes)


def one_opinion(scores=(4, 2, 4), **changes):
    return case(opinion(FIRST, scores, by=MARIA), **changes)


def two_opinions(first=(4, 4, 3), second=(4, 2, 4), **changes):
    return case(
        opinion(FIRST, first, by=MARIA, evidence=("Found the fault at once.",)),
        opinion(
            SECOND,
            second,
            by=JONAS,
            evidence=("Tested two explanations.", "Changed her conclusion on new facts."),
            conclusion="Strong in analysis; ask the references for one roll-out.",
            reason="There was no time for the question.",
        ),
        **changes,
    )


def three_finalists(**changes):
    people = {ANNA: (4, 4, 4), "Björn Wåhlin": (3, 3, 2), "محمد العربي": (5, 5, 5)}
    return case(
        *(
            opinion(kind, scores, by=by, on=name, conclusion="Ask the references.")
            for name, scores in people.items()
            for kind, by in ((FIRST, MARIA), (SECOND, JONAS))
        ),
        opinion(THIRD, (3, 5, 4), by="Éva Szabó"),
        **{"candidates": tuple(people)} | changes,
    )


def declared(**changes):
    """Two opinions with everything that a case may declare beside them."""
    first, second = (
        opinion(FIRST, (5, 5, 4), by=MARIA, material="interview"),
        opinion(
            SECOND, (4, 3, 4), by=JONAS, material="recording", outside_expertise=("Leads change",)
        ),
    )
    return case(
        first,
        second,
        **{
            "dependences": (
                DependenceEntry(assessors=(MARIA, JONAS), connection=Connection.SAME_EMPLOYER),
                DependenceEntry(
                    assessors=(MARIA, JONAS),
                    connection=Connection.SAME_MEETING,
                    candidates=(ANNA,),
                ),
            ),
            "instruments": (
                InstrumentEntry(
                    name="Judgement test",
                    kind=InstrumentKind.TEST,
                    candidate=ANNA,
                    readings=(ReadingEntry(criterion="Judgement", value=3.5, standard_error=0.6),),
                ),
            ),
            "outlook": OutlookEntry(worked_out=6, reference_group="our heads of finance"),
            "profile_changes": ("The group took over the treasury.",),
        }
        | changes,
    )


def document(source, *, language="en"):
    return write_document(source, analyse(source), language=language, issued_on=ISSUED)
