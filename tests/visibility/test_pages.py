"""Five thousand random actions through pages, exports and mails: nobody is shown too much."""

import logging
import os
import random

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.states import IS_OPENED
from second_opinion.opinions.models import EarlyAnswer, EarlyLook, EarlyReading, Opinion
from second_opinion.opinions.states import EarlyGround
from tests import factories
from tests.visibility.model import PEOPLE, State, do, may, visible
from tests.visibility.test_services import UndoneError, likely_action
from tests.visibility.world import World, marker_of, markers_in

SHARE = float(os.environ.get("SOAK_SHARE", "1"))
N_ACTIONS = round(5_000 * SHARE)
ENOUGH = 1_000
ACTIONS_IN_A_CASE = 60
OF_A_CASE = (
    "case",
    "early_readings",
    "case_events",
    "case_events_file",
    "case_mails",
    "conflicts",
    "panel",
    "engage",
    "discussion",
    "guide",
    "open_case",
)
OF_AN_OPINION = ("assessment", "seal_assessment", "receipt", "guide_sheet", "interview")

pytestmark = pytest.mark.django_db


class Pages(World):
    """What a person presses; engaging, roles and the calendar stay with the services."""

    n_found = 0  # words that were shown to whom they are for: else nothing could leak

    def begin(self, coordinators):
        super().begin(coordinators)
        self.clients = {who: Client() for who in PEOPLE}
        for who, client in self.clients.items():
            client.force_login(self.people[who])
        self.shown = ""  # what the answers to what was pressed showed

    def facts(self):
        """What pressing can change, without a word of it."""
        sealed = Opinion.objects.filter(sealed_at__isnull=False).count()
        rows = [model.objects.count() for model in (EarlyReading, EarlyAnswer, EarlyLook, Opinion)]
        written = Opinion.objects.filter(content__isnull=False).count()
        case = self.now()
        roles = case.provider.memberships.count()
        gone = case.candidacies.filter(withdrawn_at__isnull=False).count()
        return (case.state in IS_OPENED, case.due_on, sealed, written, *rows, roles, gone)

    def try_to(self, action):
        name, who, *upon = action
        press = getattr(self, f"_press_{name}", None)
        if press is None:
            return super().try_to(action)
        before = self.facts()
        answer = press(self.clients[who], *upon)
        self.shown = "" if answer is None else answer.content.decode()
        return self.facts() != before

    def _press_seal(self, client, assessor, candidate):
        if (opinion := self.opinion(assessor, candidate)) is None:
            return None
        for position, _ in enumerate(factories.CRITERIA, start=1):
            client.post(
                reverse("rate_criterion", args=[opinion.pseudonym, position]),
                {"score": "3", "evidence": marker_of((assessor, candidate))},
            )
        return client.post(reverse("seal_assessment", args=[opinion.pseudonym]))

    def _press_open(self, client):
        return client.post(reverse("open_case", args=[self.case.pseudonym]), {"reason": "Late."})

    def _press_ask(self, client, assessor, candidate):
        if (opinion := self.opinion(assessor, candidate)) is None:
            return None
        return self._act(
            client,
            act="ask",
            opinion=opinion.pseudonym,
            ground=EarlyGround.LAW,
            words="The court wants it.",
        )

    def _press_grant(self, client, number):
        return self._answer(client, "grant", number)

    def _press_refuse(self, client, number):
        return self._answer(client, "refuse", number)

    def _press_look(self, client, number):
        return self._answer(client, "read", number)

    def _answer(self, client, act, number):
        reading = self.reading(number)
        return reading and self._act(client, act=act, reading=reading.pseudonym)

    def _act(self, client, **posted):
        return client.post(reverse("early_readings", args=[self.case.pseudonym]), posted)

    def page(self, rng, who):
        """The words of one page or file that might hold something, for this person."""
        if rng.random() < 0.5:
            address = reverse(rng.choice(OF_A_CASE), args=[self.case.pseudonym])
        else:
            found = list(Opinion.objects.filter(candidacy__case=self.case))
            if not found:
                return ""
            own = [one for one in found if one.assessor_id == self.people[who].pk]
            found = own if own and rng.random() < 0.7 else found
            name = rng.choice(OF_AN_OPINION)
            address = reverse(name, args=[rng.choice(found).pseudonym])
        return self.clients[who].get(address).content.decode(errors="replace")


def walk_one_case(world, rng, n_actions):
    coordinators = {"run"} if rng.random() < 0.3 else {"run", "col"}
    world.begin(coordinators)
    state, path = State(coordinators=set(coordinators)), []
    for _ in range(n_actions):
        action = likely_action(rng, state)
        path.append(action)
        looks_at = (
            {state.readings[action[2]].opinion}
            if action[0] == "look" and may(state, action)
            else set()
        )
        is_allowed, outcome = may(state, action), world.try_to(action)
        if action[0] != "seal":  # what was rated already is the same again
            assert bool(outcome) == is_allowed, path
        if is_allowed:
            do(state, action)
        elif action[0] == "seal" and outcome:
            pytest.fail(f"pressed and done: {path}")
        assert markers_in(world.shown) <= visible(state, action[1]) | looks_at, path
        reader = rng.choice(PEOPLE)
        found = markers_in(world.page(rng, reader))
        assert found <= visible(state, reader), (reader, path)
        world.n_found += len(found | markers_in(world.shown))
        world.shown = ""
        if state.opened and rng.random() < 0.2:
            break
    deliver_due()
    assert markers_in(" ".join(one.subject + one.body for one in mail.outbox)) == set(), path
    return len(path)


@pytest.mark.soak
def test_five_thousand_random_actions_through_pages_exports_and_mails_show_nobody_too_much(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    seed = random.randrange(2**32)
    rng, world, n_tried, n_cases, n_mails = random.Random(seed), Pages(), 0, 0, 0

    print(f"\n{connection.vendor}, seed {seed}")
    while n_tried < N_ACTIONS:
        try:
            with transaction.atomic():
                n_tried += walk_one_case(world, rng, min(ACTIONS_IN_A_CASE, N_ACTIONS - n_tried))
                n_cases, n_mails = n_cases + 1, n_mails + len(mail.outbox)
                raise UndoneError
        except UndoneError:
            mail.outbox.clear()
    print(
        f"{n_tried} actions in {n_cases} cases, {n_mails} mails read, {world.n_found} words shown"
    )
    if N_ACTIONS >= ENOUGH:  # a handful of actions may show nothing, and mail nobody
        assert world.n_found > N_ACTIONS / 50
        assert n_mails
