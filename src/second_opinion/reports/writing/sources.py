"""What numbers and sentences rest on: collected while a report is written, numbered in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import SourceEntry, SourceKind
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Note, Notes, Paragraph
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.subject import Subject

Tree = TypeVar("Tree")


@dataclass(slots=True)
class NoteBook:
    """Gives each source its number, the same one each time it is asked for.

    leads_on : whether the document has the chapters that sources stand in
    """

    leads_on: bool = True
    _notes: dict[tuple[str, str], Note] = field(default_factory=dict)

    def number(self, text: str, *, target: str, title: str) -> int:
        known = self._notes.get((text, target))
        if known is None:
            known = Note(
                number=len(self._notes) + 1,
                text=text,
                target=target if self.leads_on else "",
                target_title=title if self.leads_on else "",
            )
            self._notes[text, target] = known
        return known.number

    def of_sentence(self, subject: Subject, sources: tuple[SourceEntry, ...]) -> tuple[int, ...]:
        """The numbers of a written sentence's sources; one that is not there has none."""
        return tuple(
            self.number(
                text,
                target=subject.anchor_of(source.criterion),
                title=_("See %(criterion)s") % {"criterion": source.criterion},
            )
            for source in sources
            if (text := source_in_words(subject, source))
        )

    def how(self, anchor: str, text: str) -> int:
        """How a figure was computed, in the chapter on method."""
        return self.number(text, target=anchor, title=_("See how it was computed"))

    @property
    def is_empty(self) -> bool:
        return not self._notes

    def part(self) -> Part:
        """The chapter that the numbers lead to."""
        return Part(
            title=_("Where it comes from"),
            anchor="sources",
            blocks=(
                Paragraph(
                    text=_(
                        "Each number in the text leads here, and from here to the place in the "
                        "report where the whole of it stands. A sentence without a number is its "
                        "author's judgement."
                    ),
                    tone="small",
                ),
                Notes(items=tuple(self._notes.values())),
            ),
        )


def numbered_in_order(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The same parts with notes numbered as a reader meets them, and listed in that order.

    A chapter may be written before another that stands above it, so numbers are given at the end.
    """
    met = dict.fromkeys(number for part in parts for number in _met(part))
    listed = [note.number for part in parts for note in _listed(part)]
    order = [*(number for number in met if number in listed), *(n for n in listed if n not in met)]
    new = {old: place for place, old in enumerate(order, start=1)}
    return tuple(_renumbered(part, new) for part in parts) if new else parts


def _met(value: object) -> Iterator[int]:
    """The numbers of notes in running text, in the order of reading."""
    if isinstance(value, tuple):
        for each in value:
            yield from _met(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Notes):
        for field in dataclasses.fields(value):
            found = getattr(value, field.name)
            yield from sorted(found) if field.name == "notes" else _met(found)


def _listed(part: Part) -> list[Note]:
    return [note for block in part.blocks if isinstance(block, Notes) for note in block.items]


def _renumbered(value: Tree, new: Mapping[int, int]) -> Tree:
    if isinstance(value, tuple):
        return tuple(_renumbered(each, new) for each in value)  # type: ignore[return-value]
    if isinstance(value, Notes):
        notes = (dataclasses.replace(one, number=new[one.number]) for one in value.items)
        return dataclasses.replace(value, items=tuple(sorted(notes, key=lambda one: one.number)))
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: tuple(sorted(new.get(one, one) for one in getattr(value, field.name)))
        if field.name == "notes"
        else _renumbered(getattr(value, field.name), new)
        for field in dataclasses.fields(value)
    }
    return dataclasses.replace(value, **changed)


def source_in_words(subject: Subject, source: SourceEntry) -> str:
    """A source with what it says; empty where the case has it no more."""
    if source.kind is SourceKind.RATING:
        return _rating(subject, source)
    if source.kind is SourceKind.ANCHOR:
        return _anchor(subject, source)
    return _reading(subject, source)


def _rating(subject: Subject, source: SourceEntry) -> str:
    for opinion, rating in subject.ratings_on(source.criterion):
        if opinion.assessor != source.by or rating is None:
            continue
        said = " ".join(note.strip() for note in rating.evidence if note.strip())
        words = {
            "who": names.with_opinion(opinion),
            "criterion": source.criterion,
            "score": _("not observed") if rating.score is None else numbers.score(rating.score),
            "said": said or rating.reason_not_observed.strip() or _("no evidence was noted"),
        }
        return _("%(who)s, on %(criterion)s: %(score)s. %(said)s") % words
    return ""


def _anchor(subject: Subject, source: SourceEntry) -> str:
    level = source.level
    for criterion in subject.case.criteria:
        if criterion.name == source.criterion and level is not None and level in criterion.anchors:
            return _("%(criterion)s, what level %(level)s looks like: %(anchor)s") % {
                "criterion": criterion.name,
                "level": numbers.score(level),
                "anchor": criterion.anchors[level],
            }
    return ""


def _reading(subject: Subject, source: SourceEntry) -> str:
    for instrument, reading in subject.readings_on(source.criterion):
        if instrument.name == source.by:
            return _("%(instrument)s, on %(criterion)s: %(value)s, give or take %(size)s.") % {
                "instrument": instrument.name,
                "criterion": source.criterion,
                "value": numbers.score(reading.value),
                "size": numbers.size(reading.standard_error),
            }
    return ""
