import core.identifiers
import core.model_fields
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cluster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
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
            name="HistoricalCluster",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, verbose_name="address")),
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="clusters.institution",
                        verbose_name="institution",
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
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "Lead"),
                            ("founding", "Founding member"),
                            ("associated", "Associated member"),
                            ("other", "Partner"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("is_founding", models.BooleanField(default=False, verbose_name="founding")),
                ("source", models.URLField(blank=True, max_length=500, verbose_name="source")),
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
            ],
            options={
                "verbose_name": "director",
                "verbose_name_plural": "directors",
                "ordering": ["-since", "-as_of", "pk"],
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "stated figure",
                "verbose_name_plural": "stated figures",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
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
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
    ]
