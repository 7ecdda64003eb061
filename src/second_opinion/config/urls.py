"""All addresses: the pages of web, and of allauth only what sign-in by mailed code needs."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

# allauth links to these pages by name; here they lead to the one way in.
to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login"))

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
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-out/", account.logout, name="account_logout"),
    path("", include("second_opinion.web.urls")),
]
