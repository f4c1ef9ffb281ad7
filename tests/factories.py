"""Records for tests: each function makes one, valid as it stands; `**overrides` change it."""

import datetime
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from chairs.enums import ChairStatus
from chairs.models import (
    Activity,
    Appointment,
    Chair,
    ChairKind,
    ClusterShare,
    CompositionRule,
    Concept,
    Discipline,
    TeachingElement,
)
from chairs.search.index import indexed_once
from conversations.models import Message, MessageFile
from core.enums import DocumentType
from partners.enums import ContactState, Sector, Size
from partners.models import Contact, Partner
from progress.enums import ReportStatus
from progress.models import ProgressReport, ReportFile
from sponsorships.accounting import schedule
from sponsorships.accounting.promises import restate
from sponsorships.agreements import document, drafting
from sponsorships.agreements.files import fingerprint, read
from sponsorships.conflicts.detection import conflicts_of
from sponsorships.conflicts.resolution import resolve
from sponsorships.enums import AgreementPath, AgreementStatus, Confidentiality, Regime, SponsorshipStatus
from sponsorships.models import Agreement, Sponsorship, SupportingDocument
from tests.cluster_factories import (  # noqa: F401 - one place to ask for any record
    PASSWORD,
    make_cluster,
    make_institution,
    make_intake,
    make_overlap,
    make_person,
    make_phase,
    make_staff,
    make_theme,
    make_training,
    make_user,
    numbers,
)


def make_discipline(**overrides) -> Discipline:
    number = next(numbers)
    return Discipline.objects.create(**{"slug": f"discipline-{number}", "name_en": f"Discipline {number}", **overrides})


def make_concept(**overrides) -> Concept:
    number = next(numbers)
    values = {"code": f"concept-{number}", "words_en": f"word{number}", "words_fr": f"mot{number}", **overrides}
    return Concept.objects.create(**values)


def make_kind(rule: dict | None = None, **overrides) -> ChairKind:
    """A kind with one rule (one investigator at least, unless `rule` says otherwise); `rule=False` makes none."""
    number = next(numbers)
    kind = ChairKind.objects.create(
        **{"slug": f"kind-{number}", "name_en": f"Kind {number}", "name_fr": f"Type {number}", **overrides}
    )
    if rule is not False:
        CompositionRule.objects.create(kind=kind, **{"valid_from": datetime.date(2024, 1, 1), **(rule or {})})
    return kind


CAP_RULE = {"min_pis": 2, "max_pis": 2, "min_institutions": 2, "needs_teaching": True}
SYNERGY_RULE = {"min_pis": 3, "max_pis": 4, "min_disciplines": 2, "needs_junior_and_senior": True}
EXCELLENCE_RULE = {"min_pis": 1, "max_pis": 2}
MODULAR_RULE = {"min_pis": 2}

MOMENTS = {
    ChairStatus.SUBMITTED: "submitted_at",
    ChairStatus.CHANGES_REQUESTED: "changes_requested_at",
    ChairStatus.APPROVED: "approved_at",
    ChairStatus.ACTIVE: "activated_at",
    ChairStatus.SUSPENDED: "suspended_at",
    ChairStatus.CLOSED: "closed_at",
    ChairStatus.DECLINED: "declined_at",
    ChairStatus.WITHDRAWN: "withdrawn_at",
}


@indexed_once()
def make_chair(status=ChairStatus.DRAFT, with_pi=True, **overrides) -> Chair:
    """A chair that obeys its rule, in any status."""
    number = next(numbers)
    kind = overrides.pop("kind", None) or make_kind()
    values = {
        "cluster": overrides.pop("cluster", None) or make_cluster(),
        "slug": f"chair-{number}",
        "title_en": f"Chair {number}",
        "title_fr": f"Chaire {number}",
        "kind": kind,
        "phase": make_phase(),
        "status": status,
        **overrides,
    }
    if status == ChairStatus.SOURCED:
        values.setdefault("origin", "sourced")
    if moment := MOMENTS.get(status):
        values.setdefault(moment, timezone.now())
    if status in {ChairStatus.APPROVED, ChairStatus.ACTIVE, ChairStatus.SUSPENDED, ChairStatus.CLOSED}:
        values.setdefault("rule", kind.rule_on())
    chair = Chair.objects.create(**values)
    if with_pi:
        make_appointment(chair)
    return chair


def make_appointment(chair, **overrides) -> Appointment:
    values = {
        "person": overrides.pop("person", None) or make_person(),
        "affiliation": overrides.pop("affiliation", None) or make_institution(),
        "consent_given_on": datetime.date(2025, 1, 1),
        **overrides,
    }
    return Appointment.objects.create(chair=chair, **values)


def make_share(chair, cluster, percent, by=None) -> ClusterShare:
    """A cluster's share of a chair; agreed to, where somebody (`by`) did."""
    agreed = {"agreed_by": by, "agreed_at": timezone.now()} if by else {}
    return ClusterShare.objects.create(chair=chair, cluster=cluster, percent=Decimal(percent), **agreed)


def make_teaching(chair, **overrides) -> TeachingElement:
    return TeachingElement.objects.create(chair=chair, **{"title_en": "A course", "title_fr": "Un cours", **overrides})


def make_activity(chair, **overrides) -> Activity:
    values = {
        "title_en": "An activity",
        "title_fr": "Une activité",
        "description_en": "More research.",
        "description_fr": "Davantage de recherche.",
        "target": Decimal("100000.00"),
        **overrides,
    }
    return Activity.objects.create(chair=chair, **values)


def make_partner(**overrides) -> Partner:
    number = next(numbers)
    values = {
        "name": f"Company {number}",
        "slug": f"company-{number}",
        "country": "BE",
        "sector": Sector.ENERGY,
        "size": Size.SME,
        **overrides,
    }
    return Partner.objects.create(**values)


def make_contact(partner=None, user=None, **overrides) -> Contact:
    values = {"state": ContactState.APPROVED, "is_primary": True, "is_signatory": True, **overrides}
    return Contact.objects.create(partner=partner or make_partner(), user=user or make_user(), **values)


SPONSORSHIP_MOMENTS = {
    SponsorshipStatus.SUBMITTED: "submitted_at",
    SponsorshipStatus.IN_REVIEW: "review_started_at",
    SponsorshipStatus.CHANGES_REQUESTED: "changes_requested_at",
    SponsorshipStatus.ACCEPTED: "accepted_at",
    SponsorshipStatus.ACTIVE: "activated_at",
    SponsorshipStatus.COMPLETED: "completed_at",
    SponsorshipStatus.DECLINED: "declined_at",
    SponsorshipStatus.WITHDRAWN: "withdrawn_at",
    SponsorshipStatus.TERMINATED: "terminated_at",
}


def make_sponsorship(status=SponsorshipStatus.DRAFT, contact=None, **overrides) -> Sponsorship:
    """A sponsorship that is complete enough to be sent, in any status."""
    contact = contact or make_contact()
    chair = overrides.pop("chair", None) or make_chair(ChairStatus.ACTIVE)
    values = {
        "chair": chair,
        "partner": contact.partner,
        "created_by": contact.user,
        "status": status,
        "proposal": "A thesis on the subject.",
        "regime": Regime.PARTNERSHIP,
        "cash_amount": Decimal("50000.00"),
        "starts_on": datetime.date(2027, 1, 1),
        "ends_on": datetime.date(2029, 12, 31),
        "purpose": "Better forecasts.",
        "confidentiality": Confidentiality.PUBLIC,
        "signatory": contact,
        **overrides,
    }
    if values["regime"] == Regime.PATRONAGE:
        values.setdefault("counterparts_value", Decimal(0))
    if status != SponsorshipStatus.DRAFT:
        values.setdefault("submitted_at", timezone.now())
    if moment := SPONSORSHIP_MOMENTS.get(status):
        values.setdefault(moment, timezone.now())
    sponsorship = Sponsorship.objects.create(**values)
    restate(sponsorship)
    return sponsorship


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def kept_file(name: str) -> dict:
    """The columns of a small PDF that is kept, unlike any other."""
    number = next(numbers)
    return {
        "name": f"{name} {number}.pdf",
        "kind": DocumentType.PDF,
        "size": len(PDF),
        "sha256": f"{number:064x}",
        "file": ContentFile(PDF, "made.pdf"),
    }


def make_document(sponsorship, **overrides) -> SupportingDocument:
    """A small PDF in a proposal."""
    values = {**kept_file("Description"), "added_by": sponsorship.created_by, **overrides}
    return SupportingDocument.objects.create(sponsorship=sponsorship, **values)


def make_message(sponsorship, author, **overrides) -> Message:
    """A message of the partner's, unless `side` says otherwise."""
    values = {"side": "partner", "text": "When can we begin?", **overrides}
    return Message.objects.create(sponsorship=sponsorship, author=author, **values)


def make_message_file(message, **overrides) -> MessageFile:
    values = {**kept_file("Plan"), **overrides}
    return MessageFile.objects.create(message=message, **values)


def make_agreement(sponsorship, by=None, parts=None, **overrides) -> Agreement:
    """A draft, ready to be recorded: `parts` are the amounts of its instalments, the whole at once by default."""
    by = by or make_staff(sponsorship.chair.cluster)
    path = overrides.pop("path", AgreementPath.ELSEWHERE)
    signed = {
        "signed_on": timezone.localdate(),
        "signatories": "A. Person, director",
        "file": ContentFile(PDF, "signed.pdf"),
    }
    if "managing_institution" not in overrides:
        overrides["managing_institution"] = make_institution()
    terms = {"reason": "More research."}
    terms |= signed if path == AgreementPath.ELSEWHERE else {}
    agreement = drafting.draft(sponsorship, by=by, path=path, **{**terms, **overrides})
    if parts is None:
        left = schedule.to_plan(agreement)
        parts = [left] if left else []
    rows = [schedule.Planned(Decimal(part), timezone.localdate()) for part in parts]
    schedule.plan(agreement, rows, by=by)
    return agreement


def make_report(sponsorship, status=ReportStatus.DRAFT, by=None, **overrides) -> ProgressReport:
    """A report on the first quarter of 2027, written by an investigator of the chair unless `by` says otherwise."""
    values = {
        "starts_on": datetime.date(2027, 1, 1),
        "ends_on": datetime.date(2027, 3, 31),
        "done": "We asked a hundred nurses.",
        "result": "They answered.",
        "public_paragraph_en": "Nurses taught a machine.",
        "created_by": by or make_user(),
        "status": status,
        **overrides,
    }
    if status != ReportStatus.DRAFT:
        values.setdefault("submitted_at", timezone.now())
    if status in (ReportStatus.SENT_BACK, ReportStatus.ACCEPTED):
        values.setdefault(f"{status}_at", timezone.now())
    return ProgressReport.objects.create(sponsorship=sponsorship, **values)


def make_report_file(report, **overrides) -> ReportFile:
    values = {**kept_file("Figures"), **overrides}
    return ReportFile.objects.create(report=report, **values)


def make_running(by=None, parts=None, **overrides) -> Sponsorship:
    """A sponsorship whose agreement is in force and whose instalments are planned for today.

    Written as it lies in the database, without asking the verbs: tests/demo/test_lived_in.py holds it equal to what
    the verbs leave behind, but for the mails.
    """
    sponsorship = make_sponsorship(SponsorshipStatus.ACCEPTED, **overrides)
    by = by or make_staff(sponsorship.chair.cluster)
    agreement = make_agreement(sponsorship, by=by, parts=parts)
    agreement.frozen, agreement.sha256 = document.terms(agreement), fingerprint(read(agreement.file))
    _come_to(agreement, AgreementStatus.RECORDED, "record", "recorded_at", by)
    restate(sponsorship, on=agreement.effective_on, agreement=agreement)
    _come_to(sponsorship, SponsorshipStatus.ACTIVE, "activate", "activated_at", by)
    restate(sponsorship)
    return Sponsorship.objects.get(pk=sponsorship.pk)


def _come_to(record, status, verb, moment, by) -> None:
    """Write the status, its moment and the line of the record's life, as a verb does."""
    now, source = timezone.now(), record.status
    type(record).objects.filter(pk=record.pk).update(
        **{"status": status, moment: now},
        **({"frozen": record.frozen, "sha256": record.sha256} if verb == "record" else {}),
    )
    record.transitions.create(verb=verb, source=source, target=status, by=by, at=now)
    record.__dict__["status"] = status


def resolve_conflicts(sponsorships, by) -> None:
    """Write down how each conflict is resolved, so that nothing but the money decides."""
    for sponsorship in sponsorships:
        for conflict in conflicts_of(sponsorship):
            resolve(sponsorship, by=by, kind=conflict.kind, facts=conflict.facts, text="Weighed with the others.")
