"""An editor's file of 5,000 questions, through the server: looked at, and kept. Its own work, and what they wait."""

import re
import time
from html import unescape
from urllib.parse import urlencode

from tests.bench.measuring import CSRF
from tests.journal.test_prompt_sheet import IMPORT, ROW, as_csv

QUESTIONS = 5000
EDGE = "questions-of-a-file"


def test_five_thousand_questions_come_in(journal, figures):
    rows = [ROW | {"slug": f"hug-{number}", "text_en": f"When did hug {number} help?"} for number in range(QUESTIONS)]
    with journal.start() as server:
        editor = journal.client(server, "editor")
        look, shown = send(editor, upload(as_csv(*rows)), f"multipart/form-data; boundary={EDGE}")
        hidden = dict(re.findall(r'<input type="hidden" name="(rows|shown)" value="([^"]*)"', shown))
        answer = {name: unescape(value) for name, value in hidden.items()} | {"csrfmiddlewaretoken": CSRF}
        keep, kept = send(editor, urlencode(answer).encode(), "application/x-www-form-urlencoded")
        assert f"{QUESTIONS} questions are kept" in kept
        cpu = server.cpu_ms / 1000
    figures.head(f"A file of {QUESTIONS:,} questions")
    figures.add("first word of progress", look[0], "s", most=3)
    figures.add("looked at", look[1], "s")
    figures.add("kept", keep[1], "s")
    figures.add("both", look[1] + keep[1], "s", most=20)
    figures.add("processor", cpu, "s")


def upload(file):
    """The body of a form with a file, as a browser sends it."""
    head = 'Content-Disposition: form-data; name="{}"'
    parts = [head.format("csrfmiddlewaretoken") + f"\r\n\r\n{CSRF}"]
    parts.append(head.format("file") + '; filename="questions.csv"\r\nContent-Type: text/csv\r\n\r\n' + file.decode())
    return "".join(f"--{EDGE}\r\n{part}\r\n" for part in parts).encode() + f"--{EDGE}--\r\n".encode()


def send(editor, body, kind):
    """Seconds until the first progress and until the end, and the page."""
    start, told, page = time.perf_counter(), None, b""
    editor.connection.request("POST", IMPORT, body, editor.headers | {"Content-Type": kind, "Accept-Encoding": ""})
    answer = editor.connection.getresponse()
    while part := answer.read1(65536):
        page += part
        told = told or (time.perf_counter() - start if b"rows done." in page else None)
    assert answer.status == 200
    return (told, time.perf_counter() - start), page.decode()
