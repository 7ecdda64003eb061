"""Every event gets its place in the log, and the log its Merkle tree."""

from typing import Any

from django.db import migrations, models

from second_opinion.audit.migrations._triggers import allow, refuse

SENTENCE = "The audit log is append-only: record a new event instead."
OPERATIONS = ("UPDATE", "DELETE", "TRUNCATE")


def plant(apps: Any, schema_editor: Any) -> None:
    """Events that are there already, in the order in which they were recorded."""
    from second_opinion.audit.analysis.log_tree import entry_of, with_entry

    event_model = apps.get_model("audit", "Event")
    head = apps.get_model("audit", "LogHead").objects.create(pk=1)
    node_model = apps.get_model("audit", "LogNode")
    for event in event_model.objects.order_by("pk").iterator():
        event.position = head.size
        event.save(update_fields=["position"])
        head.size, head.peaks, nodes = with_entry(head, entry_of(event))
        node_model.objects.bulk_create(
            node_model(level=node.level, index=node.index, hash=node.hash) for node in nodes
        )
    head.save()


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        *(allow(table="audit_event", operation=operation) for operation in OPERATIONS),
        migrations.CreateModel(
            name="LogHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("peaks", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="LogNode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(editable=False)),
                ("index", models.PositiveBigIntegerField(editable=False)),
                ("hash", models.BinaryField(editable=False, max_length=32)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("level", "index"), name="one_log_node")
                ],
            },
        ),
        migrations.RemoveIndex(model_name="event", name="event_by_subject"),
        migrations.AddField(
            model_name="event",
            name="position",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="event",
            name="position",
            field=models.PositiveBigIntegerField(editable=False, unique=True),
        ),
        migrations.AlterModelOptions(name="event", options={"ordering": ["position"]}),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["subject", "position"], name="event_by_subject"),
        ),
        *(
            refuse(table=table, operation=operation, sentence=SENTENCE)
            for table in ("audit_event", "audit_lognode")
            for operation in OPERATIONS
        ),
    ]
