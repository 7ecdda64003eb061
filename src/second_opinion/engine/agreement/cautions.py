"""When a statistic of agreement must not be read as it stands.

The limits are our assumptions, stated in docs/methods/agreement.md.
"""

from __future__ import annotations

LEAST_UNITS = 20
LARGEST_SHARE = 0.9

NO_PAIRS = "No unit was rated by two raters, so there is no agreement to measure."
ONE_VALUE = "All ratings are the same value, so agreement cannot be told from chance."
NO_TWICE = "No rater rated two units, so raters' levels cannot be told from units."
TOO_MANY_RATERS = "There are too many raters to compare each with every other."
NO_WIDTH = "Raters agree on every unit, so the ratings give the interval no width."


def few_units(n: int) -> tuple[str, ...]:
    if n >= LEAST_UNITS:
        return ()
    return (
        f"Only {n} units were rated twice or more; below {LEAST_UNITS} one unit can turn the "
        "estimate, and the interval is rough.",
    )


def skewed_margins(share: float) -> tuple[str, ...]:
    """Share of all ratings that are the most common value, 0 to 1."""
    if share < LARGEST_SHARE:
        return ()
    return (
        f"{share:.0%} of the ratings are one value; agreement beyond chance then rests on the few "
        "others and can be near zero although raters nearly always agree.",
    )


def constant_raters(n_constant: int, n_raters: int) -> tuple[str, ...]:
    if not n_constant:
        return ()
    return (
        f"{n_constant} of {n_raters} raters gave everything the same value and so say nothing of "
        "how units differ.",
    )


def rated_once(n_once: int) -> tuple[str, ...]:
    if not n_once:
        return ()
    return (f"{n_once} units were rated once only; they say nothing of agreement.",)
