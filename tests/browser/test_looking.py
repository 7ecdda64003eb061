"""A page is looked at when all of it has come, however slowly that is."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import sleep

from tests.browser.looking import faults_of

PAGE = '<html lang="sv"><title>Sen</title><main><h1>Sen</h1>%s</main></html>'


class Slow(BaseHTTPRequestHandler):
    """Says that a page comes, and lets it wait."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html>")
        self.wfile.flush()
        sleep(0.5)
        self.wfile.write((PAGE % '<img src="data:,">').encode())

    def log_message(self, *_):
        """Keep what the tests print free of it."""


@contextmanager
def slow_server():
    server = HTTPServer(("127.0.0.1", 0), Slow)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_that_has_only_begun_to_come_is_waited_for(browser):
    window = browser.new_page()
    with slow_server() as address:
        window.goto(address, wait_until="commit")
        assert [fault.split(":")[0] for fault in faults_of(window)] == ["image-alt"]
