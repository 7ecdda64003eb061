"""The mail server that one URL names."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from second_opinion.config.environment import LOOPBACK

CONSOLE = "django.core.mail.backends.console.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    backend: str = CONSOLE
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    is_encrypted_at_once: bool = False
    is_encrypted_on_request: bool = False


def mail_server(url: SecretStr | None) -> MailServer:
    """smtps:// is encrypted from the start, smtp:// by STARTTLS except on this very machine."""
    if url is None:
        return MailServer()
    address = urlsplit(url.get_secret_value())
    host = address.hostname or "localhost"
    is_encrypted_at_once = address.scheme == "smtps"
    return MailServer(
        backend=SMTP,
        host=host,
        port=address.port or (465 if is_encrypted_at_once else 587),
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
        is_encrypted_at_once=is_encrypted_at_once,
        is_encrypted_on_request=not is_encrypted_at_once and host not in LOOPBACK,
    )
