"""The app as it runs outside development, behind https of its own, and what answers plain http before it."""

import base64
import datetime
import json
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.browser.clock import ZONE
from tests.browser.server import ROOT, Server, free_port, wait_for


@dataclass(frozen=True)
class Served:
    http_port: int
    https_port: int
    bare_port: int
    certificate: Path
    families: dict


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """For localhost, for a day, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, secret


def to_https(port: int) -> type[BaseHTTPRequestHandler]:
    """As the server in front does with plain http."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(301)
            self.send_header("Location", f"https://localhost:{port}{self.path}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_OPTIONS = do_GET  # noqa: N815  # its own name

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
            """Says nothing."""

    return Answer


class Bare(BaseHTTPRequestHandler):
    """A page that says nothing to the browser."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Set-Cookie", "session=x")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>x</title><script src='http://other.example/x.js'></script>")

    do_OPTIONS = do_GET  # noqa: N815  # its own name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
        """Says nothing."""


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """At a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    certificate, secret = make_certificate(folder)
    https_port = free_port()
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DEVELOPMENT")}
    environment |= {"DATA_DIR": str(folder / "data"), "ALLOWED_HOSTS": "localhost"}
    environment |= {"MASTER_KEYS": "observatory1:" + base64.b64encode(os.urandom(32)).decode()}
    (folder / "data").mkdir()
    for command in ("migrate", "createcachetable", "load_content", "collectstatic --no-input"):
        manage = [sys.executable, "manage.py", *command.split(), "--verbosity", "0"]
        subprocess.run(manage, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    people = [sys.executable, "-m", "tests.browser.families", ZONE]
    told = subprocess.run(people, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, secret)
    run = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{https_port}"]
    run += ["--certfile", str(certificate), "--keyfile", str(secret), "--threads", "4", "--no-control-socket"]
    output = folder / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(run, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        wait_for(Server(f"https://localhost:{https_port}", output, environment), process, certificate)
        with answering(to_https(https_port)) as http_port, answering(Bare, tls) as bare_port:
            yield Served(http_port, https_port, bare_port, certificate, json.loads(told.stdout))
    finally:
        process.terminate()
        process.wait()
