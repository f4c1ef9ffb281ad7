"""The forms of a collaboration in the panel: title and countries, and the participants with their shares."""

from django import forms
from django.contrib.admin.widgets import SELECT2_TRANSLATIONS
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chairs.models import Chair
from clusters.enums import Origin
from clusters.models import Institution
from collaborations.countries import countries_by_name
from collaborations.models import Collaboration, Participant
from collaborations.money import why_not_shared
from core.admin.formsets import OwnRowsFormSet
from core.admin.untold_addresses import settle_address
from core.text import name_key

NO_COUNTRY = [("", "—")]


class CountriesSelect(forms.SelectMultiple):
    """A select of countries, with a search field if JavaScript runs."""

    def __init__(self, attrs=None):
        super().__init__({"data-search-in": "", "size": 8, **(attrs or {})})

    @property
    def media(self):
        language = SELECT2_TRANSLATIONS.get(get_language())
        translations = [f"admin/js/vendor/select2/i18n/{language}.js"] if language else []
        vendor = ["admin/js/vendor/jquery/jquery.min.js", "admin/js/vendor/select2/select2.full.min.js", *translations]
        return forms.Media(
            js=(*vendor, "admin/js/jquery.init.js", "js/search_in.js"),
            css={"screen": ("admin/css/vendor/select2/select2.min.css", "admin/css/autocomplete.css")},
        )


class CountriesField(forms.MultipleChoiceField):
    """Countries chosen by name, stored as sorted codes."""

    widget = CountriesSelect

    def __init__(self, **kwargs):
        super().__init__(choices=countries_by_name, **kwargs)

    def clean(self, value):
        return sorted(super().clean(value))


class CollaborationForm(forms.ModelForm):
    """A collaboration's form; the slug is made from the title."""

    countries = CountriesField(required=False)
    # Set by the admin for each request.
    user = None

    class Meta:
        model = Collaboration
        fields = ["title_en", "title_fr", "countries", "chairs", "slug"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "countries" in self.fields:
            field = Collaboration._meta.get_field("countries")
            self.fields["countries"].label = capfirst(field.verbose_name)
            self.fields["countries"].help_text = field.help_text

    def clean(self):
        cleaned = super().clean()
        languages = [name for name in ("title_en", "title_fr") if name in self.fields]
        titles = [cleaned.get(name) or getattr(self.instance, name) for name in ("title_fr", "title_en")]
        if languages and not any(titles) and not self.errors.keys() & set(languages):
            self.add_error(
                languages[0], ValidationError(_("Enter the title in one of the two languages."), code="required")
            )
        settle_address(self, next(filter(None, titles), ""))
        return cleaned

    def clean_chairs(self):
        """Keep the linked chairs that this user does not see."""
        chosen = self.cleaned_data["chairs"]
        if self.instance.pk is None:
            return chosen
        unseen = self.instance.chairs.exclude(pk__in=self.fields["chairs"].queryset.order_by().values("pk"))
        return Chair.objects.filter(pk__in=[*(chair.pk for chair in chosen), *unseen.values_list("pk", flat=True)])


class ParticipantForm(forms.ModelForm):
    """A participant: a cluster, an institution on record, or a name."""

    country = forms.ChoiceField(required=False)

    class Meta:
        model = Participant
        fields = ["cluster", "institution", "name", "kind", "country", "percent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "country" in self.fields:
            self.fields["country"].label = capfirst(Participant._meta.get_field("country").verbose_name)
            self.fields["country"].choices = NO_COUNTRY + countries_by_name()

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name")
        if name and (known := Institution.objects.named(name).first()):
            sentence = _("“%(institution)s” is on record: choose it as the institution, and leave the name empty.")
            self.add_error("name", ValidationError(sentence % {"institution": known}, code="on_record"))
        if cleaned.get("kind") and not name and "name" not in self.errors:
            cleaned["kind"] = ""  # a cluster or an institution on record has a kind of its own
        return cleaned


class ParticipantFormSet(OwnRowsFormSet):
    """Checks that each participant is there once, and that the shares of any money add up to 100 %."""

    def clean(self):
        rows = [form for form in self.forms if getattr(form, "cleaned_data", None) and form not in self.deleted_forms]
        self._refuse_repeated(rows)  # first, because Django would report it above the rows in its own words
        super().clean()
        if any(self.errors):
            return
        shares = [row.cleaned_data["percent"] for row in rows if row.cleaned_data.get("percent") is not None]
        # A source may state money without its division.
        is_whole = not shares and self.instance.origin == Origin.SOURCED
        if not is_whole and (reason := why_not_shared(self.instance.funding, shares)):
            raise ValidationError(reason, code="unbalanced")

    def _refuse_repeated(self, rows) -> None:
        seen = set()
        for row in rows:
            who = _who(row)
            if who in seen:
                row.add_error(who[0], ValidationError(_("This participant is there twice."), code="twice"))
            seen.add(who)


def _who(row) -> tuple[str, object]:
    """Return the field that identifies the participant of a row, and its value."""
    for field in ("cluster", "institution"):
        value = row.cleaned_data.get(field) or getattr(row.instance, field)
        if value:
            return field, value.pk
    return "name", name_key(row.cleaned_data.get("name") or row.instance.name)
