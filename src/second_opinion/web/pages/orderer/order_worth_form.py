"""The questions about worth with what an order already says of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from second_opinion.cases import selectors
from second_opinion.cases.models import Case, Criterion
from second_opinion.cases.selectors import BeliefContent
from second_opinion.ingest.order_file import OrderFile, ProfileEntry
from second_opinion.reports.analysis.worth import VALIDITY_NAMES
from second_opinion.web.pages.orderer.worth_form import WorthForm, as_at_first


class OrderWorthForm(WorthForm):
    """Moved freely to see what would change; nothing of it changes the order."""

    def __init__(
        self,
        case: Case,
        beliefs: Mapping[str, BeliefContent],
        *,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        self.case = case
        self.criteria = list(selectors.criteria_of(case))
        written = as_written(case, beliefs) if answers is None else answers
        super().__init__(written, names=tuple(beliefs))
        del self.fields["role"]
        if len(self.criteria) > 1:
            self.fields["unseen"] = forms.MultipleChoiceField(
                label=_("Which of these have you seen nothing of yet?"),
                required=False,
                choices=[(each.name, each.name) for each in self.criteria],
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def unseen(self) -> forms.BoundField | None:
        return self["unseen"] if "unseen" in self.fields else None

    def order(self) -> OrderFile:
        """The order with its own role, criteria, methods and time until the report is due."""
        asked, unseen = super().order(), self.cleaned_data.get("unseen", ())
        shares = shares_of(self.criteria)
        return dataclasses.replace(
            asked,
            role=self.case.role,
            criteria=tuple(
                ProfileEntry(
                    name=each.name, weight=each.weight, is_observed=each.name not in unseen
                )
                for each in self.criteria
            ),
            second=dataclasses.replace(
                asked.second,
                methods=tuple(shares) or asked.second.methods,
                shares=shares,
                days=float(max((self.case.due_on - timezone.localdate()).days, 0)),
            ),
        )


def as_written(case: Case, beliefs: Mapping[str, BeliefContent]) -> dict[str, Any]:
    """The answers that the order gives; the page's own where it gives none."""
    written: dict[str, Any] = as_at_first() | {
        "yearly_pay": _typed(case.yearly_pay),
        "cost_of_wrong_hire": _typed(case.cost_of_wrong_hire),
        "price": _typed(case.price),
    }
    if case.worked_out is not None:
        written["worked_out"] = case.worked_out
    for number, belief in enumerate(beliefs.values(), start=1):
        written[f"candidate_{number}"] = "yes" if belief.would_hire else "no"
        written[f"sureness_{number}"] = belief.sure_of_ten
    return written


def _typed(amount: float | None) -> str:
    """As somebody would type it: 25000, and not 25000.0."""
    return "" if amount is None else f"{amount:.15g}"


def shares_of(criteria: Sequence[Criterion]) -> dict[str, float]:
    """How much of the profile's weight each method measures, as the value sets name them."""
    total = sum(each.weight for each in criteria)
    shares: dict[str, float] = {}
    for each in criteria:
        for method in each.methods:
            name = VALIDITY_NAMES[method]
            shares[name] = shares.get(name, 0.0) + each.weight / total
    return shares
