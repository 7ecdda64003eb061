"""Reading the texts to translate, and finding what is not fit to be shown."""

import polib
import pytest
from scripts import messages
from scripts.messages import Found, Key

TEMPLATE = """{% load i18n %}
  <p title="{% translate 'A title' context "book" %}">{% translate "It's here (still" %}</p>
{% blocktranslate trimmed count n=cases|length %}
  {{ n }} case
{% plural %}
  {{ n }} cases
{% endblocktranslate %}
"""
SOURCE = """from django.utils.translation import gettext as _

def sentence(name: str) -> str:
    # Translators: a person's name
    return _("%(name)s has " "sealed") % {"name": name}
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    templates = tmp_path / "web" / "templates"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "services.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)


@pytest.mark.usefixtures("package")
def test_texts_are_read_out_of_python_and_templates():
    texts = messages.read_sources()

    assert set(texts) == {
        Key(None, "%(name)s has sealed"),
        Key("book", "A title"),
        Key(None, "It's here (still"),
        Key(None, "%(n)s case"),
    }
    assert texts[Key(None, "%(n)s case")].plural == "%(n)s cases"
    assert texts[Key(None, "%(name)s has sealed")].files == ["services.py"]
    assert texts[Key(None, "%(name)s has sealed")].comments == ["Translators: a person's name"]


def catalogue(**entry):
    translated = polib.POFile()
    translated.append(polib.POEntry(**entry))
    return translated


def test_what_was_translated_is_kept_and_what_no_source_says_falls_away():
    texts = {Key(None, "Open"): Found(files=["a.py"]), Key("verb", "Seal"): Found(files=["a.py"])}
    earlier = catalogue(msgid="Open", msgstr="Öppna")
    earlier.append(polib.POEntry(msgid="Gone", msgstr="Borta"))

    built = messages.build(texts, [earlier])

    assert [(entry.msgid, entry.msgstr) for entry in built] == [("Open", "Öppna"), ("Seal", "")]


def test_the_first_translation_is_believed():
    texts = {Key(None, "Open"): Found(files=["a.py"])}

    built = messages.build(
        texts, [catalogue(msgid="Open", msgstr="Öppna"), catalogue(msgid="Open", msgstr="Slå upp")]
    )

    assert built[0].msgstr == "Öppna"


def test_a_catalogue_built_from_itself_does_not_change():
    texts = {
        Key(None, "%(n)s case"): Found(plural="%(n)s cases", files=["a.html", "b.html"]),
        Key("verb", "Seal"): Found(files=["a.py"], comments=["Translators: close for good"]),
    }
    first = messages.build(texts, [])
    first[0].msgstr_plural = {0: "%(n)s uppdrag", 1: "%(n)s uppdrag"}

    again = messages.build(texts, [polib.pofile(str(first))])

    assert str(again) == str(first)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgid": "Open", "msgstr": ""}, "is not translated"),
        ({"msgid": "Open", "msgstr": "Öppna", "flags": ["fuzzy"]}, "is marked fuzzy"),
        ({"msgid": "%(a)s left", "msgstr": "%(b)s kvar"}, "has other placeholders"),
        ({"msgid": "{a} left", "msgstr": "kvar"}, "has other placeholders"),
        (
            {"msgid": "a", "msgid_plural": "%(n)s", "msgstr_plural": {0: "a", 1: ""}},
            "is not translated",
        ),
    ],
)
def test_an_unfit_translation_is_found(entry, fault):
    entry = {"occurrences": [("a.py", "")], **entry}

    (sentence,) = messages.faults(catalogue(**entry))

    assert sentence.startswith(fault)


@pytest.mark.parametrize(
    "entry",
    [
        {"msgid": "100 %% of %(a)s", "msgstr": "100 %% av %(a)s"},
        {
            "msgid": "one case",
            "msgid_plural": "%(n)s cases",
            "msgstr_plural": {0: "ett uppdrag", 1: "%(n)s uppdrag"},
        },
    ],
)
def test_a_fit_translation_is_no_fault(entry):
    assert messages.faults(catalogue(**entry)) == []
