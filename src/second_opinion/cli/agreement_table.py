"""How much assessors agree, as tables and in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table

from second_opinion.cli.agreement_answer import statistics_of
from second_opinion.cli.agreement_reading import Read
from second_opinion.cli.output import readable
from second_opinion.engine.agreement import Agreement, AgreementStudy, Overview
from second_opinion.engine.agreement.overview import NO_ORDER, NOT_TWO

NOT_KNOWN = "–"
MOST_ROWS = 20

NAMES = {
    "icc1": "ICC1, each unit has its own raters",
    "icc2": "ICC2, raters drawn from many, level counts",
    "icc3": "ICC3, these raters, level does not count",
    "icc1k": "ICC1k, mean of the raters",
    "icc2k": "ICC2k",
    "icc3k": "ICC3k",
    "krippendorff.nominal": "Krippendorff's alpha, nominal",
    "krippendorff.ordinal": "  ordinal",
    "krippendorff.interval": "  interval",
    "krippendorff.ratio": "  ratio",
    "fleiss_kappa": "Fleiss' kappa",
    "gwet_ac1": "Gwet's AC1",
    "gwet_ac2": "Gwet's AC2",
    "cohen_kappa": "Cohen's kappa",
    "weighted_kappa": "Weighted kappa",
    "kendall_w": "Kendall's W",
    "percent_agreement": "Percent agreement",
    "within_group": "rwg, mean",
}
_OF_CRITERIA = ("icc1", "icc2", "icc3", "krippendorff.ordinal", "gwet_ac2", "within_group")


def print_agreement(study: AgreementStudy, read: Read) -> None:
    """The study on standard output."""
    console = readable()
    console.print()
    console.print(_overall(study.overall, of=read.file.overall))
    for sentence in _sentences(study, read):
        console.print(sentence, soft_wrap=False)
    if study.by_criterion:
        _print(console, _criteria(study), shown=len(study.by_criterion), of="criteria")
    has_distance = not read.categories
    if len(study.by_pair) > 1:
        pairs = _pairs(study, has_distance=has_distance)
        _print(console, pairs, shown=MOST_ROWS, of="pairs", every=len(study.by_pair))
    if len(study.by_case) > 1:
        cases = _cases(study, has_distance=has_distance)
        _print(console, cases, shown=MOST_ROWS, of="candidates", every=len(study.by_case))


def _print(console: Console, table: Table, *, shown: int, of: str, every: int = 0) -> None:
    console.print()
    console.print(table)
    if every > shown:
        console.print(f"The {shown} of {every:,} {of} with least agreement; --json has all.")


def _table(title: str, first: tuple[str, ...], headings: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for heading in first:
        table.add_column(heading)
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


def _overall(overview: Overview, *, of: str | None) -> Table:
    title = f"Agreement on {of}" if of else "Agreement"
    marks = _marks(overview)
    table = _table(title, ("Statistic",), ("Estimate", f"{_level(overview)} interval", "Notes"))
    for name, found in statistics_of(overview).items():
        if found is None or not _applies(found):
            continue
        notes = " ".join(str(marks[caution]) for caution in found.cautions)
        table.add_row(NAMES[name], _figure(found.estimate), _interval(found), notes)
    return table


def _applies(found: Agreement) -> bool:
    return found.cautions not in ((NO_ORDER,), (NOT_TWO,))


def _level(overview: Overview) -> str:
    return f"{overview.percent_agreement.level:.0%}".replace("%", " %")


def _marks(overview: Overview) -> dict[str, int]:
    """Each caution's number, so that it is said once."""
    marks: dict[str, int] = {}
    for found in statistics_of(overview).values():
        for caution in found.cautions if found and _applies(found) else ():
            marks.setdefault(caution, len(marks) + 1)
    return marks


def _sentences(study: AgreementStudy, read: Read) -> Iterator[str]:
    one = study.overall
    ratings = read.file.ratings
    what = (
        "candidate"
        if read.file.overall or len(ratings.criterion) == 1
        else ("candidate on a criterion")
    )
    yield (
        f"A unit is a {what}: {one.n_units:,} units, {one.n_paired:,} of them rated twice or "
        f"more, by {one.n_raters:,} raters."
    )
    if what.endswith("criterion"):
        yield (
            "Criteria of different level make units differ, so that agreement overall looks "
            "better than on each criterion: read those."
        )
    for caution, mark in _marks(one).items():
        yield f"{mark}: {caution}"


def _criteria(study: AgreementStudy) -> Table:
    headings = ("n", *(NAMES[name].partition(",")[0].strip() for name in _OF_CRITERIA))
    headings = tuple(heading.replace("ordinal", "alpha") for heading in headings)
    table = _table("By criterion (alpha: ordinal)", ("Criterion",), headings)
    for label, overview in study.by_criterion.items():
        found = statistics_of(overview)
        figures = (found[name] for name in _OF_CRITERIA)
        table.add_row(
            label,
            f"{overview.n_paired:,}",
            *(NOT_KNOWN if one is None else _figure(one.estimate) for one in figures),
        )
    return table


def _pairs(study: AgreementStudy, *, has_distance: bool) -> Table:
    table = _table(
        "By two raters",
        ("First", "Second"),
        ("n", "First less second", "Same", "Kappa", "Weighted"),
    )
    for pair in sorted(study.by_pair, key=lambda pair: (pair.same, -pair.n))[:MOST_ROWS]:
        table.add_row(
            pair.first,
            pair.second,
            f"{pair.n:,}",
            f"{pair.mean_difference:+.2f}" if has_distance else NOT_KNOWN,
            _percent(pair.same),
            _figure(pair.kappa.estimate),
            _figure(pair.weighted_kappa.estimate) if has_distance else NOT_KNOWN,
        )
    return table


def _cases(study: AgreementStudy, *, has_distance: bool) -> Table:
    table = _table(
        "By candidate", ("Candidate",), ("Raters", "Criteria", "Difference of two", "Same", "rwg")
    )
    rated = [case for case in study.by_case if case.n_criteria]
    rated.sort(key=lambda case: -case.mean_difference if has_distance else case.same)
    for case in rated[:MOST_ROWS]:
        table.add_row(
            case.candidate,
            str(case.n_assessors),
            str(case.n_criteria),
            f"{case.mean_difference:.2f}" if has_distance else NOT_KNOWN,
            _percent(case.same),
            _figure(case.within_group),
        )
    return table


def _interval(found: Agreement) -> str:
    if math.isnan(found.low) or math.isnan(found.high):
        return NOT_KNOWN
    return f"{found.low:.3f} to {found.high:.3f}"


def _figure(value: float) -> str:
    return NOT_KNOWN if math.isnan(value) else f"{value + 0:.3f}".replace("-0.000", "0.000")


def _percent(value: float) -> str:
    return NOT_KNOWN if math.isnan(value) else f"{100 * value:.0f} %"
