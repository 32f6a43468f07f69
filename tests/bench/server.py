"""One worker of gunicorn, as `make run` starts it, and what it takes: processor time and memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from tests.browser.server import NOT_FOR_THE_SERVER, ROOT, free_port

PATIENCE = 30
# Ends the server as soon as the tests are gone, however they end.
GUARD = 'read -r _; kill "$1" 2>/dev/null'


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    connections: list[HTTPConnection] = field(default_factory=list)

    def connect(self) -> HTTPConnection:
        """A connection that is closed with the server."""
        connection = HTTPConnection("127.0.0.1", self.port)
        self.connections.append(connection)
        return connection

    @property
    def worker(self) -> int:
        """The one process that answers."""
        return int(Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()[0])

    @property
    def cpu_ms(self) -> float:
        """What its threads have used of the processor so far."""
        threads = Path(f"/proc/{self.worker}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    @property
    def memory_mib(self) -> float:
        """Its proportional set size: what it shares with others is divided among them."""
        lines = Path(f"/proc/{self.worker}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def outside_values() -> dict[str, str]:
    """The environment without what the tests told themselves, nor what keeps Python from keeping compiled code."""
    left_out = {*NOT_FOR_THE_SERVER, "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"PYTHONUNBUFFERED": "1"}


@contextmanager
def serving(application: str, environment: Mapping[str, str], probe: str) -> Iterator[Server]:
    """A server that has answered the probe. One thread, and connections that are kept: nothing waits for another."""
    port = free_port()
    command = [Path(sys.executable).with_name("gunicorn"), application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--worker-class", "gthread", "--threads", "1", "--preload", "--no-control-socket"]
    with subprocess.Popen([*command, "--log-level", "warning"], cwd=ROOT, env=environment) as process:
        guard = subprocess.Popen(["sh", "-c", GUARD, "guard", str(process.pid)], stdin=subprocess.PIPE)
        server = Server(port, process.pid)
        try:
            wait_for(port, probe, process)
            yield server
        finally:
            for connection in server.connections:
                connection.close()
            guard.communicate()


def wait_for(port: int, probe: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", probe)
            connection.getresponse().read()
        except ConnectionRefusedError:
            time.sleep(0.002)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("The server does not answer.")


def run(environment: Mapping[str, str], *command: str) -> str:
    """What a step of making a server's data prints."""
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def run_module(environment: Mapping[str, str], module: str, *arguments: str) -> dict:
    return json.loads(run(environment, sys.executable, "-m", module, *arguments))
