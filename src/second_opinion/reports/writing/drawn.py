"""What is drawn in a report: numbers on rulers and in grids, with the words that say them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One opinion's score; place is 0 for the first opinion, 1 for the second, and so on."""

    value: float
    value_label: str
    label: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An interval with its most likely value; a faint one is shown for comparison only."""

    label: str
    low: float
    mean: float
    high: float
    mean_label: str
    is_faint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A level drawn across the ruler."""

    value: float
    label: str
    is_minimum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Dots and intervals on a ruler; the title says the finding, the description says it all."""

    kind: ClassVar[str] = "drawing"

    title: str
    description: str
    scale_low: float
    scale_high: float
    dots_label: str = ""
    dots: tuple[Dot, ...] = ()
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """One criterion with each opinion's score, and what is said of their difference."""

    name: str
    dots: tuple[Dot, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Several values of several things, row by row on one ruler: opinions on each criterion, say.

    key : whose mark is whose, by place; bar : None where there is no level to reach
    """

    kind: ClassVar[str] = "drawing"

    title: str
    description: str
    scale_low: float
    scale_high: float
    bar: Mark | None
    rows: tuple[AgreementRow, ...]
    key: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One criterion, and for each source whether it was seen, not seen, or not looked for."""

    name: str
    cells: tuple[Literal["seen", "not seen", "not asked"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Criteria by sources; key says what a filled and an open square mean."""

    kind: ClassVar[str] = "drawing"

    title: str
    description: str
    sources: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    key: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HundredRow:
    """How many of a hundred, under one way of doing it; words say the number."""

    name: str
    count: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hundreds:
    """A grid of a hundred for each row; key says what a filled and an open square mean."""

    kind: ClassVar[str] = "drawing"

    title: str
    description: str
    rows: tuple[HundredRow, ...]
    key: tuple[str, str]


Drawn = Drawing | Agreement | Coverage | Hundreds
