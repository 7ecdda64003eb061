"""What two heads of one log and the proof between them show, checked without a database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from second_opinion.audit.analysis.verification import (
    OTHERS_HEAD,
    Verdict,
    hash_of,
    part_of,
    signature_sentences,
)
from second_opinion.engine.sealing import ConsistencyProof


def verify_consistency(found: Mapping[str, Any]) -> Verdict:
    """Check that the later log begins with the earlier one.

    Raises
    ------
    UnreadableReceiptError : a part is missing or is not what it should be
    """
    first, second = part_of(found, "first", dict), part_of(found, "second", dict)
    roots = [hash_of(part_of(head, "root", str), "root") for head in (first, second)]
    proof = ConsistencyProof(
        first_size=part_of(first, "size", int),
        second_size=part_of(second, "size", int),
        path=tuple(hash_of(one, "path") for one in part_of(found, "path", list)),
    )
    sizes = f"{proof.first_size} events and the head {roots[0].hex()}"
    later = f"{proof.second_size} events and the head {roots[1].hex()}"
    proved, refuted, not_shown = [], [], []
    if proof.proves(*roots):
        proved.append(
            f"The log of {later} begins with the log of {sizes}: nothing was taken out, changed or "
            "put in between."
        )
    else:
        refuted.append(f"The log of {later} does not begin with the log of {sizes}.")
    for head in (first, second):
        sentences = signature_sentences(head)
        proved += sentences.proved
        refuted += sentences.refuted
        not_shown += [each for each in sentences.not_shown if each not in not_shown]
    return Verdict(
        proved=tuple(proved),
        refuted=tuple(refuted),
        not_shown=(OTHERS_HEAD, "What any event says: this file holds hashes only.", *not_shown),
    )
