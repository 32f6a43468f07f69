"""The lines after saving may be put in other words: an occasion each, and the right of editors to change them."""

import django.db.models.deletion
from django.db import migrations, models

EDITORS = "Editors"
OCCASIONS = ("responsive", "missed", "come-back", "repair", "reflection", "unsafe")


def make_lines(apps, schema_editor):
    lines = apps.get_model("journal", "SavedLine").objects
    for occasion in OCCASIONS:
        lines.get_or_create(occasion=occasion)
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="journal", model="savedline"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=EDITORS):
        for verb in ("view", "change"):
            right, _made = apps.get_model("auth", "Permission").objects.get_or_create(
                codename=f"{verb}_savedline", content_type=kind, defaults={"name": f"Can {verb} line after saving"}
            )
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("journal", "0010_questions_with_days")]

    operations = [
        migrations.CreateModel(
            name="SavedLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("responsive", "After “I responded”"),
                            ("missed", "After “A cue got by me”"),
                            ("come-back", "After a cue that got by, with no coming back yet"),
                            ("repair", "After “I came back”"),
                            ("reflection", "After a thought of one's own"),
                            ("unsafe", "After a moment that felt scary or unsafe"),
                        ],
                        max_length=12,
                        unique=True,
                        verbose_name="occasion",
                    ),
                ),
            ],
            options={
                "verbose_name": "line after saving",
                "verbose_name_plural": "lines after saving",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="SavedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=8)),
                ("text", models.CharField(max_length=120)),
            ],
        ),
        migrations.AddField(
            model_name="savedtext",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="journal.savedline"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedtext",
            constraint=models.UniqueConstraint(fields=("line", "language"), name="an_occasion_has_one_line_a_language"),
        ),
        migrations.RunPython(make_lines, migrations.RunPython.noop),
    ]
