from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

FIRST_FIRST = "The first opinions must be sealed before a later opinion can be."
NOT_ALL_SEALED = "A case opens when every candidate has an opinion and all opinions are sealed."

SEALED_BEFORE_THE_FIRST = (
    "NEW.sealed_at IS NOT NULL AND OLD.sealed_at IS NULL AND NEW.kind <> 'first' AND EXISTS ("
    "SELECT 1 FROM opinions_opinion AS earlier "
    "JOIN cases_candidacy AS theirs ON theirs.id = earlier.candidacy_id "
    "JOIN cases_candidacy AS mine ON mine.case_id = theirs.case_id "
    "WHERE mine.id = NEW.candidacy_id AND earlier.kind = 'first' AND earlier.sealed_at IS NULL "
    "AND theirs.withdrawn_at IS NULL)"
)

OPENED_TOO_EARLY = (
    "NEW.state = 'opened' AND OLD.state <> 'opened' AND EXISTS ("
    "SELECT 1 FROM cases_candidacy AS candidacy "
    "LEFT JOIN opinions_opinion AS opinion ON opinion.candidacy_id = candidacy.id "
    "WHERE candidacy.case_id = NEW.id AND candidacy.withdrawn_at IS NULL "
    "AND opinion.sealed_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0003_content_under_the_case_key"),
        ("cases", "0004_withdrawal_belongs_to_a_candidacy"),
    ]

    operations = [
        refuse(
            table="opinions_opinion",
            operation="UPDATE",
            name="opinions_opinion_refuses_early_seal",
            sentence=FIRST_FIRST,
            when=SEALED_BEFORE_THE_FIRST,
        ),
        refuse(
            table="cases_case",
            operation="UPDATE",
            name="cases_case_refuses_early_opening",
            sentence=NOT_ALL_SEALED,
            when=OPENED_TOO_EARLY,
        ),
    ]
