from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

WRITTEN = "A report version is never changed: write a new version."
RELEASED = "This report version has been released and stays."

CHANGED = (
    "OLD.released_at IS NOT NULL OR NEW.case_id <> OLD.case_id OR NEW.number <> OLD.number "
    "OR NEW.input_hash <> OLD.input_hash OR CAST(NEW.input AS text) <> CAST(OLD.input AS text) "
    "OR CAST(NEW.method AS text) <> CAST(OLD.method AS text)"
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        refuse(table="reports_reportversion", operation="UPDATE", sentence=WRITTEN, when=CHANGED),
        refuse(
            table="reports_reportversion",
            operation="DELETE",
            sentence=RELEASED,
            when="OLD.released_at IS NOT NULL",
        ),
    ]
