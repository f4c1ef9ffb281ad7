from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import is_french
from core.model_fields import acted_for
from sponsorships.enums import ClauseCondition, Regime

TEXT_MAX_LENGTH = 5000


class ClauseQuerySet(models.QuerySet):
    def used(self):
        """Return clauses that new agreements may use."""
        return self.filter(is_used=True)

    def visible_to(self, user):
        """Return every clause for active signed-in users, since agreements show them anyway; none for others."""
        return self if user.is_authenticated and user.is_active else self.none()


class Clause(models.Model):
    """A national model text for agreements, and when an agreement needs it. Its text is in its latest version."""

    key = models.SlugField(
        _("key"),
        unique=True,
        max_length=40,
        help_text=_("A short word for it, which never changes. Readers see the title."),
    )
    regime = models.CharField(
        _("regime"), max_length=20, choices=Regime, blank=True, help_text=_("Leave empty for both regimes.")
    )
    condition = models.CharField(
        _("called for"), max_length=20, choices=ClauseCondition, default=ClauseCondition.ALWAYS
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Clauses are ordered by this number.")
    )
    is_used = models.BooleanField(
        _("in use"), default=True, help_text=_("Untick instead of deleting: issued agreements keep the text.")
    )

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["position", "key"]

    def __str__(self):
        return self.latest.title if self.pk and self.latest else self.key

    @property
    def latest(self) -> "ClauseVersion | None":
        """The latest version; None before the first is written."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)


class ClauseVersion(models.Model):
    """One version of a clause's text. It never changes, because agreements were issued with it."""

    # PROTECT: agreements were issued with this text.
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="versions", verbose_name=_("clause"))
    number = models.PositiveSmallIntegerField(_("version"))
    title_en = models.CharField(_("title (English)"), max_length=120)
    title_fr = models.CharField(_("title (French)"), max_length=120)
    text_en = models.TextField(_("text (English)"), max_length=TEXT_MAX_LENGTH)
    text_fr = models.TextField(_("text (French)"), max_length=TEXT_MAX_LENGTH)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    written_by = models.ForeignKey(
        # PROTECT, for traceability. None for the texts that come with the site.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    on_behalf_of = acted_for("written_by")

    class Meta:
        verbose_name = _("version of a clause")
        verbose_name_plural = _("versions of a clause")
        ordering = ["clause", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "number"],
                name="sponsorships_clause_version_once",
                violation_error_message=_("Somebody rewrote this clause at the same moment. Open it again."),
            )
        ]

    def __str__(self):
        return str(_("version %(number)d") % {"number": self.number})

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A version stays as it is: write a new one.")
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        """The title in the active language."""
        return self.title_fr if is_french() else self.title_en

    @property
    def text(self) -> str:
        """The text in the active language."""
        return self.text_fr if is_french() else self.text_en
