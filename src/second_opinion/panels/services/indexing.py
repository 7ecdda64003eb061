"""Working out ahead how a provider's vocabulary is searched, so that no reader waits for it."""

from django.db import transaction

from second_opinion.accounts.models import Organisation
from second_opinion.panels.analysis.vocabularies import made_of, worked_out
from second_opinion.panels.models import VocabularyIndex
from second_opinion.panels.selectors.vocabulary import index_of, with_something_read_in


@transaction.atomic
def index_vocabulary(provider: Organisation) -> bool:
    """Keep what suggestions search by, where the one kept is of something else; True if it was."""
    provider = Organisation.objects.select_for_update().get(pk=provider.pk)
    of, found = made_of(provider), index_of(provider)
    if found is not None and found.made_of == of:
        return False
    VocabularyIndex.objects.update_or_create(
        provider=provider, defaults={"made_of": of, "content": worked_out(provider)}
    )
    return True


def index_vocabularies() -> None:
    """The worker's: after an upgrade the library's words may be others."""
    for provider in with_something_read_in():
        index_vocabulary(provider)
