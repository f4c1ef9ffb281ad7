from urllib.parse import quote

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.enums import OutputKind, OutputProblem, OutputRegistry
from chairs.models.chair import Chair
from clusters.enums import Origin
from clusters.models.cluster import YEAR_VALIDATORS
from core.identifiers import compact_doi, compact_hal
from core.model_fields import IdentifierField, acted_for, done_by
from core.text import fold
from core.validators import DOIValidator, HALValidator

# Outputs without a year last, on both databases.
LATEST_FIRST = F("year").desc(nulls_last=True)
# The prefix of DOIs for tests and examples, which lead nowhere (https://www.crossref.org/documentation/register-maintain-records/).
TEST_PREFIX = "10.5555/"


class OutputQuerySet(models.QuerySet):
    def confirmed(self):
        """Return the outputs that a person confirmed as the chair's."""
        return self.filter(confirmed_at__isnull=False)

    def waiting(self):
        """Return the outputs that are neither confirmed nor set aside."""
        return self.filter(confirmed_at=None, refused_at=None)

    def incomplete(self):
        """Return the outputs known only by an identifier, which registries can complete."""
        real = self.exclude(origin=Origin.DEMONSTRATION)
        return real.filter(completed_at=None, refused_at=None).filter(Q(doi__isnull=False) | Q(hal_id__isnull=False))

    def published(self):
        """Return the outputs that the public sees: confirmed, and of published chairs."""
        return self.confirmed().filter(chair__in=Chair.objects.published().order_by().values("pk"))

    def visible_to(self, user):
        return self.filter(chair__in=Chair.objects.visible_to(user).order_by().values("pk"))


class Output(models.Model):
    """A publication, a piece of software or a data set of a chair, known by an identifier or by its title.

    Titles and authors come from a registry (Crossref, DataCite, HAL) or from an imported file.
    """

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="outputs", verbose_name=_("chair"))
    kind = models.CharField(_("kind"), max_length=12, choices=OutputKind, default=OutputKind.PUBLICATION)
    doi = IdentifierField(
        _("DOI"), compact=compact_doi, max_length=200, null=True, blank=True, validators=[DOIValidator()]
    )
    hal_id = IdentifierField(
        _("HAL id"), compact=compact_hal, max_length=40, null=True, blank=True, validators=[HALValidator()]
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    # Names as the registry writes them, in its order.
    authors = models.JSONField(_("authors"), default=list, blank=True)
    # Authors who are not shown, because they asked not to be (chairs/hiding.py).
    hidden_authors = models.JSONField(_("authors that are not shown"), default=list, blank=True, editable=False)
    venue = models.CharField(_("published in"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEAR_VALIDATORS)
    language = models.CharField(_("language"), max_length=8, blank=True)
    url = models.URLField(_("web page"), max_length=500, blank=True)
    # ANR references in the metadata's acknowledgements, as written there.
    stated_references = models.JSONField(_("references of grants"), default=list, blank=True)
    registry = models.CharField(_("completed from"), max_length=10, choices=OutputRegistry, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True, editable=False)
    # Why the output could not be completed; the nightly job tries again, and `tries` counts.
    problem = models.CharField(
        _("why it is not complete"), max_length=12, choices=OutputProblem, blank=True, editable=False
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, editable=False)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    added_by = done_by(_("added by"))
    added_for = acted_for("added_by")
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    confirmed_by = done_by(_("confirmed by"))
    confirmed_for = acted_for("confirmed_by")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    # An output that was set aside is kept, or it would be proposed again.
    refused_by = done_by(_("set aside by"))
    refused_for = acted_for("refused_by")
    refused_at = models.DateTimeField(_("set aside at"), null=True, blank=True, editable=False)
    # Title, authors, venue and identifiers, folded. Each word follows a space, to be found by its first letters.
    search_key = models.TextField(editable=False, default="")

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = [LATEST_FIRST, "title", "pk"]
        indexes = [models.Index(fields=["year", "kind"], name="chairs_output_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["chair", "doi"],
                name="chairs_output_doi_once",
                violation_error_message=_("The chair already has an output with this DOI."),
            ),
            models.UniqueConstraint(
                fields=["chair", "hal_id"],
                name="chairs_output_hal_once",
                violation_error_message=_("The chair already has an output with this HAL id."),
            ),
            models.CheckConstraint(
                condition=Q(doi__isnull=False) | Q(hal_id__isnull=False) | ~Q(title=""),
                name="chairs_output_says_what",
                violation_error_message=_("Give a DOI, a HAL id or a title."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(refused_at=None),
                name="chairs_output_one_answer",
                violation_error_message=_("An output is either the chair’s or not."),
            ),
        ]

    def __str__(self):
        return self.title or self.doi or self.hal_id or ""

    def save(self, *args, **kwargs):
        self.search_key = self.made_search_key()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_key"}
        super().save(*args, **kwargs)

    def made_search_key(self) -> str:
        parts = [
            self.title,
            *shown_authors(self.authors, self.hidden_authors),
            self.venue,
            self.doi or "",
            self.hal_id or "",
        ]
        return f" {fold(' '.join(parts))}"

    @property
    def doi_url(self) -> str:
        return doi_address(self.doi, self.origin)

    @property
    def hal_url(self) -> str:
        return hal_address(self.hal_id, self.origin)


def shown_authors(authors: list[str], hidden: list[str]) -> list[str]:
    """Return the authors without those who are hidden."""
    return [author for author in authors if author not in hidden]


def doi_address(doi: str | None, origin: str) -> str:
    """Return the web address of a DOI; empty for a DOI of tests or of the demonstration."""
    is_real = doi and not doi.startswith(TEST_PREFIX) and origin != Origin.DEMONSTRATION
    return f"https://doi.org/{quote(doi, safe='/:;()')}" if doi and is_real else ""


def hal_address(hal_id: str | None, origin: str) -> str:
    return f"https://hal.science/{hal_id}" if hal_id and origin != Origin.DEMONSTRATION else ""
