from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.addresses import free_address
from clusters.models import Institution, Person
from clusters.perms import MANAGERS, can_keep_reference_data, clusters_with


class InstitutionForm(forms.ModelForm):
    """An institution under its official name, once: another spelling is an alias of the one already there."""

    class Meta:
        model = Institution
        fields = ["name", "slug", "acronym", "kind", "city", "ror", "ror_confidence", "successor"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        known = Institution.objects.named(name).exclude(pk=self.instance.pk).first()
        if known:
            raise ValidationError(
                _("“%(institution)s” is already there under this name or alias. Use it instead."),
                code="known_institution",
                params={"institution": known},
            )
        return name

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug") and cleaned.get("name"):
            self.instance.slug = cleaned["slug"] = free_address(
                cleaned["name"], Institution.objects.exclude(pk=self.instance.pk)
            )
        return cleaned


class PersonForm(forms.ModelForm):
    """Somebody who holds a chair. An account is linked by its exact address, so that no list of addresses is shown."""

    account_email = forms.EmailField(label="", required=False)

    class Meta:
        model = Person
        fields = [
            "name",
            "family_name",
            "slug",
            "orcid",
            "website",
            "registered_in",
            "contact_email",
            "contact_language",
        ]

    # Set by the admin for the request's user.
    user = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "account_email" in self.fields:
            field = self.fields["account_email"]
            field.label = _("Address of the account")
            field.help_text = _(
                "The e-mail address with which this person signs in to follow their own chairs. They create the account themselves."
            )
            if self.instance.user_id:
                field.initial = self.instance.user.email

    def clean_account_email(self):
        address = self.cleaned_data["account_email"]
        if not address:
            return None
        account = User.objects.filter(email__iexact=address, is_active=True).first()
        if account is None:
            raise ValidationError(_("Nobody signs in with this address yet."), code="no_account")
        if Person.objects.filter(user=account).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This account already belongs to another person."), code="account_taken")
        return account

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug") and cleaned.get("name"):
            self.instance.slug = cleaned["slug"] = free_address(
                cleaned["name"], Person.objects.exclude(pk=self.instance.pk)
            )
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if "account_email" in self.fields and "account_email" in self.cleaned_data:
            self.instance.user = self.cleaned_data["account_email"]


def may_link_accounts(user, person) -> bool:
    """An account opens a person's chairs: only managers of the cluster that registered them, or the coordinator, link it."""
    return can_keep_reference_data(user) or (
        person is not None and person.registered_in_id in clusters_with(user, MANAGERS)
    )
