import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from second_opinion.audit.migrations._triggers import allow, refuse

SAID = "What was said between a candidate and us stays as it was said."
REFUSED = ("UPDATE", "DELETE", "TRUNCATE")


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0005_a_corrected_fact_is_answered"),
        ("cases", "0006_an_order_is_written_and_approved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(allow(table="candidates_meetingchoice", operation=operation) for operation in REFUSED),
        migrations.RemoveConstraint(
            model_name="meeting",
            name="one_meeting_for_each_purpose",
        ),
        migrations.AddField(
            model_name="meeting",
            name="held_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meetingchoice",
            name="author",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("held_by__isnull", True)),
                fields=("candidacy", "purpose"),
                name="one_meeting_for_each_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("held_by__isnull", False)),
                fields=("candidacy", "purpose", "held_by"),
                name="one_meeting_for_each_assessor",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("author__isnull", True), ("time__isnull", True), _connector="OR"
                ),
                name="only_the_candidate_chooses",
            ),
        ),
        *(
            refuse(table="candidates_meetingchoice", operation=operation, sentence=SAID)
            for operation in REFUSED
        ),
    ]
