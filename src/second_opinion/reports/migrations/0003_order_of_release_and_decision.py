"""Input under the case's key; candidates read first; quick answers and the client's decision."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from second_opinion.audit.migrations._triggers import allow, refuse

WRITTEN = "A report version is never changed: write a new version."
RELEASED = "This report version has been released and stays."
ANSWERED = "A quick answer is given once."
DECIDED = "The decision is recorded and stays."
NOT_REPORTED = "A decision is recorded when the client has the report."
NO_DECISION = "A case is decided by the decision of its client."
TOO_LATE = "Quick answers are given before the decision."

CHANGED = " OR ".join(
    [
        "NEW.case_id <> OLD.case_id",
        *(
            f"NEW.{column} <> OLD.{column}"
            for column in ("number", "input", "input_hash", "addendum", "addendum_hash")
        ),
        "CAST(NEW.method AS text) <> CAST(OLD.method AS text)",
        *(
            f"(OLD.{column} IS NOT NULL AND (NEW.{column} IS NULL OR NEW.{column} <> OLD.{column}))"
            for column in ("released_at", "to_candidates_at")
        ),
    ]
)
STATE_IS_NOT = (
    "NOT EXISTS (SELECT 1 FROM cases_case AS its WHERE its.id = NEW.case_id AND its.state = '{}')"
)
IS_DECIDED = (
    "EXISTS (SELECT 1 FROM cases_candidacy AS candidacy "
    "JOIN reports_clientdecision AS decision ON decision.case_id = candidacy.case_id "
    "WHERE candidacy.id = NEW.candidacy_id)"
)
WITHOUT_DECISION = (
    "NEW.state = 'decided' AND OLD.state <> 'decided' AND NOT EXISTS ("
    "SELECT 1 FROM reports_clientdecision AS decision WHERE decision.case_id = NEW.id)"
)


def encrypt_all(apps: Any, schema_editor: Any) -> None:
    """What was released before candidates had a version of their own was nothing they awaited."""
    from second_opinion.audit.services import canonical_json, encrypt, has_case_key

    versions = apps.get_model("reports", "ReportVersion").objects.select_related("case")
    for version in versions:
        if has_case_key(version.case):
            label = f"report:{version.pseudonym}"
            version.sealed = encrypt(canonical_json(version.input), case=version.case, label=label)
        version.to_candidates_at = version.released_at
        version.save(update_fields=["sealed", "to_candidates_at"])


def _pseudonym() -> tuple[str, Any]:
    return ("pseudonym", models.UUIDField(default=uuid.uuid4, editable=False, unique=True))


def _key() -> tuple[str, Any]:
    return (
        "id",
        models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_written_is_written"),
        ("cases", "0004_withdrawal_belongs_to_a_candidacy"),
        ("opinions", "0005_opening"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        allow(table="reports_reportversion", operation="UPDATE"),
        allow(table="reports_reportversion", operation="DELETE"),
        migrations.AddField(
            model_name="reportversion",
            name="sealed",
            field=models.BinaryField(default=bytes, editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reportversion",
            name="addendum",
            field=models.BinaryField(default=bytes, editable=False),
        ),
        migrations.AddField(
            model_name="reportversion",
            name="addendum_hash",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="reportversion",
            name="to_candidates_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(encrypt_all, migrations.RunPython.noop),
        migrations.RemoveField(model_name="reportversion", name="input"),
        migrations.RenameField(model_name="reportversion", old_name="sealed", new_name="input"),
        migrations.AddConstraint(
            model_name="reportversion",
            constraint=models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(to_candidates_at__isnull=False, to_candidates_at__lte=F("released_at")),
                name="candidates_read_no_later_than_the_client",
            ),
        ),
        migrations.CreateModel(
            name="QuickAnswer",
            fields=[
                _key(),
                _pseudonym(),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("hire", "hire"),
                            ("with_conditions", "hire with conditions"),
                            ("no", "not hire"),
                            ("do_not_know", "I do not know"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "candidacy",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quick_answers",
                        to="cases.candidacy",
                    ),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["candidacy__position", "decider__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("candidacy", "decider"), name="one_quick_answer_per_decider"
                    ),
                    models.CheckConstraint(
                        condition=Q(answer__in=["hire", "with_conditions", "no", "do_not_know"]),
                        name="quick_answer_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientDecision",
            fields=[
                _key(),
                _pseudonym(),
                ("is_against_report", models.BooleanField(default=False, editable=False)),
                ("words", models.BinaryField(editable=False)),
                (
                    "decided_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "case",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decision",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hired",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.candidacy",
                    ),
                ),
            ],
        ),
        refuse(table="reports_reportversion", operation="UPDATE", sentence=WRITTEN, when=CHANGED),
        refuse(
            table="reports_reportversion",
            operation="DELETE",
            sentence=RELEASED,
            when="OLD.released_at IS NOT NULL OR OLD.to_candidates_at IS NOT NULL",
        ),
        *(
            refuse(table=table, operation=operation, sentence=sentence)
            for table, sentence in (
                ("reports_quickanswer", ANSWERED),
                ("reports_clientdecision", DECIDED),
            )
            for operation in ("UPDATE", "DELETE", "TRUNCATE")
        ),
        refuse(
            table="reports_clientdecision",
            operation="INSERT",
            sentence=NOT_REPORTED,
            when=STATE_IS_NOT.format("reported"),
        ),
        refuse(table="reports_quickanswer", operation="INSERT", sentence=TOO_LATE, when=IS_DECIDED),
        refuse(
            table="cases_case",
            operation="UPDATE",
            name="cases_case_refuses_early_decision",
            sentence=NO_DECISION,
            when=WITHOUT_DECISION,
        ),
    ]
