import uuid
from typing import Self

from babel import Locale
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.enums import Origin
from clusters.models import Cluster
from clusters.scopes import clusters_of
from core.enums import DocumentType
from core.identifiers import compact_siren, compact_siret
from core.model_fields import KEY_MAX_LENGTH, IdentifierField, KeyField, acted_for, done_by
from core.models import Addressed
from core.text import name_key
from core.validators import NameValidator, SIRETValidator
from partners.enums import ContactState, Sector, Size
from partners.validators import SIRENValidator

FRANCE = "FR"


def home_country() -> str:
    """Return the country of the programme, where most partners are."""
    return settings.PROGRAMME.country


def logo_path(partner, name: str) -> str:
    """Return a random path for a logo; the name of the uploaded file is not used."""
    return f"logos/{uuid.uuid4().hex}"


def country_names() -> dict[str, str]:
    """Return the names of all countries by ISO code, in the active language (from CLDR)."""
    return Locale.parse(get_language() or "en", sep="-").territories


class PartnerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return the partners that the user may see: a contact's own; for staff, those that their clusters know."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        scope = clusters_of(user)
        if user.is_superuser or scope.is_national:
            return self
        known = Partner.known_in.through.objects.filter(cluster__in=scope.pks).values("partner")
        return self.filter(_dealt_with(user, scope) | Q(pk__in=known))

    def with_people_seen_by(self, user):
        """Return the partners whose people the user may see: not those that an office only knows of."""
        scope = clusters_of(user)
        seen = self.visible_to(user)
        return seen if user.is_superuser or scope.is_national else seen.filter(_dealt_with(user, scope))

    def named(self, on=None):
        """Return the partners that the public may know: those with a sponsorship that names them, on a day (default today)."""
        return self.filter(_told_of(_sponsorships().named(on)))

    def with_public_logo(self, on=None):
        """Return the named partners whose logo may be public, on a day (default today)."""
        return self.filter(_told_of(_sponsorships().named(on).filter(shows_logo=True))).exclude(logo="")


def _told_of(sponsorships) -> models.Exists:
    """Whether a partner has one of these sponsorships: asked of each, so that whoever wants the last partner reads no other."""
    return models.Exists(sponsorships.filter(partner=models.OuterRef("pk")))


def _sponsorships():
    """Return the manager of sponsorships, whose model is in a higher layer and has a foreign key to Partner."""
    return Partner.sponsorships.rel.related_model.objects


def _dealt_with(user, scope) -> Q:
    """Return the filter: partners that are the user's own, have dealt with their clusters, or were entered there."""
    own = Contact.objects.approved().filter(user=user).order_by().values("partner")
    sent = _sponsorships().sent().filter(chair__cluster__in=scope.pks).order_by().values("partner")
    return Q(pk__in=own) | Q(pk__in=sent) | Q(registered_in__in=scope.pks)


class Partner(Addressed):
    """An organisation that funds research in a chair, or wants to."""

    name = models.CharField(
        _("name"),
        max_length=200,
        validators=[NameValidator()],
        help_text=_("The registered name of the organisation."),
    )
    name_key = KeyField(max_length=KEY_MAX_LENGTH, editable=False, db_index=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    country = models.CharField(_("country"), max_length=2, default=home_country)
    siren = IdentifierField(
        _("SIREN"),
        compact=compact_siren,
        max_length=20,
        null=True,
        blank=True,
        unique=True,
        validators=[SIRENValidator()],
        help_text=_("The nine digits of the French company register; required for organisations in France."),
        error_messages={"unique": _("This organisation is already registered: ask to join it instead.")},
    )
    siret = IdentifierField(
        _("SIRET"),
        compact=compact_siret,
        max_length=20,
        null=True,
        blank=True,
        validators=[SIRETValidator()],
        help_text=_("Fourteen digits: of its seat. Open data about published agreements name it by this number."),
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    size = models.CharField(_("size"), max_length=20, choices=Size)
    website = models.URLField(_("website"), blank=True)
    # For agreements and the receipts of gifts only; no public page shows them.
    legal_form = models.CharField(
        _("legal form"), max_length=60, blank=True, help_text=_("As in the company register: SAS, SA, association…")
    )
    registered_office = models.TextField(
        _("registered office"),
        max_length=300,
        blank=True,
        help_text=_("The postal address of the registered office: agreements and the tax receipt of a gift name it."),
    )
    logo = models.FileField(_("logo"), upload_to=logo_path, max_length=100, blank=True, editable=False)
    logo_kind = models.CharField(_("type of the logo"), max_length=10, choices=DocumentType, blank=True, editable=False)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    registered_at = models.DateTimeField(_("registered at"), default=timezone.now, editable=False)
    # The cluster whose office entered the partner, and whose editors edit it until it has its own primary contact.
    registered_in = models.ForeignKey(
        Cluster,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by the office of"),
    )
    # Clusters whose offices may propose on its behalf before it has dealt with them: they see the partner, not its
    # people.
    known_in = models.ManyToManyField(Cluster, blank=True, editable=False, related_name="+", verbose_name=_("known in"))

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(country=FRANCE) | Q(siren__isnull=False),
                name="partners_partner_french_has_siren",
                violation_error_message=_("An organisation in France has a SIREN number."),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name_key = name_key(self.name, KEY_MAX_LENGTH)
        super().save(*args, **kwargs)

    def clean(self):
        if self.siret and self.siren and not self.siret.startswith(self.siren):
            raise ValidationError(
                _("The SIRET number begins with the nine digits of the SIREN number."), "siret_of_another"
            )

    def has_had_contact(self, user: User | None) -> bool:
        """Return whether this person acts for the partner or once did.

        Somebody who only asked to join does not count.
        """
        is_known = user is not None and user.is_authenticated
        return is_known and self.state_of(user) in (ContactState.APPROVED, ContactState.REMOVED)

    def state_of(self, user: User) -> str | None:
        """Return the state of the user as a contact, or None if they are no contact."""
        return next((one.state for one in self.contacts.all() if one.user_id == user.pk), None)

    def has_public_page(self):
        return Partner.objects.named().filter(pk=self.pk).exists()

    @property
    def country_name(self) -> str:
        """The country's name in the active language, or its code if CLDR has no name."""
        return country_names().get(self.country, self.country)


class ContactQuerySet(models.QuerySet):
    def approved(self) -> Self:
        return self.filter(state=ContactState.APPROVED)

    def requested(self):
        return self.filter(state=ContactState.REQUESTED)

    def primary(self) -> Self:
        return self.approved().filter(is_primary=True)


class Contact(models.Model):
    """A person acting for a partner. A request to join is answered by a primary contact of the partner, or by staff."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("partner"))
    # PROTECT: who acted for a partner stays on record.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("account")
    )
    job_title = models.CharField(_("position held"), max_length=100, blank=True)
    is_primary = models.BooleanField(_("primary contact"), default=False, help_text=_("Admits colleagues."))
    is_signatory = models.BooleanField(
        _("signatory"), default=False, help_text=_("May sign agreements for the partner.")
    )
    is_accounting = models.BooleanField(_("accounting"), default=False, help_text=_("Receives what concerns payments."))
    state = models.CharField(_("state"), max_length=20, choices=ContactState, default=ContactState.REQUESTED)
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = done_by(_("decided by"))
    on_behalf_of = acted_for("decided_by")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["partner", "requested_at"]
        indexes = [
            models.Index(
                fields=["requested_at"],
                condition=Q(state=ContactState.REQUESTED),
                name="partners_contact_to_admit",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "user"],
                name="partners_contact_once",
                violation_error_message=_("This person is already a contact of the partner."),
            )
        ]

    def __str__(self):
        return f"{self.user} ({self.partner})"
