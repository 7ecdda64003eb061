"""How many of a hundred: two grids or more of a hundred squares each, some of them filled.

The filled ones stand together and first, so that they can be counted by the row; the number is
said beside them, and a key below tells in words what a filled and an open square mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from second_opinion.drawings import pen

_IN_A_ROW, _SQUARE, _STEP = 20, 6.5, 10.0
_LEFT = 96.0


def draw_hundreds(
    *,
    title: str,
    description: str,
    rows: Sequence[tuple[str, int, str]],
    key: tuple[str, str],
    identity: str = "",
) -> str:
    """The SVG of a grid of a hundred for each row.

    rows : name, how many of the hundred, and that number in words
    key : what a filled and an open square mean
    """
    shapes: list[str] = []
    y = 4.0
    for name, filled, said in rows:
        lines = [*pen.wrapped(name, _LEFT - 8), *pen.wrapped(said, _LEFT - 8)]
        shapes += [pen.text(line, 0, y + 9 + pen.LINE * place) for place, line in enumerate(lines)]
        shapes += _grid(filled, y)
        y += max(_STEP * 100 / _IN_A_ROW, pen.LINE * len(lines)) + 10
    keys, y = _key(key, y)
    return pen.svg(
        [*shapes, *keys], title=title, description=description, height=y, identity=identity
    )


def _grid(filled: int, top: float) -> list[str]:
    shapes = []
    for place in range(100):
        row, column = divmod(place, _IN_A_ROW)
        draw = pen.block if place < filled else pen.frame
        left = _LEFT + column * _STEP + (_STEP if column >= _IN_A_ROW // 2 else 0)  # a gap at ten
        shapes.append(draw(left, top + row * _STEP, _SQUARE, _SQUARE))
    return shapes


def _key(words: tuple[str, str], y: float) -> tuple[list[str], float]:
    shapes = []
    for draw, said in zip((pen.block, pen.frame), words, strict=True):
        shapes.append(draw(0.8, y + 4, _SQUARE, _SQUARE))
        shapes.append(pen.text(said, _SQUARE + 8, y + 11, tone=pen.QUIET))
        y += pen.LINE
    return shapes, y + 4
