"""What each column's rule says is so: what is mine is in the export, and all of a person goes with the person.

The canaries are looked for in every table, whatever made it, in the bytes of the SQLite file and of its log of changes,
in logs, mails, the cache and sessions. Each look has a control: before the deletion the same look finds them.
"""

import base64
import io
import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.cache_rows import forget_person, forget_what_is_over
from accounts.models import DataKey, FormerKey, User
from accounts.retention import LIBRARIES, OUR_APPS
from journal.models import Child, Draft, Moment, Note, Parcel, Prompt, Reading, Share, SharedMoment, Visit
from journal.takeout.packing import begin
from tests.accounts.factors import give_passkey
from tests.factories import PASSWORD, give_second_factor, make_draft, make_prompt
from tests.journal.takeout import come_in, export, fill

pytestmark = pytest.mark.django_db

MODELS = {model._meta.label: model for model in apps.get_models()}
OURS = {label: model for label, model in MODELS.items() if model._meta.app_label in OUR_APPS}


def declared(attribute, *values):
    """Label and field of every column whose rule says so."""
    return {
        (label, name)
        for label, model in OURS.items()
        for name, rule in model.retention.items()
        if getattr(rule, attribute) in values
    }


# What is mine


def stamp(value):
    return value.astimezone(UTC).isoformat()


def mine_of(user, rows):
    """For every column that is mine how its value stands in the files, read from the rows themselves."""
    child, missed, repair = rows["mia"], rows["missed"], rows["repair"]
    answered, scary, share = rows["answered"], rows["scary"], Share.objects.get(pk=rows["share"].pk)
    shared = SharedMoment.objects.filter(share=share).earliest("pk")
    visit, page = Visit.objects.get(share=share, held_at=None), Reading.objects.get(share=share, opened="week")
    by_reader = Note.objects.get(share=share, moment=missed)
    draft = Draft.objects.get(author=user)
    on_week = Note.objects.get(share=share, moment=None)
    return {
        ("accounts.User", "email"): user.email,
        ("accounts.User", "language"): '"language":"en"',
        ("accounts.User", "time_zone"): '"time_zone":"UTC"',
        ("accounts.User", "shows_counts"): '"shows_counts":true',
        ("journal.Child", "id"): f'"id":"{child.pk}"',
        ("journal.Child", "came_as"): f'"id":"{rows["leo"].came_as}"',
        ("journal.Child", "name"): '"name":"Mia"',
        ("journal.Child", "birth_month"): '"birth_month":"2025-10"',
        ("journal.Child", "created_at"): f'"added_at":"{stamp(child.created_at)}"',
        ("journal.Moment", "id"): f'"id":"{missed.pk}"',
        ("journal.Moment", "came_as"): f'"id":"{answered.came_as}"',
        ("journal.Moment", "child"): f'"child":"{child.pk}"',
        ("journal.Moment", "kind"): '"kind":"repair"',
        ("journal.Moment", "happened_at"): f'"happened_at":"{stamp(repair.happened_at)}"',
        ("journal.Moment", "happened_on"): f'"day":"{answered.happened_on}"',
        ("journal.Moment", "time_zone"): f'"time_zone":"{scary.time_zone}"',
        ("journal.Moment", "repairs"): f'"mends":"{missed.pk}"',
        ("journal.Moment", "starred"): '"starred":true',
        ("journal.Moment", "prompt_text"): "What made you two smile?",
        ("journal.Moment", "content"): '"text":"She called twice."',
        ("journal.Moment", "created_at"): f'"written_at":"{stamp(missed.created_at)}"',
        ("journal.Moment", "edited_at"): f'"changed_at":"{stamp(missed.edited_at)}"',
        ("journal.Draft", "form"): f"{draft.form},{missed.pk}",
        ("journal.Draft", "edits"): f"{draft.form},{missed.pk}",
        ("journal.Draft", "content"): "Only half said",
        ("journal.Draft", "begun_at"): f"{stamp(draft.begun_at)},{stamp(draft.typed_at)}",
        ("journal.Draft", "typed_at"): f"{stamp(draft.begun_at)},{stamp(draft.typed_at)}",
        ("journal.Share", "id"): f'"id":"{share.pk}"',
        ("journal.Share", "came_as"): f'"id":"{rows["past"].came_as}"',
        ("journal.Share", "invited_name"): '"invited_name":"Rosa"',
        ("journal.Share", "asked"): '"name":"Rosa Delgado","program":"Little Steps"',
        ("journal.Share", "consents"): '"signed_name":"Jess Miller"',
        ("journal.Share", "invited_at"): f'"invited_at":"{stamp(share.invited_at)}"',
        ("journal.Share", "requested_at"): f'"asked_at":"{stamp(share.requested_at)}"',
        ("journal.Share", "agreed_at"): f'"agreed_at":"{stamp(share.agreed_at)}"',
        ("journal.Share", "ended_at"): f'"ended_at":"{stamp(rows["past"].ended_at)}"',
        ("journal.Share", "ends_on"): '"ends_on":"2026-06-02"',
        ("journal.Share", "children"): f'"children":["{child.pk}"]',
        ("journal.Share", "with_nameless"): '"with_no_child_named":true',
        ("journal.SharedMoment", "share"): f'"id":"{share.pk}"',
        ("journal.SharedMoment", "moment"): f'"moment":"{shared.moment_id}"',
        ("journal.SharedMoment", "shared_at"): f'"shared_at":"{stamp(shared.shared_at)}"',
        ("journal.Visit", "share"): f'"id":"{share.pk}"',
        ("journal.Visit", "planned_on"): f'"planned_on":"{visit.planned_on}"',
        ("journal.Visit", "held_at"): f'"held_at":"{stamp(rows["held"].held_at)}"',
        ("journal.Visit", "ask"): '"ask":"Naps."',
        ("journal.Note", "share"): f'"id":"{share.pk}"',
        ("journal.Note", "author"): '"by":"reader"',
        ("journal.Note", "moment"): f'"by":"reader","moment":"{by_reader.moment_id}"',
        ("journal.Note", "monday"): f'"week":"{on_week.monday}"',
        ("journal.Note", "text"): '"text":"A long week."',
        ("journal.Note", "written_at"): f'"written_at":"{stamp(on_week.written_at)}"',
        ("journal.Reading", "share"): f'"id":"{share.pk}"',
        ("journal.Reading", "opened"): '"opened":"week"',
        ("journal.Reading", "monday"): f'"week":"{page.monday}"',
        ("journal.Reading", "of_moment"): f'"opened":"moment","moment":"{missed.pk}"',
        ("journal.Reading", "opened_at"): f'"opened_at":"{stamp(page.opened_at)}"',
    }


@pytest.fixture
def rows(wednesday, parent, visitor, editor):
    """Something in every column, each time another one, so that no value can be taken for another's."""
    rows = fill(parent, visitor)
    wednesday.shift(timedelta(minutes=7))
    rows["held"] = Visit.objects.create(share=rows["share"], parent=parent, held_at=datetime.now(UTC), ask="Sleep.")
    Visit.objects.filter(share=rows["share"], held_at=None).update(planned_on="2026-03-11")
    make_draft(author=parent, text="Only half said", edits=rows["missed"])
    UserSession.objects.create(user=parent, session_key="a" * 32, ip="192.0.2.1", user_agent="Firefox")
    rows["past"] = rows["invitation"]
    rows["past"].end(by=parent)
    for name, came_as in (("leo", "1" * 32), ("answered", "2" * 32), ("past", "3" * 32)):
        type(rows[name]).objects.filter(pk=rows[name].pk).update(came_as=came_as)
    for name in ("mia", "leo", "missed", "repair", "answered", "scary", "past"):
        rows[name].refresh_from_db()
    make_prompt(slug="rest").offers.create(author=parent, child=rows["mia"], offered_on="2026-03-04")
    give_second_factor(parent)
    give_passkey(parent, "Canaryphone")
    DataKey.of(parent.pk).renew()
    LogEntry.objects.create(user=parent, action_flag=CHANGE, object_repr="Canary")
    # What others did to their account, and what they wished while they looked after the words.
    of_people = ContentType.objects.get_for_model(User)
    about = {"content_type": of_people, "object_id": str(parent.pk), "object_repr": str(parent)}
    LogEntry.objects.create(user=editor, action_flag=CHANGE, **about)
    make_prompt(slug="wished", published_at=None).wish_published(parent.pk)
    return rows


def test_every_column_that_is_mine_is_looked_for_and_no_other(rows, parent):
    assert set(mine_of(parent, rows)) == declared("export", "mine")


def test_what_is_mine_is_in_the_export(rows, parent, client):
    files = export(come_in(client, parent))
    held = files["journal.json"] + files["account.csv"] + files["drafts.csv"]
    missing = {column: value for column, value in mine_of(parent, rows).items() if value not in held}
    assert missing == {}


def test_a_column_that_is_left_out_is_found_missing(rows, parent, client, monkeypatch):
    """The control: each column's value goes when the export leaves that name out."""
    from journal.takeout import rows as wire

    row = wire.moment_row
    monkeypatch.setattr(wire, "moment_row", lambda moment: {**row(moment), "mends": None})
    held = "".join(export(come_in(client, parent)).values())
    assert mine_of(parent, rows)["journal.Moment", "repairs"] not in held


def secrets_of(user):
    """As they stand, and as they might be written down."""
    yield user.password
    for key in (DataKey.objects.get(user=user), FormerKey.objects.get(user=user)):
        for secret in (bytes(key.wrapped), key.secret):
            yield from (secret.hex(), base64.b64encode(secret).decode())
    for factor in Authenticator.objects.filter(user=user):
        yield json.dumps(factor.data)
    for share in Share.objects.filter(parent=user):
        yield from filter(None, (share.token_digest, share.code_digest))


def test_no_secret_is_in_the_export(rows, parent, client):
    secrets = list(secrets_of(parent))
    assert len(secrets) >= 6
    held = "".join(export(come_in(client, parent)).values())
    assert [secret for secret in secrets if secret in held] == []


def test_libraries_keep_nothing_of_mine_but_the_address(rows, parent, client):
    assert {label for label, rule in LIBRARIES.items() if rule.export == "mine"} == {"account.EmailAddress"}
    addresses = EmailAddress.objects.filter(user=parent).values_list("email", flat=True)
    account = export(come_in(client, parent))["account.csv"]
    assert all(address in account for address in addresses)


# What goes with the person


def tables():
    """Every row of every table there is, as one text a table: ids without their dashes, bytes in hex."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
            held = io.StringIO()
            for row in cursor.fetchall():
                parts = (bytes(part).hex() if isinstance(part, bytes | memoryview) else str(part) for part in row)
                held.write("\n".join(parts) + "\n")
            found[name] = held.getvalue().replace("-", "")
    return found


def canaries(user):
    """All that could tell of a person: address, ids, and the sealed bytes themselves, long enough to be no accident."""
    found = {"address": user.email, "person": user.pk.hex}
    owned = {
        **{model: {"author": user} for model in (Moment,)},
        **{model: {"parent": user} for model in (Child, Share, Note, Visit)},
        Parcel: {"owner": user},
        DataKey: {"user": user},
        FormerKey: {"user": user},
        SharedMoment: {"share__parent": user},
        Reading: {"share__parent": user},
    }
    for model, whose in owned.items():
        for place, row in enumerate(model.objects.filter(**whose).values()):
            for name, value in row.items():
                if isinstance(value, bytes | memoryview):
                    found[f"{model.__name__} {place} {name}"] = bytes(value)[-24:].hex()
                elif name in ("id", "came_as") and hasattr(value, "hex"):
                    found[f"{model.__name__} {place} {name}"] = value.hex
    return found


# Where a person stands by their id alone, and no foreign key takes it away.
BY_ID_ALONE = {"cache", "django_admin_log", "journal_prompt"}


def found_in(held, looked_for):
    return {name for name, canary in looked_for.items() if canary.replace("-", "") in held}


@pytest.fixture
def everywhere(client, rows, parent, settings, caplog):
    """The person was here: in sessions, the cache, the logs, with a parcel packed and a wrong password tried."""
    caplog.set_level(logging.DEBUG)
    phone = Client()
    phone.post("/account/login/", {"login": parent.email, "password": "wrong"})
    come_in(client, parent)
    client.get("/")
    client.post("/account/reauthenticate/", {"password": "wrong"})
    TOTP(Authenticator(user=parent))._mark_code_used("123456")
    begin(parent).add("journal.html", 0, "Canary in a parcel")
    return client


def delete(client, capture):
    with capture(execute=True):
        assert client.post("/settings/delete/", {"word": "delete"}).status_code == 302


def test_every_table_that_holds_something_of_a_person_is_filled_before(everywhere, rows, parent):
    """The control: there is a row in every table whose rule says that it goes, and the look finds the person."""
    goes = {label for label, name in declared("erase", "with the person", "with the row, after its time")}
    goes |= {label for label, rule in LIBRARIES.items() if rule.erase in ("with the person", "with its session")}
    goes -= {"account.EmailConfirmation"}  # codes take its place here: nothing ever writes it
    assert {label for label in goes if not MODELS[label].objects.exists()} == set()
    looked_for = canaries(parent)
    assert len(looked_for) > 35
    held = tables()
    assert found_in("".join(held.values()), looked_for) == set(looked_for)
    assert {name for name in BY_ID_ALONE if parent.pk.hex in held[name]} == BY_ID_ALONE
    assert LogEntry.objects.filter(object_id=parent.pk).exists()


def test_after_it_no_table_holds_anything_of_the_person(
    everywhere, rows, parent, django_capture_on_commit_callbacks, visitor
):
    looked_for = canaries(parent)
    delete(everywhere, django_capture_on_commit_callbacks)
    for name, held in tables().items():
        assert found_in(held, looked_for) == set(), name
    assert User.objects.filter(pk=visitor.pk).exists()


def test_nor_does_the_cache(everywhere, parent, django_capture_on_commit_callbacks):
    cache.set("control", {"says": parent.email})
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM cache")
        held = "".join(base64.b64decode(value).decode("latin-1") for (value,) in cursor.fetchall())
    assert parent.email in held
    cache.delete("control")
    looked_for = canaries(parent)
    delete(everywhere, django_capture_on_commit_callbacks)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = "".join(key + base64.b64decode(value).decode("latin-1") for key, value in cursor.fetchall())
    assert found_in(kept.replace("-", ""), looked_for) == set()


def opened_sessions():
    """What is in every session, opened: ids without their dashes."""
    return "".join(json.dumps(row.get_decoded()) for row in Session.objects.all()).lower().replace("-", "")


def test_nor_does_a_sign_in_that_was_begun_and_not_done(
    everywhere, parent, stranger, django_capture_on_commit_callbacks
):
    for person in (parent, stranger):
        typed = person.email.capitalize()
        Client().post("/account/login/", {"login": typed, "password": PASSWORD})
        Client().post("/account/login/code/", {"email": typed})
        Client().post("/account/password/reset/", {"email": typed})
    Client().post("/account/signup/", {"email": parent.email, "password1": PASSWORD})
    looked_for = {"address": parent.email, "person": parent.pk.hex}
    assert found_in(opened_sessions(), looked_for) == set(looked_for)
    begun_by_others = opened_sessions().count(stranger.email)
    delete(everywhere, django_capture_on_commit_callbacks)
    everywhere.get("/")  # where it says that it is done
    assert found_in(opened_sessions(), looked_for) == set()
    assert opened_sessions().count(stranger.email) == begun_by_others > 0


def test_where_the_cache_is_no_table_none_is_asked(settings, parent, django_assert_num_queries):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://x"}}
    with django_assert_num_queries(0):
        forget_person(parent.pk)
        forget_what_is_over()


def test_a_wish_of_who_is_gone_is_over(everywhere, django_capture_on_commit_callbacks):
    delete(everywhere, django_capture_on_commit_callbacks)
    wished = Prompt.objects.get(slug="wished")
    assert (wished.wished_at, wished.wished_by) == (None, None)


def test_what_others_did_to_others_stays_in_the_history(
    everywhere, editor, visitor, django_capture_on_commit_callbacks
):
    of_people = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=editor, action_flag=CHANGE, content_type=of_people, object_id=str(visitor.pk))
    cache.set(f"kept:{visitor.pk}", 1)
    delete(everywhere, django_capture_on_commit_callbacks)
    assert LogEntry.objects.filter(object_id=str(visitor.pk)).exists()
    assert cache.get(f"kept:{visitor.pk}") == 1


def test_neither_logs_nor_mails_tell_of_it(everywhere, parent, caplog, django_capture_on_commit_callbacks):
    looked_for = canaries(parent)
    caplog.clear()
    mail.outbox.clear()
    delete(everywhere, django_capture_on_commit_callbacks)
    logging.getLogger("django").warning("control %s", parent.email)
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert found_in(said.pop().replace("-", ""), looked_for) == {"address"}
    assert found_in("".join(said).replace("-", ""), looked_for) == set()
    (receipt,) = mail.outbox
    assert found_in((receipt.subject + receipt.body).replace("-", ""), looked_for) == set()


def test_a_child_that_is_deleted_leaves_no_name_and_no_moment(everywhere, rows, parent):
    looked_for = {"child": rows["mia"].pk.hex}
    for place, value in enumerate(Moment.objects.filter(child=rows["mia"]).values_list("content", flat=True)):
        looked_for[f"moment {place}"] = bytes(value)[-24:].hex()
    looked_for["name"] = bytes(Child.objects.values_list("name", flat=True).get(pk=rows["mia"].pk))[-24:].hex()
    looked_for["parcel"] = Parcel.objects.get(owner=parent).pk.hex
    assert found_in("".join(tables().values()), looked_for) == set(looked_for)
    everywhere.post(f"/children/{rows['mia'].pk}/delete/", {"word": "delete"})
    assert found_in("".join(tables().values()), looked_for) == set()


def test_sessions_that_ran_out_are_cleared_by_the_command_that_the_docs_name(everywhere, wednesday):
    wednesday.shift(timedelta(days=60))
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_what_is_over_in_the_cache_is_cleared_by_the_command_that_the_docs_name(everywhere, wednesday):
    cache.set("lasts", 1, 60 * 60 * 24 * 90)
    wednesday.shift(timedelta(days=60))
    call_command("clear_parcels", stdout=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert cursor.fetchall() == [(":1:lasts",)]
