"""What is known of a candidate now, against what was known before the second opinion."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Block, Heading, Table
from second_opinion.reports.writing.drawn import Agreement, AgreementRow, Dot
from second_opinion.reports.writing.subject import Subject

_TICKS = (0, 25, 50, 75, 100)


def before_and_now(subject: Subject) -> Iterator[Block]:
    """Probabilities before and now; nothing where nothing was known before."""
    found = _probabilities(subject)
    if not found:
        return
    yield Heading(level=3, text=_("Known before, and known now"))
    yield Agreement(
        title=f"{names.person(subject.name)}: {_changes(found)}",
        description=_("A ruler of probability, from 0 to 100 percent."),
        scale_low=0,
        scale_high=100,
        bar=None,
        rows=tuple(
            AgreementRow(name=name, dots=(_dot(before, 0), _dot(now, 1)))
            for name, before, now in found
        ),
        key=(_("before the second opinion"), _("now")),
        ticks=tuple((value, numbers.whole_percent(value / 100)) for value in _TICKS),
    )
    yield Table(
        caption=_("Probability before and now"),
        columns=(_("The probability of"), *_when()),
        rows=tuple(
            (name, numbers.chances(before), numbers.chances(now)) for name, before, now in found
        ),
        shares=(2, 2, 2),
    )


def _changes(found: list[tuple[str, float, float]]) -> str:
    return "; ".join(
        _("%(what)s: %(before)s before, %(now)s now")
        % {"what": name, "before": numbers.percent(before), "now": numbers.percent(now)}
        for name, before, now in found
    )


def _when() -> tuple[str, str]:
    return _("Before"), _("Now")


def _probabilities(subject: Subject) -> list[tuple[str, float, float]]:
    """What, before and now, each from 0 to 1."""
    figures = subject.figures
    found = []
    if figures.first_alone and figures.has_number:
        before = figures.first_alone.probability_above_bar
        found.append((_("standing above the bar"), before, figures.whole.probability_above_bar))
    if figures.outlook is not None:
        found.append((_("working out in the role"), figures.outlook.before, figures.outlook.now))
    return found


def _dot(probability: float, place: int) -> Dot:
    return Dot(
        value=100 * probability,
        value_label=numbers.percent(probability),
        label=_when()[place],
        place=place,
    )
