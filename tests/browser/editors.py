"""An editor with an app for codes, a question and a parent, in the server's database.

python -m tests.browser.editors NAME: prints the e-mail, the question's id and the parent's session, as JSON.
"""

import json
import sys

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from journal.editors import make_editor
from journal.models import PromptOffer
from tests.accounts.factors import give_app
from tests.browser.families import session_of
from tests.factories import make_moment, make_prompt, make_user


@transaction.atomic
def make(name: str) -> dict:
    """The parent was shown the question today and answered it."""
    editor = make_user(email=f"editor-{name}@example.com")
    make_editor(editor)
    give_app(editor)
    parent = make_user(email=f"asked-{name}@example.com", language="es")
    prompt = make_prompt(slug=f"asked-{name}", text=f"What made {name} smile today?")
    wording = prompt.texts.get(language="es")
    moment = make_moment(author=parent, prompt_text=wording, happened_at=timezone.now(), text="Una risa.")
    PromptOffer.objects.create(author=parent, offered_on=timezone.localdate(), prompt=prompt)
    rows = {"editor": editor.email, "prompt": prompt.pk, "old": wording.text, "moment": str(moment.pk)}
    return rows | {"session": session_of(editor), "parent": session_of(parent)}


if __name__ == "__main__":
    json.dump(make(sys.argv[1]), sys.stdout)
