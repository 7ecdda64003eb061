import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from second_opinion.audit.migrations._triggers import refuse

RATED = "A practised score stays as it was given, before its key was seen."


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0001_guides_and_deviations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PracticeRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("transcript", models.CharField(max_length=60)),
                ("content_hash", models.CharField(editable=False, max_length=64)),
                ("language", models.CharField(editable=False, max_length=5)),
                ("scores", models.JSONField(editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practice_ratings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "transcript"), name="a_transcript_is_rated_once"
                    )
                ],
            },
        ),
        refuse(table="instruments_practicerating", operation="UPDATE", sentence=RATED),
    ]
