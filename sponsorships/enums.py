from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConflictKind(models.TextChoices):
    """A conflict that staff resolve in writing before they accept a sponsorship (docs/conflicts.md)."""

    EMPLOYER = "employer", _("The partner is close to an investigator")
    EXCLUSIVITY = "exclusivity", _("Exclusivity")
    BEYOND_TARGET = "beyond_target", _("More is offered than the activity needs")
    COUNTERPARTS = "counterparts", _("Counterparts of a gift")


class Regime(models.TextChoices):
    """The two legal ways for money to enter a chair (docs/sponsorships.md)."""

    PATRONAGE = "patronage", _("Patronage (mécénat): a gift")
    PARTNERSHIP = "partnership", _("Research partnership: a contract")


class Confidentiality(models.TextChoices):
    """What the partner lets the public see once the sponsorship is accepted."""

    PUBLIC = "public", _("Name and amount may be published")
    BAND = "band", _("Name, and the amount as a band (“€50,000 to €100,000”)")
    NAME_ONLY = "name_only", _("Name only; the amount stays private")
    ANONYMOUS = "anonymous", _("Neither name nor amount")


# The choices that let the public know the partner's name, from the day that the partner chose.
NAMED = (Confidentiality.PUBLIC, Confidentiality.BAND, Confidentiality.NAME_ONLY)


class Contribution(models.TextChoices):
    """What a partner gives. The three are shown side by side and never added up to one figure."""

    CASH = "cash", _("Cash")
    IN_KIND = "in_kind", _("In kind")
    SKILLS = "skills", _("Skills")


class EntryKind(models.TextChoices):
    """What an entry of the ledger counts. Each figure is the sum of one kind (docs/money.md)."""

    ASKED = "asked", _("Asked")
    PENDING = "pending", _("Pending")
    AGREED = "agreed", _("Agreed")
    INVOICED = "invoiced", _("Invoiced or called")
    RECEIVED = "received", _("Received")
    OVERPAID = "overpaid", _("Overpayment")
    WRITTEN_OFF = "written_off", _("Written off")


class ValuationMethod(models.TextChoices):
    """How a contribution in kind or skills was valued in euros; the company values it (CGI 238 bis)."""

    COST = "cost", _("Cost price")
    BOOK = "book", _("Net book value")
    MARKET = "market", _("Market or catalogue price")
    TIME = "time", _("Time spent, at its full cost")


class AgreementStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    AWAITING_SIGNATURE = "awaiting", _("Awaiting signature")
    SIGNED = "signed", _("Signed")
    RECORDED = "recorded", _("Recorded as signed elsewhere")
    VOID = "void", _("Void")


# A binding agreement: its amounts count as agreed, its instalments can be invoiced.
IN_FORCE_STATUSES = (AgreementStatus.SIGNED, AgreementStatus.RECORDED)
# An agreement still being prepared or signed: a sponsorship has at most one.
OPEN_AGREEMENT_STATUSES = (AgreementStatus.DRAFT, AgreementStatus.AWAITING_SIGNATURE)


class AgreementPath(models.TextChoices):
    GENERATED = "generated", _("Generated here, for signature")
    ELSEWHERE = "elsewhere", _("Signed elsewhere, recorded here")


class AgreementLanguage(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class SigningSide(models.TextChoices):
    PARTNER = "partner", _("For the partner")
    INSTITUTION = "institution", _("For the managing institution")


class ClauseCondition(models.TextChoices):
    """When an agreement needs a clause (evaluated in `sponsorships.agreements.clauses`)."""

    ALWAYS = "always", _("In every agreement")
    CASH = "cash", _("Where cash is given")
    VALUED = "valued", _("Where something is given in kind or skills")
    CIFRE = "cifre", _("With a Cifre thesis")
    OTHER_PARTIES = "other_parties", _("Where other parties are bound")
    PUBLIC = "public", _("Name and amount may be published")
    BAND = "band", _("Name, and the amount as a band (“€50,000 to €100,000”)")
    NAME_ONLY = "name_only", _("Name only; the amount stays private")
    ANONYMOUS = "anonymous", _("Neither name nor amount")
    AMENDMENT = "amendment", _("In every amendment")


class InstalmentStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("instalment", "Planned")
    DUE = "due", pgettext_lazy("instalment", "Due")
    INVOICED = "invoiced", pgettext_lazy("instalment", "Invoiced or called")
    RECEIVED = "received", pgettext_lazy("instalment", "Received")
    WRITTEN_OFF = "written_off", pgettext_lazy("instalment", "Written off")


# Nothing is invoiced yet: an amendment may reschedule the instalment.
UNINVOICED_STATUSES = (InstalmentStatus.PLANNED, InstalmentStatus.DUE)
SETTLED_STATUSES = (InstalmentStatus.RECEIVED, InstalmentStatus.WRITTEN_OFF)


class InstalmentCondition(models.TextChoices):
    """What an instalment waits for before it is due."""

    DATE = "date", _("A date")
    REPORT = "report", _("An accepted report")
    MILESTONE = "milestone", _("A milestone")


class SponsorshipStatus(models.TextChoices):
    """Where a sponsorship stands, in the staff's words; PARTNER_STATUS_LABELS has the partner's."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    ACCEPTED = "accepted", _("Accepted")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TERMINATED = "terminated", _("Terminated")


PARTNER_STATUS_LABELS = {
    SponsorshipStatus.DRAFT: _("Not yet sent"),
    SponsorshipStatus.SUBMITTED: _("Sent"),
    SponsorshipStatus.IN_REVIEW: _("Under review"),
    SponsorshipStatus.CHANGES_REQUESTED: _("Your answer is awaited"),
    SponsorshipStatus.ACCEPTED: _("Accepted"),
    SponsorshipStatus.ACTIVE: _("Running"),
    SponsorshipStatus.COMPLETED: _("Completed"),
    SponsorshipStatus.DECLINED: _("Not accepted"),
    SponsorshipStatus.WITHDRAWN: _("Withdrawn by the partner"),
    SponsorshipStatus.TERMINATED: _("Ended early"),
}
# The partner can still change the form.
EDITABLE_STATUSES = (SponsorshipStatus.DRAFT, SponsorshipStatus.CHANGES_REQUESTED)
# Proposals under review.
PENDING_STATUSES = (SponsorshipStatus.IN_REVIEW, SponsorshipStatus.CHANGES_REQUESTED)
# Accepted money counts as agreed, whether it is paid yet or not.
AGREED_STATUSES = (SponsorshipStatus.ACCEPTED, SponsorshipStatus.ACTIVE, SponsorshipStatus.COMPLETED)
# The terms can be agreed or amended.
AGREEABLE_STATUSES = (SponsorshipStatus.ACCEPTED, SponsorshipStatus.ACTIVE)
# Sent and undecided: an investigator's endorsement still matters.
UNDECIDED_STATUSES = (SponsorshipStatus.SUBMITTED, *PENDING_STATUSES)
# Sent, and neither ended nor declined: only these can conflict with another sponsorship.
LIVE_STATUSES = (*UNDECIDED_STATUSES, SponsorshipStatus.ACCEPTED, SponsorshipStatus.ACTIVE)
