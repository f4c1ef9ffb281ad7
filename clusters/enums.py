from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a record comes from; shown wherever the record is."""

    SOURCED = "sourced", _("Published source")
    REGISTERED = "registered", _("Registered by staff")
    DEMONSTRATION = "demonstration", _("Demonstration")


class InstitutionKind(models.TextChoices):
    UNIVERSITY = "university", _("University")
    SCHOOL = "school", _("School")
    RESEARCH_BODY = "research_body", _("National research body")
    RESEARCH_INSTITUTE = "research_institute", _("Research institute")
    HOSPITAL = "hospital", _("Hospital")
    MUSEUM = "museum", _("Museum")
    FOUNDATION = "foundation", _("Foundation")
    PUBLIC_BODY = "public_body", _("Public body")
    AUTHORITY = "authority", _("Local authority")
    COMPANY = "company", _("Company")
    LABORATORY = "laboratory", _("Laboratory")
    ALLIANCE = "alliance", _("Alliance of institutions")


# A laboratory has several supervising bodies, an alliance several members: neither employs anyone.
NOT_EMPLOYERS = {InstitutionKind.LABORATORY, InstitutionKind.ALLIANCE}


class MembershipRole(models.TextChoices):
    LEAD = "lead", _("Lead")
    FOUNDING = "founding", _("Founding member")
    ASSOCIATED = "associated", _("Associated member")
    OTHER = "other", _("Partner")


class Confidence(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium: to be confirmed")


class Qualifier(models.TextChoices):
    EXACT = "", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    PLANNED = "planned", _("planned")


class DirectorRole(models.TextChoices):
    DIRECTOR = "director", _("Director")
    COORDINATOR = "coordinator", _("Coordinator")
    INTERIM_COORDINATOR = "interim_coordinator", _("Interim coordinator")
    PROJECT_LEAD = "project_lead", _("Project lead")
    HEAD_OF_PROJECT = "head_of_project", _("Head of project")


class Role(models.TextChoices):
    """What a member of staff is in a cluster, or, for the last two, in the nation."""

    READER = "reader", _("Reader")
    EDITOR = "editor", _("Editor")
    FINANCE = "finance", _("Finance officer")
    MANAGER = "manager", _("Manager")
    COORDINATOR = "coordinator", _("National coordinator")
    AUDITOR = "auditor", _("National auditor")


NATIONAL_ROLES = (Role.COORDINATOR, Role.AUDITOR)
