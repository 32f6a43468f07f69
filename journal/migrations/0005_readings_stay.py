"""A reading is never changed, and never taken away while its share exists; it goes with the share."""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER readings_are_never_changed BEFORE UPDATE ON journal_reading
    BEGIN SELECT RAISE(ABORT, 'a reading is never changed'); END
    """,
    """
    CREATE TRIGGER readings_stay_with_their_share BEFORE DELETE ON journal_reading
    WHEN EXISTS (SELECT 1 FROM journal_share WHERE id = OLD.share_id)
    BEGIN SELECT RAISE(ABORT, 'a reading stays as long as its share'); END
    """,
    """
    CREATE TRIGGER a_share_takes_its_readings AFTER DELETE ON journal_share
    BEGIN DELETE FROM journal_reading WHERE share_id = OLD.id; END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION journal_refuse_reading() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            RAISE EXCEPTION 'a reading is never changed' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF EXISTS (SELECT 1 FROM journal_share WHERE id = OLD.share_id) THEN
            RAISE EXCEPTION 'a reading stays as long as its share' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE FUNCTION journal_take_readings() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM journal_reading WHERE share_id = OLD.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER readings_are_never_changed BEFORE UPDATE OR DELETE ON journal_reading
    FOR EACH ROW EXECUTE FUNCTION journal_refuse_reading()
    """,
    """
    CREATE TRIGGER a_share_takes_its_readings AFTER DELETE ON journal_share
    FOR EACH ROW EXECUTE FUNCTION journal_take_readings()
    """,
]
SQLITE_UNDONE = [
    "DROP TRIGGER readings_are_never_changed",
    "DROP TRIGGER readings_stay_with_their_share",
    "DROP TRIGGER a_share_takes_its_readings",
]
POSTGRESQL_UNDONE = [
    "DROP TRIGGER readings_are_never_changed ON journal_reading",
    "DROP TRIGGER a_share_takes_its_readings ON journal_share",
    "DROP FUNCTION journal_refuse_reading",
    "DROP FUNCTION journal_take_readings",
]


def run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def refuse(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def allow(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE_UNDONE, "postgresql": POSTGRESQL_UNDONE})


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_sharing")]

    operations = [migrations.RunPython(refuse, allow)]
