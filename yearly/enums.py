from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChairReportStatus(models.TextChoices):
    """The status of a chair's yearly report."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    SENT_BACK = "sent_back", _("Sent back")
    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")


class YearReportStatus(models.TextChoices):
    """The status of a cluster's or the nation's yearly report."""

    DRAFT = "draft", _("Being written")
    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")


class Records(models.TextChoices):
    """The records that a report counts: real and made-up ones are never added up."""

    REAL = "real", _("Real records")
    DEMONSTRATION = "demonstration", _("Demonstration records")


class Unit(models.TextChoices):
    """The unit of a count or an indicator."""

    NUMBER = "number", pgettext_lazy("unit", "number")
    PEOPLE = "people", _("people")
    HOURS = "hours", _("hours (h ETD)")
    EUROS = "euros", _("euros")
    RATIO = "ratio", _("ratio")
    PERCENT = "percent", _("per cent")


class Operation(models.TextChoices):
    """How an indicator combines two counts."""

    PLUS = "plus", _("plus")
    PER = "per", _("divided by")


class CountName(models.TextChoices):
    """The counts from which staff build indicators; `yearly.counts` computes them."""

    CHAIRS = "chairs", _("Chairs that ran")
    PEOPLE = "people", _("People in the chairs")
    INVESTIGATORS = "investigators", _("Principal investigators")
    MEMBERS = "members", _("Members")
    POSTDOCS = "postdocs", _("Postdoctoral researchers")
    DOCTORAL_STUDENTS = "doctoral_students", _("Doctoral students")
    ENGINEERS = "engineers", _("Engineers")
    PUBLICATIONS = "publications", _("Publications")
    SOFTWARE = "software", pgettext_lazy("count", "Software")
    DATA_SETS = "data_sets", _("Data sets")
    TEACHING_HOURS = "teaching_hours", _("Hours taught by the chairs")
    HOURS_OWED = "hours_owed", _("Hours owed by the chairs")
    HOURS_DISCHARGED = "hours_discharged", _("Hours discharged")
    TRAINED = "trained", _("People trained")
    TRAINED_WOMEN = "trained_women", _("Women trained, where stated")
    TRAINED_CONTINUING = "trained_continuing", _("People in continuing education")
    START_UPS_FOUNDED = "start_ups_founded", _("Start-ups founded in the year")
    START_UPS = "start_ups", _("Start-ups founded so far")
    PATENTS = "patents", _("Patents filed")
    LICENCES = "licences", _("Licences granted")
    TRANSFERS = "transfers", _("Software transferred")
    COLLABORATIONS = "collaborations", _("Collaborations under way")
    PARTNERS = "partners", _("Partners with money agreed")
    AGREED = "agreed", _("Cash agreed with partners so far")
    RECEIVED = "received", _("Cash received from partners so far")
    RECEIVED_IN_YEAR = "received_in_year", _("Cash received from partners in the year")
    IN_KIND = "in_kind", _("Contributions in kind and in skills agreed so far")
    GRANT = "grant", _("Public grant")
