import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("clusters", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction_requests",
                        to="clusters.person",
                        verbose_name="person",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what is wrong")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
            ],
            options={
                "verbose_name": "request for correction",
                "verbose_name_plural": "requests for correction",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DueErasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(max_length=20, verbose_name="sort")),
                ("record", models.BigIntegerField(verbose_name="record")),
                ("listed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="listed at")),
            ],
            options={
                "verbose_name": "erasure that is due",
                "verbose_name_plural": "erasures that are due",
                "constraints": [models.UniqueConstraint(fields=("period", "record"), name="rights_due_erasure_once")],
            },
        ),
        migrations.CreateModel(
            name="PersonalAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("record", models.BigIntegerField(verbose_name="record")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("hidden", "hidden from the public"),
                            ("shown", "shown again"),
                            ("link_sent", "link sent"),
                            ("anonymised", "anonymised"),
                        ],
                        max_length=12,
                        verbose_name="what",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "verbose_name": "act on personal data",
                "verbose_name_plural": "acts on personal data",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["kind", "record"], name="rights_act_of_a_record")],
            },
        ),
    ]
