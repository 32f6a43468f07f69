"""A journal of 5,000 moments: packed, and brought into another account."""

import time

from tests.factories import make_child, make_user
from tests.journal.takeout import come_in, export, pack, save, write_many
from tests.journal.test_import import bring

MOMENTS = 5_000


def test_five_thousand_moments_go_out_and_come_in(client, db, figures):
    parent, newcomer = make_user(email="parent@example.com"), make_user(email="newcomer@example.com")
    write_many(parent, make_child(parent=parent), MOMENTS)
    come_in(client, parent)
    began = time.perf_counter()
    pack(client)
    save(client)
    packed = time.perf_counter() - began
    told = export(come_in(client, parent))["journal.json"]
    client.force_login(newcomer)
    began = time.perf_counter()
    assert f"{MOMENTS} moments" in bring(client, told).replace(",", "")
    brought = time.perf_counter() - began
    figures.head(f"A journal of {MOMENTS:,} moments, in one process")
    figures.add("packed and saved", packed, "s", most=30)
    figures.add("looked at and brought in", brought, "s")
