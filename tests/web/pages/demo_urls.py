"""All addresses as they are while the demo setting is on."""

from second_opinion.config import urls
from second_opinion.web.urls import addresses

urlpatterns = [*urls.urlpatterns, *addresses(is_demo=True)]
