from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from clusters.scopes import READERS, clusters_of, clusters_with
from core.languages import main_language
from core.model_fields import done_by
from core.models.kept_file import KeptFile
from core.on_behalf import names_of
from imports.enums import RUNNING, FileType, ImportStatus, Outcome
from sponsorships.models import Sponsorship

MEDIA_TYPES = {
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.CSV: "text/csv",
    FileType.PDF: "application/pdf",
}
NAME_MAX_LENGTH = 200


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Return imports of the clusters in which the user has a role; all for national staff."""
        if user.is_superuser or clusters_of(user).is_national:
            return self
        return self.filter(cluster__in=clusters_with(user, READERS))


class Import(models.Model):
    """Files uploaded for a cluster, with what each line would change, and the outcome."""

    # PROTECT: what was entered stays traceable to its file.
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="imports", verbose_name=_("cluster"))
    status = models.CharField(_("status"), max_length=12, choices=ImportStatus, default=ImportStatus.CHECKING)
    uploaded_by = done_by(_("uploaded by"))
    # The colleague for whom a stand-in uploaded them.
    on_behalf_of = done_by(_("on behalf of"))
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    # Sentences are stored once, in the language of whoever uploaded the files, or had them checked again.
    language = models.CharField(_("language"), max_length=2, default=main_language, editable=False)
    # Why the files as a whole cannot be read.
    problems = models.JSONField(_("problems"), default=list, editable=False)
    lines_total = models.PositiveIntegerField(_("lines"), default=0, editable=False)
    # Numbers of lines by kind, then outcome.
    counts = models.JSONField(_("counts"), default=dict, editable=False)
    # Whether it includes decisions that need a second person (four-eyes rule).
    needs_second = models.BooleanField(_("another manager enters it"), default=False, editable=False)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True, editable=False)
    entered_by = done_by(_("entered by"))
    entered_for = done_by(_("on behalf of"))
    entered_at = models.DateTimeField(_("entered at"), null=True, blank=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=ImportStatus.ENTERED)
                | models.Q(entered_at__isnull=False, entered_by__isnull=False),
                name="imports_import_entered_by",
            )
        ]

    def __str__(self):
        names = [file.name for file in self.files.all() if file.kind != FileType.PDF]
        return ", ".join(names) or f"{self.pk}"

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def uploader(self) -> str:
        """The name of who uploaded the files, and of the colleague on whose behalf."""
        return names_of(self.uploaded_by, self.on_behalf_of)

    @property
    def enterer(self) -> str:
        """The name of who entered the lines, and of the colleague on whose behalf; an empty text while nobody has."""
        return names_of(self.entered_by, self.entered_for)

    @property
    def bringers(self) -> set[int]:
        """The keys of who uploaded the files, and of the colleague on whose behalf."""
        return {key for key in (self.uploaded_by_id, self.on_behalf_of_id) if key}


class ImportFile(KeptFile):
    """An uploaded file: a workbook, a CSV table, or a signed document that a line names."""

    folder = "imports"

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files", verbose_name=_("import"))
    kind = models.CharField(_("type"), max_length=10, choices=FileType)

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["pk"]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[FileType(self.kind)]


class ImportLine(models.Model):
    """One line of a file: its outcome, problems and changes."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines", verbose_name=_("import"))
    sheet = models.CharField(_("sheet"), max_length=NAME_MAX_LENGTH)
    number = models.PositiveIntegerField(_("line"))
    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("name"), max_length=NAME_MAX_LENGTH, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    # Pairs of column label and sentence.
    problems = models.JSONField(_("problems"), default=list)
    # Triples of column label, former and new value.
    changes = models.JSONField(_("changes"), default=list)

    class Meta:
        verbose_name = _("imported line")
        verbose_name_plural = _("imported lines")
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "outcome"], name="imports_line_outcome")]

    def __str__(self):
        return f"{self.sheet}, {self.number}"


class OwnReference(models.Model):
    """An office's own reference of an imported sponsorship, by which later files name it."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+", verbose_name=_("cluster"))
    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="own_references", verbose_name=_("sponsorship")
    )
    reference = models.CharField(_("reference"), max_length=80)

    class Meta:
        verbose_name = _("reference of the office")
        verbose_name_plural = _("references of the office")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cluster", "reference"], name="imports_own_reference_once")]

    def __str__(self):
        return self.reference
