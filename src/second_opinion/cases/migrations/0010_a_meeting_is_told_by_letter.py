from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_practice_cases"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("order_sent", "an order has come in"),
                    ("why_wanted", "the orderer is asked to say why"),
                    ("asked_back", "the order was asked back about"),
                    ("approval_wanted", "the criteria are to be approved"),
                    ("approved", "all deciders have approved"),
                    ("objected", "a decider wants a change"),
                    ("accepted", "the order was accepted"),
                    ("declined", "the order was declined"),
                    ("withdrawn", "the case was withdrawn"),
                    ("engaged", "an assessment is asked for"),
                    ("all_sealed", "everything is sealed"),
                    ("opened", "the opinions were opened"),
                    ("report", "a report can be read"),
                    ("decided", "the client has decided"),
                    ("attention", "a candidate has done something"),
                    ("silent", "a candidate has not answered two reminders"),
                    ("meeting", "the time of an interview was chosen or changed"),
                ],
                editable=False,
                max_length=20,
            ),
        ),
    ]
