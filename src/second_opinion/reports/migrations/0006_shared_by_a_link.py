"""Sharing a released report by a link; what was opened stays listed."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from second_opinion.audit.migrations._triggers import refuse

OPENED = "That a shared report was opened is append-only."
UNRELEASED = "Only a report that has been released is shared."
ENDED = "A share stays with its version and its address, and what has ended stays so."

OF_AN_UNRELEASED_VERSION = (
    "NOT EXISTS (SELECT 1 FROM reports_reportversion AS version "
    "WHERE version.id = NEW.version_id AND version.released_at IS NOT NULL)"
)
CHANGED = (
    "NEW.version_id <> OLD.version_id OR NEW.email <> OLD.email "
    "OR NEW.expires_at <> OLD.expires_at "
    "OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_no_revision_once_a_report_is_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("expires_at", models.DateTimeField(editable=False)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("email", models.EmailField(editable=False, max_length=254)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="reports.reportversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ShareCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_hash", models.CharField(editable=False, max_length=64)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("used_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="reports.share",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ShareOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "share",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="reports.share",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        refuse(
            table="reports_share",
            operation="INSERT",
            sentence=UNRELEASED,
            when=OF_AN_UNRELEASED_VERSION,
        ),
        refuse(table="reports_share", operation="UPDATE", sentence=ENDED, when=CHANGED),
        *(
            refuse(table="reports_shareopening", operation=operation, sentence=OPENED)
            for operation in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    ]
