"""The admin panel's sorts of page: the front, chairs and sponsorships in their statuses, then each model's pages."""

from collections.abc import Iterator

from django.contrib import admin
from django.utils import timezone

from accounts.models import User
from chairs.admin.fieldsets import Part
from chairs.models import Activity, Appointment, Chair, ClusterShare
from clusters.models import ChangeRequest, Cluster, Person, StaffRole
from conversations.models import Message
from core.models import HeldDecision
from imports.models import Import
from partners.models import Contact
from progress.models import ProgressReport
from rights.links import token_of
from sponsorships.models import Agreement, ClosedYear, Instalment, LateEntry, LedgerEntry, Sponsorship
from tests.accessibility.page_types import PageType, account, investigator, partner, public
from yearly.models import ChairYearReport, YearReport

MANAGER, SECOND_MANAGER = "manager.postgenai-paris@example.org", "manager2.postgenai-paris@example.org"
FINANCE = "finance.postgenai-paris@example.org"
PARTS = ("public", "my", "panel")
READER, COORDINATOR = "reader.postgenai-paris@example.org", "coordinator@example.org"


def page_types(models=None) -> list[PageType]:
    """Return every sort of page, of all models that the panel has or of these; the demonstration must be loaded."""
    return [*outside_the_panel(), *staff(models or admin.site._registry)]


def page_types_of(part: str) -> list[PageType]:
    """Return the sorts of page of one part: what walks slowly goes through one at a time."""
    parts = {"public": public, "my": of_people, "panel": lambda: staff(admin.site._registry)}
    return list(parts[part]())


def of_people() -> list[PageType]:
    """Return what people who are not staff see once they have signed in."""
    return [*account(), *partner(), *investigator()]


def outside_the_panel() -> list[PageType]:
    return [*public(), *of_people()]


def staff(models) -> Iterator[PageType]:
    yield PageType("admin", "admin:index", who=MANAGER)
    yield PageType("admin-second-manager", "admin:index", who=SECOND_MANAGER)
    yield PageType("admin-reader", "admin:index", who=READER)
    yield PageType("admin-search", "admin:search", who=MANAGER, query="?q=energie")
    yield PageType("admin-running-contract", "admin:sponsorships_sponsorship_running", who=MANAGER)
    yield PageType("admin-search-none", "admin:search", who=MANAGER, query="?q=nothing+of+the+kind")
    yield PageType("admin-app", "admin:app_list", ("chairs",), MANAGER)
    yield PageType("admin-chairs-none", "admin:chairs_chair_changelist", who=MANAGER, query="?q=nothing+of+the+kind")
    yield PageType("admin-list-export", "admin:list_export", ("chairs", "chair"), MANAGER, "?status=active")
    yield PageType("admin-list-keep", "admin:list_keep", ("chairs", "chair"), MANAGER, "?status=active&o=-1")
    yield PageType("admin-list-addresses", "admin:list_addresses", ("chairs", "chair"), MANAGER)
    yield PageType("admin-not-found", "/admin/no/such/page/", who=MANAGER, status=404)
    yield from desk_in_panel()
    yield from figures_in_panel()
    yield from chairs_in_panel()
    yield from files_in_panel()
    yield from money_in_panel()
    yield from years_in_panel()
    yield from duplicates_in_panel()
    yield from versions_in_panel()
    for model in sorted(models, key=lambda model: model._meta.label):
        yield from pages_of(model)


def desk_in_panel() -> Iterator[PageType]:
    """The desk of staff, and their team."""
    cluster = ("postgenai-paris",)
    role = StaffRole.objects.get(cluster__slug=cluster[0], user__email=READER)
    answered = Sponsorship.objects.filter(chair__cluster__slug=cluster[0], status="changes_requested").first()
    of = ("sponsorships", "sponsorship", answered.pk)
    yield PageType("admin-desk", "panel_desk:mine", who=MANAGER)
    yield PageType("admin-desk-team", "panel_desk:team", who=READER)
    yield PageType("admin-desk-changes", "panel_desk:changes", who=MANAGER)
    yield PageType("admin-desk-stand-ins", "panel_desk:stand_ins", who=MANAGER)
    yield PageType("admin-desk-name-stand-in", "panel_desk:name_stand_in", cluster, MANAGER)
    yield PageType("admin-desk-stand-ins-named", "panel_desk:stand_ins", who=SECOND_MANAGER)
    wrong = Import.objects.get(cluster__slug=cluster[0], status="to_correct")
    yield PageType("admin-import-to-correct", "admin:imports_import_change", (wrong.pk,), MANAGER)
    yield PageType("admin-desk-calendar", "panel_desk:calendar", who=MANAGER)
    yield PageType("admin-desk-task", "panel_desk:task", of, MANAGER)
    yield PageType("admin-desk-assign", "panel_desk:assign", of, MANAGER)
    yield PageType("admin-desk-remind", "panel_desk:remind", of, MANAGER)
    yield PageType("admin-letter", "admin:list_letter", ("partners", "partner"), MANAGER)
    yield PageType("admin-mail-wordings", "panel_mails:wordings", who=COORDINATOR)
    yield PageType("admin-mail-wording", "panel_mails:wording", ("sponsorships", "accepted_partner"), COORDINATOR)
    yield PageType("admin-team", "panel_team:cluster", cluster, MANAGER)
    yield PageType("admin-team-invite", "panel_team:invite", cluster, MANAGER)
    yield PageType("admin-team-role", "panel_team:change", (*cluster, role.pk), MANAGER)
    yield PageType("admin-team-role-end", "panel_team:end", (*cluster, role.pk), MANAGER)


def figures_in_panel() -> Iterator[PageType]:
    cluster = ("postgenai-paris",)
    stated = Cluster.objects.get(slug=cluster[0])
    yield PageType("admin-cluster-stated", "admin:clusters_cluster_change", (stated.pk,), MANAGER)
    yield PageType("admin-audit", "panel_audit:archive", who=COORDINATOR)
    yield PageType("admin-state", "panel_operations:state", who=COORDINATOR)
    yield PageType("admin-figures", "panel_figures:nation", who=COORDINATOR)
    yield PageType("admin-figures-entries", "panel_figures:nation_entries", who=COORDINATOR, query="?figure=received")
    yield PageType("admin-cluster-figures", "panel_figures:cluster", cluster, MANAGER)
    yield PageType("admin-cluster-figures-entries", "panel_figures:cluster_entries", cluster, MANAGER)
    then = "?on=2024-12-31&known=2025-03-31"
    yield PageType("admin-cluster-figures-known", "panel_figures:cluster", cluster, MANAGER, then)
    yield PageType("admin-cluster-figures-changed", "panel_figures:cluster_changed", cluster, MANAGER, then)
    yield PageType("admin-figures-changed", "panel_figures:nation_changed", who=COORDINATOR, query=then)
    yield PageType("admin-close-year", "panel_figures:cluster_close", cluster, MANAGER)
    closed = ClosedYear.objects.standing().get(cluster__slug=cluster[0])
    yield PageType("admin-reopen-year", "panel_figures:cluster_reopen", (*cluster, closed.pk), COORDINATOR)
    late = LateEntry.objects.get(year=closed.year)
    yield PageType("admin-late-entry", "admin:sponsorships_sponsorship_late", (late.sponsorship_id,), COORDINATOR)
    waiting = ClusterShare.objects.not_agreed().select_related("cluster").first()
    manager = f"manager.{waiting.cluster.slug}@example.org"
    yield PageType("admin-chair-agree", "admin:chairs_chair_agree", (waiting.chair_id, waiting.pk), manager)


def chairs_in_panel() -> Iterator[PageType]:
    def chair(status):
        return (Chair.objects.filter(cluster__slug="postgenai-paris", status=status).order_by("pk").first().pk,)

    change, verb = "admin:chairs_chair_change", "admin:chairs_chair_verb"
    for status in ("draft", "submitted", "changes_requested", "active"):
        yield PageType(f"admin-chair-{status.replace('_', '-')}", change, chair(status), MANAGER)
    yield PageType("admin-chair-whole", change, chair("draft"), MANAGER, "?step=all")
    for step in Part:
        yield PageType(f"admin-chair-step-{step}", change, chair("draft"), MANAGER, f"?step={step}")
    broken = Chair.objects.filter(cluster__slug="postgenai-paris").exclude(non_conforming_since=None).get()
    yield PageType("admin-chair-broken", change, (broken.pk,), MANAGER)
    yield PageType("admin-chair-broken-whole", change, (broken.pk,), MANAGER, "?step=all")
    yield PageType("admin-chair-only-read", change, chair("active"), READER)
    yield PageType("admin-chair-approve", verb, (*chair("submitted"), "approve"), SECOND_MANAGER)
    yield PageType("admin-chair-request-changes", verb, (*chair("submitted"), "request_changes"), MANAGER)
    yield PageType("admin-chair-forbidden", verb, (*chair("submitted"), "approve"), READER, status=403)
    invited = Appointment.objects.filter(chair__cluster__slug="postgenai-paris", consent_given_on=None).first()
    yield PageType("admin-chair-invite", "admin:chairs_chair_invite", (invited.chair_id, invited.pk), MANAGER)
    running = {"chair__cluster__slug": "postgenai-paris", "chair__status": "active", "closed_at": None}
    activity = Activity.objects.filter(**running).order_by("pk").first()
    yield PageType("admin-activity-close", "admin:chairs_activity_verb", (activity.pk, "close"), MANAGER)
    yield PageType("admin-chair-outputs", "admin:chairs_chair_outputs", chair("active"), MANAGER)
    yield PageType("admin-outputs-by-reference", "admin:chairs_output_by_reference", who=MANAGER)
    yield PageType("admin-chair-active-history", "admin:chairs_chair_history", chair("active"), MANAGER)


def files_in_panel() -> Iterator[PageType]:
    def file(status):
        files = Sponsorship.objects.filter(chair__cluster__slug="postgenai-paris", status=status)
        return (files.order_by("pk").first().pk,)

    change, verb = "admin:sponsorships_sponsorship_change", "admin:sponsorships_sponsorship_verb"
    for status in ("submitted", "in_review", "accepted"):
        yield PageType(f"admin-sponsorship-{status.replace('_', '-')}", change, file(status), MANAGER)
    yield PageType("admin-sponsorship-accept", verb, (*file("in_review"), "accept"), MANAGER)
    yield PageType("admin-sponsorship-request-changes", verb, (*file("in_review"), "request_changes"), MANAGER)
    spoken = Message.objects.filter(is_internal=True).first().sponsorship
    who = f"manager.{spoken.chair.cluster.slug}@example.org"
    yield PageType("admin-sponsorship-messages", "admin:sponsorships_sponsorship_messages", (spoken.pk,), who)
    rival = Sponsorship.objects.get(is_exclusive=True, chair__cluster__slug="postgenai-paris")
    yield PageType("admin-conflict", "admin:sponsorships_sponsorship_conflict", (rival.pk, "exclusivity"), MANAGER)
    gift = Sponsorship.objects.agreed().filter(chair__cluster__slug="postgenai-paris", regime="patronage").first()
    yield PageType("admin-counterparts", "admin:sponsorships_sponsorship_counterparts", (gift.pk,), MANAGER)
    newcomer = Contact.objects.requested().filter(partner__sponsorships__chair__cluster__slug="postgenai-paris").first()
    yield PageType("admin-contact-admit", "admin:partners_contact_verb", (newcomer.pk, "admit"), MANAGER)


def money_in_panel() -> Iterator[PageType]:
    """Agreements, instalments and the ledger, as those see them who act on them."""
    here = {"sponsorship__chair__cluster__slug": "postgenai-paris"}

    def agreement(status):
        return (Agreement.objects.filter(status=status, **here).order_by("pk").first().pk,)

    change, verb = "admin:sponsorships_agreement_change", "admin:sponsorships_agreement_verb"
    yield PageType("admin-agreement-draft", change, agreement("draft"), MANAGER)
    yield PageType("admin-agreement-awaiting", change, agreement("awaiting"), MANAGER)
    yield PageType("admin-agreement-schedule", "admin:sponsorships_agreement_schedule", agreement("draft"), MANAGER)
    yield PageType("admin-agreement-issue", verb, agreement("draft") + ("issue",), MANAGER)
    yield PageType("admin-agreement-countersign", verb, agreement("awaiting") + ("countersign",), MANAGER)
    amendment = Agreement.objects.filter(number=2, **here).first()
    yield PageType("admin-agreement-amendment", change, (amendment.pk,), MANAGER)

    late = Instalment.objects.overdue(timezone.localdate()).filter(**here).order_by("pk").first()
    paid = Instalment.objects.standing().filter(status="received", sponsorship__status="active", **here).first()
    change, verb = "admin:sponsorships_instalment_change", "admin:sponsorships_instalment_verb"
    yield PageType("admin-instalment-overdue", change, (late.pk,), FINANCE)
    yield PageType(
        "admin-instalments-overdue", "admin:sponsorships_instalment_changelist", who=FINANCE, query="?state=overdue"
    )
    yield PageType("admin-instalment-receive", verb, (late.pk, "receive"), FINANCE)
    yield PageType("admin-instalment-reverse", verb, (paid.pk, "reverse_payment"), FINANCE)
    told = ProgressReport.objects.to_review().filter(**here).first()
    yield PageType("admin-report", "admin:progress_progressreport_change", (told.pk,), MANAGER)
    yield PageType("admin-report-accept", "admin:progress_progressreport_verb", (told.pk, "accept"), MANAGER)
    running = late.sponsorship
    yield PageType("admin-sponsorship-active", "admin:sponsorships_sponsorship_change", (running.pk,), FINANCE)
    yield PageType("admin-sponsorship-end", "admin:sponsorships_sponsorship_verb", (running.pk, "terminate"), MANAGER)
    yield PageType(
        "admin-sponsorship-amend", "admin:sponsorships_sponsorship_draft", (running.pk, "generated"), MANAGER
    )
    yield PageType("admin-in-kind", "admin:sponsorships_sponsorship_in_kind", (running.pk,), FINANCE)
    gift = LedgerEntry.objects.filter(kind="received", reverses=None, **here).exclude(contribution="cash").first()
    taking_back = "admin:sponsorships_sponsorship_reverse_in_kind"
    yield PageType("admin-in-kind-back", taking_back, (gift.sponsorship_id, gift.pk), FINANCE)
    one = f"?sponsorship={running.pk}&kind__exact=received"
    yield PageType("admin-ledger-of-one", "admin:sponsorships_ledgerentry_changelist", who=FINANCE, query=one)


def duplicates_in_panel() -> Iterator[PageType]:
    person = "admin:clusters_person_"
    named = Person.objects.filter(user__isnull=False).order_by("pk").first()
    one, other = Person.objects.filter(registered_in__slug="postgenai-paris").order_by("pk")[:2]
    yield PageType("admin-duplicates", f"{person}duplicates", who=COORDINATOR)
    yield PageType("admin-duplicates-of", f"{person}duplicates_of", (one.pk,), COORDINATOR, "?q=a")
    yield PageType("admin-merge", f"{person}merge", (one.pk, other.pk), COORDINATOR)
    for name in ("hide", "link", "photograph", "photograph_end", "file", "anonymise"):
        yield PageType(f"admin-person-{name.replace('_', '-')}", f"panel_rights:{name}", (one.pk,), COORDINATOR)
    yield PageType("admin-retention", "panel_rights:retention", who=COORDINATOR)
    yield PageType("about-me", "rights:about_me", (token_of(named, named.user.email),))
    yield PageType("my-about-me", "rights:about_me_signed_in", who="pi@example.org")


def versions_in_panel() -> Iterator[PageType]:
    """A record as of a day, one of its versions to restore, and what a second person must confirm."""
    chair = Chair.objects.filter(cluster__slug="postgenai-paris", status="active").order_by("pk").first()
    person = Person.objects.filter(registered_in__slug="postgenai-paris").order_by("pk").first()
    first = chair.history.earliest().pk
    yield PageType("admin-person-as-of", "admin:clusters_person_as_of", (person.pk,), COORDINATOR)
    yield PageType("admin-chair-as-of", "admin:chairs_chair_as_of", (chair.pk,), MANAGER)
    yield PageType("admin-chair-as-of-no-day", "admin:chairs_chair_as_of", (chair.pk,), MANAGER, "?day=yesterday")
    # This one says the same as the record, and cannot be restored.
    yield PageType("admin-chair-restore", "admin:chairs_chair_restore", (chair.pk, first), MANAGER)
    alone = Cluster.objects.filter(needs_four_eyes=False).order_by("pk").first()
    of = (alone.pk, alone.history.earliest().pk)
    yield PageType("admin-cluster-restore", "admin:clusters_cluster_restore", of, f"manager.{alone.slug}@example.org")
    asked = ChangeRequest.objects.open().get()
    yield PageType("admin-change-decide", "admin:clusters_changerequest_decide", (asked.pk,), MANAGER)
    yield PageType("admin-chair-change-waits", "admin:chairs_chair_change", (asked.record,), MANAGER)
    held = HeldDecision.objects.get(list_of="chairs.chair", ended_at=None)
    yield PageType("admin-chair-held", "admin:chairs_chair_change", (held.record,), held.by.email)
    yield PageType("admin-chair-ask", "admin:chairs_chair_ask", (chair.pk,), MANAGER)
    yield PageType("admin-chair-investigators", "admin:chairs_chair_investigators", (chair.pk,), MANAGER)


def years_in_panel() -> Iterator[PageType]:
    """What chairs and a cluster report of a year. An investigator's form is seen by the office too, which may fill it in."""
    here = {"chair__cluster__slug": "postgenai-paris"}
    told = ChairYearReport.objects.to_review().filter(**here).order_by("pk").first()
    begun = ChairYearReport.objects.filter(status="draft", **here).select_related("chair__cluster").first()
    of = (begun.chair.cluster.slug, begun.chair.slug, begun.year)
    yield PageType("my-year-edit", "yearly:edit", of, MANAGER)
    yield PageType("admin-year-accept", "admin:yearly_chairyearreport_verb", (told.pk, "accept"), MANAGER)
    yield PageType("admin-years-missing", "admin:yearly_chairyearreport_missing", who=MANAGER)
    report = "admin:yearly_yearreport_"
    for status in ("draft", "accepted"):
        [one] = YearReport.objects.filter(cluster__slug="postgenai-paris", status=status)
        yield PageType(f"admin-yearly-{status}", f"{report}read", (one.pk,), MANAGER)
        yield PageType(f"admin-yearly-{status}-records", f"{report}records", (one.pk, "people-trained"), MANAGER)
    draft = YearReport.objects.get(cluster__slug="postgenai-paris", status="draft")
    yield PageType("admin-yearly-own", f"{report}change", (draft.pk,), MANAGER)
    yield PageType("admin-yearly-freeze", f"{report}verb", (draft.pk, "freeze"), MANAGER)


def pages_of(model) -> Iterator[PageType]:
    """Return the panel's list, form and record of a model, as the first person who may have them."""
    name, key = model._meta.model_name, key_of(model)
    panel = admin.site.get_model_admin(model)
    record = panel.get_visible(User.objects.get(email=COORDINATOR)).order_by("pk").first()
    yield PageType(f"admin-{name}s", f"admin:{key}_changelist", who=COORDINATOR)
    for who in (COORDINATOR, MANAGER):
        if panel.can_add(User.objects.get(email=who)):
            yield PageType(f"admin-{name}-new", f"admin:{key}_add", who=who)
            break
    if record is not None:
        yield PageType(f"admin-{name}", f"admin:{key}_change", (record.pk,), COORDINATOR)
        yield PageType(f"admin-{name}-history", f"admin:{key}_history", (record.pk,), COORDINATOR)


def key_of(model) -> str:
    """Return how the panel's addresses call a model."""
    return f"{model._meta.app_label}_{model._meta.model_name}"
