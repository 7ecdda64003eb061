"""What every drawing is made with: shapes and words as SVG, in one hue.

Colours stand in attributes, because Typst knows neither style sheets nor currentColor; classes
beside them let a page restate the colours for a dark paper. Sizes are in SVG units: 340 wide, so
that text of 11 units is still read at a width of 8 cm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

WIDTH = 340
TEXT = 11
LINE = 14

INK, QUIET, RULE, ACCENT, PAPER = "#1b1f23", "#474d50", "#878c8c", "#0b4f5c", "#ffffff"
_NAMES = {INK: "ink", QUIET: "quiet", RULE: "rule", ACCENT: "accent", PAPER: "paper"}
_FONTS = "Libertinus Serif, Charter, Bitstream Charter, Sitka Text, Cambria, serif"

Anchor = Literal["start", "middle", "end"]

# Widths of characters in units of the text size, as in the widest of the fonts above; another
# font sets words shorter, so that labels kept apart by these widths never meet.
_WIDE, _FULL = 1.03, 1.0
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'|!()[]/ ", 0.4),
    **dict.fromkeys("frtsc-", 0.53),
    **dict.fromkeys("mMWw@%−…", _WIDE),
}
_CAPITAL, _OTHER = 0.78, 0.64
_BOLD = 1.1  # how much wider bold words are

# Control characters and halves of characters: XML has no place for them.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def width_of(text: str, *, size: float = TEXT) -> float:
    """How wide a text is at most, in SVG units."""
    return size * sum(map(_width, text))


def _width(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if character.isascii():
        return _CAPITAL if character.isupper() else _OTHER
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _FULL
    base = unicodedata.normalize("NFD", character)[0]
    return _width(base) if base != character and base.isascii() else _FULL


def inside(text: str, x: float) -> float:
    """The centre of a text as near to x as the drawing's edges allow."""
    half = width_of(text) / 2
    return max(half, min(x, WIDTH - half))


def cut(text: str, width: float) -> str:
    """A text no wider than given; what does not fit gives way to an ellipsis."""
    if width_of(text) <= width:
        return text
    kept = text
    while kept and width_of(f"{kept}…") > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def wrapped(text: str, width: float, *, size: float = TEXT) -> list[str]:
    """A text in lines no wider than given, broken between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size=size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [cut(line, width) if width_of(line, size=size) > width else line for line in lines]


def svg(
    shapes: Iterable[str], *, title: str, description: str, height: float, identity: str = ""
) -> str:
    """A whole drawing; identity makes its title's and description's ids unique on a page."""
    names = f"{identity}-title", f"{identity}-description"
    labelled = f" aria-labelledby={quoteattr(' '.join(names))}" if identity else ""
    ids = [f" id={quoteattr(name)}" if identity else "" for name in names]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH}" height="{height:g}" role="img"{labelled} class="drawing" '
        f'font-family="{_FONTS}" font-size="{TEXT}">'
        f"<title{ids[0]}>{_escaped(title)}</title>"
        f"<desc{ids[1]}>{_escaped(description)}</desc>"
        f"{''.join(shapes)}</svg>"
    )


def heading(title: str) -> tuple[list[str], float]:
    """A drawing's title in as many lines as it takes, and where they end."""
    lines = wrapped(title, WIDTH, size=TEXT * _BOLD)
    baselines = [TEXT + LINE * place for place in range(len(lines))]
    shapes = [
        text(line, 0, baseline, bold=True) for line, baseline in zip(lines, baselines, strict=True)
    ]
    return shapes, LINE * len(lines) + 6.0


def text(
    words: str,
    x: float,
    baseline: float,
    *,
    anchor: Anchor = "start",
    tone: str = INK,
    bold: bool = False,
) -> str:
    """Words on a baseline, to the right of x, around it, or to its left."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.6g}" y="{baseline:.6g}" text-anchor="{anchor}" fill="{tone}"{weight} '
        f'class="{_NAMES[tone]}">{_escaped(words)}</text>'
    )


def plate(
    words: str, x: float, baseline: float, *, anchor: Anchor = "middle", tone: str = INK
) -> str:
    """Words on a plate of paper, so that no line runs through them."""
    width = width_of(words)
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return (
        f'<rect x="{left:.6g}" y="{baseline - 9:.6g}" width="{width:.6g}" height="11.5" '
        f'fill="{PAPER}" class="paper"/>' + text(words, x, baseline, anchor=anchor, tone=tone)
    )


def line(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    tone: str = RULE,
    weight: float = 1,
    dashes: str = "",
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{start[0]:.6g}" y1="{start[1]:.6g}" x2="{end[0]:.6g}" y2="{end[1]:.6g}" '
        f'stroke="{tone}" stroke-width="{weight:g}"{dashed} class="{_NAMES[tone]}-line"/>'
    )


def curve(points: Sequence[tuple[float, float]], *, tone: str = ACCENT, weight: float = 1.5) -> str:
    """A line through points."""
    through = "L".join(f"{x:.5g} {y:.5g}" for x, y in points)
    return (
        f'<path d="M{through}" fill="none" stroke="{tone}" stroke-width="{weight:g}" '
        f'stroke-linejoin="round" class="{_NAMES[tone]}-line"/>'
    )


def disc(x: float, y: float, *, radius: float = 3.6, tone: str = ACCENT) -> str:
    """A filled dot."""
    return (
        f'<circle cx="{x:.6g}" cy="{y:.6g}" r="{radius:g}" fill="{tone}" class="{_NAMES[tone]}"/>'
    )


_OUTLINE = f'fill="{PAPER}" stroke="{ACCENT}" stroke-width="1.6" class="paper accent-line"'


def ring(x: float, y: float, *, radius: float = 5.8) -> str:
    """An open dot."""
    return f'<circle cx="{x:.6g}" cy="{y:.6g}" r="{radius:g}" {_OUTLINE}/>'


def diamond(x: float, y: float, *, radius: float = 9) -> str:
    """An open diamond."""
    r = f"{radius:g}"
    return f'<path d="M{x:.6g} {y - radius:.6g}l{r} {r}l-{r} {r}l-{r} -{r}z" {_OUTLINE}/>'


def block(x: float, y: float, width: float, height: float, *, tone: str = ACCENT) -> str:
    """A filled rectangle with its upper left corner at x and y."""
    return (
        f'<rect x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}" fill="{tone}" '
        f'class="{_NAMES[tone]}"/>'
    )


def frame(x: float, y: float, width: float, height: float) -> str:
    """An open rectangle with its upper left corner at x and y."""
    return f'<rect x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}" {_OUTLINE}/>'


def _escaped(words: str) -> str:
    """Words as markup holds them."""
    return escape(_NOT_IN_XML.sub("", words))
