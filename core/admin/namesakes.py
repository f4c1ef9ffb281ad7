"""Records of one name: told apart where one is chosen, and noticed before another is saved."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.forms.widgets import CheckboxSelectMultiple, MultipleHiddenInput
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ToldApart:
    """For a record's page: what to add to the names of records of one name, where one of them is chosen."""

    # The column with the folded name; without one, the record's names need no help.
    name_column = ""

    def namesakes_of(self, visible):
        """Return, of the records that a person sees, those of the same name as the row at hand."""
        return visible.filter(**{self.name_column: OuterRef(self.name_column)})

    def telling(self, record, user) -> list[str]:
        """Return what tells the record from others of its name, as far as the person may know it."""
        return [record.slug]

    def with_namesakes(self, records, user):
        namesakes = self.namesakes_of(self.get_visible(user).order_by()).exclude(pk=OuterRef("pk"))
        return records.annotate(has_namesake=Exists(namesakes))

    def label_of(self, record, user) -> str:
        """Return what a chooser calls the record: its name, and more where the person sees another of that name."""
        if not getattr(record, "has_namesake", False):
            return str(record)
        return f"{record} ({', '.join(filter(None, self.telling(record, user)))})"


class KeysOfOthers(forms.MultipleChoiceField):
    """Ticked for each record of a like name that this one is not. Hidden until there is one."""

    widget = MultipleHiddenInput

    def valid_value(self, value):
        return str(value).isdecimal()

    def show(self, choices) -> None:
        self.widget = CheckboxSelectMultiple()
        self.choices = choices
        self.widget.is_required = False


class NamesakesForm(forms.ModelForm):
    """Notices records of a like name, of those that the person sees, and saves once they are said to be others."""

    different_from = KeysOfOthers(
        label=gettext_lazy("Not to be confused with"),
        required=False,
        help_text=gettext_lazy("Tick what you have checked."),
    )
    # Set by the admin for the request.
    user = None
    page = None

    def look_alikes(self) -> list:
        """Return the records whose name is much like the one typed, as far as the person sees them."""
        raise NotImplementedError

    def said_of(self, record) -> str:
        """Return the sentence that asks about one of them."""
        raise NotImplementedError

    def notice_look_alikes(self) -> None:
        if "different_from" not in self.fields or not ({"name", "acronym", "orcid", "ror"} & set(self.changed_data)):
            return
        if not self.cleaned_data.get("name"):
            return
        known = self.look_alikes()
        checked = set(self.cleaned_data.get("different_from") or ())
        waiting = [record for record in known if str(record.pk) not in checked]
        if known:
            self.fields["different_from"].show([(record.pk, self._described(record)) for record in known])
        for record in waiting:
            self.add_error("name", ValidationError(self.said_of(record), code="look_alike"))

    def _described(self, record):
        url = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        more = ", ".join(filter(None, self.page.telling(record, self.user))) if self.page else record.slug
        return format_html('<a href="{}">{}</a> ({})', url, record, more)


def another_of_this_name(record) -> str:
    return _(
        "“%(record)s” is already there under this name or alias. Use it instead, or tick it below as a different one."
    ) % {"record": record}


def another_of_a_like_name(record) -> str:
    return _("“%(record)s” has a very similar name. Use it instead, or tick it below as a different one.") % {
        "record": record
    }
