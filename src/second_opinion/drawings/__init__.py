"""Static drawings for every page, report and command: plain numbers and words in, SVG out."""

from second_opinion.drawings.curves import Curve, Level, draw_curves, draw_peaks
from second_opinion.drawings.figure import Cell, Figure, as_csv
from second_opinion.drawings.forest import Interval, draw_forest
from second_opinion.drawings.hundreds import draw_hundreds
from second_opinion.drawings.ladder import Ladder, draw_ladders
from second_opinion.drawings.matrix import Cell as Square
from second_opinion.drawings.matrix import draw_matrix
from second_opinion.drawings.one_ruler import Band, Ladders, draw_one_ruler
from second_opinion.drawings.rows import RowOfDots, draw_rows

__all__ = [
    "Band",
    "Cell",
    "Curve",
    "Figure",
    "Interval",
    "Ladder",
    "Ladders",
    "Level",
    "RowOfDots",
    "Square",
    "as_csv",
    "draw_curves",
    "draw_forest",
    "draw_hundreds",
    "draw_ladders",
    "draw_matrix",
    "draw_one_ruler",
    "draw_peaks",
    "draw_rows",
]
