from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.enums import NOT_EMPLOYERS, Confidence, InstitutionKind, Origin
from core.addresses import address_of
from core.identifiers import compact_ror, compact_siret
from core.model_fields import KEY_MAX_LENGTH, IdentifierField, KeyField
from core.models.past_address import Addressed
from core.text import initial_of, name_key
from core.validators import NameValidator, RORValidator, SIRETValidator

# Merged institutions merge again; a longer chain is a mistake in the data.
MAX_SUCCESSIONS = 10


class InstitutionQuerySet(models.QuerySet):
    def named(self, name: str):
        """Return the institutions with this name, acronym or alias, ignoring accents and case; there may be several."""
        key = name_key(name, KEY_MAX_LENGTH)
        if not key:
            return self.none()
        called = Institution.aliases.rel.related_model.objects.filter(key=key).order_by().values("institution")
        return self.filter(Q(name_key=key) | Q(acronym_key=key) | Q(pk__in=called))

    def employers(self):
        """Return the legal entities that can employ a principal investigator: neither laboratories nor alliances."""
        return self.exclude(kind__in=NOT_EMPLOYERS)


class Institution(Addressed):
    """A legal entity that employs researchers or joins a cluster: university, school, research body…"""

    name = models.CharField(
        _("name"),
        max_length=200,
        validators=[NameValidator()],
        help_text=_("The official name, in its own language."),
    )
    name_key = KeyField(max_length=KEY_MAX_LENGTH, default="", editable=False, db_index=True)
    acronym_key = KeyField(max_length=KEY_MAX_LENGTH, default="", editable=False, db_index=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind)
    city = models.CharField(_("city"), max_length=100, blank=True)
    ror = IdentifierField(
        _("ROR id"),
        compact=compact_ror,
        max_length=60,
        null=True,
        blank=True,
        unique=True,
        validators=[RORValidator()],
        help_text=_("From ror.org. Check the label there too: a valid id may be another institution's."),
        error_messages={"unique": _("Another institution already has this ROR id.")},
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
    ror_confidence = models.CharField(_("confidence in the ROR id"), max_length=10, choices=Confidence, blank=True)
    successor = models.ForeignKey(
        # An institution that absorbed others stays as long as their records do.
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("The legal entity that took over this one. Both then count as one institution."),
    )
    # For an incubator: the institutions that run it or take part in it.
    institutions = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="incubators", verbose_name=_("institutions behind it")
    )
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")),
                name="clusters_institution_not_own_successor",
                violation_error_message=_("An institution cannot be its own successor."),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name_key = name_key(self.name, KEY_MAX_LENGTH)
        self.acronym_key = name_key(self.acronym, KEY_MAX_LENGTH)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address_of("chairs:institution_detail", self.slug)

    def clean(self):
        if self.successor_id is None:
            return
        if not self.successor.is_employer:
            message = _t(
                "A laboratory or an alliance cannot take over an institution. Choose the legal entity that did."
            )
            raise ValidationError({"successor": ValidationError(message, code="successor_employs_nobody")})
        if self.pk and self.pk in {entity.pk for entity in self.successor.lineage()}:
            message = _t("“%(successor)s” was itself taken over by this institution. One of the two is wrong.")
            raise ValidationError(
                {"successor": ValidationError(message, "successor_in_a_circle", {"successor": self.successor})}
            )

    @property
    def initial(self) -> str:
        return initial_of(self.name_key)

    @property
    def confirmed_ror(self) -> str:
        """The ROR id; empty while it is unconfirmed, as it may be another institution's."""
        return self.ror if self.ror and self.ror_confidence != Confidence.MEDIUM else ""

    @property
    def ror_url(self):
        return f"https://ror.org/{self.ror}" if self.ror else ""

    @property
    def is_employer(self) -> bool:
        """Whether this is a legal entity that can employ a principal investigator."""
        return self.kind not in NOT_EMPLOYERS

    def lineage(self) -> Iterator["Institution"]:
        """Yield this institution, then its successor, and so on; an alliance is nobody's successor."""
        entity = self
        for _step in range(MAX_SUCCESSIONS):
            yield entity
            if entity.successor_id is None or not entity.successor.is_employer:
                return
            entity = entity.successor

    def legal_entity(self) -> "Institution":
        """Return the institution at the end of the chain of successors: itself, if it was not taken over."""
        return list(self.lineage())[-1]


class InstitutionAlias(models.Model):
    """Another name under which sources and people know an institution."""

    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("institution")
    )
    name = models.CharField(_("name"), max_length=200, validators=[NameValidator()])
    key = KeyField(
        max_length=KEY_MAX_LENGTH,
        unique=True,
        editable=False,
        error_messages={"unique": _("An institution already goes by this name.")},
    )

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["key"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.key = name_key(self.name, KEY_MAX_LENGTH)
        super().save(*args, **kwargs)
