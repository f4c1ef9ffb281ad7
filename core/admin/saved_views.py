"""Saved views of lists: filters, order and columns under a name. Only their owner sees and opens them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.columns import ColumnsForm, columns_of
from core.admin.list_pages import ListPage, page_of
from core.admin.own_views import VIEW_VAR, url_of, view_of, views_of
from core.models.lists import QUERY_MAX_LENGTH, VIEW_NAME_MAX_LENGTH, SavedView

# Per list: with more of them, none would be found again.
MAX_VIEWS = 30


class ViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name"]

    def validate_constraints(self):
        """Report a second view of the list with the same name."""
        others = SavedView.objects.filter(owner=self.instance.owner_id, list_of=self.instance.list_of)
        if others.filter(name=self.cleaned_data.get("name")).exclude(pk=self.instance.pk).exists():
            self.add_error("name", ValidationError(_name_taken(), code="unique"))


class KeepForm(ColumnsForm):
    """The name and the columns of a saved view."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=VIEW_NAME_MAX_LENGTH)
    field_order = ["name", "columns"]


def keep_view(site, request, app_label, model_name):
    """Ask for a name and columns (GET); save the list, with its filters and order, as a view of one's own (POST).

    If the list is open in a view and the name is that view's, the view is overwritten.
    """
    listed = ListPage(site, request, app_label, model_name)
    view = view_of(request, listed.opts)
    form = KeepForm(
        request.POST or None,
        columns=columns_of(listed.page, request),
        chosen=view.columns if view else listed.page.get_list_display(request),
        initial={"name": view.name if view else ", ".join(listed.filters())[:VIEW_NAME_MAX_LENGTH]},
    )
    if request.method == "POST" and form.is_valid() and (kept := _kept(form, listed, view)):
        messages.success(request, _("Kept as a view of yours: %(name)s.") % {"name": kept.name})
        return HttpResponseRedirect(url_of(kept))
    context = listed.context(title=_("Keep this view"), form=form, view=view, order=listed.order())
    return TemplateResponse(request, "admin/keep_view.html", context)


def _kept(form, listed, view) -> SavedView | None:
    """Save the list as a view. Return the view, or None with an error on the form."""
    name, mine = form.cleaned_data["name"], views_of(listed.request.user, listed.opts)
    if view is None or view.name != name:
        if mine.filter(name=name).exists():
            form.add_error("name", ValidationError(_name_taken(), code="unique"))
            return None
        if mine.count() >= MAX_VIEWS:
            said = _("You have %(number)d views of this list: delete one first.") % {"number": MAX_VIEWS}
            form.add_error("name", ValidationError(said, code="too_many"))
            return None
        view = SavedView(owner=listed.request.user, list_of=listed.opts.label_lower, name=name)
    view.query = "&".join(part for part in listed.query.split("&") if not part.startswith(f"{VIEW_VAR}="))
    if len(view.query) > QUERY_MAX_LENGTH:
        form.add_error(
            "name", ValidationError(_("The search and the filters are too long for a view."), code="too_long")
        )
        return None
    view.columns = form.cleaned_data["columns"]
    return view if _saved(view, form) else None


def _saved(view, form) -> bool:
    """Save the view. Report on the form a view that another tab has given the name meanwhile."""
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        form.add_error("name", ValidationError(_name_taken(), code="unique"))
        return False
    return True


def saved_view_view(site, request, pk):
    """Rename a view of one's own (POST), or delete it (POST with `delete`)."""
    view = get_object_or_404(SavedView, pk=pk, owner=request.user)
    page = page_of(site, view.list_of)
    form = ViewForm(request.POST or None, instance=view)
    if request.method == "POST" and "delete" in request.POST:
        view.delete()
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
        return HttpResponseRedirect(reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist"))
    if request.method == "POST" and form.is_valid() and _saved(form.instance, form):
        return HttpResponseRedirect(url_of(view))
    context = {
        **site.each_context(request),
        "title": _("View of a list"),
        "opts": page.opts,
        "list_title": capfirst(page.opts.verbose_name_plural),
        "list_url": url_of(view),
        "form": form,
    }
    return TemplateResponse(request, "admin/saved_view.html", context)


def _name_taken() -> str:
    return _("You already have a view of this list under that name.")
