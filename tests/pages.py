"""Every page that a person can meet, and the rows that fill it: one list for the checks that look at all of them."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Subquery
from django.test import Client
from django.utils import timezone

from accounts.models import User
from journal.loading import CONTENT
from journal.models import Child, Draft, Moment, Parcel, Way
from journal.takeout import packing
from journal.week_counts import Band, WeekCounts
from journal.weeks import Week
from tests.accounts.factors import give_app, give_codes, give_passkey
from tests.factories import PASSWORD, just_signed_in, make_child, make_demo_family, make_draft, make_moment, make_user
from tests.page import A_LONG_WORD, Page
from tests.sharing_pages import make_sharing, sharing
from tests.workshop_pages import make_workshop, workshop

LANGUAGES = ("en", "es")
THEMES = [theme["slug"] for theme in json.loads((CONTENT / "guide.json").read_text(encoding="utf-8"))]
KINDS = ("responsive", "missed", "repair", "reflection")


def signed_out() -> Iterator[Page]:
    yield Page("landing", "/")
    yield Page("guide", "/guide/")
    yield from (Page(f"guide-{slug}", f"/guide/{slug}/") for slug in THEMES)
    yield Page("help", "/help/")
    yield Page("pause", "/pause/")
    yield Page("privacy", "/privacy/")
    yield Page("leave", "/leave/")
    yield Page("no-signal", "/offline/")
    yield Page("not-found", "/nothing-here/", status=404)
    yield Page("bad-request", "/language/", status=400, sent={"language": "xx"})
    yield Page("stale-page", "/language/", status=403, sent={"language": "en", "csrfmiddlewaretoken": ""})


def account() -> Iterator[Page]:
    sign_up, code = "/account/signup/", "/account/confirm-email/"
    reset, reset_code = "/account/password/reset/", "/account/password/reset/confirm/"
    signing_up = ((sign_up, {"email": "{new}", "password1": PASSWORD}),)
    resetting = ((reset, {"email": "{email}"}),)
    yield Page("sign-up", sign_up)
    yield Page("sign-up-refused", sign_up, sent={"email": "nobody", "password1": "short"})
    yield Page("sign-up-code", code, before=signing_up)
    yield Page("sign-up-code-refused", code, sent={"code": "BBBB-BBBB"}, before=signing_up)
    yield Page("too-fast", code, status=429, sent={"action": "resend"}, before=signing_up)
    yield Page("sign-in", "/account/login/")
    yield Page("sign-in-refused", "/account/login/", sent={"login": "nobody@example.com", "password": "x"})
    yield Page("sign-in-passkey", "/account/login/passkey/")
    yield Page("sign-in-passkey-refused", "/account/login/passkey/", sent={"credential": "{{}}"})
    yield Page("sign-in-code", "/account/login/code/")
    yield Page("sign-in-code-refused", "/account/login/code/", sent={"email": "nobody"})
    asking = (("/account/login/code/", {"email": "{email}"}),)
    yield Page("sign-in-code-typed", "/account/login/code/confirm/", before=asking)
    yield Page("sign-in-code-wrong", "/account/login/code/confirm/", sent={"code": "BBBB-BBBB"}, before=asking)
    yield Page("inactive", "/account/inactive/")
    yield Page("password-reset", reset)
    yield Page("password-reset-refused", reset, sent={"email": ""})
    yield Page("password-reset-code", reset_code, before=resetting, mail_to="{email}")
    yield Page(
        "password-reset-pick",
        "/account/password/reset/complete/",
        before=(*resetting, (reset_code, {"code": "{code}"})),
        mail_to="{email}",
    )
    yield Page("password-reset-done", "/account/password/reset/done/")
    yield Page("sign-out", "/account/logout/", "parent")
    yield Page("password-change", "/account/password/change/", "parent")
    yield Page("password-change-refused", "/account/password/change/", "parent", sent={"password1": "short"})
    yield Page("password-set", "/account/password/set/", "passwordless")
    yield Page("is-it-you", "/account/reauthenticate/", "parent")
    yield Page("email-change", "/account/email/", "parent")
    yield Page("email-change-refused", "/account/email/", "parent", sent={"email": "nobody", "action_add": ""})
    changing = (("/account/email/", {"email": "{new}", "action_add": ""}),)
    yield Page("email-change-code", code, "changing", before=changing)


def second_step() -> Iterator[Page]:
    """Of someone who sets it up, and of two who have it: `careful` an app and passkeys, `cautious` an app alone."""
    overview, app, codes = "/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/recovery-codes/"
    passkey, key = "/account/2fa/webauthn/", "/account/2fa/webauthn/keys/{passkey}/"
    yield Page("second-step-none", overview, "parent")
    yield Page("second-step-wanted", f"{overview}?next=/weeks/", "parent")
    yield Page("second-step", overview, "careful")
    yield Page("second-step-done", f"{overview}?next=/weeks/", "cautious")
    yield Page("app-add", app, "parent")
    yield Page("app-add-refused", app, "parent", sent={"code": "000000"})
    yield Page("app-remove", "/account/2fa/totp/deactivate/", "careful")
    yield Page("recovery-codes", codes, "careful")
    yield Page("recovery-codes-used", codes, "cautious")
    yield Page("recovery-codes-new", f"{codes}generate/", "careful")
    yield Page("recovery-codes-refused", f"{codes}generate/", "parent", sent={})
    yield Page("passkey-add", f"{passkey}add/", "parent")
    yield Page("passkey-add-refused", f"{passkey}add/", "parent", sent={"credential": "{{}}", "name": A_LONG_WORD * 2})
    yield Page("passkey-rename", f"{key}edit/", "careful")
    yield Page("passkey-rename-refused", f"{key}edit/", "careful", sent={"name": ""})
    yield Page("passkey-remove", f"{key}remove/", "careful")
    yield Page("is-it-you-code", "/account/2fa/reauthenticate/", "careful")
    yield Page("is-it-you-code-refused", "/account/2fa/reauthenticate/", "cautious", sent={"code": ""})
    yield Page("is-it-you-passkey", f"{passkey}reauthenticate/", "careful")
    for name in ("careful", "cautious"):
        typed = (("/account/login/", {"login": f"{name}-{{language}}@example.com", "password": PASSWORD}),)
        yield Page(f"one-more-step-{name}", f"{overview}authenticate/", before=typed)
        sent = {"careful": {"credential": "{{}}"}, "cautious": {"code": ""}}[name]
        yield Page(f"one-more-step-{name}-refused", f"{overview}authenticate/", sent=sent, before=typed)


def settings() -> Iterator[Page]:
    kept = {"language": "{language}", "time_zone": "America/Bogota", "shows_counts": "on"}
    yield Page("settings", "/settings/", "parent")
    yield Page("devices", "/account/sessions/", "parent")
    yield Page("settings-saved", "/settings/", "parent", sent=kept)
    yield Page("settings-refused", "/settings/", "parent", status=422, sent={"language": "xx", "time_zone": "Mars"})
    yield Page("phone", "/phone/", "parent")
    yield Page("children", "/children/", "parent")
    yield Page("children-none", "/children/", "newcomer")
    yield Page("child-first", "/children/new/?first", "newcomer")
    yield Page("child-new", "/children/new/", "parent")
    yield Page("child-new-refused", "/children/new/", "parent", status=422, sent={"name": "", "birth_month": "soon"})
    yield Page("child-edit", "/children/{child}/edit/", "parent")
    yield Page("child-edit-refused", "/children/{child}/edit/", "parent", status=422, sent={"name": ""})
    yield Page("child-delete", "/children/{child}/delete/", "parent")
    yield Page("child-delete-unwritten", "/children/{unwritten}/delete/", "parent")
    yield Page("child-delete-refused", "/children/{child}/delete/", "parent", status=422, sent={"word": "x"})
    yield Page("delete-all", "/settings/delete/", "parent")
    yield Page("delete-all-refused", "/settings/delete/", "newcomer", status=422, sent={"word": "x"})


def my_data() -> Iterator[Page]:
    export, bring = "/settings/export/", "/settings/import/"
    packed = ((export, {}),)
    yield Page("export", export, "newcomer")
    yield Page("export-ready", export, "parent", before=packed)
    yield Page("export-refused", f"{export}file/", "parent", status=422, sent={"passphrase": "x"}, before=packed)
    yield Page("import", bring, "parent")
    yield Page("import-refused", bring, "parent", status=422, sent={"passphrase": ""})
    yield Page("export-under-way", export, "packing")
    yield Page("import-look", f"{bring}look/", "arriving")
    yield Page("import-look-nothing", f"{bring}look/", "arrived")


def journal() -> Iterator[Page]:
    yield Page("today", "/", "parent")
    yield Page("today-other-child", "/?child={other}", "parent")
    yield Page("today-empty", "/", "newcomer")
    yield Page("journal", "/moments/", "parent")
    yield Page("journal-of-a-kind", "/moments/?kind=missed", "parent")
    yield Page("journal-of-a-child", "/moments/?child={child}&month={month}", "parent")
    yield Page("journal-found", "/moments/", "parent", sent={"q": "the"})
    yield Page("journal-none-found", "/moments/", "parent", sent={"q": "xyzzy"})
    yield Page("journal-refused", "/moments/?month=soon", "parent", status=422)
    yield Page("journal-empty", "/moments/", "newcomer")
    for number, kind in enumerate(KINDS):
        yield Page(f"moment-{kind}", f"/moments/{{{kind}}}/", "parent")
        yield Page(f"saved-{kind}", f"/moments/{{{kind}}}/?saved", "parent")
        yield Page(f"write-{kind}", f"/moments/new/?kind={kind}", ("parent", "newcomer")[number % 2])
        yield Page(f"edit-{kind}", f"/moments/{{{kind}}}/edit/", "parent")
    yield Page("moment-mended", "/moments/{mended}/", "parent")
    yield Page("moment-mending", "/moments/{mending}/", "parent")
    yield Page("saved-unsafe", "/moments/{unsafe}/?saved", "parent")
    yield Page("saved-heavy", "/moments/{heavy}/?saved", "parent")
    yield Page("write", "/moments/new/", "parent")
    yield Page("write-without-question", "/moments/new/?kind=missed&prompt=none", "parent")
    yield Page("write-how-i-came-back", "/moments/new/?kind=repair&repairs={missed}", "parent")
    yield Page(
        "write-another-question",
        "/moments/new/another/",
        "parent",
        sent={"kind": "responsive", "child": "{child}", "text": "What was typed"},
    )
    yield Page(
        "write-refused",
        "/moments/new/",
        "parent",
        status=422,
        sent={"kind": "missed", "happened_at": "soon", "cue": "?", "child": "?", "text": A_LONG_WORD},
    )
    yield Page(
        "write-kept-already",
        "/moments/new/",
        "parent",
        status=409,
        sent={"id": "{responsive}", "kind": "responsive", "text": "Other words"},
    )
    yield Page(
        "edit-refused",
        "/moments/{responsive}/edit/",
        "parent",
        status=422,
        sent={"kind": "?", "happened_at": "2999-01-01T10:00", "version": "1"},
    )
    yield Page(
        "edit-two-texts",
        "/moments/{twice}/edit/",
        "parent",
        status=409,
        sent={"kind": "missed", "happened_at": "", "version": "1", "text": "Other words"},
    )
    yield Page("edit-mended", "/moments/{mended}/edit/", "parent")
    yield Page("drafts", "/drafts/", "parent")
    yield Page("drafts-none", "/drafts/", "newcomer")
    yield Page("draft", "/drafts/{draft}/", "parent")
    yield Page("draft-of-a-change", "/drafts/{changing}/", "parent")
    yield Page("draft-from-outside", "/drafts/{outside}/", "parent")
    yield Page("draft-from-the-phone", "/outbox/{refused}/", "parent")
    yield Page("moment-delete", "/moments/{responsive}/delete/", "parent")
    yield Page("moment-delete-mended", "/moments/{mended}/delete/", "parent")
    yield Page("not-found-signed-in", "/moments/00000000-0000-4000-8000-000000000000/", "parent", status=404)
    yield Page("broken", "/moments/", "broken", status=500)
    yield Page("guide-signed-in", "/guide/", "parent")
    yield Page("guide-breaks-signed-in", "/guide/breaks/", "parent")
    yield Page("help-signed-in", "/help/", "parent")
    yield Page("pause-signed-in", "/pause/", "parent")
    yield Page("privacy-signed-in", "/privacy/", "parent")


def weeks() -> Iterator[Page]:
    yield Page("week", "/weeks/", "parent")
    yield Page("week-of-a-child", "/weeks/?child={child}", "parent")
    yield Page("week-of-nobody", "/weeks/", "newcomer")
    yield Page("week-to-come", "/weeks/2999-01-07/", "parent", status=404)
    yield Page("week-nameless", "/weeks/{nameless_week}/", "parent")
    for band in Band:
        yield Page(f"week-{band}", f"/weeks/{{{band}}}/?child={{{band}_child}}", "parent")


PAGES = [*signed_out(), *account(), *second_step(), *settings(), *my_data(), *journal(), *weeks(), *sharing()]
ALL_PAGES = [*PAGES, *workshop()]


def make_people(language: str) -> tuple[dict[str, User], dict[str, str]]:
    """Everyone who opens the pages in one language, by name, and the rows that the paths name. Needs the content."""
    names = ("parent", "newcomer", "changing", "passwordless", "broken", "careful", "cautious")
    names += ("packing", "arriving", "arrived")
    people = {
        name: make_user(email=f"{name}-{language}@example.com", language=language, time_zone="America/Bogota")
        for name in names
    }
    people["passwordless"].set_unusable_password()
    people["passwordless"].save()
    parent = people["parent"]
    make_demo_family(parent=parent)
    unwritten = make_child(parent=parent, name=A_LONG_WORD)
    children = list(Child.objects.editable_by(parent).exclude(pk=unwritten.pk))
    rows = {
        "language": language,
        "email": parent.email,
        "child": str(children[0].pk),
        "other": str(children[1].pk),
        "unwritten": str(unwritten.pk),
        "month": f"{long_ago():%Y-%m}",
    }
    rows |= {name: str(moment.pk) for name, moment in moments(parent, children[0])}
    rows |= {name: str(draft.form) for name, draft in drafts(parent, rows["heavy"])}
    rows |= band_weeks(parent, children)
    rows["nameless_week"] = nameless_week(parent)
    rows["passkey"] = str(second_factors(people["careful"], people["cautious"]).pk)
    break_seal(people["broken"])
    on_their_way(people)
    readers, shared = make_sharing(language)
    editors, words = make_workshop(language)
    return people | readers | editors, rows | shared | words


def long_ago() -> datetime:
    """Within the life of the youngest child, and before all that the family wrote."""
    return timezone.now() - timedelta(days=100)


def moments(parent: User, child: Child) -> Iterator[tuple[str, Moment]]:
    """One of each sort, all within one evening."""
    chosen: dict[str, Any] = {"cue": "wants-close", "did": "held", "feeling": "calm", "starred": True}

    def make(minutes, **fields: Any) -> Moment:
        return make_moment(author=parent, child=child, happened_at=long_ago() + timedelta(minutes=minutes), **fields)

    yield "responsive", make(0, text=f"First line.\n\nA second one, with <b>signs</b> & {A_LONG_WORD}.", **chosen)
    yield "missed", make(1, kind="missed", text="", cue="hungry", did="was-busy")
    yield "repair", make(2, kind="repair", text="A hug, later.")
    yield "reflection", make(3, kind="reflection", text="What helped my mother helped me.")
    mended = make(4, kind="missed", text="She called twice before I looked up from the stove.")
    yield "mended", mended
    yield "mending", make(5, kind="repair", repairs=mended, text="I sat down on the floor with her.")
    yield "unsafe", make(6, kind="missed", felt_unsafe=True, text="It got loud.")
    yield "heavy", make(7, feeling="overwhelmed")
    twice = make(8, kind="missed", text="Kept first.")
    yield "twice", twice.rewrite({"content": twice.content | {"text": "Kept after a change."}}, version=1)


def drafts(parent: User, changing: str) -> Iterator[tuple[str, Draft]]:
    """One of each sort; the last is the newest, which Today offers."""
    heavy = Moment.objects.editable_by(parent).get(pk=changing)
    yield "changing", make_draft(author=parent, edits=heavy, version="1", text="A hard day, and")
    yield "outside", make_draft(author=parent, why="signed-out", text=f"The session ended. {A_LONG_WORD}")
    yield "refused", make_draft(author=parent, why="refused", happened_at="2999-01-01T10:00+01:00", child="?")
    yield "draft", make_draft(author=parent, at=timezone.now(), kind="missed", cue="hungry", text="She called and I")


def band_weeks(parent: User, children: list[Child]) -> dict[str, str]:
    """For every band a week that is over, and the child whose week it is."""
    found: dict[str, str] = {}
    this_week = Week.of(timezone.localdate())
    for child in children:
        stories = (
            Moment.objects.editable_by(parent)
            .of_child(child)
            .stories(this_week.monday - timedelta(weeks=12), this_week.sunday)
        )
        for weeks_ago in range(1, 12):
            week = Week(this_week.monday - timedelta(weeks=weeks_ago))
            band = WeekCounts.count(stories, week).band
            found |= {band.value: week.monday.isoformat(), f"{band}_child": str(child.pk)}
    return found


def nameless_week(parent: User) -> str:
    """A week with a moment about no named child, on the page of all children."""
    earlier = timezone.now() - timedelta(weeks=20)
    make_moment(author=parent, happened_at=earlier, text="About both of them.")
    return Week.of(earlier.date()).monday.isoformat()


def second_factors(careful: User, cautious: User) -> Authenticator:
    """An app for both; for one of them passkeys, of which the first is returned, for the other no code that is left."""
    for user in (careful, cautious):
        give_app(user)
        give_codes(user)
    used = cautious.authenticator_set.get(type="recovery_codes")
    used.data["used_mask"] = 2**10 - 1
    used.save()
    give_passkey(careful, A_LONG_WORD)
    passkey = give_passkey(careful, "My phone & <b>tablet</b>")
    passkey.record_usage()
    return passkey


def on_their_way(people: dict[str, User]) -> None:
    """A journal half packed, one that would come in, and one that is here already."""
    packing.pack_batch(packing.begin(people["parent"]))
    packing.go_on(Parcel.objects.get(owner=people["parent"]))
    told = "".join(Parcel.objects.get(owner=people["parent"]).read(packing.JSON))
    Parcel.objects.begin(people["arriving"], Way.IN).add(packing.JSON, 0, told)
    nothing = '{"format":"most-of-the-time","version":1,"settings":{"language":"en","time_zone":"UTC",'
    nothing += '"shows_counts":true},"children":[],"moments":[],"shares":[]}'
    Parcel.objects.begin(people["arrived"], Way.IN).add(packing.JSON, 0, nothing)
    for number in range(3):
        make_moment(author=people["packing"], happened_at=long_ago() + timedelta(minutes=number))
    begun = packing.begin(people["packing"])
    begun.done = 2
    begun.save()


def come_in(client: Client, user: User) -> None:
    """Signed in, and for a day as if they had just shown who they are."""
    client.force_login(user)
    just_signed_in(client)


def break_seal(parent: User) -> None:
    """A moment that holds another's sealed text cannot be opened: the page breaks, and shows nothing of either."""
    moved, other = make_moment(author=parent), make_moment(author=parent)
    sealed = Moment.objects.editable_by(parent).filter(pk=other.pk).values("content")
    Moment.objects.editable_by(parent).filter(pk=moved.pk).update(content=Subquery(sealed[:1]))
