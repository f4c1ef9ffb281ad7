import core.identifiers
import core.model_fields
import core.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from decimal import Decimal
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
            name="Discipline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("name_en", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=100, null=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "discipline",
                "verbose_name_plural": "disciplines",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ("written", models.CharField(editable=False, max_length=64)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ChairKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("name_en", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("acronym", models.CharField(blank=True, max_length=20, verbose_name="acronym")),
                ("acronym_en", models.CharField(blank=True, max_length=20, null=True, verbose_name="acronym")),
                ("acronym_fr", models.CharField(blank=True, max_length=20, null=True, verbose_name="acronym")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=2000, null=True, verbose_name="description"),
                ),
                (
                    "description_fr",
                    models.TextField(blank=True, max_length=2000, null=True, verbose_name="description"),
                ),
                (
                    "clusters",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The clusters that use this kind. None means every cluster.",
                        related_name="chair_kinds",
                        to="clusters.cluster",
                        verbose_name="clusters",
                    ),
                ),
            ],
            options={
                "verbose_name": "chair kind",
                "verbose_name_plural": "chair kinds",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="CompositionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="chairs.chairkind",
                        verbose_name="kind",
                    ),
                ),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name="version"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "min_pis",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="minimum number of principal investigators",
                    ),
                ),
                (
                    "max_pis",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty where the call sets no upper limit.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="maximum number of principal investigators",
                    ),
                ),
                (
                    "min_institutions",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Counted by employing legal entity: an alias or a predecessor is not another institution.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="minimum number of distinct institutions",
                    ),
                ),
                (
                    "min_disciplines",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="minimum number of distinct disciplines",
                    ),
                ),
                ("needs_junior_and_senior", models.BooleanField(default=False, verbose_name="junior and senior")),
                ("needs_teaching", models.BooleanField(default=False, verbose_name="teaching element needed")),
                ("is_open_to_partners", models.BooleanField(default=True, verbose_name="open to partners")),
                ("source", models.URLField(blank=True, max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "composition rule",
                "verbose_name_plural": "composition rules",
                "ordering": ["kind", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "version"),
                        name="chairs_rule_version_once",
                        violation_error_message="This kind already has a rule with this version number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_pis", None), ("max_pis__gte", models.F("min_pis")), _connector="OR"),
                        name="chairs_rule_pis_in_order",
                        violation_error_message="The maximum number of principal investigators is below the minimum.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chairs",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the title when left empty.",
                        max_length=100,
                        verbose_name="address",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("acronym", models.CharField(blank=True, max_length=40, verbose_name="acronym")),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chairs",
                        to="chairs.chairkind",
                        verbose_name="kind",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chairs",
                        to="clusters.phase",
                        verbose_name="phase",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="What the chair is about, for a reader who is not a specialist. Three sentences are enough.",
                        max_length=1500,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "summary_en",
                    models.TextField(
                        blank=True,
                        help_text="What the chair is about, for a reader who is not a specialist. Three sentences are enough.",
                        max_length=1500,
                        null=True,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "summary_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the chair is about, for a reader who is not a specialist. Three sentences are enough.",
                        max_length=1500,
                        null=True,
                        verbose_name="in plain words",
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=10000, verbose_name="research programme")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=10000, null=True, verbose_name="research programme"),
                ),
                (
                    "description_fr",
                    models.TextField(blank=True, max_length=10000, null=True, verbose_name="research programme"),
                ),
                ("topic", models.CharField(blank=True, max_length=300, verbose_name="topic")),
                ("topic_en", models.CharField(blank=True, max_length=300, null=True, verbose_name="topic")),
                ("topic_fr", models.CharField(blank=True, max_length=300, null=True, verbose_name="topic")),
                ("axis", models.CharField(blank=True, max_length=200, verbose_name="axis, as the source names it")),
                (
                    "programme",
                    models.CharField(blank=True, max_length=200, verbose_name="programme, as the source names it"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "start_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Where only the year is known.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="first year",
                    ),
                ),
                (
                    "end_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="last year",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="web page")),
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
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                (
                    "conflicts",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="A list of {field, value, source}: each is shown beside the value kept.",
                        verbose_name="values on which sources disagree",
                    ),
                ),
                (
                    "public_grant",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="What public money pays for the chair, in euros, for its whole duration. Empty: not stated.",
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="public grant (€)",
                    ),
                ),
                (
                    "public_grant_source",
                    models.CharField(
                        blank=True,
                        help_text="A web address, or the decision and its number.",
                        max_length=300,
                        verbose_name="who says so",
                    ),
                ),
                ("public_grant_on", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "stated_funding",
                    models.CharField(blank=True, max_length=200, verbose_name="funding, as the source states it"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sourced", "As published"),
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("changes_requested", "Changes requested"),
                            ("approved", "Approved"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("closed", "Closed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chairs",
                        to="chairs.compositionrule",
                        verbose_name="rule it was approved under",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registered by",
                    ),
                ),
                (
                    "registered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="registered at"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
                ),
                (
                    "changes_requested_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="changes requested at"),
                ),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="approved at"),
                ),
                (
                    "activated_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="activated at"),
                ),
                (
                    "suspended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="suspended at"),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at")),
                (
                    "declined_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="declined at"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                ("adopted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="adopted at")),
                (
                    "non_conforming_since",
                    models.DateField(
                        blank=True, db_index=True, editable=False, null=True, verbose_name="non-conforming since"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="chairs", to="clusters.theme", verbose_name="themes"
                    ),
                ),
            ],
            options={
                "verbose_name": "chair",
                "verbose_name_plural": "chairs",
                "ordering": ["title", "pk"],
                "indexes": [
                    models.Index(fields=["title_en"], name="chairs_chair_title_en"),
                    models.Index(fields=["title_fr"], name="chairs_chair_title_fr"),
                    models.Index(fields=["-updated_at", "-id"], name="chairs_chair_latest"),
                    models.Index(fields=["cluster", "status"], name="chairs_chair_waiting"),
                    models.Index(fields=["status", "ends_on"], name="chairs_chair_ending"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cluster", "slug"),
                        name="chairs_chair_address_once",
                        violation_error_message="The cluster already has a chair at this address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="chairs_chair_dates_in_order",
                        violation_error_message="The chair ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_year", None),
                            ("end_year", None),
                            ("end_year__gte", models.F("start_year")),
                            _connector="OR",
                        ),
                        name="chairs_chair_years_in_order",
                        violation_error_message="The chair's last year is before its first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "sourced"), ("status", "sourced")),
                            models.Q(
                                models.Q(("origin", "sourced"), _negated=True),
                                models.Q(("status", "sourced"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="chairs_chair_sourced_outside_lifecycle",
                        violation_error_message="A chair taken from a source is outside the lifecycle, and only such a chair is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("approved", "active", "suspended", "closed")), _negated=True),
                            ("rule__isnull", False),
                            _connector="OR",
                        ),
                        name="chairs_chair_approved_under_a_rule",
                        violation_error_message="A chair is approved under a composition rule, and keeps it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("public_grant", None),
                            models.Q(
                                ("public_grant__gt", 0),
                                models.Q(("public_grant_source", ""), _negated=True),
                                ("public_grant_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="chairs_chair_grant_has_source",
                        violation_error_message="Say who states the public grant, and as of which day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "submitted"), _negated=True),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="chairs_chair_submitted_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "changes_requested"), _negated=True),
                            ("changes_requested_at__isnull", False),
                            _connector="OR",
                        ),
                        name="chairs_chair_changes_requested_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="chairs_chair_approved_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "active"), _negated=True),
                            ("activated_at__isnull", False),
                            _connector="OR",
                        ),
                        name="chairs_chair_active_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "suspended"), _negated=True),
                            ("suspended_at__isnull", False),
                            _connector="OR",
                        ),
                        name="chairs_chair_suspended_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), _negated=True), ("closed_at__isnull", False), _connector="OR"
                        ),
                        name="chairs_chair_closed_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            ("declined_at__isnull", False),
                            _connector="OR",
                        ),
                        name="chairs_chair_declined_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="chairs_chair_withdrawn_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                (
                    "description",
                    models.TextField(
                        help_text="What the money makes possible, in plain words.",
                        max_length=5000,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_en",
                    models.TextField(
                        help_text="What the money makes possible, in plain words.",
                        max_length=5000,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_fr",
                    models.TextField(
                        help_text="What the money makes possible, in plain words.",
                        max_length=5000,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "counterparts",
                    models.TextField(
                        blank=True,
                        help_text="In a gift (mécénat) the counterparts stay below a quarter of it.",
                        max_length=2000,
                        verbose_name="what the partner gets",
                    ),
                ),
                (
                    "counterparts_en",
                    models.TextField(
                        blank=True,
                        help_text="In a gift (mécénat) the counterparts stay below a quarter of it.",
                        max_length=2000,
                        null=True,
                        verbose_name="what the partner gets",
                    ),
                ),
                (
                    "counterparts_fr",
                    models.TextField(
                        blank=True,
                        help_text="In a gift (mécénat) the counterparts stay below a quarter of it.",
                        max_length=2000,
                        null=True,
                        verbose_name="what the partner gets",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="In euros, net of VAT. Cash counts towards it; in-kind and skills are shown separately.",
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("1.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="target (€)",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("either", "As a gift or under a contract"),
                            ("patronage", "Only as a gift (mécénat)"),
                            ("partnership", "Only under a research contract"),
                        ],
                        default="either",
                        help_text="A gift gives the donor no intellectual property and no deliverables.",
                        max_length=20,
                        verbose_name="how it can be funded",
                    ),
                ),
                (
                    "deadline",
                    models.DateField(
                        blank=True, help_text="The last day for sending a proposal.", null=True, verbose_name="deadline"
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posted by",
                    ),
                ),
                (
                    "posted_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="posted at"),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at")),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["deadline", "pk"],
                "indexes": [models.Index(fields=["-posted_at", "-id"], name="chairs_activity_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("target__gte", Decimal("1.00"))),
                        name="chairs_activity_target_positive",
                        violation_error_message="The target is at least one euro.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "chair",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="chairs.chair",
                    ),
                ),
            ],
            options={
                "db_table": "chairs_search",
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ChairCard",
            fields=[
                (
                    "chair",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="chairs.chair",
                    ),
                ),
                ("title_key_en", models.TextField(editable=False)),
                ("title_key_fr", models.TextField(editable=False)),
                ("start_order", models.IntegerField(editable=False)),
                ("end_order", models.IntegerField(editable=False)),
                ("facet_keys", models.TextField(editable=False)),
                ("html_en", models.TextField(editable=False)),
                ("html_fr", models.TextField(editable=False)),
                ("right_until", models.DateField(db_index=True, editable=False, null=True)),
            ],
            options={
                "db_table": "chairs_card",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ActivityCard",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="chairs.activity",
                    ),
                ),
                ("html_en", models.TextField(editable=False)),
                ("html_fr", models.TextField(editable=False)),
            ],
            options={
                "db_table": "chairs_activity_card",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ActivityTransition",
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
                        to="chairs.activity",
                        verbose_name="activity",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity transition",
                "verbose_name_plural": "activity transitions",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="clusters.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("pi", "Principal investigator"),
                            ("holder", "Chair holder"),
                            ("co_holder", "Co-holder"),
                            ("member", "Member"),
                            ("postdoc", "Postdoctoral researcher"),
                            ("doctoral_student", "Doctoral student"),
                            ("engineer", "Engineer"),
                            ("executive_board", "Executive board"),
                            ("unstated", "Role not stated"),
                        ],
                        default="pi",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "affiliation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The legal entity that employs the person, and that counts for this chair. Never a laboratory.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="clusters.institution",
                        verbose_name="affiliation that counts",
                    ),
                ),
                (
                    "other_affiliation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown, but not counted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="other affiliation",
                    ),
                ),
                ("laboratory", models.CharField(blank=True, max_length=150, verbose_name="laboratory")),
                (
                    "discipline",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="chairs.discipline",
                        verbose_name="discipline",
                    ),
                ),
                (
                    "seniority",
                    models.CharField(
                        blank=True,
                        choices=[("junior", "Junior"), ("senior", "Senior")],
                        max_length=10,
                        verbose_name="seniority",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "consent_given_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which the person agreed to be named in public. Until then the page says “to be announced”.",
                        null=True,
                        verbose_name="agreed to be named on",
                    ),
                ),
                (
                    "named_by_source",
                    models.BooleanField(default=False, editable=False, verbose_name="named by a published source"),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "ordering": ["chair", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("consent_given_on", None)),
                        fields=["person", "chair"],
                        name="chairs_appointment_unnamed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="chairs_appointment_dates_in_order",
                        violation_error_message="The appointment ends before it starts.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChairOrganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisations",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("stakeholder", "Stakeholder"), ("industrial_partner", "Industrial partner")],
                        default="stakeholder",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chair_parts",
                        to="clusters.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Where it is no institution on record.",
                        max_length=200,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="web page")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "consent_given_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which the organisation agreed to be named in public. Until then the public does not.",
                        null=True,
                        verbose_name="agreed to be named on",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation in a chair",
                "verbose_name_plural": "organisations in chairs",
                "ordering": ["chair", "role", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="chairs_organisation_dates_in_order",
                        violation_error_message="The organisation leaves before it comes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("institution__isnull", False), ("name", "")),
                            models.Q(("institution", None), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="chairs_organisation_said_once",
                        violation_error_message="Choose an institution, or type a name: one of the two.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChairTransition",
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
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
            ],
            options={
                "verbose_name": "chair transition",
                "verbose_name_plural": "chair transitions",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClusterShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chair_shares",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="The shares of all clusters, this chair’s own among them, add up to 100.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01")),
                            django.core.validators.MaxValueValidator(Decimal("100.00")),
                        ],
                        verbose_name="share (%)",
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agreed by",
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="agreed at")),
            ],
            options={
                "verbose_name": "cluster’s share",
                "verbose_name_plural": "clusters’ shares",
                "ordering": ["chair", "-percent", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chair", "cluster"),
                        name="chairs_share_once",
                        violation_error_message="This cluster already has a share of the chair.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", Decimal("0.01")), ("percent__lte", Decimal("100.00"))),
                        name="chairs_share_part_of_a_whole",
                        violation_error_message="A share must be more than 0% and at most 100%.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_by", None)),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="chairs_share_agreed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consent_events",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consent_events",
                        to="chairs.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent_events",
                        to="clusters.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("invited", "invited to agree"),
                            ("accepted", "agreed to be named"),
                            ("declined", "declined to be named"),
                            ("withdrawn", "withdrew the agreement"),
                            ("recorded", "agreement recorded by staff"),
                            ("removed", "agreement removed by staff"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("link", "through the link in the e-mail"),
                            ("account", "signed in"),
                            ("staff", "by staff"),
                            ("site", "by the site itself"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
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
                ("given_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                (
                    "address",
                    models.EmailField(
                        blank=True,
                        help_text="Where the invitation went. Never public.",
                        max_length=254,
                        verbose_name="address",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
            ],
            options={
                "verbose_name": "consent event",
                "verbose_name_plural": "consent events",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CountedOutput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counted_outputs",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("patent", "Patents filed"),
                            ("licence", "Licences granted"),
                            ("transfer", "Software transferred"),
                        ],
                        max_length=20,
                        verbose_name="kind",
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
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1, "Enter at least 1."),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="number",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "counted output",
                "verbose_name_plural": "counted outputs",
                "ordering": ["chair", "-year", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chair", "kind", "year"),
                        name="chairs_counted_output_once",
                        violation_error_message="This kind is already counted for this year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="chairs_counted_output_of_something",
                        violation_error_message="Enter at least 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalActivity",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                (
                    "description",
                    models.TextField(
                        help_text="What the money makes possible, in plain words.",
                        max_length=5000,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_en",
                    models.TextField(
                        help_text="What the money makes possible, in plain words.",
                        max_length=5000,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_fr",
                    models.TextField(
                        help_text="What the money makes possible, in plain words.",
                        max_length=5000,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "counterparts",
                    models.TextField(
                        blank=True,
                        help_text="In a gift (mécénat) the counterparts stay below a quarter of it.",
                        max_length=2000,
                        verbose_name="what the partner gets",
                    ),
                ),
                (
                    "counterparts_en",
                    models.TextField(
                        blank=True,
                        help_text="In a gift (mécénat) the counterparts stay below a quarter of it.",
                        max_length=2000,
                        null=True,
                        verbose_name="what the partner gets",
                    ),
                ),
                (
                    "counterparts_fr",
                    models.TextField(
                        blank=True,
                        help_text="In a gift (mécénat) the counterparts stay below a quarter of it.",
                        max_length=2000,
                        null=True,
                        verbose_name="what the partner gets",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="In euros, net of VAT. Cash counts towards it; in-kind and skills are shown separately.",
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("1.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="target (€)",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("either", "As a gift or under a contract"),
                            ("patronage", "Only as a gift (mécénat)"),
                            ("partnership", "Only under a research contract"),
                        ],
                        default="either",
                        help_text="A gift gives the donor no intellectual property and no deliverables.",
                        max_length=20,
                        verbose_name="how it can be funded",
                    ),
                ),
                (
                    "deadline",
                    models.DateField(
                        blank=True, help_text="The last day for sending a proposal.", null=True, verbose_name="deadline"
                    ),
                ),
                (
                    "posted_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="posted at"),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at")),
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
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posted by",
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
                "verbose_name": "historical activity",
                "verbose_name_plural": "historical activities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAppointment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("pi", "Principal investigator"),
                            ("holder", "Chair holder"),
                            ("co_holder", "Co-holder"),
                            ("member", "Member"),
                            ("postdoc", "Postdoctoral researcher"),
                            ("doctoral_student", "Doctoral student"),
                            ("engineer", "Engineer"),
                            ("executive_board", "Executive board"),
                            ("unstated", "Role not stated"),
                        ],
                        default="pi",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("laboratory", models.CharField(blank=True, max_length=150, verbose_name="laboratory")),
                (
                    "seniority",
                    models.CharField(
                        blank=True,
                        choices=[("junior", "Junior"), ("senior", "Senior")],
                        max_length=10,
                        verbose_name="seniority",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "consent_given_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which the person agreed to be named in public. Until then the page says “to be announced”.",
                        null=True,
                        verbose_name="agreed to be named on",
                    ),
                ),
                (
                    "named_by_source",
                    models.BooleanField(default=False, editable=False, verbose_name="named by a published source"),
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "affiliation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The legal entity that employs the person, and that counts for this chair. Never a laboratory.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="affiliation that counts",
                    ),
                ),
                (
                    "other_affiliation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Shown, but not counted.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="other affiliation",
                    ),
                ),
                (
                    "discipline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="chairs.discipline",
                        verbose_name="discipline",
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
                "verbose_name": "historical appointment",
                "verbose_name_plural": "historical appointments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChair",
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
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("acronym", models.CharField(blank=True, max_length=40, verbose_name="acronym")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="What the chair is about, for a reader who is not a specialist. Three sentences are enough.",
                        max_length=1500,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "summary_en",
                    models.TextField(
                        blank=True,
                        help_text="What the chair is about, for a reader who is not a specialist. Three sentences are enough.",
                        max_length=1500,
                        null=True,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "summary_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the chair is about, for a reader who is not a specialist. Three sentences are enough.",
                        max_length=1500,
                        null=True,
                        verbose_name="in plain words",
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=10000, verbose_name="research programme")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=10000, null=True, verbose_name="research programme"),
                ),
                (
                    "description_fr",
                    models.TextField(blank=True, max_length=10000, null=True, verbose_name="research programme"),
                ),
                ("topic", models.CharField(blank=True, max_length=300, verbose_name="topic")),
                ("topic_en", models.CharField(blank=True, max_length=300, null=True, verbose_name="topic")),
                ("topic_fr", models.CharField(blank=True, max_length=300, null=True, verbose_name="topic")),
                ("axis", models.CharField(blank=True, max_length=200, verbose_name="axis, as the source names it")),
                (
                    "programme",
                    models.CharField(blank=True, max_length=200, verbose_name="programme, as the source names it"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "start_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Where only the year is known.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="first year",
                    ),
                ),
                (
                    "end_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="last year",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="web page")),
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
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                (
                    "conflicts",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="A list of {field, value, source}: each is shown beside the value kept.",
                        verbose_name="values on which sources disagree",
                    ),
                ),
                (
                    "public_grant",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="What public money pays for the chair, in euros, for its whole duration. Empty: not stated.",
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="public grant (€)",
                    ),
                ),
                (
                    "public_grant_source",
                    models.CharField(
                        blank=True,
                        help_text="A web address, or the decision and its number.",
                        max_length=300,
                        verbose_name="who says so",
                    ),
                ),
                ("public_grant_on", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "stated_funding",
                    models.CharField(blank=True, max_length=200, verbose_name="funding, as the source states it"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sourced", "As published"),
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("changes_requested", "Changes requested"),
                            ("approved", "Approved"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("closed", "Closed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "registered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="registered at"
                    ),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed at")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
                ),
                (
                    "changes_requested_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="changes requested at"),
                ),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="approved at"),
                ),
                (
                    "activated_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="activated at"),
                ),
                (
                    "suspended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="suspended at"),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at")),
                (
                    "declined_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="declined at"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                ("adopted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="adopted at")),
                (
                    "non_conforming_since",
                    models.DateField(
                        blank=True, db_index=True, editable=False, null=True, verbose_name="non-conforming since"
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
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="chairs.chairkind",
                        verbose_name="kind",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.phase",
                        verbose_name="phase",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="chairs.compositionrule",
                        verbose_name="rule it was approved under",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registered by",
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
                "verbose_name": "historical chair",
                "verbose_name_plural": "historical chairs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChairOrganisation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("stakeholder", "Stakeholder"), ("industrial_partner", "Industrial partner")],
                        default="stakeholder",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Where it is no institution on record.",
                        max_length=200,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="web page")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "consent_given_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which the organisation agreed to be named in public. Until then the public does not.",
                        null=True,
                        verbose_name="agreed to be named on",
                    ),
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
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="institution",
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
                "verbose_name": "historical organisation in a chair",
                "verbose_name_plural": "historical organisations in chairs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClusterShare",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="The shares of all clusters, this chair’s own among them, add up to 100.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01")),
                            django.core.validators.MaxValueValidator(Decimal("100.00")),
                        ],
                        verbose_name="share (%)",
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="agreed at")),
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
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agreed by",
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
                "verbose_name": "historical cluster’s share",
                "verbose_name_plural": "historical clusters’ shares",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCompositionRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name="version"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "min_pis",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="minimum number of principal investigators",
                    ),
                ),
                (
                    "max_pis",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty where the call sets no upper limit.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="maximum number of principal investigators",
                    ),
                ),
                (
                    "min_institutions",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Counted by employing legal entity: an alias or a predecessor is not another institution.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="minimum number of distinct institutions",
                    ),
                ),
                (
                    "min_disciplines",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="minimum number of distinct disciplines",
                    ),
                ),
                ("needs_junior_and_senior", models.BooleanField(default=False, verbose_name="junior and senior")),
                ("needs_teaching", models.BooleanField(default=False, verbose_name="teaching element needed")),
                ("is_open_to_partners", models.BooleanField(default=True, verbose_name="open to partners")),
                ("source", models.URLField(blank=True, max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="chairs.chairkind",
                        verbose_name="kind",
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
                "verbose_name": "historical composition rule",
                "verbose_name_plural": "historical composition rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCountedOutput",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("patent", "Patents filed"),
                            ("licence", "Licences granted"),
                            ("transfer", "Software transferred"),
                        ],
                        max_length=20,
                        verbose_name="kind",
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
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1, "Enter at least 1."),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="number",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
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
                "verbose_name": "historical counted output",
                "verbose_name_plural": "historical counted outputs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOutput",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("publication", "Publication"), ("software", "Software"), ("data_set", "Data set")],
                        default="publication",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "doi",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_doi,
                        max_length=200,
                        null=True,
                        validators=[core.validators.DOIValidator()],
                        verbose_name="DOI",
                    ),
                ),
                (
                    "hal_id",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_hal,
                        max_length=40,
                        null=True,
                        validators=[core.validators.HALValidator()],
                        verbose_name="HAL id",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="title")),
                ("authors", models.JSONField(blank=True, default=list, verbose_name="authors")),
                (
                    "hidden_authors",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="authors that are not shown"
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=300, verbose_name="published in")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web page")),
                ("stated_references", models.JSONField(blank=True, default=list, verbose_name="references of grants")),
                (
                    "registry",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("crossref", "Crossref"),
                            ("datacite", "DataCite"),
                            ("hal", "HAL"),
                            ("file", "an imported file"),
                        ],
                        max_length=10,
                        verbose_name="completed from",
                    ),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="completed at"),
                ),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "The registry does not know this identifier."),
                            ("elsewhere", "Another agency than Crossref and DataCite registers this DOI."),
                            ("unreachable", "The registry did not answer."),
                            ("slow", "The registry took too long to answer."),
                            ("busy", "The registry asks for patience."),
                            ("unreadable", "The registry’s answer could not be read."),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="why it is not complete",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="tries")),
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
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="added at"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed at"),
                ),
                (
                    "refused_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="set aside at"),
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
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set aside by",
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
                "verbose_name": "historical output",
                "verbose_name_plural": "historical outputs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStartUp",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the name when left empty.",
                        max_length=100,
                        verbose_name="address",
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=150, validators=[core.validators.NameValidator()], verbose_name="name"),
                ),
                ("name_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("summary", models.TextField(blank=True, max_length=1500, verbose_name="in plain words")),
                ("summary_en", models.TextField(blank=True, max_length=1500, null=True, verbose_name="in plain words")),
                ("summary_fr", models.TextField(blank=True, max_length=1500, null=True, verbose_name="in plain words")),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("spin_off", "Comes from the cluster’s research"),
                            ("supported", "Supported by the cluster"),
                            ("incubator_example", "Supported by an incubator that works with the cluster"),
                        ],
                        default="spin_off",
                        max_length=20,
                        verbose_name="tie to the cluster",
                    ),
                ),
                (
                    "founded_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="founded in",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("project", "Project"),
                            ("incubated", "In incubation"),
                            ("founded", "Founded"),
                            ("funded", "Has raised funds"),
                            ("acquired", "Acquired"),
                            ("closed", "Closed down"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "is_alive",
                    models.BooleanField(
                        blank=True, help_text="Unknown when nobody says so.", null=True, verbose_name="still alive"
                    ),
                ),
                ("alive_on", models.DateField(blank=True, null=True, verbose_name="as of")),
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
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed at")),
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
                    "incubator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="incubator or school",
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
                "verbose_name": "historical start-up",
                "verbose_name_plural": "historical start-ups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTeachingElement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "Course"),
                            ("seminar", "Seminar"),
                            ("summer_school", "Summer school"),
                            ("continuing", "Continuing education"),
                            ("other", "Other"),
                        ],
                        default="course",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        help_text="For example: master's, second year.",
                        max_length=100,
                        verbose_name="level",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The year in which it begins: 2025 for 2025–2026.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="academic year",
                    ),
                ),
                (
                    "hours_etd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="Hours a year in “équivalent TD”. Leave empty where the call does not say.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("8760")),
                        ],
                        verbose_name="hours (h ETD)",
                    ),
                ),
                (
                    "hours_owed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="What the call asks for. Empty: not decided.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("8760")),
                        ],
                        verbose_name="hours owed (h ETD)",
                    ),
                ),
                (
                    "hours_discharged",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="By how much it lightens the statutory service. Empty: not decided.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("8760")),
                        ],
                        verbose_name="hours discharged (h ETD)",
                    ),
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
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.trainingprogramme",
                        verbose_name="training programme",
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
                "verbose_name": "historical teaching element",
                "verbose_name_plural": "historical teaching elements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Output",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outputs",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("publication", "Publication"), ("software", "Software"), ("data_set", "Data set")],
                        default="publication",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "doi",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_doi,
                        max_length=200,
                        null=True,
                        validators=[core.validators.DOIValidator()],
                        verbose_name="DOI",
                    ),
                ),
                (
                    "hal_id",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_hal,
                        max_length=40,
                        null=True,
                        validators=[core.validators.HALValidator()],
                        verbose_name="HAL id",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="title")),
                ("authors", models.JSONField(blank=True, default=list, verbose_name="authors")),
                (
                    "hidden_authors",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="authors that are not shown"
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=300, verbose_name="published in")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web page")),
                ("stated_references", models.JSONField(blank=True, default=list, verbose_name="references of grants")),
                (
                    "registry",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("crossref", "Crossref"),
                            ("datacite", "DataCite"),
                            ("hal", "HAL"),
                            ("file", "an imported file"),
                        ],
                        max_length=10,
                        verbose_name="completed from",
                    ),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="completed at"),
                ),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "The registry does not know this identifier."),
                            ("elsewhere", "Another agency than Crossref and DataCite registers this DOI."),
                            ("unreachable", "The registry did not answer."),
                            ("slow", "The registry took too long to answer."),
                            ("busy", "The registry asks for patience."),
                            ("unreadable", "The registry’s answer could not be read."),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="why it is not complete",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="tries")),
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
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="added at"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed at"),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set aside by",
                    ),
                ),
                (
                    "refused_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="set aside at"),
                ),
                ("search_key", models.TextField(default="", editable=False)),
            ],
            options={
                "verbose_name": "output",
                "verbose_name_plural": "outputs",
                "ordering": [models.OrderBy(models.F("year"), descending=True, nulls_last=True), "title", "pk"],
                "indexes": [models.Index(fields=["year", "kind"], name="chairs_output_year")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chair", "doi"),
                        name="chairs_output_doi_once",
                        violation_error_message="The chair already has an output with this DOI.",
                    ),
                    models.UniqueConstraint(
                        fields=("chair", "hal_id"),
                        name="chairs_output_hal_once",
                        violation_error_message="The chair already has an output with this HAL id.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("doi__isnull", False),
                            ("hal_id__isnull", False),
                            models.Q(("title", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="chairs_output_says_what",
                        violation_error_message="Give a DOI, a HAL id or a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_at", None), ("refused_at", None), _connector="OR"),
                        name="chairs_output_one_answer",
                        violation_error_message="An output is either the chair’s or not.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaleMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(editable=False, max_length=40)),
                ("record", models.BigIntegerField(editable=False)),
            ],
            options={
                "db_table": "chairs_stale",
                "default_permissions": (),
                "indexes": [models.Index(fields=["source", "record"], name="chairs_stale_record")],
            },
        ),
        migrations.CreateModel(
            name="StartUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="start_ups",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the name when left empty.",
                        max_length=100,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=150, validators=[core.validators.NameValidator()], verbose_name="name"),
                ),
                ("name_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("search_key", models.TextField(default="", editable=False)),
                ("summary", models.TextField(blank=True, max_length=1500, verbose_name="in plain words")),
                ("summary_en", models.TextField(blank=True, max_length=1500, null=True, verbose_name="in plain words")),
                ("summary_fr", models.TextField(blank=True, max_length=1500, null=True, verbose_name="in plain words")),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("spin_off", "Comes from the cluster’s research"),
                            ("supported", "Supported by the cluster"),
                            ("incubator_example", "Supported by an incubator that works with the cluster"),
                        ],
                        default="spin_off",
                        max_length=20,
                        verbose_name="tie to the cluster",
                    ),
                ),
                (
                    "incubator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incubated",
                        to="clusters.institution",
                        verbose_name="incubator or school",
                    ),
                ),
                (
                    "founded_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="founded in",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("project", "Project"),
                            ("incubated", "In incubation"),
                            ("founded", "Founded"),
                            ("funded", "Has raised funds"),
                            ("acquired", "Acquired"),
                            ("closed", "Closed down"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "is_alive",
                    models.BooleanField(
                        blank=True, help_text="Unknown when nobody says so.", null=True, verbose_name="still alive"
                    ),
                ),
                ("alive_on", models.DateField(blank=True, null=True, verbose_name="as of")),
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
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "chairs",
                    models.ManyToManyField(
                        blank=True, related_name="start_ups", to="chairs.chair", verbose_name="chairs behind it"
                    ),
                ),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True, related_name="start_ups", to="clusters.person", verbose_name="people behind it"
                    ),
                ),
            ],
            options={
                "verbose_name": "start-up",
                "verbose_name_plural": "start-ups",
                "ordering": ["name_key", "pk"],
                "indexes": [models.Index(fields=["founded_year", "cluster"], name="chairs_start_up_founded")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("alive_on", None), ("is_alive__isnull", False), _connector="OR"),
                        name="chairs_start_up_alive_as_of",
                        violation_error_message="Say whether it is still alive, or leave the day empty.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatedPartner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stated_partners",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("unit", models.CharField(blank=True, max_length=200, verbose_name="unit")),
                ("kind", models.CharField(blank=True, max_length=40, verbose_name="kind")),
                (
                    "pays",
                    models.BooleanField(
                        blank=True, help_text="Unknown when no source says so.", null=True, verbose_name="pays"
                    ),
                ),
            ],
            options={
                "verbose_name": "stated partner",
                "verbose_name_plural": "stated partners",
                "ordering": ["chair", "name"],
            },
        ),
        migrations.CreateModel(
            name="TeachingElement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teaching",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "Course"),
                            ("seminar", "Seminar"),
                            ("summer_school", "Summer school"),
                            ("continuing", "Continuing education"),
                            ("other", "Other"),
                        ],
                        default="course",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        help_text="For example: master's, second year.",
                        max_length=100,
                        verbose_name="level",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teaching",
                        to="clusters.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teaching",
                        to="clusters.trainingprogramme",
                        verbose_name="training programme",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The year in which it begins: 2025 for 2025–2026.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="academic year",
                    ),
                ),
                (
                    "hours_etd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="Hours a year in “équivalent TD”. Leave empty where the call does not say.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("8760")),
                        ],
                        verbose_name="hours (h ETD)",
                    ),
                ),
                (
                    "hours_owed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="What the call asks for. Empty: not decided.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("8760")),
                        ],
                        verbose_name="hours owed (h ETD)",
                    ),
                ),
                (
                    "hours_discharged",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="By how much it lightens the statutory service. Empty: not decided.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("8760")),
                        ],
                        verbose_name="hours discharged (h ETD)",
                    ),
                ),
            ],
            options={
                "verbose_name": "teaching element",
                "verbose_name_plural": "teaching elements",
                "ordering": ["chair", "pk"],
            },
        ),
    ]
