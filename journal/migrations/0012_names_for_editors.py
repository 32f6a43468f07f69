"""What the editors' side calls the fields of a theme and of a program's text. Nothing of a table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0011_lines_after_saving"),
    ]

    operations = [
        migrations.AlterField(
            model_name="programtext",
            name="language",
            field=models.CharField(
                choices=[("en", "English"), ("es", "Spanish")], max_length=8, verbose_name="language"
            ),
        ),
        migrations.AlterField(
            model_name="programtext",
            name="text",
            field=models.CharField(blank=True, max_length=300, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="programtext",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="theme",
            name="position",
            field=models.PositiveSmallIntegerField(verbose_name="place in the guide"),
        ),
        migrations.AlterField(
            model_name="theme",
            name="slug",
            field=models.SlugField(
                help_text="It stands in the address: /guide/name/.", unique=True, verbose_name="name"
            ),
        ),
    ]
