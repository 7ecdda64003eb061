"""One criterion of a guided order: its form, and what is written of it already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from second_opinion.cases.models import Case, Criterion
from second_opinion.cases.services import Grounds
from second_opinion.cases.states import Method
from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.web.pages.orderer.order_fields import Answers, Written, text

MOST_POINTS = 11


class CriterionForm(forms.Form):
    """One criterion, with a field for each point of the case's scale."""

    name = forms.CharField(label=_("Criterion"), max_length=200)
    definition = text(_("What is meant by it"), rows=2)
    reason = text(_("Why does the job demand it?"), rows=2)
    weight = forms.FloatField(
        label=_("Weight, per cent"),
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    minimum = forms.FloatField(
        label=_("Lowest acceptable level"),
        help_text=_("Empty where there is none."),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    methods = forms.MultipleChoiceField(
        label=_("What measures it?"),
        required=False,
        choices=Method.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, answers: Answers = None, *, case: Case, auto_id: str, initial: Written = None
    ) -> None:
        super().__init__(answers, initial=initial, auto_id=auto_id)
        self.points = list(points_of(case))
        for point in self.points:
            self.fields[f"anchor_{point:g}"] = text(
                gettext("What level %(point)s looks like") % {"point": f"{point:g}"}, rows=2
            )

    @property
    def entry(self) -> CriterionEntry:
        cleaned = self.cleaned_data
        described = {point: cleaned[f"anchor_{point:g}"].strip() for point in self.points}
        return CriterionEntry(
            name=cleaned["name"],
            definition=cleaned["definition"],
            weight=cleaned["weight"],
            minimum=cleaned["minimum"],
            anchors={point: words for point, words in described.items() if words},
        )

    @property
    def grounds(self) -> Grounds:
        return Grounds(
            reason=self.cleaned_data["reason"],
            methods=tuple(Method(method) for method in self.cleaned_data["methods"]),
        )


def written_of(criterion: Criterion) -> dict[str, Any]:
    """A criterion as the initial values of its form."""
    anchors = {f"anchor_{float(point):g}": words for point, words in criterion.anchors}
    return {
        "name": criterion.name,
        "definition": criterion.definition,
        "reason": criterion.reason,
        "weight": criterion.weight,
        "minimum": criterion.minimum,
        "methods": criterion.methods,
        **anchors,
    }


def points_of(case: Case) -> Iterator[float]:
    """Whole steps of the scale, from the lowest."""
    steps = min(int(case.scale_high - case.scale_low), MOST_POINTS - 1)
    return (case.scale_low + step for step in range(steps + 1))
