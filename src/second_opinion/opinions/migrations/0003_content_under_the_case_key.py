"""Ratings and conclusions become one encrypted content for each opinion."""

import secrets
from typing import Any

from django.db import migrations, models
from django.db.models import Q

from second_opinion.audit.migrations._triggers import allow, drop, refuse

SEALED = "This opinion is sealed: nothing in it can change."
FIRST_FIRST = "The first opinions must be sealed before a later opinion can be."
NOT_ALL_SEALED = "A case opens when every candidate has an opinion and all opinions are sealed."

SEALED_BEFORE_THE_FIRST = (
    "NEW.sealed_at IS NOT NULL AND OLD.sealed_at IS NULL AND NEW.kind <> 'first' AND EXISTS ("
    "SELECT 1 FROM opinions_opinion AS earlier "
    "JOIN cases_candidacy AS theirs ON theirs.id = earlier.candidacy_id "
    "JOIN cases_candidacy AS mine ON mine.case_id = theirs.case_id "
    "WHERE mine.id = NEW.candidacy_id AND earlier.kind = 'first' AND earlier.sealed_at IS NULL)"
)

OPENED_TOO_EARLY = (
    "NEW.state = 'opened' AND OLD.state <> 'opened' AND EXISTS ("
    "SELECT 1 FROM cases_candidacy AS candidacy "
    "LEFT JOIN opinions_opinion AS opinion ON opinion.candidacy_id = candidacy.id "
    "WHERE candidacy.case_id = NEW.id AND opinion.sealed_at IS NULL)"
)


def encrypt_all(apps: Any, schema_editor: Any) -> None:
    """Give every case its key, and write each opinion anew, sealed ones with a commitment."""
    from second_opinion.audit.services import encrypt, make_case_key
    from second_opinion.opinions.analysis import canonical_text, commitment_to
    from second_opinion.opinions.selectors import content_label, nonce_label

    for case in apps.get_model("cases", "Case").objects.all():
        make_case_key(case)
    opinions = apps.get_model("opinions", "Opinion").objects.select_related("candidacy__case")
    for opinion in opinions.prefetch_related("ratings__criterion__profile"):
        case, rated = opinion.candidacy.case, list(opinion.ratings.all())
        text = canonical_text(
            opinion,
            ratings=[_entry(rating) for rating in rated],
            conclusion=opinion.conclusion,
            profile_hash=rated[0].criterion.profile.content_hash if rated else "",
        )
        opinion.content = encrypt(text, case=case, label=content_label(opinion))
        if opinion.sealed_at is not None:
            nonce = secrets.token_bytes(32)
            opinion.commitment = commitment_to(text, nonce=nonce)
            opinion.nonce = encrypt(nonce, case=case, label=nonce_label(opinion))
        opinion.save(update_fields=["content", "commitment", "nonce"])


def _entry(rating: Any) -> Any:
    from second_opinion.ingest.case_file import RatingEntry

    return RatingEntry(
        criterion=rating.criterion.name,
        score=rating.score,
        evidence=tuple(rating.evidence),
        reason_not_observed=rating.reason_not_observed,
    )


def drop_triggers_of_ratings(apps: Any, schema_editor: Any) -> None:
    for operation in ("insert", "update", "delete"):
        name = f"opinions_rating_refuses_{operation}"
        drop(schema_editor, trigger=name, table="opinions_rating")


class Migration(migrations.Migration):
    dependencies = [
        ("opinions", "0002_sealed_is_sealed"),
        ("cases", "0002_locked_is_locked"),
        ("audit", "0003_log_tree"),
    ]

    operations = [
        allow(table="opinions_opinion", operation="UPDATE"),
        allow(table="opinions_opinion", operation="DELETE"),
        allow(
            table="opinions_opinion",
            operation="UPDATE",
            name="opinions_opinion_refuses_early_seal",
        ),
        allow(table="cases_case", operation="UPDATE", name="cases_case_refuses_early_opening"),
        migrations.RunPython(drop_triggers_of_ratings, migrations.RunPython.noop),
        migrations.AddField(
            model_name="opinion",
            name="content",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="opinion",
            name="nonce",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="opinion",
            name="commitment",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.RunPython(encrypt_all, migrations.RunPython.noop),
        migrations.DeleteModel(name="Rating"),
        migrations.RemoveField(model_name="opinion", name="conclusion"),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, nonce__isnull=True, commitment="")
                | (
                    Q(sealed_at__isnull=False, content__isnull=False, nonce__isnull=False)
                    & ~Q(commitment="")
                ),
                name="sealed_opinion_is_committed",
            ),
        ),
        *(
            refuse(
                table="opinions_opinion",
                operation=operation,
                sentence=SEALED,
                when="OLD.sealed_at IS NOT NULL",
            )
            for operation in ("UPDATE", "DELETE")
        ),
        refuse(
            table="opinions_opinion",
            operation="UPDATE",
            name="opinions_opinion_refuses_early_seal",
            sentence=FIRST_FIRST,
            when=SEALED_BEFORE_THE_FIRST,
        ),
        refuse(
            table="cases_case",
            operation="UPDATE",
            name="cases_case_refuses_early_opening",
            sentence=NOT_ALL_SEALED,
            when=OPENED_TOO_EARLY,
        ),
    ]
