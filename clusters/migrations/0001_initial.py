import core.identifiers
import core.model_fields
import core.validators
import django.core.serializers.json
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
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalCluster",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, verbose_name="address")),
                (
                    "code",
                    models.CharField(
                        db_index=True,
                        editable=False,
                        help_text="Stands at the front of the references of its sponsorships.",
                        max_length=8,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=100, verbose_name="name")),
                ("acronym", models.CharField(blank=True, max_length=40, verbose_name="short name")),
                ("description", models.TextField(blank=True, max_length=5000, verbose_name="description")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=5000, null=True, verbose_name="description"),
                ),
                (
                    "description_fr",
                    models.TextField(blank=True, max_length=5000, null=True, verbose_name="description"),
                ),
                ("city", models.CharField(max_length=100, verbose_name="city")),
                ("region", models.CharField(max_length=100, verbose_name="region")),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="latitude"),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="longitude"
                    ),
                ),
                (
                    "public_grant",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Awarded by the State for the whole duration, in euros.",
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="public grant (€)",
                    ),
                ),
                ("public_grant_source", models.URLField(max_length=500, verbose_name="source of the grant")),
                (
                    "duration_years",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="duration (years)"),
                ),
                (
                    "start_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
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
                ("selected_on", models.DateField(blank=True, null=True, verbose_name="selected on")),
                ("selected_note", models.CharField(blank=True, max_length=300, verbose_name="note on the selection")),
                ("inaugurated_on", models.DateField(blank=True, null=True, verbose_name="inaugurated on")),
                (
                    "inauguration_place",
                    models.CharField(blank=True, max_length=200, verbose_name="place of the inauguration"),
                ),
                (
                    "inauguration_note",
                    models.CharField(blank=True, max_length=300, verbose_name="note on the inauguration"),
                ),
                (
                    "inauguration_source",
                    models.URLField(blank=True, max_length=500, verbose_name="source of the inauguration"),
                ),
                (
                    "anr_reference",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_anr,
                        max_length=40,
                        validators=[core.validators.ANRValidator()],
                        verbose_name="ANR reference",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                (
                    "needs_four_eyes",
                    models.BooleanField(
                        default=True,
                        help_text="A manager cannot approve, suspend or close a chair that they registered themselves, accept a proposal that they drafted on a partner's behalf, or record alone an agreement of what they accepted. Switch this off only where the cluster has a single manager.",
                        verbose_name="four-eyes rule",
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
                "verbose_name": "historical cluster",
                "verbose_name_plural": "historical clusters",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIntakeOverlap",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "people",
                    models.PositiveIntegerField(
                        help_text="Those whom each of these intakes counts, and no other.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="people",
                    ),
                ),
                (
                    "completed",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="of whom completed it",
                    ),
                ),
                (
                    "women",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="of whom women",
                    ),
                ),
                (
                    "continuing",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="of whom in continuing education",
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="How you know.", max_length=300, verbose_name="note")),
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
                "verbose_name": "historical overlap of intakes",
                "verbose_name_plural": "historical overlaps of intakes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="The official name, in its own language.",
                        max_length=200,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                ("name_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("acronym_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="address")),
                ("acronym", models.CharField(blank=True, max_length=40, verbose_name="acronym")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("university", "University"),
                            ("school", "School"),
                            ("research_body", "National research body"),
                            ("research_institute", "Research institute"),
                            ("hospital", "Hospital"),
                            ("museum", "Museum"),
                            ("foundation", "Foundation"),
                            ("public_body", "Public body"),
                            ("authority", "Local authority"),
                            ("company", "Company"),
                            ("laboratory", "Laboratory"),
                            ("alliance", "Alliance of institutions"),
                            ("incubator", "Incubator"),
                            ("business_school", "Business school"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                (
                    "ror",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_ror,
                        error_messages={"unique": "Another institution already has this ROR id."},
                        help_text="From ror.org. Check the label there too: a valid id may be another institution's.",
                        max_length=60,
                        null=True,
                        unique=True,
                        validators=[core.validators.RORValidator()],
                        verbose_name="ROR id",
                    ),
                ),
                (
                    "ror_confidence",
                    models.CharField(
                        blank=True,
                        choices=[("high", "High"), ("medium", "Medium: to be confirmed")],
                        max_length=10,
                        verbose_name="confidence in the ROR id",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        help_text="The legal entity that took over this one. Both then count as one institution.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="clusters.institution",
                        verbose_name="successor",
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
                (
                    "institutions",
                    models.ManyToManyField(
                        blank=True,
                        related_name="incubators",
                        to="clusters.institution",
                        verbose_name="institutions behind it",
                    ),
                ),
            ],
            options={
                "verbose_name": "institution",
                "verbose_name_plural": "institutions",
                "ordering": ["name_key", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor", None), models.Q(("successor", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="clusters_institution_not_own_successor",
                        violation_error_message="An institution cannot be its own successor.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalInstitution",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="The official name, in its own language.",
                        max_length=200,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                ("name_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("acronym_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("slug", models.SlugField(max_length=100, verbose_name="address")),
                ("acronym", models.CharField(blank=True, max_length=40, verbose_name="acronym")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("university", "University"),
                            ("school", "School"),
                            ("research_body", "National research body"),
                            ("research_institute", "Research institute"),
                            ("hospital", "Hospital"),
                            ("museum", "Museum"),
                            ("foundation", "Foundation"),
                            ("public_body", "Public body"),
                            ("authority", "Local authority"),
                            ("company", "Company"),
                            ("laboratory", "Laboratory"),
                            ("alliance", "Alliance of institutions"),
                            ("incubator", "Incubator"),
                            ("business_school", "Business school"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                (
                    "ror",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_ror,
                        db_index=True,
                        error_messages={"unique": "Another institution already has this ROR id."},
                        help_text="From ror.org. Check the label there too: a valid id may be another institution's.",
                        max_length=60,
                        null=True,
                        validators=[core.validators.RORValidator()],
                        verbose_name="ROR id",
                    ),
                ),
                (
                    "ror_confidence",
                    models.CharField(
                        blank=True,
                        choices=[("high", "High"), ("medium", "Medium: to be confirmed")],
                        max_length=10,
                        verbose_name="confidence in the ROR id",
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
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The legal entity that took over this one. Both then count as one institution.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="successor",
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
                "verbose_name": "historical institution",
                "verbose_name_plural": "historical institutions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="InstitutionAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="clusters.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=200, validators=[core.validators.NameValidator()], verbose_name="name"),
                ),
                (
                    "key",
                    core.model_fields.KeyField(
                        editable=False,
                        error_messages={"unique": "An institution already goes by this name."},
                        max_length=400,
                        unique=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("name_en", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=100, null=True, verbose_name="name")),
                (
                    "start_year",
                    models.PositiveSmallIntegerField(
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
                (
                    "is_current",
                    models.BooleanField(
                        default=False,
                        help_text="The directory opens on the current phase. Only one is current.",
                        verbose_name="current",
                    ),
                ),
            ],
            options={
                "verbose_name": "phase",
                "verbose_name_plural": "phases",
                "ordering": ["-start_year"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="clusters_phase_one_current",
                        violation_error_message="Another phase is already the current one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_year", None), ("end_year__gte", models.F("start_year")), _connector="OR"
                        ),
                        name="clusters_phase_years_in_order",
                        violation_error_message="The last year is before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStatedCount",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("people_trained_a_year", "people trained a year"),
                            ("people_trained_a_year_continuing_education", "people in continuing education a year"),
                            ("people_trained", "people trained"),
                            ("students_reached", "students reached"),
                            ("students_made_aware", "students made aware"),
                            ("people_made_aware", "people made aware"),
                            ("staff_continuing_education", "teachers in continuing education"),
                            ("students_trained_multiple", "times as many students trained"),
                            ("new_programmes", "new training programmes"),
                            ("start_ups", "start-ups"),
                            ("projects_incubated", "projects that an incubator took in"),
                            ("partners", "partners"),
                            ("chairs", "chairs"),
                            ("academic_researchers", "academic researchers"),
                            ("phd_students_and_postdocs", "doctoral students and postdocs"),
                        ],
                        max_length=50,
                        verbose_name="of what",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("baseline", "starting point"), ("target", "target"), ("stated", "as stated")],
                        default="stated",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "value",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="value",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("planned", "planned"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="qualifier",
                    ),
                ),
                ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                ("source", models.URLField(max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
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
                "verbose_name": "historical stated count",
                "verbose_name_plural": "historical stated counts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Cluster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                (
                    "code",
                    models.CharField(
                        editable=False,
                        help_text="Stands at the front of the references of its sponsorships.",
                        max_length=8,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("acronym", models.CharField(blank=True, max_length=40, verbose_name="short name")),
                ("description", models.TextField(blank=True, max_length=5000, verbose_name="description")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=5000, null=True, verbose_name="description"),
                ),
                (
                    "description_fr",
                    models.TextField(blank=True, max_length=5000, null=True, verbose_name="description"),
                ),
                ("city", models.CharField(max_length=100, verbose_name="city")),
                ("region", models.CharField(max_length=100, verbose_name="region")),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="latitude"),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="longitude"
                    ),
                ),
                (
                    "public_grant",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Awarded by the State for the whole duration, in euros.",
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="public grant (€)",
                    ),
                ),
                ("public_grant_source", models.URLField(max_length=500, verbose_name="source of the grant")),
                (
                    "duration_years",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="duration (years)"),
                ),
                (
                    "start_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
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
                ("selected_on", models.DateField(blank=True, null=True, verbose_name="selected on")),
                ("selected_note", models.CharField(blank=True, max_length=300, verbose_name="note on the selection")),
                ("inaugurated_on", models.DateField(blank=True, null=True, verbose_name="inaugurated on")),
                (
                    "inauguration_place",
                    models.CharField(blank=True, max_length=200, verbose_name="place of the inauguration"),
                ),
                (
                    "inauguration_note",
                    models.CharField(blank=True, max_length=300, verbose_name="note on the inauguration"),
                ),
                (
                    "inauguration_source",
                    models.URLField(blank=True, max_length=500, verbose_name="source of the inauguration"),
                ),
                (
                    "anr_reference",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_anr,
                        max_length=40,
                        validators=[core.validators.ANRValidator()],
                        verbose_name="ANR reference",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                (
                    "needs_four_eyes",
                    models.BooleanField(
                        default=True,
                        help_text="A manager cannot approve, suspend or close a chair that they registered themselves, accept a proposal that they drafted on a partner's behalf, or record alone an agreement of what they accepted. Switch this off only where the cluster has a single manager.",
                        verbose_name="four-eyes rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "cluster",
                "verbose_name_plural": "clusters",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("public_grant__gte", 0)),
                        name="clusters_cluster_grant_not_negative",
                        violation_error_message="A grant cannot be negative.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPerson",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="First name, then family name, as they sign their papers.",
                        max_length=150,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                (
                    "family_name",
                    models.CharField(
                        blank=True,
                        help_text="The part of the name by which the person is filed and cited, with its particle where they are filed by it: Le Goffic. Left empty, it is proposed from the name.",
                        max_length=150,
                        verbose_name="family name",
                    ),
                ),
                ("name_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("sort_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("slug", models.SlugField(max_length=100, verbose_name="address")),
                (
                    "orcid",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_orcid,
                        db_index=True,
                        error_messages={"unique": "Another person already has this ORCID iD."},
                        help_text="For example 0000-0002-1825-0097.",
                        max_length=50,
                        null=True,
                        validators=[core.validators.ORCIDValidator()],
                        verbose_name="ORCID iD",
                    ),
                ),
                (
                    "orcid_claimed",
                    models.CharField(blank=True, default="", editable=False, max_length=50, verbose_name="ORCID iD"),
                ),
                ("website", models.URLField(blank=True, verbose_name="web page")),
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
                    "is_hidden",
                    models.BooleanField(
                        default=False,
                        help_text="The person asked not to be named: no public page, list, search or export names them.",
                        verbose_name="hidden from the public",
                    ),
                ),
                ("is_anonymised", models.BooleanField(default=False, editable=False, verbose_name="anonymised")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The account with which this person follows their own chairs.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "registered_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The cluster whose staff entered this person.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.cluster",
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
                "verbose_name": "historical person",
                "verbose_name_plural": "historical people",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStaffRole",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "Reader"),
                            ("editor", "Editor"),
                            ("finance", "Finance officer"),
                            ("manager", "Manager"),
                            ("coordinator", "National coordinator"),
                            ("auditor", "National auditor"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Leave empty for the national coordinator and the national auditor.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="cluster",
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
                "verbose_name": "historical staff role",
                "verbose_name_plural": "historical staff roles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTrainingProgramme",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_en", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=200, null=True, verbose_name="name")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="Who it is for, what they learn, and what they can do afterwards.",
                        max_length=3000,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "summary_en",
                    models.TextField(
                        blank=True,
                        help_text="Who it is for, what they learn, and what they can do afterwards.",
                        max_length=3000,
                        null=True,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "summary_fr",
                    models.TextField(
                        blank=True,
                        help_text="Who it is for, what they learn, and what they can do afterwards.",
                        max_length=3000,
                        null=True,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bachelor", "Bachelor"),
                            ("master", "Master’s"),
                            ("doctoral", "Doctoral"),
                            ("executive", "Executive education"),
                            ("online", "Online"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ai_experts", "AI experts"),
                            ("other_disciplines", "Students of other disciplines"),
                            ("both", "AI experts and other disciplines"),
                        ],
                        max_length=20,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "teaching_language",
                    models.CharField(
                        blank=True,
                        choices=[("fr", "French"), ("en", "English"), ("both", "French and English")],
                        max_length=4,
                        verbose_name="language",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=150, verbose_name="place")),
                (
                    "built_with_industry",
                    models.BooleanField(
                        blank=True,
                        help_text="Unknown when nobody says so.",
                        null=True,
                        verbose_name="built with industry",
                    ),
                ),
                (
                    "starts",
                    models.CharField(
                        blank=True,
                        help_text="A year, or a year and a month: 2022-09.",
                        max_length=20,
                        verbose_name="since",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="An office, never a private address. It is public.",
                        max_length=200,
                        verbose_name="contact",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="web page")),
                ("application_page", models.URLField(blank=True, max_length=500, verbose_name="where to apply")),
                ("applications_open_on", models.DateField(blank=True, null=True, verbose_name="applications open on")),
                (
                    "apply_by",
                    models.DateField(blank=True, help_text="The last day.", null=True, verbose_name="apply by"),
                ),
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
                (
                    "conflicts",
                    models.JSONField(blank=True, default=list, verbose_name="values on which sources disagree"),
                ),
                (
                    "stated_intakes",
                    models.JSONField(blank=True, default=list, verbose_name="numbers, as sources state them"),
                ),
                (
                    "stated_fields",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="fields that a source states"
                    ),
                ),
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
                "verbose_name": "historical training programme",
                "verbose_name_plural": "historical training programmes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="clusters.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "Lead"),
                            ("founding", "Founding member"),
                            ("associated", "Associated member"),
                            ("incubator", "Incubator"),
                            ("other", "Partner"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("is_founding", models.BooleanField(default=False, verbose_name="founding")),
                ("source", models.URLField(blank=True, max_length=500, verbose_name="source")),
            ],
            options={
                "verbose_name": "consortium membership",
                "verbose_name_plural": "consortium memberships",
                "ordering": ["institution__name_key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cluster", "institution"),
                        name="clusters_membership_once",
                        violation_error_message="This institution is already a member of the cluster.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="First name, then family name, as they sign their papers.",
                        max_length=150,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                (
                    "family_name",
                    models.CharField(
                        blank=True,
                        help_text="The part of the name by which the person is filed and cited, with its particle where they are filed by it: Le Goffic. Left empty, it is proposed from the name.",
                        max_length=150,
                        verbose_name="family name",
                    ),
                ),
                ("name_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("sort_key", core.model_fields.KeyField(db_index=True, default="", editable=False, max_length=400)),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="address")),
                (
                    "orcid",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_orcid,
                        error_messages={"unique": "Another person already has this ORCID iD."},
                        help_text="For example 0000-0002-1825-0097.",
                        max_length=50,
                        null=True,
                        unique=True,
                        validators=[core.validators.ORCIDValidator()],
                        verbose_name="ORCID iD",
                    ),
                ),
                (
                    "orcid_claimed",
                    models.CharField(blank=True, default="", editable=False, max_length=50, verbose_name="ORCID iD"),
                ),
                ("website", models.URLField(blank=True, verbose_name="web page")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="The account with which this person follows their own chairs.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "account_address",
                    models.EmailField(
                        blank=True, default="", editable=False, max_length=254, verbose_name="address of the account"
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True,
                        help_text="Never public. Used to ask the person whether they agree to be named, until they have an account.",
                        max_length=254,
                        verbose_name="private e-mail address",
                    ),
                ),
                (
                    "contact_language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French")],
                        default="fr",
                        help_text="The language in which this person wishes to be written to.",
                        max_length=2,
                        verbose_name="language of the e-mails",
                    ),
                ),
                (
                    "registered_in",
                    models.ForeignKey(
                        blank=True,
                        help_text="The cluster whose staff entered this person.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="clusters.cluster",
                        verbose_name="registered by",
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
                (
                    "is_hidden",
                    models.BooleanField(
                        default=False,
                        help_text="The person asked not to be named: no public page, list, search or export names them.",
                        verbose_name="hidden from the public",
                    ),
                ),
                ("is_anonymised", models.BooleanField(default=False, editable=False, verbose_name="anonymised")),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Director",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="directors",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="directorships",
                        to="clusters.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("director", "Director"),
                            ("coordinator", "Coordinator"),
                            ("interim_coordinator", "Interim coordinator"),
                            ("project_lead", "Project lead"),
                            ("head_of_project", "Head of project"),
                        ],
                        max_length=30,
                        verbose_name="role",
                    ),
                ),
                ("since", models.CharField(blank=True, max_length=10, verbose_name="since")),
                (
                    "as_of",
                    models.CharField(
                        blank=True,
                        help_text="The date on which the source says so.",
                        max_length=10,
                        verbose_name="as of",
                    ),
                ),
                (
                    "is_current",
                    models.BooleanField(
                        blank=True, help_text="Unknown when no source says so.", null=True, verbose_name="current"
                    ),
                ),
                ("source", models.URLField(max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "director",
                "verbose_name_plural": "directors",
                "ordering": ["-since", "-as_of", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTheme",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("name_en", models.CharField(max_length=150, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=150, null=True, verbose_name="name")),
                ("name_key", core.model_fields.KeyField(editable=False, max_length=400)),
                ("slug", models.SlugField(max_length=100, verbose_name="address")),
                ("source", models.URLField(blank=True, max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
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
                "verbose_name": "historical theme",
                "verbose_name_plural": "historical themes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="clusters.phase",
                        verbose_name="phase",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="label")),
                ("label_en", models.CharField(max_length=200, null=True, verbose_name="label")),
                ("label_fr", models.CharField(max_length=200, null=True, verbose_name="label")),
                ("value", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="value")),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("planned", "planned"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="qualifier",
                    ),
                ),
                ("unit", models.CharField(max_length=40, verbose_name="unit")),
                ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                ("source", models.URLField(max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "stated figure",
                "verbose_name_plural": "stated figures",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StaffInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_invitations",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "Reader"),
                            ("editor", "Editor"),
                            ("finance", "Finance officer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("invited", "Invited"), ("accepted", "Accepted"), ("cancelled", "Cancelled")],
                        default="invited",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited at")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="answered or cancelled at")),
            ],
            options={
                "verbose_name": "invitation to a team",
                "verbose_name_plural": "invitations to a team",
                "ordering": ["-invited_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("coordinator", "auditor")), _negated=True),
                        name="clusters_staffinvitation_of_a_cluster",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "invited")),
                        fields=("cluster", "email"),
                        name="clusters_staffinvitation_one_open",
                        violation_error_message="This address has already been invited.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave empty for the national coordinator and the national auditor.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_roles",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "Reader"),
                            ("editor", "Editor"),
                            ("finance", "Finance officer"),
                            ("manager", "Manager"),
                            ("coordinator", "National coordinator"),
                            ("auditor", "National auditor"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "staff role",
                "verbose_name_plural": "staff roles",
                "ordering": ["cluster__name", "role"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "cluster", "role"),
                        name="clusters_staffrole_once",
                        violation_error_message="This person already has this role.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cluster", None)),
                        fields=("user", "role"),
                        name="clusters_staffrole_national_once",
                        violation_error_message="This person already has this role.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cluster", None), ("role__in", ("coordinator", "auditor"))),
                            models.Q(
                                ("cluster__isnull", False),
                                models.Q(("role__in", ("coordinator", "auditor")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="clusters_staffrole_scope",
                        violation_error_message="A national role has no cluster; every other role has one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatedCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("people_trained_a_year", "people trained a year"),
                            ("people_trained_a_year_continuing_education", "people in continuing education a year"),
                            ("people_trained", "people trained"),
                            ("students_reached", "students reached"),
                            ("students_made_aware", "students made aware"),
                            ("people_made_aware", "people made aware"),
                            ("staff_continuing_education", "teachers in continuing education"),
                            ("students_trained_multiple", "times as many students trained"),
                            ("new_programmes", "new training programmes"),
                            ("start_ups", "start-ups"),
                            ("projects_incubated", "projects that an incubator took in"),
                            ("partners", "partners"),
                            ("chairs", "chairs"),
                            ("academic_researchers", "academic researchers"),
                            ("phd_students_and_postdocs", "doctoral students and postdocs"),
                        ],
                        max_length=50,
                        verbose_name="of what",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("baseline", "starting point"), ("target", "target"), ("stated", "as stated")],
                        default="stated",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.phase",
                        verbose_name="phase",
                    ),
                ),
                (
                    "value",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="value",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("planned", "planned"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="qualifier",
                    ),
                ),
                ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                ("source", models.URLField(max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
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
                    "clusters",
                    models.ManyToManyField(
                        blank=True, related_name="stated_counts", to="clusters.cluster", verbose_name="clusters"
                    ),
                ),
            ],
            options={
                "verbose_name": "stated count",
                "verbose_name_plural": "stated counts",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="themes",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="themes",
                        to="clusters.phase",
                        verbose_name="phase",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("name_en", models.CharField(max_length=150, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=150, null=True, verbose_name="name")),
                ("name_key", core.model_fields.KeyField(editable=False, max_length=400)),
                ("slug", models.SlugField(max_length=100, verbose_name="address")),
                ("source", models.URLField(blank=True, max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["cluster__name", "name_key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cluster", "slug"),
                        name="clusters_theme_once",
                        violation_error_message="The cluster already has a theme at this address.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_programmes",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_en", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=200, null=True, verbose_name="name")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="Who it is for, what they learn, and what they can do afterwards.",
                        max_length=3000,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "summary_en",
                    models.TextField(
                        blank=True,
                        help_text="Who it is for, what they learn, and what they can do afterwards.",
                        max_length=3000,
                        null=True,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "summary_fr",
                    models.TextField(
                        blank=True,
                        help_text="Who it is for, what they learn, and what they can do afterwards.",
                        max_length=3000,
                        null=True,
                        verbose_name="in plain words",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bachelor", "Bachelor"),
                            ("master", "Master’s"),
                            ("doctoral", "Doctoral"),
                            ("executive", "Executive education"),
                            ("online", "Online"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ai_experts", "AI experts"),
                            ("other_disciplines", "Students of other disciplines"),
                            ("both", "AI experts and other disciplines"),
                        ],
                        max_length=20,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "teaching_language",
                    models.CharField(
                        blank=True,
                        choices=[("fr", "French"), ("en", "English"), ("both", "French and English")],
                        max_length=4,
                        verbose_name="language",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=150, verbose_name="place")),
                (
                    "built_with_industry",
                    models.BooleanField(
                        blank=True,
                        help_text="Unknown when nobody says so.",
                        null=True,
                        verbose_name="built with industry",
                    ),
                ),
                (
                    "starts",
                    models.CharField(
                        blank=True,
                        help_text="A year, or a year and a month: 2022-09.",
                        max_length=20,
                        verbose_name="since",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="An office, never a private address. It is public.",
                        max_length=200,
                        verbose_name="contact",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="web page")),
                ("application_page", models.URLField(blank=True, max_length=500, verbose_name="where to apply")),
                ("applications_open_on", models.DateField(blank=True, null=True, verbose_name="applications open on")),
                (
                    "apply_by",
                    models.DateField(blank=True, help_text="The last day.", null=True, verbose_name="apply by"),
                ),
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
                (
                    "conflicts",
                    models.JSONField(blank=True, default=list, verbose_name="values on which sources disagree"),
                ),
                (
                    "stated_intakes",
                    models.JSONField(blank=True, default=list, verbose_name="numbers, as sources state them"),
                ),
                (
                    "stated_fields",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="fields that a source states"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "shared_with",
                    models.ManyToManyField(
                        blank=True,
                        related_name="shared_training_programmes",
                        to="clusters.cluster",
                        verbose_name="shared with",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="training_programmes", to="clusters.theme", verbose_name="themes"
                    ),
                ),
                (
                    "institutions",
                    models.ManyToManyField(
                        blank=True,
                        related_name="training_programmes",
                        to="clusters.institution",
                        verbose_name="institutions and companies behind it",
                    ),
                ),
            ],
            options={
                "verbose_name": "training programme",
                "verbose_name_plural": "training programmes",
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["-updated_at", "-id"], name="clusters_training_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applications_open_on", None),
                            ("apply_by", None),
                            ("apply_by__gte", models.F("applications_open_on")),
                            _connector="OR",
                        ),
                        name="clusters_training_dates_in_order",
                        violation_error_message="Applications close before they open.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to="clusters.trainingprogramme",
                        verbose_name="training programme",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="The year in which it begins: 2025 for 2025–2026.",
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="academic year",
                    ),
                ),
                (
                    "enrolled",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="enrolled",
                    ),
                ),
                (
                    "completed",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="completed",
                    ),
                ),
                (
                    "women",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty where it is not stated.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="women",
                    ),
                ),
                (
                    "continuing",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Of those enrolled.",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="in continuing education",
                    ),
                ),
                ("source", models.URLField(blank=True, max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "intake",
                "verbose_name_plural": "intakes",
                "ordering": ["-year", "programme", "pk"],
                "indexes": [models.Index(fields=["year", "cluster"], name="clusters_intake_year")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "cluster", "year"),
                        name="clusters_intake_once",
                        violation_error_message="This cluster’s intake of this year is already there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed", None), ("completed__lte", models.F("enrolled")), _connector="OR"
                        ),
                        name="clusters_intake_completed_of_enrolled",
                        violation_error_message="More people completed it than enrolled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("women", None), ("women__lte", models.F("enrolled")), _connector="OR"),
                        name="clusters_intake_women_of_enrolled",
                        violation_error_message="More women than people enrolled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("continuing__lte", models.F("enrolled"))),
                        name="clusters_intake_continuing_of_enrolled",
                        violation_error_message="More people in continuing education than enrolled.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalIntake",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="The year in which it begins: 2025 for 2025–2026.",
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="academic year",
                    ),
                ),
                (
                    "enrolled",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="enrolled",
                    ),
                ),
                (
                    "completed",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="completed",
                    ),
                ),
                (
                    "women",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty where it is not stated.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="women",
                    ),
                ),
                (
                    "continuing",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Of those enrolled.",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="in continuing education",
                    ),
                ),
                ("source", models.URLField(blank=True, max_length=500, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
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
                "verbose_name": "historical intake",
                "verbose_name_plural": "historical intakes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ChangeRequest",
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
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("record", models.BigIntegerField(verbose_name="record")),
                ("name", models.CharField(max_length=300, verbose_name="what it is about")),
                (
                    "before",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="before"),
                ),
                (
                    "values",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="proposed"),
                ),
                ("why", models.TextField(max_length=1000, verbose_name="why")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("is_confirmed", models.BooleanField(blank=True, null=True, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "change that asks for a second person",
                "verbose_name_plural": "changes that ask for a second person",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="clusters_change_of_two_people",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("kind", "record"),
                        name="clusters_change_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegations",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "delegator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="on behalf of",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
            ],
            options={
                "verbose_name": "delegation",
                "verbose_name_plural": "delegations",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("delegator", models.F("stand_in")), _negated=True),
                        name="clusters_delegation_to_somebody_else",
                        violation_error_message="Nobody stands in for themselves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="clusters_delegation_days_in_order",
                        violation_error_message="The last day comes before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntakeOverlap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "people",
                    models.PositiveIntegerField(
                        help_text="Those whom each of these intakes counts, and no other.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="people",
                    ),
                ),
                (
                    "completed",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="of whom completed it",
                    ),
                ),
                (
                    "women",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="of whom women",
                    ),
                ),
                (
                    "continuing",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="of whom in continuing education",
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="How you know.", max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "overlap of intakes",
                "verbose_name_plural": "overlaps of intakes",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("people__gte", 1)),
                        name="clusters_overlap_of_somebody",
                        violation_error_message="Enter at least one person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed", None), ("completed__lte", models.F("people")), _connector="OR"
                        ),
                        name="clusters_overlap_completed_of_people",
                        violation_error_message="More than the people of the overlap.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("women", None), ("women__lte", models.F("people")), _connector="OR"),
                        name="clusters_overlap_women_of_people",
                        violation_error_message="More than the people of the overlap.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("continuing", None), ("continuing__lte", models.F("people")), _connector="OR"
                        ),
                        name="clusters_overlap_continuing_of_people",
                        violation_error_message="More than the people of the overlap.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalOverlapPart",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "overlap",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.intakeoverlap",
                        verbose_name="overlap of intakes",
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.intake",
                        verbose_name="intake",
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
                "verbose_name": "historical intake in an overlap",
                "verbose_name_plural": "historical intakes in overlaps",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="OverlapPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "overlap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="clusters.intakeoverlap",
                        verbose_name="overlap of intakes",
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overlap_parts",
                        to="clusters.intake",
                        verbose_name="intake",
                    ),
                ),
            ],
            options={
                "verbose_name": "intake in an overlap",
                "verbose_name_plural": "intakes in overlaps",
                "ordering": ["overlap", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("overlap", "intake"),
                        name="clusters_overlap_part_once",
                        violation_error_message="This intake is already in the overlap.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="cluster",
            name="members",
            field=models.ManyToManyField(
                related_name="clusters",
                through="clusters.Membership",
                to="clusters.institution",
                verbose_name="members",
            ),
        ),
        migrations.AddField(
            model_name="intakeoverlap",
            name="intakes",
            field=models.ManyToManyField(
                related_name="overlaps",
                through="clusters.OverlapPart",
                to="clusters.intake",
                verbose_name="intakes that count them",
            ),
        ),
    ]
