"""What can be done with organisations, people and roles; and signing in."""

from second_opinion.accounts.services.addresses import (
    add_address,
    confirm_address,
    put_address_first,
    remove_address,
)
from second_opinion.accounts.services.e_id import BrokerAdapter, unlink_identity
from second_opinion.accounts.services.means import RESET, reset_means
from second_opinion.accounts.services.people import (
    INVITED,
    bring_in,
    choose_language,
    found_organisation,
    give_role,
    invite_person,
    make_up_person,
    take_role,
)
from second_opinion.accounts.services.sessions import (
    begin_session,
    end_all_sessions,
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
    "INVITED",
    "RESET",
    "BrokerAdapter",
    "add_address",
    "begin_session",
    "bring_in",
    "choose_language",
    "confirm_address",
    "demo_sign_in_token",
    "end_all_sessions",
    "end_other_sessions",
    "end_session",
    "found_organisation",
    "give_role",
    "invite_person",
    "is_recently_signed_in",
    "make_up_person",
    "note_sign_in",
    "person_of_demo_token",
    "put_address_first",
    "remove_address",
    "reset_means",
    "take_role",
    "unlink_identity",
]
