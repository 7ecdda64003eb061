"""The languages of questionnaires, by name, in the reader's language."""

from django.utils.translation import gettext as _

from second_opinion.library.questionnaires import LANGUAGES


def name_of_language(code: str) -> str:
    return {"sv": _("Swedish"), "en": _("English")}.get(code, LANGUAGES.get(code, code))
