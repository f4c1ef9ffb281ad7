import datetime
import uuid
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import site_languages

# An alert that is not renewed ends after this time.
LASTS = datetime.timedelta(days=365)
MAX_QUERY_LENGTH = 500


def last_day() -> datetime.date:
    return timezone.localdate() + LASTS


class SearchAlertQuerySet(models.QuerySet):
    def due(self, today: datetime.date) -> Self:
        """Return alerts that have not been checked today."""
        return self.filter(ends_on__gte=today).filter(Q(looked_on=None) | Q(looked_on__lt=today))

    def at_addresses(self, addresses: Iterable[str]) -> Self:
        return self.filter(address__in=[address.lower() for address in addresses])


class SearchAlert(models.Model):
    """An alert by mail about new results of a search. It is saved when confirmed, and deleted when it ends."""

    # Secret: used in the links of its mails.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=site_languages)
    list_name = models.CharField(_("list"), max_length=30)
    query = models.CharField(_("search"), max_length=MAX_QUERY_LENGTH, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now, editable=False)
    ends_on = models.DateField(_("ends on"), default=last_day)
    looked_on = models.DateField(_("looked at on"), null=True, editable=False)
    # The keys of all results so far, so that each is mailed once.
    seen = models.JSONField(default=list, editable=False)

    objects = SearchAlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("search alert")
        verbose_name_plural = _("search alerts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["address", "list_name", "query"], name="lists_alert_once"),
        ]

    def __str__(self):
        return f"{self.list_name}?{self.query}"
