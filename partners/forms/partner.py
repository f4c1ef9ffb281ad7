from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.text import fold
from partners.enums import Sector, Size
from partners.membership import look_alikes_of, namesakes_of, partner_of
from partners.models import Contact, Partner
from partners.models.partner import FRANCE, country_names, home_country

# Territories of CLDR that are not countries: unions, unknown ones, and test codes.
NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


def countries() -> list[tuple[str, str]]:
    """Return pairs of ISO code and name of all countries, named and sorted in the active language."""
    found = [(code, name) for code, name in country_names().items() if len(code) == 2 and code not in NOT_COUNTRIES]
    return sorted(found, key=lambda country: fold(country[1]))


class PartnerForm(forms.ModelForm):
    """Register an organisation, with the user as its primary contact."""

    job_title = forms.CharField(
        label=_("Your position there"),
        max_length=Contact._meta.get_field("job_title").max_length,
        required=False,
    )
    is_signatory = forms.BooleanField(label=_("I may sign agreements for this organisation"), required=False)
    # Shown if an organisation of the same or a very similar name is registered.
    is_another = forms.BooleanField(label=_("Mine is another organisation"), required=False, widget=forms.HiddenInput)
    # The page to return to afterwards.
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Partner
        fields = ["name", "country", "siren", "siret", "sector", "size", "website"]

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.known: Partner | None = None
        for name, choices in (("sector", Sector), ("size", Size)):
            self.fields[name].choices = [("", _t("Choose…")), *choices.choices]
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=countries(), initial=home_country)

    def clean(self):
        values = super().clean()
        if values.get("country") == FRANCE and not values.get("siren") and "siren" not in self.errors:
            message = _t("An organisation in France has a SIREN number: enter its nine digits.")
            self.add_error("siren", forms.ValidationError(message, code="siren_missing"))
        return values

    def validate_unique(self):
        """Set `known` to a partner that is registered already, instead of adding an error: this is no mistake of the user."""
        values = self.cleaned_data
        if not {"name", "country", "siren"} <= values.keys():
            return
        self.known = partner_of(values["siren"])
        if self.known is None and not values.get("is_another"):
            self._look_for_the_name(values)

    def _look_for_the_name(self, values):
        """Look for partners of the same name: one is taken as known, several or similar ones lead to a question."""
        namesakes = namesakes_of(values["name"], values["country"], values["siren"])
        if len(namesakes) == 1:
            self.known = namesakes[0]
        elif namesakes:
            self._ask(
                _t("Several organisations with this name are registered. Ask one of your colleagues to invite you."),
                "shared",
            )
        else:
            for other in self.look_alikes(values["name"]):
                message = _t(
                    "“%(partner)s” is already registered. If it is yours, write its name exactly like this "
                    "to ask to join it."
                )
                self._ask(message % {"partner": other}, "look_alike")
        if namesakes or "name" in self.errors:
            self.fields["is_another"].widget = forms.CheckboxInput()

    def look_alikes(self, name: str) -> list[Partner]:
        return look_alikes_of(name, self.user) if self.user else []

    def _ask(self, message: str, code: str):
        self.add_error("name", forms.ValidationError(message, code=code))


class DetailsForm(forms.ModelForm):
    """The details that an organisation's primary contacts edit. Only changed fields are saved."""

    class Meta:
        model = Partner
        fields = ["legal_form", "registered_office", "size", "website"]
        widgets = {"registered_office": forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True  # a colleague may have changed another field meanwhile

    def save(self, commit=True):
        if self.changed_data:
            self.instance.save(update_fields=self.changed_data)
        return self.instance


class JoinForm(PartnerForm):
    """A request to join a registered organisation, identified by the same fields that would register it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("sector", "size", "website"):
            self.fields[name].required = False

    def look_alikes(self, name):
        return []  # they have already been told which organisation it is
