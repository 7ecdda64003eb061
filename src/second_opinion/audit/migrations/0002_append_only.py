from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        refuse(
            table="audit_event",
            operation=operation,
            sentence="The audit log is append-only: record a new event instead.",
        )
        for operation in ("UPDATE", "DELETE", "TRUNCATE")
    ]
