"""What each part of a guided order asks, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.cases import selectors
from second_opinion.cases.models import Case, Criterion, Order
from second_opinion.cases.services import CandidateEntry, Grounds
from second_opinion.cases.services.order import MOST_CANDIDATES
from second_opinion.cases.states import Method, ReportOrder
from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.web.pages.orderer.worth_form import GREATEST_AMOUNT

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Answers = Mapping[str, Any] | None
Written = dict[str, Any] | None

MOST_QUESTIONS = 5
LONGEST_TEXT = 10_000
MOST_POINTS = 11


def text(
    label: StrOrPromise, hint: StrOrPromise = "", *, rows: int = 4, longest: int = LONGEST_TEXT
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AmountField(forms.FloatField):
    """An amount as people write it, with spaces between the thousands."""

    def to_python(self, value: object) -> float | None:  # type: ignore[override]  # stubs: int
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


def amount(label: StrOrPromise, hint: StrOrPromise = "") -> forms.FloatField:
    return AmountField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=GREATEST_AMOUNT,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


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


def candidates_written(case: Case) -> dict[str, Any]:
    order = selectors.order_of(case)
    written: dict[str, Any] = {"how_chosen": order.how_chosen}
    for number in range(1, MOST_CANDIDATES + 1):
        written[f"language_{number}"] = case.language
    for candidacy in case.candidacies.all():
        written[f"name_{candidacy.position}"] = candidacy.name
        written[f"email_{candidacy.position}"] = candidacy.email
        written[f"language_{candidacy.position}"] = candidacy.language
    return written
