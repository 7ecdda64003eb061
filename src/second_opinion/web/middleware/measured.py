"""How many requests, how long they took, by page and kind of answer; for `/metrics`."""

from time import perf_counter

from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

from second_opinion.web.middleware.request_ids import Answer

SECONDS = Histogram(
    "second_opinion_request_seconds",
    "Time from a request to its answer, by page, method and kind of answer.",
    ["page", "method", "answer"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_METHODS = frozenset({"GET", "HEAD", "POST"})


def measured(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = get_response(request)
        # The name of a page, never its address: an address may be a secret, or anything at all.
        page = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in _METHODS else "other"
        kind = f"{response.status_code // 100}xx"
        SECONDS.labels(page, method, kind).observe(perf_counter() - began)
        return response

    return answer
