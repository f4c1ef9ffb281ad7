"""Records with the same name: told apart in choices, and noticed before another one is saved."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.forms.widgets import CheckboxSelectMultiple, MultipleHiddenInput
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ToldApart:
    """For an admin: adds details to the labels of records that share their name, where one is chosen."""

    # The column with the folded name. Without one, no details are added.
    name_column = ""

    def namesakes_of(self, visible):
        """Return, among the visible records, those with the same name as the outer query's row."""
        return visible.filter(**{self.name_column: OuterRef(self.name_column)})

    def telling(self, record, user) -> list[str]:
        """Return the texts that distinguish the record from its namesakes, as far as this user may know them."""
        return [record.slug]

    def with_namesakes(self, records, user):
        namesakes = self.namesakes_of(self.get_visible(user).order_by()).exclude(pk=OuterRef("pk"))
        return records.annotate(has_namesake=Exists(namesakes))

    def label_of(self, record, user) -> str:
        """Return a choice's label: the record's name, with details if the user sees another record of that name."""
        if not getattr(record, "has_namesake", False):
            return str(record)
        return f"{record} ({', '.join(filter(None, self.telling(record, user)))})"


class KeysOfOthers(forms.MultipleChoiceField):
    """A tick for each similarly named record that has been checked to be a different one. Hidden until there is one."""

    widget = MultipleHiddenInput

    def valid_value(self, value):
        return str(value).isdecimal()

    def show(self, choices) -> None:
        self.widget = CheckboxSelectMultiple()
        self.choices = choices
        self.widget.is_required = False


class NamesakesForm(forms.ModelForm):
    """Warns of similarly named records that the user sees, and saves once they are ticked as different."""

    different_from = KeysOfOthers(
        label=gettext_lazy("Not to be confused with"),
        required=False,
        help_text=gettext_lazy("Tick what you have checked."),
    )
    # The admin sets both for the request.
    user = None
    page = None

    def look_alikes(self) -> list:
        """Return the records with a name similar to the typed one, among those that the user sees."""
        raise NotImplementedError

    def said_of(self, record) -> str:
        """Return the error message about one of these records."""
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
