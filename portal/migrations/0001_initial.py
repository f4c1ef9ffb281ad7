import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answer", "an answer about a proposal"),
                            ("sign", "an agreement to sign"),
                            ("countersign", "an agreement to countersign"),
                            ("payable", "a payment that is soon due"),
                            ("overdue", "a payment that is overdue"),
                            ("chair_ends", "a chair that ends soon"),
                            ("report_due", "a report that a payment waits for"),
                            ("report_back", "a report that was sent back"),
                            ("report_read", "a report to accept or send back"),
                            ("year_due", "a chair’s yearly report"),
                            ("year_back", "a yearly report that was sent back"),
                            ("year_read", "a yearly report to accept or send back"),
                        ],
                        max_length=20,
                        verbose_name="of what",
                    ),
                ),
                ("record", models.PositiveBigIntegerField(verbose_name="record")),
                ("since", models.DateField(verbose_name="counted from")),
                ("step", models.SmallIntegerField(help_text="In days; negative before the date.", verbose_name="step")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reminded at")),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "record", "since", "step", "user"), name="portal_reminder_once_a_step"
                    )
                ],
            },
        ),
    ]
