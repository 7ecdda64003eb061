from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

TOLD = "What a candidate was told stays as it was: write a new version."
READ = "An acknowledgement stays as it was given."


class Migration(migrations.Migration):
    dependencies = [("candidates", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        refuse(table=table, operation=operation, sentence=sentence)
        for table, sentence in (
            ("candidates_notice", TOLD),
            ("candidates_acknowledgement", READ),
        )
        for operation in ("UPDATE", "DELETE", "TRUNCATE")
    ]
