from django.db import models
from django.utils.translation import gettext_lazy as _


class ChairStatus(models.TextChoices):
    """The status of a chair, in the staff's words; PUBLIC_STATUS_LABELS has the public's."""

    SOURCED = "sourced", _("As published")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLIC_STATUSES = (
    ChairStatus.SOURCED,
    ChairStatus.APPROVED,
    ChairStatus.ACTIVE,
    ChairStatus.SUSPENDED,
    ChairStatus.CLOSED,
)
# Before approval: the composition may be incomplete, and must be right to go on.
FORMING_STATUSES = (ChairStatus.DRAFT, ChairStatus.SUBMITTED, ChairStatus.CHANGES_REQUESTED)
# Not running yet: the funding clusters and their shares may still change.
SHARING_STATUSES = (*FORMING_STATUSES, ChairStatus.APPROVED)
# Approved and not ended: held to the composition rule.
WATCHED_STATUSES = (ChairStatus.APPROVED, ChairStatus.ACTIVE, ChairStatus.SUSPENDED)
# Begun and not ended; a paused chair counts too.
RUNNING_STATUSES = (ChairStatus.ACTIVE, ChairStatus.SUSPENDED)
# Approved at some time: the rule in force then is on record.
RULED_STATUSES = (*WATCHED_STATUSES, ChairStatus.CLOSED)
# Only a running chair can take a sponsor's money.
FUNDABLE_STATUSES = (ChairStatus.APPROVED, ChairStatus.ACTIVE)

PUBLIC_STATUS_LABELS = {
    ChairStatus.SOURCED: _("Status not stated"),
    ChairStatus.APPROVED: _("Starting soon"),
    ChairStatus.ACTIVE: _("Running"),
    ChairStatus.SUSPENDED: _("Paused"),
    ChairStatus.CLOSED: _("Ended"),
}


class AppointmentRole(models.TextChoices):
    PI = "pi", _("Principal investigator")
    HOLDER = "holder", _("Chair holder")
    CO_HOLDER = "co_holder", _("Co-holder")
    MEMBER = "member", _("Member")
    POSTDOC = "postdoc", _("Postdoctoral researcher")
    DOCTORAL_STUDENT = "doctoral_student", _("Doctoral student")
    ENGINEER = "engineer", _("Engineer")
    EXECUTIVE_BOARD = "executive_board", _("Executive board")
    UNSTATED = "unstated", _("Role not stated")


# The roles that a composition rule counts as principal investigators.
PI_ROLES = (AppointmentRole.PI, AppointmentRole.HOLDER, AppointmentRole.CO_HOLDER)
# People who work in a chair without holding it, in the order of its page.
TEAM_ROLES = (
    AppointmentRole.MEMBER,
    AppointmentRole.POSTDOC,
    AppointmentRole.DOCTORAL_STUDENT,
    AppointmentRole.ENGINEER,
)


class Seniority(models.TextChoices):
    JUNIOR = "junior", _("Junior")
    SENIOR = "senior", _("Senior")


class TeachingKind(models.TextChoices):
    COURSE = "course", _("Course")
    SEMINAR = "seminar", _("Seminar")
    SUMMER_SCHOOL = "summer_school", _("Summer school")
    CONTINUING = "continuing", _("Continuing education")
    OTHER = "other", _("Other")


class ActivityVerb(models.TextChoices):
    """The acts on a posted activity, in the past tense for its timeline."""

    CLOSE = "close", _("closed")
    RAISE_TARGET = "raise_target", _("target raised from %(before)s to %(after)s")
    LOWER_TARGET = "lower_target", _("target corrected from %(before)s to %(after)s")


class AcceptedRegime(models.TextChoices):
    """How an activity may be funded. The two regimes have the same values as `sponsorships.enums.Regime`."""

    EITHER = "either", _("As a gift or under a contract")
    PATRONAGE = "patronage", _("Only as a gift (mécénat)")
    PARTNERSHIP = "partnership", _("Only under a research contract")


class ActivityState(models.TextChoices):
    OPEN = "open", _("Open to sponsors")
    FUNDED = "funded", _("Funded")
    CLOSED = "closed", _("Closed")


class ConsentAct(models.TextChoices):
    """The events of a person's consent to be named."""

    INVITED = "invited", _("invited to agree")
    ACCEPTED = "accepted", _("agreed to be named")
    DECLINED = "declined", _("declined to be named")
    WITHDRAWN = "withdrawn", _("withdrew the agreement")
    RECORDED = "recorded", _("agreement recorded by staff")
    REMOVED = "removed", _("agreement removed by staff")


class ConsentWay(models.TextChoices):
    LINK = "link", _("through the link in the e-mail")
    ACCOUNT = "account", _("signed in")
    STAFF = "staff", _("by staff")
    SITE = "site", _("by the site itself")


class OrganisationRole(models.TextChoices):
    STAKEHOLDER = "stakeholder", _("Stakeholder")
    INDUSTRIAL_PARTNER = "industrial_partner", _("Industrial partner")


class StartUpTie(models.TextChoices):
    """The tie of a start-up to a cluster; only the first means that it comes from the cluster's research."""

    SPIN_OFF = "spin_off", _("Comes from the cluster’s research")
    SUPPORTED = "supported", _("Supported by the cluster")
    INCUBATOR_EXAMPLE = "incubator_example", _("Supported by an incubator that works with the cluster")


class StartUpStage(models.TextChoices):
    PROJECT = "project", _("Project")
    INCUBATED = "incubated", _("In incubation")
    FOUNDED = "founded", _("Founded")
    FUNDED = "funded", _("Has raised funds")
    ACQUIRED = "acquired", _("Acquired")
    CLOSED = "closed", _("Closed down")


class CountedKind(models.TextChoices):
    """Kinds of outputs that are counted, without a record of each."""

    PATENT = "patent", _("Patents filed")
    LICENCE = "licence", _("Licences granted")
    TRANSFER = "transfer", _("Software transferred")


class OutputKind(models.TextChoices):
    PUBLICATION = "publication", _("Publication")
    SOFTWARE = "software", _("Software")
    DATA_SET = "data_set", _("Data set")


class OutputRegistry(models.TextChoices):
    """The source of an output's metadata."""

    CROSSREF = "crossref", "Crossref"
    DATACITE = "datacite", "DataCite"
    HAL = "hal", "HAL"
    FILE = "file", _("an imported file")


class OutputProblem(models.TextChoices):
    """Why an output could not be completed from a registry."""

    UNKNOWN = "unknown", _("The registry does not know this identifier.")
    ELSEWHERE = "elsewhere", _("Another agency than Crossref and DataCite registers this DOI.")
    UNREACHABLE = "unreachable", _("The registry did not answer.")
    SLOW = "slow", _("The registry took too long to answer.")
    BUSY = "busy", _("The registry asks for patience.")
    UNREADABLE = "unreadable", _("The registry’s answer could not be read.")
