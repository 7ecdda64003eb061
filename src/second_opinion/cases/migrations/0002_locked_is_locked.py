from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

LOCKED = "This requirement profile is locked: make a new version with a reason."
STEP = "The steps of a case are append-only."


def profile_is_locked(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM cases_requirementprofile AS profile "
        f"WHERE profile.id = {row}.profile_id AND profile.locked_at IS NOT NULL)"
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        *(
            refuse(table="cases_casetransition", operation=operation, sentence=STEP)
            for operation in ("UPDATE", "DELETE", "TRUNCATE")
        ),
        *(
            refuse(
                table="cases_requirementprofile",
                operation=operation,
                sentence=LOCKED,
                when="OLD.locked_at IS NOT NULL",
            )
            for operation in ("UPDATE", "DELETE")
        ),
        refuse(
            table="cases_criterion",
            operation="INSERT",
            sentence=LOCKED,
            when=profile_is_locked("NEW"),
        ),
        refuse(
            table="cases_criterion",
            operation="UPDATE",
            sentence=LOCKED,
            when=f"{profile_is_locked('OLD')} OR {profile_is_locked('NEW')}",
        ),
        refuse(
            table="cases_criterion",
            operation="DELETE",
            sentence=LOCKED,
            when=profile_is_locked("OLD"),
        ),
    ]
