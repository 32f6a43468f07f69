"""A question may have a first and a last day, and may wait for a second editor. The rest is names and helps."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0009_editors")]

    operations = [
        migrations.AlterModelOptions(
            name="helpline",
            options={
                "ordering": ("position", "slug"),
                "verbose_name": "help line",
                "verbose_name_plural": "help lines",
            },
        ),
        migrations.AlterModelOptions(
            name="programtext",
            options={"verbose_name": "program text", "verbose_name_plural": "program texts"},
        ),
        migrations.AlterModelOptions(
            name="prompt",
            options={"verbose_name": "question", "verbose_name_plural": "questions"},
        ),
        migrations.AlterModelOptions(
            name="theme",
            options={
                "ordering": ("position", "slug"),
                "verbose_name": "theme",
                "verbose_name_plural": "themes and guide texts",
            },
        ),
        migrations.AddField(
            model_name="prompt",
            name="ask_from",
            field=models.DateField(
                blank=True, help_text="Empty: as soon as it is published.", null=True, verbose_name="first day"
            ),
        ),
        migrations.AddField(
            model_name="prompt",
            name="ask_until",
            field=models.DateField(
                blank=True, help_text="Empty: until it is retired.", null=True, verbose_name="last day"
            ),
        ),
        migrations.AddField(
            model_name="prompt",
            name="wished_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="prompt",
            name="wished_by",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="helpline",
            name="checked_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last checked the number and the hours.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="helpline",
            name="languages",
            field=models.CharField(
                help_text="Spoken on the line, as codes: en, es.",
                max_length=80,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[a-z]{2,3}(, ?[a-z]{2,3})*$", "Write codes with commas between, like en, es."
                    )
                ],
                verbose_name="languages",
            ),
        ),
        migrations.AlterField(
            model_name="helpline",
            name="on_card",
            field=models.BooleanField(default=False, verbose_name="stands on the gentle card after a hard day"),
        ),
        migrations.AlterField(
            model_name="helpline",
            name="on_page",
            field=models.BooleanField(default=True, verbose_name="stands on the help page"),
        ),
        migrations.AlterField(
            model_name="helpline",
            name="position",
            field=models.PositiveSmallIntegerField(verbose_name="place on the page"),
        ),
        migrations.AlterField(
            model_name="helpline",
            name="region",
            field=models.CharField(default="US", max_length=8, verbose_name="region"),
        ),
        migrations.AlterField(
            model_name="helpline",
            name="slug",
            field=models.SlugField(
                help_text="Small letters, numbers and hyphens. No parent sees it.", unique=True, verbose_name="name"
            ),
        ),
        migrations.AlterField(
            model_name="helptext",
            name="name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="age_max_months",
            field=models.PositiveSmallIntegerField(
                default=60,
                help_text="In months, and not with it: 6 is asked until the day of 6.",
                verbose_name="up to this age",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="age_min_months",
            field=models.PositiveSmallIntegerField(default=0, help_text="In months.", verbose_name="from this age"),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="kind",
            field=models.CharField(
                choices=[
                    ("responsive", "responding"),
                    ("missed", "a cue that got by"),
                    ("repair", "coming back"),
                    ("any", "rest, help, grace"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="published_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="retired_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="slug",
            field=models.SlugField(
                help_text="Small letters, numbers and hyphens. No parent sees it.", unique=True, verbose_name="name"
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="source_section",
            field=models.CharField(
                choices=[
                    ("S1", "S1"),
                    ("S2", "S2"),
                    ("S3", "S3"),
                    ("S4", "S4"),
                    ("S5", "S5"),
                    ("S6", "S6"),
                    ("S7", "S7"),
                    ("S8", "S8"),
                    ("S9", "S9"),
                    ("S10", "S10"),
                    ("S11", "S11"),
                    ("S12", "S12"),
                    ("S13", "S13"),
                    ("S14", "S14"),
                    ("S15", "S15"),
                    ("S16", "S16"),
                    ("S17", "S17"),
                    ("S18", "S18"),
                    ("S19", "S19"),
                    ("S20", "S20"),
                    ("S21", "S21"),
                    ("S22", "S22"),
                ],
                max_length=3,
                verbose_name="source section",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="theme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prompts",
                to="journal.theme",
                verbose_name="theme",
            ),
        ),
        migrations.AlterConstraint(
            model_name="prompt",
            name="ages_run_from_young_to_old",
            constraint=models.CheckConstraint(
                condition=models.Q(("age_max_months__lte", 60), ("age_min_months__lt", models.F("age_max_months"))),
                name="ages_run_from_young_to_old",
                violation_error_message="The ages run from young to old, up to 60 months.",
            ),
        ),
    ]
