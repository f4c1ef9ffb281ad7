from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """The origin of a record, shown wherever the record is."""

    SOURCED = "sourced", _("Published source")
    REGISTERED = "registered", _("Registered by staff")
    DEMONSTRATION = "demonstration", _("Demonstration")


class PhotographWay(models.TextChoices):
    """How a person agreed to show their picture: by adding it themselves, or as recorded by staff."""

    LINK = "link", _("by the person, through their link")
    ACCOUNT = "account", _("by the person, signed in")
    STAFF = "staff", _("recorded by staff")


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
    INCUBATOR = "incubator", _("Incubator")
    BUSINESS_SCHOOL = "business_school", _("Business school")


# A laboratory has several supervising bodies, an alliance several members: neither is an employer.
NOT_EMPLOYERS = {InstitutionKind.LABORATORY, InstitutionKind.ALLIANCE}


class MembershipRole(models.TextChoices):
    LEAD = "lead", _("Lead")
    FOUNDING = "founding", _("Founding member")
    ASSOCIATED = "associated", _("Associated member")
    # Works with the cluster; sources do not say whether it belongs to the consortium.
    INCUBATOR = "incubator", _("Incubator")
    OTHER = "other", _("Partner")

    def heading(self, number: int):
        """Return the heading for so many institutions with this role."""
        return MEMBERS[self] if number > 1 else self.label


MEMBERS = {
    MembershipRole.LEAD: _("Leads"),
    MembershipRole.FOUNDING: _("Founding members"),
    MembershipRole.ASSOCIATED: _("Associated members"),
    MembershipRole.INCUBATOR: _("Incubators"),
    MembershipRole.OTHER: _("Partners"),
}


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
    """The role of a member of staff in a cluster; the last two are national."""

    READER = "reader", _("Reader")
    EDITOR = "editor", _("Editor")
    FINANCE = "finance", _("Finance officer")
    MANAGER = "manager", _("Manager")
    COORDINATOR = "coordinator", _("National coordinator")
    AUDITOR = "auditor", _("National auditor")


NATIONAL_ROLES = (Role.COORDINATOR, Role.AUDITOR)


class InvitationState(models.TextChoices):
    """The state of an invitation to a cluster's team."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    CANCELLED = "cancelled", _("Cancelled")


class TrainingLevel(models.TextChoices):
    BACHELOR = "bachelor", _("Bachelor")
    MASTER = "master", _("Master’s")
    DOCTORAL = "doctoral", _("Doctoral")
    EXECUTIVE = "executive", _("Executive education")
    ONLINE = "online", _("Online")


class Audience(models.TextChoices):
    AI_EXPERTS = "ai_experts", _("AI experts")
    OTHER_DISCIPLINES = "other_disciplines", _("Students of other disciplines")
    BOTH = "both", _("AI experts and other disciplines")


class TeachingLanguage(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    BOTH = "both", _("French and English")


class StatedKind(models.TextChoices):
    """The kind of a stated number: a starting point, a target, or a count."""

    BASELINE = "baseline", _("starting point")
    TARGET = "target", _("target")
    STATED = "stated", _("as stated")


class StatedSubject(models.TextChoices):
    TRAINED_A_YEAR = "people_trained_a_year", _("people trained a year")
    TRAINED_CONTINUING = "people_trained_a_year_continuing_education", _("people in continuing education a year")
    TRAINED = "people_trained", _("people trained")
    REACHED = "students_reached", _("students reached")
    STUDENTS_AWARE = "students_made_aware", _("students made aware")
    PEOPLE_AWARE = "people_made_aware", _("people made aware")
    STAFF_TRAINED = "staff_continuing_education", _("teachers in continuing education")
    MULTIPLE = "students_trained_multiple", _("times as many students trained")
    NEW_PROGRAMMES = "new_programmes", _("new training programmes")
    START_UPS = "start_ups", _("start-ups")
    INCUBATED = "projects_incubated", _("projects that an incubator took in")
    PARTNERS = "partners", _("partners")
    CHAIRS = "chairs", _("chairs")
    RESEARCHERS = "academic_researchers", _("academic researchers")
    DOCTORAL_STUDENTS = "phd_students_and_postdocs", _("doctoral students and postdocs")
