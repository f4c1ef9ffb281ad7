from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sector(models.TextChoices):
    """Broad sectors, based on those sections of the NACE nomenclature that matter for AI research."""

    ENERGY = "energy", _("Energy and environment")
    HEALTH = "health", _("Health and pharmacy")
    TRANSPORT = "transport", _("Transport and mobility")
    AEROSPACE = "aerospace", _("Aerospace and defence")
    MANUFACTURING = "manufacturing", _("Manufacturing")
    DIGITAL = "digital", _("Software and digital services")
    FINANCE = "finance", _("Banking and insurance")
    CULTURE = "culture", _("Culture and media")
    AGRIFOOD = "agrifood", _("Agriculture and food")
    PUBLIC = "public", _("Public service")
    OTHER = "other", _("Other")


class Size(models.TextChoices):
    """Company sizes of decree 2008-1354, and start-ups, which the clusters count separately."""

    STARTUP = "startup", _("Start-up")
    SME = "sme", _("Small or medium-sized (under 250 people)")
    MID = "mid", _("Mid-sized (250 to 4,999 people)")
    LARGE = "large", _("Large (5,000 people or more)")
    NOT_A_COMPANY = "not_a_company", _("Not a company")


class ContactState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("contact", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("contact", "Approved")
    REFUSED = "refused", pgettext_lazy("contact", "Refused")
    # Their name stays with what they did; they have no access any more.
    REMOVED = "removed", pgettext_lazy("contact", "Removed")


class InvitationState(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")
