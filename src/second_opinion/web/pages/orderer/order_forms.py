"""What each part of a guided order asks, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.cases.models import Case, Order
from second_opinion.cases.states import ReportOrder
from second_opinion.web.pages.orderer.order_fields import Answers, Written, amount, text

MOST_QUESTIONS = 5


class BeginForm(forms.Form):
    """A role, who delivers, and perhaps an earlier case to begin from."""

    role = forms.CharField(label=_("Which role is it about?"), max_length=200)
    provider = forms.ChoiceField(label=_("Who is to give the second opinion?"))
    earlier = forms.ChoiceField(
        label=_("Begin from an earlier case"),
        help_text=_("Takes all from it but the finalists, why, and how they were chosen."),
        required=False,
    )

    def __init__(
        self,
        answers: Answers = None,
        *,
        providers: Iterable[Organisation],
        earlier: Iterable[Case],
    ) -> None:
        super().__init__(answers)
        self.fields["provider"].choices = [  # type: ignore[attr-defined]  # a ChoiceField's
            (str(each.pseudonym), each.name) for each in providers
        ]
        self.fields["earlier"].choices = [  # type: ignore[attr-defined]
            ("", gettext("No, from the beginning")),
            *((str(each.pseudonym), f"{each.role}, {each.reference}") for each in earlier),
        ]


class RoleForm(forms.Form):
    role = forms.CharField(label=_("The role"), max_length=200)
    role_preview = text(
        _("The role as it is"),
        _(
            "What a week looks like, what is hard, what the last one found difficult. The "
            "candidates read it before they say yes."
        ),
        rows=6,
    )
    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.LANGUAGES)


class WhyForm(forms.Form):
    why = text(
        _("Why do you want a second opinion?"),
        _(
            "In your own words. The candidates read them under your name, and none of them is "
            "told anything before you have signed. You sign when you send the order."
        ),
        rows=6,
    )


class QuestionsForm(forms.Form):
    """Questions by their place, and the competence that the client lacks."""

    competence_lacking = text(
        _("What can you not judge yourselves?"),
        _("A subject, a trade, a kind of leadership. Write “nothing” if it is so."),
        rows=3,
    )

    def __init__(self, answers: Answers = None, *, initial: Written = None) -> None:
        super().__init__(answers, initial=initial)
        for number in range(1, MOST_QUESTIONS + 1):
            self.fields[f"question_{number}"] = text(
                gettext("Question %(number)s") % {"number": number}, rows=2, longest=500
            )
        self.order_fields([name for name in self.fields if name != "competence_lacking"])

    @property
    def questions(self) -> list[str]:
        return [self.cleaned_data[f"question_{number}"] for number in range(1, MOST_QUESTIONS + 1)]


class DecidersForm(forms.Form):
    deciders = forms.MultipleChoiceField(
        label=_("Who takes part in the decision?"),
        help_text=_("Each of them approves the criteria before anybody is assessed."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, answers: Answers = None, *, people: Iterable[Person], initial: Written = None
    ) -> None:
        super().__init__(answers, initial=initial)
        self.people = {str(person.pseudonym): person for person in people}
        self.fields["deciders"].choices = [  # type: ignore[attr-defined]
            (key, person.name) for key, person in self.people.items()
        ]

    @property
    def chosen(self) -> list[Person]:
        return [self.people[key] for key in self.cleaned_data["deciders"]]


class TermsForm(forms.Form):
    due_on = forms.DateField(
        label=_("When do you need the report?"),
        help_text=_("It is due at 24:00 that day. Allow two working days for a candidate's reply."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    report_order = forms.ChoiceField(
        label=_("Who reads it first?"),
        help_text=_(
            "First is the default: a candidate can correct facts for two working days before you "
            "read. At the same time is two days faster, and you may read what turns out wrong."
        ),
        choices=ReportOrder.choices,
        widget=forms.RadioSelect,
    )
    further_readers = text(
        _("Who else at your organisation reads the report?"),
        _("One on each line, with their part in it. You and the deciders read it anyway."),
        rows=2,
    )
    minutes_allowed = forms.IntegerField(
        label=_("Most minutes of each candidate's time"),
        help_text=_("240 is what candidates can be expected to give."),
        min_value=30,
        max_value=Order.LONGEST_MINUTES,
    )
    price = amount(_("Agreed price of one opinion on one candidate, in kronor"))
    cost_of_wrong_hire = amount(
        _("What would a wrong hire cost you, in kronor?"), _("A rough figure will do.")
    )
    yearly_pay = amount(_("Yearly pay of the role, in kronor"))
    worked_out = forms.FloatField(
        label=_(
            "Of ten people you would have hired at this point without us, how many worked out?"
        ),
        help_text=_("Between five and eight is usual. Empty means six."),
        required=False,
        min_value=1,
        max_value=9,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
