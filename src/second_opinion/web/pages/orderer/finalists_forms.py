"""What a guided order asks of its finalists: who they are, and what is believed of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from second_opinion.cases import selectors
from second_opinion.cases.models import Case
from second_opinion.cases.services import CandidateEntry
from second_opinion.cases.services.order import MOST_CANDIDATES
from second_opinion.web.pages.orderer.order_fields import Answers, Written, text


class CandidatesForm(forms.Form):
    """Finalists by their place, and how they came to be finalists."""

    how_chosen = text(
        _("How were they found, and how were they chosen?"),
        _("Each of them has a right to know where you got their name."),
    )

    def __init__(self, answers: Answers = None, *, initial: Written = None) -> None:
        super().__init__(answers, initial=initial)
        for number in range(1, MOST_CANDIDATES + 1):
            words = {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(
                label=gettext("Finalist %(number)s") % words, required=False, max_length=200
            )
            self.fields[f"email_{number}"] = forms.EmailField(
                label=gettext("Private mail address of finalist %(number)s") % words,
                help_text=gettext("Never one at their present employer."),
                required=False,
            )
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=gettext("Language of finalist %(number)s") % words,
                choices=settings.LANGUAGES,
                required=False,
            )
        self.order_fields([name for name in self.fields if name != "how_chosen"])

    @property
    def entries(self) -> list[CandidateEntry]:
        return [
            CandidateEntry(
                name=self.cleaned_data[f"name_{number}"].strip(),
                email=self.cleaned_data[f"email_{number}"],
                language=self.cleaned_data[f"language_{number}"],
            )
            for number in range(1, MOST_CANDIDATES + 1)
        ]


def candidates_written(case: Case) -> dict[str, Any]:
    """Those that the case names already, as the initial values of the form."""
    order = selectors.order_of(case)
    written: dict[str, Any] = {"how_chosen": order.how_chosen}
    for number in range(1, MOST_CANDIDATES + 1):
        written[f"language_{number}"] = case.language
    for candidacy in case.candidacies.all():
        written[f"name_{candidacy.position}"] = candidacy.name
        written[f"email_{candidacy.position}"] = candidacy.email
        written[f"language_{candidacy.position}"] = candidacy.language
    return written


class BeliefForm(forms.Form):
    """On one candidate."""

    would_hire = forms.ChoiceField(
        label=_("Would you hire?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    sure_of_ten = forms.IntegerField(
        label=_("How sure are you?"),
        help_text=_("Of ten decisions like this one, how many would be right?"),
        min_value=0,
        max_value=10,
    )
