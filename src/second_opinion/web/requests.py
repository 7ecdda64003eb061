from django.http import HttpRequest

from second_opinion.accounts.models import Person
from second_opinion.candidates.models import PersonalLink, Referee
from second_opinion.cases.models import Candidacy
from second_opinion.reports.models import Share


class SignedInRequest(HttpRequest):
    """What a view gets behind the middleware that asks for sign-in."""

    user: Person


class CandidateRequest(HttpRequest):
    """What a view gets behind `door.for_candidate`: one candidacy, and no person."""

    candidacy: Candidacy
    link: PersonalLink


class RefereeRequest(HttpRequest):
    """What a view gets behind `door.for_referee`: one referee, and no person."""

    referee: Referee


class SharedRequest(HttpRequest):
    """What a view gets behind `shared.for_reader`: one shared report, and no person."""

    share: Share
