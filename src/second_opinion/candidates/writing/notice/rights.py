"""Who sees what, saying no, and the personal data with the rights to them."""

from django.utils.translation import gettext as _

from second_opinion.candidates.writing.notice.facts import NoticeFacts


def who_sees(facts: NoticeFacts) -> str:
    """Who reads what, in the order of the days on which they do."""
    return f"{_order_of_reading(facts)}\n" + _(
        "- The assessors see what you send us. Until all are done, they get your files without "
        "pictures, and under a name from us. How you look shall sway nobody.\n"
        "- The assessors do not see each other’s ratings before all are done.\n"
        "- %(coordinator)s at %(provider)s runs the case, and sees what you write here.\n"
        "- Do you need an adjustment? Only the coordinator learns why. %(client)s learns nothing "
        "of it."
    )


def _order_of_reading(facts: NoticeFacts) -> str:
    if facts.reads_first:
        return _(
            "- You read the report first. Then you have two working days to correct facts and to "
            "comment.\n"
            "- After that those who decide at %(client)s read the report, with your comment."
        )
    return _(
        "- You and those who decide at %(client)s can read the report at the same time.\n"
        "- You have two working days to correct facts and to comment. What you write is put with "
        "the report."
    )


def saying_no() -> str:
    """That taking part is voluntary, and what the client learns of a no."""
    return _(
        "You choose whether to take part. You can say no, or withdraw later, on your page. You "
        "need not say why.\n\n"
        "Then you are not assessed any further. %(client)s is told that you have withdrawn, and "
        "nothing else. It decides on what it knows already."
    )


def personal_data(facts: NoticeFacts) -> str:
    """What articles 13 and 14 ask for of purpose, ground, kinds, source, recipients, retention."""
    text = _(
        "%(client)s and %(provider)s are responsible for your personal data, each for its own "
        "part.\n\n"
        "- Purpose: to give %(client)s a fair and independent ground for its decision.\n"
        "- Legal ground: legitimate interest, article 6.1 f of the GDPR. The interest is to "
        "choose on good grounds, and to treat candidates alike.\n"
        "- Data: your name and address, your application, what you say and do in the assessment, "
        "the ratings, and what you send us.\n"
        "- Source: %(client)s gave us your name, your address and your application. The rest "
        "comes from you and from the assessors.\n"
        "- Recipients: those named under “Who sees what”, and those who run our servers on our "
        "behalf. Your data stay within the EU and the EEA.\n"
        "- Kept: until %(months)s months after the decision. Then they are erased.\n\n"
        "You need not give us any data. But without them there can be no assessment."
    )
    return f"{text}\n\n{_counted()}" if facts.asks_to_count and facts.questionnaires else text


def _counted() -> str:
    return _(
        "When you have sent in a questionnaire, we ask if your scores may be counted in the "
        "comparison figures of %(provider)s. That is a question of its own. It rests on your "
        "consent, article 6.1 a of the GDPR. You can say no, and it changes nothing for you. You "
        "can take back a yes on your page. Where there are such figures, your report says how your "
        "own scores compare, whatever you choose."
    )


def rights() -> str:
    """What a candidate can demand, and where to complain."""
    return _(
        "You have the right to\n\n"
        "- see your data, and get a copy of them\n"
        "- have what is wrong corrected, and what is missing added\n"
        "- object to how your data are used, and have the use restricted\n"
        "- have your data erased when they are no longer needed.\n\n"
        "Write to us, and you get an answer within a month. If you think that we do wrong, you "
        "can complain to the Swedish Authority for Privacy Protection (IMY), imy.se."
    )
