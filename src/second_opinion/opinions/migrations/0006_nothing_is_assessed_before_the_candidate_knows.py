from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

NOT_TOLD = "Nothing is assessed before the candidate has read what it is about."
NOBODY_HAS_READ = (
    "NEW.content IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM candidates_acknowledgement AS acknowledgement "
    "WHERE acknowledgement.candidacy_id = NEW.candidacy_id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0005_opening"),
        ("candidates", "0002_told_is_told"),
    ]

    operations = [
        refuse(
            table="opinions_opinion",
            operation=operation,
            name=f"opinions_opinion_refuses_untold_{operation.lower()}",
            sentence=NOT_TOLD,
            when=NOBODY_HAS_READ,
        )
        for operation in ("INSERT", "UPDATE")
    ]
