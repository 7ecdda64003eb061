#!/usr/bin/env python3
"""Checks a receipt, an exported case or a proof between two heads of the log of Second Opinion.

    python3 second_opinion_verify.py FILE

One file, Python 3.9 or later, and nothing but its standard library: whoever distrusts the service
need not install it. Everything that hashes can prove is checked; signatures and the time order of
a case are not, and it says so. Ends with 0 when everything checked holds, else with 1.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from decimal import Decimal
from typing import Any

RECEIPT = "second-opinion/receipt/1"
EXPORT = "second-opinion/case-events/1"
CONSISTENCY = "second-opinion/consistency/1"
COMMITMENT_TAG = b"second-opinion/commit/v1"


def canonical(value: object) -> str:
    """RFC 8785: names in the order of their UTF-16, numbers as JavaScript writes them."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def number(value: float) -> str:
    """As ECMAScript's Number::toString has it (RFC 8785, section 3.2.2.3)."""
    if not math.isfinite(value):
        raise ValueError("a number that JSON cannot say")
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text, minus = "".join(map(str, digits)), "-" if sign else ""
    point = len(text) + int(exponent)  # where the decimal point stands, from the first digit
    if len(text) <= point <= 21:
        return minus + text + "0" * (point - len(text))
    if 0 < point <= 21:
        return f"{minus}{text[:point]}.{text[point:]}"
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{text}"
    mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
    return f"{minus}{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def leaf(entry: object) -> bytes:
    return hashlib.sha256(b"\x00" + canonical(entry).encode()).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_included(hashed: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    place, last = index, size - 1
    for beside in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            hashed = node(beside, hashed)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            hashed = node(hashed, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def is_consistent(
    first_size: int, second_size: int, path: list[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """RFC 9162, section 2.1.4.2."""
    if not 1 <= first_size <= second_size:
        return False
    if first_size == second_size:
        return not path and first_root == second_root
    if first_size & (first_size - 1) == 0:
        path = [first_root, *path]
    return both_roots(path, first_size - 1, second_size - 1) == (first_root, second_root)


def both_roots(path: list[bytes], place: int, last: int) -> tuple[bytes, bytes] | None:
    """The two roots that follow from the path; None where it is too short or too long."""
    while place & 1:
        place, last = place >> 1, last >> 1
    if not path:
        return None
    first = second = path[0]
    for beside in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            first, second = node(beside, first), node(beside, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node(second, beside)
        place, last = place >> 1, last >> 1
    return (first, second) if last == 0 else None


def hashes(texts: list[str]) -> list[bytes]:
    found = [bytes.fromhex(text) for text in texts]
    if any(len(one) != 32 for one in found):
        raise ValueError("a hash that is not 32 bytes")
    return found


def check_event(event: dict[str, Any], size: int, root: str) -> tuple[bool, str]:
    entry = event["entry"]
    place = entry["position"]
    holds = is_included(leaf(entry), place, size, hashes(event["path"]), *hashes([root]))
    what = f"event {place + 1} of a log of {size} with the head {root}"
    if holds:
        return True, f"This is {what}: {entry.get('verb')}, at {entry.get('at')}."
    return False, f"This is not {what}."


def check_opened(receipt: dict[str, Any]) -> tuple[bool, str]:
    opened = receipt["opened"]
    what = "revision" if "revision" in opened else "opinion"
    content = canonical(opened[what]).encode()
    nonce = bytes.fromhex(opened["nonce"])
    found = hashlib.sha256(COMMITMENT_TAG + b"\x00" + nonce + content).hexdigest()
    holds = len(nonce) == 32 and found == receipt["entry"]["details"]["commitment"]
    words = "is, to the letter," if holds else "is not"
    return holds, f"The {what} in this file {words} what was sealed by that event."


def check_consistency(found: dict[str, Any]) -> tuple[bool, str]:
    first, second = found["first"], found["second"]
    roots = hashes([first["root"], second["root"]])
    holds = is_consistent(first["size"], second["size"], hashes(found["path"]), *roots)
    verb = "begins" if holds else "does not begin"
    return holds, (
        f"The log of {second['size']} events with the head {second['root']} {verb} with the log of "
        f"{first['size']} events with the head {first['root']}."
    )


def checked(found: dict[str, Any]) -> list[tuple[bool, str]]:
    """What holds and what does not, in sentences."""
    schema = found["schema"]
    if schema == CONSISTENCY:
        return [check_consistency(found)]
    if schema == EXPORT:
        return [check_event(event, found["size"], found["root"]) for event in found["events"]]
    if schema != RECEIPT:
        raise ValueError(f"the schema {schema!r}, which this program does not know")
    opened = [check_opened(found)] if "opened" in found else []
    revisions = [each for one in found.get("revisions", []) for each in checked(one)]
    return [check_event(found, found["size"], found["root"]), *opened, *revisions]


NOT_CHECKED = (
    "Whether the head is the one the service publishes: compare it with another party's.",
    "Who signed the head: `second-opinion verify` checks signatures.",
    "Whether events came in the order that the rules demand: `second-opinion verify` checks it.",
    "Whether what was written is right, and whether the service's clock was.",
)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Give one file: python3 second_opinion_verify.py FILE", file=sys.stderr)
        return 2
    try:
        with open(arguments[0], encoding="utf-8-sig") as file:  # noqa: PTH123  # no more imports
            sentences = checked(json.load(file))
    except OSError as error:
        print(f"{arguments[0]} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        print(f"{arguments[0]} is no such file: {error}. Fetch it anew.", file=sys.stderr)
        return 1
    for holds, sentence in sentences:
        print(f"{'Proved' if holds else 'REFUTED'}: {sentence}")
    for sentence in NOT_CHECKED:
        print(f"Not checked: {sentence}")
    return 0 if sentences and all(holds for holds, _ in sentences) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
