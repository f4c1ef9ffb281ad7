from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models.cluster import Cluster
from clusters.scopes import EDITORS, clusters_of, clusters_with
from core.current_names import NamesRecord
from core.model_fields import done_by
from core.on_behalf import hands_of, names_of

WHY_MAX_LENGTH = 1000


class ChangeRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decided_at=None)

    def visible_to(self, user):
        """Return the requests about records of the user's clusters; all requests for national staff."""
        scope = clusters_of(user)
        return self if user.is_superuser or scope.is_national else self.filter(cluster__in=scope.pks)

    def decidable_by(self, user):
        """Return the open requests by other people, in clusters that this user edits.

        A stand-in is no other person than the colleague for whom they act, whichever of the two asked.
        """
        hands, here = hands_of(user), self.open().filter(cluster__in=clusters_with(user, EDITORS))
        return here.filter(Q(on_behalf_of=None) | ~Q(on_behalf_of__in=hands)).exclude(asked_by__in=hands)


class ChangeRequest(NamesRecord, models.Model):
    """A change that needs two people: one asks and gives the reason, another confirms. The record changes only then."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+", verbose_name=_("cluster"))
    # The record: its model's label and its key, and its name when the change was asked for.
    kind = models.CharField(_("kind"), max_length=60)
    record = models.BigIntegerField(_("record"))
    name = models.CharField(_("what it is about"), max_length=300)
    # The values of the columns as JSON, before the change and as proposed.
    before: Any = models.JSONField(_("before"), encoder=DjangoJSONEncoder)
    values: Any = models.JSONField(_("proposed"), encoder=DjangoJSONEncoder)
    why = models.TextField(_("why"), max_length=WHY_MAX_LENGTH)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    # The colleague for whom a stand-in asked.
    on_behalf_of = done_by(_("on behalf of"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    decided_by = done_by(_("decided by"))
    decided_for = done_by(_("on behalf of"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("confirmed"), null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("change that asks for a second person")
        verbose_name_plural = _("changes that ask for a second person")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="clusters_change_of_two_people"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("on_behalf_of")),
                name="clusters_change_of_two_hands",
            ),
            models.UniqueConstraint(
                fields=["kind", "record"],
                condition=Q(decided_at=None),
                name="clusters_change_one_at_a_time",
            ),
        ]

    def __str__(self):
        return self.present_name

    @property
    def asker(self) -> str:
        """The name of the person who asked, and of the colleague on whose behalf."""
        return names_of(self.asked_by, self.on_behalf_of)

    @property
    def decider(self) -> str:
        """The name of the person who decided, and of the colleague on whose behalf; an empty text while nobody has."""
        return names_of(self.decided_by, self.decided_for)
