from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_journal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="moment",
            index=models.Index(
                fields=["author", "repairs", "happened_at", "id"],
                condition=models.Q(repairs__isnull=False),
                name="moments_that_mend",
            ),
        ),
    ]
