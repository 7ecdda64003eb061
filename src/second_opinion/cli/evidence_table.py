"""What a second opinion is worth, as a table and in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from second_opinion.cli.output import readable

if TYPE_CHECKING:  # NumPy and SciPy are slow to import, and --help needs neither
    from second_opinion.engine.evidence import Evidence, EvidenceRow, Figure

_INTERVAL_WIDTH = 13  # "(1.303-1.340)" on a line of its own, whole


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
    table.add_column("n", justify="right")
    table.add_column("RMSE (95 %)", justify="right", min_width=_INTERVAL_WIDTH)
    for heading in ("Log score", "50 %", "80 %", "90 %", "Order"):
        table.add_column(heading, justify="right")
    before = None
    for row in found.rows:
        if before not in (None, (row.opinions, row.least_opinions)):
            table.add_section()
        before = (row.opinions, row.least_opinions)
        table.add_row(
            str(row.opinions),
            row.method.value.replace("_", " "),
            f"{row.n:,}",
            _with_interval(row.rmse),
            f"{row.mean_log_score.value:.3f}",
            *(_percent(row.coverage[level].value) for level in ("50", "80", "90")),
            _percent(row.order_agreement),
        )
    return table


def _sentences(found: Evidence, *, bar: float) -> Iterator[str]:
    rows = {(row.method.value, row.opinions, row.least_opinions): row for row in found.rows}
    yield (
        f"From {found.candidates_used:,} of {found.candidates:,} candidates, those with two "
        f"opinions or more. Ratings lie on a grid of {found.step:g}. RMSE: typical error in score "
        "points, less is better. Log score: nearer to 0 is better. 50, 80, 90 %: how often the "
        "interval of that level held the score. Order: pairs of candidates put right."
    )
    one, two = rows.get(("combination", 1, 3)), rows.get(("combination", 2, 3))
    if one and two:
        yield (
            f"Of candidates with three opinions or more there are {two.candidates:,}. A second "
            f"opinion changes the typical error from {one.rmse.value:.3f} to "
            f"{two.rmse.value:.3f} score points ({_change(one.rmse.value, two.rmse.value)})."
        )
        yield _verdict(two, bar=bar)
    yield from (_against(row) for row in found.rows if row.method.value != "combination")
    yield from found.notes


def _against(row: EvidenceRow) -> str:
    rmse = row.more_than_combination["rmse"]
    log_score = row.more_than_combination["mean_log_score"]
    return (
        f"{row.method.value.replace('_', ' ').capitalize()}, {row.opinions} of at least "
        f"{row.least_opinions} opinions, less the combination: RMSE {rmse.value:+.3f} "
        f"({rmse.low:+.3f} to {rmse.high:+.3f}), log score {log_score.value:+.3f} "
        f"({log_score.low:+.3f} to {log_score.high:+.3f})."
    )


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


def _with_interval(figure: Figure) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f}-{figure.high:.3f})"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"
