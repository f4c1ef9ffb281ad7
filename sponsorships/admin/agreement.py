from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from clusters.models import Cluster
from clusters.perms import can_write_to_people, has_role_anywhere
from clusters.scopes import MANAGERS
from core.admin.base import ScopedAdmin, ScopedTabularInline
from core.admin.confirmation import Act, confirm
from core.admin.filters import ScopedRelatedFilter, WaitingFilter
from core.admin.lifecycle import LifecycleAdmin
from core.admin.record_page import change_url
from core.exceptions import Refused
from core.languages import columns_of
from core.money import euros
from core.network import client_address
from partners.addressees import people_at
from sponsorships.accounting import schedule
from sponsorships.admin.account_forms import CountersignForm, ProposalForm
from sponsorships.admin.agreement_dashboard import waiting_agreements, what_agreements_wait
from sponsorships.admin.agreement_forms import AMOUNTS, AgreementForm, InstalmentForm, ScheduleFormSet, fields_of
from sponsorships.admin.filters import OfSponsorship
from sponsorships.admin.references import FoundByReference
from sponsorships.agreements import signing, verbs
from sponsorships.agreements.conditions import planned_by
from sponsorships.agreements.terms import amended, changes
from sponsorships.enums import AgreementPath, AgreementStatus
from sponsorships.models import Agreement, Instalment
from sponsorships.models.reference import AGREEMENT_MARK
from sponsorships.perms import MANAGING_AGREEMENTS, SIGNING, can_manage_agreement

EFFECTS = {
    "issue": _("The text is frozen, the document is made, and the partner's signatory can sign it."),
    "countersign": _("The agreement is in force: its amounts count as agreed, and its instalments take effect."),
    "record": _("The agreement is in force: its amounts count as agreed, and its instalments take effect."),
    "void": _("It is not binding and cannot be taken up again; another one can be drafted."),
}
# The partner signs on its own page, with a mailed code: staff cannot use this verb.
NOT_HERE = "sign"


class InstalmentInline(ScopedTabularInline):
    """The schedule of a draft, one instalment a row: three empty rows, and a link that adds more with JavaScript."""

    model = Instalment
    fk_name = "agreement"
    form = InstalmentForm
    formset = ScheduleFormSet
    fields = InstalmentForm.Meta.fields
    extra = 3
    max_num = schedule.MAX_PARTS
    verbose_name_plural = _("instalments")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("sponsorship", "agreement").order_by("number")


@admin.register(Agreement)
class AgreementAdmin(FoundByReference, LifecycleAdmin, ScopedAdmin):
    """The agreements in the panel. An agreement is begun on its sponsorship's page."""

    form = AgreementForm
    reference_mark = AGREEMENT_MARK
    change_form_template = "sponsorships/admin/agreement.html"
    confirm_verb_template = "sponsorships/admin/confirm_agreement_verb.html"
    who_changes = _("You can only read this agreement: managers of the chair's cluster change it while it is a draft.")
    verb_forms = {"countersign": CountersignForm}
    history_rows = ["instalments"]
    history_hidden = ScopedAdmin.history_hidden | {"sha256", "file", "signature_page", "frozen"}
    list_display = ["name", "chair", "short_reference", "cash", "effective_on", "path", "status", "origin"]
    list_filter = [
        WaitingFilter,
        "status",
        "path",
        ("sponsorship__chair__cluster", ScopedRelatedFilter),
        OfSponsorship,
    ]
    list_select_related = ["sponsorship__partner", "sponsorship__chair__cluster"]
    verbs_at_once = {"issue": (), "record": (), "void": ()}
    export_columns = [
        *("sponsorship__partner", "sponsorship__partner__siren", "sponsorship__chair__cluster", "in_kind_amount"),
        *("skills_amount", "starts_on", "ends_on", "managing_institution"),
    ]
    ordering = ["-created_at", "-pk"]
    search_fields = [
        "sponsorship__partner__name_key",
        *columns_of("sponsorship__chair__title"),
        "sponsorship__short_reference",
    ]
    search_help_text = _("Name of the partner, title of the chair, or reference.")
    autocomplete_fields = ["managing_institution"]
    readonly_fields = ["kept_document"]

    @admin.display(description=_("agreement"), ordering="sponsorship__partner__name_key")
    def name(self, agreement):
        return f"{agreement.sponsorship.partner}, {agreement}"

    @admin.display(description=_("chair"), ordering="sponsorship__chair")
    def chair(self, agreement):
        return agreement.sponsorship.chair

    @admin.display(description=_("reference"), ordering="sponsorship__short_reference")
    def short_reference(self, agreement):
        return agreement.short_reference

    @admin.display(description=_("cash (€)"), ordering="cash_amount")
    def cash(self, agreement):
        return euros(agreement.cash_amount) if agreement.cash_amount else None

    @admin.display(description=_("origin"))
    def origin(self, agreement):
        return agreement.sponsorship.get_origin_display()

    @admin.display(description=_("kept document"))
    def kept_document(self, agreement):
        if not agreement.file:
            return None
        address = reverse("sponsorships:agreement_document", args=[agreement.reference])
        return format_html('<a href="{}">{}</a>', address, _t("Download"))

    def name_at_once(self, record):
        return self.name(record)

    # Permissions.

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return people_at(records.values("sponsorship__partner"), request.user)

    def get_visible(self, user):
        """Return the agreements of the user's clusters, without those that they see as a partner."""
        return Agreement.objects.visible_to(user).filter(
            sponsorship__chair__cluster__in=Cluster.objects.visible_to(user)
        )

    def get_queryset(self, request):
        related = ["sponsorship__partner", "sponsorship__chair__cluster", "signatory__user"]
        return super().get_queryset(request).select_related(*related)

    def can_change(self, user, obj=None):
        if obj is None:
            return has_role_anywhere(user, MANAGERS)
        return obj.status == AgreementStatus.DRAFT and can_manage_agreement(obj, user)

    # The form.

    def get_offered(self, db_field, request):
        """Offer only legal entities as the managing institution, because it signs."""
        return super().get_offered(db_field, request).employers()

    def get_fieldsets(self, request, obj=None):
        description = {"description": _t("In euros, net of VAT. Enter the total, not the change.")}
        return [
            (title, {"fields": fields, **(description if number == 0 else {})})
            for number, (title, fields) in enumerate(
                fields_of(obj, self.has_change_permission(request, obj)) if obj else []
            )
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_inlines(self, request, obj):
        return [InstalmentInline] if obj is not None and self.has_change_permission(request, obj) else []

    def save_model(self, request, obj, form, change):
        """Make whoever changes the amounts the author, who may then not record a higher promise alone (four-eyes rule)."""
        is_written = not set(AMOUNTS).isdisjoint(form.changed_data)
        if is_written:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        if is_written:
            obj.log_beginning(by=request.user)

    def save_formset(self, request, form, formset, change):
        """Plan all rows together: they replace the earlier rows and are numbered in order."""
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        if formset.has_changed():
            schedule.plan(form.instance, formset.rows(), by=request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.say_what_is_missing(request, form.instance)

    def say_what_is_missing(self, request, agreement) -> None:
        left = schedule.to_plan(agreement) - agreement.instalments.total()
        if left:
            messages.warning(request, _missing(left))

    # The page.

    def get_page_rows(self, record):
        return [
            *super().get_page_rows(record),
            "sponsorship__agreements",
            "sponsorship__instalments",
            "sponsorship__partner__contacts",
            "sponsorship__transitions",
            Prefetch("instalments", Instalment.objects.select_related("superseded_by").order_by("number")),
        ]

    def get_view_on_site_url(self, obj=None):
        """Return the address of the agreement's page for its parties."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/schedule/", view(self.schedule_view), name="sponsorships_agreement_schedule"),
            path("<path:object_id>/code/", view(require_POST(self.code_view)), name="sponsorships_agreement_code"),
            *super().get_urls(),
        ]

    def get_page_context(self, request, agreement):
        for instalment in agreement.instalments.all():
            instalment.sponsorship = agreement.sponsorship
        page = {
            "file_url": change_url(agreement.sponsorship),
            "amends": amended(agreement),
            "changes": changes(agreement),
            "schedule": _schedule(agreement),
            "instalments": agreement.instalments.all(),
            "may_plan": self.has_change_permission(request, agreement),
            "documents": _documents(agreement),
            "signatures": agreement.signatures.all(),
        }
        return {**super().get_page_context(request, agreement), **page}

    def schedule_view(self, request, object_id):
        """Show a proposed schedule (GET), or replace the draft's instalments with it (POST)."""
        agreement = self.open_record(request, object_id)
        left = schedule.to_plan(agreement)

        def plan(form, note):
            rows = schedule.propose(left, form.cleaned_data["parts"], form.cleaned_data["first"])
            schedule.plan(agreement, rows, by=request.user)

        effect = _t(
            "%(left)s is divided into equal instalments, to the cent, one per quarter. They replace what is planned so far."
        )
        act = Act(
            label=_t("Propose the instalments"),
            effect=effect % {"left": euros(left)},
            may=can_manage_agreement,
            who=MANAGING_AGREEMENTS,
            why_not=schedule.why_not_plan,
            do=plan,
            done=_t("%(agreement)s: instalments planned.") % {"agreement": agreement},
            goes_to=lambda _done: f"{change_url(agreement)}#instalments-group",
            form=lambda data, record: ProposalForm(data, record=record),
        )
        return confirm(self, request, agreement, act)

    # The verbs.

    def buttons(self, record, user):
        shown = super().buttons(record, user)
        for button in shown:
            if button.url == self.verb_url(record, NOT_HERE):
                button.reasons = [*button.reasons, str(SIGNING)] if not button.reasons else button.reasons
        return shown

    def verb_view(self, request, object_id, verb):
        if verb == NOT_HERE:
            raise Http404
        return super().verb_view(request, object_id, verb)

    def perform(self, request, record, declared, form, note):
        if declared.name != "countersign":
            return super().perform(request, record, declared, form, note)
        said = {**form.given(), "address": client_address(request), "note": note}
        try:
            signing.sign_with_code(record, by=request.user, verb=declared.name, **said)
        except signing.WrongCode as wrong:
            form.add_error("code", str(wrong))
            raise Refused(declared.why_not(record, request.user)) from wrong

    def code_view(self, request, object_id):
        """Mail a code to the manager who is about to countersign."""
        agreement = self.open_record(request, object_id)
        if not verbs.countersign.may(agreement, request.user):
            raise PermissionDenied
        try:
            signing.send_code(agreement, to=request.user, verb="countersign")
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
        else:
            messages.success(request, _t("A code is on its way to %(address)s.") % {"address": request.user.email})
        return HttpResponseRedirect(self.verb_url(agreement, "countersign"))

    def get_verb_context(self, request, verb, record):
        """Return the context of a verb's page: the sponsorship, and for countersigning, the address that mails a code."""
        context = {"sponsorship": record.sponsorship}
        if verb == "countersign":
            context["code_url"] = reverse("admin:sponsorships_agreement_code", args=[record.pk])
            context["has_code"] = signing.live_code(record, request.user) is not None
        return context

    def effect(self, verb):
        return str(EFFECTS.get(verb, ""))

    # The list of what waits.

    def get_waiting(self, user):
        return waiting_agreements(self.get_visible(user), user)

    def waits(self, user):
        return what_agreements_wait(self, user)


def _schedule(agreement) -> dict:
    """Return the planned and the agreed cash, and the difference, as text in euros."""
    wanted, planned = schedule.to_plan(agreement), planned_by(agreement)
    before = agreement.cash_amount - wanted
    is_bound = agreement.is_in_force
    return {
        "agreed": euros(agreement.cash_amount),
        "before": euros(before) if before and not is_bound else "",
        "planned": euros(planned),
        "left": "" if is_bound or wanted == planned else _missing(wanted - planned),
        "is_whole": not is_bound and wanted == planned,
        "address": reverse("admin:sponsorships_agreement_schedule", args=[agreement.pk]),
    }


def _missing(left) -> str:
    if left > 0:
        return _t("The instalments are %(left)s short of what is agreed.") % {"left": euros(left)}
    return _t("The instalments are %(more)s more than what is agreed.") % {"more": euros(-left)}


def _documents(agreement) -> list[tuple]:
    """Return pairs of label and address for the agreement's files, which the parties' views serve."""
    found = [(_t("How its parties see it"), "sponsorships:agreement")]
    if agreement.status == AgreementStatus.DRAFT and agreement.path == AgreementPath.GENERATED:
        found.append((_t("Preview of the document (PDF)"), "sponsorships:agreement_preview"))
    if agreement.file:
        found.append((_t("The document (PDF)"), "sponsorships:agreement_document"))
    if agreement.signature_page:
        found.append((_t("The signature page (PDF)"), "sponsorships:agreement_signatures"))
    return [(label, reverse(name, args=[agreement.reference])) for label, name in found]
