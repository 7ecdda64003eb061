"""What is asked of every tie: since when, and whether it still holds."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from second_opinion.panels.states import Ending


class EndingForm(forms.Form):
    """Whether a tie still holds, since when or until when, and what shows it."""

    ending = forms.ChoiceField(
        choices=Ending.choices, widget=forms.RadioSelect, label=_("Does it still hold?")
    )
    began_on = forms.DateField(
        required=False,
        label=_("The day it began, if known"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ended_on = forms.DateField(
        required=False,
        label=_("The day it ended"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    document = forms.CharField(
        required=False,
        max_length=200,
        label=_("What shows it, if anything does"),
        help_text=_("For example a contract, or a page of a CV."),
    )
