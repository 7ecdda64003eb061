"""The triggers that look at a table which cases.0006 remakes on SQLite, as they were."""

from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

NOT_ALL_SEALED = "A case opens when every candidate has an opinion and all opinions are sealed."
SOMETHING_UNSEALED = (
    "EXISTS (SELECT 1 FROM cases_candidacy AS candidacy "
    "LEFT JOIN opinions_opinion AS opinion ON opinion.candidacy_id = candidacy.id "
    "WHERE candidacy.case_id = NEW.case_id AND candidacy.withdrawn_at IS NULL "
    "AND opinion.sealed_at IS NULL)"
)
NO_SECOND_OPINION = (
    "NOT EXISTS (SELECT 1 FROM opinions_opinion AS opinion "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
    "WHERE candidacy.case_id = NEW.case_id AND candidacy.withdrawn_at IS NULL "
    "AND opinion.kind <> 'first' "
    "AND opinion.sealed_at IS NOT NULL)"
)
# No zone ends a day before that day has begun in UTC; the policy knows the hour.
BEFORE_THE_DEADLINE = (
    "EXISTS (SELECT 1 FROM cases_case AS opened WHERE opened.id = NEW.case_id "
    "AND substr(CAST(NEW.opened_at AS text), 1, 10) < CAST(opened.due_on AS text))"
)
NOT_IN_ASSESSMENT = (
    "NOT EXISTS (SELECT 1 FROM cases_case AS opened "
    "WHERE opened.id = NEW.case_id AND opened.state = 'in_assessment')"
)
OPENED_TOO_EARLY = (
    f"{NOT_IN_ASSESSMENT} OR (NOT NEW.is_at_deadline AND {SOMETHING_UNSEALED}) "
    f"OR (NEW.is_at_deadline AND ({BEFORE_THE_DEADLINE} OR {NO_SECOND_OPINION}))"
)
WITHOUT_OPENING = (
    "NEW.state = 'opened' AND OLD.state <> 'opened' AND NOT EXISTS ("
    "SELECT 1 FROM opinions_opening AS opening WHERE opening.case_id = NEW.id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0006_nothing_is_assessed_before_the_candidate_knows"),
        ("cases", "0006_an_order_is_written_and_approved"),
    ]

    operations = [
        refuse(
            table="opinions_opening",
            operation="INSERT",
            sentence=NOT_ALL_SEALED,
            when=OPENED_TOO_EARLY,
        ),
        refuse(
            table="cases_case",
            operation="UPDATE",
            name="cases_case_refuses_early_opening",
            sentence=NOT_ALL_SEALED,
            when=WITHOUT_OPENING,
        ),
    ]
