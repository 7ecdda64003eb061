"""Django's settings, all of them derived from the environment (config/environment.py)."""

import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError

from second_opinion.config.databases import database
from second_opinion.config.e_id import e_id_apps
from second_opinion.config.environment import Environment
from second_opinion.config.logs import logging_of
from second_opinion.config.mail import mail_server

PACKAGE = Path(__file__).resolve().parent.parent

try:
    ENVIRONMENT = Environment()
except ValidationError as error:
    raise ImproperlyConfigured(
        " ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}." for e in error.errors())
    ) from None

# What the rooms read: they cannot import config, which lies above them.
SECOND_OPINION_DEMO = ENVIRONMENT.demo
SECOND_OPINION_PUBLIC_URL = ENVIRONMENT.public_url
SECOND_OPINION_IS_LOCAL = ENVIRONMENT.is_local
SECOND_OPINION_HAS_MASTER_KEY = ENVIRONMENT.master_key is not None
SECOND_OPINION_KEY_FOLDER = ENVIRONMENT.key_folder
SECOND_OPINION_CRITERIA_FOLDER = ENVIRONMENT.criteria_folder
SECOND_OPINION_QUESTIONNAIRE_FOLDER = ENVIRONMENT.questionnaire_folder
SECOND_OPINION_SLOW_STATEMENT_MS = ENVIRONMENT.slow_statement_ms
SECOND_OPINION_PROVIDER_NAME = ENVIRONMENT.provider_name
SECOND_OPINION_LOGO = ENVIRONMENT.logo
SECOND_OPINION_ACCENT = ENVIRONMENT.accent
SECOND_OPINION_METRICS_TOKEN = ENVIRONMENT.metrics_token.get_secret_value()
SECOND_OPINION_E_ID_NAME = ENVIRONMENT.e_id_name if ENVIRONMENT.e_id_issuer else ""
SECOND_OPINION_E_ID_LEVELS = ENVIRONMENT.e_id_levels

# Without a master key the process still starts, so that `check`, tests and tools work; what it
# signs dies with it, and serve, worker and migrate refuse outside the demo.
SECOND_OPINION_WRAPPING_SECRET = ENVIRONMENT.derived_secret("case-keys") or secrets.token_hex(32)
SECOND_OPINION_MEANS_SECRET = ENVIRONMENT.derived_secret("sign-in-means") or secrets.token_hex(32)
SECOND_OPINION_SIGNING_SECRET = ENVIRONMENT.derived_secret("log-heads") or secrets.token_hex(32)
SECRET_KEY = ENVIRONMENT.derived_secret("django") or secrets.token_urlsafe(64)
DEBUG = False
# The machine itself may ask too: whoever watches the process asks it beside the proxy.
ALLOWED_HOSTS = [*ENVIRONMENT.hosts, "localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "second_opinion.config.urls"
WSGI_APPLICATION = "second_opinion.config.wsgi.application"

INSTALLED_APPS = [
    "second_opinion.web",  # first, so that its templates win over allauth's
    "second_opinion.privacy",
    "second_opinion.reports",
    "second_opinion.opinions",
    "second_opinion.instruments",
    "second_opinion.panels",
    "second_opinion.candidates",
    "second_opinion.cases",
    "second_opinion.accounts",
    "second_opinion.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "second_opinion.web.middleware.request_ids.numbered",
    "second_opinion.web.middleware.measured.measured",
    "second_opinion.web.middleware.slow_statements.slow_statements_named",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page asks for sign-in unless its view says @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- language and time
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("sv", "Svenska"), ("en", "English")]  # each in its own words, never translated
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

# --- sign-in: a code by mail, no password, by invitation only
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["second_opinion.accounts.services.backend.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "second_opinion.accounts.services.adapter.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # no password field: the sign-in page asks for the address only
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=10).total_seconds())
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
SOCIALACCOUNT_ADAPTER = "second_opinion.accounts.services.e_id.ElectronicIdentity"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": e_id_apps(ENVIRONMENT)}}
MFA_ADAPTER = "second_opinion.accounts.services.means.SignInMeans"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
MFA_FORMS = {
    "add_webauthn": "second_opinion.accounts.forms.PasskeyForm",
    "login_webauthn": "second_opinion.accounts.forms.SignInWithPasskeyForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "request_login_code": "20/m/ip,3/m/key",
    "personal_link": "60/m/ip",
    "upload": "40/h/key",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ENVIRONMENT.public_address.scheme
# One trusted proxy stands before us exactly when its header is named; then the visitor's
# address for the rate limits is the one the proxy reports.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.trusted_proxy_header else 0
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())  # a working day
ACCOUNT_SESSION_REMEMBER = True  # keep to that length instead of asking

# --- transport and browser
if ENVIRONMENT.trusted_proxy_header:
    _header = ENVIRONMENT.trusted_proxy_header.upper().replace("-", "_")
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{_header}", "https")
_https_only = ENVIRONMENT.is_https_only
SECURE_SSL_REDIRECT = _https_only
SECURE_REDIRECT_EXEMPT = [
    r"^health/",
    r"^metrics$",
]  # asked over plain http by whoever watches the process
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _https_only else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https_only
SECURE_HSTS_PRELOAD = _https_only
SESSION_COOKIE_SECURE = _https_only
CSRF_COOKIE_SECURE = _https_only
LANGUAGE_COOKIE_SECURE = _https_only
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = SECURE_HSTS_SECONDS or int(timedelta(days=365).total_seconds())
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Browsers hold a form to this also where its answer leads on, as to the e-ID broker.
        "form-action": [SELF, *([ENVIRONMENT.e_id_issuer] if ENVIRONMENT.e_id_issuer else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
# Answering only localhost, and refused by `serve` on any other interface, nothing leaves the
# machine: the four checks that ask for https have nothing to protect there.
SILENCED_SYSTEM_CHECKS = (
    ["security.W004", "security.W008", "security.W012", "security.W016"]
    if ENVIRONMENT.is_local and not ENVIRONMENT.demo
    else []
)

# --- static files: served from the installed package as they are, with nothing to collect
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 300  # seconds; names carry no hash, so an upgrade shows soon
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- mail
_server = mail_server(ENVIRONMENT.smtp_url)
EMAIL_BACKEND = _server.backend
EMAIL_HOST = _server.host
EMAIL_PORT = _server.port
EMAIL_HOST_USER = _server.user
EMAIL_HOST_PASSWORD = _server.password
EMAIL_USE_SSL = _server.is_encrypted_at_once
EMAIL_USE_TLS = _server.is_encrypted_on_request
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_sender
SERVER_EMAIL = ENVIRONMENT.mail_sender
EMAIL_TIMEOUT = 20  # seconds; a silent mail server must not hold a worker for ever

LOGGING = logging_of(ENVIRONMENT.log_form)
