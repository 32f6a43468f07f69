"""Which page typed a draft last, so that two pages of one draft take nothing from each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0012_names_for_editors"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="page",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
