"""What stands beside the opinions: dependence between assessors, and instruments."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from second_opinion.ingest.case_file.course import USED_KEYS, read_used
from second_opinion.ingest.case_file.entries import (
    Connection,
    DependenceEntry,
    InstrumentEntry,
    InstrumentKind,
    OpinionEntry,
    ReadingEntry,
)
from second_opinion.ingest.case_file.profile import RatingScale
from second_opinion.ingest.case_file.section import Section
from second_opinion.ingest.errors import CaseFileError, listed, nearest, quoted

_ON_ONE_CANDIDATE = (Connection.SAME_MEETING, Connection.SAME_MATERIAL)


def read_dependence(
    section: Section, *, opinions: Sequence[OpinionEntry], candidates: Collection[str]
) -> DependenceEntry:
    """Assessors whose errors hang together."""
    section.only("assessors", "because", "candidates", "correlation")
    connection = Connection(section.one_of("because", Connection))
    assessors = _names(section, "assessors", {opinion.assessor for opinion in opinions})
    if len(assessors) < 2:
        raise section.refusal(
            key="assessors",
            found="Dependence is between two assessors or more.",
            mend='Write assessors = ["A", "B"], or remove the table.',
        )
    met = _names(section, "candidates", candidates)
    if met and connection not in _ON_ONE_CANDIDATE:
        raise section.refusal(
            key="candidates",
            found=f"{quoted(connection.value)} holds for every candidate.",
            mend="Remove the key; it is for a shared meeting or material.",
        )
    if connection in _ON_ONE_CANDIDATE and "correlation" in section.values:
        raise section.refusal(
            key="correlation",
            found="What a shared meeting or material has in common is set by the method.",
            mend="Remove the key; it is for a shared employer or training.",
        )
    return DependenceEntry(
        assessors=assessors,
        connection=connection,
        candidates=met,
        correlation=_share(section, "correlation"),
    )


def read_instrument(
    section: Section,
    readings: Sequence[Section],
    *,
    candidates: Collection[str],
    criteria: Collection[str],
    scale: RatingScale,
) -> InstrumentEntry:
    """One instrument on one candidate."""
    section.only("name", "kind", "candidate", "error_correlation", "source", "reading", *USED_KEYS)
    candidate = section.name("candidate")
    if candidate not in candidates:
        raise _unknown(section, "candidate", candidate, candidates)
    read: dict[str, ReadingEntry] = {}
    for reading in readings:
        entry = _reading(reading, criteria=criteria, scale=scale)
        if entry.criterion in read:
            raise reading.refusal(
                key="criterion",
                found=f"{quoted(entry.criterion)} is read twice.",
                mend="Keep one of the two readings.",
            )
        read[entry.criterion] = entry
    if not read:
        raise section.refusal(
            found="The instrument has no reading.",
            mend="Add [[instrument.reading]] with criterion, value and standard_error.",
        )
    return InstrumentEntry(
        name=section.name("name"),
        kind=InstrumentKind(section.one_of("kind", InstrumentKind)),
        candidate=candidate,
        readings=tuple(read.values()),
        error_correlation=_share(section, "error_correlation") or 0.0,
        source=section.text("source"),
        used=read_used(section),
    )


def _reading(section: Section, *, criteria: Collection[str], scale: RatingScale) -> ReadingEntry:
    section.only("criterion", "value", "standard_error")
    criterion = section.name("criterion")
    if criterion not in criteria:
        raise _unknown(section, "criterion", criterion, criteria)
    error = section.number("standard_error")
    if error <= 0:
        raise section.refusal(
            key="standard_error",
            found=f"{error:g} is no standard error; it says how far a reading is off.",
            mend="Write a number above 0 in points of the case's scale.",
        )
    value = scale.require(section.number("value"), section=section, key="value")
    return ReadingEntry(criterion=criterion, value=value, standard_error=error)


def _share(section: Section, key: str) -> float | None:
    value = section.number_if_any(key)
    if value is not None and not 0 <= value < 1:
        raise section.refusal(
            key=key,
            found=f"{value:g} is no possible correlation of errors.",
            mend="Write a number from 0 to below 1.",
        )
    return value


def _names(section: Section, key: str, known: Collection[str]) -> tuple[str, ...]:
    named = tuple(" ".join(name.split()) for name in section.texts(key))
    for name in named:
        if name not in known:
            raise _unknown(section, key, name, known)
    return tuple(dict.fromkeys(named))


def _unknown(section: Section, key: str, name: str, known: Collection[str]) -> CaseFileError:
    names = sorted(known)
    return section.refusal(
        key=key,
        found=f"There is no {quoted(name)} in this case; there are {listed(names)}.",
        mend=f"{nearest(name, names)}Write the name as elsewhere in the file.",
    )
