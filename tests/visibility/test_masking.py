"""Random actions on masked documents: nobody reads an original whose opening is not noted.

The walk knows by itself what was released and who opened what; the product must show no more.
"""

import os
import random

import pytest
from django.test import Client
from django.urls import reverse

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.ingest.redaction import Kind
from second_opinion.instruments import selectors, services
from second_opinion.instruments.errors import InstrumentError
from second_opinion.instruments.models import MaskedDocument, OriginalLook
from second_opinion.instruments.states import DocumentKind
from second_opinion.opinions import services as opinions
from second_opinion.opinions.errors import OpinionError
from tests import factories

pytestmark = pytest.mark.django_db

REFUSED = (InstrumentError, NotAllowedError, OpinionError)
SHARE = float(os.environ.get("SOAK_SHARE", "1"))
NAME, MAIL, WORD = "Zqname Zqfamily", "zqmail@example.com", "supplier"
ANSWER = f"I am {NAME}, {MAIL}. The cheapest supplier is best."
HIDDEN = ("Zqname", "Zqfamily", "zqmail")


class Walk:
    def __init__(self):
        self.cast = factories.Cast()
        make = factories.make_person
        provider = self.cast.provider
        self.colleague = make(Role.COORDINATOR, organisation=provider, name="Colleague")
        self.rater = make(Role.ASSESSOR, organisation=provider, name="Rater")
        self.people = [self.cast.coordinator, self.colleague, self.rater, self.cast.assessor]
        self.case = factories.make_case(self.cast, state=CaseState.IN_ASSESSMENT, candidates=[NAME])
        services.choose_masking(actor=self.cast.coordinator, case=self.case, is_masked=True)
        factories.give_task(self.cast, self.case)
        self.candidacy = self.case.candidacies.get()
        services.begin_task(candidacy=self.candidacy)
        self.rating = opinions.engage_rater(
            actor=self.cast.coordinator, candidacy=self.candidacy, rater=self.rater
        )
        self.opened, self.is_released = set(), False

    def act(self, rng):
        """One action of somebody; what it was, if it was done."""
        name = rng.choice(("answer", "prepare", "look", "mask", "show", "release", "rate"))
        who = rng.choice(self.people)
        try:
            getattr(self, name)(who)
        except REFUSED:
            return ""
        return name

    def answer(self, _who):
        services.answer_task(candidacy=self.candidacy, words=ANSWER)

    def prepare(self, who):
        services.prepare_document(actor=who, candidacy=self.candidacy, kind=DocumentKind.ANSWER)

    def look(self, who):
        opinions.open_original(actor=who, document=self._document())
        self.opened.add(who.pk)

    def mask(self, who):
        services.mask_more(
            actor=who, document=self._document(), words=WORD, kind=Kind.ORGANISATION, reason="One."
        )

    def show(self, who):
        services.show_after_all(actor=who, document=self._document(), words=WORD, reason="Many.")

    def release(self, who):
        services.release_document(actor=who, document=self._document(), has_compared=True)
        self.is_released = True

    def rate(self, who):
        services.rate_task(actor=who, rating=self.rating, ratings=[])
        assert who == self.rater
        assert self.is_released

    def _document(self):
        found = self._documents().first()
        if found is None:
            raise InstrumentError
        return found

    def _documents(self):
        """Of this walk: another may have gone before it in the same database."""
        return MaskedDocument.objects.filter(candidacy=self.candidacy)

    def check(self):
        reading = selectors.reading_of(self.rating)
        assert (reading.answer is not None) is self.is_released
        looks = OriginalLook.objects.filter(document__candidacy=self.candidacy)
        assert set(looks.values_list("by", flat=True)) == self.opened
        assert self.opened <= {self.cast.coordinator.pk, self.colleague.pk}
        paths = [reverse("rate_work_sample", args=[self.rating.pseudonym]), "/assessments/"]
        paths += [
            reverse(name, args=[one])
            for one in self._documents().values_list("pseudonym", flat=True)
            for name in ("masked_document", "masked_document_file")
        ]
        for who in self.people:
            client = Client()
            client.force_login(who)
            text = " ".join(client.get(path).content.decode() for path in paths)
            if who.pk not in self.opened:
                assert MAIL not in text, who
            if who == self.rater:
                assert [word for word in HIDDEN if word in text] == []


def walk(rng, n_actions):
    one, done = Walk(), []
    for _ in range(n_actions):
        if act := one.act(rng):
            done.append(act)
            one.check()
    return set(done)


def test_a_walk_through_masking_shows_nobody_more_than_was_released_to_them():
    seed = random.randrange(2**32)
    print(f"seed {seed}")

    done = walk(random.Random(seed), 40)

    assert done


@pytest.mark.soak
def test_many_walks_through_masking():
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    done = set()
    for number in range(max(round(50 * SHARE), 2)):
        done |= walk(random.Random(seed + number), 80)

    if SHARE == 1:  # a sample may have met too little
        assert done == {"answer", "prepare", "look", "mask", "show", "release", "rate"}
