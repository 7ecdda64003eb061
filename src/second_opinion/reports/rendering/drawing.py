"""The one drawing function: dots and intervals on a ruler, as static SVG.

Colours stand in attributes, because Typst knows neither style sheets nor currentColor; classes
beside them let a page restate the colours for a dark paper. Sizes are in SVG units: 340 wide, so
that text of 11 units is still read at a width of 8 cm.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from second_opinion.reports.writing.document import Dot, Drawing, Mark, Span

WIDTH = 340
_LEFT, _RIGHT = 96, 330
_TEXT = 11
_CHARACTER = 5.7  # a cautious mean width of a character at that size
_LINE = 14

_INK, _QUIET, _RULE, _ACCENT, _PAPER = "#1b1f23", "#474d50", "#878c8c", "#0b4f5c", "#ffffff"
_FONTS = "Libertinus Serif, Charter, Bitstream Charter, Sitka Text, Cambria, serif"


@dataclass(frozen=True, slots=True)
class _Ruler:
    low: float
    high: float

    def x(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)


def draw(drawing: Drawing, *, identity: str = "") -> str:
    """The drawing as an SVG element; identity makes its title's and description's ids unique."""
    ruler = _Ruler(drawing.scale_low, drawing.scale_high)
    marks = sorted(drawing.marks, key=lambda mark: mark.value, reverse=True)
    y = _LINE * len(marks) + 4.0
    content: list[str] = []
    if drawing.dots:
        dots, y = _dots(drawing, ruler, y)
        content += dots
    for span in drawing.spans:
        content += _span(span, ruler, y)
        y += 2 * _LINE + 2
    y += 4
    shapes = [*_marks(marks, ruler, bottom=y), *content, *_scale(drawing, ruler, y)]
    return _svg(drawing, shapes, height=y + 20, identity=identity)


def _svg(drawing: Drawing, shapes: list[str], *, height: float, identity: str) -> str:
    names = f"{identity}-title", f"{identity}-description"
    labelled = f" aria-labelledby={quoteattr(' '.join(names))}" if identity else ""
    ids = [f" id={quoteattr(name)}" if identity else "" for name in names]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH}" height="{height:g}" role="img"{labelled} class="drawing" '
        f'font-family="{_FONTS}" font-size="{_TEXT}">'
        f"<title{ids[0]}>{escape(drawing.title)}</title>"
        f"<desc{ids[1]}>{escape(drawing.description)}</desc>"
        f"{''.join(shapes)}</svg>"
    )


def _marks(marks: list[Mark], ruler: _Ruler, *, bottom: float) -> list[str]:
    """Levels across the ruler: the highest is labelled on top, lower ones to the left below it."""
    shapes = []
    for row, mark in enumerate(marks):
        x = ruler.x(mark.value)
        baseline = (row + 1) * _LINE - 3
        dashes = ' stroke-dasharray="3 2.5"' if mark.is_minimum else ""
        shapes.append(
            f'<line x1="{x}" y1="{baseline + 3}" x2="{x}" y2="{bottom:g}" stroke="{_INK}" '
            f'stroke-width="1"{dashes} class="ink-line"/>'
        )
        if row == 0:
            shapes.append(_text(mark.label, _inside(x, mark.label), baseline, anchor="middle"))
        else:
            shapes.append(_text(mark.label, x + 2, baseline, anchor="end"))
    return shapes


def _dots(drawing: Drawing, ruler: _Ruler, y: float) -> tuple[list[str], float]:
    """Dots on one line, joined; labels above them, in as many rows as it takes."""
    rows: list[float] = []
    labels: list[tuple[str, float, int]] = []
    by_value = groupby(
        sorted(drawing.dots, key=lambda dot: (dot.value, dot.place)), lambda dot: dot.value
    )
    for value, same in by_value:
        dots = list(same)
        text = f"{', '.join(dot.label for dot in dots)} {dots[0].value_label}"
        centre = _inside(ruler.x(value), text)
        left, right = centre - _width(text) / 2, centre + _width(text) / 2
        row = next((row for row, end in enumerate(rows) if left > end + 3), len(rows))
        rows[row : row + 1] = [right]
        labels.append((text, centre, row))
    line = y + _LINE * len(rows) + 9
    shapes = [_text(drawing.dots_label, 0, line + 4, tone=_QUIET)]
    shapes += [_label(text, centre, line - 11 - row * _LINE) for text, centre, row in labels]
    ends = [ruler.x(dot.value) for dot in drawing.dots]
    shapes.append(
        f'<line x1="{min(ends)}" y1="{line:g}" x2="{max(ends)}" y2="{line:g}" '
        f'stroke="{_ACCENT}" stroke-width="1.5" class="accent-line"/>'
    )
    # the widest shape first, so that opinions that agree are seen inside one another
    shapes += [
        _dot(dot, ruler.x(dot.value), line)
        for dot in sorted(drawing.dots, key=lambda dot: (dot.place < 2, dot.place == 1))
    ]
    return shapes, line + 10


def _dot(dot: Dot, x: float, y: float) -> str:
    """The first opinion is a ring, the second a disc, further ones are diamonds."""
    if dot.place == 1:
        return f'<circle cx="{x}" cy="{y:g}" r="3.6" fill="{_ACCENT}" class="accent"/>'
    outline = f'fill="{_PAPER}" stroke="{_ACCENT}" stroke-width="1.6" class="paper accent-line"'
    if dot.place == 0:
        return f'<circle cx="{x}" cy="{y:g}" r="5.8" {outline}/>'
    return f'<path d="M{x} {y - 9:g}l9 9l-9 9l-9 -9z" {outline}/>'


def _span(span: Span, ruler: _Ruler, y: float) -> list[str]:
    line = y + _LINE + 8
    tone, name, weight, reach = (
        (_QUIET, "quiet", 1.5, 5) if span.is_faint else (_ACCENT, "accent", 4, 8)
    )
    mean = ruler.x(span.mean)
    return [
        _text(span.label, 0, line + 4, tone=_QUIET if span.is_faint else _INK),
        f'<line x1="{ruler.x(span.low)}" y1="{line:g}" x2="{ruler.x(span.high)}" y2="{line:g}" '
        f'stroke="{tone}" stroke-width="{weight}" class="{name}-line"/>',
        f'<line x1="{mean}" y1="{line - reach:g}" x2="{mean}" y2="{line + reach:g}" '
        f'stroke="{tone}" stroke-width="3" class="{name}-line"/>',
        _label(span.mean_label, mean, line - reach - 3),
    ]


def _scale(drawing: Drawing, ruler: _Ruler, y: float) -> list[str]:
    shapes = [
        f'<line x1="{_LEFT}" y1="{y:g}" x2="{_RIGHT}" y2="{y:g}" stroke="{_RULE}" '
        'stroke-width="1" class="rule-line"/>'
    ]
    for value, label in drawing.ticks:
        x = ruler.x(value)
        shapes.append(
            f'<line x1="{x}" y1="{y:g}" x2="{x}" y2="{y + 4:g}" stroke="{_RULE}" '
            'stroke-width="1" class="rule-line"/>'
        )
        shapes.append(_text(label, x, y + 15, anchor="middle", tone=_QUIET))
    return shapes


def _label(text: str, x: float, baseline: float) -> str:
    """Text on a plate of paper, so that no level's line runs through it."""
    width = _width(text)
    return (
        f'<rect x="{x - width / 2:g}" y="{baseline - 9:g}" width="{width:g}" height="11.5" '
        f'fill="{_PAPER}" class="paper"/>' + _text(text, x, baseline, anchor="middle")
    )


def _text(text: str, x: float, baseline: float, *, anchor: str = "start", tone: str = _INK) -> str:
    name = "ink" if tone == _INK else "quiet"
    return (
        f'<text x="{x:g}" y="{baseline:g}" text-anchor="{anchor}" fill="{tone}" '
        f'class="{name}">{escape(text)}</text>'
    )


def _width(text: str) -> float:
    return len(text) * _CHARACTER


def _inside(x: float, text: str) -> float:
    """The centre of a label as near to x as the drawing's edges allow."""
    half = _width(text) / 2
    return min(max(x, half), WIDTH - half)
