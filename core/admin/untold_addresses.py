"""The address of a record in a form: made of its name, or typed; whoever stands there unseen stays unknown."""

from django import forms
from django.db.models import Q

from core.slugs import free_address_untold


def settle_address(form: forms.ModelForm, name: str) -> None:
    """Give the form's record an address where none was typed, or where what was typed is that of a hidden record.

    Addresses are the same for every cluster, but another cluster's draft is nobody's business: a few letters are added
    to such an address instead of a sentence about it. `form.user` is who types.
    """
    typed = form.cleaned_data.get("slug")
    if "slug" not in form.fields or "slug" in form.errors or not (typed or name):
        return
    records = type(form.instance)._default_manager
    others = records.exclude(pk=form.instance.pk)
    if not typed or _is_hidden(typed, others, records.visible_to(form.user)):
        form.instance.slug = form.cleaned_data["slug"] = free_address_untold(typed or name, others)


def _is_hidden(slug: str, others, visible) -> bool:
    """Return whether a record stands at this address that the public does not read, nor the person."""
    seen = Q(is_published=True) | Q(pk__in=visible.order_by().values("pk"))
    return others.filter(slug=slug).exclude(seen).exists()
