import pytest
from pydantic import SecretStr

from second_opinion.config.mail import CONSOLE, SMTP, MailServer, mail_server


def test_without_a_server_mails_go_to_the_console():
    assert mail_server(None) == MailServer(backend=CONSOLE)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtp://me%40example.com:p%2Fw@mail.example.com",
            MailServer(
                backend=SMTP,
                host="mail.example.com",
                port=587,
                user="me@example.com",
                password="p/w",
                is_encrypted_on_request=True,
            ),
        ),
        (
            "smtps://me:secret@mail.example.com",
            MailServer(
                backend=SMTP,
                host="mail.example.com",
                port=465,
                user="me",
                password="secret",
                is_encrypted_at_once=True,
            ),
        ),
        ("smtp://localhost:25", MailServer(backend=SMTP, host="localhost", port=25)),
    ],
    ids=["STARTTLS", "TLS", "this machine"],
)
def test_a_server_is_read_from_its_url(url, server):
    assert mail_server(SecretStr(url)) == server
