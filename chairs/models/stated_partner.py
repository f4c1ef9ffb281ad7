from django.db import models
from django.utils.translation import gettext_lazy as _

from chairs.models.chair import Chair


class StatedPartner(models.Model):
    """An organisation that a source names beside a chair. Whether it pays is often not stated."""

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="stated_partners", verbose_name=_("chair"))
    name = models.CharField(_("name"), max_length=200)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    pays = models.BooleanField(_("pays"), null=True, blank=True, help_text=_("Unknown when no source says so."))

    class Meta:
        verbose_name = _("stated partner")
        verbose_name_plural = _("stated partners")
        ordering = ["chair", "name"]

    def __str__(self):
        return self.name
