import pytest

from second_opinion.web.pages.orderer.worth_form import as_at_first

PART = {"HX-Request": "true"}


@pytest.fixture
def orderer(cast, client):
    client.force_login(cast.orderer)
    return client


@pytest.fixture
def answers(db):
    return {name: "" if value is None else str(value) for name, value in as_at_first().items()}


def test_the_page_begins_with_an_example_of_its_own_answer(orderer):
    page = orderer.get("/worth/").content.decode()

    assert "worth about SEK" in page
    assert "cost" in page
    assert "<svg" in page
    assert "Nothing that you write here is stored" in page


def test_a_moved_slider_answers_with_the_answer_alone(orderer, answers):
    part = orderer.post("/worth/", answers, headers=PART)

    assert part.status_code == 200
    assert part.content.decode().lstrip().startswith('<section id="answer"')
    assert "<form" not in part.content.decode()


def test_a_lower_price_and_higher_stakes_turn_the_advice(orderer, answers):
    def advice(**changes):
        part = orderer.post("/worth/", answers | changes, headers=PART)
        return part.content.decode().partition('<p class="lead">')[2].partition("</p>")[0]

    assert "would probably not change your decision" in advice(price="900000", sureness_1="10")
    assert "worth their price here" in advice(price="5000", yearly_pay="2000000", sureness_1="3")


def test_without_scripts_the_button_brings_the_whole_page(orderer, answers):
    page = orderer.post("/worth/", answers | {"worked_out": "7.5"})

    assert page.status_code == 200
    assert 'value="7.5"' in page.content.decode()


def test_it_speaks_swedish(orderer, answers):
    orderer.cookies["django_language"] = "sv"

    part = orderer.post("/worth/", answers, headers=PART).content.decode()

    assert "Svaret gäller beställningen" in part
    assert "kronor" in part


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"price": ""}, "id_price", "required"),
        ({"price": "-1"}, "id_price", "greater than or equal to 0"),
        ({"price": "nan"}, "id_price", "Enter a number"),
        ({"price": "1e400"}, "id_price", "Enter a number"),
        ({"worked_out": "12"}, "id_worked_out", "less than or equal to 9"),
        ({"sureness_1": "eleven"}, "id_sureness_1", "Enter a number"),
        ({"yearly_pay": "", "cost_of_wrong_hire": ""}, "id_yearly_pay", "one of them is needed"),
        ({"dependence": "blood"}, "id_dependence", "not one of the available choices"),
    ],
)
def test_what_cannot_be_reckoned_is_named_beside_its_field(
    orderer, answers, changes, field, sentence
):
    page = orderer.post("/worth/", answers | changes)
    part = orderer.post("/worth/", answers | changes, headers=PART)

    assert (page.status_code, part.status_code) == (422, 422)
    note = page.content.decode().partition(f'id="{field}_note"')[2].partition("</div>")[0]
    assert sentence in note
    assert f'href="#{field}"' in part.content.decode()


@pytest.mark.parametrize("finalists", [1, 2, 3])
def test_one_to_three_finalists_are_reckoned(orderer, answers, finalists):
    changes = {f"candidate_{number}": "yes" for number in range(1, finalists + 1)}

    part = orderer.post("/worth/", answers | changes, headers=PART).content.decode()

    assert f"Finalist {finalists}:" in part
    assert f"Finalist {finalists + 1}:" not in part
