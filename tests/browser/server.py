"""The app as `make run` serves it, in a data folder and a database of its own, with someone reading its mail."""

import json
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_string
from pathlib import Path
from urllib.request import urlopen

import psycopg

from tests.browser.clock import ZONE

ROOT = Path(__file__).parents[2]
# Where "Leave fast" goes. Nobody is there: the tests answer for it.
NEUTRAL = "https://neutral.example/"
PATIENCE = 180
# The tests' people come in when the run begins, and the last of them is wanted after more than half an hour.
PATIENT = {"SESSION_SHARED_IDLE": "12h", "SESSION_WORK_IDLE": "12h"}
# What the tests' own environment or a `make` above them would tell the server.
NOT_FOR_THE_SERVER = {"SECRET_KEY", "MASTER_KEYS", "ALLOWED_HOSTS", "MAKEFLAGS", "MFLAGS", "MAKELEVEL"}
# Ends the server with all that it started as soon as the tests are gone, however they end.
GUARD = '(make run PORT="$1"; kill -KILL 0) & read -r _; kill -KILL 0'
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Server:
    address: str
    output: Path
    environment: dict[str, str]

    def mails_to(self, email: str) -> list[str]:
        """The mails it sent to someone, oldest first: development mode prints them."""
        printed = re.split(r"^-{70,}$", self.output.read_text(encoding="utf-8"), flags=re.MULTILINE)
        mails = [message_from_string(mail[mail.find("Content-Type:") :]) for mail in printed if "Content-Type:" in mail]
        return [mail.get_payload() for mail in mails if mail["To"] == email]

    def code_for(self, email: str) -> str:
        """The code in the last mail to someone."""
        return CODE.search(self.mails_to(email)[-1])[0].strip()

    def texts_of(self, session: str) -> list[str]:
        """Every text in the journal of whoever's session this is, asked of the database."""
        command = [sys.executable, "-m", "tests.browser.texts", session]
        told = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, stderr=sys.stderr
        )
        return json.loads(told.stdout)

    def families(self) -> dict:
        """Sessions of people with full journals and with empty ones, and the rows to look at."""
        command = [sys.executable, "-m", "tests.browser.families", ZONE]
        made = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, stderr=sys.stderr
        )
        return json.loads(made.stdout)

    def editors(self, name: str) -> dict:
        """Two editors, a question, and a parent who was asked it: see editors.py."""
        command = [sys.executable, "-m", "tests.browser.editors", name]
        made = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE)
        return json.loads(made.stdout)

    def more_sessions(self, session: str, times: int) -> list[str]:
        """The same person signed in so many times more, as if in other browsers."""
        command = [sys.executable, "-m", "tests.browser.more_sessions", session, str(times)]
        made = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE)
        return json.loads(made.stdout)


@contextmanager
def served(folder: Path, name: str) -> Iterator[Server]:
    """A server that takes requests, gone afterwards. Raises with its output when it does not start."""
    output, port = folder / "output", free_port()
    with own_database(name) as database:
        environment = {key: value for key, value in os.environ.items() if key not in NOT_FOR_THE_SERVER}
        environment |= {"DATA_DIR": str(folder / "data"), "LEAVE_URL": NEUTRAL, **PATIENT} | database
        with output.open("wb") as file:
            process = subprocess.Popen(
                ["sh", "-c", GUARD, "guard", str(port)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        server = Server(f"http://127.0.0.1:{port}", output, environment)
        try:
            wait_for(server, process)
            yield server
        finally:
            process.communicate()


def wait_for(server: Server, process: subprocess.Popen, certificate: Path | None = None) -> None:
    """Over TLS when there is a certificate to trust."""
    context = ssl.create_default_context(cafile=certificate) if certificate else None
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{server.address}/readyz", context=context):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"It did not serve:\n{server.output.read_text()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def own_database(name: str) -> Iterator[dict[str, str]]:
    """A database beside the one that DATABASE_URL names, as what to set; without it SQLite needs nothing."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": url.rpartition("/")[0] + f"/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
