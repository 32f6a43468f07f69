"""What is packed for a person, and by which id a row that came from a file is known there.

SQLite makes the table of shares anew for its check, and the triggers of readings speak of it: they step aside.
"""

import uuid
from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.sealing

readings_stay = import_module("journal.migrations.0005_readings_stay")


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0006_readings_are_not_replaced"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(readings_stay.allow, readings_stay.refuse),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("way", models.CharField(choices=[("out", "Out"), ("in", "In")], max_length=3)),
                ("language", models.CharField(max_length=8)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("reached_at", models.DateTimeField(blank=True, null=True)),
                ("reached_id", models.UUIDField(blank=True, null=True)),
                ("reached_on", models.DateField(blank=True, null=True)),
                ("newest_change", models.DateTimeField(blank=True, null=True)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ParcelPart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("member", models.CharField(max_length=16)),
                ("position", models.PositiveIntegerField()),
                ("text", accounts.sealing.SealedField(author="owner")),
            ],
        ),
        migrations.AddField(
            model_name="child",
            name="came_as",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="moment",
            name="came_as",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="share",
            name="came_as",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.UniqueConstraint(
                condition=models.Q(("came_as__isnull", False)),
                fields=("parent", "came_as"),
                name="a_child_comes_in_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="moment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("came_as__isnull", False)),
                fields=("author", "came_as"),
                name="a_moment_comes_in_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                condition=models.Q(("came_as__isnull", False)),
                fields=("parent", "came_as"),
                name="a_share_comes_in_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("came_as", None), models.Q(("ended_at__isnull", False), ("reader", None)), _connector="OR"
                ),
                name="what_came_from_a_file_opens_nothing",
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="parcels", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="parcelpart",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="parcelpart",
            name="parcel",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="journal.parcel"
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.UniqueConstraint(fields=("owner", "way"), name="one_parcel_each_way"),
        ),
        migrations.AddConstraint(
            model_name="parcelpart",
            constraint=models.UniqueConstraint(
                fields=("parcel", "member", "position"), name="a_part_has_its_place_in_a_parcel"
            ),
        ),
        migrations.RunPython(readings_stay.refuse, readings_stay.allow),
    ]
