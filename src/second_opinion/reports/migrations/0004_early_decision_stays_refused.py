"""The triggers that look at a table which cases.0006 remakes on SQLite, as they were."""

from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

NOT_REPORTED = "A decision is recorded when the client has the report."
NO_DECISION = "A case is decided by the decision of its client."

IS_NOT_REPORTED = (
    "NOT EXISTS (SELECT 1 FROM cases_case AS its "
    "WHERE its.id = NEW.case_id AND its.state = 'reported')"
)
WITHOUT_DECISION = (
    "NEW.state = 'decided' AND OLD.state <> 'decided' AND NOT EXISTS ("
    "SELECT 1 FROM reports_clientdecision AS decision WHERE decision.case_id = NEW.id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_order_of_release_and_decision"),
        ("cases", "0006_an_order_is_written_and_approved"),
    ]

    operations = [
        refuse(
            table="reports_clientdecision",
            operation="INSERT",
            sentence=NOT_REPORTED,
            when=IS_NOT_REPORTED,
        ),
        refuse(
            table="cases_case",
            operation="UPDATE",
            name="cases_case_refuses_early_decision",
            sentence=NO_DECISION,
            when=WITHOUT_DECISION,
        ),
    ]
