"""One case of the product, acted on through services, and what each person can then read in it."""

import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from second_opinion.accounts.errors import AccountsError
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.services import give_role, take_role
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.cases.services import withdraw_candidacy
from second_opinion.cases.states import CaseState
from second_opinion.opinions import selectors, services
from second_opinion.opinions.errors import OpinionError
from second_opinion.opinions.models import EarlyReading, Opinion
from second_opinion.opinions.states import EarlyGround, OpinionKind
from tests import factories

REFUSED = (OpinionError, AccountsError)
NAMES = {"run": "Rut", "col": "Conrad", "ann": "Annika", "ola": "Olaf", "fia": "Fiona"}


def marker_of(opinion):
    who, candidate = opinion
    return f"Zq{who}{candidate}zq"


MARKERS = {(who, candidate): marker_of((who, candidate)) for who in NAMES for candidate in (1, 2)}


def markers_in(text):
    return {opinion for opinion, marker in MARKERS.items() if marker in text}


class World:
    """coordinators : who has that role at the provider when the case begins"""

    def __init__(self):
        cast = self.cast = factories.Cast()
        for each in (cast.coordinator, cast.assessor):  # the roles are given below
            each.memberships.all().delete()
        self.people = {
            who: factories.make_person(
                Role.ASSESSOR,
                organisation=cast.client if who == "fia" else cast.provider,
                name=f"{name} {name}sdotter",
            )
            for who, name in NAMES.items()
        }
        cast.coordinator = self.people["run"]
        for who in ("run", "col"):
            self._give(who)
        self.case = factories.make_case(
            cast, state=CaseState.IN_ASSESSMENT, candidates=("Xerxes Quist", "Yngve Zakris")
        )
        self.candidacies = dict(enumerate(self.case.candidacies.order_by("position"), start=1))

    def _give(self, who):
        give_role(
            actor=None,
            person=self.people[who],
            organisation=self.cast.provider,
            role=Role.COORDINATOR,
        )

    def begin(self, coordinators):
        """A new case with these: everything else was rolled back."""
        for who in {"run", "col"} - coordinators:
            self.people[who].memberships.filter(role=Role.COORDINATOR).delete()

    def now(self):
        return Case.objects.select_related("client", "provider", "coordinator").get(pk=self.case.pk)

    def opinion(self, who, candidate):
        return (
            Opinion.objects.filter(assessor=self.people[who], candidacy=self.candidacies[candidate])
            .select_related("candidacy__case__provider", "assessor")
            .first()
        )

    def reading(self, number):
        found = EarlyReading.objects.filter(opinion__candidacy__case=self.case).order_by("pk")
        return found[number] if number < len(found) else None

    def try_to(self, action):
        """Whether the services did it; what a look has shown is added to the answer."""
        name, who, *upon = action
        try:
            with transaction.atomic():
                return getattr(self, "_" + name.replace(" ", "_"))(self.people[who], *upon)
        except REFUSED:
            return None

    def _engage(self, actor, assessor, candidate):
        kind = OpinionKind.FIRST if assessor == "fia" else OpinionKind.SECOND
        person = self.people[assessor]
        opinion = services.engage_assessor(
            actor=actor, candidacy=self.candidacies[candidate], assessor=person, kind=kind
        )
        return factories.declare(opinion)

    def _write(self, actor, assessor, candidate):
        if (opinion := self.opinion(assessor, candidate)) is None:
            return None
        entries = [
            factories.rating(criterion=each, evidence=(marker_of((assessor, candidate)),))
            for each in factories.CRITERIA
        ]
        return services.record_opinion(actor=actor, opinion=opinion, ratings=entries)

    def _seal(self, actor, assessor, candidate):
        if (opinion := self._write(actor, assessor, candidate)) is None:
            return None
        return services.seal_opinion(actor=actor, opinion=opinion)

    def _open(self, actor):
        return services.open_case(actor=actor, case=self.now(), reason="It is late.")

    def _ask(self, actor, assessor, candidate):
        if (opinion := self.opinion(assessor, candidate)) is None:
            return None
        return services.ask_early_reading(
            actor=actor, opinion=opinion, ground=EarlyGround.LAW, words="The court wants it."
        )

    def _grant(self, actor, number):
        reading = self.reading(number)
        return reading and services.grant_early_reading(actor=actor, reading=reading)

    def _refuse(self, actor, number):
        reading = self.reading(number)
        return reading and services.refuse_early_reading(actor=actor, reading=reading)

    def _look(self, actor, number):
        reading = self.reading(number)
        return reading and services.read_early(actor=actor, reading=reading)

    def _take_role(self, actor, other):
        return self._change(take_role, actor, other, is_there=True)

    def _give_role(self, actor, other):
        return self._change(give_role, actor, other, is_there=False)

    def _change(self, service, actor, other, *, is_there):
        """Nobody changes their own here, and what is so already is no action."""
        person, role = self.people[other], Role.COORDINATOR
        if actor == person or has_role(person, role, self.cast.provider) is not is_there:
            return None
        service(actor=actor, person=person, organisation=self.cast.provider, role=role)
        return True

    def _withdraw(self, _, candidate):
        candidacy = self.now().candidacies.get(pk=self.candidacies[candidate].pk)
        return (
            None if candidacy.is_withdrawn else withdraw_candidacy(actor=None, candidacy=candidacy)
        )

    def _deadline(self, _):
        passed = timezone.localdate() - timedelta(days=3)
        return Case.objects.filter(pk=self.case.pk).exclude(due_on=passed).update(due_on=passed)

    def read_by(self, who):
        """The opinions whose words this person is shown, or gets in a receipt."""
        person, case = self.people[who], self.now()
        shown = selectors.contents_visible_to(person, case=case)
        texts = [str(content) for _, content in shown]
        texts += [json.dumps(selectors.receipt_for(person, one)) for one, _ in shown]
        return markers_in(" ".join(texts))
