from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clusters.addressees import address_of
from clusters.admin.forms import PersonForm
from clusters.models import Cluster, Person
from clusters.perms import (
    can_keep_reference_data,
    can_see_contact,
    can_write_to_people,
    has_role_anywhere,
    may_link_accounts,
)
from clusters.scopes import EDITORS, clusters_of, clusters_with
from core.admin.addressees import Addressee
from core.admin.base import ScopedAdmin
from core.admin.dashboard import Wait
from core.admin.filters import ScopedRelatedFilter
from core.admin.merging import MergingAdmin

PRIVATE = _("Never public, and seen only by the cluster that registered this person and by the coordination.")
PRIVATE_FIELDS = ["contact_email", "contact_language"]


class DisputedFilter(admin.SimpleListFilter):
    """For the coordinator: records with an iD or an account that another record has too."""

    title, parameter_name = _("identity"), "identity"

    def lookups(self, request, model_admin):
        return [("disputed", _("To be settled"))]

    def queryset(self, request, queryset):
        disputed = Person.objects.disputed().values("pk")
        return queryset.filter(pk__in=disputed) if self.value() == "disputed" else queryset


@admin.register(Person)
class PersonAdmin(MergingAdmin, ScopedAdmin):
    """The people whom the user may choose: sourced people, and those of the user's clusters."""

    form = PersonForm
    change_form_template = "clusters/admin/person.html"
    add_title = _("Add a person")
    who_changes = _(
        "You can only read this person. The cluster that registered them corrects the record while no other cluster "
        "relies on it; the coordinator always may."
    )
    list_display = ["name", "orcid_id", "registered_in", "origin"]
    list_filter = [("registered_in", ScopedRelatedFilter), "origin"]
    list_select_related = ["registered_in"]
    export_columns = ["family_name", "website"]
    search_fields = ["name_key", "orcid", "orcid_claimed"]
    search_help_text = _("Name or ORCID identifier.")
    ordering = ["sort_key", "pk"]
    name_column = "name_key"
    history_rows = ["appointments"]
    page_related = ["user", "registered_in"]
    merge_identifiers = ("orcid", "orcid_claimed")
    merge_filled = ("user", "account_address", "orcid_claimed")
    merges_people = True
    who_merges = _(
        "Editors of the cluster that registered both people, while no other cluster relies on either; the coordinator always may."
    )

    @admin.display(description=_("ORCID iD"))
    def orcid_id(self, person):
        return person.stated_orcid

    def get_list_filter(self, request):
        settles = can_keep_reference_data(request.user)
        return [*self.list_filter, DisputedFilter] if settles else self.list_filter

    def get_waiting(self, user):
        return Person.objects.disputed() if can_keep_reference_data(user) else Person.objects.none()

    def waits(self, user):
        def people():
            return self.get_waiting(user).select_related("registered_in").order_by("pk")

        def registered_in(person):
            return str(person.registered_in or "")

        return [
            Wait(self, people, _to_settle, "?identity=disputed", registered_in, why=_("Settle whose identifier it is"))
        ]

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        """Return the people whom the user's clusters registered; all people for the coordinator."""
        mine = clusters_with(request.user, EDITORS)
        known = records if clusters_of(request.user).is_national else records.filter(registered_in__in=mine)
        people = known.select_related("user")
        return [Addressee(one.name, address_of(one, request.user)) for one in people]

    def can_add(self, user):
        return can_keep_reference_data(user) or has_role_anywhere(user, EDITORS)

    def can_change(self, user, obj=None):
        """Return whether the user may correct a person: the registering cluster, while no other cluster relies on the record."""
        if can_keep_reference_data(user):
            return True
        mine = clusters_with(user, EDITORS)
        if obj is None:
            return bool(mine)
        return obj.registered_in_id in mine and not _holds_elsewhere(obj, mine)

    def get_mergeable(self, user):
        """Return the people whom the user may change: `can_change` as a queryset."""
        people = self.get_visible(user).select_related("registered_in")
        if can_keep_reference_data(user):
            return people
        mine = clusters_with(user, EDITORS)
        elsewhere = self.model.appointments.rel.related_model.objects.exclude(chair__cluster__in=mine).order_by()
        return people.filter(registered_in__in=mine).exclude(pk__in=elsewhere.values("person"))

    def why_not_merge(self, kept, gone):
        """Return why two records cannot be merged.

        An investigator of a running chair under the four-eyes rule is not moved to another record by one person
        (docs/second-person.md). A hidden person's record is not merged with one that is shown.
        """
        held = [str(post.chair) for post in self._held_by_two().filter(person=gone.pk)]
        return [*super().why_not_merge(kept, gone), *_kept_by_two(gone, held), *_hidden_and_shown(kept, gone)]

    def why_not_undo(self, done):
        keys = {
            key
            for label, _name, _gone, _kept, keys in done.moved["moved"]
            if label == "chairs.Appointment"
            for key in keys
        }
        held = [str(post.chair) for post in self._held_by_two().filter(person=done.kept) if post.pk in keys]
        return [*super().why_not_undo(done), *_kept_by_two(done.kept_name, held)]

    def _held_by_two(self):
        return self.model.appointments.rel.related_model.objects.changed_by_two().select_related("chair")

    def telling_of_twins(self, record, user):
        return [str(record.registered_in or ""), record.stated_orcid or record.slug]

    def get_merge_fields(self, user, record):
        names = ("name", "family_name", "orcid", "website", "registered_in", *PRIVATE_FIELDS)
        return (*names, "user") if may_link_accounts(user, record) else names

    def get_row_history(self, lines, user):
        """Return the person's appointments in chairs that the user sees, without another cluster's drafts."""
        chairs = lines.model._meta.get_field("chair").related_model._default_manager.visible_to(user)
        return lines.filter(chair_id__in=chairs.order_by().values("pk"))

    def get_history_hidden(self, record, user):
        """Hide the account from users who may not link one, and the slug until the person is public."""
        hidden = super().get_history_hidden(record, user)
        hidden = hidden if may_link_accounts(user, record) else hidden | {"user"}
        return hidden if can_keep_reference_data(user) or _is_public(record) else hidden | {"slug"}

    def get_fieldsets(self, request, obj=None):
        may_link = may_link_accounts(request.user, obj) and self.can_change(request.user, obj)
        description = _(
            "Only what may be public. A person appears in public when a source names them, or once a chair records "
            "the day on which they agreed."
        )
        is_typed = obj is None or self.can_change(request.user, obj)
        identity = ["name", "different_from", "family_name", "orcid" if is_typed else "orcid_id", "website"]
        # A numbered slug would reveal a hidden namesake: it is shown once the person is public.
        has_address = can_keep_reference_data(request.user) or (obj is not None and _is_public(obj))
        identity += ["slug", "registered_in"] if has_address else ["registered_in"]
        fieldsets = [(None, {"description": description, "fields": identity})]
        if obj is None or can_see_contact(request.user, obj):
            fieldsets.append((_("How to reach them"), {"description": PRIVATE, "fields": PRIVATE_FIELDS}))
        if may_link:
            fieldsets.append((_("Account"), {"fields": ["account_email"]}))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return ["orcid_id"] if can_keep_reference_data(request.user) else ["orcid_id", "slug"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user, form.page = request.user, self
        for name in ("slug", "registered_in"):
            if name in form.base_fields:
                form.base_fields[name].required = name == "registered_in" and not can_keep_reference_data(request.user)
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "registered_in" and not can_keep_reference_data(request.user):
            kwargs["queryset"] = Cluster.objects.filter(pk__in=clusters_with(request.user, EDITORS))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def telling(self, record, user):
        """Return what tells namesakes apart: the employers that the user may know of, and the ORCID iD or else the slug."""
        posts = record.appointments.select_related("affiliation").filter(affiliation__isnull=False)
        if not (user.is_superuser or clusters_of(user).is_national):
            public = record.appointments.public().values("pk")
            posts = posts.filter(Q(pk__in=public) | Q(chair__cluster__in=clusters_of(user).pks))
        employers = dict.fromkeys(str(post.affiliation) for post in posts)
        return [*list(employers)[:2], record.stated_orcid or record.slug]

    def get_view_on_site_url(self, obj=None):
        """Return the public page's URL; None unless the person is publicly named."""
        return super().get_view_on_site_url(obj) if obj is not None and _is_public(obj) else None

    def get_changeform_initial_data(self, request):
        mine = clusters_with(request.user, EDITORS)
        return {"registered_in": mine[0] if len(mine) == 1 else None, **super().get_changeform_initial_data(request)}


def _is_public(person) -> bool:
    """Return whether the person has a public page, looked up once per form."""
    if not hasattr(person, "_is_public"):
        person._is_public = person.has_public_page()
    return person._is_public


def _hidden_and_shown(kept, gone) -> list[str]:
    if kept.is_hidden == gone.is_hidden:
        return []
    hidden, shown = (kept, gone) if kept.is_hidden else (gone, kept)
    sentence = _(
        "“%(hidden)s” asked not to be named in public, and “%(shown)s” is shown. Hide “%(shown)s” too before you merge them."
    )
    return [sentence % {"hidden": hidden, "shown": shown}]


def _kept_by_two(person, chairs: list[str]) -> list[str]:
    sentence = _(
        "%(person)s holds a chair that runs, whose investigators are changed by two people: %(chairs)s. Keep this record as the "
        "first of the two, or ask on the chair’s page for the change."
    )
    return [sentence % {"person": person, "chairs": "; ".join(chairs)}] if chairs else []


def _holds_elsewhere(person, mine) -> bool:
    """Return whether a chair of another cluster relies on the record, looked up once per form."""
    if not hasattr(person, "_clusters"):
        person._clusters = set(person.appointments.order_by().values_list("chair__cluster", flat=True))
    return not person._clusters <= set(mine)


def _to_settle(number) -> str:
    return (
        ngettext(
            "%d person has an iD or an account that another record also has",
            "%d people have an iD or an account that another record also has",
            number,
        )
        % number
    )
