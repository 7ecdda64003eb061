"""Each kind of identifying piece, one by one, and the map that puts them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.ingest.redaction import (
    Entities,
    Fact,
    Kind,
    redact,
    residual_risks,
    restored,
    standard_sheet,
)
from second_opinion.ingest.redaction.identifiers import has_right_last_digit

NOBODY = Entities()
ASA = Entities(
    people=("Åsa Lindqvist-Öberg",),
    organisations=("Nordverk AB", "Uppsala universitet"),
    associations=("Täby Ridklubb",),
)


def shown(text, entities=NOBODY, *, language="sv"):
    return redact(text, entities, language=language).text


@pytest.mark.parametrize(
    "written",
    [
        "Åsa Lindqvist-Öberg",
        "ÅSA LINDQVIST-ÖBERG",
        "Lindqvist-Öberg, Åsa",
        "Asa Lindqvist-Oberg",
        "Åsas",
        "Lindqvist-Öbergs",
        "A. Lindqvist-Öberg",
        "Å. Öberg",
        "Aasa Lindqvist",
    ],
)
def test_a_known_name_is_masked_however_it_is_written(written):
    assert "[person" in shown(f"där {written} arbetade", ASA)
    assert not {"Åsa", "Asa", "Öberg", "Lindqvist"} & set(shown(f"där {written} gick", ASA).split())


def test_one_person_has_one_number_throughout():
    kim = Entities(people=("Kim Karlsson", "Bo Ek"))

    text = shown("Kim Karlsson ledde laget. K. Karlsson och Kims chef, Bo Ek, höll med.", kim)

    assert text == "[person 1] ledde laget. [person 1] och [person 1] chef, [person 2], höll med."


@pytest.mark.parametrize(
    ("number", "is_masked"),
    [
        ("640823-3234", True),  # the tax agency's own example
        ("19640823-3234", True),
        ("6408233234", True),
        ("640823+3234", True),
        ("701063-2391", True),  # the same agency's coordination number, day plus sixty
        ("640823-3235", True),  # mistyped, and written as one
        ("6408233235", False),  # ten digits that fit nothing
        ("649923-3234", False),  # no such month
    ],
)
def test_personal_and_coordination_numbers(number, is_masked):
    assert ("[personnummer]" in shown(f"nr {number}.")) is is_masked


def test_the_last_digit_is_checked_as_luhn_did():
    assert has_right_last_digit("6408233234")
    assert not has_right_last_digit("6408233235")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("anna.ek@example.se", "[e-post]"),
        ("anna.ek(at)example.se", "[e-post]"),
        ("https://example.com/in/anna-ek?x=1", "[länk]"),
        ("github.com/annaek", "[länk]"),
        ("@annaek", "[länk]"),
        ("070-123 45 67", "[telefon]"),
        ("+46 (0)70 123 45 67", "[telefon]"),
        ("Björkvägen 3B", "[adress]"),
        ("118 46 Stockholm", "[adress]"),
        ("född 1984", "född [år]"),
        ("född 84", "född [år]"),
        ("f. 1984", "f. [år]"),
        ("39 år gammal", "[ålder]"),
        ("Ålder: 39", "Ålder: [ålder]"),
        ("Civilekonom, examen 2009", "Civilekonom, examen [år]"),
        ("gymnasiet 2001-2004", "gymnasiet [år]"),
    ],
)
def test_identifiers_by_rule(text, masked):
    assert shown(text) == masked


@pytest.mark.parametrize("text", ["2015-2021 ledde jag tolv personer", "i 10 år", "3 000 000 kr"])
def test_when_somebody_worked_and_how_much_stays(text):
    assert shown(text) == text


def test_words_that_tell_a_gender_become_neutral():
    assert shown("Sedan tog hon över hans lag.") == "Sedan tog [hen] över [hens] lag."
    english = shown("Then she took over his team.", language="en")
    assert english == "Then [they] took over [their] team."
    assert shown("Man kan se det så.") == "Man kan se det så."  # one can


def test_employers_schools_and_associations():
    text = "På Nordverk, med examen från Uppsala universitet, var jag kassör i Täby Ridklubb."

    masked = shown(text, ASA)

    assert masked == (
        "På [organisation 1], med examen från [organisation 2], var jag kassör i [förening 1]."
    )
    assert "Brattås" not in shown("Vi i Brattås Bollklubb vann.")  # nobody told of it


@given(
    st.text(alphabet=st.sampled_from(list("Anna Ek åö.,@19840312-1234\nhon he AB")), max_size=80)
)
def test_the_map_puts_every_piece_back(text):
    found = redact(text, ASA, language="sv")

    assert restored(found.text, found.masks) == text


def test_a_map_of_another_text_is_refused():
    found = redact("Kim Karlsson kom.", NOBODY, language="sv")

    with pytest.raises(ValueError, match="another text"):
        restored("Nobody came.", found.masks)


def test_what_may_still_tell_is_listed_for_the_reviewer():
    risks = residual_risks("Grundade Snickarna 2004 med 12 345 678 i lån. Kalmarsund är vackert.")

    assert {risk.words for risk in risks} >= {"Grundade", "2004", "12 345 678", "Kalmarsund"}


def test_a_mask_is_no_risk():
    assert residual_risks(shown("Anna Ek, 070-123 45 67")) == ()


def test_facts_are_set_in_one_form_for_all():
    facts = [
        Fact(kind="language", words="tyska"),
        Fact(kind="experience", words="redovisning", months=7),
        Fact(kind="experience", words="inköp", months=67),
    ]

    assert standard_sheet(facts, language="sv") == (
        "Erfarenhet\n- inköp, 5.5 år\n- redovisning, 7 månader\nSpråk\n- tyska"
    )
    with pytest.raises(ValueError, match="no kind of fact"):
        standard_sheet([Fact(kind="photo", words="")], language="en")


def test_nothing_here_is_called_what_it_is_not():
    """A text with masks is less recognisable: it is never promised to be more."""
    from second_opinion.ingest import redaction

    assert Kind.PERSON.value == "person"
    for word in ("anonym", "bias-free", "unbiased"):
        assert word not in (redaction.__doc__ or "").lower()
