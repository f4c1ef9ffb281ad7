"""Filters of the lists about money."""

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
    """Where an instalment stands today, beyond its status."""

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
        """The list starts without rescheduled and draft instalments: nobody is asked for them."""
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
    """Accepted sponsorships, by what the reader, a manager, does next."""

    title = _("next step")
    parameter_name = "next"

    def lookups(self, request, model_admin):
        return [("agreement", _("Begin the agreement")), ("start", _("Start it"))]

    def queryset(self, request, queryset):
        narrow = {"agreement": without_agreement, "start": to_start}.get(self.value())
        return narrow(queryset, request.user) if narrow else queryset


class OnlyFilter(admin.SimpleListFilter):
    """Narrows to one record, where a link has named it: no list of them is offered."""

    model: type

    def __init__(self, request, params, model, model_admin):
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        """Offer the record only if the reader may see it: else the list is empty, as for one that does not exist."""
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
    """The year from which an entry counts."""

    title, parameter_name = _("year"), "year"

    def lookups(self, request, model_admin):
        # The first and the last, by the index: to ask which years have an entry reads all of them.
        days = LedgerEntry.objects.visible_to(request.user).order_by("effective_on", "pk").values_list("effective_on")
        bounds = [day.year for row in (days.first(), days.last()) if row for day in row]
        years = dict.fromkeys(map(str, range(bounds[-1], bounds[0] - 1, -1))) if bounds else {}
        # A year without an entry is a valid choice.
        if YEAR.fullmatch(self.value() or ""):
            years.setdefault(self.value())
        return [(year, year) for year in years]

    def queryset(self, request, queryset):
        is_year = YEAR.fullmatch(self.value() or "")
        return queryset.filter(effective_on__year=int(self.value())) if is_year else queryset


class CountsFilter(admin.SimpleListFilter):
    """Entries that count today, or from a later day on."""

    title, parameter_name = _("counts"), "counts"

    def lookups(self, request, model_admin):
        return [("today", _t("Today")), ("later", _t("From a later date"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "later":
            return queryset.filter(effective_on__gt=today)
        return queryset.on(today) if self.value() == "today" else queryset
