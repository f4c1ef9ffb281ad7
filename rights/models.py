from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Person
from clusters.scopes import EDITORS, clusters_of, clusters_with
from core.model_fields import acted_for, done_by

TEXT_MAX_LENGTH = 2000


class CorrectionRequestQuerySet(models.QuerySet):
    def open(self):
        """Return requests that are not answered."""
        return self.filter(answered_at=None)

    def visible_to(self, user):
        """Return requests of the people of the user's clusters (see `people_of`); all for national staff."""
        if user.is_superuser or clusters_of(user).is_national:
            return self
        return self.filter(_is_of_people_of(clusters_of(user).pks))

    def answerable_by(self, user):
        return self.open().filter(_is_of_people_of(clusters_with(user, EDITORS)))


def _is_of_people_of(clusters):
    """Whether a request is of one of these people: asked of each request, since few wait and a cluster has many people."""
    return models.Exists(people_of(clusters).filter(pk=models.OuterRef("person")))


def people_of(clusters):
    """Return the keys of people whom these clusters registered, or who hold an appointment or directorship there."""
    posts = Person.appointments.rel.related_model.objects.filter(chair__cluster__in=clusters).order_by()
    offices = Person.directorships.rel.related_model.objects.filter(cluster__in=clusters).order_by()
    own = models.Q(registered_in__in=clusters) | models.Q(pk__in=posts.values("person"))
    return Person.objects.filter(own | models.Q(pk__in=offices.values("person"))).order_by().values("pk")


class CorrectionRequest(models.Model):
    """What a person wants corrected in what the site shows about them, and the answer of staff."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="correction_requests", verbose_name=_("person")
    )
    text = models.TextField(_("what is wrong"), max_length=TEXT_MAX_LENGTH)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = done_by(_("answered by"))
    on_behalf_of = acted_for("answered_by")
    answer = models.TextField(_("answer"), blank=True, max_length=TEXT_MAX_LENGTH)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for correction")
        verbose_name_plural = _("requests for correction")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["asked_at"], condition=models.Q(answered_at=None), name="rights_request_to_answer")
        ]

    def __str__(self):
        return str(self.person)


class DueErasure(models.Model):
    """A record whose retention period is over: a nightly run lists it, and after the notice staff confirm its erasure."""

    # A key of `rights.retention.PERIODS`, and the key of the record.
    period = models.CharField(_("sort"), max_length=20)
    record = models.BigIntegerField(_("record"))
    listed_at = models.DateTimeField(_("listed at"), default=timezone.now)

    class Meta:
        verbose_name = _("erasure that is due")
        verbose_name_plural = _("erasures that are due")
        constraints = [models.UniqueConstraint(fields=["period", "record"], name="rights_due_erasure_once")]

    def __str__(self):
        return f"{self.period} {self.record}"


class PersonalAct(models.Model):
    """An act on a person's data, by whom and when: see `What`.

    It does not name the person, so that it can outlive their data.
    """

    class What(models.TextChoices):
        HIDDEN = "hidden", _("hidden from the public")
        SHOWN = "shown", _("shown again")
        LINK_SENT = "link_sent", _("link sent")
        ANONYMISED = "anonymised", _("anonymised")
        PHOTO_ADDED = "photo_added", _("photograph added")
        PHOTO_ENDED = "photo_ended", _("photograph erased")

    # "clusters.person" or "accounts.user".
    kind = models.CharField(_("kind"), max_length=60)
    record = models.BigIntegerField(_("record"))
    what = models.CharField(_("what"), max_length=12, choices=What)
    # None if the person did it with their own link.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("act on personal data")
        verbose_name_plural = _("acts on personal data")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "record"], name="rights_act_of_a_record")]

    def __str__(self):
        return f"{self.kind} {self.record}: {self.get_what_display()}"
