"""Who has signed in, with what they may be asked about on every page."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import prefetch_related_objects

from second_opinion.accounts.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Reads a person's memberships once a request, where policies ask for roles many times."""

    def get_user(self, user_id: int) -> Person | None:
        person: Person | None = super().get_user(user_id)
        if person is not None:
            prefetch_related_objects([person], "memberships")
        return person
