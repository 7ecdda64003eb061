"""A case is open when its opening is written: all sealed, or after the deadline with a reason."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from second_opinion.audit.migrations._triggers import refuse

OPENING = "The opening of a case is append-only."
NOT_ALL_SEALED = "A case opens when every candidate has an opinion and all opinions are sealed."
TOO_LATE = "The case is open: no opinion is added and none is sealed any more."

SOMETHING_UNSEALED = (
    "EXISTS (SELECT 1 FROM cases_candidacy AS candidacy "
    "LEFT JOIN opinions_opinion AS opinion ON opinion.candidacy_id = candidacy.id "
    "WHERE candidacy.case_id = NEW.case_id AND candidacy.withdrawn_at IS NULL "
    "AND opinion.sealed_at IS NULL)"
)
NO_SECOND_OPINION = (
    "NOT EXISTS (SELECT 1 FROM opinions_opinion AS opinion "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
    "WHERE candidacy.case_id = NEW.case_id AND candidacy.withdrawn_at IS NULL "
    "AND opinion.kind <> 'first' "
    "AND opinion.sealed_at IS NOT NULL)"
)
# No zone ends a day before that day has begun in UTC; the policy knows the hour.
BEFORE_THE_DEADLINE = (
    "EXISTS (SELECT 1 FROM cases_case AS opened WHERE opened.id = NEW.case_id "
    "AND substr(CAST(NEW.opened_at AS text), 1, 10) < CAST(opened.due_on AS text))"
)
NOT_IN_ASSESSMENT = (
    "NOT EXISTS (SELECT 1 FROM cases_case AS opened "
    "WHERE opened.id = NEW.case_id AND opened.state = 'in_assessment')"
)
OPENED_TOO_EARLY = (
    f"{NOT_IN_ASSESSMENT} OR (NOT NEW.is_at_deadline AND {SOMETHING_UNSEALED}) "
    f"OR (NEW.is_at_deadline AND ({BEFORE_THE_DEADLINE} OR {NO_SECOND_OPINION}))"
)
WITHOUT_OPENING = (
    "NEW.state = 'opened' AND OLD.state <> 'opened' AND NOT EXISTS ("
    "SELECT 1 FROM opinions_opening AS opening WHERE opening.case_id = NEW.id)"
)
IS_OPEN = (
    "EXISTS (SELECT 1 FROM opinions_opening AS opening "
    "JOIN cases_candidacy AS candidacy ON candidacy.case_id = opening.case_id "
    "WHERE candidacy.id = NEW.candidacy_id)"
)


def write_openings(apps: Any, schema_editor: Any) -> None:
    """Those there have been, as the journey tells them."""
    opening = apps.get_model("opinions", "Opening")
    for step in apps.get_model("cases", "CaseTransition").objects.filter(target="opened"):
        opening.objects.get_or_create(
            case_id=step.case_id, defaults={"opened_at": step.at, "actor_id": step.actor_id}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0004_withdrawn_candidates_are_not_waited_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("is_at_deadline", models.BooleanField(default=False, editable=False)),
                ("reason", models.TextField(blank=True, default="", editable=False)),
                (
                    "actor",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opening",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(is_at_deadline=False)
                        | (~Q(reason="") & Q(actor__isnull=False)),
                        name="early_opening_has_its_reason",
                    )
                ],
            },
        ),
        migrations.RunPython(write_openings, migrations.RunPython.noop),
        *(
            refuse(table="opinions_opening", operation=operation, sentence=OPENING)
            for operation in ("UPDATE", "DELETE", "TRUNCATE")
        ),
        refuse(
            table="opinions_opening",
            operation="INSERT",
            sentence=NOT_ALL_SEALED,
            when=OPENED_TOO_EARLY,
        ),
        refuse(
            table="cases_case",
            operation="UPDATE",
            name="cases_case_refuses_early_opening",
            sentence=NOT_ALL_SEALED,
            when=WITHOUT_OPENING,
        ),
        refuse(table="opinions_opinion", operation="INSERT", sentence=TOO_LATE, when=IS_OPEN),
        refuse(
            table="opinions_opinion",
            operation="UPDATE",
            name="opinions_opinion_refuses_late_seal",
            sentence=TOO_LATE,
            when=f"NEW.sealed_at IS NOT NULL AND OLD.sealed_at IS NULL AND {IS_OPEN}",
        ),
    ]
