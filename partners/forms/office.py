"""The forms in which a cluster's office enters a partner, and the people whom it knows there."""

from collections import Counter

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.models import Cluster
from clusters.scopes import EDITORS, clusters_with
from core.admin.formsets import OwnRowsFormSet
from core.admin.namesakes import NamesakesForm, another_of_a_like_name
from core.similar_names import alike
from partners.forms.partner import countries
from partners.membership import partner_of
from partners.models import Partner
from partners.models.partner import FRANCE, home_country


class OfficePartnerForm(NamesakesForm):
    """A partner, as entered by an office. If its SIREN is registered already, that partner is used, unchanged."""

    cluster = forms.ModelChoiceField(
        Cluster.objects.none(),
        label=gettext_lazy("Entered by the office of"),
        required=False,
        help_text=gettext_lazy("The cluster whose editors keep these lines until the partner's own people come."),
    )

    class Meta:
        model = Partner
        fields = ["name", "country", "siren", "siret", "legal_form", "registered_office", "sector", "size", "website"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known: Partner | None = None
        if "country" in self.fields:
            label = self.fields["country"].label
            self.fields["country"] = forms.ChoiceField(label=label, choices=countries(), initial=home_country)
        if "cluster" in self.fields:
            self._offer_clusters(self.fields["cluster"])

    def _offer_clusters(self, field) -> None:
        field.queryset = Cluster.objects.filter(pk__in=clusters_with(self.user, EDITORS))
        if self.instance.pk:
            del self.fields["cluster"]
        elif len(field.queryset) == 1:
            field.initial, field.widget = field.queryset[0], forms.HiddenInput()
        else:
            field.required = True

    def clean(self):
        values = super().clean()
        if values.get("country") == FRANCE and not values.get("siren") and "siren" not in self.errors:
            message = _("An organisation in France has a SIREN number: enter its nine digits.")
            self.add_error("siren", ValidationError(message, code="siren_missing"))
        if "cluster" in self.fields and not values.get("cluster") and len(self.fields["cluster"].queryset) == 1:
            values["cluster"] = self.fields["cluster"].queryset[0]
        self.known = None if self.instance.pk else partner_of(values.get("siren"))
        if self.known is None:
            self.notice_look_alikes()
        return values

    def look_alikes(self):
        return alike(Partner.objects.visible_to(self.user).exclude(pk=self.instance.pk), self.cleaned_data["name"])

    def said_of(self, record):
        return another_of_a_like_name(record)

    def _post_clean(self):
        """Use a partner that is registered already unchanged: its own people, or another office, edit it."""
        if self.known is not None and not self.errors:
            self.instance = self.known
        else:
            super()._post_clean()


class OfficeContactFormSet(OwnRowsFormSet):
    """The people whom the office knows, without repeated addresses."""

    def clean(self):
        super().clean()
        rows = [form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")]
        addresses = [form.cleaned_data.get("email", "").lower() for form in rows]
        twice = {address for address, times in Counter(filter(None, addresses)).items() if times > 1}
        for form, address in zip(rows, addresses, strict=True):
            if address in twice:
                message = _("This address is already there among the contacts of the partner.")
                form.add_error("email", ValidationError(message, code="twice"))
