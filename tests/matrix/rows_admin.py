"""The staff's pages: for each model who sees its records, and who adds, changes and deletes them; then every verb."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.apps import apps
from django.utils import timezone

from sponsorships.conflicts.detection import conflicts_of
from sponsorships.models import Clause
from tests.lifecycle import expectations
from tests.matrix.expect import (
    EDITORS_ANYWHERE,
    EDITORS_HERE,
    KEEPERS,
    MANAGERS_HERE,
    NATION,
    OUTSIDERS,
    SIGN_IN,
    STAFF,
    STAFF_HERE,
    Row,
    answers,
    public,
)
from tests.matrix.rows_duplicates import DUPLICATES
from tests.matrix.rows_lists import LISTS
from tests.personas import AUDITOR, COORDINATOR, FINANCE, MANAGER, OTHER_MANAGER
from yearly.models import Indicator

NOBODY = frozenset()
SEE_HERE = STAFF_HERE | NATION


@dataclass(frozen=True)
class Model:
    """The pages of one model, for a record of the cast's cluster. Who does not see the record gets 404."""

    key: str
    record: Callable
    see: frozenset = SEE_HERE
    add: frozenset = NOBODY
    change: frozenset = NOBODY
    delete: frozenset = NOBODY
    lists: frozenset = STAFF

    def rows(self) -> list[Row]:
        def pk(world):
            return [self.record(world).pk]

        seen = answers(404, (200, self.see), (403, OUTSIDERS))
        change = answers(404, (403, self.see | OUTSIDERS), (200, self.change))
        delete = answers(404, (403, self.see | OUTSIDERS), (200, self.delete))
        add = answers(403, (200, self.add))
        name = f"admin:{self.key}"
        app, model = self.key.split("_")
        return [
            Row(f"{name}_changelist", answers(403, (200, self.lists))),
            Row(f"{name}_changelist", answers(403, (200, self.lists)), query="?q=%27%C3%A9+x", about="searched"),
            Row(f"{name}_add", add, add),
            Row(f"{name}_change", seen, change, pk),
            Row(f"{name}_change", answers(404, (403, OUTSIDERS)), args=lambda w: [10**6], about="no such record"),
            Row(f"{name}_history", seen, args=pk),
            Row(f"{name}_delete", delete, args=pk),
            *self.versions(pk, seen),
            # The record's bare address leads to its page, for whoever has the panel.
            Row(f"admin/{app}/{model}/<path:object_id>/", answers(302, (403, OUTSIDERS)), args=pk),
        ]

    def versions(self, pk, seen) -> list[Row]:
        """The record as of a day, and one of its versions, which says the same as the record."""
        app, model = self.key.split("_")
        if not hasattr(apps.get_model(app, model), "history"):
            return []
        name = f"admin:{self.key}"
        restored = answers(404, (403, self.see | OUTSIDERS), (200, self.change))

        def version(world):
            record = self.record(world)._meta.model._base_manager.get(pk=self.record(world).pk)
            record.save()
            return [record.pk, record.history.latest().pk]

        return [
            Row(f"{name}_as_of", seen, args=pk),
            Row(f"{name}_restore", restored, restored, version),
            Row(
                f"{name}_restore",
                answers(404, (403, OUTSIDERS)),
                args=lambda w: [pk(w)[0], 10**6],
                about="no such version",
            ),
        ]


MODELS = [
    Model("accounts_user", lambda w: w.users["reader"], NATION, add=KEEPERS, change=KEEPERS, lists=NATION),
    Model("core_outgoingmail", lambda w: w.mail, NATION, lists=NATION | MANAGERS_HERE | {OTHER_MANAGER}),
    # Everybody on the staff reads their own; a manager their team's.
    Model("core_listexport", lambda w: w.export, MANAGERS_HERE | NATION | {FINANCE}),
    Model("core_helddecision", lambda w: w.held),
    Model("clusters_cluster", lambda w: w.cluster, change=EDITORS_HERE),
    Model("clusters_theme", lambda w: w.theme),
    Model("clusters_phase", lambda w: w.chair.phase, STAFF, add=KEEPERS, change=KEEPERS),
    Model("clusters_institution", lambda w: w.institution, STAFF, add=EDITORS_ANYWHERE | KEEPERS, change=KEEPERS),
    Model("clusters_person", lambda w: w.person, add=EDITORS_ANYWHERE | KEEPERS, change=EDITORS_HERE | KEEPERS),
    Model("clusters_trainingprogramme", lambda w: w.programme, add=EDITORS_ANYWHERE, change=EDITORS_HERE),
    Model("clusters_intake", lambda w: w.intake),
    Model("clusters_intakeoverlap", lambda w: w.overlap, add=EDITORS_ANYWHERE | KEEPERS, change=EDITORS_HERE | KEEPERS, delete=EDITORS_HERE | KEEPERS),
    Model("clusters_statedcount", lambda w: w.stated_count, STAFF, add=KEEPERS, change=KEEPERS, delete=KEEPERS),
    Model("clusters_staffrole", lambda w: w.role, add=KEEPERS, delete=KEEPERS),
    # A draft goes only by the hand that registered it.
    Model("chairs_chair", lambda w: w.chairs["draft"], add=EDITORS_ANYWHERE, change=EDITORS_HERE, delete=frozenset({MANAGER})),
    Model("chairs_activity", lambda w: w.activity),
    Model("chairs_output", lambda w: w.output, change=EDITORS_HERE),
    Model("chairs_startup", lambda w: w.start_up, add=EDITORS_ANYWHERE, change=EDITORS_HERE),
    Model("chairs_chairkind", lambda w: w.chair.kind, STAFF, add=KEEPERS, change=KEEPERS),
    Model("chairs_concept", lambda w: w.concept, STAFF, add=KEEPERS, change=KEEPERS, delete=KEEPERS),
    Model("chairs_discipline", lambda w: w.discipline, STAFF, add=KEEPERS, change=KEEPERS),
    Model("collaborations_collaboration", lambda w: w.collaboration, add=EDITORS_ANYWHERE | KEEPERS, change=EDITORS_HERE),
    Model("partners_partner", lambda w: w.company, add=EDITORS_ANYWHERE),
    Model("partners_contact", lambda w: w.newcomer),
    Model("sponsorships_sponsorship", lambda w: w.sponsorships["submitted"], add=EDITORS_ANYWHERE),
    Model("sponsorships_clause", lambda w: Clause.objects.get(key="law"), STAFF, add=KEEPERS, change=KEEPERS),
    Model("sponsorships_agreement", lambda w: w.draft, change=MANAGERS_HERE),
    Model("sponsorships_instalment", lambda w: w.instalments["due"]),
    Model("sponsorships_ledgerentry", lambda w: w.gift),
    Model("imports_import", lambda w: w.batch, add=EDITORS_ANYWHERE | {FINANCE}),
    Model("progress_progressreport", lambda w: w.reports["submitted"]),
    Model("yearly_chairyearreport", lambda w: w.chair_years["draft"], add=EDITORS_ANYWHERE, change=EDITORS_HERE),
    Model("yearly_indicator", lambda w: Indicator.objects.first(), STAFF, add=KEEPERS, change=KEEPERS),
    Model("clusters_changerequest", lambda w: w.asked_change),
    Model("rights_correctionrequest", lambda w: w.correction),
    Model("yearly_yearreport", lambda w: w.year_report, add=EDITORS_ANYWHERE | KEEPERS, change=EDITORS_HERE),
]  # fmt: skip


def verb_row(name, verb, record, allowed, about="", data=None) -> Row:
    """A verb's page: confirmed and performed by whom it is allowed; who only sees the record is told no."""
    allowed = frozenset(allowed) & STAFF
    return Row(
        name,
        answers(404, (403, SEE_HERE | OUTSIDERS), (200, allowed)),
        answers(404, (403, SEE_HERE | OUTSIDERS), (302, allowed)),
        lambda world: [record(world).pk, verb],
        about or verb,
        data=lambda world: {"note": "A reason.", **(data or {})},
    )


def report_verb(verb) -> Row:
    """Judged by whoever read the version that stands."""

    def data(world):
        return {"note": "A reason.", "seen": world.reports["submitted"].submitted_at.isoformat()}

    name = "admin:progress_progressreport_verb"
    return replace(verb_row(name, verb, lambda world: world.reports["submitted"], EDITORS_HERE), data=data)


def chair_verb(verb) -> Row:
    status = next(iter(expectations.CHAIR_MOVES[verb]))
    return verb_row("admin:chairs_chair_verb", verb, lambda w: w.chairs[status], expectations.CHAIR_ALLOWED[verb])


def adoption(way: str, **days) -> Row:
    """A chair that a source proves is adopted as one of a kind."""
    allowed = expectations.CHAIR_ALLOWED[way]
    row = verb_row("admin:chairs_chair_verb", way, lambda w: w.sourced, allowed)
    return replace(row, data=lambda w: {"note": "A reason.", "kind": w.sourced.kind_id, **days})


def sponsorship_verb(verb) -> Row:
    name, status = (
        "admin:sponsorships_sponsorship_verb",
        next(s for s in expectations.SPONSORSHIP_MOVES[verb] if s != "draft"),
    )
    allowed = expectations.SPONSORSHIP_ALLOWED[verb]
    of = "settled" if verb == "complete" else status
    return verb_row(name, verb, lambda w: w.sponsorships[of], allowed, data={"on": timezone.localdate().isoformat()})


UNSEEN = answers(404, (403, OUTSIDERS))

# Posted to only: what the form would make of the chair, for whom the form is.
COMPOSITION = [
    Row(
        "admin:chairs_chair_add_composition",
        answers(405, (403, OUTSIDERS)),
        answers(403, (200, EDITORS_ANYWHERE)),
    ),
    Row(
        "admin:chairs_chair_composition",
        answers(405, (403, OUTSIDERS)),
        answers(404, (403, SEE_HERE | OUTSIDERS), (200, EDITORS_HERE)),
        lambda w: [w.chairs["draft"].pk],
    ),
]

KEEP_OUTPUTS = answers(404, (403, SEE_HERE | OUTSIDERS), (200, EDITORS_HERE))
OUTPUTS = [
    Row("admin:chairs_chair_outputs", KEEP_OUTPUTS, KEEP_OUTPUTS, lambda w: [w.chair.pk], data=lambda w: {"pasted": "10.1000/182"}),
    Row("admin:chairs_output_by_reference", answers(403, (200, EDITORS_ANYWHERE)), answers(403, (200, EDITORS_ANYWHERE)), data=lambda w: {"pasted": "x"}),
]  # fmt: skip

VERBS = [
    *(chair_verb(verb) for verb in expectations.CHAIR_MOVES if not verb.startswith("adopt")),
    adoption("adopt"),
    adoption("adopt_approved"),
    adoption("adopt_closed", ends_on="2020-12-31"),
    *(sponsorship_verb(verb) for verb in expectations.SPONSORSHIP_MOVES if verb != "submit"),
    Row("admin:chairs_chair_verb", UNSEEN, UNSEEN, lambda w: [w.chair.pk, "explode"], "no such verb"),
    Row("admin:chairs_chair_verb", UNSEEN, UNSEEN, lambda w: [10**6, "approve"], "no such chair"),
    *map(report_verb, ["send_back", "accept"]),
    Row("admin:progress_progressreport_verb", UNSEEN, UNSEEN, lambda w: [w.reports["draft"].pk, "accept"], "a draft"),
    Row("admin:sponsorships_sponsorship_change", UNSEEN, UNSEEN, lambda w: [w.sponsorships["draft"].pk], "an unsent draft"),
    Row("admin:sponsorships_sponsorship_history", UNSEEN, None, lambda w: [w.sponsorships["draft"].pk], "an unsent draft"),
    *(
        Row("admin:sponsorships_sponsorship_verb", UNSEEN, UNSEEN, lambda w, v=verb: [w.sponsorships["draft"].pk, v], f"{verb} an unsent draft")
        for verb in ("submit", "withdraw")
    ),
    verb_row("admin:chairs_activity_verb", "close", lambda w: w.activity, EDITORS_HERE),
    verb_row("admin:chairs_activity_verb", "raise_target", lambda w: w.activity, EDITORS_HERE, data={"target": "900000"}),
    verb_row("admin:chairs_activity_verb", "lower_target", lambda w: w.activity, EDITORS_HERE, data={"target": "90000"}),
    Row("admin:chairs_activity_verb", UNSEEN, UNSEEN, lambda w: [w.activity.pk, "explode"], "no such verb"),
    verb_row("admin:partners_contact_verb", "admit", lambda w: w.newcomer, EDITORS_HERE),
    verb_row("admin:partners_contact_verb", "refuse", lambda w: w.newcomer, EDITORS_HERE),
    Row("admin:partners_contact_verb", UNSEEN, UNSEEN, lambda w: [w.newcomer.pk, "explode"], "no such verb"),
    Row("admin:partners_partner_invite", answers(404, (403, SEE_HERE | OUTSIDERS), (200, EDITORS_HERE)), answers(404, (403, SEE_HERE | OUTSIDERS), (302, EDITORS_HERE)), lambda w: [w.known.partner_id, w.known.pk]),
    Row("admin:partners_partner_invite", UNSEEN, UNSEEN, lambda w: [w.company.pk, w.known.pk], "of another partner"),
    Row("admin:partners_partner_change", answers(404, (403, OUTSIDERS), (200, SEE_HERE)), args=lambda w: [w.known.partner_id], about="kept by its office"),
    Row("admin:sponsorships_sponsorship_running", answers(403, (200, MANAGERS_HERE | {OTHER_MANAGER})), answers(403, (200, MANAGERS_HERE | {OTHER_MANAGER}))),
]  # fmt: skip

ACCOUNTS_HERE = MANAGERS_HERE | {FINANCE}


def money_row(name, args, allowed, about="", data=None) -> Row:
    """A page that begins or records something about money: confirmed and done by whom it is allowed."""
    refused = (403, SEE_HERE | OUTSIDERS)
    data = {"act": str(uuid.uuid4()), "on": timezone.localdate().isoformat(), "note": "A reason.", **(data or {})}
    return Row(
        name,
        answers(404, refused, (200, allowed)),
        answers(404, refused, (302, allowed)),
        args,
        about,
        data=lambda world: data,
    )


def instalment_verb(verb, status, **data) -> Row:
    return money_row(
        "admin:sponsorships_instalment_verb", lambda w: [w.instalments[status].pk, verb], ACCOUNTS_HERE, verb, data
    )


# Agreements, instalments, what is given in kind.
# More than is agreed, and meant.
GIFT = {"contribution": "skills", "amount": "10", "amount-sure": "10.00", "method": "time"}
MONEY = [
    *(
        money_row("admin:sponsorships_sponsorship_draft", lambda w, way=way: [w.sponsorships["accepted"].pk, way], MANAGERS_HERE, way)
        for way in ("generated", "elsewhere")
    ),
    Row("admin:sponsorships_sponsorship_draft", UNSEEN, UNSEEN, lambda w: [w.sponsorships["accepted"].pk, "oral"], "no such way"),
    money_row("admin:sponsorships_sponsorship_in_kind", lambda w: [w.sponsorships["active"].pk], ACCOUNTS_HERE, data=GIFT),
    money_row("admin:sponsorships_sponsorship_reverse_in_kind", lambda w: [w.sponsorships["active"].pk, w.gift.pk], ACCOUNTS_HERE),
    money_row("admin:sponsorships_sponsorship_late", lambda w: [w.sponsorships["active"].pk], frozenset({COORDINATOR}), data={"year": "2001"}),
    money_row("admin:sponsorships_agreement_schedule", lambda w: [w.draft.pk], MANAGERS_HERE, data={"parts": "2", "first": "2027-01-01"}),
    Row("admin:sponsorships_agreement_code", answers(405, (403, OUTSIDERS)), answers(404, (403, SEE_HERE | OUTSIDERS), (302, MANAGERS_HERE)), lambda w: [w.draft.pk]),
    money_row("admin:sponsorships_agreement_verb", lambda w: [w.draft.pk, "record"], MANAGERS_HERE, "record"),
    money_row("admin:sponsorships_agreement_verb", lambda w: [w.draft.pk, "void"], MANAGERS_HERE, "void"),
    Row("admin:sponsorships_agreement_verb", UNSEEN, UNSEEN, lambda w: [w.draft.pk, "sign"], "sign, which partners do on their pages"),
    instalment_verb("fall_due", "planned"),
    instalment_verb("invoice", "due", number="F-2"),
    instalment_verb("receive_part", "invoiced", amount="1", reference="B"),
    instalment_verb("receive", "invoiced", amount="10,000", reference="B"),
    instalment_verb("cancel_invoice", "invoiced"),
    instalment_verb("write_off", "invoiced"),
    Row("admin:sponsorships_instalment_verb", UNSEEN, UNSEEN, lambda w: [w.instalments["due"].pk, "explode"], "no such verb"),
]  # fmt: skip

# To ask somebody again whether they agree to be named.
INVITE = Row(
    "admin:chairs_chair_invite",
    answers(404, (403, SEE_HERE | OUTSIDERS), (200, EDITORS_HERE)),
    answers(404, (403, SEE_HERE | OUTSIDERS), (302, EDITORS_HERE)),
    lambda w: [w.asked.chair_id, w.asked.pk],
)
# To send a mail again; who only reads the outbox is told no.
RESEND = Row(
    "admin:core_outgoingmail_resend",
    answers(404, (403, OUTSIDERS | {AUDITOR}), (200, KEEPERS)),
    answers(404, (403, OUTSIDERS | {AUDITOR}), (302, KEEPERS)),
    lambda w: [w.mail.pk],
    data=lambda w: {"token": str(uuid.uuid4())},
)
# What is said on a sponsorship: all of the office reads it; who writes is told that it is sent.
WRITE_HERE = EDITORS_HERE | {FINANCE}
MESSAGES = [
    Row(
        "admin:sponsorships_sponsorship_messages",
        answers(404, (200, SEE_HERE), (403, OUTSIDERS)),
        answers(404, (302, WRITE_HERE), (403, (SEE_HERE - WRITE_HERE) | OUTSIDERS)),
        lambda w: [w.sponsorships["submitted"].pk],
        data=lambda w: {"token": str(uuid.uuid4()), "text": "A note.", "is_internal": "on"},
    ),
    Row(
        "admin:sponsorships_sponsorship_messages",
        UNSEEN,
        UNSEEN,
        lambda w: [w.sponsorships["draft"].pk],
        "an unsent draft",
    ),
]
PANEL = answers(403, (200, STAFF))


def autocomplete(model, field, about):
    app, name = model.split(".")
    return f"?term=e&app_label={app}&model_name={name}&field_name={field}"


FRAME = [
    # Two names of one door: the panel's own and the one that stands before it.
    Row("admin_login", public(SIGN_IN)),
    Row("admin:login", public(SIGN_IN)),
    Row("admin:index", PANEL),
    Row("admin:search", PANEL),
    Row("admin:search", PANEL, query="?q=%27%C3%A9+2026+1", about="searched"),
    Row("admin:logout", answers(403, (405, STAFF)), answers(403, (302, STAFF))),
    Row("admin:jsi18n", PANEL),
    *(
        Row("admin:app_list", PANEL, args=lambda w, app=app: [app], about=app)
        for app in ("clusters", "chairs", "partners")
    ),
    Row("admin:autocomplete", answers(403), about="without saying of what"),
    *(
        Row("admin:autocomplete", PANEL, query=autocomplete(model, field, ""), about=f"{model}.{field}")
        for model, field in [
            ("chairs.appointment", "person"),
            ("chairs.appointment", "affiliation"),
            ("clusters.membership", "institution"),
            ("clusters.overlappart", "intake"),
            ("chairs.teachingelement", "programme"),
            ("clusters.director", "person"),
            ("sponsorships.sponsorship", "partner"),
            ("sponsorships.sponsorship", "chair"),
            ("sponsorships.agreement", "managing_institution"),
            ("yearly.chairyearreport", "chair"),
        ]
    ),
    Row("admin:autocomplete", answers(403, (200, NATION)), query=autocomplete("clusters.staffrole", "user", ""), about="accounts"),
    Row("admin/(?P<url>.*)$", answers(404, (403, OUTSIDERS)), args=lambda w: ["no/such/page/"]),
]  # fmt: skip


def desk_row(page, record, *args, data) -> Row:
    """A page on which editors write about a sponsorship."""
    refused = (403, SEE_HERE | OUTSIDERS)
    return Row(
        f"admin:sponsorships_sponsorship_{page}",
        answers(404, refused, (200, EDITORS_HERE)),
        answers(404, refused, (302, EDITORS_HERE)),
        lambda world: [record(world).pk, *args],
        data=data,
    )


def resolution(world) -> dict:
    return {"facts": conflicts_of(world.conflicted)[0].facts, "note": "A reason."}


CONFLICTS = [
    desk_row("conflict", lambda w: w.conflicted, "counterparts", data=resolution),
    desk_row("counterparts", lambda w: w.conflicted, data=lambda w: {"value": "15000"}),
    Row(
        "admin:sponsorships_sponsorship_conflict",
        UNSEEN,
        UNSEEN,
        lambda w: [w.conflicted.pk, "envy"],
        "no such conflict",
    ),
]

ADMIN = [
    *FRAME,
    *(row for model in MODELS for row in model.rows()),
    *VERBS,
    *COMPOSITION,
    *OUTPUTS,
    INVITE,
    *MONEY,
    *CONFLICTS,
    RESEND,
    *MESSAGES,
    *DUPLICATES,
    *LISTS,
]
