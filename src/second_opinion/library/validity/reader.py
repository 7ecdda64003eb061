"""The value sets, read once from the file beside."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

DEFAULT_VALUE_SET = "sackett2022"
ASSUMED_SD = 0.10
"""Of a validity from setting to setting where its review gives none: our planning assumption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodValidity:
    """Operational validity of one method against overall performance, among applicants.

    standard_deviation : from setting to setting
    is_sd_assumed : the review gives none, and ours stands in
    """

    validity: float
    standard_deviation: float
    is_sd_assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSet:
    """One review's figures.

    name : in files and settings; cited : in a sentence of either language
    """

    name: str
    year: int
    cited: str
    source: str
    methods: Mapping[str, MethodValidity]


def _read() -> Mapping[str, ValueSet]:
    text = (files(__package__) / "value_sets.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: ValueSet(
                name=name,
                year=entry["year"],
                cited=entry["cited"],
                source=entry["source"],
                methods=MappingProxyType(
                    {method: _method(row) for method, row in entry["methods"].items()}
                ),
            )
            for name, entry in tomllib.loads(text).items()
        }
    )


def _method(row: Mapping[str, float]) -> MethodValidity:
    return MethodValidity(
        validity=row["validity"],
        standard_deviation=row.get("sd", ASSUMED_SD),
        is_sd_assumed="sd" not in row,
    )


VALUE_SETS = _read()
