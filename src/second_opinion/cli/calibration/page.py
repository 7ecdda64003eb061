"""One page with every drawing, its words and its table: a file that stands alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from second_opinion.drawings import Cell, Figure

_STYLES = ("site.css", "drawings.css", "report.css")
_LONG = 60  # rows from which on a table is folded away on the screen
_BESIDE = """
.standalone > main { max-width: 72rem; }
.report { max-width: none; }
.report > p { max-width: var(--measure); }
.report section { margin-top: var(--space-12); padding-top: var(--space-6);
  border-top: 1px solid var(--hairline); }
.report :is(th, td) { padding-block: var(--space-1); }
.report summary { min-height: var(--target); font-family: var(--font-label); }
@media (min-width: 64rem) {
  .report section { display: grid; gap: var(--space-2) var(--space-12);
    grid-template-columns: minmax(0, 29rem) minmax(0, 1fr); align-items: start; }
  .report section > figure { grid-row: span 3; margin-top: 0; }
}
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex, nofollow">
  <title>{title}</title>
  <style>{styles}</style>
</head>
<body class="standalone">
  <main>
    <h1>{title}</h1>
    <div class="report">
      {lead}
      {figures}
    </div>
  </main>
</body>
</html>
"""


def page_of_figures(title: str, lead: Sequence[str], figures: Sequence[Figure]) -> bytes:
    """The page, with the styles of every other page of ours inside it."""
    styles = files("second_opinion.web").joinpath("static", "second_opinion")
    return _PAGE.format(
        title=escape(title),
        styles="\n".join(
            [*(styles.joinpath(name).read_text(encoding="utf-8") for name in _STYLES), _BESIDE]
        ),
        lead="\n".join(f"<p>{escape(sentence)}</p>" for sentence in lead),
        figures="\n".join(map(_section, figures)),
    ).encode()


def _section(figure: Figure) -> str:
    name = escape(figure.name, quote=True)
    return (
        f'<section id="{name}" aria-label="{escape(figure.title, quote=True)}">'
        f"<figure>{figure.svg}</figure>"
        f"<div><p>{escape(figure.description)}</p>"
        f'<p class="small">To keep: <a href="{name}.svg">the drawing</a>, '
        f'<a href="{name}.csv">its figures</a>.</p></div>'
        f"{_table(figure)}</section>"
    )


def _table(figure: Figure) -> str:
    head = "".join(
        f'<th scope="col"{_NUMBER if place in _numbers(figure) else ""}>{_heading(column)}</th>'
        for place, column in enumerate(figure.columns)
    )
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in figure.rows)
    caption = escape(figure.title, quote=True)
    table = (
        f'<div class="scrolls" tabindex="0" role="group" aria-label="{caption}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
    if len(figure.rows) < _LONG:
        return table
    return f"<details><summary>The figures, {len(figure.rows):,} rows</summary>{table}</details>"


_NUMBER = ' class="number"'


def _numbers(figure: Figure) -> set[int]:
    """The columns that hold numbers."""
    return {
        place
        for place in range(1, len(figure.columns))
        if not any(isinstance(row[place], str) for row in figure.rows)
    }


def _heading(column: str) -> str:
    """A column's name for a reader: 'standard error', 'low 95 %'."""
    words = escape(column.replace("_", " "))
    return words.replace(" 95", " 95\u00a0%") if words.endswith(" 95") else words


def _cells(row: Sequence[Cell]) -> str:
    cells = []
    for place, cell in enumerate(row):
        words = escape(_shown(cell))
        if place == 0:
            cells.append(f'<th scope="row">{words}</th>')
        else:
            number = "" if isinstance(cell, str) else _NUMBER
            cells.append(f"<td{number}>{words}</td>")
    return "".join(cells)


def _shown(cell: Cell) -> str:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return "–"
    if isinstance(cell, float):
        return f"{round(cell, 2) + 0.0:.2f}".replace("-", "−")  # never −0.00
    return f"{cell:,}" if isinstance(cell, int) else cell
