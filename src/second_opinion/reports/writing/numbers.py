"""Numbers and dates in words, in the active language."""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from second_opinion.cases.writing.figures import figure
from second_opinion.reports.analysis import Estimate

_FRACTIONS = (
    (1, 10),
    (1, 5),
    (1, 4),
    (1, 3),
    (2, 5),
    (1, 2),
    (3, 5),
    (2, 3),
    (3, 4),
    (4, 5),
    (9, 10),
)
_RARE = 0.05


def points(value: float, *, decimals: int = 1) -> str:
    """Score points as they are read: 3.4 in English, 3,4 in Swedish; never a minus zero."""
    text = f"{round(value, decimals) + 0.0:.{decimals}f}"
    return text.replace("-", "\N{MINUS SIGN}").replace(".", _decimal_mark())


def signed(value: float) -> str:
    """Score points with their sign: +0.3."""
    text = points(value)
    return text if text.startswith("\N{MINUS SIGN}") else f"+{text}"


def score(value: float) -> str:
    """A score or level as it was given: 3, 3.5, 2.75."""
    return figure(value)


def reading(value: float) -> str:
    """What an instrument reads, or its error, to hundredths of a point: nobody knows more."""
    return score(round(value, 2))


def percent(share: float) -> str:
    """A share in whole percent; certainty is never claimed."""
    if share < 0.01:
        return _("under %(bound)s") % {"bound": whole_percent(0.01)}
    if share > 0.99:
        return _("over %(bound)s") % {"bound": whole_percent(0.99)}
    return whole_percent(share)


def whole_percent(share: float) -> str:
    """A share that was counted, not believed: 0 and 100 percent occur."""
    return f"{share * 100:.0f}{_percent_sign()}"


def weight(percent: float) -> str:
    """A criterion's weight as it was given: 30%, 12.5%."""
    return f"{score(percent)}{_percent_sign()}"


def chances(probability: float) -> str:
    """A probability in words and number: about 3 in 4 (76 %)."""
    return _("%(words)s (%(percent)s)") % {
        "words": odds(probability),
        "percent": percent(probability),
    }


def odds(probability: float) -> str:
    """A probability as a natural frequency."""
    if probability < _RARE:
        return _("less than 1 in 20")
    if probability > 1 - _RARE:
        return _("more than 19 in 20")
    part, whole = min(_FRACTIONS, key=lambda pair: abs(pair[0] / pair[1] - probability))
    return _("about %(part)d in %(whole)d") % {"part": part, "whole": whole}


def level(interval_level: float) -> str:
    """How often an interval holds the truth."""
    if round(interval_level, 6) == 0.8:
        return _("four times in five")
    if round(interval_level, 6) == 0.9:
        return _("nine times in ten")
    return _("in %(percent)s of cases") % {"percent": percent(interval_level)}


def between(estimate: Estimate, *, low: float, high: float) -> str:
    """An interval's ends as words; what reaches past the scale is shown to the scale's end."""
    return _("%(low)s to %(high)s") % {
        "low": points(max(estimate.low, low)),
        "high": points(min(estimate.high, high)),
    }


def day(value: date) -> str:
    """A date in words."""
    return formats.date_format(value, "j F Y")


def size(value: float) -> str:
    """A distance on the scale with its unit: 1 point, 2.1 points."""
    number = score(round(abs(value), 1))
    return ngettext("%(number)s point", "%(number)s points", 1 if number == "1" else 2) % {
        "number": number
    }


def listed(names: tuple[str, ...]) -> str:
    """Names as running text: one, two and three."""
    if len(names) < 2:
        return "".join(names)
    return _("%(all_but_last)s and %(last)s") % {
        "all_but_last": ", ".join(names[:-1]),
        "last": names[-1],
    }


def _percent_sign() -> str:
    return "\N{NO-BREAK SPACE}%" if _is_swedish() else "%"


def _decimal_mark() -> str:
    return "," if _is_swedish() else "."


def _is_swedish() -> bool:
    return (get_language() or "").startswith("sv")
