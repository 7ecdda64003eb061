"""Open cases, the register and found conflicts as the files that `second-opinion match` reads.

The files hold references of cases, names of assessors and competences, and nothing of a candidate
or a client: a conflict is told as one, and its chain stays on the case's page.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from second_opinion.accounts.models import Organisation
from second_opinion.cases.models import Case
from second_opinion.panels.analysis.conflicts import Asking
from second_opinion.panels.analysis.matching import Gate, LeftOut, gates_in, lacking_of
from second_opinion.panels.selectors.assessors import Registered, registered_at
from second_opinion.panels.selectors.proposals import needs_of
from second_opinion.panels.selectors.vocabulary import vocabulary_of

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_KEPT_APART_BY = (Gate.CONFLICT, Gate.CERTIFICATE, Gate.TOO_LATE, Gate.ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMatch:
    """A case that needs somebody. taken : keys of those who were asked in it already"""

    case: Case
    asking: Asking
    taken: frozenset[int]


def batch_files(
    provider: Organisation,
    to_match: Sequence[ToMatch],
    *,
    language: str,
    words: Callable[[LeftOut], str],
) -> dict[str, bytes]:
    """Three files by name, in UTF-8, which belong together.

    language : of the competences' labels
    words : why somebody may not be given to a case
    """
    everybody = registered_at(provider)
    # who shows nothing that is confirmed has no row, and is named in no conflict
    registered = [one for one in everybody if one.confirmed and one.shown.competences]
    needs = {each.case.pk: needs_of(each.case) for each in to_match}
    keys = {need.key for of_case in needs.values() for need in of_case}
    keys |= {shown.key for one in registered for shown in one.shown.competences}
    labels = _labels(provider, keys, language)
    names = _names(registered)
    return {
        "cases.csv": _csv(
            ("case", "competence", "level", "gap", "weight", "language"),
            (
                (
                    each.case.reference,
                    labels[need.key],
                    str(int(need.level)),
                    "yes" if need.is_gap else "no",
                    f"{need.weight:g}",
                    each.case.language,
                )
                for each in to_match
                for need in needs[each.case.pk]
            ),
        ),
        "assessors.csv": _csv(
            ("assessor", "competence", "level", "proof", "cap", "language", "price"),
            _assessor_rows(registered, to_match, names, labels),
        ),
        "conflicts.csv": _csv(
            ("case", "assessor", "reason"), _kept_apart(everybody, to_match, names, words)
        ),
    }


def _assessor_rows(
    registered: Sequence[Registered],
    to_match: Sequence[ToMatch],
    names: Mapping[int, str],
    labels: Mapping[str, str],
) -> Iterator[tuple[str, ...]]:
    """The cap is the places that are left, as the file asks how many of these cases they take."""
    load = to_match[0].asking.load if to_match else {}
    # by the shortlist's own rule, so who has told no language is not left out for it
    every_language = sorted({each.case.language for each in to_match})
    for one in registered:
        left = max(one.shown.cap - load.get(one.person.pk, 0), 0)
        # only those that they can assess in, which to read a language is not
        spoken = " ".join(each for each in every_language if one.shown.works_in(each) is not False)
        for shown in one.shown.competences:
            yield (
                names[one.person.pk],
                labels[shown.key],
                str(int(shown.level)),
                shown.proof_now.value,
                str(left),
                spoken,
                "" if one.shown.price is None else f"{one.shown.price:.2f}".removesuffix(".00"),
            )


def _kept_apart(
    everybody: Sequence[Registered],
    to_match: Sequence[ToMatch],
    names: Mapping[int, str],
    words: Callable[[LeftOut], str],
) -> Iterator[tuple[str, str, str]]:
    """Who may not be given to a case, whatever they cover, by the first gate that is closed."""
    for each in to_match:
        # everybody's certificates tell which instruments take one
        lacking = lacking_of(everybody, each.asking.instruments, each.case.provider)
        gates = gates_in(each.case, everybody, each.asking.around, each.taken, frozenset(lacking))
        for place, one in enumerate(everybody):
            closed = [gate for gate in _KEPT_APART_BY if not gates[gate.value][place]]
            if closed and one.person.pk in names:
                left_out = LeftOut(one.person, closed[0], lacking.get(one.person.pk, ""))
                yield each.case.reference, names[one.person.pk], words(left_out)


def _labels(provider: Organisation, keys: set[str], language: str) -> dict[str, str]:
    """By key; two that are worded alike are told apart by it, for `match` goes by the words."""
    entries = vocabulary_of(provider, keys=keys)
    plain = {key: entries[key].label(language) if key in entries else key for key in keys}
    often = Counter(_folded(label) for label in plain.values())
    return {
        key: label if often[_folded(label)] == 1 else f"{label} ({key})"
        for key, label in plain.items()
    }


def _names(registered: Sequence[Registered]) -> dict[int, str]:
    """By key; namesakes are told apart by the beginning of their pseudonym."""
    often = Counter(_folded(str(one.person)) for one in registered)
    return {
        one.person.pk: str(one.person)
        if often[_folded(str(one.person))] == 1
        else f"{one.person} ({one.person.pseudonym.hex[:8]})"
        for one in registered
    }


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _guarded(cell: str) -> str:
    """What people wrote, so that no spreadsheet takes it for a formula; the same in each file."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
