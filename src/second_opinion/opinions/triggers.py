"""What the database refuses of opinions: the order of time, and that sealed is sealed."""

from second_opinion.audit.triggers import Refusal, append_only

SEALED = "This opinion is sealed: nothing in it can change."
NOT_ALL_SEALED = (
    "A case opens when every candidate has an opinion, or a result where instruments alone "
    "measure, and all opinions are sealed."
)
TOO_LATE = "The case is open: no opinion is added and none is sealed any more."
NOT_DECLARED = "An assessor declares their ties to the case before they see its file."
NOT_TOLD = "Nothing is assessed before the candidate has read what it is about."

_IS_BEING_SEALED = "NEW.sealed_at IS NOT NULL AND OLD.sealed_at IS NULL"
_A_FIRST_IS_UNSEALED = (
    "NEW.kind <> 'first' AND EXISTS ("
    "SELECT 1 FROM opinions_opinion AS earlier "
    "JOIN cases_candidacy AS theirs ON theirs.id = earlier.candidacy_id "
    "JOIN cases_candidacy AS mine ON mine.case_id = theirs.case_id "
    "WHERE mine.id = NEW.candidacy_id AND earlier.kind = 'first' AND earlier.sealed_at IS NULL "
    "AND theirs.withdrawn_at IS NULL)"
)
_CASE_IS_OPEN = (
    "EXISTS (SELECT 1 FROM opinions_opening AS opening "
    "JOIN cases_candidacy AS candidacy ON candidacy.case_id = opening.case_id "
    "WHERE candidacy.id = NEW.candidacy_id)"
)
_NOBODY_HAS_READ = (
    "NEW.content IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM candidates_acknowledgement AS acknowledgement "
    "WHERE acknowledgement.candidacy_id = NEW.candidacy_id)"
)
# The client's own are tied to the case as they are, and in practice nobody is real.
_NOT_DECLARED = (
    "NEW.content IS NOT NULL AND NEW.kind <> 'first' AND EXISTS ("
    "SELECT 1 FROM cases_candidacy AS candidacy "
    "JOIN cases_case AS assessed ON assessed.id = candidacy.case_id "
    "WHERE candidacy.id = NEW.candidacy_id AND assessed.practised_by_id IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM panels_declaration AS declaration "
    "WHERE declaration.case_id = assessed.id AND declaration.person_id = NEW.assessor_id))"
)

# Of the newest locked profile: what a criterion is measured by is a list of words.
_AN_INTERVIEW_MEASURES = (
    "EXISTS (SELECT 1 FROM cases_criterion AS criterion "
    "JOIN cases_requirementprofile AS profile ON profile.id = criterion.profile_id "
    "WHERE profile.case_id = NEW.case_id AND profile.version = ("
    "SELECT max(locked.version) FROM cases_requirementprofile AS locked "
    "WHERE locked.case_id = NEW.case_id AND locked.locked_at IS NOT NULL) "
    "AND (CAST(criterion.methods AS text) = '[]' "
    "OR CAST(criterion.methods AS text) LIKE '%\"interview\"%'))"
)
_AN_INSTRUMENT_SPEAKS = (
    "EXISTS (SELECT 1 FROM instruments_result AS result "
    "JOIN cases_candidacy AS theirs ON theirs.id = result.candidacy_id "
    "WHERE theirs.case_id = NEW.case_id AND theirs.withdrawn_at IS NULL "
    "AND result.kind <> 'questionnaire'{of_whom})"
)
_ITS_RESULT_STANDS_FOR_IT = (
    f"opinion.id IS NULL AND NOT {_AN_INTERVIEW_MEASURES} AND "
    + _AN_INSTRUMENT_SPEAKS.format(of_whom=" AND theirs.id = candidacy.id")
)
_SOMETHING_UNSEALED = (
    "EXISTS (SELECT 1 FROM cases_candidacy AS candidacy "
    "LEFT JOIN opinions_opinion AS opinion ON opinion.candidacy_id = candidacy.id "
    "WHERE candidacy.case_id = NEW.case_id AND candidacy.withdrawn_at IS NULL "
    f"AND opinion.sealed_at IS NULL AND NOT ({_ITS_RESULT_STANDS_FOR_IT}))"
)
_NO_SECOND_OPINION = (
    "NOT EXISTS (SELECT 1 FROM opinions_opinion AS opinion "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
    "WHERE candidacy.case_id = NEW.case_id AND candidacy.withdrawn_at IS NULL "
    "AND opinion.kind <> 'first' "
    "AND opinion.sealed_at IS NOT NULL)"
)
# No zone ends a day before that day has begun in UTC; the policy knows the hour.
_BEFORE_THE_DEADLINE = (
    "EXISTS (SELECT 1 FROM cases_case AS opened WHERE opened.id = NEW.case_id "
    "AND substr(CAST(NEW.opened_at AS text), 1, 10) < CAST(opened.due_on AS text))"
)
_NOT_IN_ASSESSMENT = (
    "NOT EXISTS (SELECT 1 FROM cases_case AS opened "
    "WHERE opened.id = NEW.case_id AND opened.state = 'in_assessment')"
)
_NOTHING_TO_OPEN = (
    f"{_NO_SECOND_OPINION} AND ({_AN_INTERVIEW_MEASURES} "
    f"OR NOT {_AN_INSTRUMENT_SPEAKS.format(of_whom='')})"
)
_OPENED_TOO_EARLY = (
    f"{_NOT_IN_ASSESSMENT} OR (NOT NEW.is_at_deadline AND {_SOMETHING_UNSEALED}) "
    f"OR (NEW.is_at_deadline AND ({_BEFORE_THE_DEADLINE} OR ({_NOTHING_TO_OPEN})))"
)
_WITHOUT_OPENING = (
    "NEW.state = 'opened' AND OLD.state <> 'opened' AND NOT EXISTS ("
    "SELECT 1 FROM opinions_opening AS opening WHERE opening.case_id = NEW.id)"
)

_OF_WHAT_IS_NOT_OPEN = (
    "NOT EXISTS (SELECT 1 FROM opinions_opinion AS opinion "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
    "JOIN opinions_opening AS opening ON opening.case_id = candidacy.case_id "
    "WHERE opinion.id = NEW.opinion_id AND opinion.sealed_at IS NOT NULL)"
)

_UNTIL_SEALED = (
    Refusal("opinions_opinion", "UPDATE", SEALED, when="OLD.sealed_at IS NOT NULL"),
    Refusal("opinions_opinion", "DELETE", SEALED, when="OLD.sealed_at IS NOT NULL"),
    Refusal(
        "opinions_opinion",
        "UPDATE",
        "The first opinions must be sealed before a later opinion can be.",
        when=f"{_IS_BEING_SEALED} AND {_A_FIRST_IS_UNSEALED}",
        name="opinions_opinion_refuses_early_seal",
    ),
    Refusal(
        "opinions_opinion",
        "INSERT",
        NOT_TOLD,
        when=_NOBODY_HAS_READ,
        name="opinions_opinion_refuses_untold_insert",
    ),
    Refusal(
        "opinions_opinion",
        "UPDATE",
        NOT_TOLD,
        when=_NOBODY_HAS_READ,
        name="opinions_opinion_refuses_untold_update",
    ),
    *(
        Refusal(
            "opinions_opinion",
            operation,
            NOT_DECLARED,
            when=_NOT_DECLARED,
            name=f"opinions_opinion_refuses_undeclared_{operation.lower()}",
        )
        for operation in ("INSERT", "UPDATE")
    ),
)

_OPENING = (
    *append_only("opinions_opening", "The opening of a case is append-only."),
    Refusal("opinions_opening", "INSERT", NOT_ALL_SEALED, when=_OPENED_TOO_EARLY),
    Refusal(
        "cases_case",
        "UPDATE",
        NOT_ALL_SEALED,
        when=_WITHOUT_OPENING,
        name="cases_case_refuses_early_opening",
    ),
    Refusal("opinions_opinion", "INSERT", TOO_LATE, when=_CASE_IS_OPEN),
    Refusal(
        "opinions_opinion",
        "UPDATE",
        TOO_LATE,
        when=f"{_IS_BEING_SEALED} AND {_CASE_IS_OPEN}",
        name="opinions_opinion_refuses_late_seal",
    ),
)

_AFTER_IT = (
    *append_only("opinions_revision", "A revision is append-only."),
    *append_only("opinions_remark", "The discussion is append-only."),
    Refusal(
        "opinions_revision",
        "INSERT",
        "Only what is sealed and opened is revised.",
        when=_OF_WHAT_IS_NOT_OPEN,
    ),
    Refusal(
        "opinions_remark",
        "INSERT",
        "Opinions are discussed after they have been opened together.",
        when=f"NOT {_CASE_IS_OPEN}",
    ),
)

_READ_OPINION = (
    "FROM opinions_earlyreading AS reading "
    "JOIN opinions_opinion AS opinion ON opinion.id = reading.opinion_id "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
)
_NOT_SEALED_OR_OPEN = (
    "NOT EXISTS (SELECT 1 FROM opinions_opinion AS opinion "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
    "WHERE opinion.id = NEW.opinion_id AND opinion.sealed_at IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM opinions_opening AS opening WHERE opening.case_id = candidacy.case_id))"
)
_IS_OWN = (
    "NEW.is_granted AND EXISTS (SELECT 1 FROM opinions_earlyreading AS reading "
    "WHERE reading.id = NEW.reading_id AND reading.asked_by_id = NEW.by_id)"
)
_ANOTHER_COULD = (
    f"EXISTS (SELECT 1 {_READ_OPINION} "
    "JOIN cases_case AS theirs ON theirs.id = candidacy.case_id "
    "JOIN accounts_membership AS membership ON membership.organisation_id = theirs.provider_id "
    "JOIN accounts_person AS person ON person.id = membership.person_id "
    "WHERE reading.id = NEW.reading_id AND membership.role = 'coordinator' "
    "AND person.is_active AND person.id <> NEW.by_id)"
)
_NOT_GRANTED_OR_OVER = (
    "NOT EXISTS (SELECT 1 FROM opinions_earlyanswer AS answer "
    "WHERE answer.reading_id = NEW.reading_id AND answer.is_granted AND NEW.at < answer.ends_at)"
)
_READER_ASSESSES = (
    f"EXISTS (SELECT 1 {_READ_OPINION} "
    "JOIN cases_candidacy AS sibling ON sibling.case_id = candidacy.case_id "
    "JOIN opinions_opinion AS own ON own.candidacy_id = sibling.id "
    "WHERE reading.id = NEW.reading_id AND own.assessor_id = reading.asked_by_id)"
)
_HAS_READ_EARLY = (
    f"EXISTS (SELECT 1 {_READ_OPINION} "
    "JOIN opinions_earlylook AS look ON look.reading_id = reading.id "
    "JOIN cases_candidacy AS sibling ON sibling.case_id = candidacy.case_id "
    "WHERE reading.asked_by_id = NEW.assessor_id AND sibling.id = NEW.candidacy_id)"
)

_EARLY = (
    *append_only("opinions_earlyreading", "That somebody asked to read early stays."),
    *append_only("opinions_earlyanswer", "The answer to an early reading stays."),
    *append_only("opinions_earlylook", "That a sealed opinion was read stays."),
    Refusal(
        "opinions_earlyreading",
        "INSERT",
        "Only what is sealed and not yet opened is read early.",
        when=_NOT_SEALED_OR_OPEN,
    ),
    Refusal(
        "opinions_earlyanswer",
        "INSERT",
        "Nobody agrees to their own early reading while somebody else could.",
        when=f"{_IS_OWN} AND {_ANOTHER_COULD}",
    ),
    Refusal(
        "opinions_earlylook",
        "INSERT",
        "A sealed opinion is read only when two have agreed, for as long as they have, and by "
        "nobody who assesses in the case.",
        when=f"{_NOT_GRANTED_OR_OVER} OR {_READER_ASSESSES}",
    ),
    Refusal(
        "opinions_opinion",
        "INSERT",
        "Who has read a sealed opinion of a case gives none in it.",
        when=_HAS_READ_EARLY,
        name="opinions_opinion_refuses_early_reader",
    ),
)

REFUSALS = _UNTIL_SEALED + _OPENING + _AFTER_IT + _EARLY
