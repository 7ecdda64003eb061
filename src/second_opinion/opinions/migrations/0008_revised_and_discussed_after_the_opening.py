"""Revisions and the discussion: both append-only, and only after the opening."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from second_opinion.audit.migrations._triggers import refuse

REVISED = "A revision is append-only."
REMARKED = "The discussion is append-only."
NOT_OPEN = "Only what is sealed and opened is revised."
NOT_YET = "Opinions are discussed after they have been opened together."

OF_WHAT_IS_NOT_OPEN = (
    "NOT EXISTS (SELECT 1 FROM opinions_opinion AS opinion "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
    "JOIN opinions_opening AS opening ON opening.case_id = candidacy.case_id "
    "WHERE opinion.id = NEW.opinion_id AND opinion.sealed_at IS NOT NULL)"
)
BEFORE_THE_OPENING = (
    "NOT EXISTS (SELECT 1 FROM cases_candidacy AS candidacy "
    "JOIN opinions_opening AS opening ON opening.case_id = candidacy.case_id "
    "WHERE candidacy.id = NEW.candidacy_id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_an_order_is_written_and_approved"),
        ("opinions", "0007_early_opening_stays_refused"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
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
                        related_name="remarks",
                        to="cases.candidacy",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.criterion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(editable=False)),
                ("content", models.BinaryField()),
                ("nonce", models.BinaryField()),
                ("commitment", models.CharField(editable=False, max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.criterion",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="opinions.opinion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("opinion", "number"), name="one_revision_per_number"
                    )
                ],
            },
        ),
        *(
            refuse(table=table, operation=operation, sentence=sentence)
            for table, sentence in (
                ("opinions_revision", REVISED),
                ("opinions_remark", REMARKED),
            )
            for operation in ("UPDATE", "DELETE", "TRUNCATE")
        ),
        refuse(
            table="opinions_revision",
            operation="INSERT",
            sentence=NOT_OPEN,
            when=OF_WHAT_IS_NOT_OPEN,
        ),
        refuse(
            table="opinions_remark",
            operation="INSERT",
            sentence=NOT_YET,
            when=BEFORE_THE_OPENING,
        ),
    ]
