import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from second_opinion.audit.migrations._triggers import refuse

FROZEN = "This interview guide has been used: it stays as it was asked by."
LOGGED = "A deviation stays as it was noted."


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0011_a_criterion_knows_its_source"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guide",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("language", models.CharField(editable=False, max_length=5)),
                ("sections", models.JSONField()),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("frozen_at", models.DateTimeField(editable=False, null=True)),
                (
                    "content_hash",
                    models.CharField(blank=True, default="", editable=False, max_length=64),
                ),
                (
                    "profile",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guide",
                        to="cases.requirementprofile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deviation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("question", models.CharField(max_length=10)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked_differently", "asked differently"),
                            ("left_out", "left out"),
                            ("added", "asked besides"),
                        ],
                        max_length=20,
                    ),
                ),
                ("because", models.BinaryField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deviations",
                        to="cases.candidacy",
                    ),
                ),
                (
                    "guide",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deviations",
                        to="instruments.guide",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content_hash", ""), ("frozen_at__isnull", True)),
                    models.Q(
                        ("frozen_at__isnull", False), models.Q(("content_hash", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="frozen_guide_has_its_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["asked_differently", "left_out", "added"])),
                name="deviation_kind_is_known",
            ),
        ),
        *(
            refuse(
                table="instruments_guide",
                operation=operation,
                sentence=FROZEN,
                when="OLD.frozen_at IS NOT NULL",
            )
            for operation in ("UPDATE", "DELETE")
        ),
        *(
            refuse(table="instruments_deviation", operation=operation, sentence=LOGGED)
            for operation in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    ]
