"""`serve`, with the bare page of `pages.py` beside ours. A program: PORT PROCESSES."""

import sys

from second_opinion.cli.django_setup import start_django


def main() -> None:
    port, processes = int(sys.argv[1]), int(sys.argv[2])
    start_django()
    from django.conf import settings

    settings.ROOT_URLCONF = "pages"
    # The people here share one address, which is one person to the limits.
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(settings.ACCOUNT_RATE_LIMITS, "100000/m/ip")
    from second_opinion.cli.operate import serve_until_stopped

    serve_until_stopped(
        host="127.0.0.1", port=port, processes=processes, with_worker=processes == 1
    )


if __name__ == "__main__":
    main()
