from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def write_since(apps: Any, schema_editor: Any) -> None:
    case, transition = (apps.get_model("cases", name) for name in ("Case", "CaseTransition"))
    latest = transition.objects.filter(case=OuterRef("pk")).order_by("-pk").values("at")[:1]
    case.objects.update(state_since=Coalesce(Subquery(latest), "ordered_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0006_an_order_is_written_and_approved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="state_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(write_since, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["provider", "state", "state_since"], name="case_by_provider"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["client", "state"], name="case_by_client"),
        ),
    ]
