"""Public pages of partners: as each chose to be shown, and as sources state them."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Prefetch, Q
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from chairs.models import Chair, StatedPartner
from core.pagination import PublicListView
from core.past_addresses import record_at
from core.text import fold, name_key
from partners.models import Partner
from sponsorships.linked_data import partner_script
from sponsorships.models import Sponsorship
from sponsorships.published import shown_sponsorships


@method_decorator(login_not_required, name="dispatch")
class PartnerListView(PublicListView):
    """List the partners that agreed to be named, and the organisations that a source names beside a chair."""

    template_name = "sponsorships/partner_list.html"

    def get_queryset(self):
        # Only public sponsorships count: an anonymous one must not show, even in a number.
        told = Q(sponsorships__in=Sponsorship.objects.named().order_by().values("pk"))
        partners = Partner.objects.named().annotate(
            chair_count=Count("sponsorships__chair", filter=told, distinct=True)
        )
        for word in self.words:
            partners = partners.filter(name_key__contains=word)
        return partners.order_by("name_key", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(stated=stated_partners(self.words), **kwargs)


def stated_partners(words: list[str]) -> list[tuple[str, list[StatedPartner]]]:
    """Return the organisations that sources name, each with its rows (one per chair), the first entered first.

    There are few: read them all.
    """
    rows = StatedPartner.objects.filter(chair__in=Chair.objects.published()).select_related("chair__cluster")
    rows = rows.order_by("pk")
    by_name: dict[str, list[StatedPartner]] = {}
    for row in rows:
        if all(word in fold(f"{row.name} {row.unit}") for word in words):
            by_name.setdefault(name_key(row.name), []).append(row)
    return [(found[0].name, found) for _key, found in sorted(by_name.items())]


@method_decorator(login_not_required, name="dispatch")
class PartnerDetailView(DetailView):
    """One partner, and the sponsorships for which it agreed to be named."""

    template_name = "sponsorships/partner_detail.html"

    def get_queryset(self):
        told = shown_sponsorships().order_by("-accepted_at", "-pk")
        return Partner.objects.named().prefetch_related(Prefetch("sponsorships", told, to_attr="shown"))

    def get_object(self, queryset=None):
        return record_at(self.get_queryset(), self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(linked_data=partner_script(self.object), **kwargs)
