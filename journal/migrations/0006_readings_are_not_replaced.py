"""SQLite's INSERT OR REPLACE takes a row away without a trigger of DELETE: a reading's id is written once."""

from django.db import migrations

MADE = """
    CREATE TRIGGER readings_are_not_replaced BEFORE INSERT ON journal_reading
    WHEN EXISTS (SELECT 1 FROM journal_reading WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'a reading is never changed'); END
"""
UNDONE = "DROP TRIGGER readings_are_not_replaced"


def on_sqlite(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_readings_stay")]
    operations = [migrations.RunPython(on_sqlite(MADE), on_sqlite(UNDONE), elidable=False)]
