from django.contrib import admin, messages
from django.db.models import Q, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.admin.second_person import SecondPersonAdmin
from clusters.models import Cluster
from clusters.perms import can_keep_reference_data, can_write_to_people, has_role_anywhere
from clusters.scopes import EDITORS
from core.admin.base import ScopedAdmin, ScopedStackedInline, ScopedTabularInline
from core.admin.confirmation import Act, confirm
from core.admin.merging import MergingAdmin
from core.admin.record_page import change_url, only_reads
from core.admin.search import search
from partners import office
from partners.addressees import known_at, people_of
from partners.forms.office import OfficeContactFormSet, OfficePartnerForm
from partners.models import Contact, OfficeContact, Partner
from partners.perms import can_invite_for, can_keep, can_merge_partners, is_kept_by_office, knowing_cluster, mergeable

INVITING = _("Editors and managers of the cluster that entered the partner, until it has a primary contact of its own.")


class ContactInline(ScopedStackedInline):
    model = Contact
    fields = [("name", "address"), "job_title", ("is_primary", "is_signatory", "is_accounting"), "state"]

    readonly_fields = ["name", "address"]

    @admin.display(description=_("name"))
    def name(self, contact):
        """The account's name, without a link: only the coordinator may open accounts."""
        return contact.user.name

    @admin.display(description=_("e-mail address"))
    def address(self, contact):
        return contact.user.email

    def may_change_parent(self, request, parent):
        return False

    def get_queryset(self, request):
        seen = Partner.objects.with_people_seen_by(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(partner__in=seen).select_related("user", "partner")


class OfficeContactInline(ScopedTabularInline):
    """The people whom the office knows at the partner, invited or not. Each cluster's office keeps its own list."""

    model = OfficeContact
    formset = OfficeContactFormSet
    fields = ["name", "email", "phone", "job_title", "is_primary", "is_signatory", "is_accounting"]
    extra = 1
    verbose_name_plural = _("whom the office knows there")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(cluster__in=Cluster.objects.visible_to(request.user))

    def get_extra(self, request, obj=None, **kwargs):
        return self.extra if self.may_change_parent(request, obj) else 0


@admin.register(Partner)
class PartnerAdmin(MergingAdmin, SecondPersonAdmin, ScopedAdmin):
    """Partners that have dealt with the user's clusters, or that their office entered.

    The office that entered a partner edits it until the partner has a primary contact; from then on the partner does.
    """

    form = OfficePartnerForm
    change_form_template = "partners/admin/partner.html"
    add_title = _("Enter a partner")
    inlines = [OfficeContactInline, ContactInline]
    who_changes = _("You can only read this partner: the organisation describes itself, on its own pages.")
    list_display = ["name", "country", "siren", "sector", "size", "origin"]
    export_columns = ["legal_form", "registered_office", "website", "registered_at"]
    list_filter = ["sector", "size", "origin"]
    search_fields = ["name_key", "siren"]
    search_help_text = _("Name or SIREN, or somebody whom your office knows there.")
    ordering = ["name_key", "pk"]
    name_column = "name_key"
    page_related = ["registered_in"]
    readonly_fields = ["registered_in", "registered_at", "origin"]
    # Agreements name these: once the partner has its own primary contact, a change needs two people.
    guarded_fields = ("name", "legal_form", "registered_office")

    def is_guarded(self, record):
        return not is_kept_by_office(record)

    def guarding_cluster(self, record, user):
        return knowing_cluster(record, user)

    merge_fields = (
        *("name", "country", "siren", "siret", "legal_form", "registered_office", "sector", "size", "website"),
    )
    merge_identifiers = ("siren",)
    merge_filled = ("logo", "logo_kind")
    who_merges = _("Managers of a cluster with which alone both partners have dealt; the coordinator always may.")

    def get_fixed_fields(self, record):
        return self.guarded_fields if self.is_guarded(record) else ()

    def why_not_merge(self, kept, gone):
        """Return why two records cannot be merged: one person does not change by it what takes two (docs/second-person.md)."""
        return [*super().why_not_merge(kept, gone), *self._renamed(kept, gone), *_would_sign_too(kept, gone)]

    def _renamed(self, kept, gone) -> list[str]:
        if self.is_guarded(kept) or not self.is_guarded(gone):
            return []
        sentence = _t(
            "“%(partner)s” has people of its own, and says itself what it is called. Keep it as the first of the two."
        )
        return [sentence % {"partner": gone}]

    def get_fieldsets(self, request, obj=None):
        lines = [("name", "different_from"), ("country", "siren", "siret"), "legal_form", "registered_office"]
        if obj is None:
            said = _t("Until its own people come, your office keeps these lines. Look for it first by its SIREN.")
            return [(None, {"description": said, "fields": ["cluster", *lines, ("sector", "size"), "website"]})]
        may_change = self.has_change_permission(request, obj)
        said = (
            _t("Your office entered this organisation, and keeps these lines until its own people come.")
            if may_change
            else _t("The organisation maintains these lines itself, on its own pages.")
        )
        lines = lines if may_change else ["name", *lines[1:]]
        facts = [("registered_in", "registered_at", "origin")]
        return [(None, {"description": said, "fields": [*lines, ("sector", "size"), "website", *facts]})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user, form.page = request.user, self
        return form

    def get_inlines(self, request, obj):
        return [OfficeContactInline] if obj is None else self.inlines

    # Permissions.

    def can_add(self, user):
        return has_role_anywhere(user, EDITORS)

    def can_change(self, user, obj=None):
        return has_role_anywhere(user, EDITORS) if obj is None else can_keep(obj, user)

    def can_merge_any(self, user):
        return can_merge_partners(user)

    def get_mergeable(self, user):
        return mergeable(self.get_visible(user), user)

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        seen = Partner.objects.with_people_seen_by(request.user).order_by()
        own = Contact.objects.filter(partner__in=seen.filter(pk__in=records.values("pk")).values("pk")).order_by()
        return [*people_of(own), *known_at(records.values("pk"), request.user)]

    def telling(self, record, user):
        return [record.country_name, record.siren or record.slug]

    def get_search_results(self, request, queryset, search_term):
        """Find a partner also by the name or address of somebody whom the user's office knows there."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return found, may_repeat
        seen = OfficeContact.objects.filter(cluster__in=Cluster.objects.visible_to(request.user)).order_by()
        there = search(seen, ["name", "email"], search_term).values("partner")
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=there)), may_repeat

    # The form.

    def save_model(self, request, obj, form, change):
        if change:
            return super().save_model(request, obj, form, change)
        obj._history_user = request.user
        office.enter(obj, cluster=form.cleaned_data["cluster"])

    def save_formset(self, request, form, formset, change):
        """Give the office's contacts their cluster and author; skip those whose address the cluster already has there."""
        if formset.model is not OfficeContact:
            return super().save_formset(request, form, formset, change)
        cluster = form.cleaned_data.get("cluster") or form.instance.registered_in
        formset.instance = form.instance  # a partner that existed already replaces the new one
        known = set(form.instance.office_contacts.filter(cluster=cluster).values_list("email", flat=True)) - {""}
        for row in list(formset.extra_forms):
            if row.cleaned_data.get("email", "").lower() in known:
                formset.forms.remove(row)
        for row in formset.forms:
            row.instance.cluster = row.instance.cluster if row.instance.pk else cluster
            row.instance.added_by = row.instance.added_by or request.user
        return formset.save()

    def response_add(self, request, obj, post_url_continue=None):
        if obj.registered_in_id is None or not can_keep(obj, request.user):
            said = _t("%(partner)s is here already, and was left as it is: your office can now propose on its behalf.")
            messages.info(request, said % {"partner": obj})
            return HttpResponseRedirect(change_url(obj))
        return super().response_add(request, obj, change_url(obj))

    # The page.

    def get_page_context(self, request, partner):
        known = partner.office_contacts.filter(cluster__in=Cluster.objects.visible_to(request.user))
        invited = set(partner.invitations.filter(state="invited").values_list("email", flat=True))
        may = can_invite_for(partner, request.user)
        people = [
            (one, reverse("admin:partners_partner_invite", args=[partner.pk, one.pk]) if may and one.email else "")
            for one in known
        ]
        context = {"known_people": [(one, url, one.email in invited) for one, url in people]}
        context |= {"may_propose": self.can_add(request.user), "may_forget": can_keep_reference_data(request.user)}
        return {**super().get_page_context(request, partner), **context}

    def get_urls(self):
        view = self.admin_site.admin_view(self.invite_view)
        route = "<path:object_id>/invite/<int:contact>/"
        return [path(route, view, name="partners_partner_invite"), *super().get_urls()]

    def invite_view(self, request, object_id, contact):
        """Invite somebody whom the office knows to act for the partner."""
        partner = self.open_record(request, object_id)
        if only_reads(request):  # permission and reasons both read the contacts; POST reads them again
            prefetch_related_objects([partner], "contacts")
        seen = partner.office_contacts.filter(cluster__in=Cluster.objects.visible_to(request.user))
        known = get_object_or_404(seen, pk=contact)
        effect = _t(
            "%(address)s is asked by e-mail to act for the partner. Who accepts sees all its proposals, agreements and "
            "payments, and takes over what your office kept for it."
        )
        act = Act(
            label=_t("Invite %(person)s") % {"person": known.name},
            effect=effect % {"address": known.email or "—"},
            may=can_invite_for,
            who=INVITING,
            why_not=lambda record, user: office.why_not_invite(known, user),
            do=lambda form, note: office.invite(known, by=request.user),
            done=_t("%(person)s is invited.") % {"person": known.name},
        )
        return confirm(self, request, partner, act)


def _would_sign_too(kept, gone) -> list[str]:
    """Return a sentence if the merge would let others sign for the partner that stays."""
    mine = kept.contacts.filter(is_signatory=True).values("user")
    others = gone.contacts.filter(is_signatory=True).exclude(user__in=mine).select_related("user")
    if not others:
        return []
    sentence = _t(
        "%(people)s would sign for “%(kept)s” too, and two people decide that. Merge them once nobody else signs for “%(gone)s”: "
        "its primary contact can say so on its pages, or two people of the office on the page of the contact."
    )
    people = get_text_list([str(one.user) for one in others], _t("and"))
    return [sentence % {"people": people, "kept": kept, "gone": gone}]
