"""An outside test as it was entered: what its result was reckoned from."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from second_opinion.instruments.selectors.results import KeptResult
from second_opinion.instruments.states import Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideTest:
    """One scale of a test that was taken elsewhere, on one criterion.

    score, norm_mean, norm_deviation : in the test's own points
    reliability : as its manual gives it for this norm group, above 0 and below 1
    validity : how it goes with the criterion; None where the criterion is what it measures
    """

    instrument: str  # with its version
    measures: Measured
    criterion: str
    score: float
    norm_group: str
    norm_mean: float
    norm_deviation: float
    norm_n: int | None = None
    norm_year: int | None = None
    reliability: float
    validity: float | None = None
    validity_source: str = ""
    taken_on: date
    tester: str
    certificate: str = ""
    certified_until: date | None = None
    taken_in: str = ""  # the language, in words

    def as_about(self) -> dict[str, str]:
        values = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: str(value) for name, value in values if value not in (None, "")}


def test_in(kept: KeptResult) -> OutsideTest | None:
    """What the result was reckoned from; None where it is no outside test."""
    about = kept.entry.about
    return outside_test(about) if "norm_mean" in about else None


def outside_test(about: Mapping[str, str]) -> OutsideTest:
    validity, year, n = about.get("validity"), about.get("norm_year"), about.get("norm_n")
    until = about.get("certified_until")
    return OutsideTest(
        instrument=about["instrument"],
        measures=Measured(about["measures"]),
        criterion=about["criterion"],
        score=float(about["score"]),
        norm_group=about["norm_group"],
        norm_mean=float(about["norm_mean"]),
        norm_deviation=float(about["norm_deviation"]),
        norm_n=int(n) if n else None,
        norm_year=int(year) if year else None,
        reliability=float(about["reliability"]),
        validity=float(validity) if validity else None,
        validity_source=about.get("validity_source", ""),
        taken_on=date.fromisoformat(about["taken_on"]),
        tester=about["tester"],
        certificate=about.get("certificate", ""),
        certified_until=date.fromisoformat(until) if until else None,
        taken_in=about.get("taken_in", ""),
    )
