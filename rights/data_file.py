"""Everything that is kept about a person, as one file: all rows that point to them, by declared relations.

Rows in `TELLS` are about the person and are included whole. Rows in `DID` are what the person wrote or decided: only
their kind and moment are included. `OTHERS` says why a relation is left out. A test fails for a foreign key to a
person, an account or a contact that is in none of the three, so that whoever adds a model decides.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, Model, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalChanges

from accounts.models import User
from clusters.models import Person, Photograph
from core.admin.history import label_of
from core.changes import display_value
from core.merging.references import fields_to
from lists.models import SearchAlert
from partners.models import Contact
from rights.anonymising import addresses_of
from rights.photographs import inline

TELLS = {
    "account.EmailAddress.user",
    "chairs.Appointment.person",
    "chairs.ConsentEvent.person",
    "chairs.StartUp_people.person",
    "clusters.Delegation.delegator",
    "clusters.Delegation.stand_in",
    "clusters.Director.person",
    "clusters.Person.user",
    "clusters.Photograph.person",
    "clusters.StaffInvitation.accepted_by",
    "clusters.StaffRole.user",
    "core.OutgoingMail.recipient",
    "core.SavedView.owner",
    "desk.Assignment.holder",
    "partners.Contact.user",
    "partners.Invitation.contact",
    "portal.Reminder.by",
    "portal.Reminder.user",
    "rights.CorrectionRequest.person",
    "sponsorships.Agreement.signatory",
    "sponsorships.Signature.user",
    "sponsorships.Sponsorship.signatory",
    "socialaccount.SocialAccount.user",
    "usersessions.UserSession.user",
}
DID = {
    "admin.LogEntry.user",
    "chairs.Activity.posted_by",
    "chairs.ActivityTransition.by",
    "chairs.ActivityTransition.on_behalf_of",
    "chairs.Chair.registered_by",
    "chairs.ChairTransition.by",
    "chairs.ChairTransition.on_behalf_of",
    "chairs.ClusterShare.agreed_by",
    "chairs.ClusterShare.on_behalf_of",
    "chairs.ConsentEvent.by",
    "chairs.ConsentEvent.on_behalf_of",
    "chairs.Output.added_by",
    "chairs.Output.added_for",
    "chairs.Output.confirmed_by",
    "chairs.Output.confirmed_for",
    "chairs.Output.refused_by",
    "chairs.Output.refused_for",
    "clusters.ChangeRequest.asked_by",
    "clusters.ChangeRequest.decided_by",
    "clusters.ChangeRequest.decided_for",
    "clusters.ChangeRequest.on_behalf_of",
    "clusters.Photograph.added_by",
    "clusters.Photograph.on_behalf_of",
    "clusters.StaffInvitation.invited_by",
    "conversations.Message.author",
    "conversations.Message.on_behalf_of",
    "core.ActAtOnce.by",
    "core.ActAtOnce.on_behalf_of",
    "core.HeldDecision.by",
    "core.HeldDecision.ended_by",
    "core.HeldDecision.ended_for",
    "core.HeldDecision.on_behalf_of",
    "core.ListExport.by",
    "core.ListExport.on_behalf_of",
    "core.MailWording.by",
    "core.MailWording.on_behalf_of",
    "core.Merge.by",
    "core.Merge.on_behalf_of",
    "core.Merge.undone_by",
    "core.Merge.undone_for",
    "core.NotTheSame.by",
    "core.NotTheSame.on_behalf_of",
    "desk.Assignment.by",
    "desk.Assignment.on_behalf_of",
    "desk.TaskNote.by",
    "desk.TaskNote.on_behalf_of",
    "imports.Import.entered_by",
    "imports.Import.entered_for",
    "imports.Import.on_behalf_of",
    "imports.Import.uploaded_by",
    "partners.Contact.decided_by",
    "partners.Contact.on_behalf_of",
    "partners.Invitation.invited_by",
    "partners.Invitation.on_behalf_of",
    "partners.OfficeContact.added_by",
    "partners.OfficeContact.on_behalf_of",
    "portal.Reminder.on_behalf_of",
    "progress.ProgressReport.created_by",
    "progress.ProgressReportTransition.by",
    "progress.ProgressReportTransition.on_behalf_of",
    "rights.CorrectionRequest.answered_by",
    "rights.CorrectionRequest.on_behalf_of",
    "rights.PersonalAct.by",
    "rights.PersonalAct.on_behalf_of",
    "sponsorships.Agreement.created_by",
    "sponsorships.AgreementTransition.by",
    "sponsorships.AgreementTransition.on_behalf_of",
    "sponsorships.ClauseVersion.on_behalf_of",
    "sponsorships.ClauseVersion.written_by",
    "sponsorships.ClosedYear.closed_by",
    "sponsorships.ClosedYear.closed_for",
    "sponsorships.ClosedYear.reopened_by",
    "sponsorships.ClosedYear.reopened_for",
    "sponsorships.ConflictResolution.by",
    "sponsorships.ConflictResolution.on_behalf_of",
    "sponsorships.Endorsement.by",
    "sponsorships.InstalmentTransition.by",
    "sponsorships.InstalmentTransition.on_behalf_of",
    "sponsorships.LateEntry.allowed_by",
    "sponsorships.LateEntry.on_behalf_of",
    "sponsorships.Signature.on_behalf_of",
    "sponsorships.Sponsorship.created_by",
    "sponsorships.Sponsorship.taken_over_by",
    "sponsorships.SponsorshipSubmission.by",
    "sponsorships.SponsorshipSubmission.on_behalf_of",
    "sponsorships.SponsorshipTransition.by",
    "sponsorships.SponsorshipTransition.on_behalf_of",
    "sponsorships.SupportingDocument.added_by",
    "sponsorships.SupportingDocument.on_behalf_of",
    "yearly.ChairYearReport.created_by",
    "yearly.ChairYearReportTransition.by",
    "yearly.ChairYearReportTransition.on_behalf_of",
    "yearly.ReportReminder.by",
    "yearly.ReportReminder.on_behalf_of",
    "yearly.YearReport.created_by",
    "yearly.YearReportTransition.by",
    "yearly.YearReportTransition.on_behalf_of",
}
OTHERS = {
    "desk.CalendarAddress.user": "an address that lets its holder in",
    "desk.LastLook.user": "when somebody looked: of no use outside the site",
    "accounts.User_groups.user": "no group is used",
    "accounts.User_user_permissions.user": "no permission is given to an account",
    "conversations.MessageReading.user": "until where somebody read: of no use outside the site",
    "mfa.Authenticator.user": "a secret that must not leave the database",
    "sponsorships.SigningCode.user": "a code of a few minutes",
}
# The headings of the workbook.
SHEET = {
    "what": gettext_lazy("What"),
    "number": gettext_lazy("No."),
    "field": gettext_lazy("Field"),
    "value": gettext_lazy("Value"),
}
# Fields that could give access, or that are no use: never in the file.
SECRET = {"password", "html", "search_key", "session_key", "token", "seen"}
# Fields of the photograph left out: of no use outside the site.
OF_A_FILE = {"small", "sha256"}


def undeclared() -> set[str]:
    """Return the relations to people that are declared in none of the three sets; history models have their own rule."""
    found = {
        name_of(model, one)
        for about in (Person, User, Contact)
        for model, one in fields_to(about)
        if not _is_history(model)
    }
    return found - TELLS - DID - OTHERS.keys()  # fmt: skip


def name_of(model: type[Model], field: ForeignKey) -> str:
    return f"{model._meta.app_label}.{model._meta.object_name}.{field.name}"


def data_file(person: Person) -> dict[str, Any]:
    """Return everything that is kept about a person and their account, ready for JSON."""
    subjects: list[Any] = [person, *([person.user] if person.user else [])]
    parts = [{"what": _title(one), "rows": [_values(one)]} for one in subjects]
    for subject in subjects:
        parts += _parts_about(subject)
    if person.user:
        for contact in person.user.contacts.all():
            parts += _parts_about(contact)
    parts += _alerts(person)
    return {"person": str(person), "made_at": timezone.now(), "parts": parts}


def lines_of(kept: dict[str, Any]) -> Iterator[list[str | int]]:
    """Yield the lines of a workbook: kind of row, its number, field label, and value."""
    for part in kept["parts"]:
        for number, row in enumerate(part["rows"], start=1):
            for label, value in row.items():
                text = str(value)
                # A cell cannot hold a picture.
                said = _("in the file as JSON") if text.startswith("data:image/") else text
                yield [str(part["what"]), number, str(label), said]


def _parts_about(subject: Any) -> Iterator[dict[str, Any]]:
    yield from _versions(subject)
    for model, one in sorted(fields_to(type(subject)), key=lambda pair: name_of(*pair)):
        name, rows = name_of(model, one), model._base_manager.filter(**{one.attname: subject.pk}).order_by("pk")
        if _is_history(model):
            continue
        if name in TELLS:
            told = [_values(row) for row in rows]
        elif name in DID:
            told = [_line(row) for row in rows]
        else:
            continue
        if told:
            yield {"what": f"{capfirst(model._meta.verbose_name_plural)} ({one.verbose_name})", "rows": told}


def _alerts(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the search alerts sent to the person's addresses: these rows have no relation to the person."""
    addresses = [one for one in (person.contact_email, *addresses_of(person.user)) if one]
    if rows := [_values(alert) for alert in SearchAlert.objects.at_addresses(addresses)]:
        yield {"what": str(capfirst(SearchAlert._meta.verbose_name_plural)), "rows": rows}


def _versions(subject: Any) -> Iterator[dict[str, Any]]:
    if hasattr(type(subject), "history"):
        rows = [_values(row) for row in type(subject).history.filter(id=subject.pk).order_by("history_id")]
        if rows:
            yield {"what": _("%(kind)s: history") % {"kind": _title(subject)}, "rows": rows}


def _values(row: Any) -> dict[str, str]:
    """Return the row's non-empty fields by label, as text."""
    fields = [
        one
        for one in row._meta.concrete_fields
        if one.name not in SECRET | OF_A_FILE and not hasattr(one, "translated_field")
    ]
    values = ((one, getattr(row, one.name if not one.is_relation else one.attname)) for one in fields)
    return {str(label_of(one)): _text(row, one, value) for one, value in values if value not in (None, "", [])}


def _text(row: Any, field: Any, value: Any) -> str:
    if isinstance(row, Photograph) and field.name == "file":
        return inline(row)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if field.is_relation:
        return str(getattr(row, field.name, None) or value) if not isinstance(row, HistoricalChanges) else str(value)
    return display_value(value)


def _line(row: Any) -> dict[str, str]:
    """Return what the person did as its kind, key and moments, without what others wrote there."""
    moments = [one for one in row._meta.concrete_fields if one.get_internal_type() == "DateTimeField"]
    when = {str(label_of(one)): display_value(value) for one in moments if (value := getattr(row, one.attname))}
    return {str(capfirst(row._meta.verbose_name)): str(row.pk), **when}


def _title(record: Any) -> str:
    return str(capfirst(record._meta.verbose_name))


def _is_history(model: type[Model]) -> bool:
    return issubclass(model, HistoricalChanges)


def mentions(person: Person) -> list[tuple[str, int]]:
    """Return in how many records of each kind free text contains the name: a human must judge what to do with it."""
    found = []
    for model in apps.get_models():
        texts = [one.name for one in model._meta.concrete_fields if one.get_internal_type() == "TextField"]
        if not texts or _is_history(model) or model._meta.app_label not in OURS or model.__name__ in WRITTEN_BY_NOBODY:
            continue
        anywhere = Q()
        for name in texts:
            anywhere |= Q(**{f"{name}__icontains": person.name})
        if number := model._base_manager.filter(anywhere).count():
            found.append((str(capfirst(model._meta.verbose_name_plural)), number))
    return found


OURS = {"clusters", "chairs", "collaborations", "partners", "sponsorships", "conversations", "progress", "yearly"}
# A chair's entry and an activity's in lists are made of these records.
WRITTEN_BY_NOBODY = {"ChairCard", "ActivityCard"}
ENCODER = DjangoJSONEncoder
