from django.db import migrations, models

from second_opinion.audit.migrations._triggers import allow, refuse

ANSWERED = "This requirement profile is answered or locked: make a new version."


def profile_is_fixed(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM cases_requirementprofile AS profile "
        f"WHERE profile.id = {row}.profile_id AND (profile.locked_at IS NOT NULL OR EXISTS "
        "(SELECT 1 FROM cases_profileanswer AS answer WHERE answer.profile_id = profile.id)))"
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_a_meeting_is_told_by_letter")]

    operations = [
        # SQLite remakes the table, and its triggers go with the old one.
        *(
            allow(table="cases_criterion", operation=operation)
            for operation in ("INSERT", "UPDATE", "DELETE")
        ),
        migrations.AddField(
            model_name="criterion",
            name="library_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name="criterion",
            name="interview",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        *(
            refuse(table="cases_criterion", operation=operation, sentence=ANSWERED, when=when)
            for operation, when in (
                ("INSERT", profile_is_fixed("NEW")),
                ("UPDATE", f"{profile_is_fixed('OLD')} OR {profile_is_fixed('NEW')}"),
                ("DELETE", profile_is_fixed("OLD")),
            )
        ),
    ]
