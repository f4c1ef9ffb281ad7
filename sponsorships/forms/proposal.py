import uuid

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.models import Activity
from core.form_fields import refuse_reversed
from core.money import euros
from core.prepared import Argument, Prepared
from partners.models import Contact, Partner
from sponsorships.accounting.activity_money import with_public_money
from sponsorships.enums import Confidentiality, Regime
from sponsorships.models import Sponsorship
from sponsorships.models.submission import PROPOSED_FIELDS
from sponsorships.proposals.conditions import closed_chair, closed_door, missing_fields
from sponsorships.proposals.remarks import open_remarks


class SponsorshipForm(forms.ModelForm):
    """A partner's proposal, complete or not: missing fields are errors when it is sent, not when it is saved.

    `only` names the fields to show, for one step of the form; the others keep their saved values.
    """

    # `reference` is made when the form is first shown, so that two clicks make one record; `revision` is the one shown.
    # `sponsorships.proposals.drafts` reads both. The user cannot correct them, so bad values are no form errors.
    reference = forms.CharField(widget=forms.HiddenInput, required=False)
    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    regime = forms.ChoiceField(label=_("Regime"), choices=Regime, widget=forms.RadioSelect, required=False)
    confidentiality = forms.ChoiceField(
        label=_("What the public may see"), choices=Confidentiality, widget=forms.RadioSelect, required=False
    )

    class Meta:
        model = Sponsorship
        fields = ["partner", *PROPOSED_FIELDS]
        widgets = {
            "proposal": forms.Textarea(attrs={"rows": 5}),
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "in_kind_description": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "partner": {"invalid_choice": _("You do not act for this organisation. Choose one of yours.")},
            "activity": {"invalid_choice": _("This activity is not open in this chair. Choose one from the list.")},
            "signatory": {"invalid_choice": _("This person does not act for your organisation. Choose from the list.")},
        }

    def __init__(self, *args, user, only: frozenset[str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if only is not None:
            self.fields = {name: field for name, field in self.fields.items() if name in only | OF_THE_FORM}
        self.initial.setdefault("reference", self.instance.reference or uuid.uuid4())
        self.initial["revision"] = self.instance.revision if self.instance.pk else 0
        self.order_fields(self.Meta.fields)  # declared fields come last otherwise, and errors are in this order
        for name in self.fields.keys() & CONTRIBUTIONS:
            # No question about unusual amounts: the author rereads the whole draft before sending.
            self.fields[name].asks_about_jumps = False
        self.may_sign = []
        partners = self._offer_partners(user)
        if "activity" in self.fields:
            self._offer_activities()
        if "signatory" in self.fields:
            self._offer_signatories(partners, user)
        self.remarks = {remark.field: remark for remark in open_remarks(self.instance)} if self.instance.pk else {}

    def _offer_partners(self, user):
        """Offer the user's partners if they have several; a saved proposal keeps its partner.

        Return the possible partners.
        """
        if self.instance.pk or self.instance.partner_id or not user.is_authenticated:
            self.fields.pop("partner", None)
            return Partner.objects.filter(pk=self.instance.partner_id)
        mine = Contact.objects.approved().filter(user=user).order_by().values("partner")
        partners = Partner.objects.filter(pk__in=mine)
        if "partner" in self.fields:
            self.fields["partner"].queryset = partners
            self.fields["partner"].help_text = _("You act for several organisations.")
        return partners

    def _offer_activities(self):
        chair, kept = self.instance.chair_id, self.instance.activity_id or 0
        field, offered = self.fields["activity"], _offered(chair=chair, kept=kept)
        if self.is_bound:
            field.queryset = _activities(chair, kept)
        field.empty_label = _("None: my own proposal, below")
        self.offered = with_public_money(offered)
        money = {activity.pk: activity.public_money for activity in self.offered}
        field.label_from_instance = lambda activity: _named_with_target(activity, money)
        field.choices = _choices(field, offered)

    def choose_only_signatory(self):
        """Show the person chosen who alone may sign. Only in a form to fill in: what was sent or kept stands as it is."""
        if not self.instance.signatory_id and len(self.may_sign) == 1:
            self.initial["signatory"] = self.may_sign[0]

    def _offer_signatories(self, partners, user):
        field = self.fields["signatory"]
        field.queryset = Contact.objects.approved().filter(partner__in=partners).select_related("user", "partner")
        field.empty_label = _("Not chosen yet")
        several = "partner" in self.fields
        field.label_from_instance = lambda contact: _signer(contact, str(contact) if several else contact.user.name)
        if several:
            return
        people = _signatories(partner=self.instance.partner_id)
        field.choices = _choices(field, people)
        self.may_sign = [contact.pk for contact in people if contact.is_signatory]
        if any(contact.user_id == user.pk and contact.is_primary for contact in people):
            way = reverse("partners:colleague_invite", args=[self.instance.partner.slug])
            advice = _t("To have somebody sign who is not in the list, save the draft, then invite them:")
            link = format_html('<a href="{}">{}</a>', way, _t("Invite a colleague"))
            field.help_text = format_html("{} {} {}.", field.help_text, advice, link)

    def clean(self):
        values = super().clean()
        refuse_reversed(self, _t("The period ends before it starts."))
        if values.get("is_cifre") and values.get("regime") == Regime.PATRONAGE:
            message = _t("A Cifre thesis needs a research partnership: a gift cannot pay for one.")
            self.add_error("is_cifre", forms.ValidationError(message, code="cifre_in_gift"))
        self._check_signatory(values)
        return values

    def _check_signatory(self, values):
        signatory, partner = values.get("signatory"), values.get("partner")
        if signatory and partner and signatory.partner_id != partner.pk:
            message = _t("This person acts for another organisation. Choose one of yours.")
            self.add_error("signatory", forms.ValidationError(message, code="signatory_elsewhere"))

    def keep_what_is_good(self) -> bool:
        """Keep the valid fields on the instance. Return whether it can be saved.

        An invalid field keeps its saved value, unless that conflicts with another field's new value.
        """
        draft = self.instance
        if draft.partner_id is None or self.errors.keys() & {"partner", "__all__"}:
            return False
        if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
            draft.ends_on = None
        if draft.is_cifre and draft.regime == Regime.PATRONAGE:
            draft.is_cifre = False
        if draft.signatory_id and draft.signatory.partner_id != draft.partner_id:
            draft.signatory = None
        return True

    def ask_for_the_rest(self) -> bool:
        """Add an error to each field that must be filled or changed before sending. Return whether there is one."""
        draft = self.instance
        self.is_valid()  # first, so that invalid fields keep their own error
        missing = {name: sentence for name, sentence in missing_fields(draft).items() if name in self.fields}
        for name, sentence in missing.items():
            if name not in self.errors:
                self.add_error(name, sentence)
        # Once sent, a proposal stays open after the activity's deadline: only a closed chair stops it.
        closed = closed_door(draft) if draft.submitted_at is None else closed_chair(draft)
        for sentence in closed:
            self.add_error("activity" if draft.chair.is_fundable and "activity" in self.fields else None, sentence)
        return bool(missing or closed)

    def show_revision(self, revision: int):
        """Put the saved revision in the page's form, so that the next post is not stale."""
        self.data = self.data.copy()
        self.data["revision"] = str(revision)


def _activities(chair, kept):
    """Return the open activities of a chair, and the one already chosen in the proposal."""
    named = Activity.objects.filter(chair=chair, pk=kept)
    return (Activity.objects.open().filter(chair=chair) | named).order_by("deadline", "pk")


_offered = Prepared(lambda: _activities(Argument("chair"), Argument("kept")))


@Prepared
def _signatories():
    return Contact.objects.approved().filter(partner=Argument("partner")).select_related("user", "partner")


def _choices(field, records) -> list:
    """Return the choices from records already fetched: ModelChoiceField would query them each time it renders."""
    return [("", field.empty_label), *((record.pk, field.label_from_instance(record)) for record in records)]


def _signer(contact: Contact, name: str) -> str:
    """Return a contact's label in the signatory list, marking those who may not sign: sending needs one who may."""
    return name if contact.is_signatory else _t("%(person)s (may not sign yet)") % {"person": name}


def _named_with_target(activity, money: dict) -> str:
    """Return an activity's label in the list, with its target and what partners publish of it, in euros."""
    if activity.pk not in money:
        return str(activity)
    said = {"activity": activity, "target": euros(money[activity.pk].target), "given": euros(money[activity.pk].given)}
    if money[activity.pk].given:
        return _t("%(activity)s (target %(target)s, of which partners publish %(given)s)") % said
    return _t("%(activity)s (target %(target)s)") % said


OF_THE_FORM = frozenset({"reference", "revision"})
CONTRIBUTIONS = ("cash_amount", "in_kind_amount", "skills_amount")
