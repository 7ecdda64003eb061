"""What can be done with organisations, people and roles; and signing in."""

from second_opinion.accounts.services.people import (
    choose_language,
    found_organisation,
    give_role,
    invite_person,
)
from second_opinion.accounts.services.sign_in import (
    demo_sign_in_token,
    note_sign_in,
    person_of_demo_token,
)

__all__ = [
    "choose_language",
    "demo_sign_in_token",
    "found_organisation",
    "give_role",
    "invite_person",
    "note_sign_in",
    "person_of_demo_token",
]
