from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.enums import OutputKind, OutputRegistry
from chairs.models.chair import Chair
from clusters.enums import Origin
from clusters.models.cluster import YEAR_VALIDATORS
from core.model_fields import done_by


class OutputQuerySet(models.QuerySet):
    def confirmed(self):
        """Outputs of which a person said that they are the chair's."""
        return self.filter(confirmed_at__isnull=False)

    def published(self):
        """Outputs that the public sees: confirmed, of published chairs."""
        return self.confirmed().filter(chair__in=Chair.objects.published().order_by().values("pk"))

    def visible_to(self, user):
        return self.filter(chair__in=Chair.objects.visible_to(user).order_by().values("pk"))


class Output(models.Model):
    """A publication, a piece of software or a data set of a chair, known by an identifier or by its title.

    Titles and authors are what a registry states (Crossref, DataCite, HAL), or what an imported file does.
    """

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="outputs", verbose_name=_("chair"))
    kind = models.CharField(_("kind"), max_length=12, choices=OutputKind, default=OutputKind.PUBLICATION)
    doi = models.CharField(_("DOI"), max_length=200, null=True, blank=True)
    hal_id = models.CharField(_("HAL id"), max_length=40, null=True, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    # Names as the registry writes them, in its order.
    authors = models.JSONField(_("authors"), default=list, blank=True)
    venue = models.CharField(_("published in"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEAR_VALIDATORS)
    language = models.CharField(_("language"), max_length=8, blank=True)
    url = models.URLField(_("web page"), max_length=500, blank=True)
    # ANR references that its metadata acknowledge, as they write them.
    stated_references = models.JSONField(_("references of grants"), default=list, blank=True)
    registry = models.CharField(_("completed from"), max_length=10, choices=OutputRegistry, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True, editable=False)
    # Why it could not be completed, for staff: asked again at night.
    problem = models.CharField(_("what stands against it"), max_length=300, blank=True, editable=False)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    added_by = done_by(_("added by"))
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    confirmed_by = done_by(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ["-year", "title", "pk"]
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
        ]

    def __str__(self):
        return self.title or self.doi or self.hal_id or ""
