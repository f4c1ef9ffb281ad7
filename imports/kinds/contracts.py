"""Running sponsorships, with their agreement signed elsewhere and its instalments."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.enums import Origin
from clusters.scopes import MANAGERS
from core.exceptions import Refused
from core.form_fields import EuroField
from core.text import name_key
from imports.columns import Choice, Column, Day, Euros, Reference, Unreadable, YesNo, as_text
from imports.forms import LineForm, RecordField
from imports.kinds.base import Kind
from imports.lines import Line
from imports.models import OwnReference
from sponsorships import verbs
from sponsorships.accounting.promises import promised_from
from sponsorships.admin.running_forms import RunningContractForm
from sponsorships.agreements.terms import in_force
from sponsorships.agreements.verbs import record as record_agreement
from sponsorships.conflicts.resolution import value_counterparts
from sponsorships.enums import Confidentiality, Regime
from sponsorships.models import Agreement, Sponsorship
from sponsorships.perms import MANAGING_AGREEMENTS
from sponsorships.proposals.conditions import acceptance_obstacles, unbalanced
from sponsorships.proposals.running import enter

AGREED = ("signed_on", "effective_on", "signatories", "other_parties", "managing_institution")


class ContractLine(LineForm, RunningContractForm):
    """The panel's form of a contract that was signed elsewhere."""

    counterparts_value = EuroField(required=False)

    def get_options(self):
        named = ("partner", "chair", "managing_institution")
        return {"offered": {**{name: RecordField() for name in named}, "activity": RecordField(required=False)}}

    def __init__(self, run, instance, given):
        super().__init__(run, instance, given)
        self.fields["document"] = RecordField(required=instance.pk is None)
        if instance.pk is not None:
            self._show_agreement(instance)
        self.data["document"] = given.get("document")

    def _show_agreement(self, sponsorship):
        """Compare the agreement's terms in the line with the agreement in force."""
        agreement = in_force(sponsorship)
        self.initial |= {name: term_of(agreement, name) for name in AGREED if agreement}
        self.initial["counterparts_value"] = sponsorship.counterparts_value
        for name in (*AGREED, "counterparts_value"):
            self.data[name] = self.given.get(name, self.initial.get(name))
        del self.fields["document"]

    def clean_document(self):
        kept = self.cleaned_data["document"]
        with kept.file.open("rb") as opened:
            self.cleaned_data["document"] = ContentFile(opened.read(), kept.name)
        return super().clean_document()


class ActivityOf(Column):
    """A column that names an activity of the line's own chair."""

    def read(self, run, cell):
        return as_text(cell)


class Document(Column):
    """A column that names one of the uploaded PDF files."""

    def read(self, run, cell):
        name = as_text(cell)
        found = run.documents.get(name.casefold()) or run.documents.get(f"{name}.pdf".casefold())
        if found is None:
            sentence = _t("No file called “%(name)s” came with the table: add the signed document, a PDF.")
            raise Unreadable(sentence % {"name": name})
        return found


def agreed(name: str):
    """Return a function that reads one term from the agreement in force."""
    return lambda sponsorship: term_of(in_force(sponsorship), name)


def term_of(agreement: Agreement | None, name: str) -> Any:
    """Return a term of an agreement; for one that was signed on the site, the day of the last signature and who signed."""
    stated = getattr(agreement, name, None)
    if stated or agreement is None:
        return stated
    if name == "signed_on" and agreement.signed_at:
        return timezone.localdate(agreement.signed_at)
    return ", ".join(one.who for one in agreement.signatures.all()) if name == "signatories" else stated


class Contracts(Kind):
    code = "sponsorships"
    label = _("Running sponsorships")
    help = _(
        "With the agreement as it was signed elsewhere, whose PDF comes with the table. Another manager enters them."
    )
    roles = MANAGERS
    who = MANAGING_AGREEMENTS
    form = ContractLine
    named_in = ("reference",)
    told_in = ("reference", "partner", "chair")
    columns = (
        Column("reference", _("Your reference"), _("What your office calls it; its instalments and payments name it so."), is_required=True, example="2024-17", value=lambda one: own_reference(one)),
        Reference("partner", _("Partner"), _("Its SIREN, address or exact name."), is_required=True, of_kind="partners", example="Aciers du Rhône"),
        Reference("chair", _("Chair"), _("Its title or address."), is_required=True, of_kind="chairs", example="Trustworthy AI"),
        ActivityOf("activity", _("Activity"), _("An activity of the chair, by its title."), value=lambda one: str(one.activity or "")),
        Column("proposal", _("The partner's own proposal"), _("What is funded, where it is no activity that the chair has posted.")),
        Choice("regime", _("Regime"), choices=tuple(Regime.choices), is_required=True, example=Regime.PARTNERSHIP.label),
        Euros("cash_amount", _("Cash (€)"), _("In euros, net of VAT."), example="120000"),
        Euros("in_kind_amount", _("In kind (€)")),
        Euros("skills_amount", _("Skills (€)")),
        Column("in_kind_description", _("What is given in kind or skills")),
        YesNo("is_cifre", _("Includes a Cifre thesis")),
        Day("starts_on", _("From"), is_required=True, example="2024-01-01"),
        Day("ends_on", _("Until"), is_required=True, example="2026-12-31"),
        Column("purpose", _("Purpose"), is_required=True, example=_("Safer brakes.")),
        Choice("confidentiality", _("What the public may see"), choices=tuple(Confidentiality.choices)),
        Euros("counterparts_value", _("Value of the counterparts (€)"), _("Of a gift: 0 where the donor gets nothing back.")),
        Reference("managing_institution", _("Managing institution"), is_required=True, of_kind="institutions", value=agreed("managing_institution")),
        Day("signed_on", _("Signed on"), is_required=True, example="2023-12-11", value=agreed("signed_on")),
        Day("effective_on", _("Takes effect on"), _("The first day of the period where it is empty."), value=agreed("effective_on")),
        Column("signatories", _("Who signed"), _("Name and capacity."), is_required=True, example=_("Grace Hopper, chair of the board"), value=agreed("signatories")),
        Column("other_parties", _("Other parties"), value=agreed("other_parties")),
        Document("document", _("Signed document"), _("The name of the PDF that you bring with the table."), example="2024-17.pdf", value=lambda one: ""),
    )  # fmt: skip

    def visible(self, run) -> Any:
        mine = Sponsorship.objects.sent().filter(chair__cluster=run.cluster).exclude(chair__origin=Origin.SOURCED)
        return (
            mine.select_related("chair__cluster", "partner")
            .prefetch_related("agreements__signatures__on_behalf_of", "own_references")
            .order_by("pk")
        )

    def exported(self, run) -> Any:
        return self.visible(run).filter(agreements__in=Agreement.objects.in_force()).distinct()

    def keys_of(self, record):
        return [record.short_reference, own_reference(record)]

    def names_of(self, record):
        return []

    def new(self, run, line):
        return Sponsorship(created_by=run.by, confidentiality="")

    def find(self, run, line):
        self._read_activity(run, line)
        return next(iter(run.known(self.code).find_by_key(line.given["reference"])), None)

    def _read_activity(self, run, line):
        """Replace the activity's title by the activity of the line's chair with that title.

        Raise Refused if there is none.
        """
        title, chair = line.given.get("activity"), line.given["chair"]
        if not isinstance(title, str):
            return
        named = [one for one in run.known("activities").by_name.get(name_key(title), ()) if one.chair_id == chair.pk]
        if not named:
            line.refuse("activity", _t("The chair has no activity called “%(title)s”.") % {"title": title})
            raise Refused([])
        line.given["activity"] = named[-1]

    def check_rest(self, run, line):
        try:
            if "chair" in line.given:
                self._read_activity(run, line)
        except Refused:  # its sentence is among the line's problems
            pass
        if isinstance(line.given.get("activity"), str):
            del line.given["activity"]
        form = super().check_rest(run, line)
        if form is not None and form.instance.pk is None:
            self._hold_parts_against(run, form, line)
        return form

    def bind(self, run, line):
        form = super().bind(run, line)
        if form is None or form.instance.pk is not None:
            return form
        if parts_of(run).has_refused(line) and line.is_right:
            line.is_waiting = True
            return form
        self._hold_parts_against(run, form, line)
        if not line.is_right and not {"chair", "activity", "cash_amount"} & set(form.errors):
            self._refuse_beyond_target(form, line)
        return form

    def _hold_parts_against(self, run, form, line):
        """Refuse the line's cash if its instalments do not add up to it, whatever else is wrong with the line."""
        if "cash_amount" not in form.errors and not parts_of(run).has_refused(line):
            cash = form.cleaned_data.get("cash_amount") or Decimal(0)
            line.refuse_errors({"cash_amount": unbalanced(cash, parts_of(run).total(line))})

    def _refuse_beyond_target(self, form, line):
        """Add what the acceptance would refuse, which otherwise shows only once the line is right."""
        said = {sentence for _column, sentence in line.problems}
        line.refuse("", *(one for one in acceptance_obstacles(form.instance) if one not in said))

    def why_not_change(self, run, record):
        return _t("A sponsorship that is here changes on its own page, and by amendments.")

    def save(self, run, form, line):
        """Save the contract and bring it to its status with the usual verbs; its promises count from its effective date."""
        day = form.cleaned_data["effective_on"]
        with promised_from(day):
            agreement = enter(form.instance, by=run.by, terms=form.terms(), rows=parts_of(run).planned(line))
            sponsorship = agreement.sponsorship
            self._value_counterparts(run, form, sponsorship)
            verbs.accept(sponsorship.locked(), by=run.decider)
            record_agreement(agreement, by=run.by)
            sponsorship = verbs.activate(sponsorship.locked(), by=run.by)
        OwnReference.objects.create(cluster=run.cluster, sponsorship=sponsorship, reference=line.given["reference"])
        return sponsorship

    def _value_counterparts(self, run, form, sponsorship):
        value = form.cleaned_data.get("counterparts_value")
        if value is None or sponsorship.regime != Regime.PATRONAGE:
            return
        if run.decider is not None:
            value_counterparts(sponsorship, by=run.decider, value=value)
        else:  # the check: the second manager, who values them, is not known yet
            Sponsorship.objects.filter(pk=sponsorship.pk).update(counterparts_value=value)


def own_reference(sponsorship: Sponsorship) -> str:
    """Return the office's own reference, or else the site's."""
    return next((one.reference for one in sponsorship.own_references.all()), sponsorship.short_reference)


class Parts:
    """The lines about instalments of the files' contracts, grouped by the reference that they name."""

    def __init__(self, run: Any):
        self.run = run
        self.by_reference: dict[str, list[Line]] = defaultdict(list)
        for line in run.lines["instalments"]:
            line.kind.judge(run, line)
            self.by_reference[as_text(line.cells.get("sponsorship", "")).lower()].append(line)

    def of(self, line: Line) -> list[Line]:
        """Return the lines about the instalments of a contract's line, by number."""
        rows = self.by_reference.get(as_text(line.cells.get("reference", "")).lower(), [])
        return sorted(rows, key=lambda row: int(row.given.get("number", 0)) if row.is_right else 0)

    def has_refused(self, line: Line) -> bool:
        return not all(row.is_right for row in self.of(line))

    def total(self, line: Line) -> Decimal:
        return sum((row.planned.amount for row in self.of(line)), Decimal(0))

    def planned(self, line: Line) -> list:
        return [row.planned for row in self.of(line)]


def parts_of(run: Any) -> Parts:
    return run.shared(Parts)
