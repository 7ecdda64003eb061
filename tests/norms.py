"""Many candidates who agreed to be counted, for the tests of several rooms."""

from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.states import Role
from second_opinion.audit.services import canonical_json, encrypt
from second_opinion.cases.models import Candidacy
from second_opinion.instruments import selectors, services
from second_opinion.instruments.models import CountedScores, GivenQuestionnaire, NormGroup
from tests import questionnaires
from tests.factories import make_case


def provider_of(cast):
    return organisations_where(cast.coordinator, Role.COORDINATOR).get()


def switch_on(cast, *, is_on=True):
    return services.set_norms(actor=cast.coordinator, provider=provider_of(cast), is_on=is_on)


def order(cast, role):
    """Of the cast of pages, or of services."""
    return cast.order(role=role) if hasattr(cast, "order") else make_case(cast, role=role)


def sent_case(cast, role="A role whose candidate has sent in"):
    """Candidates with addresses were given a questionnaire, and the first has sent in."""
    case = order(cast, role)
    for one in case.candidacies.all():
        Candidacy.objects.filter(pk=one.pk).update(email=f"{one.pseudonym}@example.com")
    given = questionnaires.begin(cast, case)
    questionnaires.answer_all(given, answers={1: 5, 2: 2, 7: 1})
    services.send_answers(given=given)
    return fresh(given)


def fresh(given):
    return selectors.given_for(
        Candidacy.objects.select_related("case__provider").get(pk=given.candidacy_id),
        given.pseudonym,
    )


def agree(given, *, is_yes=True):
    return services.choose_to_be_counted(given=fresh(given), is_yes=is_yes)


def group():
    return NormGroup.objects.select_related("provider").get()


def add_people(given, number, *, prefix="person", score=None):
    """So many more who agreed, in the group of one who did; their scores lie from 2 to 4."""
    case, keys = given.candidacy.case, [scale.key for scale in _scales(given)]
    first = 1 + case.candidacies.order_by("position").last().position
    people = Candidacy.objects.bulk_create(
        Candidacy(
            case=case, position=first + n, name=f"{prefix} {n}", email=f"{prefix}{n}@example.com"
        )
        for n in range(number)
    )
    rows = GivenQuestionnaire.objects.bulk_create(
        GivenQuestionnaire(candidacy=one, form=given.form, given_by=given.given_by)
        for one in people
    )
    counted, one_group = [], group()
    for n, row in enumerate(rows):
        one = CountedScores(given=row, group=one_group)
        value = 2 + 2 * (n % 50) / 49 if score is None else score
        one.content = encrypt(
            canonical_json(dict.fromkeys(keys, value)),
            case=case,
            label=selectors.scores_label(one),
        )
        counted.append(one)
    CountedScores.objects.bulk_create(counted)
    return people


def with_norm(cast):
    """A norm of 300 people is in use; the one who sent in is one of them."""
    switch_on(cast)
    given = sent_case(cast)
    agree(given)
    add_people(given, 299)
    return given, services.make_norm(actor=cast.coordinator, group=group())


def _scales(given):
    return selectors.questionnaire_in(given.form).scale
