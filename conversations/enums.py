from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageSide(models.TextChoices):
    """For whom the author of a message wrote."""

    PARTNER = "partner", _("the partner")
    OFFICE = "office", _("the cluster's office")
    INVESTIGATOR = "investigator", _("the chair's investigators")
