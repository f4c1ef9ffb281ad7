import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.models.appointment import chairs_held_by
from clusters.models import Cluster
from clusters.scopes import clusters_with
from conversations.enums import WRITERS, MessageSide
from core.model_fields import acted_for
from core.models.kept_file import KeptFile
from partners.models.partner import Contact
from sponsorships.models.sponsorship import Sponsorship

TEXT_MAX_LENGTH = 5000


class Immutable(TypeError):
    """Raised on any attempt to change or delete a message."""


class SaidQuerySet(models.QuerySet):
    """Messages cannot be changed or deleted, one by one or in bulk."""

    def update(self, **kwargs):
        raise Immutable("A message is never changed.")

    def delete(self):
        raise Immutable("A message is never erased.")


class Said(models.Model):
    """A row that is never changed or deleted after it is written."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Immutable("A message is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Immutable("A message is never erased.")


class MessageQuerySet(SaidQuerySet):
    def visible_to(self, user):
        """Return the messages on the sponsorships that this user sees; staff notes only for staff of the cluster.

        Staff who are also a contact of the partner do not see the notes, which may be about them.
        """
        notes = Q(sponsorship__chair__cluster__in=Cluster.objects.visible_to(user).order_by().values("pk")) & ~Q(
            sponsorship__partner__in=Contact.objects.approved().filter(user_id=user.pk).values("partner")
        )
        # Asked for the sponsorship of each message: otherwise SQLite lists all that the user sees, to show one's messages.
        seen = Sponsorship.objects.visible_to(user).order_by().filter(pk=models.OuterRef("sponsorship"))
        return self.filter(models.Exists(seen), Q(is_internal=False) | notes)

    def unread_by(self, user):
        """Return the visible messages by others that are newer than the user's last confirmed reading."""
        return self.visible_to(user).with_unread(user).filter(is_unread=True)

    def with_unread(self, user):
        """Add `is_unread`: whether somebody else wrote the message after the user's last confirmed reading."""
        read = MessageReading.objects.filter(user_id=user.pk, sponsorship=models.OuterRef("sponsorship"))
        seen_until = models.functions.Coalesce(models.Subquery(read.values("until")[:1]), 0)
        is_new = ~Q(author_id=user.pk) & Q(pk__gt=seen_until)
        return self.annotate(is_unread=models.ExpressionWrapper(is_new, output_field=models.BooleanField()))

    def awaiting(self, user):
        """Return the unread messages on the sponsorships where this user may write (see `conversations.perms.side_of`)."""
        files = Sponsorship.objects.sent().filter(
            Q(partner__in=Contact.objects.approved().filter(user_id=user.pk).values("partner"))
            | Q(chair__cluster__in=clusters_with(user, WRITERS))
            | Q(chair__in=chairs_held_by(user))
        )
        return self.unread_by(user).filter(sponsorship__in=files)


class Message(Said):
    """A message to the other participants of a sponsorship. It is never changed."""

    token = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Made by the form before it is sent, so that two clicks make one message."),
    )
    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="messages", verbose_name=_("sponsorship")
    )
    # The record of who wrote what is kept.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )
    on_behalf_of = acted_for("author")
    # The side at the time: the author may leave the partner or the office later.
    side = models.CharField(_("writes for"), max_length=20, choices=MessageSide)
    text = models.TextField(_("message"), max_length=TEXT_MAX_LENGTH)
    is_internal = models.BooleanField(_("staff note"), default=False)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_internal=False) | Q(side=MessageSide.OFFICE.value),
                name="conversations_message_notes_are_of_staff",
                violation_error_message=_("Only staff write staff notes."),
            )
        ]

    def __str__(self):
        return self.text[:60]


class MessageFileQuerySet(SaidQuerySet):
    def visible_to(self, user):
        return self.filter(message__in=Message.objects.visible_to(user))


class MessageFile(Said, KeptFile):
    """A file attached to a message."""

    folder = "messages"

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files", verbose_name=_("message"))

    objects = MessageFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "sha256"], name="conversations_message_file_once"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("conversations:file", args=[self.message.sponsorship.reference, self.pk])


class MessageReading(models.Model):
    """The last message of a sponsorship that a user has confirmed to have read."""

    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.CASCADE, related_name="readings", verbose_name=_("sponsorship")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("account")
    )
    until = models.PositiveBigIntegerField(_("last message read"), default=0)

    class Meta:
        verbose_name = _("reading of messages")
        verbose_name_plural = _("readings of messages")
        constraints = [
            models.UniqueConstraint(fields=["sponsorship", "user"], name="conversations_message_reading_once"),
        ]

    def __str__(self):
        return f"{self.user}, {self.sponsorship}"
