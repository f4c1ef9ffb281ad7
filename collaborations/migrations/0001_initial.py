import collaborations.countries
import collaborations.periods
import core.validators
import django.core.validators
import django.db.models.deletion
import simple_history.models
from decimal import Decimal
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
            name="Collaboration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the title when left empty.",
                        max_length=100,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("summary", models.TextField(blank=True, max_length=3000, verbose_name="in plain words")),
                ("summary_en", models.TextField(blank=True, max_length=3000, null=True, verbose_name="in plain words")),
                ("summary_fr", models.TextField(blank=True, max_length=3000, null=True, verbose_name="in plain words")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exchange", "Exchange"),
                            ("joint_research", "Joint research"),
                            ("joint_workshop", "Joint workshop"),
                            ("joint_training", "Joint training"),
                            ("co_funding", "Co-funding"),
                            ("national_evaluation", "National evaluation"),
                            ("network", "Network"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_collaborations",
                        to="clusters.cluster",
                        verbose_name="kept by",
                    ),
                ),
                (
                    "countries",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="France too, where it takes part. Those of the participants are added.",
                        validators=[collaborations.countries.validate_countries],
                        verbose_name="countries",
                    ),
                ),
                (
                    "starts",
                    models.CharField(
                        blank=True,
                        help_text="A year, a month or a day: 2025, 2025-03 or 2025-03-14.",
                        max_length=10,
                        validators=[collaborations.periods.validate_moment],
                        verbose_name="from",
                    ),
                ),
                (
                    "ends",
                    models.CharField(
                        blank=True,
                        help_text="Empty while no end is decided, or where it is not known.",
                        max_length=10,
                        validators=[collaborations.periods.validate_moment],
                        verbose_name="until",
                    ),
                ),
                (
                    "is_intended",
                    models.BooleanField(
                        default=False,
                        help_text="It has been announced or wished for, and has not begun.",
                        verbose_name="an intention",
                    ),
                ),
                (
                    "people",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="people",
                    ),
                ),
                (
                    "funding",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In euros, for the whole duration. Then the shares of those who pay add up to 100%.",
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="money (€)",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="web page")),
                (
                    "is_published",
                    models.BooleanField(
                        default=True,
                        help_text="Whether the public reads it. Switch it off while it is being written.",
                        verbose_name="public",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("sourced", "Published source"),
                            ("registered", "Registered by staff"),
                            ("demonstration", "Demonstration"),
                        ],
                        default="registered",
                        max_length=20,
                        verbose_name="origin",
                    ),
                ),
                ("stated_counts", models.JSONField(blank=True, default=list, verbose_name="stated counts")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "clusters",
                    models.ManyToManyField(
                        blank=True, related_name="collaborations", to="clusters.cluster", verbose_name="clusters"
                    ),
                ),
                (
                    "chairs",
                    models.ManyToManyField(
                        blank=True, related_name="collaborations", to="chairs.chair", verbose_name="chairs"
                    ),
                ),
            ],
            options={
                "verbose_name": "collaboration",
                "verbose_name_plural": "collaborations",
                "ordering": ["-starts", "title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("funding", None), ("funding__gte", Decimal("0.01")), _connector="OR"),
                        name="collaborations_funding_positive",
                        violation_error_message="The money must be more than zero, or left empty.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCollaboration",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the title when left empty.",
                        max_length=100,
                        verbose_name="address",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("summary", models.TextField(blank=True, max_length=3000, verbose_name="in plain words")),
                ("summary_en", models.TextField(blank=True, max_length=3000, null=True, verbose_name="in plain words")),
                ("summary_fr", models.TextField(blank=True, max_length=3000, null=True, verbose_name="in plain words")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exchange", "Exchange"),
                            ("joint_research", "Joint research"),
                            ("joint_workshop", "Joint workshop"),
                            ("joint_training", "Joint training"),
                            ("co_funding", "Co-funding"),
                            ("national_evaluation", "National evaluation"),
                            ("network", "Network"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "countries",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="France too, where it takes part. Those of the participants are added.",
                        validators=[collaborations.countries.validate_countries],
                        verbose_name="countries",
                    ),
                ),
                (
                    "starts",
                    models.CharField(
                        blank=True,
                        help_text="A year, a month or a day: 2025, 2025-03 or 2025-03-14.",
                        max_length=10,
                        validators=[collaborations.periods.validate_moment],
                        verbose_name="from",
                    ),
                ),
                (
                    "ends",
                    models.CharField(
                        blank=True,
                        help_text="Empty while no end is decided, or where it is not known.",
                        max_length=10,
                        validators=[collaborations.periods.validate_moment],
                        verbose_name="until",
                    ),
                ),
                (
                    "is_intended",
                    models.BooleanField(
                        default=False,
                        help_text="It has been announced or wished for, and has not begun.",
                        verbose_name="an intention",
                    ),
                ),
                (
                    "people",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="people",
                    ),
                ),
                (
                    "funding",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In euros, for the whole duration. Then the shares of those who pay add up to 100%.",
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="money (€)",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="web page")),
                (
                    "is_published",
                    models.BooleanField(
                        default=True,
                        help_text="Whether the public reads it. Switch it off while it is being written.",
                        verbose_name="public",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("sourced", "Published source"),
                            ("registered", "Registered by staff"),
                            ("demonstration", "Demonstration"),
                        ],
                        default="registered",
                        max_length=20,
                        verbose_name="origin",
                    ),
                ),
                ("stated_counts", models.JSONField(blank=True, default=list, verbose_name="stated counts")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed at")),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="kept by",
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
                "verbose_name": "historical collaboration",
                "verbose_name_plural": "historical collaborations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalParticipant",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Where it is not on record.",
                        max_length=200,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("institution", "Institution"),
                            ("alliance", "Alliance"),
                            ("company", "Company"),
                            ("other", "Partner"),
                        ],
                        help_text="Of one that is not on record.",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[collaborations.countries.validate_country],
                        verbose_name="country",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Of the money, where there is any.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01")),
                            django.core.validators.MaxValueValidator(Decimal("100.00")),
                        ],
                        verbose_name="share (%)",
                    ),
                ),
                (
                    "collaboration",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborations.collaboration",
                        verbose_name="collaboration",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="institution, alliance or company",
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
                "verbose_name": "historical participant",
                "verbose_name_plural": "historical participants",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="collaborations.collaboration",
                        verbose_name="collaboration",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collaboration_parts",
                        to="clusters.institution",
                        verbose_name="institution, alliance or company",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Where it is not on record.",
                        max_length=200,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("institution", "Institution"),
                            ("alliance", "Alliance"),
                            ("company", "Company"),
                            ("other", "Partner"),
                        ],
                        help_text="Of one that is not on record.",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[collaborations.countries.validate_country],
                        verbose_name="country",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Of the money, where there is any.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01")),
                            django.core.validators.MaxValueValidator(Decimal("100.00")),
                        ],
                        verbose_name="share (%)",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": [
                    "collaboration",
                    models.OrderBy(models.F("percent"), descending=True, nulls_last=True),
                    "pk",
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collaboration", "cluster"),
                        name="collaborations_participant_cluster_once",
                        violation_error_message="This cluster already takes part.",
                    ),
                    models.UniqueConstraint(
                        fields=("collaboration", "institution"),
                        name="collaborations_participant_once",
                        violation_error_message="This institution already takes part.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cluster__isnull", False), ("institution", None), ("name", "")),
                            models.Q(("cluster", None), ("institution__isnull", False), ("name", "")),
                            models.Q(("cluster", None), ("institution", None), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="collaborations_participant_said_once",
                        violation_error_message="Choose a cluster or an institution, or type a name: one of the three.",
                    ),
                ],
            },
        ),
    ]
