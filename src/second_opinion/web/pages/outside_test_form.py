"""What is asked about an outside test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from second_opinion.instruments.selectors import OutsideTest
from second_opinion.instruments.states import Measured

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _number(label: StrOrPromise, *, hint: StrOrPromise = "", **limits: Any) -> forms.FloatField:  # noqa: ANN401  # Django's own arguments
    return forms.FloatField(
        label=label,
        help_text=hint,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        **limits,
    )


def _date(label: StrOrPromise, *, is_needed: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_needed,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class OutsideTestForm(forms.Form):
    """Every field is one of OutsideTest's, but the reason of a correction."""

    instrument = forms.CharField(
        label=_("Test, scale and version"),
        max_length=80,
        help_text=_("As the report shall call it, for example: Matrix test, version 2."),
    )
    measures = forms.ChoiceField(label=_("What it is about"), choices=Measured.choices)
    criterion = forms.ChoiceField(label=_("Criterion that it speaks of"))
    score = _number(_("Score"))
    norm_mean = _number(_("Mean of the norm group, in the same points"))
    norm_deviation = _number(
        _("Standard deviation of the norm group"),
        hint=_("T scores have 50 and 10, stens 5.5 and 2, stanines 5 and 2, IQ 100 and 15."),
    )
    norm_group = forms.CharField(label=_("Who the norm group is"), max_length=120)
    norm_n = forms.IntegerField(label=_("How many they are, if known"), required=False, min_value=1)
    norm_year = forms.IntegerField(
        label=_("Year of the norm, if known"), required=False, min_value=1900, max_value=2200
    )
    reliability = _number(
        _("Reliability, from the manual"),
        hint=_("A number below 1, for this norm group. The error is reckoned from it."),
    )
    validity = _number(
        _("How strongly it goes with the criterion"),
        hint=_(
            "Leave it empty where the criterion is what the test measures, as general ability. "
            "Else a correlation between 0 and 1, from a study: the reading then counts for less."
        ),
        required=False,
    )
    validity_source = forms.CharField(
        label=_("The study that says so, with its year"), max_length=200, required=False
    )
    taken_on = _date(_("Day it was taken"))
    taken_in = forms.CharField(label=_("Language it was taken in"), max_length=40, required=False)
    tester = forms.CharField(label=_("Who gave it"), max_length=120)
    certificate = forms.CharField(
        label=_("Their certificate for it"), max_length=120, required=False
    )
    certified_until = _date(_("The certificate is valid until"), is_needed=False)

    def __init__(
        self,
        answers: Mapping[str, Any] | None = None,
        *,
        criteria: Sequence[str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(answers, initial=dict(initial or {}))
        field = self.fields["criterion"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(name, name) for name in criteria]

    def test(self) -> OutsideTest:
        """Of a form that is valid."""
        given = self.cleaned_data
        return OutsideTest(**given | {"measures": Measured(given["measures"])})
