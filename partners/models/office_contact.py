from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from core.model_fields import acted_for, done_by
from partners.models.partner import Partner

PHONE = RegexValidator(r"^\+?[0-9 ().-]{6,30}$", _("Enter a telephone number: digits, spaces and a leading + alone."))


class OfficeContact(models.Model):
    """A person at a partner, as a cluster's office knows them. It gives no account and no access.

    Once the person is invited and arrives, this row is deleted: they are a `Contact` and edit their own details.
    """

    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="office_contacts", verbose_name=_("partner")
    )
    # Each cluster's office keeps its own list.
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+", verbose_name=_("cluster"))
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True, validators=[PHONE])
    job_title = models.CharField(_("position held"), max_length=100, blank=True)
    is_primary = models.BooleanField(_("primary contact"), default=False, help_text=_("Admits and invites colleagues."))
    is_signatory = models.BooleanField(
        _("signatory"), default=False, help_text=_("May sign agreements for the partner.")
    )
    is_accounting = models.BooleanField(_("accounting"), default=False, help_text=_("Receives what concerns payments."))
    added_by = done_by(_("added by"))
    on_behalf_of = acted_for("added_by")
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contact kept by an office")
        verbose_name_plural = _("contacts kept by an office")
        ordering = ["partner", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "cluster", "email"],
                condition=~models.Q(email=""),
                name="partners_office_contact_once",
                violation_error_message=_("This address is already there among the contacts of the partner."),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)
