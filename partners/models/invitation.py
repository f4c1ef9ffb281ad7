import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.model_fields import acted_for
from partners.enums import InvitationState
from partners.models.partner import Contact, Partner

# Long enough for a holiday; not so long that an abandoned mailbox remains a way in.
LIFETIME = datetime.timedelta(days=14)


class InvitationQuerySet(models.QuerySet):
    def open(self, at=None):
        """Return invitations that can still be accepted at a moment (default now)."""
        return self.invited_after((at or timezone.now()) - LIFETIME)

    def invited_after(self, moment):
        """Return invitations neither answered nor cancelled, made after a moment."""
        return self.filter(state=InvitationState.INVITED, invited_at__gt=moment)

    def visible_to(self, user):
        """Return invitations of the partners of which the user is a primary contact."""
        return self.filter(partner__in=Contact.objects.primary().filter(user=user).values("partner"))


class Invitation(models.Model):
    """An invitation by mail to act for a partner. Whoever verifies that address can accept it, with its roles."""

    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("partner")
    )
    email = models.EmailField(_("e-mail address"))
    is_primary = models.BooleanField(_("primary contact"), default=False, help_text=_("Admits and invites colleagues."))
    is_signatory = models.BooleanField(
        _("signatory"), default=False, help_text=_("May sign agreements for the partner.")
    )
    is_accounting = models.BooleanField(_("accounting"), default=False, help_text=_("Receives what concerns payments."))
    state = models.CharField(_("state"), max_length=20, choices=InvitationState, default=InvitationState.INVITED)
    # PROTECT: who invited somebody stays on record.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    on_behalf_of = acted_for("invited_by")
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    ended_at = models.DateTimeField(_("answered or cancelled at"), null=True, blank=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("contact")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["partner", "-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "email"],
                condition=Q(state="invited"),
                name="partners_invitation_once",
                violation_error_message=_("This address has already been invited."),
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(contact__isnull=False), name="partners_invitation_accepted_by"
            ),
        ]

    def __str__(self):
        return f"{self.email} ({self.partner})"

    @property
    def expires_at(self) -> datetime.datetime:
        return self.invited_at + LIFETIME

    @property
    def current_state(self) -> InvitationState:
        """The state as of now: an invitation counts as expired even before its row says so."""
        if self.state == InvitationState.INVITED and self.expires_at <= timezone.now():
            return InvitationState.EXPIRED
        return InvitationState(self.state)

    @property
    def is_open(self) -> bool:
        return self.current_state == InvitationState.INVITED
