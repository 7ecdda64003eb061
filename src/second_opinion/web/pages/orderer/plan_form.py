"""What a plan of the assessment asks: which methods on which criterion, and what each takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from second_opinion.cases import selectors
from second_opinion.cases.models import Case, Criterion, Order
from second_opinion.cases.states import Method
from second_opinion.ingest.plan_file import MethodEntry, PlanCriterion, PlanFile
from second_opinion.reports.analysis.plan_methods import usual_figures
from second_opinion.web.pages.orderer.worth_form import GREATEST_AMOUNT

USABLE_ANYWHERE = frozenset({Method.INTERVIEW, Method.WORK_SAMPLE, Method.REFERENCE})
"""The others measure some things and not all: only where somebody has ticked them."""

Chosen = frozenset[tuple[Method, str]]
"""Pairs of a method and the criterion that it is to measure."""


class PlanForm(forms.Form):
    """A grid of criteria by methods, the limits, and each method's figures for one criterion."""

    minutes = forms.IntegerField(
        label=_("Most minutes of each candidate's time"),
        min_value=0,
        max_value=Order.LONGEST_MINUTES,
    )
    price = forms.FloatField(
        label=_("Most to pay for each candidate, kronor"),
        help_text=_("Empty where there is no limit."),
        required=False,
        min_value=0,
        max_value=GREATEST_AMOUNT,
    )

    def __init__(
        self, case: Case, criteria: Sequence[Criterion], answers: Mapping[str, Any] | None = None
    ) -> None:
        self.case, self.criteria = case, criteria
        super().__init__(as_written(case, criteria) if answers is None else answers)
        for criterion in criteria:
            self.fields[f"uses_{criterion.position}"] = forms.MultipleChoiceField(
                label=criterion.name,
                required=False,
                choices=Method.choices,
                widget=forms.CheckboxSelectMultiple,
            )
        for method in Method:
            for figure, (low, high, step) in _FIGURES.items():
                self.fields[_name(figure, method)] = forms.FloatField(
                    label=f"{method.label.capitalize()}, {figure_label(figure)}",
                    min_value=low,
                    max_value=high,
                    widget=forms.NumberInput(attrs={"step": step}),
                )

    @property
    def limits(self) -> list[forms.BoundField]:
        return [self["minutes"], self["price"]]

    @property
    def grid(self) -> list[forms.BoundField]:
        return [self[f"uses_{criterion.position}"] for criterion in self.criteria]

    @property
    def takes(self) -> Iterator[Takes]:
        for method in Method:
            yield Takes(method, [self[_name(figure, method)] for figure in _FIGURES])

    @property
    def chosen(self) -> Chosen:
        """What is ticked."""
        return frozenset(
            (Method(method), criterion.name)
            for criterion in self.criteria
            for method in self.cleaned_data[f"uses_{criterion.position}"]
        )

    def file(self) -> PlanFile:
        """What a plan is chosen from."""
        case, answers = self.case, self.cleaned_data
        return PlanFile(
            role=case.role,
            language=get_language() or "sv",
            scale_low=case.scale_low,
            scale_high=case.scale_high,
            bar=case.bar,
            minutes=float(answers["minutes"]),
            price=answers["price"],
            yearly_pay=case.yearly_pay or None,
            criteria=tuple(
                PlanCriterion(name=each.name, weight=each.weight) for each in self.criteria
            ),
            methods=tuple(self._methods()),
        )

    def _methods(self) -> Iterator[MethodEntry]:
        chosen = self.chosen
        for method in Method:
            usable = tuple(
                each.name
                for each in self.criteria
                if method in USABLE_ANYWHERE or (method, each.name) in chosen
            )
            if usable:
                yield MethodEntry(
                    name=str(method.label),
                    criteria=usable,
                    **{figure: self.cleaned_data[_name(figure, method)] for figure in _FIGURES},
                )


@dataclass(frozen=True, slots=True)
class Takes:
    """What a method takes and tells, for one criterion."""

    method: Method
    figures: list[forms.BoundField]


def as_written(case: Case, criteria: Sequence[Criterion]) -> dict[str, Any]:
    """What the profile and the order say; usual figures for the rest."""
    written: dict[str, Any] = {"minutes": selectors.minutes_allowed_of(case)}
    for criterion in criteria:
        written[f"uses_{criterion.position}"] = criterion.methods
    usual = usual_figures(n_criteria=max(len(criteria), 1), price=case.price or 0.0)
    for method in Method:
        figures = usual[method.value]
        written[_name("minutes", method)] = f"{figures.minutes:g}"
        written[_name("price", method)] = f"{figures.price:.0f}"
        written[_name("reliability", method)] = f"{figures.reliability:.2f}"
    return written


def figure_label(figure: str) -> str:
    return {
        "minutes": gettext("minutes"),
        "price": gettext("kronor"),
        "reliability": gettext("reliability"),
    }[figure]


def _name(figure: str, method: Method) -> str:
    return f"{figure}_{method.name.lower()}"


_FIGURES = {
    "minutes": (0, Order.LONGEST_MINUTES, "any"),
    "price": (0, GREATEST_AMOUNT, "any"),
    "reliability": (0.01, 0.99, "0.01"),
}
"""Least, most and step of each of a method's figures."""
