from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.scopes import EDITORS, FINANCE

# The roles whose holders write for the office, and read for it.
WRITERS = EDITORS | FINANCE


class MessageSide(models.TextChoices):
    """For whom the author of a message wrote."""

    PARTNER = "partner", _("the partner")
    OFFICE = "office", _("the cluster's office")
    INVESTIGATOR = "investigator", _("the chair's investigators")
