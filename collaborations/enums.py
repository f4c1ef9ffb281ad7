from django.db import models
from django.utils.translation import gettext_lazy as _


class CollaborationKind(models.TextChoices):
    EXCHANGE = "exchange", _("Exchange")
    JOINT_RESEARCH = "joint_research", _("Joint research")
    JOINT_WORKSHOP = "joint_workshop", _("Joint workshop")
    JOINT_TRAINING = "joint_training", _("Joint training")
    CO_FUNDING = "co_funding", _("Co-funding")
    NATIONAL_EVALUATION = "national_evaluation", _("National evaluation")
    NETWORK = "network", _("Network")


class ParticipantKind(models.TextChoices):
    """The kind of a participant that is not on record as an institution."""

    INSTITUTION = "institution", _("Institution")
    ALLIANCE = "alliance", _("Alliance")
    COMPANY = "company", _("Company")
    OTHER = "other", _("Partner")
