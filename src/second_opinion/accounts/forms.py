"""What allauth's own forms ask, where it is not quite what we want."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms

PARTS = {"id", "rawId", "type", "response"}


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Every passkey signs in by itself, and so must have asked for a finger, a face or a PIN."""

    passwordless = forms.BooleanField(required=True, initial=True, widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, Any]:
        return _whole(self.cleaned_data["credential"])


class SignInWithPasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    def clean_credential(self) -> Any:  # noqa: ANN401  # allauth's name: its authenticator
        _whole(self.cleaned_data["credential"])
        return super().clean_credential()


def _whole(credential: object) -> dict[str, Any]:
    """What is no browser's answer is refused here: further in it would be taken for one."""
    if isinstance(credential, dict) and credential.keys() >= PARTS:
        response = credential["response"]
        if isinstance(response, dict) and "clientDataJSON" in response:
            return credential
    raise get_adapter().validation_error("incorrect_code")
