"""The answer as data: what each option is worth, what to do, and what moves it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.success import AcrossHires
from second_opinion.engine.decision.worth.order import OptionKind
from second_opinion.engine.decision.worth.scenarios import Figure


class AdviceKind(StrEnum):
    """What to do."""

    ORDER = "order"
    DO_NOT_ORDER = "do not order"
    ASK_SOMEONE_INDEPENDENT = "ask someone independent instead"
    LOOK_AT_ONE_CRITERION = "look at one criterion instead"
    DO_SOMETHING_CHEAPER = "do something cheaper"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionWorth:
    """One option with every number of opinions.

    values, nets : (most,), for 1, 2, 3, ... on each candidate; before and after cost, money
    opinions : the best number; 0 where none pays
    value, cost, net : at the best number, or at one where none pays
    probability_of_change : that the answer would change the decision, at that number
    pays_up_to : the price of one opinion on one candidate at which it stops paying
    """

    name: str
    kind: OptionKind
    price: float
    delay_cost: float
    criterion: int | None
    values: Floats
    nets: Floats
    opinions: int
    value: float
    cost: float
    net: float
    probability_of_change: float
    pays_up_to: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The one thing to do.

    option : its place among the options; that of the second opinion where nothing pays
    opinions : how many on each candidate; 0 where nothing pays
    flips_at : the price of one second opinion on one candidate at which the advice turns between
        ordering and not ordering; None where no price above 0 turns it
    steadiness : share of the varied figures' ends at which the advice is the same, 0 to 1
    """

    kind: AdviceKind
    option: int
    opinions: int
    value: float
    cost: float
    net: float
    probability_of_change: float
    flips_at: float | None
    steadiness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatePrior:
    """One candidate as known now, before anything is ordered.

    expected_performance : standard deviations of performance in the reference group
    probability_of_success : averaged over how uncertain the validity is
    """

    expected_performance: float
    probability_of_success: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """One figure varied over its range, all else as in the order.

    net_low, net_high : what the second opinion gains after cost at either end, money
    advice_low, advice_high : what the advice would then be
    """

    figure: Figure
    low: float
    high: float
    net_low: float
    net_high: float
    advice_low: AdviceKind
    advice_high: AdviceKind

    @property
    def width(self) -> float:
        return abs(self.net_high - self.net_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What asking is worth for one order.

    break_even : performance at which hiring is as good as not, standard deviations
    slope : worth of one standard deviation of performance over the tenure, money
    perfect_assessment : worth of knowing exactly what assessments can show
    perfect_foresight : worth of knowing how it will go
    hires_now, hires_then : over many hires made as now, and with the second opinion as well
    tornado : what moves the net of the second opinion, the widest first
    """

    advice: Advice
    options: tuple[OptionWorth, ...]
    candidates: tuple[CandidatePrior, ...]
    break_even: float
    slope: float
    perfect_assessment: float
    perfect_foresight: float
    hires_now: AcrossHires
    hires_then: AcrossHires
    tornado: tuple[Swing, ...]
