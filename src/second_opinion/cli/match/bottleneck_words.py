"""A bottleneck in words: who competes for whom, by which shared needs, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from second_opinion.cli.match.pairing import Pairing
from second_opinion.cli.output import shown
from second_opinion.engine.matching import Bottleneck
from second_opinion.ingest.errors import nearest
from second_opinion.ingest.matching_files import MatchingCase, key_of

_MOST_NAMES = 12


def bottleneck_words(found: Bottleneck, pairing: Pairing) -> str:
    """Sentences: what competes, for whom, how much is lacking, and what would mend it."""
    cases = [pairing.cases[each] for each in found.cases]
    what = _what_is_shared(cases, only_gaps=found.is_gap)
    who = _who(found, pairing)
    if len(cases) == 1:
        sentence = (
            f"{shown(cases[0].name)} needs {_counted(found.needed, 'assessor')}{what}, and "
            f"{who or 'nobody'} can be given to it{_closed(found, pairing)}."
        )
    else:
        sentence = (
            f"These {len(cases)} cases compete for {_counted(len(found.assessors), 'assessor')}"
            f"{what}: {_names(each.name for each in cases)}. They need {found.needed} places; "
            f"{who or 'nobody'} can take {found.available} of them."
        )
    return f"{sentence} {_unknown(cases, pairing)}{_mend(what)}"


def _who(found: Bottleneck, pairing: Pairing) -> str:
    return _names(
        f"{pairing.assessors[each].name} ({pairing.assessors[each].cap} at most)"
        for each in found.assessors
    )


def _what_is_shared(cases: Sequence[MatchingCase], *, only_gaps: bool) -> str:
    """' with Kubernetes and de', or ' who cover ...' where it is what clients lack."""
    shared = {key_of(need.competence): need.competence for need in cases[0].needs}
    for case in cases:
        keys = {key_of(need.competence) for need in case.needs if need.is_gap or not only_gaps}
        shared = {key: name for key, name in shared.items() if key in keys}
    languages = sorted(frozenset.intersection(*(case.languages for case in cases)))
    if not shared and not languages:
        return " who cover what the client lacks" if only_gaps else ""
    join = " who cover what the client lacks, " if only_gaps and shared else " with "
    return join + _and([*shared.values(), *languages])


def _closed(found: Bottleneck, pairing: Pairing) -> str:
    """Of a single case: how many stopped at which gate."""
    stopped = pairing.closed[found.cases[0]]
    parts = [f"{number} {words}" for words, number in stopped.items()]
    return f" (of {len(pairing.assessors)} assessors, {_and(parts)})" if parts else ""


def _unknown(cases: Sequence[MatchingCase], pairing: Pairing) -> str:
    """A competence that nobody in the register shows, which is often another spelling."""
    known = {key for assessor in pairing.assessors for key in assessor.shown}
    for case in cases:
        for need in case.needs:
            if key_of(need.competence) not in known:
                hint = nearest(key_of(need.competence), known)
                return f"No assessor shows {need.competence!r}. {hint}"
    return ""


def _mend(what: str) -> str:
    return (
        f"Raise a cap, bring in another assessor{what}, lower what is required, or give each case "
        "fewer, with --per-case or in the column assessors. Nothing was assigned."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _names(names: Iterable[str]) -> str:
    every = [shown(name) for name in names]
    more = len(every) - _MOST_NAMES
    return _and(every[:_MOST_NAMES] + ([f"{more} more"] if more > 0 else []))


def _and(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
