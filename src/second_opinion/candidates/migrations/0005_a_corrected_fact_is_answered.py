"""A correction of fact gets its answer, which stays as it was given."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from second_opinion.audit.migrations._triggers import refuse

ANSWERED = "The answer to a correction stays as it was given."


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0004_said_is_said"),
        ("cases", "0006_an_order_is_written_and_approved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("content", models.BinaryField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("is_accepted", models.BooleanField(editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="cases.candidacy",
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="correction",
                        to="candidates.reply",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        *(
            refuse(table="candidates_correction", operation=operation, sentence=ANSWERED)
            for operation in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    ]
