import core.identifiers
import core.model_fields
import core.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import partners.models.partner
import partners.validators
import simple_history.models
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
            name="HistoricalPartner",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="The registered name of the organisation.",
                        max_length=200,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                ("name_key", core.model_fields.KeyField(db_index=True, editable=False, max_length=400)),
                ("slug", models.SlugField(max_length=100, verbose_name="address")),
                ("country", models.CharField(default="FR", max_length=2, verbose_name="country")),
                (
                    "siren",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_siren,
                        db_index=True,
                        error_messages={"unique": "This organisation is already registered: ask to join it instead."},
                        help_text="The nine digits of the French company register; required for organisations in France.",
                        max_length=20,
                        null=True,
                        validators=[partners.validators.SIRENValidator()],
                        verbose_name="SIREN",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("energy", "Energy and environment"),
                            ("health", "Health and pharmacy"),
                            ("transport", "Transport and mobility"),
                            ("aerospace", "Aerospace and defence"),
                            ("manufacturing", "Manufacturing"),
                            ("digital", "Software and digital services"),
                            ("finance", "Banking and insurance"),
                            ("culture", "Culture and media"),
                            ("agrifood", "Agriculture and food"),
                            ("public", "Public service"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("startup", "Start-up"),
                            ("sme", "Small or medium-sized (under 250 people)"),
                            ("mid", "Mid-sized (250 to 4,999 people)"),
                            ("large", "Large (5,000 people or more)"),
                            ("not_a_company", "Not a company"),
                        ],
                        max_length=20,
                        verbose_name="size",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "legal_form",
                    models.CharField(
                        blank=True,
                        help_text="As in the company register: SAS, SA, association…",
                        max_length=60,
                        verbose_name="legal form",
                    ),
                ),
                (
                    "registered_office",
                    models.TextField(
                        blank=True,
                        help_text="The postal address of the registered office: agreements and the tax receipt of a gift name it.",
                        max_length=300,
                        verbose_name="registered office",
                    ),
                ),
                ("logo", models.TextField(blank=True, editable=False, max_length=100, verbose_name="logo")),
                (
                    "logo_kind",
                    models.CharField(
                        blank=True,
                        choices=[("pdf", "PDF"), ("docx", "DOCX"), ("odt", "ODT"), ("png", "PNG"), ("jpeg", "JPEG")],
                        editable=False,
                        max_length=10,
                        verbose_name="type of the logo",
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
                    "registered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="registered at"
                    ),
                ),
                (
                    "registered_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="entered by the office of",
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
                "verbose_name": "historical partner",
                "verbose_name_plural": "historical partners",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="The registered name of the organisation.",
                        max_length=200,
                        validators=[core.validators.NameValidator()],
                        verbose_name="name",
                    ),
                ),
                ("name_key", core.model_fields.KeyField(db_index=True, editable=False, max_length=400)),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="address")),
                ("country", models.CharField(default="FR", max_length=2, verbose_name="country")),
                (
                    "siren",
                    core.model_fields.IdentifierField(
                        blank=True,
                        compact=core.identifiers.compact_siren,
                        error_messages={"unique": "This organisation is already registered: ask to join it instead."},
                        help_text="The nine digits of the French company register; required for organisations in France.",
                        max_length=20,
                        null=True,
                        unique=True,
                        validators=[partners.validators.SIRENValidator()],
                        verbose_name="SIREN",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("energy", "Energy and environment"),
                            ("health", "Health and pharmacy"),
                            ("transport", "Transport and mobility"),
                            ("aerospace", "Aerospace and defence"),
                            ("manufacturing", "Manufacturing"),
                            ("digital", "Software and digital services"),
                            ("finance", "Banking and insurance"),
                            ("culture", "Culture and media"),
                            ("agrifood", "Agriculture and food"),
                            ("public", "Public service"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("startup", "Start-up"),
                            ("sme", "Small or medium-sized (under 250 people)"),
                            ("mid", "Mid-sized (250 to 4,999 people)"),
                            ("large", "Large (5,000 people or more)"),
                            ("not_a_company", "Not a company"),
                        ],
                        max_length=20,
                        verbose_name="size",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "legal_form",
                    models.CharField(
                        blank=True,
                        help_text="As in the company register: SAS, SA, association…",
                        max_length=60,
                        verbose_name="legal form",
                    ),
                ),
                (
                    "registered_office",
                    models.TextField(
                        blank=True,
                        help_text="The postal address of the registered office: agreements and the tax receipt of a gift name it.",
                        max_length=300,
                        verbose_name="registered office",
                    ),
                ),
                (
                    "logo",
                    models.FileField(
                        blank=True, editable=False, upload_to=partners.models.partner.logo_path, verbose_name="logo"
                    ),
                ),
                (
                    "logo_kind",
                    models.CharField(
                        blank=True,
                        choices=[("pdf", "PDF"), ("docx", "DOCX"), ("odt", "ODT"), ("png", "PNG"), ("jpeg", "JPEG")],
                        editable=False,
                        max_length=10,
                        verbose_name="type of the logo",
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
                    "registered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="registered at"
                    ),
                ),
                (
                    "registered_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="entered by the office of",
                    ),
                ),
                (
                    "known_in",
                    models.ManyToManyField(
                        blank=True, editable=False, related_name="+", to="clusters.cluster", verbose_name="known in"
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ["name_key", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country", "FR"), _negated=True), ("siren__isnull", False), _connector="OR"
                        ),
                        name="partners_partner_french_has_siren",
                        violation_error_message="An organisation in France has a SIREN number.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="partners.partner",
                        verbose_name="partner",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                ("job_title", models.CharField(blank=True, max_length=100, verbose_name="position held")),
                (
                    "is_primary",
                    models.BooleanField(default=False, help_text="Admits colleagues.", verbose_name="primary contact"),
                ),
                (
                    "is_signatory",
                    models.BooleanField(
                        default=False, help_text="May sign agreements for the partner.", verbose_name="signatory"
                    ),
                ),
                (
                    "is_accounting",
                    models.BooleanField(
                        default=False, help_text="Receives what concerns payments.", verbose_name="accounting"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("removed", "Removed"),
                        ],
                        default="requested",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="requested at"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
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
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["partner", "requested_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "user"),
                        name="partners_contact_once",
                        violation_error_message="This person is already a contact of the partner.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="office_contacts",
                        to="partners.partner",
                        verbose_name="partner",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9 ().-]{6,30}$",
                                "Enter a telephone number: digits, spaces and a leading + alone.",
                            )
                        ],
                        verbose_name="telephone",
                    ),
                ),
                ("job_title", models.CharField(blank=True, max_length=100, verbose_name="position held")),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False, help_text="Admits and invites colleagues.", verbose_name="primary contact"
                    ),
                ),
                (
                    "is_signatory",
                    models.BooleanField(
                        default=False, help_text="May sign agreements for the partner.", verbose_name="signatory"
                    ),
                ),
                (
                    "is_accounting",
                    models.BooleanField(
                        default=False, help_text="Receives what concerns payments.", verbose_name="accounting"
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
            ],
            options={
                "verbose_name": "contact kept by an office",
                "verbose_name_plural": "contacts kept by an office",
                "ordering": ["partner", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("partner", "cluster", "email"),
                        name="partners_office_contact_once",
                        violation_error_message="This address is already there among the contacts of the partner.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="partners.partner",
                        verbose_name="partner",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False, help_text="Admits and invites colleagues.", verbose_name="primary contact"
                    ),
                ),
                (
                    "is_signatory",
                    models.BooleanField(
                        default=False, help_text="May sign agreements for the partner.", verbose_name="signatory"
                    ),
                ),
                (
                    "is_accounting",
                    models.BooleanField(
                        default=False, help_text="Receives what concerns payments.", verbose_name="accounting"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("accepted", "Accepted"),
                            ("expired", "Expired"),
                            ("cancelled", "Cancelled"),
                        ],
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
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="answered or cancelled at")),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="partners.contact",
                        verbose_name="contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["partner", "-invited_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "invited")),
                        fields=("partner", "email"),
                        name="partners_invitation_once",
                        violation_error_message="This address has already been invited.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True), ("contact__isnull", False), _connector="OR"
                        ),
                        name="partners_invitation_accepted_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalContact",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("job_title", models.CharField(blank=True, max_length=100, verbose_name="position held")),
                (
                    "is_primary",
                    models.BooleanField(default=False, help_text="Admits colleagues.", verbose_name="primary contact"),
                ),
                (
                    "is_signatory",
                    models.BooleanField(
                        default=False, help_text="May sign agreements for the partner.", verbose_name="signatory"
                    ),
                ),
                (
                    "is_accounting",
                    models.BooleanField(
                        default=False, help_text="Receives what concerns payments.", verbose_name="accounting"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("removed", "Removed"),
                        ],
                        default="requested",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="requested at"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="partner",
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
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
                "verbose_name": "historical contact",
                "verbose_name_plural": "historical contacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
