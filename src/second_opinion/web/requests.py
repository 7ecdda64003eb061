from django.http import HttpRequest

from second_opinion.accounts.models import Person


class SignedInRequest(HttpRequest):
    """What a view gets behind the middleware that asks for sign-in."""

    user: Person
