"""The data for a gift's tax receipt, for the partner to read and print."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.perms import leads
from sponsorships.accounting.receipts import receipt_data
from sponsorships.models import Sponsorship
from sponsorships.perms import can_read_receipt


@never_cache
@require_safe
def receipt(request, reference):
    """Show what the managing institution needs to issue the receipt 2041-MEC-SD; 404 unless the sponsorship is a gift."""
    files = Sponsorship.objects.visible_to(request.user).select_related("partner", "chair__cluster")
    sponsorship = get_object_or_404(files, reference=reference)
    data = receipt_data(sponsorship) if can_read_receipt(sponsorship, request.user) else None
    if data is None:
        raise Http404
    may_keep_details = leads(sponsorship.partner, request.user)
    context = {"data": data, "sponsorship": sponsorship, "may_keep_details": may_keep_details}
    return render(request, "sponsorships/my/receipt.html", context)
