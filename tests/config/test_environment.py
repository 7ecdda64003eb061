import base64

import pytest
from pydantic import ValidationError

from second_opinion.config.e_id import e_id_apps
from second_opinion.config.environment import Environment

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for field in Environment.model_fields.values():
        monkeypatch.delenv(field.validation_alias, raising=False)


def test_without_any_setting_it_is_local_and_safe():
    environment = Environment()

    assert environment.hosts == ("localhost",)
    assert environment.is_local
    assert not environment.demo
    assert environment.derived_secret("django") is None


def test_every_setting_has_its_variable_and_its_description():
    undescribed = [
        name
        for name, field in Environment.model_fields.items()
        if not field.description or not field.description.endswith(".")
    ]

    assert undescribed == []
    assert {field.validation_alias for field in Environment.model_fields.values()} == {
        "DATABASE_URL",
        "SECOND_OPINION_ALLOWED_HOSTS",
        "SECOND_OPINION_CRITERIA_FOLDER",
        "SECOND_OPINION_DEMO",
        "SECOND_OPINION_E_ID_CLIENT_ID",
        "SECOND_OPINION_E_ID_CLIENT_SECRET",
        "SECOND_OPINION_E_ID_ISSUER",
        "SECOND_OPINION_E_ID_LEVELS",
        "SECOND_OPINION_E_ID_NAME",
        "SECOND_OPINION_KEY_FOLDER",
        "SECOND_OPINION_LANGUAGE",
        "SECOND_OPINION_LOG_FORM",
        "SECOND_OPINION_LOGO",
        "SECOND_OPINION_ACCENT",
        "SECOND_OPINION_PROVIDER_NAME",
        "SECOND_OPINION_MAIL_SENDER",
        "SECOND_OPINION_MASTER_KEY",
        "SECOND_OPINION_METRICS_TOKEN",
        "SECOND_OPINION_PUBLIC_URL",
        "SECOND_OPINION_QUESTIONNAIRE_FOLDER",
        "SECOND_OPINION_SLOW_STATEMENT_MS",
        "SECOND_OPINION_SMTP_URL",
        "SECOND_OPINION_TIME_ZONE",
        "SECOND_OPINION_TRUSTED_PROXY_HEADER",
    }


def test_a_variable_that_is_set_to_nothing_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("SECOND_OPINION_PUBLIC_URL", "")

    assert Environment().public_url == "http://localhost:8000"


def test_hosts_are_listed_with_commas(monkeypatch):
    monkeypatch.setenv("SECOND_OPINION_ALLOWED_HOSTS", "a.example.com, b.example.com,")

    assert Environment().hosts == ("a.example.com", "b.example.com")


@pytest.mark.parametrize(
    ("url", "hosts", "is_https_only"),
    [
        ("https://opinion.example.com", "", True),
        ("http://opinion.example.com", "", True),
        ("http://localhost:8000", "", False),
        ("http://127.0.0.1:9000", "", False),
        ("https://localhost", "", True),
        # A forgotten public address must not switch protection off for everybody.
        ("http://localhost:8000", "opinion.example.com", True),
        ("http://localhost:8000", "*", True),
        ("http://localhost:8000", "localhost,127.0.0.1", False),
    ],
)
def test_only_a_service_that_answers_this_machine_alone_goes_without_https(
    monkeypatch, url, hosts, is_https_only
):
    monkeypatch.setenv("SECOND_OPINION_PUBLIC_URL", url)
    monkeypatch.setenv("SECOND_OPINION_ALLOWED_HOSTS", hosts)

    assert Environment().is_https_only is is_https_only


@pytest.mark.parametrize("padding", ["", "="])
def test_secrets_are_derived_from_the_key_one_for_each_purpose(monkeypatch, padding):
    monkeypatch.setenv("SECOND_OPINION_MASTER_KEY", KEY.rstrip("=") + padding)

    django = Environment().derived_secret("django")

    assert django == Environment().derived_secret("django")
    assert len(django) == 64
    assert django != Environment().derived_secret("other")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECOND_OPINION_MASTER_KEY", "dG9vIHNob3J0", "at least 32 bytes"),
        ("SECOND_OPINION_MASTER_KEY", "åäö" * 20, "at least 32 bytes"),
        ("SECOND_OPINION_MASTER_KEY", "!" * 60, "at least 32 bytes"),
        ("SECOND_OPINION_PUBLIC_URL", "opinion.example.com", "a full address"),
        ("SECOND_OPINION_PUBLIC_URL", "ftp://example.com", "a full address"),
        ("SECOND_OPINION_PUBLIC_URL", "https://example.com/opinion", "at the root"),
        ("SECOND_OPINION_SMTP_URL", "mail.example.com", "must look like smtp://"),
        ("SECOND_OPINION_TIME_ZONE", "Sweden/Stockholm", "a time zone's name"),
        ("SECOND_OPINION_LANGUAGE", "de", "'sv' or 'en'"),
        ("SECOND_OPINION_DEMO", "perhaps", "boolean"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_with_its_sentence(
    monkeypatch, name, value, sentence
):
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError, match=sentence):
        Environment()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECOND_OPINION_MASTER_KEY", "hunter2-hunter2"),
        ("SECOND_OPINION_SMTP_URL", "http://me:hunter2-hunter2@example.com"),
    ],
)
def test_a_refusal_does_not_repeat_a_secret(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError) as refused:
        Environment()

    assert "hunter2" not in str(refused.value)


def test_an_e_id_broker_is_configured_wholly_or_not_at_all(monkeypatch):
    monkeypatch.setenv("SECOND_OPINION_E_ID_ISSUER", "https://broker.example.com")
    with pytest.raises(ValidationError, match="needs SECOND_OPINION_E_ID_CLIENT_ID"):
        Environment()

    monkeypatch.setenv("SECOND_OPINION_E_ID_CLIENT_ID", "us")
    monkeypatch.setenv("SECOND_OPINION_E_ID_CLIENT_SECRET", "hush")
    monkeypatch.setenv("SECOND_OPINION_E_ID_LEVELS", "loa3, loa4")
    environment = Environment()
    assert environment.e_id_levels == ("loa3", "loa4")
    (app,) = e_id_apps(environment)
    assert app["settings"]["auth_params"] == {"acr_values": "loa3 loa4"}

    monkeypatch.setenv("SECOND_OPINION_E_ID_ISSUER", "http://broker.example.com")
    with pytest.raises(ValidationError, match="must begin with https"):
        Environment()
