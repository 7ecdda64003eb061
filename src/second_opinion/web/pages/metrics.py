"""Figures for Prometheus, for whoever holds the token: how it goes, and nothing of anybody."""

import os
from collections.abc import Iterable
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from second_opinion.audit import selectors


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answers 404 without the token, as if there were no such page."""
    token = settings.SECOND_OPINION_METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if not token or not compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Http404
    return HttpResponse(_figures(), content_type=CONTENT_TYPE_LATEST)


def _figures() -> bytes:
    of_database = CollectorRegistry(auto_describe=False)
    of_database.register(_Outbox())
    return generate_latest(_of_all_processes()) + generate_latest(of_database)


def _of_all_processes() -> CollectorRegistry:
    """What every web process has counted, where there are several; else this one's."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


class _Outbox:
    """Read from the database when asked, so that it is the same from every process."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        now = timezone.now()
        due, oldest = selectors.due_and_oldest(now)
        yield GaugeMetricFamily(
            "second_opinion_outbox_due", "Mails and other work that should be done by now.", due
        )
        yield GaugeMetricFamily(
            "second_opinion_outbox_oldest_seconds",
            "How long the oldest of them has waited.",
            (now - oldest).total_seconds() if oldest else 0.0,
        )
        yield GaugeMetricFamily(
            "second_opinion_outbox_in_trouble",
            "What has been tried many times and is still not done.",
            selectors.rows_in_trouble().count(),
        )
        yield GaugeMetricFamily(
            "second_opinion_log_events", "Events in the audit log.", selectors.number_of_events()
        )
