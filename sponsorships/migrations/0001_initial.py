import core.models.kept_file
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import sponsorships.models.agreement
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("chairs", "0001_initial"),
        ("clusters", "0001_initial"),
        ("partners", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        help_text="A short word for it, which never changes. Readers see the title.",
                        max_length=40,
                        unique=True,
                        verbose_name="key",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("patronage", "Patronage (mécénat): a gift"),
                            ("partnership", "Research partnership: a contract"),
                        ],
                        help_text="Leave empty for both regimes.",
                        max_length=20,
                        verbose_name="regime",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("always", "In every agreement"),
                            ("cash", "Where cash is given"),
                            ("valued", "Where something is given in kind or skills"),
                            ("cifre", "With a Cifre thesis"),
                            ("other_parties", "Where other parties are bound"),
                            ("public", "Name and amount may be published"),
                            ("band", "Name, and the amount as a band (“€50,000 to €100,000”)"),
                            ("name_only", "Name only; the amount stays private"),
                            ("anonymous", "Neither name nor amount"),
                            ("amendment", "In every amendment"),
                        ],
                        default="always",
                        max_length=20,
                        verbose_name="called for",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Clauses are ordered by this number.", verbose_name="position"
                    ),
                ),
                (
                    "is_used",
                    models.BooleanField(
                        default=True,
                        help_text="Untick instead of deleting: issued agreements keep the text.",
                        verbose_name="in use",
                    ),
                ),
            ],
            options={
                "verbose_name": "clause",
                "verbose_name_plural": "clauses",
                "ordering": ["position", "key"],
            },
        ),
        migrations.CreateModel(
            name="Sponsorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Made by the form before it is sent, so that two clicks make one record.",
                        unique=True,
                    ),
                ),
                (
                    "short_reference",
                    models.CharField(editable=False, max_length=20, unique=True, verbose_name="reference"),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="chairs.chair",
                        verbose_name="chair",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="partners.partner",
                        verbose_name="partner",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        help_text="An activity that the chair has posted. Leave empty to propose your own below.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="chairs.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "proposal",
                    models.TextField(
                        blank=True,
                        help_text="The extra research that you would like to fund, if the chair has not posted it.",
                        max_length=5000,
                        verbose_name="your own proposal",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("patronage", "Patronage (mécénat): a gift"),
                            ("partnership", "Research partnership: a contract"),
                        ],
                        max_length=20,
                        verbose_name="regime",
                    ),
                ),
                (
                    "cash_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In euros, net of VAT.",
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="cash (€)",
                    ),
                ),
                (
                    "in_kind_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Data, computing, equipment: your valuation in euros, net of VAT.",
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="in kind (€)",
                    ),
                ),
                (
                    "skills_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="People's time: your valuation in euros, net of VAT.",
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="skills (€)",
                    ),
                ),
                (
                    "in_kind_description",
                    models.TextField(
                        blank=True,
                        help_text="What it is, and how you valued it.",
                        max_length=2000,
                        verbose_name="what is given in kind or skills",
                    ),
                ),
                (
                    "is_cifre",
                    models.BooleanField(
                        default=False,
                        help_text="Only in a research partnership.",
                        verbose_name="includes a Cifre thesis",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "purpose",
                    models.TextField(
                        blank=True,
                        help_text="What you hope for, in a few sentences.",
                        max_length=5000,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "confidentiality",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "Name and amount may be published"),
                            ("band", "Name, and the amount as a band (“€50,000 to €100,000”)"),
                            ("name_only", "Name only; the amount stays private"),
                            ("anonymous", "Neither name nor amount"),
                        ],
                        default="public",
                        max_length=20,
                        verbose_name="what the public may see",
                    ),
                ),
                (
                    "named_from",
                    models.DateField(
                        blank=True,
                        help_text="Before this date nothing about the sponsorship is public. Leave empty to publish from acceptance on.",
                        null=True,
                        verbose_name="name published from",
                    ),
                ),
                (
                    "amount_from",
                    models.DateField(
                        blank=True,
                        help_text="Before this date no amount is public, not even as a band. Leave empty to publish it with the name.",
                        null=True,
                        verbose_name="amount published from",
                    ),
                ),
                (
                    "shows_logo",
                    models.BooleanField(
                        default=False,
                        help_text="Your logo may appear beside your name, once your name may be published.",
                        verbose_name="show the logo",
                    ),
                ),
                (
                    "is_exclusive",
                    models.BooleanField(
                        default=False,
                        help_text="Your organisation asks to be the only one from its sector: in the activity that you chose, or in the whole chair with a proposal of your own. The cluster's office decides on it.",
                        verbose_name="exclusivity",
                    ),
                ),
                (
                    "counterparts_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        help_text="What the partner gets back for a gift, as the cluster's office values it, in euros net of VAT.",
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="value of the counterparts (€)",
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who will sign for your organisation.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.contact",
                        verbose_name="signatory",
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
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "taken_over_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="taken over by the partner at"
                    ),
                ),
                (
                    "taken_over_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken over by",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Counts the saves, so that a form opened earlier cannot overwrite a later one.",
                        verbose_name="revision",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("in_review", "In review"),
                            ("changes_requested", "Changes requested"),
                            ("accepted", "Accepted"),
                            ("active", "Active"),
                            ("completed", "Completed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("terminated", "Terminated"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")),
                (
                    "review_started_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="review started at"),
                ),
                (
                    "changes_requested_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="changes requested at"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="accepted at"),
                ),
                (
                    "activated_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="activated at"),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="completed at"),
                ),
                (
                    "declined_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="declined at"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "terminated_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="terminated at"),
                ),
                (
                    "terminated_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="ended early on"),
                ),
            ],
            options={
                "verbose_name": "sponsorship",
                "verbose_name_plural": "sponsorships",
                "ordering": ["-updated_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-submitted_at", "-id"], name="sponsorships_latest"),
                    models.Index(fields=["status", "submitted_at"], name="sponsorships_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_dates_in_order",
                        violation_error_message="The period ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_over_at", None), ("taken_over_by", None)),
                            models.Q(("taken_over_at__isnull", False), ("taken_over_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_taken_over_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cash_amount", None), ("cash_amount__gte", Decimal("0.00")), _connector="OR"
                        ),
                        name="sponsorships_sponsorship_cash_amount_positive",
                        violation_error_message="An amount cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_kind_amount", None), ("in_kind_amount__gte", Decimal("0.00")), _connector="OR"
                        ),
                        name="sponsorships_sponsorship_in_kind_amount_positive",
                        violation_error_message="An amount cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("skills_amount", None), ("skills_amount__gte", Decimal("0.00")), _connector="OR"
                        ),
                        name="sponsorships_sponsorship_skills_amount_positive",
                        violation_error_message="An amount cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counterparts_value", None), ("counterparts_value__gte", Decimal("0.00")), _connector="OR"
                        ),
                        name="sponsorships_sponsorship_counterparts_value_positive",
                        violation_error_message="An amount cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_cifre", False), models.Q(("regime", "patronage"), _negated=True), _connector="OR"
                        ),
                        name="sponsorships_sponsorship_cifre_is_partnership",
                        violation_error_message="A Cifre thesis needs a research partnership: a gift cannot pay for one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "submitted"), _negated=True),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_submitted_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "in_review"), _negated=True),
                            ("review_started_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_in_review_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "changes_requested"), _negated=True),
                            ("changes_requested_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_changes_requested_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_accepted_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "active"), _negated=True),
                            ("activated_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_active_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "completed"), _negated=True),
                            ("completed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_completed_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            ("declined_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_declined_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_withdrawn_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "terminated"), _negated=True),
                            ("terminated_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_sponsorship_terminated_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UncountedChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sponsorship_id", models.BigIntegerField(db_index=True)),
            ],
            options={
                "verbose_name": "uncounted change",
                "verbose_name_plural": "uncounted changes",
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                (
                    "path",
                    models.CharField(
                        choices=[
                            ("generated", "Generated here, for signature"),
                            ("elsewhere", "Signed elsewhere, recorded here"),
                        ],
                        max_length=10,
                        verbose_name="how it is signed",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "French"), ("en", "English")],
                        default="fr",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "managing_institution",
                    models.ForeignKey(
                        blank=True,
                        help_text="It signs with the partner, and invoices or calls the money in its own books.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="clusters.institution",
                        verbose_name="managing institution",
                    ),
                ),
                (
                    "other_parties",
                    models.TextField(
                        blank=True,
                        help_text="The other supervising bodies or companies that are bound by it, one per line.",
                        max_length=1000,
                        verbose_name="other parties",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="chairs.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "cash_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        help_text="In euros, net of VAT: the total, not the change.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="cash (€)",
                    ),
                ),
                (
                    "in_kind_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        help_text="The partner's valuation, in euros net of VAT.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="in kind (€)",
                    ),
                ),
                (
                    "skills_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        help_text="The partner's valuation, in euros net of VAT.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="skills (€)",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "effective_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Figures before this date do not change.",
                        verbose_name="takes effect on",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why the terms change.",
                        max_length=2000,
                        verbose_name="reason for the amendment",
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.contact",
                        verbose_name="signatory of the partner",
                    ),
                ),
                (
                    "signed_on",
                    models.DateField(
                        blank=True, help_text="For an agreement signed elsewhere.", null=True, verbose_name="signed on"
                    ),
                ),
                (
                    "signatories",
                    models.TextField(
                        blank=True,
                        help_text="For an agreement signed elsewhere: name and capacity, one per line.",
                        max_length=1000,
                        verbose_name="who signed",
                    ),
                ),
                ("frozen", models.JSONField(blank=True, default=dict, editable=False, verbose_name="text as issued")),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=sponsorships.models.agreement.kept_path, verbose_name="document"
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True, db_index=True, editable=False, max_length=64, verbose_name="fingerprint"
                    ),
                ),
                (
                    "signature_page",
                    models.FileField(
                        blank=True, upload_to=sponsorships.models.agreement.kept_path, verbose_name="signature page"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
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
                            ("awaiting", "Awaiting signature"),
                            ("signed", "Signed"),
                            ("recorded", "Recorded as signed elsewhere"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("issued_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="issued at")),
                (
                    "partner_signed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="signed by the partner at"
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="countersigned at"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="recorded at"),
                ),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="made void at")),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["sponsorship", "number"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="sponsorships_agreement_latest"),
                    models.Index(fields=["status", "created_at"], name="sponsorships_agreement_waiting"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sponsorship", "number"), name="sponsorships_agreement_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["draft", "awaiting"])),
                        fields=("sponsorship",),
                        name="sponsorships_agreement_one_open",
                        violation_error_message="An agreement of this sponsorship is already being prepared or signed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="sponsorships_agreement_dates_in_order",
                        violation_error_message="The period ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cash_amount__gte", 0)),
                        name="sponsorships_agreement_cash_positive",
                        violation_error_message="An amount cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_kind_amount__gte", 0)),
                        name="sponsorships_agreement_in_kind_positive",
                        violation_error_message="An amount cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("skills_amount__gte", 0)),
                        name="sponsorships_agreement_skills_positive",
                        violation_error_message="An amount cannot be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "awaiting"), _negated=True),
                            ("issued_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_agreement_awaiting_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "signed"), _negated=True), ("signed_at__isnull", False), _connector="OR"
                        ),
                        name="sponsorships_agreement_signed_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "recorded"), _negated=True),
                            ("recorded_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_agreement_recorded_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "void"), _negated=True), ("voided_at__isnull", False), _connector="OR"
                        ),
                        name="sponsorships_agreement_void_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementTransition",
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
                        to="sponsorships.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement transition",
                "verbose_name_plural": "agreement transitions",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CountedSponsorship",
            fields=[
                (
                    "sponsorship",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("facts", models.TextField()),
                ("changes_on", models.DateField(db_index=True, null=True)),
            ],
            options={
                "verbose_name": "counted sponsorship",
                "verbose_name_plural": "counted sponsorships",
            },
        ),
        migrations.CreateModel(
            name="ConflictResolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("employer", "The partner is close to an investigator"),
                            ("exclusivity", "Exclusivity"),
                            ("beyond_target", "More is offered than the activity needs"),
                            ("counterparts", "Counterparts of a gift"),
                        ],
                        max_length=20,
                        verbose_name="conflict",
                    ),
                ),
                ("facts", models.CharField(max_length=64, verbose_name="fingerprint of the facts")),
                ("conflict", models.TextField(verbose_name="what the conflict was")),
                ("text", models.TextField(max_length=2000, verbose_name="resolution")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
            ],
            options={
                "verbose_name": "resolution of a conflict",
                "verbose_name_plural": "resolutions of conflicts",
                "ordering": ["sponsorship", "at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sponsorship", "kind", "facts"),
                        name="sponsorships_resolution_once",
                        violation_error_message="This conflict has already been resolved.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="sponsorships_resolution_says_something",
                        violation_error_message="Write how the conflict is resolved.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="endorsed by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="endorsed at")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
            ],
            options={
                "verbose_name": "endorsement",
                "verbose_name_plural": "endorsements",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("sponsorship", "by"),
                        name="sponsorships_endorsement_once",
                        violation_error_message="This person has already endorsed the proposal.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("reference", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                (
                    "path",
                    models.CharField(
                        choices=[
                            ("generated", "Generated here, for signature"),
                            ("elsewhere", "Signed elsewhere, recorded here"),
                        ],
                        max_length=10,
                        verbose_name="how it is signed",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "French"), ("en", "English")],
                        default="fr",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "other_parties",
                    models.TextField(
                        blank=True,
                        help_text="The other supervising bodies or companies that are bound by it, one per line.",
                        max_length=1000,
                        verbose_name="other parties",
                    ),
                ),
                (
                    "cash_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        help_text="In euros, net of VAT: the total, not the change.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="cash (€)",
                    ),
                ),
                (
                    "in_kind_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        help_text="The partner's valuation, in euros net of VAT.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="in kind (€)",
                    ),
                ),
                (
                    "skills_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        help_text="The partner's valuation, in euros net of VAT.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="skills (€)",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "effective_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Figures before this date do not change.",
                        verbose_name="takes effect on",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Why the terms change.",
                        max_length=2000,
                        verbose_name="reason for the amendment",
                    ),
                ),
                (
                    "signed_on",
                    models.DateField(
                        blank=True, help_text="For an agreement signed elsewhere.", null=True, verbose_name="signed on"
                    ),
                ),
                (
                    "signatories",
                    models.TextField(
                        blank=True,
                        help_text="For an agreement signed elsewhere: name and capacity, one per line.",
                        max_length=1000,
                        verbose_name="who signed",
                    ),
                ),
                ("frozen", models.JSONField(blank=True, default=dict, editable=False, verbose_name="text as issued")),
                ("file", models.TextField(blank=True, max_length=100, verbose_name="document")),
                (
                    "sha256",
                    models.CharField(
                        blank=True, db_index=True, editable=False, max_length=64, verbose_name="fingerprint"
                    ),
                ),
                ("signature_page", models.TextField(blank=True, max_length=100, verbose_name="signature page")),
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
                            ("awaiting", "Awaiting signature"),
                            ("signed", "Signed"),
                            ("recorded", "Recorded as signed elsewhere"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("issued_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="issued at")),
                (
                    "partner_signed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="signed by the partner at"
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="countersigned at"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="recorded at"),
                ),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="made void at")),
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
                    "managing_institution",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="It signs with the partner, and invoices or calls the money in its own books.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clusters.institution",
                        verbose_name="managing institution",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="chairs.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.contact",
                        verbose_name="signatory of the partner",
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
                        verbose_name="created by",
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
                "verbose_name": "historical agreement",
                "verbose_name_plural": "historical agreements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClause",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        help_text="A short word for it, which never changes. Readers see the title.",
                        max_length=40,
                        verbose_name="key",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("patronage", "Patronage (mécénat): a gift"),
                            ("partnership", "Research partnership: a contract"),
                        ],
                        help_text="Leave empty for both regimes.",
                        max_length=20,
                        verbose_name="regime",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("always", "In every agreement"),
                            ("cash", "Where cash is given"),
                            ("valued", "Where something is given in kind or skills"),
                            ("cifre", "With a Cifre thesis"),
                            ("other_parties", "Where other parties are bound"),
                            ("public", "Name and amount may be published"),
                            ("band", "Name, and the amount as a band (“€50,000 to €100,000”)"),
                            ("name_only", "Name only; the amount stays private"),
                            ("anonymous", "Neither name nor amount"),
                            ("amendment", "In every amendment"),
                        ],
                        default="always",
                        max_length=20,
                        verbose_name="called for",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Clauses are ordered by this number.", verbose_name="position"
                    ),
                ),
                (
                    "is_used",
                    models.BooleanField(
                        default=True,
                        help_text="Untick instead of deleting: issued agreements keep the text.",
                        verbose_name="in use",
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
                "verbose_name": "historical clause",
                "verbose_name_plural": "historical clauses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalInstalment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="In euros, net of VAT.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="amount (€)",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[("date", "A date"), ("report", "An accepted report"), ("milestone", "A milestone")],
                        default="date",
                        max_length=10,
                        verbose_name="condition",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                (
                    "milestone",
                    models.CharField(
                        blank=True,
                        help_text="What must be achieved, or which report must be accepted.",
                        max_length=200,
                        verbose_name="milestone",
                    ),
                ),
                ("report_from", models.DateField(blank=True, null=True, verbose_name="report from")),
                ("report_until", models.DateField(blank=True, null=True, verbose_name="report until")),
                (
                    "superseded_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="no longer in force since"),
                ),
                (
                    "invoice_number",
                    models.CharField(
                        blank=True, editable=False, max_length=60, verbose_name="number of the invoice or call"
                    ),
                ),
                (
                    "invoiced_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="invoiced or called on"),
                ),
                (
                    "purchase_order",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="purchase order"),
                ),
                ("payable_on", models.DateField(blank=True, editable=False, null=True, verbose_name="payable by")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("due", "Due"),
                            ("invoiced", "Invoiced or called"),
                            ("received", "Received"),
                            ("written_off", "Written off"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="due since")),
                (
                    "invoiced_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="invoiced at"),
                ),
                (
                    "received_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="received at"),
                ),
                (
                    "written_off_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="written off at"),
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
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sponsorships.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sponsorships.agreement",
                        verbose_name="rescheduled by",
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
                "verbose_name": "historical instalment",
                "verbose_name_plural": "historical instalments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSponsorship",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "reference",
                    models.UUIDField(
                        db_index=True,
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Made by the form before it is sent, so that two clicks make one record.",
                    ),
                ),
                (
                    "short_reference",
                    models.CharField(db_index=True, editable=False, max_length=20, verbose_name="reference"),
                ),
                (
                    "proposal",
                    models.TextField(
                        blank=True,
                        help_text="The extra research that you would like to fund, if the chair has not posted it.",
                        max_length=5000,
                        verbose_name="your own proposal",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("patronage", "Patronage (mécénat): a gift"),
                            ("partnership", "Research partnership: a contract"),
                        ],
                        max_length=20,
                        verbose_name="regime",
                    ),
                ),
                (
                    "cash_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In euros, net of VAT.",
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="cash (€)",
                    ),
                ),
                (
                    "in_kind_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Data, computing, equipment: your valuation in euros, net of VAT.",
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="in kind (€)",
                    ),
                ),
                (
                    "skills_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="People's time: your valuation in euros, net of VAT.",
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="skills (€)",
                    ),
                ),
                (
                    "in_kind_description",
                    models.TextField(
                        blank=True,
                        help_text="What it is, and how you valued it.",
                        max_length=2000,
                        verbose_name="what is given in kind or skills",
                    ),
                ),
                (
                    "is_cifre",
                    models.BooleanField(
                        default=False,
                        help_text="Only in a research partnership.",
                        verbose_name="includes a Cifre thesis",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "purpose",
                    models.TextField(
                        blank=True,
                        help_text="What you hope for, in a few sentences.",
                        max_length=5000,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "confidentiality",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "Name and amount may be published"),
                            ("band", "Name, and the amount as a band (“€50,000 to €100,000”)"),
                            ("name_only", "Name only; the amount stays private"),
                            ("anonymous", "Neither name nor amount"),
                        ],
                        default="public",
                        max_length=20,
                        verbose_name="what the public may see",
                    ),
                ),
                (
                    "named_from",
                    models.DateField(
                        blank=True,
                        help_text="Before this date nothing about the sponsorship is public. Leave empty to publish from acceptance on.",
                        null=True,
                        verbose_name="name published from",
                    ),
                ),
                (
                    "amount_from",
                    models.DateField(
                        blank=True,
                        help_text="Before this date no amount is public, not even as a band. Leave empty to publish it with the name.",
                        null=True,
                        verbose_name="amount published from",
                    ),
                ),
                (
                    "shows_logo",
                    models.BooleanField(
                        default=False,
                        help_text="Your logo may appear beside your name, once your name may be published.",
                        verbose_name="show the logo",
                    ),
                ),
                (
                    "is_exclusive",
                    models.BooleanField(
                        default=False,
                        help_text="Your organisation asks to be the only one from its sector: in the activity that you chose, or in the whole chair with a proposal of your own. The cluster's office decides on it.",
                        verbose_name="exclusivity",
                    ),
                ),
                (
                    "counterparts_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        help_text="What the partner gets back for a gift, as the cluster's office values it, in euros net of VAT.",
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("120000000.00")),
                        ],
                        verbose_name="value of the counterparts (€)",
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
                    "taken_over_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="taken over by the partner at"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed at")),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Counts the saves, so that a form opened earlier cannot overwrite a later one.",
                        verbose_name="revision",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("in_review", "In review"),
                            ("changes_requested", "Changes requested"),
                            ("accepted", "Accepted"),
                            ("active", "Active"),
                            ("completed", "Completed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("terminated", "Terminated"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")),
                (
                    "review_started_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="review started at"),
                ),
                (
                    "changes_requested_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="changes requested at"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="accepted at"),
                ),
                (
                    "activated_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="activated at"),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="completed at"),
                ),
                (
                    "declined_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="declined at"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "terminated_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="terminated at"),
                ),
                (
                    "terminated_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="ended early on"),
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
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="An activity that the chair has posted. Leave empty to propose your own below.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="chairs.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who will sign for your organisation.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.contact",
                        verbose_name="signatory",
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
                        verbose_name="created by",
                    ),
                ),
                (
                    "taken_over_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken over by",
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
                "verbose_name": "historical sponsorship",
                "verbose_name_plural": "historical sponsorships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="sponsorships.agreement",
                        verbose_name="agreement",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="In euros, net of VAT.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="amount (€)",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[("date", "A date"), ("report", "An accepted report"), ("milestone", "A milestone")],
                        default="date",
                        max_length=10,
                        verbose_name="condition",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                (
                    "milestone",
                    models.CharField(
                        blank=True,
                        help_text="What must be achieved, or which report must be accepted.",
                        max_length=200,
                        verbose_name="milestone",
                    ),
                ),
                ("report_from", models.DateField(blank=True, null=True, verbose_name="report from")),
                ("report_until", models.DateField(blank=True, null=True, verbose_name="report until")),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_instalments",
                        to="sponsorships.agreement",
                        verbose_name="rescheduled by",
                    ),
                ),
                (
                    "superseded_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="no longer in force since"),
                ),
                (
                    "invoice_number",
                    models.CharField(
                        blank=True, editable=False, max_length=60, verbose_name="number of the invoice or call"
                    ),
                ),
                (
                    "invoiced_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="invoiced or called on"),
                ),
                (
                    "purchase_order",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="purchase order"),
                ),
                ("payable_on", models.DateField(blank=True, editable=False, null=True, verbose_name="payable by")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("due", "Due"),
                            ("invoiced", "Invoiced or called"),
                            ("received", "Received"),
                            ("written_off", "Written off"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="due since")),
                (
                    "invoiced_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="invoiced at"),
                ),
                (
                    "received_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="received at"),
                ),
                (
                    "written_off_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="written off at"),
                ),
            ],
            options={
                "verbose_name": "instalment",
                "verbose_name_plural": "instalments",
                "ordering": ["sponsorship", "number"],
                "indexes": [
                    models.Index(fields=["due_on", "sponsorship", "number"], name="sponsorships_instalment_next"),
                    models.Index(fields=["status", "payable_on"], name="sponsorships_instalment_late"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sponsorship", "number"), name="sponsorships_instalment_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="sponsorships_instalment_amount_positive",
                        violation_error_message="An instalment must be at least one cent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("condition", "date"), _negated=True), ("due_on__isnull", False), _connector="OR"
                        ),
                        name="sponsorships_instalment_date_or_condition",
                        violation_error_message="Enter the planned date, or the condition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("report_from", None), ("report_until", None)),
                            ("report_until__gte", models.F("report_from")),
                            _connector="OR",
                        ),
                        name="sponsorships_instalment_report_in_order",
                        violation_error_message="The period ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_on", None), ("status__in", ["planned", "due"]), _connector="OR"
                        ),
                        name="sponsorships_instalment_invoiced_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "due"), _negated=True), ("due_at__isnull", False), _connector="OR"
                        ),
                        name="sponsorships_instalment_due_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "invoiced"), _negated=True),
                            ("invoiced_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_instalment_invoiced_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "received"), _negated=True),
                            ("received_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_instalment_received_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "written_off"), _negated=True),
                            ("written_off_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorships_instalment_written_off_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstalmentTransition",
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
                        to="sponsorships.instalment",
                        verbose_name="instalment",
                    ),
                ),
            ],
            options={
                "verbose_name": "instalment transition",
                "verbose_name_plural": "instalment transitions",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeptSum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cluster", models.PositiveIntegerField()),
                ("grouped_by", models.CharField(max_length=7)),
                ("span", models.CharField(max_length=11)),
                ("part", models.CharField(max_length=20)),
                ("public_from", models.DateField()),
                ("is_made_up", models.BooleanField()),
                ("asked_cash", models.BigIntegerField(default=0)),
                ("pending_cash", models.BigIntegerField(default=0)),
                ("agreed_cash", models.BigIntegerField(default=0)),
                ("invoiced_cash", models.BigIntegerField(default=0)),
                ("received_cash", models.BigIntegerField(default=0)),
                ("overpaid_cash", models.BigIntegerField(default=0)),
                ("written_off_cash", models.BigIntegerField(default=0)),
                ("agreed_in_kind", models.BigIntegerField(default=0)),
                ("received_in_kind", models.BigIntegerField(default=0)),
                ("agreed_skills", models.BigIntegerField(default=0)),
                ("received_skills", models.BigIntegerField(default=0)),
                ("entries", models.BigIntegerField(default=0)),
                ("sponsorships", models.BigIntegerField(default=0)),
                ("public_entries", models.BigIntegerField(default=0)),
                ("public_sponsorships", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "kept sum",
                "verbose_name_plural": "kept sums",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cluster", "grouped_by", "span", "part", "public_from", "is_made_up"),
                        name="sponsorships_kept_sum_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LateEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_entries",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                (
                    "allowed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="allowed by",
                    ),
                ),
                ("allowed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="allowed at")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                ("act", models.UUIDField(blank=True, null=True, verbose_name="act")),
            ],
            options={
                "verbose_name": "late entry",
                "verbose_name_plural": "late entries",
                "ordering": ["sponsorship", "allowed_at"],
                "indexes": [models.Index(fields=["act"], name="sponsorships_late_entry_act")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("used_at", None)),
                        fields=("sponsorship", "year"),
                        name="sponsorships_late_entry_one_at_a_time",
                        violation_error_message="One late act is already allowed here, and has not been used.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="sponsorships_late_entry_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", None), ("used_at", None)),
                            models.Q(("act__isnull", False), ("used_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="sponsorships_late_entry_used_by_an_act",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("pending", "Pending"),
                            ("agreed", "Agreed"),
                            ("invoiced", "Invoiced or called"),
                            ("received", "Received"),
                            ("overpaid", "Overpayment"),
                            ("written_off", "Written off"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "contribution",
                    models.CharField(
                        choices=[("cash", "Cash"), ("in_kind", "In kind"), ("skills", "Skills")],
                        default="cash",
                        max_length=8,
                        verbose_name="contribution",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="In euros, net of VAT; an amount below zero is a reversal.",
                        max_digits=12,
                        verbose_name="amount (€)",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="counts from")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                (
                    "act",
                    models.UUIDField(
                        default=uuid.uuid4,
                        help_text="One press of a button: pressed twice, it still counts once.",
                        verbose_name="act",
                    ),
                ),
                ("line", models.PositiveSmallIntegerField(default=0, verbose_name="line of the act")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="chairs.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="sponsorships.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "instalment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="sponsorships.instalment",
                        verbose_name="instalment",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="sponsorships.ledgerentry",
                        verbose_name="reverses",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="The invoice's number, or the bank's reference of a payment. No person's name.",
                        max_length=80,
                        verbose_name="reference",
                    ),
                ),
                (
                    "vat_rate",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="VAT rate (%)"
                    ),
                ),
                (
                    "vat",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="VAT (€)"),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cost", "Cost price"),
                            ("book", "Net book value"),
                            ("market", "Market or catalogue price"),
                            ("time", "Time spent, at its full cost"),
                        ],
                        max_length=8,
                        verbose_name="valuation method",
                    ),
                ),
                ("previous_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("hash", models.CharField(editable=False, max_length=64, verbose_name="fingerprint")),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger entries",
                "ordering": ["sponsorship", "position"],
                "indexes": [
                    models.Index(fields=["kind", "contribution", "effective_on"], name="sponsorships_entry_figures"),
                    models.Index(
                        fields=["activity", "kind", "contribution", "effective_on", "amount", "sponsorship"],
                        name="sponsorships_entry_activity",
                    ),
                    models.Index(fields=["-effective_on", "-id"], name="sponsorships_entry_latest"),
                    models.Index(fields=["recorded_at", "effective_on"], name="sponsorships_entry_recorded"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sponsorship", "position"), name="sponsorships_entry_position_once"
                    ),
                    models.UniqueConstraint(
                        fields=("act", "line"),
                        name="sponsorships_entry_act_once",
                        violation_error_message="This has already been recorded.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="sponsorships_entry_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("vat", None), ("vat_rate", None)),
                            models.Q(("vat__isnull", False), ("vat_rate__isnull", False)),
                            _connector="OR",
                        ),
                        name="sponsorships_entry_vat_with_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contribution", "cash"), ("method", "")),
                            models.Q(
                                models.Q(("contribution", "cash"), _negated=True),
                                models.Q(
                                    models.Q(("kind", "received"), _negated=True),
                                    models.Q(("method", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="sponsorships_entry_valued",
                        violation_error_message="Say how it was valued.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sponsorship",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_head",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                ("hash", models.CharField(max_length=64, verbose_name="fingerprint")),
            ],
            options={
                "verbose_name": "ledger head",
                "verbose_name_plural": "ledger heads",
            },
        ),
        migrations.CreateModel(
            name="ReferenceCounter",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="last number")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("cluster", "year"), name="sponsorships_reference_counter_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="sponsorships.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("partner", "For the partner"), ("institution", "For the managing institution")],
                        max_length=12,
                        verbose_name="side",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name as typed")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
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
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="signed at")),
                ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="network address")),
                (
                    "code_confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="e-mailed code confirmed at"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="fingerprint of the document")),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "side"),
                        name="sponsorships_signature_once_a_side",
                        violation_error_message="This side has already signed.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signing_codes",
                        to="sponsorships.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
            ],
            options={
                "verbose_name": "signing code",
                "verbose_name_plural": "signing codes",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("attempts__lte", 5)), name="sponsorships_code_few_attempts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at", None), ("used_at__gte", models.F("sent_at")), _connector="OR"),
                        name="sponsorships_code_used_after_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SponsorshipSubmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                ("data", models.JSONField(verbose_name="what was sent")),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "ordering": ["sponsorship", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("sponsorship", "number"), name="sponsorships_submission_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="SponsorshipTransition",
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
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
            ],
            options={
                "verbose_name": "sponsorship transition",
                "verbose_name_plural": "sponsorship transitions",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FieldRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "transition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="sponsorships.sponsorshiptransition",
                        verbose_name="request",
                    ),
                ),
                ("field", models.CharField(max_length=30, verbose_name="part of the proposal")),
                ("text", models.TextField(max_length=2000, verbose_name="remark")),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["transition", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("transition", "field"), name="sponsorships_remark_once_a_field"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "field__in",
                                [
                                    "activity",
                                    "proposal",
                                    "purpose",
                                    "regime",
                                    "is_cifre",
                                    "cash_amount",
                                    "in_kind_amount",
                                    "skills_amount",
                                    "in_kind_description",
                                    "starts_on",
                                    "ends_on",
                                    "is_exclusive",
                                    "signatory",
                                    "confidentiality",
                                    "documents",
                                ],
                            )
                        ),
                        name="sponsorships_remark_known_field",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportingDocument",
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
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="first sent at")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed at")),
            ],
            options={
                "verbose_name": "supporting document",
                "verbose_name_plural": "supporting documents",
                "ordering": ["added_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("sponsorship", "sha256"),
                        name="sponsorships_document_once",
                        violation_error_message="This document has already been added.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("removed_at", None), ("sent_at__isnull", False), _connector="OR"),
                        name="sponsorships_document_kept_once_sent",
                        violation_error_message="Only a document that was sent is kept once it is removed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="sponsorships.clause",
                        verbose_name="clause",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title_en", models.CharField(max_length=120, verbose_name="title (English)")),
                ("title_fr", models.CharField(max_length=120, verbose_name="title (French)")),
                ("text_en", models.TextField(max_length=5000, verbose_name="text (English)")),
                ("text_fr", models.TextField(max_length=5000, verbose_name="text (French)")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a clause",
                "verbose_name_plural": "versions of a clause",
                "ordering": ["clause", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clause", "number"),
                        name="sponsorships_clause_version_once",
                        violation_error_message="Somebody rewrote this clause at the same moment. Open it again.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosedYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_years",
                        to="clusters.cluster",
                        verbose_name="cluster",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="closed at")),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened again at")),
                (
                    "reopened_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened again by",
                    ),
                ),
                (
                    "reopened_because",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was opened again"),
                ),
            ],
            options={
                "verbose_name": "closed year",
                "verbose_name_plural": "closed years",
                "ordering": ["cluster", "-year", "-closed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reopened_at", None)),
                        fields=("cluster", "year"),
                        name="sponsorships_closed_year_once",
                        violation_error_message="This year is already closed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2100)),
                        name="sponsorships_closed_year_of_ours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reopened_at", None), ("reopened_because", ""), ("reopened_by", None)),
                            models.Q(
                                ("reopened_at__isnull", False),
                                ("reopened_by__isnull", False),
                                models.Q(("reopened_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sponsorships_closed_year_reopened_by_somebody",
                    ),
                ],
            },
        ),
    ]
