from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.addresses import free_address
from clusters.admin.namesakes import NamesakesForm, another_of_a_like_name, another_of_this_name
from clusters.likeness import alike
from clusters.models import Institution, Person
from clusters.perms import MANAGERS, can_keep_reference_data, clusters_with
from clusters.text import name_key


class InstitutionForm(NamesakesForm):
    """An institution under its official name, once: another spelling is an alias of the one already there."""

    class Meta:
        model = Institution
        fields = ["name", "slug", "acronym", "kind", "city", "ror", "ror_confidence", "successor"]

    def look_alikes(self):
        others = Institution.objects.exclude(pk=self.instance.pk)
        name = self.cleaned_data["name"]
        return list(dict.fromkeys([*others.named(name), *alike(others, name)]))

    def said_of(self, record):
        is_known = Institution.objects.named(self.cleaned_data["name"]).filter(pk=record.pk).exists()
        return another_of_this_name(record) if is_known else another_of_a_like_name(record)

    def clean(self):
        cleaned = super().clean()
        self.notice_look_alikes()
        if "slug" in self.fields and not cleaned.get("slug") and cleaned.get("name"):
            self.instance.slug = cleaned["slug"] = free_address(
                cleaned["name"], Institution.objects.exclude(pk=self.instance.pk)
            )
        return cleaned


class PersonForm(NamesakesForm):
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

    def look_alikes(self):
        """Only people whom this member of staff sees: others are nobody's business. Two ORCID iDs are two people."""
        seen = Person.objects.visible_to(self.user).exclude(pk=self.instance.pk) if self.user else Person.objects.none()
        own = self.cleaned_data.get("orcid")
        found = alike(seen, self.cleaned_data["name"], of_people=True)
        return [other for other in found if not (own and other.orcid and own != other.orcid)]

    def said_of(self, record):
        is_known = record.name_key == name_key(self.cleaned_data["name"])
        return another_of_this_name(record) if is_known else another_of_a_like_name(record)

    def clean_account_email(self):
        address = self.cleaned_data["account_email"]
        if not address:
            return None
        account = User.objects.at_address(address).filter(is_active=True).first()
        if account is None:
            raise ValidationError(_("Nobody signs in with this address yet."), code="no_account")
        if Person.objects.filter(user=account).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This account already belongs to another person."), code="account_taken")
        return account

    def clean(self):
        cleaned = super().clean()
        self.notice_look_alikes()
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
