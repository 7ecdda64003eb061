"""What the page about the worth of a second opinion asks, and the order that the answers make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from second_opinion.ingest.order_file import (
    ChosenBy,
    Dependence,
    FinalistEntry,
    OrderFile,
    SecondOpinionEntry,
)
from second_opinion.library.validity import DEFAULT_VALUE_SET

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_CANDIDATES = 3
GREATEST_AMOUNT = 100_000_000
NO_FIRST_OPINION = ""

CHOSEN_BY = (
    (ChosenBy.APPLICATION, _("by their applications")),
    (ChosenBy.SCREENING, _("by short interviews or references")),
    (ChosenBy.TESTS, _("by tests")),
    (ChosenBy.NOTHING, _("not at all: they were asked")),
)
FIRST_METHODS = (
    ("unstructured_interview", _("we talked with them")),
    ("structured_interview", _("we asked all the same questions and rated the answers")),
    (NO_FIRST_OPINION, _("not yet")),
)
DEPENDENCE = (
    (Dependence.INDEPENDENT, _("nothing: another firm, another meeting")),
    (Dependence.SAME_TRAINING, _("the same training or method")),
    (Dependence.SAME_EMPLOYER, _("the same employer")),
    (Dependence.SAME_MATERIAL, _("the same recording or file of the candidate")),
)


def amount(
    label: StrOrPromise, *, initial: int | None = None, is_needed: bool = False
) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        initial=initial,
        required=is_needed,
        min_value=0,
        max_value=GREATEST_AMOUNT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "any"}),
    )


def slider(
    label: StrOrPromise, *, low: float, high: float, step: float, initial: float
) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        initial=initial,
        min_value=low,
        max_value=high,
        widget=forms.NumberInput(attrs={"type": "range", "step": step}),
    )


def choice(
    label: StrOrPromise, choices: Sequence[tuple[str, StrOrPromise]], *, is_needed: bool = True
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=is_needed)


class WorthForm(forms.Form):
    """Nothing of it is stored: it is answered and forgotten.

    names : of the finalists, where an order names them
    """

    role = forms.CharField(label=_("The role"), max_length=200, required=False)
    yearly_pay = amount(_("Yearly pay, kronor"), initial=720_000)
    cost_of_wrong_hire = amount(_("What a wrong hire would cost you in all, if you know it"))
    tenure = slider(_("Years the person is expected to stay"), low=1, high=10, step=1, initial=3)
    worked_out = slider(
        _("Of ten people you would have hired at this point without us, how many worked out?"),
        low=1,
        high=9,
        step=0.5,
        initial=6,
    )
    chosen_by = choice(_("How were the finalists chosen?"), CHOSEN_BY)
    first_method = choice(_("Your own opinion so far"), FIRST_METHODS, is_needed=False)
    price = amount(_("Price of one second opinion, kronor"), initial=25_000, is_needed=True)
    delay_per_day = amount(_("What each day of waiting costs you, kronor"), initial=0)
    dependence = choice(_("What would the second assessor share with the first?"), DEPENDENCE)

    def __init__(
        self, answers: Mapping[str, Any] | None = None, *, names: Sequence[str] = ()
    ) -> None:
        super().__init__(answers)
        self.names = tuple(names)
        for number in self._numbers:
            is_there = bool(names) or number == 1
            self.fields[f"candidate_{number}"] = forms.ChoiceField(
                label=gettext("%(finalist)s: if you had to decide today, would you hire?")
                % {"finalist": self._name(number)},
                choices=[
                    *([] if is_there else [("", gettext("there is no such finalist"))]),
                    ("yes", gettext("yes")),
                    ("no", gettext("no")),
                ],
                required=is_there,
            )
            self.fields[f"sureness_{number}"] = slider(
                gettext("How sure are you, of ten?"), low=0, high=10, step=1, initial=6
            )
            self.fields[f"sureness_{number}"].required = False
        for name, field in self.fields.items():
            field.widget.attrs["aria-describedby"] = f"id_{name}_note"

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not (answers.get("yearly_pay") or answers.get("cost_of_wrong_hire")) and not (
            {"yearly_pay", "cost_of_wrong_hire"} & set(self.errors)
        ):
            self.add_error(
                "yearly_pay",
                gettext("Give the yearly pay or the cost of a wrong hire: one of them is needed."),
            )
        return answers

    @property
    def stakes(self) -> list[forms.BoundField]:
        return [
            self[name]
            for name in ("role", "yearly_pay", "cost_of_wrong_hire", "tenure", "delay_per_day")
            if name in self.fields
        ]

    @property
    def known(self) -> list[forms.BoundField]:
        return [self[name] for name in ("worked_out", "chosen_by", "first_method")]

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in ("price", "dependence")]

    @property
    def finalists(self) -> Iterator[Finalist]:
        for number in self._numbers:
            yield Finalist(self[f"candidate_{number}"], self[f"sureness_{number}"])

    def order(self) -> OrderFile:
        """The order that valid answers make."""
        answers = self.cleaned_data
        return OrderFile(
            role=answers.get("role") or gettext("the role"),
            language=get_language() or "sv",
            yearly_pay=answers["yearly_pay"] or None,
            cost_of_wrong_hire=answers["cost_of_wrong_hire"] or None,
            tenure=answers["tenure"],
            delay_per_day=answers["delay_per_day"] or 0.0,
            worked_out=answers["worked_out"],
            chosen_by=ChosenBy(answers["chosen_by"]),
            value_set=DEFAULT_VALUE_SET,
            first_method=answers["first_method"] or None,
            second=SecondOpinionEntry(
                price=answers["price"],
                methods=("structured_interview",),
                dependence=Dependence(answers["dependence"]),
            ),
            candidates=tuple(self._candidates()),
            prices={},
        )

    @property
    def _numbers(self) -> range:
        return range(1, (len(self.names) or MOST_CANDIDATES) + 1)

    def _name(self, number: int) -> str:
        if self.names:
            return self.names[number - 1]
        return gettext("Finalist %(number)d") % {"number": number}

    def _candidates(self) -> Iterator[FinalistEntry]:
        answers = self.cleaned_data
        for number in self._numbers:
            would_hire = answers[f"candidate_{number}"]
            if would_hire:
                yield FinalistEntry(
                    name=self._name(number),
                    would_hire=would_hire == "yes",
                    sureness=answers[f"sureness_{number}"],
                )


@dataclass(frozen=True, slots=True)
class Finalist:
    would_hire: forms.BoundField
    sureness: forms.BoundField


def as_at_first() -> dict[str, Any]:
    """The answers that the page begins with, so that it shows an example of its own answer."""
    form = WorthForm()
    answers = {name: field.initial for name, field in form.fields.items()}
    first = {
        name: field.choices[0][0]
        for name, field in form.fields.items()
        if hasattr(field, "choices")
    }
    return answers | first
