"""What can be done with organisations, people and roles; and signing in."""

from second_opinion.accounts.services.people import (
    choose_language,
    found_organisation,
    give_role,
    invite_person,
    make_up_person,
)
from second_opinion.accounts.services.sessions import (
    begin_session,
    end_other_sessions,
    end_session,
    is_recently_signed_in,
)
from second_opinion.accounts.services.sign_in import (
    demo_sign_in_token,
    note_sign_in,
    person_of_demo_token,
)

__all__ = [
    "begin_session",
    "choose_language",
    "demo_sign_in_token",
    "end_other_sessions",
    "end_session",
    "found_organisation",
    "give_role",
    "invite_person",
    "is_recently_signed_in",
    "make_up_person",
    "note_sign_in",
    "person_of_demo_token",
]
