"""Who was engaged without being asked first sees the file only after declaring their ties."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.cases.states import CaseState
from second_opinion.opinions import policies, services
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.errors import ProposalError
from second_opinion.panels.states import Ending, Source, TieKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def opinion(cast):
    """Engaged directly, and nothing declared."""
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    return services.engage_assessor(
        actor=cast.coordinator,
        candidacy=case.candidacies.get(),
        assessor=cast.assessor,
        kind=OpinionKind.SECOND,
    )


@pytest.mark.parametrize(
    "page", ["seal_assessment", "interview", "guide_pdf", "guide_sheet", "candidates_answers"]
)
def test_no_page_of_the_file_opens_before(client, cast, opinion, page):
    client.force_login(cast.assessor)

    answer = client.get(reverse(page, args=[opinion.pseudonym]), headers={"accept-language": "en"})

    assert answer.status_code == 403
    assert "Say first whether you know anybody" in answer.content.decode()


@pytest.fixture
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_the_first_page_takes_a_no_too(in_english, cast, opinion):
    client = in_english
    client.force_login(cast.assessor)
    answer = client.post(
        reverse("declare_ties", args=[opinion.pseudonym]), {"because": "no_time"}, follow=True
    )

    assert "Thank you. Your answer is with the coordinator." in answer.content.decode()
    assert not Opinion.objects.exists()


def test_who_cannot_assess_after_all_ends_it_on_a_page_of_its_own(in_english, cast, opinion):
    client = in_english
    factories.declare(opinion)
    client.force_login(cast.assessor)
    page = reverse("step_down", args=[opinion.pseudonym])
    workspace = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()
    refused = client.post(page, {"reason": " "})
    ended = client.post(page, {"reason": "I fell ill."}, follow=True)

    assert page in workspace
    assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    assert "asks somebody else" in ended.content.decode()
    assert not Opinion.objects.exists()
    client.force_login(cast.coordinator)
    panel = client.get(reverse("panel", args=[opinion.candidacy.case.pseudonym])).content.decode()
    assert "Anna Assessor assesses no more: I fell ill." in panel


def test_a_coordinator_ends_an_engagement_where_it_was_asked(in_english, cast, opinion):
    client = in_english
    factories.declare(opinion)
    case = opinion.candidacy.case
    client.force_login(cast.coordinator)
    page = reverse("panel", args=[case.pseudonym])
    shown = client.get(page).content.decode()
    proposal = case.proposals.get().pseudonym
    client.post(page, {"act": "end", "proposal": proposal, "reason": "Another day is needed."})

    assert "End the engagement" in shown
    assert not Opinion.objects.exists()


def test_the_first_page_asks_and_then_the_file_opens(client, cast, opinion):
    client.force_login(cast.assessor)
    first = client.get(reverse("assessment", args=[opinion.pseudonym]), follow=True)
    assert "Kim Karlsson" in first.content.decode()
    address = first.redirect_chain[-1][0]

    assert client.post(address).status_code == 422
    assert not policies.may_record(cast.assessor, opinion)
    answer = client.post(address, {"declares": "yes"}, follow=True)

    assert "Leadership" in answer.content.decode()
    assert policies.may_record(cast.assessor, opinion)


def test_nobody_declares_for_another(cast, opinion):
    for person in (cast.coordinator, cast.orderer, cast.stranger):
        with pytest.raises(NotAllowedError):
            services.declare_ties(actor=person, opinion=opinion, declares_no_more=True)


def test_a_tie_that_is_declared_then_is_decided_on_before_anything_is_shown(cast, opinion):
    panels.declare_tie(
        actor=cast.assessor,
        provider=cast.provider,
        one=cast.assessor,
        other=opinion.candidacy,
        kind=TieKind.FAMILY,
        ending=Ending.HOLDS,
        source=Source.ASSESSOR,
    )

    with pytest.raises(ProposalError, match="ties you to this case"):
        services.declare_ties(actor=cast.assessor, opinion=opinion, declares_no_more=True)


def test_one_declaration_holds_for_all_candidates_of_the_case(cast, opinion):
    services.declare_ties(actor=cast.assessor, opinion=opinion, declares_no_more=True)
    services.declare_ties(actor=cast.assessor, opinion=opinion, declares_no_more=True)

    assert opinion.candidacy.case.declarations.count() == 1


def test_the_clients_own_assessor_is_asked_nothing(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    own = factories.engage(cast, case.candidacies.get(), cast.decider, OpinionKind.FIRST)

    assert policies.may_record(cast.decider, own)


@pytest.mark.parametrize("statement", ["insert", "update"])
def test_the_database_itself_takes_no_word_before_the_declaration(cast, opinion, statement):
    """By SQL, as only somebody with the database's password could."""
    written = {"update": _write, "insert": _write_anew}[statement]

    with pytest.raises(IntegrityError, match="declares their ties"), transaction.atomic():
        written(opinion)
    services.declare_ties(actor=cast.assessor, opinion=opinion, declares_no_more=True)

    written(opinion)
    assert bytes(Opinion.objects.get(assessor=cast.assessor).content) == b"words"


def test_the_clients_own_assessor_is_asked_for_no_declaration_there_either(cast, opinion):
    _sql("UPDATE opinions_opinion SET kind = 'first' WHERE id = %s", [opinion.pk])

    _write(opinion)

    assert bytes(Opinion.objects.get(pk=opinion.pk).content) == b"words"


def _write(opinion):
    _sql("UPDATE opinions_opinion SET content = %s WHERE id = %s", [b"words", opinion.pk])


def _write_anew(opinion):
    """The same row, taken away and put in with its words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM opinions_opinion WHERE id = %s", [opinion.pk])
        names = [column[0] for column in cursor.description]
        row = dict(zip(names, cursor.fetchone(), strict=True)) | {"content": b"words"}
    with transaction.atomic():
        _sql("DELETE FROM opinions_opinion WHERE id = %s", [opinion.pk])
        places = ", ".join(["%s"] * len(names))
        _sql(
            f"INSERT INTO opinions_opinion ({', '.join(names)}) VALUES ({places})",
            [row[name] for name in names],
        )


def _sql(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
