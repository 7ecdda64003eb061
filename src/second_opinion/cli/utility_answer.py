"""The figures of `second-opinion utility`, from its options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from second_opinion.engine import decision
from second_opinion.engine.errors import ArgumentError

Options = Mapping[str, float | None]


def answer_to(asked: Options) -> dict[str, Any]:
    """Each figure that the options allow; the others are absent."""
    validity = _validity(asked)
    used = validity["used"]
    base = _number(asked, "base_rate")
    finalists = int(_number(asked, "finalists"))
    across = decision.across_hires(
        used,
        base_rate=base,
        validity_sd=_number(asked, "validity_sd"),
        finalists=finalists,
    )
    answer: dict[str, Any] = {
        "given": {name: value for name, value in asked.items() if value is not None},
        "validity": validity,
        "right_order": float(decision.right_order(used)),
        "best_of_finalists": {
            "finalists": finalists,
            "gain": float(decision.expected_gain_of_best(finalists, used)),
            "gain_with_the_option_of_none": float(
                decision.expected_gain_of_best(finalists, used, threshold=decision.break_even(base))
            ),
        },
        "across_hires": {
            "share_hired": across.share_hired,
            "disappoint_of_100": across.disappoint_of_100,
            "disappoint_of_100_before": across.disappoint_of_100_before,
        },
        "expectancy": _expectancy(used, base, _number(asked, "validity_sd")),
    }
    if asked["selection_ratio"] is not None:
        answer["selection"] = _selection(asked, used, base)
    if asked["sd_performance"] is not None:
        answer["money"] = _money(asked, used)
    return answer


def _validity(asked: Options) -> dict[str, float]:
    """Of one opinion, of the mean of several, and among finalists."""
    one = _number(asked, "validity")
    figures = {"of_one": one, "used": one}
    opinions, reliability = _number(asked, "opinions"), asked["reliability"]
    if reliability is None and opinions != 1:
        raise ArgumentError("The mean of several opinions needs --reliability of one.")
    if reliability is not None:
        figures["reliability"] = float(decision.spearman_brown(reliability, opinions))
        figures["used"] = float(decision.validity_of_mean(one, opinions, reliability=reliability))
        figures["of_mean"] = figures["used"]
    if asked["sd_ratio"] is not None:
        figures["among_finalists"] = _among_finalists(asked, figures)
        figures["used"] = figures["among_finalists"]
    # refuses what lies outside -1 to 1 before anything is reckoned from it
    decision.right_order(figures["used"])
    return figures


def _among_finalists(asked: Options, figures: Mapping[str, float]) -> float:
    """Indirect where the reliability is known, since finalists are chosen on something else."""
    ratio = _number(asked, "sd_ratio")
    reliability = figures.get("reliability")
    if reliability:
        return float(
            decision.indirectly_restricted(figures["used"], ratio, reliability=reliability)
        )
    return float(decision.range_restricted(figures["used"], ratio))


def _selection(asked: Options, validity: float, base: float) -> dict[str, float]:
    ratio = _number(asked, "selection_ratio")
    return {
        "selection_ratio": ratio,
        "success": float(decision.taylor_russell(base, ratio, validity=validity)),
        "success_before": float(
            decision.taylor_russell(base, ratio, validity=_number(asked, "validity_before"))
        ),
        "mean_standing": float(decision.mean_standing_selected(ratio)),
        "mean_performance": float(decision.naylor_shine(validity, ratio)),
    }


def _money(asked: Options, validity: float) -> dict[str, float]:
    """By the selection ratio where there is one, else by the best of the finalists."""
    before, tenure = _number(asked, "validity_before"), _number(asked, "tenure")
    sd, hires = _number(asked, "sd_performance"), _number(asked, "hires")
    cost, overhead = _number(asked, "cost_per_applicant"), _number(asked, "overhead")
    if asked["selection_ratio"] is not None:
        gain = decision.brogden_cronbach_gleser(
            hires,
            tenure,
            validity=validity,
            validity_before=before,
            selection_ratio=asked["selection_ratio"],
            sd_performance=sd,
            cost_per_applicant=cost,
            overhead=overhead,
        )
        return {"gain": float(gain)}
    return {
        "gain": float(
            decision.gain_of_best(
                hires,
                tenure,
                finalists=_number(asked, "finalists"),
                validity=validity,
                validity_before=before,
                sd_performance=sd,
                cost_per_applicant=cost,
                overhead=overhead,
            )
        )
    }


def _expectancy(validity: float, base: float, spread: float) -> list[dict[str, float]]:
    table = decision.expectancy_table(abs(validity), base, validity_sd=spread)
    return [
        {"band": place, "success": float(mid), "low": float(low), "high": float(high)}
        for place, (mid, low, high) in enumerate(
            zip(table.success, table.low, table.high, strict=True), start=1
        )
    ]


def _number(asked: Options, name: str) -> float:
    value = asked[name]
    if value is None:
        raise ArgumentError(f"{name} is needed.")
    return float(value)
