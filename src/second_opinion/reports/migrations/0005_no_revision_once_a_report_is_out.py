from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

TOO_LATE = "A report has been given out: ratings are no longer revised."
A_REPORT_IS_OUT = (
    "EXISTS (SELECT 1 FROM opinions_opinion AS opinion "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
    "JOIN reports_reportversion AS version ON version.case_id = candidacy.case_id "
    "WHERE opinion.id = NEW.opinion_id AND version.to_candidates_at IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_early_decision_stays_refused"),
        ("opinions", "0008_revised_and_discussed_after_the_opening"),
    ]

    operations = [
        refuse(
            table="opinions_revision",
            operation="INSERT",
            name="opinions_revision_refuses_late",
            sentence=TOO_LATE,
            when=A_REPORT_IS_OUT,
        ),
    ]
