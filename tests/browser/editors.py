"""An editor with an app for codes, a question and a parent, in the server's database.

python -m tests.browser.editors NAME: prints e-mails, sessions and the ids of rows, as JSON.
"""

import json
import sys

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from journal.editors import make_editor
from journal.models import ProgramText, PromptOffer
from tests.accounts.factors import give_app
from tests.browser.families import session_of
from tests.factories import make_moment, make_prompt, make_share, make_user


@transaction.atomic
def make(name: str) -> dict:
    """The parent was shown the question today and answered it; somebody asks to read what they share."""
    editor, other = (make_user(email=f"{who}-{name}@example.com") for who in ("editor", "other"))
    for person in (editor, other):
        make_editor(person)
        give_app(person)
    parent = make_user(email=f"asked-{name}@example.com", language="es")
    prompt = make_prompt(slug=f"asked-{name}", text=f"What made {name} smile today?")
    wording = prompt.texts.get(language="es")
    moment = make_moment(author=parent, prompt_text=wording, happened_at=timezone.now(), text="Una risa.")
    PromptOffer.objects.create(author=parent, offered_on=timezone.localdate(), prompt=prompt)
    share = make_share(parent=parent, reader=other, agreed=False)
    rows = {"editor": editor.email, "prompt": prompt.pk, "old": wording.text, "moment": moment.pk, "share": share.pk}
    rows |= {"program": ProgramText.objects.newest().get(language="es").pk}
    sessions = {"session": editor, "other": other, "parent": parent}
    return rows | {who: session_of(person) for who, person in sessions.items()}


if __name__ == "__main__":
    json.dump(make(sys.argv[1]), sys.stdout, default=str)
