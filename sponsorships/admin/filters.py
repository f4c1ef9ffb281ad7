"""Filters of the panel's lists about money."""

import re

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.primary_keys import is_key
from sponsorships.admin.agreement_dashboard import to_start, without_agreement
from sponsorships.models import Agreement, Instalment, LedgerEntry, Sponsorship

YEAR = re.compile(r"[12][0-9]{3}")


class StateFilter(admin.SimpleListFilter):
    """Filter instalments by what must be done today, beyond their status."""

    title = _("to be done")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("standing", _("All in force")),
            ("due", _("To invoice or call")),
            ("overdue", _("Overdue")),
            ("superseded", _("Rescheduled since")),
            ("everything", _("All, including rescheduled and draft ones")),
        ]

    def choices(self, changelist):
        """Select “All in force” by default: rescheduled and draft instalments are not asked for."""
        _all, standing, *others = super().choices(changelist)
        yield {**standing, "selected": self.value() in (None, "standing")}
        yield from others

    def queryset(self, request, queryset):
        today = timezone.localdate()
        narrowed = {
            "due": lambda: queryset.to_invoice(),
            "overdue": lambda: queryset.overdue(today),
            "superseded": lambda: queryset.filter(superseded_on__isnull=False),
            "everything": lambda: queryset,
        }
        return narrowed.get(self.value(), queryset.standing)()


class NextStepFilter(admin.SimpleListFilter):
    """Filter accepted sponsorships by a manager's next step."""

    title = _("next step")
    parameter_name = "next"

    def lookups(self, request, model_admin):
        return [("agreement", _("Begin the agreement")), ("start", _("Start it"))]

    def queryset(self, request, queryset):
        narrow = {"agreement": without_agreement, "start": to_start}.get(self.value())
        return narrow(queryset, request.user) if narrow else queryset


class OnlyFilter(admin.SimpleListFilter):
    """Filter on one record, given by a link; the filter offers no other choice."""

    model: type

    def __init__(self, request, params, model, model_admin):
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        """Return the record as the only choice; if the user cannot see it, the same answer as for a missing one."""
        if self.value() is None or not is_key(self.value()):
            return []
        return [(self.value(), str(self.found(request) or _t("None that you can see")))]

    def has_output(self):
        return self.value() is not None

    def found(self, request):
        panel = self.model_admin.admin_site.get_model_admin(self.model)
        return panel.get_visible(request.user).filter(pk=self.value()).first()

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        found = self.found(request) if is_key(self.value()) else None
        return queryset.filter(**{self.parameter_name: found}) if found else queryset.none()


class OfSponsorship(OnlyFilter):
    title, parameter_name, model = _("sponsorship"), "sponsorship", Sponsorship


class OfAgreement(OnlyFilter):
    title, parameter_name, model = _("agreement"), "agreement", Agreement


class OfInstalment(OnlyFilter):
    title, parameter_name, model = _("instalment"), "instalment", Instalment


class YearFilter(admin.SimpleListFilter):
    """Filter entries by the year in which they take effect."""

    title, parameter_name = _("year"), "year"

    def lookups(self, request, model_admin):
        # The first and last day, from the index: a query for the years with entries would read every entry.
        days = LedgerEntry.objects.visible_to(request.user).order_by("effective_on", "pk").values_list("effective_on")
        bounds = [day.year for row in (days.first(), days.last()) if row for day in row]
        years = dict.fromkeys(map(str, range(bounds[-1], bounds[0] - 1, -1))) if bounds else {}
        # A year without entries may be asked for, too.
        if YEAR.fullmatch(self.value() or ""):
            years.setdefault(self.value())
        return [(year, year) for year in years]

    def queryset(self, request, queryset):
        is_year = YEAR.fullmatch(self.value() or "")
        return queryset.filter(effective_on__year=int(self.value())) if is_year else queryset


class CountsFilter(admin.SimpleListFilter):
    """Filter entries that count today, or only from a later day."""

    title, parameter_name = _("counts"), "counts"

    def lookups(self, request, model_admin):
        return [("today", _t("Today")), ("later", _t("From a later date"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "later":
            return queryset.filter(effective_on__gt=today)
        return queryset.on(today) if self.value() == "today" else queryset
