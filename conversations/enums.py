from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.scopes import EDITORS, FINANCE

# The roles that read and write messages for the office.
WRITERS = EDITORS | FINANCE


class MessageSide(models.TextChoices):
    """The side for which the author of a message wrote."""

    PARTNER = "partner", _("the partner")
    OFFICE = "office", _("the cluster's office")
    INVESTIGATOR = "investigator", _("the chair's investigators")
