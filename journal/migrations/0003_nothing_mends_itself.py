from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_moments_that_mend")]

    operations = [
        migrations.AddConstraint(
            model_name="moment",
            constraint=models.CheckConstraint(condition=~models.Q(repairs=models.F("id")), name="nothing_mends_itself"),
        ),
    ]
