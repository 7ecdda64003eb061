"""A mail server that behaves as badly as a test asks for."""

import email
import socketserver
import threading
import time
from contextlib import contextmanager
from enum import StrEnum


class Manner(StrEnum):
    TAKES = "takes every mail"
    REFUSES = "refuses every address for good"
    LATER = "takes no address yet"
    SLOW = "waits before it answers that it has a mail"
    DIES = "keeps a mail and hangs up before it says so"


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port; `got` is every mail it has kept, in order."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.manner, self.seconds = Manner.TAKES, 0.0
        self.got = []
        self.has_one = threading.Event()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def keep(self, mail):
        self.got.append(mail)
        self.has_one.set()


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb == b"DATA":
                self._say("354 go on")
                if not self._take():
                    return
            elif verb == b"RCPT" and self.server.manner == Manner.REFUSES:
                self._say("550 nobody here")
            elif verb == b"RCPT" and self.server.manner == Manner.LATER:
                self._say("451 not now")
            else:
                self._say("250 ok")

    def _take(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.keep(email.message_from_bytes(b"".join(lines)))
        if self.server.manner == Manner.DIES:
            return False
        if self.server.manner == Manner.SLOW:
            time.sleep(self.server.seconds)
        self._say("250 kept")
        return True

    def _say(self, answer):
        try:
            self.wfile.write(answer.encode() + b"\r\n")
        except OSError:
            self.server.seconds = 0.0  # whoever was there has gone


@contextmanager
def mail_server():
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
