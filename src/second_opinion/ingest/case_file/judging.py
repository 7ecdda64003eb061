"""What a conclusion is drawn by: the rule's limits, the base rate, and what was believed before."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from second_opinion.ingest.case_file.entries import BeliefEntry, OutlookEntry
from second_opinion.ingest.case_file.section import Section

STANDARD_LIMITS: Mapping[str, float] = MappingProxyType(
    {
        "supported_from": 0.75,
        "conditions_from": 0.5,
        "not_supported_to": 0.25,
        "minimum_missed_from": 0.5,
        "least_weight_observed": 0.5,
        "widest_interval": 0.5,
        "interval_level": 0.8,
    }
)
"""Those of the engine's standard rule, by name; here, so that reading a file waits for no SciPy."""

RULE_KEYS = tuple(STANDARD_LIMITS)
VALUE_NAMES = ("sackett2022", "schmidt_hunter1998", "low")  # those of library/validity
CHOSEN_BY = ("nothing", "application", "screening", "tests")  # those of an order file
_LEAST_WORKED_OUT, _MOST_WORKED_OUT = 1.0, 9.5


def read_outlook(case: Section) -> OutlookEntry | None:
    """The base rate with its reference group; None where none is given."""
    worked_out = case.number_if_any("worked_out")
    if worked_out is None:
        for key in ("reference_group", "value_set", "chosen_by"):
            if key in case.values:
                raise case.refusal(
                    key=key,
                    found="It belongs to a base rate, and there is none.",
                    mend="Write worked_out = 6, of ten, or remove the key.",
                )
        return None
    if not _LEAST_WORKED_OUT <= worked_out <= _MOST_WORKED_OUT:
        raise case.refusal(
            key="worked_out",
            found=f"{worked_out:g} of ten is no base rate to reckon with.",
            mend="Of ten people you would have hired at this point without us, how many worked "
            "out? Write a number from 1 to 9.5; 5 to 8 is usual.",
        )
    return OutlookEntry(
        worked_out=worked_out,
        reference_group=case.text("reference_group"),
        value_set=case.one_of("value_set", VALUE_NAMES, default=VALUE_NAMES[0]),
        chosen_by=case.one_of("chosen_by", CHOSEN_BY, default="application"),
    )


def read_belief(section: Section, *, candidate: str) -> BeliefEntry | None:
    """A candidate's would_hire and sureness; None where neither is given."""
    sureness = read_sureness(section)
    if sureness is not None:
        return BeliefEntry(
            candidate=candidate,
            would_hire=section.flag("would_hire", default=True),
            sureness=sureness,
        )
    if "would_hire" in section.values:
        raise section.refusal(
            key="would_hire",
            found="It does not say how sure that was.",
            mend="Add sureness, of ten, or remove the key.",
        )
    return None


def read_sureness(section: Section) -> float | None:
    number = section.number_if_any("sureness")
    if number is not None and not 0 <= number <= 10:
        raise section.refusal(
            key="sureness",
            found=f"{number:g} is not between 0 and 10.",
            mend="Write how sure you are, of ten.",
        )
    return number


def read_rule(case: Section) -> Mapping[str, float]:
    """The limits that the provider has set; the others are the standard ones."""
    table = case.table("conclusion_rule")
    inside = Section(f"{case.place}, [conclusion_rule]", table).only(*RULE_KEYS)
    limits = {key: inside.number(key) for key in table}
    for key, value in limits.items():
        if not 0 <= value <= 1 or (key == "interval_level" and value in (0, 1)):
            raise inside.refusal(
                key=key,
                found=f"{value:g} is no limit of the rule.",
                mend="Write a share or a probability between 0 and 1.",
            )
    standard = {**STANDARD_LIMITS, **limits}
    if not limits_rise(standard):
        raise inside.refusal(
            found="The limits must rise: not_supported_to, conditions_from, supported_from; they "
            f"are {standard['not_supported_to']:g}, {standard['conditions_from']:g} and "
            f"{standard['supported_from']:g}.",
            mend="Change one of them.",
        )
    return limits


def limits_rise(limits: Mapping[str, float]) -> bool:
    """Whether those for the bar come in their order, and leave room between the outer two."""
    low, middle, high = (
        limits[key] for key in ("not_supported_to", "conditions_from", "supported_from")
    )
    return low <= middle <= high and low < high
