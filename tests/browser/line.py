"""The line between a phone and the server: it can be cut, and it can break before or after the server has answered."""

import re
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

BEFORE, AFTER, WHOLE = "before", "after", "whole"
ID = re.compile(rb'"id": ?"([0-9a-f-]{36})"')


class Line:
    """`fate` says of each POST to the outbox or of a moment whether it comes through; `posts` counts those that left.

    `ids` are those of the entries that left for the outbox, in their order.
    """

    def __init__(self, address: str) -> None:
        self.server = (urlsplit(address).hostname, urlsplit(address).port)
        self.is_cut = False
        self.fate: Callable[[], str] = lambda: WHOLE
        self.hold = 0.0  # seconds that the next answer takes
        self.posts = 0
        self.ids: list[str] = []
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def cut(self) -> None:
        self.is_cut = True
        for one in list(self.open):
            hang_up(one)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        self.listener.close()

    def listen(self) -> None:
        with suppress(OSError):
            while True:
                phone, _address = self.listener.accept()
                threading.Thread(target=self.carry, args=[phone], daemon=True).start()

    def carry(self, phone: socket.socket) -> None:
        if self.is_cut:
            return hang_up(phone)
        with suppress(OSError):
            server = socket.create_connection(self.server)
            self.open |= {phone, server}
            swallowed = threading.Event()
            threading.Thread(target=self.answer, args=[server, phone, swallowed], daemon=True).start()
            while chunk := phone.recv(65536):
                fate = self.fate() if chunk.startswith((b"POST /outbox/ ", b"POST /moments/new/ ")) else WHOLE
                if fate == BEFORE:
                    break
                if chunk.startswith(b"POST /outbox/ "):
                    self.posts += 1
                self.note(chunk)
                if fate == AFTER:
                    swallowed.set()
                server.sendall(chunk)
            if not swallowed.is_set():
                hang_up(server)
                hang_up(phone)
        return None

    def note(self, chunk: bytes) -> None:
        """The id of an entry, which may come in a chunk after its head."""
        self.ids += [found.decode() for found in ID.findall(chunk)]

    def answer(self, server: socket.socket, phone: socket.socket, swallowed: threading.Event) -> None:
        with suppress(OSError):
            while chunk := server.recv(65536):
                if swallowed.is_set():
                    break
                hold, self.hold = self.hold, 0.0
                time.sleep(hold)
                phone.sendall(chunk)
        hang_up(phone)
        hang_up(server)
        self.open -= {phone, server}


def hang_up(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
