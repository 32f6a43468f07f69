"""The group of those who look after the words. Django would make the rights only after all migrations."""

from django.db import migrations

EDITORS = "Editors"
RIGHTS = {
    "theme": ("view", "add", "change"),
    "prompt": ("view", "add", "change", "delete"),
    "helpline": ("view", "add", "change", "delete"),
    "programtext": ("view", "change"),
}


def make_group(apps, schema_editor):
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=EDITORS)
    for model, verbs in RIGHTS.items():
        kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="journal", model=model
        )
        for verb in verbs:
            right, _made = apps.get_model("auth", "Permission").objects.get_or_create(
                codename=f"{verb}_{model}", content_type=kind, defaults={"name": f"Can {verb} {model}"}
            )
            group.permissions.add(right)


def take_group_away(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=EDITORS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0008_drafts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_group, take_group_away)]
