import core.models.kept_file
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("sponsorships", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalProgressReport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("reference", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("done", models.TextField(max_length=10000, verbose_name="what was done")),
                ("result", models.TextField(max_length=10000, verbose_name="with what result")),
                (
                    "public_paragraph",
                    models.TextField(
                        blank=True,
                        help_text="One paragraph in plain words. It appears on the chair's page if the partner agrees to be named.",
                        max_length=2000,
                        verbose_name="for the public",
                    ),
                ),
                (
                    "public_paragraph_en",
                    models.TextField(
                        blank=True,
                        help_text="One paragraph in plain words. It appears on the chair's page if the partner agrees to be named.",
                        max_length=2000,
                        null=True,
                        verbose_name="for the public",
                    ),
                ),
                (
                    "public_paragraph_fr",
                    models.TextField(
                        blank=True,
                        help_text="One paragraph in plain words. It appears on the chair's page if the partner agrees to be named.",
                        max_length=2000,
                        null=True,
                        verbose_name="for the public",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed at")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Handed in"),
                            ("sent_back", "Sent back"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="handed in at"),
                ),
                (
                    "sent_back_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent back at"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="accepted at"),
                ),
                (
                    "sponsorship",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical progress report",
                "verbose_name_plural": "historical progress reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("done", models.TextField(max_length=10000, verbose_name="what was done")),
                ("result", models.TextField(max_length=10000, verbose_name="with what result")),
                (
                    "public_paragraph",
                    models.TextField(
                        blank=True,
                        help_text="One paragraph in plain words. It appears on the chair's page if the partner agrees to be named.",
                        max_length=2000,
                        verbose_name="for the public",
                    ),
                ),
                (
                    "public_paragraph_en",
                    models.TextField(
                        blank=True,
                        help_text="One paragraph in plain words. It appears on the chair's page if the partner agrees to be named.",
                        max_length=2000,
                        null=True,
                        verbose_name="for the public",
                    ),
                ),
                (
                    "public_paragraph_fr",
                    models.TextField(
                        blank=True,
                        help_text="One paragraph in plain words. It appears on the chair's page if the partner agrees to be named.",
                        max_length=2000,
                        null=True,
                        verbose_name="for the public",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Handed in"),
                            ("sent_back", "Sent back"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="handed in at"),
                ),
                (
                    "sent_back_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent back at"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="accepted at"),
                ),
                (
                    "instalments",
                    models.ManyToManyField(
                        blank=True,
                        help_text="They fall due when the report is accepted.",
                        related_name="reports",
                        to="sponsorships.instalment",
                        verbose_name="instalments that depend on it",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress report",
                "verbose_name_plural": "progress reports",
                "ordering": ["-ends_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="progress_report_dates_in_order",
                        violation_error_message="The period ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "submitted"), _negated=True),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="progress_report_submitted_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "sent_back"), _negated=True),
                            ("sent_back_at__isnull", False),
                            _connector="OR",
                        ),
                        name="progress_report_sent_back_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="progress_report_accepted_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressReportTransition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=30, verbose_name="verb")),
                ("source", models.CharField(max_length=30, verbose_name="from")),
                ("target", models.CharField(max_length=30, verbose_name="to")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="on behalf of",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transitions",
                        to="progress.progressreport",
                        verbose_name="progress report",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress report transition",
                "verbose_name_plural": "progress report transitions",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "DOCX"), ("odt", "ODT"), ("png", "PNG"), ("jpeg", "JPEG")],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("file", models.FileField(upload_to=core.models.kept_file.random_path, verbose_name="file")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="progress.progressreport",
                        verbose_name="progress report",
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="added at")),
            ],
            options={
                "verbose_name": "file of a report",
                "verbose_name_plural": "files of reports",
                "ordering": ["added_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("report", "sha256"), name="progress_report_file_once")],
            },
        ),
    ]
