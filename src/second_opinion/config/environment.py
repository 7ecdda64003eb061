"""What the operator sets: environment variables, each with its meaning and a safe default."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from second_opinion.config.accent import accents
from second_opinion.drawings.logo import read_logo

LEAST_MASTER_KEY_BYTES = 32
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Environment(BaseSettings):
    """Read once, with the settings. docs/reference/settings.md shows the descriptions."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # an error must not print a key or a mail password
        populate_by_name=True,
    )

    database_url: str = Field(
        default="sqlite:///second-opinion.sqlite3",
        validation_alias="DATABASE_URL",
        description=(
            "Where everything is stored. SQLite in one file (sqlite:///path) suits one machine; "
            "PostgreSQL (postgres://user:password@host:5432/name) suits several web processes."
        ),
    )
    public_url: str = Field(
        default="http://localhost:8000",
        validation_alias="SECOND_OPINION_PUBLIC_URL",
        description=(
            "The address people reach the service at; every link in a mail starts with it. It must "
            "begin with https:// unless it names this very machine (localhost)."
        ),
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        validation_alias="SECOND_OPINION_ALLOWED_HOSTS",
        description=(
            "Host names that are answered, separated by commas. Default: the public URL's host."
        ),
    )
    trusted_proxy_header: str | None = Field(
        default=None,
        validation_alias="SECOND_OPINION_TRUSTED_PROXY_HEADER",
        description=(
            "Header in which your reverse proxy says that a request came by https, for example "
            "X-Forwarded-Proto. Set it only when the proxy overwrites what visitors send."
        ),
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        validation_alias="SECOND_OPINION_SMTP_URL",
        description=(
            "Mail server: smtp://user:password@host:587 (STARTTLS, except on this machine) or "
            "smtps://user:password@host:465. Without it mails are printed on the console."
        ),
    )
    mail_sender: str = Field(
        default="Second Opinion <second-opinion@localhost>",
        validation_alias="SECOND_OPINION_MAIL_SENDER",
        description="Sender of every mail, for example: Second Opinion <noreply@example.com>.",
    )
    language: Literal["sv", "en"] = Field(
        default="sv",
        validation_alias="SECOND_OPINION_LANGUAGE",
        description="Language of pages and mails until a person chooses another: sv or en.",
    )
    provider_name: str = Field(
        default="",
        max_length=80,
        validation_alias="SECOND_OPINION_PROVIDER_NAME",
        description="The provider's name, at the head of every report; left out, none is there.",
    )
    logo: Path | None = Field(
        default=None,
        validation_alias="SECOND_OPINION_LOGO",
        description=(
            "The provider's logo, a PNG, JPEG or SVG file of at most 1 MB, at the head of every "
            "report; it needs the name too, which is read aloud in its place."
        ),
    )
    accent: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        validation_alias="SECOND_OPINION_ACCENT",
        description=(
            "The one accent colour of pages and reports as #rrggbb, and after a comma the one for "
            "dark pages; without that, the nearest to it that can be read there. Each must have a "
            "contrast of 4.5 to 1 to its ground."
        ),
    )
    time_zone: str = Field(
        default="Europe/Stockholm",
        validation_alias="SECOND_OPINION_TIME_ZONE",
        description="Time zone of new organisations, and of pages before sign-in.",
    )
    master_key: SecretStr | None = Field(
        default=None,
        validation_alias="SECOND_OPINION_MASTER_KEY",
        description=(
            "Secret of at least 32 bytes as URL-safe base64, from which every other secret is "
            "derived. Make one with python3 -c 'import secrets; print(secrets.token_urlsafe(32))'. "
            "Required outside the demo; keep it apart from the database and its backups."
        ),
    )
    key_folder: Path = Field(
        default=Path("second-opinion-keys"),
        validation_alias="SECOND_OPINION_KEY_FOLDER",
        description=(
            "Folder with one key for each case, wrapped by the master key. It is apart from the "
            "database so that destroying a key erases the case from the database's backups too; "
            "every web process and worker must reach it."
        ),
    )
    criteria_folder: Path | None = Field(
        default=None,
        validation_alias="SECOND_OPINION_CRITERIA_FOLDER",
        description=(
            "Folder with criteria of your own, one file for each, offered beside those that come "
            "along; a file with the same name stands in the place of ours. Check it with "
            "`second-opinion library check FOLDER`; it is read at the start."
        ),
    )
    questionnaire_folder: Path = Field(
        default=Path("second-opinion-questionnaires"),
        validation_alias="SECOND_OPINION_QUESTIONNAIRE_FOLDER",
        description=(
            "Folder with questionnaires, one file for each, offered beside the one that comes "
            "along; `second-opinion questionnaire install NAME` writes into it, and "
            "`second-opinion questionnaire check FILE` checks one of your own. Every web process "
            "must reach it."
        ),
    )
    log_form: Literal["lines", "json"] = Field(
        default="lines",
        validation_alias="SECOND_OPINION_LOG_FORM",
        description=(
            "How the log is written to the console: lines for people, or json with one object for "
            "each event. Neither holds addresses of pages, names, mail addresses or texts."
        ),
    )
    slow_statement_ms: int = Field(
        default=200,
        ge=1,
        validation_alias="SECOND_OPINION_SLOW_STATEMENT_MS",
        description=(
            "Statements to the database that take this many milliseconds or more are named in "
            "the log, with the page they belong to and without their values."
        ),
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SECOND_OPINION_METRICS_TOKEN",
        description=(
            "Opens /metrics to Prometheus: it sends this as a bearer token. Left out, there is no "
            "such page."
        ),
    )
    demo: bool = Field(
        default=False,
        validation_alias="SECOND_OPINION_DEMO",
        description=(
            "Opens sign-in links without a mail, for made-up cases on this machine. Set by "
            "`second-opinion demo`; refused on PostgreSQL. Never set it where real people are."
        ),
    )

    e_id_issuer: str | None = Field(
        default=None,
        validation_alias="SECOND_OPINION_E_ID_ISSUER",
        description=(
            "Address of an e-ID broker that speaks OpenID Connect, for example "
            "https://broker.example.com. Set, it needs the four settings below; left out, nobody "
            "signs in by e-ID."
        ),
    )
    e_id_client_id: str = Field(
        default="",
        validation_alias="SECOND_OPINION_E_ID_CLIENT_ID",
        description="What the broker knows this installation by.",
    )
    e_id_client_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SECOND_OPINION_E_ID_CLIENT_SECRET",
        description="The secret that goes with it.",
    )
    e_id_levels: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        validation_alias="SECOND_OPINION_E_ID_LEVELS",
        description=(
            "Levels of assurance (acr) that are accepted in the broker's token, separated by "
            "commas, exactly as it writes them. Any other is refused."
        ),
    )
    e_id_name: str = Field(
        default="e-ID",
        validation_alias="SECOND_OPINION_E_ID_NAME",
        description="What the button on the sign-in page calls it, for example BankID.",
    )

    @field_validator("public_url")
    @classmethod
    def _address(cls, value: str) -> str:
        address = urlsplit(value)
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError(
                "must be a full address such as https://opinion.example.com, without a path"
            )
        if address.path.strip("/") or address.query or address.fragment:
            raise ValueError("must end after the host and port: the service lives at the root")
        return value.rstrip("/")

    @field_validator("allowed_hosts", "e_id_levels", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip() for host in value.split(",") if host.strip())
        return value

    @field_validator("accent", mode="before")
    @classmethod
    def _accent(cls, value: object) -> object:
        return accents(value) if isinstance(value, str) else value

    @field_validator("logo")
    @classmethod
    def _logo(cls, value: Path | None) -> Path | None:
        if value is not None:
            read_logo(value)
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            address = urlsplit(value.get_secret_value())
            if address.scheme not in {"smtp", "smtps"} or not address.hostname:
                raise ValueError("must look like smtp://user:password@mail.example.com:587")
        return value

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("must be a time zone's name, for example Europe/Stockholm")
        return ZoneInfo(value).key

    @field_validator("master_key")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(_decoded(value)) < LEAST_MASTER_KEY_BYTES:
            raise ValueError(
                f"must be URL-safe base64 of at least {LEAST_MASTER_KEY_BYTES} bytes; make one "
                "with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        return value

    @model_validator(mode="after")
    def _letterhead(self) -> Environment:
        if self.logo is not None and not self.provider_name.strip():
            raise ValueError(
                "SECOND_OPINION_LOGO needs SECOND_OPINION_PROVIDER_NAME too: the name is what is "
                "read aloud in the logo's place"
            )
        return self

    @model_validator(mode="after")
    def _broker(self) -> Environment:
        if self.e_id_issuer is None:
            return self
        if urlsplit(self.e_id_issuer).scheme != "https":
            raise ValueError("SECOND_OPINION_E_ID_ISSUER must begin with https://")
        if not (self.e_id_client_id and self.e_id_client_secret and self.e_id_levels):
            raise ValueError(
                "SECOND_OPINION_E_ID_ISSUER needs SECOND_OPINION_E_ID_CLIENT_ID, "
                "SECOND_OPINION_E_ID_CLIENT_SECRET and SECOND_OPINION_E_ID_LEVELS too"
            )
        return self

    @property
    def public_address(self) -> SplitResult:
        return urlsplit(self.public_url)

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.allowed_hosts or (self.public_address.hostname or "localhost",)

    @property
    def is_local(self) -> bool:
        """True when plain http is meant and no host but this machine's own is answered."""
        return self.public_address.scheme == "http" and LOOPBACK.issuperset(self.hosts)

    @property
    def is_https_only(self) -> bool:
        return not self.demo and not self.is_local

    def derived_secret(self, purpose: str) -> str | None:
        """A secret for one purpose, out of the master key; None where there is no key."""
        if self.master_key is None:
            return None
        label = f"second-opinion/{purpose}".encode()
        return hmac.new(_decoded(self.master_key), label, hashlib.sha256).hexdigest()


def _decoded(key: SecretStr) -> bytes:
    text = key.get_secret_value().strip().rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
