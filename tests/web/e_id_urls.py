"""All addresses as they are while an e-ID broker is configured."""

from second_opinion.config import urls

urlpatterns = [*urls.urlpatterns, *urls.e_id_addresses()]
