"""What is asked of a tie: to whom, of what kind, and whether it still holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from second_opinion.panels.services import Named
from second_opinion.panels.states import Source, TieKind
from second_opinion.web.pages.ending_form import EndingForm


class TieForm(EndingForm):
    """One's own tie to somebody."""

    name = forms.CharField(label=_("Name of the person or firm"), max_length=200)
    is_firm = forms.TypedChoiceField(
        choices=[("no", _("a person")), ("yes", _("a firm"))],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
        label=_("Person or firm?"),
    )
    kind = forms.TypedChoiceField(choices=TieKind.choices, coerce=TieKind, label=_("What ties you"))
    former_names = forms.CharField(
        label=_("Earlier family names, if any"), max_length=200, required=False
    )
    mail = forms.CharField(
        label=_("Mail address or domain, if known"),
        max_length=254,
        required=False,
        help_text=_("It tells namesakes apart."),
    )
    registry_number = forms.CharField(
        label=_("Registry number of the firm, if known"), max_length=40, required=False
    )
    field_order = (
        "whose",
        "kind",
        "name",
        "is_firm",
        "former_names",
        "mail",
        "registry_number",
        "ending",
        "began_on",
        "ended_on",
        "source",
        "document",
    )

    def named(self) -> Named:
        sent = self.cleaned_data
        return Named(
            name=sent["name"],
            is_firm=sent["is_firm"],
            former_names=sent["former_names"],
            mail=sent["mail"],
            registry_number=sent["registry_number"],
        )


class CaseTieForm(TieForm):
    """A tie of somebody in the case, entered by its coordinator."""

    whose = forms.ChoiceField(label=_("Whose tie it is"))
    source = forms.TypedChoiceField(
        choices=[one for one in Source.choices if one[0] != Source.ASSESSOR],
        coerce=Source,
        label=_("Who says so"),
    )

    def __init__(
        self, sent: Mapping[str, str] | None = None, *, parties: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(sent)
        self.fields["kind"].label = _("What ties them")
        self.fields["document"].help_text = _(
            "For example a contract, or a page of a CV. Candidates can read this of themselves."
        )
        self.offer(parties)

    def offer(self, parties: Sequence[tuple[str, str]]) -> None:
        """Whose tie it can be, by pseudonym and name."""
        self.offered = list(parties)
        whose = self.fields["whose"]
        if isinstance(whose, forms.ChoiceField):
            whose.choices = self.offered
