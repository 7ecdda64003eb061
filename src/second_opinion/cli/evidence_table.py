"""What a second opinion is worth, as a table and in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from second_opinion.cli.output import readable

if TYPE_CHECKING:  # NumPy and SciPy are slow to import, and --help needs neither
    from second_opinion.engine.evidence import Evidence, EvidenceRow

NOT_KNOWN = "–"


def print_evidence(found: Evidence, *, bar: float) -> None:
    """The study on standard output; bar is in the file's own direction."""
    console = readable()
    console.print()
    console.print(_table(found))
    for sentence in _sentences(found, bar=bar):
        console.print(sentence, soft_wrap=False)


def _table(found: Evidence) -> Table:
    table = Table(
        title="Held-out overall scores, predicted", title_justify="left", box=box.SIMPLE_HEAD
    )
    table.add_column("Opinions", justify="right")
    table.add_column("Prediction", no_wrap=True)
    for heading in ("n", "RMSE", "Log score", "50 %", "80 %", "90 %", "Order"):
        table.add_column(heading, justify="right")
    for row in found.rows:
        table.add_row(
            str(row.opinions),
            row.method.value.replace("_", " "),
            f"{row.n:,}",
            _figure(row.rmse),
            _figure(row.mean_log_score),
            *(_percent(row.coverage[level]) for level in ("50", "80", "90")),
            _percent(row.order_agreement),
        )
    return table


def _sentences(found: Evidence, *, bar: float) -> Iterator[str]:
    rows = {(row.method.value, row.opinions): row for row in found.rows}
    one, two = rows["combination", 1], rows["combination", 2]
    plain = rows["plain_mean", 2]
    yield (
        f"From {found.candidates_used:,} of {found.candidates:,} candidates, those with three "
        f"opinions or more. Scores lie on a grid of {found.step:g}. RMSE: typical error in score "
        "points, less is better. Log score: nearer to 0 is better. 50, 80, 90 %: how often the "
        "interval of that level held the score. Order: pairs of candidates put right."
    )
    yield (
        f"A second opinion changes the typical error from {one.rmse:.3f} to {two.rmse:.3f} "
        f"score points ({_change(one.rmse, two.rmse)})."
    )
    yield _verdict(two, bar=bar)
    yield (
        f"With two opinions the combination's log score is {two.mean_log_score:.3f}, the plain "
        f"mean's {plain.mean_log_score:.3f}."
    )
    yield from found.notes


def _verdict(row: EvidenceRow, *, bar: float) -> str:
    if not row.verdict_changed or row.verdict_change_right is None:
        return f"The second opinion never changes the verdict at the bar {bar:g}."
    sentence = (
        f"At the bar {bar:g} the second opinion changes the verdict in "
        f"{_percent(row.verdict_changed)} of the draws; the held-out score then lies on the new "
        f"side in {_percent(row.verdict_change_right)}"
    )
    if row.verdict_change_right_expected is not None:
        sentence += f", where {_percent(row.verdict_change_right_expected)} were expected"
    return f"{sentence}."


def _change(before: float, after: float) -> str:
    if not before:
        return "no change"
    share = (after - before) / before
    return f"{abs(share):.1%} {'less' if share <= 0 else 'more'}"


def _figure(value: float | None) -> str:
    return NOT_KNOWN if value is None else f"{value:.3f}"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"
