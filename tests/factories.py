"""Plain rows for tests: keyword-only, dull fixed defaults, fixed dates."""

import itertools
import time
from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import User
from journal.demo import make_family, read
from journal.models import Child, Draft, Moment, Note, Prompt, PromptText, Share, Theme

PASSWORD = "seven-quiet-otters-hum"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def make_user(*, email="parent@example.com", verified=True, time_zone="UTC", **fields):
    user = User.objects.create_user(email, PASSWORD, time_zone=time_zone, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def make_child(*, parent, name="Mia", birth_month=date(2025, 10, 1)):
    return Child.objects.create(parent=parent, name=name, birth_month=birth_month)


def make_moment(
    *,
    author,
    child=None,
    kind="responsive",
    happened_at=NOON,
    time_zone=None,
    repairs=None,
    text="She looked up and I waved.",
    cue="",
    did="",
    feeling="",
    felt_unsafe=False,
    **fields,
):
    time_zone = time_zone or author.time_zone
    content = {"text": text, "cue": cue, "did": did, "feeling": feeling, "felt_unsafe": felt_unsafe}
    return Moment.objects.create(
        author=author,
        child=child,
        kind=kind,
        happened_at=happened_at,
        time_zone=time_zone,
        happened_on=happened_at.astimezone(ZoneInfo(time_zone)).date(),
        repairs=repairs,
        content=content,
        **fields,
    )


def make_draft(*, author, form=None, text="She looked up and", kind="responsive", edits=None, why="", at=NOON, **typed):
    form = form or (edits.pk if edits else uuid4())
    content = {"kind": kind, "text": text, **typed}
    return Draft.objects.create(
        author=author, form=form, edits=edits, why=why, content=content, begun_at=at, typed_at=at
    )


def make_prompt(
    *, slug="smile", kind="responsive", ages=(0, 60), theme="bond", text="What made you two smile?", **fields
):
    theme = Theme.objects.get_or_create(slug=theme, defaults={"position": 1})[0]
    prompt = Prompt.objects.create(
        slug=slug,
        theme=theme,
        kind=kind,
        age_min_months=ages[0],
        age_max_months=ages[1],
        **{"source_section": "S1", "published_at": NOON, **fields},
    )
    PromptText.objects.create(prompt=prompt, language="en", text=text)
    PromptText.objects.create(prompt=prompt, language="es", text=f"ES {text}")
    return prompt


def make_share(
    *,
    parent,
    reader=None,
    children=(),
    nameless=True,
    agreed=True,
    ends_on=date(2026, 6, 2),
    name="Rosa Delgado",
    program="Little Steps",
    signed_name="Jess Miller",
    moments=(),
):
    """Live by default; without a reader it is an open invitation, with `agreed=False` a request that waits."""
    share = Share.objects.create(parent=parent, invited_name="Rosa", open_until=NOON)
    share.invite()
    if reader:
        share.request(by=reader, name=name, program=program)
    if reader and agreed:
        shown = {"text": ["You choose."], "version": "1.1", "language": parent.language}
        share.agree(children=children, nameless=nameless, ends_on=ends_on, signed_name=signed_name, shown=shown)
    for moment in moments:
        moment.share_with([share])
    return share


def make_demo_family(*, parent):
    """The first demo family, in the words of the second where its parent writes in Spanish: a page is in one language."""
    family, other = read("demo.json")["parent"], read("demo.json")["other"]
    if parent.language == "es":
        words = itertools.cycle(told["text"] for told in other["moments"] if told["text"])
        family["moments"] = [told | {"text": told["text"] and next(words)} for told in family["moments"]]
    return make_family(parent, family)


def make_note(*, share, author, text="Thank you for sharing.", moment=None, monday=None):
    return Note.objects.create(share=share, parent=share.parent, author=author, text=text, moment=moment, monday=monday)


def give_second_factor(user):
    """An app for codes, set up; its secret opens nothing."""
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "nothing"})


def just_signed_in(client):
    """For a day as if whoever sits at this browser had just shown who they are."""
    session = client.session
    shown = {"method": "password", "reauthenticated": True, "at": time.time() + 24 * 60 * 60}
    session["account_authentication_methods"] = [shown]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
