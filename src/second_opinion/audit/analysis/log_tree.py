"""The log as a Merkle tree (RFC 9162): appending to it, proofs out of it, and faults in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.db import OperationalError
from django.db.models import Q

from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.audit.models import Event, LogHead, LogNode
from second_opinion.engine.sealing import (
    Frontier,
    InclusionProof,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
)


def entry_of(event: Event) -> dict[str, Any]:
    """An event as it is hashed: everything that it says, and who may read it when.

    Kept logs and receipts hold such hashes. A field that events get one day stands here only where
    it has a value, so that what was recorded before keeps its hash.
    """
    return {
        "position": event.position,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(event.actor) if event.actor else None,
        "verb": event.verb,
        "subject_kind": event.subject_kind,
        "subject": str(event.subject),
        "details": event.details,
        "case": str(event.case) if event.case else None,
        "hidden_until_opening": event.is_hidden_until_opening,
    }


def with_entry(head: LogHead, entry: dict[str, Any]) -> tuple[int, list[str], list[LogNode]]:
    """The size and peaks after one more entry, and the nodes that it completes."""
    grown, completed = _frontier(head).with_leaf(leaf_hash(canonical_json(entry)))
    nodes = [LogNode(level=one.level, index=one.index, hash=one.hash) for one in completed]
    return grown.size, [peak.hex() for peak in grown.peaks], nodes


def root_of_log(head: LogHead) -> bytes:
    return _frontier(head).root


def root_at(size: int) -> bytes:
    """The head that the log had when it was of that size; one query."""
    needed = _Recorder(size)
    root_of(needed)
    return root_of(_stored(needed))


def consistency_between(first_size: int, second_size: int) -> tuple[bytes, ...]:
    """The path from the head of one size to that of a larger one; two queries.

    Raises
    ------
    ArgumentError : the sizes are not 1 or more, in their order, and within the log
    """
    head = LogHead.objects.filter(pk=LogHead.THE_ONE).first()
    needed = _Recorder(head.size if head else 0)
    consistency_proof(needed, first_size, second_size=second_size)
    return consistency_proof(_stored(needed), first_size, second_size=second_size).path


def proof_of(event: Event, *, size: int) -> InclusionProof:
    """That an event is among the first `size`; two queries at most, however long the log is."""
    needed = _Recorder(size)
    inclusion_proof(needed, event.position)
    return inclusion_proof(_stored(needed), event.position)


def proofs_of(events: Iterable[Event], *, size: int) -> dict[int, InclusionProof]:
    """By position, that each event is among the first `size`; a query for each level at most."""
    positions = [event.position for event in events]
    needed = _Recorder(size)
    for position in positions:
        inclusion_proof(needed, position)
    by_level: dict[int, list[int]] = {}
    for level, index in needed.asked:
        by_level.setdefault(level, []).append(index)
    nodes = {
        (level, node.index): bytes(node.hash)
        for level, indices in by_level.items()
        for node in LogNode.objects.filter(level=level, index__in=indices)
    }
    stored = _Stored(size, nodes)
    return {position: inclusion_proof(stored, position) for position in positions}


def log_faults(head: LogHead) -> Iterator[str]:
    """Where the stored log is not what was appended: the first place that no longer fits.

    Every bit counts that says something: of each event, of each node of the tree, and of the head.
    """
    frontier, nodes, events = Frontier(), _NodesInOrder(), Event.objects.iterator()
    while True:
        try:
            event = next(events, None)
            leaf = leaf_hash(canonical_json(entry_of(event))) if event else b""
        except _UNREADABLE:
            yield f"Event {_first_unreadable(frontier.size)} of the log cannot be read."
            return
        if event is None:
            break
        if event.position != frontier.size:
            yield f"Event {frontier.size} is missing from the log."
            return
        grown, completed = frontier.with_leaf(leaf)
        for node in completed:
            if nodes.next_of(node.level) != (node.index, node.hash):
                yield (
                    _CHANGED % event.position
                    if node.level == 0
                    else f"The tree is not what was recorded above event {event.position}, at "
                    f"level {node.level}."
                )
                return
        frontier = grown
    yield from _faults_at_the_end(frontier, nodes, head)


# What stands there is no id, no moment, no JSON or no text any more.
_UNREADABLE = (ValueError, TypeError, AttributeError, OperationalError)
_CHANGED = "Event %d of the log is not what was recorded."


def _first_unreadable(start: int) -> int:
    """A database hands out many rows at once: one by one it shows which of them it is."""
    positions = Event.objects.filter(position__gte=start).order_by("position")
    for position in list(positions.values_list("position", flat=True)):
        try:
            canonical_json(entry_of(Event.objects.get(position=position)))
        except _UNREADABLE:
            return position
    return start


def _faults_at_the_end(frontier: Frontier, nodes: "_NodesInOrder", head: LogHead) -> Iterator[str]:
    if frontier.size != head.size:
        yield f"The log has {frontier.size} events; {head.size} were recorded."
    elif [peak.hex() for peak in frontier.peaks] != head.peaks:
        yield f"The log's head is not the one that its {head.size} events give."
    elif (level := nodes.first_left_over()) is not None:
        yield f"The tree has more nodes at level {level} than its {head.size} events give."


class _NodesInOrder:
    """The stored nodes of each level, one after the other, without holding them all."""

    def __init__(self) -> None:
        self._levels: dict[int, Iterator[tuple[int, bytes | memoryview]]] = {}

    def next_of(self, level: int) -> tuple[int, bytes] | None:
        if level not in self._levels:
            nodes = LogNode.objects.filter(level=level).order_by("index")
            self._levels[level] = nodes.values_list("index", "hash").iterator()
        found = next(self._levels[level], None)
        return (found[0], bytes(found[1])) if found else None

    def first_left_over(self) -> int | None:
        """The lowest level that has nodes which no event gave."""
        there = set(LogNode.objects.values_list("level", flat=True).distinct())
        levels = sorted(there | set(self._levels))
        return next((level for level in levels if self.next_of(level) is not None), None)


def _frontier(head: LogHead) -> Frontier:
    return Frontier(head.size, tuple(bytes.fromhex(peak) for peak in head.peaks))


@dataclass(frozen=True, slots=True)
class _Recorder:
    """Stands in for the tree to learn which of its nodes a proof takes."""

    size: int
    asked: set[tuple[int, int]] = field(default_factory=set)

    def __len__(self) -> int:
        return self.size

    def subtree(self, level: int, index: int) -> bytes:
        self.asked.add((level, index))
        return b""


@dataclass(frozen=True, slots=True)
class _Stored:
    size: int
    nodes: dict[tuple[int, int], bytes]

    def __len__(self) -> int:
        return self.size

    def subtree(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


def _stored(needed: _Recorder) -> _Stored:
    if not needed.asked:  # a log of one event needs no hash beside it
        return _Stored(needed.size, {})
    wanted = Q()
    for level, index in needed.asked:
        wanted |= Q(level=level, index=index)
    found = LogNode.objects.filter(wanted)
    return _Stored(needed.size, {(node.level, node.index): bytes(node.hash) for node in found})
