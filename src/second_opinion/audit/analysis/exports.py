"""What an exported case proves, checked by whoever holds it: no database, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.audit.analysis.consistency import verify_consistency
from second_opinion.audit.analysis.verification import (
    CONSISTENCY,
    EXPORT,
    OTHERS_HEAD,
    Verdict,
    hash_of,
    part_of,
    signature_sentences,
    verify_receipt,
)
from second_opinion.engine.sealing import InclusionProof, leaf_hash

# Each must come before the other wherever both are in the file; of one kind, the first counts.
ORDER = (
    ("profile.locked", "case.opened", "The requirement profile was locked before the opening."),
    ("case.opened", "report.written", "No report was written before the opening."),
    ("report.written", "report.to_candidates", "No candidate was given what was not written."),
    ("report.to_candidates", "report.released", "The client read no earlier than the candidates."),
    ("report.released", "decision.recorded", "The client decided after it had the report."),
)


def verify(found: Mapping[str, Any]) -> Verdict:
    """Check a receipt, an exported case or a proof between heads, as its schema says.

    Raises
    ------
    UnreadableReceiptError : a part is missing or is not what it should be
    """
    checks = {EXPORT: verify_export, CONSISTENCY: verify_consistency}
    return checks.get(str(found.get("schema")), verify_receipt)(found)


def verify_export(export: Mapping[str, Any]) -> Verdict:
    """Check that every event is in the log, and that the time order of the journey was kept."""
    entries, misplaced = _entries(export)
    proved, refuted = [], []
    root = part_of(export, "root", str)
    if misplaced:
        refuted += [
            f"Event {place + 1} is not in the log with the head {root}." for place in misplaced
        ]
    else:
        proved.append(f"All {len(entries)} events are in the log whose head is {root}.")
    positions = [entry["position"] for entry in entries]
    if positions != sorted(set(positions)):
        refuted.append("The events do not stand in the order of the log, each once.")
    for holds, sentence in (*_in_order(entries), *_sealed_before_opening(entries)):
        (proved if holds else refuted).append(
            sentence if holds else f"This does not hold: {sentence}"
        )
    signature = signature_sentences(export)
    return Verdict(
        proved=(*proved, *signature.proved),
        refuted=(*refuted, *signature.refuted),
        not_shown=(
            "Whether events were left out of this file: the log has others between them.",
            OTHERS_HEAD,
            *signature.not_shown,
            "What was written, or by whom: the log holds ids and hashes, and no words.",
        ),
    )


def _entries(export: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[int]]:
    size, root = part_of(export, "size", int), hash_of(part_of(export, "root", str), "root")
    entries, misplaced = [], []
    for event in part_of(export, "events", list):
        entry = part_of(event, "entry", dict)
        position = part_of(entry, "position", int)
        path = tuple(hash_of(one, "path") for one in part_of(event, "path", list))
        proof = InclusionProof(index=position, size=size, path=path)
        entries.append(entry)
        if not proof.proves(leaf_hash(canonical_json(entry)), root=root):
            misplaced.append(position)
    return entries, misplaced


def _in_order(entries: list[dict[str, Any]]) -> Iterator[tuple[bool, str]]:
    first: dict[Any, int] = {}
    for entry in entries:
        first.setdefault(entry.get("verb"), entry["position"])
    for earlier, later, sentence in ORDER:
        if later in first:
            yield earlier in first and first[earlier] < first[later], sentence


def _sealed_before_opening(entries: list[dict[str, Any]]) -> Iterator[tuple[bool, str]]:
    opened = [entry for entry in entries if entry.get("verb") == "case.opened"]
    if not opened:
        return
    sealed = [entry for entry in entries if entry.get("verb") == "opinion.sealed"]
    in_time = all(entry["position"] < opened[0]["position"] for entry in sealed)
    yield len(opened) == 1, "The case was opened once."
    yield bool(sealed) and in_time, "Every sealed opinion was sealed before the opening."
