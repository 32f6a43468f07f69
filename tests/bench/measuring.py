"""Asking a server for pages again and again."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.server import Server

CSRF = "a" * 32


class Client:
    """One browser with a kept connection and a session."""

    def __init__(self, server: Server, cookies: Mapping[str, str], csrf_cookie: str = "csrf") -> None:
        self.server = server
        self.connection = server.connect()
        cookies = {**cookies, csrf_cookie: CSRF}
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Accept-Encoding": "gzip",
        }

    def ask(self, path: str, sent: Mapping[str, str] | None = None, *, status: int = 200) -> bytes:
        """The body as it came over the wire. Raises for another status."""
        if sent is None:
            self.connection.request("GET", path, headers=self.headers)
        else:
            body = urlencode({**sent, "csrfmiddlewaretoken": CSRF})
            headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
            self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{path} answers {answer.status}, not {status}.")
        return body

    def get(self, path: str, sent: Mapping[str, str] | None = None) -> "Page":
        return Page(self, lambda: self.ask(path, sent))

    def post(self, path: str, sent: Mapping[str, str], *, with_id: bool = False) -> "Page":
        """A form that answers with a redirect, sent each time anew, with another id where the page makes one."""
        return Page(self, lambda: self.ask(path, {**sent, "id": str(uuid4())} if with_id else sent, status=302))


@dataclass
class Page:
    """One request, and what it took whenever it was made: seconds of each, and processor time of each round."""

    client: Client
    ask: Callable[[], object]
    seconds: list[float] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)
    cpu_rounds: list[float] = field(default_factory=list)

    def measure(self, times: int) -> None:
        self.client.connection.close()  # the server has closed it meanwhile
        self.ask()
        cpu_before = self.client.server.cpu_ms
        taken = []
        for _ in range(times):
            start = time.perf_counter()
            self.ask()
            taken.append(time.perf_counter() - start)
        self.cpu_rounds.append((self.client.server.cpu_ms - cpu_before) / times)
        self.rounds.append(median(taken))
        self.seconds += taken

    @property
    def ms(self) -> float:
        return median(self.rounds) * 1000

    @property
    def ms_95(self) -> float:
        return quantiles(self.seconds, n=20)[-1] * 1000

    @property
    def cpu_ms(self) -> float:
        return median(self.cpu_rounds)


def take_turns(pages: Iterable[Page], *, rounds: int, times: int, warm_up: int) -> None:
    """Each page in each round, so that what else the machine does weighs on all of them."""
    pages = list(pages)
    for page in pages:
        for _ in range(warm_up):
            page.ask()
    for _ in range(rounds):
        for page in pages:
            page.measure(times)
