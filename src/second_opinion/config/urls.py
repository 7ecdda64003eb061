"""All addresses: the pages of web, and of allauth what signing in and its means need."""

from allauth.account import views as account
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, include, path
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView

from second_opinion.config.e_id import PROVIDER
from second_opinion.web.pages import e_id, sign_in
from second_opinion.web.recently import recently_signed_in

handler500 = "second_opinion.web.pages.faults.server_error"

# allauth links to these pages by name; here they lead to the one way in.
to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login"))

to_your_sign_in = RedirectView.as_view(pattern_name="mfa_index")


def e_id_addresses() -> list[URLPattern]:
    """What signing in by e-ID needs, by the names that allauth looks for."""
    broker = {"provider_id": PROVIDER}
    begin = require_POST(openid.login)
    return [
        path("sign-in/e-id/", login_not_required(begin), broker, name="openid_connect_login"),
        path("sign-in/e-id/answer/", e_id.answer, broker, name="openid_connect_callback"),
        path("sign-in/e-id/cancelled/", to_sign_in, name="socialaccount_login_cancelled"),
        path("your-sign-in/e-id/unlink/", e_id.unlink, name="unlink_e_id"),
    ]


urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/request/", to_sign_in, name="account_request_login_code"),
    path("sign-in/invitation/", to_sign_in, name="account_signup"),
    path("sign-in/address/", to_sign_in, name="account_email"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path(
        "sign-in/address/sent/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("sign-in/second-step/", login_not_required(steps.authenticate), name="mfa_authenticate"),
    path(
        "sign-in/passkey/",
        login_not_required(passkeys.login_webauthn),
        name="mfa_login_webauthn",
    ),
    path(
        "your-sign-in/passkeys/add/",
        recently_signed_in(passkeys.add_webauthn),
        name="mfa_add_webauthn",
    ),
    path(
        "your-sign-in/passkeys/<int:pk>/remove/",
        recently_signed_in(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("your-sign-in/passkeys/", to_your_sign_in, name="mfa_list_webauthn"),
    path("your-sign-in/app/add/", recently_signed_in(app.activate_totp), name="mfa_activate_totp"),
    path(
        "your-sign-in/app/remove/",
        recently_signed_in(app.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "your-sign-in/spare-codes/",
        recently_signed_in(sign_in.spare_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "your-sign-in/spare-codes/new/",
        recently_signed_in(spare_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("sign-out/", account.logout, name="account_logout"),
    path("", include("second_opinion.web.urls")),
]
if settings.SECOND_OPINION_E_ID_NAME:
    urlpatterns += e_id_addresses()
