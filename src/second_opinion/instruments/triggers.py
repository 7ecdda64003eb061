"""What the database refuses of guides that were used, of results and of ratings in practice."""

from second_opinion.audit.triggers import Refusal, append_only

_FROZEN = "This interview guide has been used: it stays as it was asked by."
_COUNTED_ONCE = "Whom a norm has counted stays known, so that nobody counts as new twice."
_OUT_OF_TIME = (
    "NOT EXISTS (SELECT 1 FROM cases_candidacy AS candidacy "
    "JOIN cases_case AS assessed ON assessed.id = candidacy.case_id "
    "JOIN candidates_acknowledgement AS acknowledgement "
    "ON acknowledgement.candidacy_id = candidacy.id "
    "WHERE candidacy.id = NEW.candidacy_id AND candidacy.withdrawn_at IS NULL "
    "AND assessed.state = 'in_assessment')"
)

REFUSALS = (
    Refusal("instruments_guide", "UPDATE", _FROZEN, when="OLD.frozen_at IS NOT NULL"),
    Refusal("instruments_guide", "DELETE", _FROZEN, when="OLD.frozen_at IS NOT NULL"),
    *append_only("instruments_deviation", "A deviation stays as it was noted."),
    *append_only("instruments_reference", "What a referee answered stays as it was given."),
    Refusal(
        "instruments_reference",
        "INSERT",
        "References are given while a case is in assessment, on candidates who know of it.",
        when=_OUT_OF_TIME,
    ),
    *append_only(
        "instruments_result", "A result stays as it was entered: a correction is a new version."
    ),
    Refusal(
        "instruments_result",
        "INSERT",
        "Results are entered while a case is in assessment, of candidates who know of it.",
        when=_OUT_OF_TIME,
    ),
    *append_only("instruments_normsetting", "How norms were set stays in the list: set it anew."),
    *append_only(
        "instruments_normgroup", "A norm group stays as it is: who is in it would change."
    ),
    *append_only("instruments_normversion", "A norm stays as it was made: make a new one."),
    *append_only("instruments_normconsent", "What a candidate chose stays: a new choice follows."),
    Refusal("instruments_countedscores", "DELETE", _COUNTED_ONCE),
    Refusal(
        "instruments_countedscores",
        "UPDATE",
        _COUNTED_ONCE,
        when="OLD.given_id <> NEW.given_id OR OLD.group_id <> NEW.group_id "
        "OR (OLD.first_in_id IS NOT NULL "
        "AND (NEW.first_in_id IS NULL OR NEW.first_in_id <> OLD.first_in_id))",
    ),
    *append_only("instruments_questionnaireform", "A questionnaire stays as it was asked."),
    *append_only("instruments_givenquestionnaire", "What was given to a candidate stays given.")[
        1:
    ],
    Refusal(
        "instruments_givenquestionnaire",
        "UPDATE",
        "What was given to a candidate stays given: it is taken back once, before it is sent in.",
        when=(
            "OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL "
            "OR NEW.taken_back_because IS NULL OR OLD.candidacy_id <> NEW.candidacy_id "
            "OR OLD.form_id <> NEW.form_id OR OLD.given_by_id <> NEW.given_by_id "
            "OR OLD.at <> NEW.at OR CAST(OLD.bears_on AS text) <> CAST(NEW.bears_on AS text) "
            "OR EXISTS (SELECT 1 FROM instruments_sentquestionnaire AS sent "
            "WHERE sent.given_id = NEW.id)"
        ),
    ),
    *(
        Refusal(
            table,
            "INSERT",
            "This questionnaire was taken back: nothing more is asked.",
            when=(
                "EXISTS (SELECT 1 FROM instruments_givenquestionnaire AS given "
                "WHERE given.id = NEW.given_id AND given.taken_back_at IS NOT NULL)"
            ),
            name=f"{table}_refuses_what_was_taken_back",
        )
        for table in ("instruments_statementanswer", "instruments_sentquestionnaire")
    ),
    *append_only("instruments_statementanswer", "An answer stays as it was given."),
    *append_only("instruments_sentquestionnaire", "What was sent in stays sent in."),
    Refusal(
        "instruments_statementanswer",
        "INSERT",
        "These answers have been sent in: they stay as they are.",
        when=(
            "EXISTS (SELECT 1 FROM instruments_sentquestionnaire AS sent "
            "WHERE sent.given_id = NEW.given_id)"
        ),
    ),
    *(
        Refusal(table, operation, sentence, when=when)
        for table, sentence, when in (
            (
                "instruments_worksample",
                "This task was given: it stays as it is.",
                "OLD.given_at IS NOT NULL",
            ),
            (
                "instruments_worksamplerating",
                "This rating is sealed: nothing in it can change.",
                "OLD.sealed_at IS NOT NULL",
            ),
        )
        for operation in ("UPDATE", "DELETE")
    ),
    Refusal(
        "instruments_worksampleattempt",
        "UPDATE",
        "An answer stays as it was given.",
        when="OLD.answered_at IS NOT NULL AND (OLD.content <> NEW.content "
        "OR OLD.answered_at <> NEW.answered_at)",
    ),
    *append_only("instruments_maskingchoice", "What was chosen of masking stays as it was."),
    *append_only("instruments_originallook", "That an original was opened stays noted."),
    Refusal(
        "instruments_maskeddocument",
        "UPDATE",
        "This text has been released: it stays as it was read.",
        when=(
            "OLD.released_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM candidates_material AS "
            "material WHERE material.id = OLD.material_id AND material.removed_at IS NOT NULL)"
        ),
    ),
    Refusal(
        "instruments_maskeddocument",
        "DELETE",
        "This text has been released: it stays as it was read.",
        when="OLD.released_at IS NOT NULL",
    ),
    Refusal(
        "instruments_maskeddocument",
        "INSERT",
        "A document is compared by a person before it is released.",
        when="NEW.released_at IS NOT NULL",
    ),
    Refusal(
        "instruments_practicerating",
        "UPDATE",
        "A practised score stays as it was given, before its key was seen.",
    ),
)
