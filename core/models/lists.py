"""What people save of the panel's lists, export from them, and do to many of their records at once."""

from collections.abc import Callable

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.current_names import NamesRecord
from core.languages import in_each_language, reader_language
from core.model_fields import acted_for, done_by
from core.on_behalf import names_of

VIEW_NAME_MAX_LENGTH = 80
# A longer query string does not come from filters set by hand.
QUERY_MAX_LENGTH = 2000


class ExportFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    JSON = "json", "JSON"
    ADDRESSES = "addresses", _("E-mail addresses")


class SavedView(models.Model):
    """A saved view of a list: one person's filters, order and columns. Only its owner sees it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The model's label in lower case: chairs.chair.
    list_of = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=VIEW_NAME_MAX_LENGTH)
    query = models.CharField(max_length=QUERY_MAX_LENGTH, blank=True)
    columns = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_of", "name"],
                name="core_view_has_its_own_name",
                violation_error_message=_("You already have a view of this list under that name."),
            )
        ]

    def __str__(self):
        return self.name


class ListExport(models.Model):
    """A record of an export: who exported which list, when, with which filters and columns, and how many rows. Never changed."""

    by = models.ForeignKey(
        # For traceability and accountability.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("exported by"),
    )
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(_("exported at"), default=timezone.now)
    list_of = models.CharField(_("list"), max_length=60)
    query = models.CharField(_("address of the list"), max_length=QUERY_MAX_LENGTH, blank=True)
    filters = models.TextField(_("filters"), blank=True)
    columns = models.JSONField(_("columns"), default=list)
    # The filters and columns in each language of the site, as they were called then: {"en": {"filters": …, "columns": …}}.
    words = models.JSONField(null=True, editable=False)
    rows = models.PositiveIntegerField(_("number of rows"))
    format = models.CharField(_("format"), max_length=10, choices=ExportFormat)

    class Meta:
        default_permissions = ()
        verbose_name = _("export of a list")
        verbose_name_plural = _("exports of lists")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.list_of}, {timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @classmethod
    def log(cls, say: Callable[[], tuple[list[str], list[str]]], **facts) -> None:
        """Keep an export. `say` returns its filters and its columns, in the active language."""
        words = {
            code: {"filters": "\n".join(filters), "columns": columns}
            for code, (filters, columns) in in_each_language(say).items()
        }
        with transaction.atomic():
            cls.objects.create(words=words, **facts, **words[reader_language()])

    def in_reader_language(self) -> dict:
        """Return the filters and columns in the reader's language; of an old row, as the person who exported read them."""
        written = {"filters": self.filters, "columns": self.columns}
        return (self.words or {}).get(reader_language(), written)


class ActAtOnce(models.Model):
    """A record of an action on many records of a list: who did what, and the outcome for each. Never changed."""

    by = models.ForeignKey(
        # For traceability and accountability.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
    )
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(default=timezone.now)
    list_of = models.CharField(max_length=60)
    query = models.CharField(max_length=QUERY_MAX_LENGTH, blank=True)
    act = models.CharField(max_length=30)
    # Whether it was all or nothing.
    is_all = models.BooleanField()
    # For each record: its key, its name, whether it was done, and the reasons if not.
    lines = models.JSONField()

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.act}: {self.list_of}, {timezone.localtime(self.at):%Y-%m-%d %H:%M}"


class HeldDecision(NamesRecord, models.Model):
    """A decision that is taken but not announced: the record keeps its status until the decision is released, often with others."""

    label_in = "list_of"

    list_of = models.CharField(_("sort of record"), max_length=60)
    record = models.BigIntegerField()
    # The record's name when the decision was taken.
    name = models.CharField(_("record"), max_length=400)
    verb = models.CharField(_("decision"), max_length=30)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        # For traceability and accountability.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    on_behalf_of = done_by(_("on behalf of"))
    at = models.DateTimeField(_("decided at"), default=timezone.now)
    ended_at = models.DateTimeField(_("released or dropped at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released or dropped by"),
    )
    ended_for = acted_for("ended_by")
    is_released = models.BooleanField(_("released"), default=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("held decision")
        verbose_name_plural = _("held decisions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list_of", "record"],
                condition=models.Q(ended_at=None),
                name="core_one_held_decision",
                violation_error_message=_("A decision on this record is held already."),
            )
        ]

    def __str__(self):
        return self.present_name

    @property
    def who(self) -> str:
        """The name of who decided, and of the colleague on whose behalf."""
        return names_of(self.by, self.on_behalf_of)
