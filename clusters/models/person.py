from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.enums import Origin
from clusters.family_names import family_of, given_of, has_family, suffix_of
from clusters.scopes import clusters_of
from core.addresses import address_of
from core.identifiers import compact_orcid
from core.languages import main_language, site_languages
from core.mail.queue import Correspondent
from core.model_fields import KEY_MAX_LENGTH, IdentifierField, KeyField
from core.models.past_address import Addressed
from core.text import fold, initial_of, name_key
from core.validators import NameValidator, ORCIDValidator

# Separates family and given names in a sort key. It sorts before every letter: “Martin, Zoé” before “Martin Dupont,
# Ada”.
KEY_BREAK = "  "


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return the people whom this member of staff may choose or open: sourced people, and those of their own clusters."""
        if user.is_superuser or clusters_of(user).is_national:
            return self
        mine = clusters_of(user).pks
        # Asked of each person: as a list of keys, every appointment of the clusters would be read to name one person.
        posts = Person.appointments.rel.related_model.objects.filter(person=models.OuterRef("pk"))
        held = models.Exists(posts.filter(chair__cluster__in=mine))
        return self.filter(Q(origin=Origin.SOURCED) | Q(registered_in__in=mine) | held)

    def stating(self, orcid: str):
        """Return the people whose record states this ORCID iD, settled or claimed."""
        return self.filter(Q(orcid=orcid) | Q(orcid_claimed=orcid))

    def disputed(self):
        """Return the people whose iD or account another record has too.

        The coordinator settles these cases: the staff who entered the value may not see the other record.
        """
        accounts = User.objects.alias(address=Lower("email")).filter(address=models.OuterRef("account_address"))
        taken = accounts.filter(person__isnull=False)
        # Two records that claim one account block each other until the coordinator decides.
        waiting = Person.objects.filter(user=None, account_address=models.OuterRef("account_address"))
        rivals = waiting.exclude(pk=models.OuterRef("pk"))
        claimed = models.Exists(taken) | models.Exists(rivals)
        return self.filter(~Q(orcid_claimed="") | Q(user=None) & ~Q(account_address="") & claimed)


class Person(Addressed):
    """A person who holds a chair or leads a cluster. All columns may become public, except the contact details."""

    name = models.CharField(
        _("name"),
        max_length=150,
        validators=[NameValidator()],
        help_text=_("First name, then family name, as they sign their papers."),
    )
    family_name = models.CharField(
        _("family name"),
        max_length=150,
        blank=True,
        help_text=_(
            "The part of the name by which the person is filed and cited, with its particle where they are filed by it: "
            "Le Goffic. Left empty, it is proposed from the name."
        ),
    )
    name_key = KeyField(max_length=KEY_MAX_LENGTH, default="", editable=False, db_index=True)
    sort_key = KeyField(max_length=KEY_MAX_LENGTH, default="", editable=False, db_index=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    orcid = IdentifierField(
        _("ORCID iD"),
        compact=compact_orcid,
        max_length=50,
        null=True,
        blank=True,
        unique=True,
        validators=[ORCIDValidator()],
        help_text=_("For example 0000-0002-1825-0097."),
        error_messages={"unique": _("Another person already has this ORCID iD.")},
    )
    # An iD that another record has. Who typed it is not told; the coordinator settles whose it is.
    orcid_claimed = models.CharField(_("ORCID iD"), max_length=50, blank=True, default="", editable=False)
    website = models.URLField(_("web page"), blank=True)
    user = models.OneToOneField(
        # The account may be closed; the person stays in the chair's history.
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
        help_text=_("The account with which this person follows their own chairs."),
    )
    # The next account that signs in with this address is linked. Staff are not told whether it already has an account.
    account_address = models.EmailField(_("address of the account"), blank=True, default="", editable=False)
    contact_email = models.EmailField(
        _("private e-mail address"),
        blank=True,
        help_text=_("Never public. Used to ask the person whether they agree to be named, until they have an account."),
    )
    contact_language = models.CharField(
        _("language of the e-mails"),
        max_length=2,
        choices=site_languages,
        default=main_language,
        help_text=_("The language in which this person wishes to be written to."),
    )
    registered_in = models.ForeignKey(
        "clusters.Cluster",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("registered by"),
        help_text=_("The cluster whose staff entered this person."),
    )
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    # Set at the person's request; it overrides every source and every consent.
    is_hidden = models.BooleanField(
        _("hidden from the public"),
        default=False,
        help_text=_("The person asked not to be named: no public page, list, search or export names them."),
    )
    is_anonymised = models.BooleanField(_("anonymised"), default=False, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self):
        """Fill in the derived columns; called directly before `bulk_create`, which does not call `save`."""
        self.family_name = self.family_name.strip() or family_of(self.name)
        self.name_key = name_key(self.name, KEY_MAX_LENGTH)
        rest = f"{self.given_name} {self.suffix}" if self.given_name else self.name
        self.sort_key = f"{name_key(self.family_name)}{KEY_BREAK}{fold(rest)}"[:KEY_MAX_LENGTH]

    def get_absolute_url(self):
        return address_of("chairs:person_detail", self.slug)

    def clean(self):
        if self.family_name and self.name and not has_family(self.name, self.family_name):
            message = _t("“%(family)s” is not part of the name. Leave it empty to have it proposed from the name.")
            raise ValidationError(
                {"family_name": ValidationError(message, "family_name_elsewhere", {"family": self.family_name})}
            )

    def has_public_page(self):
        if self.is_hidden:
            return False
        return self.directorships.exists() or self.appointments.public().exists()

    @property
    def initial(self) -> str:
        return initial_of(self.sort_key)

    @property
    def given_name(self) -> str:
        return given_of(self.name, self.family_name)

    @property
    def suffix(self) -> str:
        """The part after the name, such as “Jr.” or “III”."""
        return suffix_of(self.name)

    @property
    def shown_photograph(self):
        """The public picture, or None. Lists of people must fetch `photograph` with `select_related`."""
        return None if self.is_hidden else getattr(self, "photograph", None)

    @property
    def stated_orcid(self) -> str:
        """The iD as it was typed, settled or claimed."""
        return self.orcid or self.orcid_claimed

    @property
    def correspondent(self) -> User | Correspondent | None:
        """The person to write to: the account, else the address that staff entered, else None."""
        if self.user is not None and self.user.is_active:
            return self.user
        address = self.contact_email or self.account_address
        return Correspondent(address, self.name, self.contact_language) if address else None
