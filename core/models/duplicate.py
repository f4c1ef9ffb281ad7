from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.model_fields import acted_for


class NotTheSame(models.Model):
    """Two records of one kind that somebody compared and found to be different: the pair is not proposed again."""

    kind = models.CharField(_("kind"), max_length=60)
    # The lower key comes first, so that each pair has one spelling.
    first = models.BigIntegerField(_("first record"))
    second = models.BigIntegerField(_("second record"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("said by")
    )
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(_("said at"), default=timezone.now)

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="core_not_the_same_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="core_not_the_same_in_order"),
        ]

    def __str__(self):
        return f"{self.kind} {self.first} ≠ {self.second}"


class Merge(models.Model):
    """A merge of two records: which one stays, which one went, and every row that was moved, so that it can be undone."""

    kind = models.CharField(_("kind"), max_length=60)
    kept = models.BigIntegerField(_("record that stays"))
    kept_name = models.CharField(_("name of the record that stays"), max_length=300)
    gone = models.BigIntegerField(_("record that went"))
    gone_name = models.CharField(_("name of the record that went"), max_length=300)
    # Read by `core.merging` to undo the merge.
    moved: Any = models.JSONField(_("what was moved"), encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("merged by")
    )
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(_("merged at"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_for = acted_for("undone_by")
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "kept"], name="core_merge_kept")]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="core_merge_undone_by_somebody",
            )
        ]

    def __str__(self):
        return f"{self.gone_name} → {self.kept_name}"
