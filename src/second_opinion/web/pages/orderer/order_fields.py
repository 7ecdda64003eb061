"""Fields that several parts of a guided order ask with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from second_opinion.web.pages.orderer.worth_form import GREATEST_AMOUNT

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Answers = Mapping[str, Any] | None
Written = dict[str, Any] | None
LONGEST_TEXT = 10_000


def text(
    label: StrOrPromise, hint: StrOrPromise = "", *, rows: int = 4, longest: int = LONGEST_TEXT
) -> forms.CharField:
    """Running text that may be left empty; rows is the height of its box."""
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
    """Kronor, 0 or more; may be left empty."""
    return AmountField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=GREATEST_AMOUNT,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
