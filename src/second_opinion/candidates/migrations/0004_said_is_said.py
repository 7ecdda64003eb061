from django.db import migrations

from second_opinion.audit.migrations._triggers import refuse

SAID = "What was said between a candidate and us stays as it was said."
TABLES = (
    "question",
    "answer",
    "adjustment",
    "arrangement",
    "meetingtime",
    "meetingchoice",
    "reply",
    "feedbacknote",
    "experience",
)


class Migration(migrations.Migration):
    dependencies = [("candidates", "0003_the_candidates_own_words")]

    operations = [
        refuse(table=f"candidates_{table}", operation=operation, sentence=SAID)
        for table in TABLES
        for operation in ("UPDATE", "DELETE", "TRUNCATE")
    ]
