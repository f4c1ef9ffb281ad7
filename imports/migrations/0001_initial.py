import core.models.kept_file
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("clusters", "0001_initial"),
        ("sponsorships", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("unreadable", "Cannot be read"),
                            ("to_correct", "To be corrected"),
                            ("ready", "Ready to be entered"),
                            ("entering", "Being entered"),
                            ("entered", "Entered"),
                            ("discarded", "Discarded"),
                        ],
                        default="checking",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="uploaded at"),
                ),
                ("language", models.CharField(default="fr", editable=False, max_length=2, verbose_name="language")),
                ("problems", models.JSONField(default=list, editable=False, verbose_name="problems")),
                ("lines_total", models.PositiveIntegerField(default=0, editable=False, verbose_name="lines")),
                ("counts", models.JSONField(default=dict, editable=False, verbose_name="counts")),
                (
                    "needs_second",
                    models.BooleanField(default=False, editable=False, verbose_name="another manager enters it"),
                ),
                ("checked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked at")),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("entered_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="entered at")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-uploaded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "entered"), _negated=True),
                            models.Q(("entered_at__isnull", False), ("entered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="imports_import_entered_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("file", models.FileField(upload_to=core.models.kept_file.random_path, verbose_name="file")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="imports.import",
                        verbose_name="import",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("xlsx", "XLSX"), ("csv", "CSV"), ("pdf", "PDF")], max_length=10, verbose_name="type"
                    ),
                ),
            ],
            options={
                "verbose_name": "imported file",
                "verbose_name_plural": "imported files",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="imports.import",
                        verbose_name="import",
                    ),
                ),
                ("sheet", models.CharField(max_length=200, verbose_name="sheet")),
                ("number", models.PositiveIntegerField(verbose_name="line")),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("refused", "Refused"),
                            ("waiting", "Waits for another line"),
                            ("created", "New"),
                            ("changed", "Changed"),
                            ("unchanged", "Unchanged"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("problems", models.JSONField(default=list, verbose_name="problems")),
                ("changes", models.JSONField(default=list, verbose_name="changes")),
            ],
            options={
                "verbose_name": "imported line",
                "verbose_name_plural": "imported lines",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["batch", "outcome"], name="imports_line_outcome")],
            },
        ),
        migrations.CreateModel(
            name="OwnReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_references",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("reference", models.CharField(max_length=80, verbose_name="reference")),
            ],
            options={
                "verbose_name": "reference of the office",
                "verbose_name_plural": "references of the office",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("cluster", "reference"), name="imports_own_reference_once")
                ],
            },
        ),
    ]
