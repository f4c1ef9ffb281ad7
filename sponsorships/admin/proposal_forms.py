from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_fields import refuse_reversed
from sponsorships.enums import Regime
from sponsorships.models import Sponsorship


class OnBehalfForm(forms.ModelForm):
    """A proposal that staff write on a partner's behalf, complete or not; a verb sends it."""

    class Meta:
        model = Sponsorship
        fields = [
            "chair",
            "partner",
            "activity",
            "proposal",
            "regime",
            "cash_amount",
            "in_kind_amount",
            "skills_amount",
            "in_kind_description",
            "is_cifre",
            "starts_on",
            "ends_on",
            "purpose",
            "is_exclusive",
            "confidentiality",
            "signatory",
        ]

        # The model's help texts address the partner; these address staff.
        labels = {"proposal": gettext_lazy("The partner's own proposal")}
        help_texts = {
            "activity": gettext_lazy(
                "An activity that the chair has posted. Leave empty if the partner proposes its own."
            ),
            "proposal": gettext_lazy(
                "The extra research that the partner would like to fund, if the chair has not posted it."
            ),
            "purpose": gettext_lazy("What the partner hopes for, in a few sentences."),
            "is_exclusive": gettext_lazy(
                "The partner asks to be the only one from its sector: in the activity, or in the whole chair with a "
                "proposal of its own."
            ),
            "signatory": gettext_lazy("Who will sign for the partner."),
            "in_kind_amount": gettext_lazy("Data, computing, equipment: the partner's valuation in euros, net of VAT."),
            "skills_amount": gettext_lazy("People's time: the partner's valuation in euros, net of VAT."),
            "in_kind_description": gettext_lazy("What it is, and how the partner valued it."),
        }

    def clean(self):
        values = super().clean()
        chair = values.get("chair") or (self.instance.chair if self.instance.pk else None)
        partner = values.get("partner") or (self.instance.partner if self.instance.pk else None)
        activity, signatory = values.get("activity"), values.get("signatory")
        if activity and chair and activity.chair_id != chair.pk:
            self._refuse(
                "activity", _("This activity belongs to another chair. Choose one of “%(chair)s”.") % {"chair": chair}
            )
        if signatory and partner and signatory.partner_id != partner.pk:
            self._refuse("signatory", _("This person acts for another organisation. Choose one of its contacts."))
        refuse_reversed(self, _("The period ends before it starts."))
        if values.get("is_cifre") and values.get("regime") == Regime.PATRONAGE:
            self._refuse("is_cifre", _("A Cifre thesis needs a research partnership: a gift cannot pay for one."))
        return values

    def _refuse(self, field, message):
        self.add_error(field, ValidationError(message, code="does_not_fit"))
