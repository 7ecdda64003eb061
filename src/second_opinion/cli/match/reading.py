"""The files of a matching, read into who may be given to whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from second_opinion.cli.match.pairing import Pairing, pairing_of
from second_opinion.ingest.matching_files import read_assessors, read_cases, read_conflicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Where they are. conflicts : None where nobody is kept apart"""

    cases: Path
    assessors: Path
    conflicts: Path | None = None

    def read(self, *, per_case: int, load_cost: float, as_they_came: bool = False) -> Pairing:
        """Every pair that may be.

        as_they_came : cases in the file's order, and not by name

        Raises
        ------
        IngestError : as the readers
        """
        cases, assessors = read_cases(self.cases), read_assessors(self.assessors)
        conflicts = (
            read_conflicts(
                self.conflicts,
                cases=[each.name for each in cases],
                assessors=[each.name for each in assessors],
            )
            if self.conflicts
            else ()
        )
        if not as_they_came:
            cases = tuple(sorted(cases, key=lambda each: each.name))
        return pairing_of(cases, assessors, conflicts, per_case=per_case, load_cost=load_cost)

    def of_past(self, cases: Path) -> Files:
        """Past cases with the same assessors, whoever had a conflict with whom then."""
        return Files(cases=cases, assessors=self.assessors)
