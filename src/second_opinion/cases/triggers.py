"""What the database refuses of an order, its profile and the steps of a case."""

from second_opinion.audit.triggers import Refusal, append_only

LOCKED = "This requirement profile is locked: make a new version with a reason."
ANSWERED = "This requirement profile is answered or locked: make a new version."


def _its_profile_is_fixed(row: str) -> str:  # OLD or NEW
    return (
        "EXISTS (SELECT 1 FROM cases_requirementprofile AS profile "
        f"WHERE profile.id = {row}.profile_id AND (profile.locked_at IS NOT NULL OR EXISTS "
        "(SELECT 1 FROM cases_profileanswer AS answer WHERE answer.profile_id = profile.id)))"
    )


_WAIVED = "That there is no first opinion is said once, and stays."

REFUSALS = (
    *append_only("cases_casetransition", "The steps of a case are append-only."),
    *append_only("cases_standardrule", "Standard rules are append-only: set a new one."),
    *append_only("cases_profileanswer", "The answers of deciders are append-only."),
    Refusal("cases_firstopinionwaiver", "UPDATE", _WAIVED),
    Refusal("cases_firstopinionwaiver", "DELETE", _WAIVED),
    Refusal("cases_requirementprofile", "UPDATE", LOCKED, when="OLD.locked_at IS NOT NULL"),
    Refusal("cases_requirementprofile", "DELETE", LOCKED, when="OLD.locked_at IS NOT NULL"),
    Refusal("cases_criterion", "INSERT", ANSWERED, when=_its_profile_is_fixed("NEW")),
    Refusal(
        "cases_criterion",
        "UPDATE",
        ANSWERED,
        when=f"{_its_profile_is_fixed('OLD')} OR {_its_profile_is_fixed('NEW')}",
    ),
    Refusal("cases_criterion", "DELETE", ANSWERED, when=_its_profile_is_fixed("OLD")),
    Refusal(
        "cases_order",
        "UPDATE",
        "These words are signed: sign anew what you write.",
        when="OLD.signed_at IS NOT NULL AND NEW.signed_at = OLD.signed_at AND NEW.why <> OLD.why",
        name="cases_order_refuses_other_words",
    ),
    Refusal(
        "cases_belief",
        "UPDATE",
        "This belief is sealed: nothing in it can change.",
        when="OLD.sealed_at IS NOT NULL",
    ),
    Refusal(
        "cases_candidacy",
        "UPDATE",
        "A candidate who has withdrawn stays withdrawn.",
        when="OLD.withdrawn_at IS NOT NULL AND "
        "(NEW.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at)",
        name="cases_candidacy_refuses_return",
    ),
)
