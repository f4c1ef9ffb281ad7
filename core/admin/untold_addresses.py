"""The slug of a record in a form: typed, or made from the name, without revealing hidden records."""

from django import forms
from django.db.models import Q

from core.slugs import free_address_untold


def settle_address(form: forms.ModelForm, name: str) -> None:
    """Give the form's record a slug if none was typed, or if the typed one belongs to a hidden record.

    Slugs are unique across clusters, but another cluster's draft must stay unknown: random letters are added to such a
    slug, and no error is shown. `form.user` is the user who types.
    """
    typed = form.cleaned_data.get("slug")
    if "slug" not in form.fields or "slug" in form.errors or not (typed or name):
        return
    records = type(form.instance)._default_manager
    others = records.exclude(pk=form.instance.pk)
    if not typed or _is_hidden(typed, others, records.visible_to(form.user)):
        form.instance.slug = form.cleaned_data["slug"] = free_address_untold(typed or name, others)


def _is_hidden(slug: str, others, visible) -> bool:
    """Return whether a record with this slug exists that neither the public nor the user can see."""
    seen = Q(is_published=True) | Q(pk__in=visible.order_by().values("pk"))
    return others.filter(slug=slug).exclude(seen).exists()
