"""How an adaptive questionnaire chooses, and when it stops."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from second_opinion.engine.errors import ArgumentError

Criterion = Literal["information", "expected_variance"]


class StopReason(Enum):
    """Why nothing more is asked."""

    PRECISE = "precise"
    MOST_ITEMS = "most_items"
    MOST_SECONDS = "most_seconds"
    NOTHING_LEFT = "nothing_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveRules:
    """Choice and end.

    criterion : "information", Fisher's at the posterior mean; or "expected_variance", the
        posterior variance that is expected after the answer, which is surer after few items
    n_best : one of so many best items is drawn (randomesque), so that none is asked of everybody;
        1 for the best
    standard_error : a scale is precise enough when its posterior deviation is at most this; None
        to go on to another end
    most_items : of all scales together; None for no ceiling
    most_seconds : that answering may have taken before another item is asked; None for no ceiling
    fewest_items : of each scale, before it can be precise

    Raises
    ------
    ArgumentError : one of them is outside what it can mean

    References
    ----------
    van der Linden and Pashley (2010) for the criteria; Kingsbury and Zara (1989) for content by
    shares and for the draw among the best.
    """

    criterion: Criterion = "information"
    n_best: int = 1
    standard_error: float | None = None
    most_items: int | None = None
    most_seconds: float | None = None
    fewest_items: int = 1

    def __post_init__(self) -> None:
        if self.criterion not in ("information", "expected_variance"):
            raise ArgumentError(
                f"criterion is information or expected_variance; got {self.criterion!r}."
            )
        if self.n_best < 1 or self.fewest_items < 0:
            raise ArgumentError(
                "n_best is at least 1 and fewest_items at least 0; got "
                f"{self.n_best} and {self.fewest_items}."
            )
        for name, ceiling in (
            ("standard_error", self.standard_error),
            ("most_items", self.most_items),
            ("most_seconds", self.most_seconds),
        ):
            if ceiling is not None and not ceiling > 0:
                raise ArgumentError(f"{name} must be above 0, or None; got {ceiling:g}.")
