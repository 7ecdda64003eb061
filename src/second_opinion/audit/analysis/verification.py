"""What a receipt proves, checked by whoever holds it: no database, no settings, no network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar

from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.audit.analysis.signatures import is_signed
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.sealing import InclusionProof, is_committed, leaf_hash

Kind = TypeVar("Kind")

RECEIPT = "second-opinion/receipt/1"
EXPORT = "second-opinion/case-events/1"
CONSISTENCY = "second-opinion/consistency/1"

OTHERS_HEAD = "Whether that head is the one the service publishes: compare it with another party's."
WHOSE_KEY = "Whose key that is: compare it with the key in another party's receipt."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Sentences, in the order in which they were checked.

    proved : what holds
    refuted : what does not; empty when all is well
    not_shown : what no receipt of this kind can show
    """

    proved: tuple[str, ...]
    refuted: tuple[str, ...]
    not_shown: tuple[str, ...]


class UnreadableReceiptError(ValueError):
    """The file is no receipt; the sentence says what is missing."""


def standalone_program() -> bytes:
    """The program of one file that checks the same hashes, as it stands in the package."""
    return files(__package__).joinpath("standalone.py").read_bytes()


def verify_receipt(receipt: Mapping[str, Any]) -> Verdict:
    """Check the inclusion, and the opened content and its revisions where the receipt has them.

    Raises
    ------
    UnreadableReceiptError : a part is missing or is not what it should be
    """
    entry, proof, root = _read(receipt)
    place = f"event {proof.index + 1} of a log of {proof.size}"
    proved, refuted = [], []
    if proof.proves(leaf_hash(canonical_json(entry)), root=root):
        proved.append(
            f"The log whose head is {root.hex()} holds this as {place}: {entry.get('verb')}, at "
            f"{entry.get('at')}."
        )
    else:
        refuted.append(f"This is not {place} with the head {root.hex()}.")
    signature = signature_sentences(receipt)
    not_shown = [
        OTHERS_HEAD,
        *signature.not_shown,
        "Whether what was written is right, and whether the service's clock was.",
    ]
    if "opened" in receipt:
        what = "revision" if "revision" in part_of(receipt, "opened", dict) else "opinion"
        if _is_opened_content_committed(receipt, entry, what):
            proved.append(_OPENED % what)
        else:
            refuted.append(_NOT_OPENED % what)
    else:
        not_shown.insert(0, "What the opinion says: it is not in this receipt.")
    proved += signature.proved
    refuted += signature.refuted
    for revision in map(verify_receipt, _revisions_in(receipt)):
        proved += revision.proved
        refuted += revision.refuted
    return Verdict(proved=tuple(proved), refuted=tuple(refuted), not_shown=tuple(not_shown))


def signature_sentences(holder: Mapping[str, Any]) -> Verdict:
    """On the head in a file: who signed it. Older files hold no signature, and say nothing.

    Raises
    ------
    UnreadableReceiptError : a part is missing or is not what it should be
    """
    if "signed" not in holder:
        return Verdict(proved=(), refuted=(), not_shown=())
    by = part_of(holder, "signed", dict)
    root, size = part_of(holder, "root", str), part_of(holder, "size", int)
    if is_signed(hash_of(root, "root"), size=size, by=by):
        said = f"The key {by['key']} signed the head of {size} events."
        return Verdict(proved=(said,), refuted=(), not_shown=(WHOSE_KEY,))
    said = f"The head of {size} events is not what the key {str(by.get('key'))[:80]} signed."
    return Verdict(proved=(), refuted=(said,), not_shown=())


_OPENED = "The %s in this receipt is, to the letter, what was sealed by that event."
_NOT_OPENED = "The %s in this receipt is not what was sealed by that event."


def _revisions_in(receipt: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Receipts of their own, one for each; those given out before there were any have none."""
    found = part_of(receipt, "revisions", list) if "revisions" in receipt else []
    if not all(isinstance(one, dict) and "revisions" not in one for one in found):
        raise UnreadableReceiptError(
            "The revisions in the receipt cannot be read. Fetch it anew from the service."
        )
    return found


def _read(receipt: Mapping[str, Any]) -> tuple[dict[str, Any], InclusionProof, bytes]:
    entry = part_of(receipt, "entry", dict)
    path = part_of(receipt, "path", list)
    position = part_of(entry, "position", int)
    proof = InclusionProof(
        index=position,
        size=part_of(receipt, "size", int),
        path=tuple(hash_of(one, "path") for one in path),
    )
    return entry, proof, hash_of(part_of(receipt, "root", str), "root")


def part_of(receipt: Mapping[str, Any], name: str, kind: type[Kind]) -> Kind:
    found = receipt.get(name)
    if not isinstance(found, kind) or isinstance(found, bool):
        raise UnreadableReceiptError(
            f"The receipt has no {name!r} that can be read. Fetch it anew from the service."
        )
    return found


def hash_of(text: object, name: str) -> bytes:
    try:
        found = bytes.fromhex(str(text))
    except ValueError:
        found = b""
    if len(found) != 32:
        raise UnreadableReceiptError(
            f"{name!r} holds {str(text)[:80]!r}, which is no hash of 64 hexadecimal digits. Fetch "
            "the receipt anew from the service."
        )
    return found


def _is_opened_content_committed(
    receipt: Mapping[str, Any], entry: Mapping[str, Any], what: str
) -> bool:
    opened = part_of(receipt, "opened", dict)
    details = part_of(dict(entry), "details", dict)
    committed = hash_of(part_of(details, "commitment", str), "commitment")
    try:
        nonce = bytes.fromhex(part_of(opened, "nonce", str))
        return is_committed(canonical_json(part_of(opened, what, dict)), nonce=nonce, to=committed)
    except (ArgumentError, ValueError):
        return False


def read_receipt(text: str) -> dict[str, Any]:
    """The receipt in a file's text.

    Raises
    ------
    UnreadableReceiptError : it is no JSON, or JSON of another kind
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableReceiptError(
            "This is no receipt: it is not JSON. Give the file as you got it from the service."
        ) from None
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema not in (RECEIPT, EXPORT, CONSISTENCY):
        raise UnreadableReceiptError(
            f"This is no receipt, no exported case and no proof between two heads: its schema is "
            f"{schema!r}, and {RECEIPT!r}, {EXPORT!r} or {CONSISTENCY!r} is needed."
        )
    return dict(found)
