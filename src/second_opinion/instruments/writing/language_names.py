"""Languages by name, in the reader's language."""

from django.utils.translation import get_language, get_language_info


def name_of_language(code: str) -> str:
    """What is no code of a language was written in words, and stands as it is."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    # Swedish writes languages small; the catalogue that they come from does not.
    return name.lower() if get_language() == "sv" else name
