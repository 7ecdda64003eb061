"""Whether finalists may be set against each other: only on one profile, by the same methods."""

from __future__ import annotations

from second_opinion.ingest.case_file import CaseFile, OpinionKind
from second_opinion.reports.analysis.results import CandidateAnalysis, NotCompared


def why_not_compared(
    case: CaseFile, candidates: tuple[CandidateAnalysis, ...]
) -> NotCompared | None:
    """None where they may be, and with one candidate. A third opinion is no method of its own."""
    if len(candidates) < 2:
        return None
    if len({opinion.profile_version for opinion in case.opinions}) > 1:
        return NotCompared.PROFILES_DIFFER
    if len({_methods(case, name) for name in case.candidates}) > 1:
        return NotCompared.METHODS_DIFFER
    if not all(candidate.has_number for candidate in candidates):
        return NotCompared.TOO_LITTLE_KNOWN
    return None


def _methods(case: CaseFile, candidate: str) -> frozenset[tuple[str, str]]:
    own = [opinion for opinion in case.opinions if opinion.candidate == candidate]
    kinds = {("opinion", one.kind.value) for one in own if one.kind is not OpinionKind.THIRD}
    materials = {("material", one.material) for one in own if one.material}
    instruments = {
        (one.kind.value, one.name) for one in case.instruments if one.candidate == candidate
    }
    return frozenset(kinds | materials | instruments)
