import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("chairs", "0001_initial"),
        ("clusters", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChairYearReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="year_reports",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "highlights",
                    models.TextField(
                        blank=True,
                        help_text="What should be remembered of the year, for a reader outside the field.",
                        max_length=5000,
                        verbose_name="highlights",
                    ),
                ),
                (
                    "highlights_en",
                    models.TextField(
                        blank=True,
                        help_text="What should be remembered of the year, for a reader outside the field.",
                        max_length=5000,
                        null=True,
                        verbose_name="highlights",
                    ),
                ),
                (
                    "highlights_fr",
                    models.TextField(
                        blank=True,
                        help_text="What should be remembered of the year, for a reader outside the field.",
                        max_length=5000,
                        null=True,
                        verbose_name="highlights",
                    ),
                ),
                (
                    "results",
                    models.TextField(
                        blank=True,
                        help_text="What was found, made and taught; who uses it.",
                        max_length=5000,
                        verbose_name="results",
                    ),
                ),
                (
                    "results_en",
                    models.TextField(
                        blank=True,
                        help_text="What was found, made and taught; who uses it.",
                        max_length=5000,
                        null=True,
                        verbose_name="results",
                    ),
                ),
                (
                    "results_fr",
                    models.TextField(
                        blank=True,
                        help_text="What was found, made and taught; who uses it.",
                        max_length=5000,
                        null=True,
                        verbose_name="results",
                    ),
                ),
                (
                    "difficulties",
                    models.TextField(
                        blank=True,
                        help_text="What went otherwise than planned, and why.",
                        max_length=5000,
                        verbose_name="difficulties",
                    ),
                ),
                (
                    "difficulties_en",
                    models.TextField(
                        blank=True,
                        help_text="What went otherwise than planned, and why.",
                        max_length=5000,
                        null=True,
                        verbose_name="difficulties",
                    ),
                ),
                (
                    "difficulties_fr",
                    models.TextField(
                        blank=True,
                        help_text="What went otherwise than planned, and why.",
                        max_length=5000,
                        null=True,
                        verbose_name="difficulties",
                    ),
                ),
                (
                    "corrections",
                    models.TextField(
                        blank=True,
                        help_text="What the figures miss or get wrong. The cluster’s office corrects the records; it is not published.",
                        max_length=5000,
                        verbose_name="corrections",
                    ),
                ),
                ("facts", models.JSONField(blank=True, default=dict, editable=False, verbose_name="figures")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
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
            ],
            options={
                "verbose_name": "yearly report of a chair",
                "verbose_name_plural": "yearly reports of chairs",
                "ordering": ["-year", "chair__title", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chair", "year"),
                        name="yearly_chair_report_once",
                        violation_error_message="This chair already has a report of this year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "submitted"), _negated=True),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="yearly_chair_report_submitted_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "sent_back"), _negated=True),
                            ("sent_back_at__isnull", False),
                            _connector="OR",
                        ),
                        name="yearly_chair_report_sent_back_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="yearly_chair_report_accepted_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChairYearReportTransition",
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
                        to="yearly.chairyearreport",
                        verbose_name="yearly report of a chair",
                    ),
                ),
                ("on_behalf", models.BooleanField(default=False, verbose_name="on behalf of the investigators")),
            ],
            options={
                "verbose_name": "transition of a chair’s yearly report",
                "verbose_name_plural": "transitions of chairs’ yearly reports",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalChairYearReport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "highlights",
                    models.TextField(
                        blank=True,
                        help_text="What should be remembered of the year, for a reader outside the field.",
                        max_length=5000,
                        verbose_name="highlights",
                    ),
                ),
                (
                    "highlights_en",
                    models.TextField(
                        blank=True,
                        help_text="What should be remembered of the year, for a reader outside the field.",
                        max_length=5000,
                        null=True,
                        verbose_name="highlights",
                    ),
                ),
                (
                    "highlights_fr",
                    models.TextField(
                        blank=True,
                        help_text="What should be remembered of the year, for a reader outside the field.",
                        max_length=5000,
                        null=True,
                        verbose_name="highlights",
                    ),
                ),
                (
                    "results",
                    models.TextField(
                        blank=True,
                        help_text="What was found, made and taught; who uses it.",
                        max_length=5000,
                        verbose_name="results",
                    ),
                ),
                (
                    "results_en",
                    models.TextField(
                        blank=True,
                        help_text="What was found, made and taught; who uses it.",
                        max_length=5000,
                        null=True,
                        verbose_name="results",
                    ),
                ),
                (
                    "results_fr",
                    models.TextField(
                        blank=True,
                        help_text="What was found, made and taught; who uses it.",
                        max_length=5000,
                        null=True,
                        verbose_name="results",
                    ),
                ),
                (
                    "difficulties",
                    models.TextField(
                        blank=True,
                        help_text="What went otherwise than planned, and why.",
                        max_length=5000,
                        verbose_name="difficulties",
                    ),
                ),
                (
                    "difficulties_en",
                    models.TextField(
                        blank=True,
                        help_text="What went otherwise than planned, and why.",
                        max_length=5000,
                        null=True,
                        verbose_name="difficulties",
                    ),
                ),
                (
                    "difficulties_fr",
                    models.TextField(
                        blank=True,
                        help_text="What went otherwise than planned, and why.",
                        max_length=5000,
                        null=True,
                        verbose_name="difficulties",
                    ),
                ),
                (
                    "corrections",
                    models.TextField(
                        blank=True,
                        help_text="What the figures miss or get wrong. The cluster’s office corrects the records; it is not published.",
                        max_length=5000,
                        verbose_name="corrections",
                    ),
                ),
                ("facts", models.JSONField(blank=True, default=dict, editable=False, verbose_name="figures")),
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
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="chairs.chair",
                        verbose_name="chair",
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
                "verbose_name": "historical yearly report of a chair",
                "verbose_name_plural": "historical yearly reports of chairs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIndicator",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Names its sheet and its charts. It stays as it is.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("name_en", models.CharField(max_length=150, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=150, null=True, verbose_name="name")),
                (
                    "definition",
                    models.TextField(
                        blank=True,
                        help_text="What is counted, on which day, and what is not: as the report prints it.",
                        max_length=1000,
                        verbose_name="definition",
                    ),
                ),
                (
                    "definition_en",
                    models.TextField(
                        blank=True,
                        help_text="What is counted, on which day, and what is not: as the report prints it.",
                        max_length=1000,
                        null=True,
                        verbose_name="definition",
                    ),
                ),
                (
                    "definition_fr",
                    models.TextField(
                        blank=True,
                        help_text="What is counted, on which day, and what is not: as the report prints it.",
                        max_length=1000,
                        null=True,
                        verbose_name="definition",
                    ),
                ),
                (
                    "first",
                    models.CharField(
                        choices=[
                            ("chairs", "Chairs that ran"),
                            ("people", "People in the chairs"),
                            ("investigators", "Principal investigators"),
                            ("members", "Members"),
                            ("postdocs", "Postdoctoral researchers"),
                            ("doctoral_students", "Doctoral students"),
                            ("engineers", "Engineers"),
                            ("publications", "Publications"),
                            ("software", "Software"),
                            ("data_sets", "Data sets"),
                            ("teaching_hours", "Hours taught by the chairs"),
                            ("hours_owed", "Hours owed by the chairs"),
                            ("hours_discharged", "Hours discharged"),
                            ("trained", "People trained"),
                            ("trained_women", "Women trained, where stated"),
                            ("trained_continuing", "People in continuing education"),
                            ("start_ups_founded", "Start-ups founded in the year"),
                            ("start_ups", "Start-ups founded so far"),
                            ("patents", "Patents filed"),
                            ("licences", "Licences granted"),
                            ("transfers", "Software transferred"),
                            ("collaborations", "Collaborations under way"),
                            ("partners", "Partners with money agreed"),
                            ("agreed", "Cash agreed with partners so far"),
                            ("received", "Cash received from partners so far"),
                            ("received_in_year", "Cash received from partners in the year"),
                            ("in_kind", "Contributions in kind and in skills agreed so far"),
                            ("grant", "Public grant"),
                        ],
                        max_length=30,
                        verbose_name="count",
                    ),
                ),
                (
                    "operation",
                    models.CharField(
                        blank=True,
                        choices=[("plus", "plus"), ("per", "divided by")],
                        max_length=10,
                        verbose_name="operation",
                    ),
                ),
                (
                    "second",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chairs", "Chairs that ran"),
                            ("people", "People in the chairs"),
                            ("investigators", "Principal investigators"),
                            ("members", "Members"),
                            ("postdocs", "Postdoctoral researchers"),
                            ("doctoral_students", "Doctoral students"),
                            ("engineers", "Engineers"),
                            ("publications", "Publications"),
                            ("software", "Software"),
                            ("data_sets", "Data sets"),
                            ("teaching_hours", "Hours taught by the chairs"),
                            ("hours_owed", "Hours owed by the chairs"),
                            ("hours_discharged", "Hours discharged"),
                            ("trained", "People trained"),
                            ("trained_women", "Women trained, where stated"),
                            ("trained_continuing", "People in continuing education"),
                            ("start_ups_founded", "Start-ups founded in the year"),
                            ("start_ups", "Start-ups founded so far"),
                            ("patents", "Patents filed"),
                            ("licences", "Licences granted"),
                            ("transfers", "Software transferred"),
                            ("collaborations", "Collaborations under way"),
                            ("partners", "Partners with money agreed"),
                            ("agreed", "Cash agreed with partners so far"),
                            ("received", "Cash received from partners so far"),
                            ("received_in_year", "Cash received from partners in the year"),
                            ("in_kind", "Contributions in kind and in skills agreed so far"),
                            ("grant", "Public grant"),
                        ],
                        max_length=30,
                        verbose_name="second count",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("number", "number"),
                            ("people", "people"),
                            ("hours", "hours (h ETD)"),
                            ("euros", "euros"),
                            ("ratio", "ratio"),
                            ("percent", "per cent"),
                        ],
                        help_text="That of the counts when left empty. A division may be a ratio or per cent.",
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Reports follow this order.", verbose_name="position"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in reports")),
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
                "verbose_name": "historical indicator",
                "verbose_name_plural": "historical indicators",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalYearReport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "records",
                    models.CharField(
                        choices=[("real", "Real records"), ("demonstration", "Demonstration records")],
                        default="real",
                        help_text="Real and made-up records are never counted together.",
                        max_length=20,
                        verbose_name="which records",
                    ),
                ),
                (
                    "comment",
                    models.TextField(
                        blank=True,
                        help_text="What the reader should know of the year as a whole.",
                        max_length=5000,
                        verbose_name="in a few words",
                    ),
                ),
                (
                    "comment_en",
                    models.TextField(
                        blank=True,
                        help_text="What the reader should know of the year as a whole.",
                        max_length=5000,
                        null=True,
                        verbose_name="in a few words",
                    ),
                ),
                (
                    "comment_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the reader should know of the year as a whole.",
                        max_length=5000,
                        null=True,
                        verbose_name="in a few words",
                    ),
                ),
                ("on", models.DateField(blank=True, editable=False, null=True, verbose_name="as of")),
                ("known_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="as known at")),
                (
                    "sha256",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="fingerprint (SHA-256)"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed at")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Being written"), ("accepted", "Accepted")],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="accepted at"),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: the nation.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="cluster",
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
                        verbose_name="begun by",
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
                "verbose_name": "historical yearly report",
                "verbose_name_plural": "historical yearly reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Names its sheet and its charts. It stays as it is.",
                        max_length=60,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("name_en", models.CharField(max_length=150, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=150, null=True, verbose_name="name")),
                (
                    "definition",
                    models.TextField(
                        blank=True,
                        help_text="What is counted, on which day, and what is not: as the report prints it.",
                        max_length=1000,
                        verbose_name="definition",
                    ),
                ),
                (
                    "definition_en",
                    models.TextField(
                        blank=True,
                        help_text="What is counted, on which day, and what is not: as the report prints it.",
                        max_length=1000,
                        null=True,
                        verbose_name="definition",
                    ),
                ),
                (
                    "definition_fr",
                    models.TextField(
                        blank=True,
                        help_text="What is counted, on which day, and what is not: as the report prints it.",
                        max_length=1000,
                        null=True,
                        verbose_name="definition",
                    ),
                ),
                (
                    "first",
                    models.CharField(
                        choices=[
                            ("chairs", "Chairs that ran"),
                            ("people", "People in the chairs"),
                            ("investigators", "Principal investigators"),
                            ("members", "Members"),
                            ("postdocs", "Postdoctoral researchers"),
                            ("doctoral_students", "Doctoral students"),
                            ("engineers", "Engineers"),
                            ("publications", "Publications"),
                            ("software", "Software"),
                            ("data_sets", "Data sets"),
                            ("teaching_hours", "Hours taught by the chairs"),
                            ("hours_owed", "Hours owed by the chairs"),
                            ("hours_discharged", "Hours discharged"),
                            ("trained", "People trained"),
                            ("trained_women", "Women trained, where stated"),
                            ("trained_continuing", "People in continuing education"),
                            ("start_ups_founded", "Start-ups founded in the year"),
                            ("start_ups", "Start-ups founded so far"),
                            ("patents", "Patents filed"),
                            ("licences", "Licences granted"),
                            ("transfers", "Software transferred"),
                            ("collaborations", "Collaborations under way"),
                            ("partners", "Partners with money agreed"),
                            ("agreed", "Cash agreed with partners so far"),
                            ("received", "Cash received from partners so far"),
                            ("received_in_year", "Cash received from partners in the year"),
                            ("in_kind", "Contributions in kind and in skills agreed so far"),
                            ("grant", "Public grant"),
                        ],
                        max_length=30,
                        verbose_name="count",
                    ),
                ),
                (
                    "operation",
                    models.CharField(
                        blank=True,
                        choices=[("plus", "plus"), ("per", "divided by")],
                        max_length=10,
                        verbose_name="operation",
                    ),
                ),
                (
                    "second",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chairs", "Chairs that ran"),
                            ("people", "People in the chairs"),
                            ("investigators", "Principal investigators"),
                            ("members", "Members"),
                            ("postdocs", "Postdoctoral researchers"),
                            ("doctoral_students", "Doctoral students"),
                            ("engineers", "Engineers"),
                            ("publications", "Publications"),
                            ("software", "Software"),
                            ("data_sets", "Data sets"),
                            ("teaching_hours", "Hours taught by the chairs"),
                            ("hours_owed", "Hours owed by the chairs"),
                            ("hours_discharged", "Hours discharged"),
                            ("trained", "People trained"),
                            ("trained_women", "Women trained, where stated"),
                            ("trained_continuing", "People in continuing education"),
                            ("start_ups_founded", "Start-ups founded in the year"),
                            ("start_ups", "Start-ups founded so far"),
                            ("patents", "Patents filed"),
                            ("licences", "Licences granted"),
                            ("transfers", "Software transferred"),
                            ("collaborations", "Collaborations under way"),
                            ("partners", "Partners with money agreed"),
                            ("agreed", "Cash agreed with partners so far"),
                            ("received", "Cash received from partners so far"),
                            ("received_in_year", "Cash received from partners in the year"),
                            ("in_kind", "Contributions in kind and in skills agreed so far"),
                            ("grant", "Public grant"),
                        ],
                        max_length=30,
                        verbose_name="second count",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("number", "number"),
                            ("people", "people"),
                            ("hours", "hours (h ETD)"),
                            ("euros", "euros"),
                            ("ratio", "ratio"),
                            ("percent", "per cent"),
                        ],
                        help_text="That of the counts when left empty. A division may be a ratio or per cent.",
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Reports follow this order.", verbose_name="position"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in reports")),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("operation", ""), ("second", "")),
                            models.Q(
                                models.Q(("operation", ""), _negated=True), models.Q(("second", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="yearly_indicator_two_counts",
                        violation_error_message="An operation needs a second count, and a second count an operation.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_reminders",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reminded by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reminded at")),
            ],
            options={
                "verbose_name": "reminder of a yearly report",
                "verbose_name_plural": "reminders of yearly reports",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["year", "chair"], name="yearly_reminder_of_chair")],
            },
        ),
        migrations.CreateModel(
            name="YearReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the nation.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="year_reports",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "records",
                    models.CharField(
                        choices=[("real", "Real records"), ("demonstration", "Demonstration records")],
                        default="real",
                        help_text="Real and made-up records are never counted together.",
                        max_length=20,
                        verbose_name="which records",
                    ),
                ),
                (
                    "comment",
                    models.TextField(
                        blank=True,
                        help_text="What the reader should know of the year as a whole.",
                        max_length=5000,
                        verbose_name="in a few words",
                    ),
                ),
                (
                    "comment_en",
                    models.TextField(
                        blank=True,
                        help_text="What the reader should know of the year as a whole.",
                        max_length=5000,
                        null=True,
                        verbose_name="in a few words",
                    ),
                ),
                (
                    "comment_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the reader should know of the year as a whole.",
                        max_length=5000,
                        null=True,
                        verbose_name="in a few words",
                    ),
                ),
                ("on", models.DateField(blank=True, editable=False, null=True, verbose_name="as of")),
                ("known_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="as known at")),
                ("payload", models.TextField(blank=True, editable=False, verbose_name="frozen content")),
                (
                    "sha256",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="fingerprint (SHA-256)"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
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
                        choices=[("draft", "Being written"), ("accepted", "Accepted")],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="accepted at"),
                ),
            ],
            options={
                "verbose_name": "yearly report",
                "verbose_name_plural": "yearly reports",
                "ordering": ["-year", "cluster__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cluster", "year", "records"),
                        name="yearly_report_once",
                        violation_error_message="This report is already there.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cluster", None)),
                        fields=("year", "records"),
                        name="yearly_report_of_nation_once",
                        violation_error_message="This report is already there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sha256", ""), ("status", "draft")),
                            models.Q(
                                ("known_at__isnull", False),
                                ("on__isnull", False),
                                ("status", "accepted"),
                                models.Q(("payload", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="yearly_report_frozen_when_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="yearly_report_accepted_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="yearly.yearreport",
                        verbose_name="yearly report",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="yearly.indicator",
                        verbose_name="indicator",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=3000, verbose_name="comment")),
                ("text_en", models.TextField(blank=True, max_length=3000, null=True, verbose_name="comment")),
                ("text_fr", models.TextField(blank=True, max_length=3000, null=True, verbose_name="comment")),
            ],
            options={
                "verbose_name": "comment on an indicator",
                "verbose_name_plural": "comments on indicators",
                "ordering": ["indicator__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "indicator"),
                        name="yearly_comment_once",
                        violation_error_message="This indicator already has a comment here.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalIndicatorComment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("text", models.TextField(blank=True, max_length=3000, verbose_name="comment")),
                ("text_en", models.TextField(blank=True, max_length=3000, null=True, verbose_name="comment")),
                ("text_fr", models.TextField(blank=True, max_length=3000, null=True, verbose_name="comment")),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="yearly.yearreport",
                        verbose_name="yearly report",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="yearly.indicator",
                        verbose_name="indicator",
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
                "verbose_name": "historical comment on an indicator",
                "verbose_name_plural": "historical comments on indicators",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="YearReportTransition",
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
                        to="yearly.yearreport",
                        verbose_name="yearly report",
                    ),
                ),
            ],
            options={
                "verbose_name": "transition of a yearly report",
                "verbose_name_plural": "transitions of yearly reports",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
    ]
