from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailOptOut(models.Model):
    """An address whose reader refuses letters that are not about their own file."""

    address = models.EmailField(_("e-mail address"), unique=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("refusal of letters")
        verbose_name_plural = _("refusals of letters")

    def __str__(self):
        return self.address
