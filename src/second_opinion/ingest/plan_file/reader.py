"""From a plan file to a plan to be made, or to the sentence that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from second_opinion.ingest.case_file.lines import HeadingLines
from second_opinion.ingest.case_file.profile import RatingScale, read_scale
from second_opinion.ingest.case_file.section import Section, is_close
from second_opinion.ingest.errors import CaseFileError, listed, nearest, quoted
from second_opinion.ingest.plan_file.entries import MethodEntry, PlanCriterion, PlanFile
from second_opinion.ingest.text_file import text_of
from second_opinion.ingest.toml_file import parsed

LANGUAGES = ("sv", "en")
MOST_SOURCES = 5
MOST_MEASURES = 400  # methods times criteria; a plan of more is no plan
_WEIGHTS_MAY_MISS = 0.01
_SEE_EXAMPLE = "`second-opinion plan --example` prints a whole file."
_KEYS = (
    "role",
    "language",
    "currency",
    "scale",
    "bar",
    "expected",
    "minutes",
    "price",
    "sources",
    "yearly_pay",
    "criterion",
    "method",
)


def read_plan_file(path: Path) -> PlanFile:
    """What a TOML file says could be measured.

    Raises
    ------
    FileError : missing, a folder, binary, too large
    CaseFileError : no TOML, or nothing that could be planned
    """
    text = text_of(path)
    plan = Section(str(path), parsed(text, path=path, example=_SEE_EXAMPLE)).only(*_KEYS)
    lines = HeadingLines(text)
    scale = read_scale(plan)
    criteria = _criteria(_sections(plan, "criterion", lines), plan=plan)
    methods = _methods(_sections(plan, "method", lines), criteria=criteria)
    if sum(len(method.criteria) for method in methods) > MOST_MEASURES:
        raise plan.refusal(
            found=f"The methods and their criteria make more than {MOST_MEASURES} measures.",
            mend="Leave out what nobody would use.",
        )
    return PlanFile(
        role=plan.name("role", required=False),
        language=plan.one_of("language", LANGUAGES, default="sv"),
        currency=plan.name("currency", required=False) or "SEK",
        scale_low=scale.low,
        scale_high=scale.high,
        bar=scale.require(plan.number("bar"), section=plan, key="bar"),
        expected=_expected(plan, scale),
        minutes=_at_least_zero(plan, "minutes"),
        price=None if "price" not in plan.values else _at_least_zero(plan, "price"),
        sources=_sources(plan),
        yearly_pay=None if "yearly_pay" not in plan.values else _above_zero(plan, "yearly_pay"),
        criteria=criteria,
        methods=methods,
    )


def _sections(plan: Section, key: str, lines: HeadingLines) -> list[Section]:
    tables = plan.tables(key)
    if not tables:
        raise plan.refusal(found=f"There is no [[{key}]].", mend=f"Add one; {_SEE_EXAMPLE}")
    return [
        Section(
            f"{plan.place}{lines.line(key, number, of=len(tables))}, [[{key}]] {number + 1}", table
        )
        for number, table in enumerate(tables)
    ]


def _criteria(sections: Sequence[Section], *, plan: Section) -> tuple[PlanCriterion, ...]:
    found: dict[str, PlanCriterion] = {}
    for section in sections:
        name = section.only("name", "weight").name("name")
        if name in found:
            raise _twice(section, name)
        found[name] = PlanCriterion(name=name, weight=_above_zero(section, "weight"))
    total = sum(criterion.weight for criterion in found.values())
    if not is_close(total, 100, within=_WEIGHTS_MAY_MISS * len(found)):
        raise plan.refusal(
            found=f"The weights sum to {total:g} percent, not 100.",
            mend="Correct the weights under [[criterion]].",
        )
    return tuple(found.values())


def _methods(
    sections: Sequence[Section], *, criteria: tuple[PlanCriterion, ...]
) -> tuple[MethodEntry, ...]:
    names = [criterion.name for criterion in criteria]
    found: dict[str, MethodEntry] = {}
    for section in sections:
        method = _method(section, names)
        if method.name in found:
            raise _twice(section, method.name)
        found[method.name] = method
    return tuple(found.values())


def _method(section: Section, names: Sequence[str]) -> MethodEntry:
    section.only("name", "criteria", "minutes", "price", "reliability", "standard_error")
    chosen = tuple(" ".join(text.split()) for text in section.texts("criteria"))
    for name in chosen:
        if name not in names:
            raise section.refusal(
                key="criteria",
                found=f"There is no criterion {quoted(name)}; there are {listed(names)}.",
                mend=f"{nearest(name, names)}Write the name as under [[criterion]].",
            )
    reliability = section.number_if_any("reliability")
    error = section.number_if_any("standard_error")
    if (reliability is None) == (error is None):
        raise section.refusal(
            found="A method needs its reliability or its standard_error, one of the two.",
            mend="Write reliability = 0.4, of one reading of one criterion.",
        )
    if reliability is not None and not 0 < reliability < 1:
        raise section.refusal(
            key="reliability",
            found=f"{reliability:g} is no possible reliability.",
            mend="Write a number above 0 and below 1.",
        )
    if error is not None and error <= 0:
        raise section.refusal(
            key="standard_error",
            found=f"{error:g} is no standard error; it says how far a reading is off.",
            mend="Write a number above 0 in points of the scale.",
        )
    return MethodEntry(
        name=section.name("name"),
        criteria=tuple(dict.fromkeys(chosen)) or tuple(names),
        minutes=_at_least_zero(section, "minutes"),
        price=_at_least_zero(section, "price") if "price" in section.values else 0.0,
        reliability=reliability,
        standard_error=error,
    )


def _expected(plan: Section, scale: RatingScale) -> float | None:
    value = plan.number_if_any("expected")
    return None if value is None else scale.require(value, section=plan, key="expected")


def _sources(plan: Section) -> int:
    value = plan.number_if_any("sources")
    if value is None:
        return 2
    if value != int(value) or not 0 <= value <= MOST_SOURCES:
        raise plan.refusal(
            key="sources",
            found=f"{value:g} is no possible number of sources.",
            mend=f"Write a whole number from 0 to {MOST_SOURCES}; 2 is the rule.",
        )
    return int(value)


def _at_least_zero(section: Section, key: str) -> float:
    value = section.number(key)
    if value < 0:
        raise section.refusal(
            key=key, found=f"{value:g} is below 0.", mend="Write a number of 0 or more."
        )
    return value


def _above_zero(section: Section, key: str) -> float:
    value = section.number(key)
    if value <= 0:
        raise section.refusal(
            key=key, found=f"{value:g} is not above 0.", mend="Write a number above 0."
        )
    return value


def _twice(section: Section, name: str) -> CaseFileError:
    return section.refusal(
        key="name", found=f"{quoted(name)} stands twice.", mend="Give each its own name."
    )
