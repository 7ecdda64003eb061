"""What is asked when somebody is invited, given a role, or an organisation is entered."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from second_opinion.accounts.models import Organisation
from second_opinion.accounts.states import Role


class RolesForm(forms.Form):
    """Which roles at which organisation; whether the person asking may give them, services say."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Organisation"), empty_label=None
    )
    roles = forms.TypedMultipleChoiceField(
        choices=Role.choices,
        coerce=Role,
        widget=forms.CheckboxSelectMultiple,
        label=_("Roles"),
        help_text=_("At the client: orderer, decider or assessor. At the provider: the others."),
        error_messages={"required": _("Choose at least one role.")},
    )

    def __init__(
        self,
        sent: Mapping[str, str] | None = None,
        *,
        organisations: QuerySet[Organisation],
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(sent, initial=dict(initial or {}))
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = organisations


class InvitationForm(RolesForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.CharField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        choices=settings.LANGUAGES, widget=forms.RadioSelect, label=_("Language of mails")
    )
    is_elsewhere_meant = forms.MultipleChoiceField(
        required=False,
        choices=[("yes", _("It is meant to be none of the organisation’s own addresses"))],
        widget=forms.CheckboxSelectMultiple,
        label=_("Another address"),
    )
    field_order = ("organisation", "name", "email", "language", "roles", "is_elsewhere_meant")

    def clean_is_elsewhere_meant(self) -> bool:
        return bool(self.cleaned_data["is_elsewhere_meant"])


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    registry_number = forms.CharField(
        label=_("Registry number"),
        max_length=40,
        required=False,
        help_text=_("For example 556677-8899. It may be left out."),
    )
    mail_domains = forms.CharField(
        label=_("Mail domains"),
        max_length=500,
        required=False,
        help_text=_("For example example.com. An invitation to another address is asked about."),
    )
