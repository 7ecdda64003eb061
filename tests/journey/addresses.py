"""Every address there is, with everything of one world that may stand in it."""

from itertools import product

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from second_opinion.candidates.models import Material, Meeting
from second_opinion.cases.states import CaseState
from second_opinion.instruments.models import (
    GivenQuestionnaire,
    MaskedDocument,
    Result,
    WorkSampleRating,
)
from second_opinion.opinions.models import Opinion
from second_opinion.panels.models import AssessorVersion, Proposal, Tie
from second_opinion.reports.models import ReportVersion
from tests.journey.secrets import SECRETS

# What the part of an address after this word names. A new word fails until it is here.
NAMES = {
    "cases": lambda world: [world.case.pseudonym],
    "orders": lambda world: [world.case.pseudonym],
    "orders/<uuid:pseudonym>": lambda world: ["role", "candidates", "why", "questions"],
    "belief": lambda world: [world.candidacy.pseudonym],
    "profile": lambda world: [1],
    "practice": lambda world: [world.case.pseudonym],
    "rating-practice": lambda world: ["johan"],
    "library": lambda world: ["collaboration"],
    "reports": lambda world: _pseudonyms(ReportVersion, case=world.case),
    "assessments": lambda world: _pseudonyms(Opinion, candidacy__case=world.case),
    "candidates": lambda world: [1],
    "candidacies": lambda world: [world.candidacy.pseudonym],
    "files": lambda world: _pseudonyms(Material, candidacy__case=world.case),
    "work-samples": lambda world: _pseudonyms(WorkSampleRating, candidacy__case=world.case),
    "masked": lambda world: _pseudonyms(MaskedDocument, candidacy__case=world.case),
    "tests": lambda world: _pseudonyms(Result, candidacy__case=world.case),
    "material": lambda world: _pseudonyms(Material, candidacy__case=world.case),
    "candidate/times": lambda world: _pseudonyms(Meeting, candidacy__case=world.case),
    "candidate/material": lambda world: _pseudonyms(Material, candidacy__case=world.case),
    "candidate/questionnaires": lambda world: _pseudonyms(
        GivenQuestionnaire, candidacy__case=world.case
    ),
    "questionnaires/<uuid:pseudonym>": lambda world: [1],
    "personal": lambda world: ["of-nobody"],  # a candidate's own link: tests/web/pages/candidate
    "shared": lambda world: ["of-nobody"],  # a share's own link: tests/web/pages/test_shared.py
    "criteria": lambda world: [1, 2],
    "writing": lambda world: [1],
    "discussion": lambda world: [1, 2],
    "passkeys": lambda world: [1],
    "assessors": lambda world: [world.cast.assessor.pseudonym],
    "versions": lambda world: list(
        AssessorVersion.objects.filter(person=world.cast.assessor).values_list("number", flat=True)
    ),
    "proposals": lambda world: _pseudonyms(Proposal, case=world.case),
    "consistency": lambda world: [1],
    "ties": lambda world: _pseudonyms(Tie),
    "people": lambda world: [world.cast.assessor.pseudonym],
    "addresses": lambda world: ["of-nobody"],
    "demo/sign-in": lambda world: [],  # there only in the demo, with tests of its own
}
# The same for everybody, and of no case: walked once, in one stage.
OF_NO_CASE = (
    "account_",
    "mfa_",
    "end_sessions",
    "health_",
    "metrics",
    "brand_styles",
    "choose_language",
    "worth",
    "people",
    "invite",
    "new_organisation",
    "addresses",
    "confirm_address",
    "rating_practice",
    "questionnaires",
    "own_ties",
    "proof",
    "assessor_register",
    "registered",
)

# What a search finds hangs on who may see a case: while its order is written, and afterwards.
SEARCHED = {CaseState.DRAFT, CaseState.IN_ASSESSMENT}


def paths_of(world, *, of_no_case=True):
    """Name and path, for every address and all that it may name in this world."""
    for name, route in _routes(get_resolver()):
        if not of_no_case and (name.startswith(OF_NO_CASE) or name == "person"):
            continue
        for values in product(*_possible(route, world)):
            yield name, reverse(name, args=values)
        if name == "cases" and world.case.state in SEARCHED:
            # Looked for without their last letter: the page repeats what was looked for.
            yield from ((name, f"/?q={secret.words[:-1]}") for secret in SECRETS)


def _routes(resolver, before=""):
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        else:
            yield entry.name, route


def _possible(route, world):
    parts = route.split("/")
    for place, part in enumerate(parts):
        if part.startswith("<"):
            word = "/".join(parts[max(place - 2, 0) : place])
            word = word if word in NAMES else parts[place - 1]
            if word not in NAMES:
                pytest.fail(f"Say in tests/journey/addresses.py what /{word}/{part}/ names.")
            yield NAMES[word](world)


def _pseudonyms(model, **where):
    return list(model.objects.filter(**where).values_list("pseudonym", flat=True))
