from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Institution, Person
from clusters.perms import can_keep_reference_data
from core.admin.namesakes import NamesakesForm, another_of_a_like_name, another_of_this_name
from core.similar_names import alike
from core.slugs import free_address, free_address_untold
from core.text import name_key


class InstitutionForm(NamesakesForm):
    """An institution's form. A new spelling of a known institution is an alias, not another institution."""

    class Meta:
        model = Institution
        fields = ["name", "slug", "acronym", "kind", "city", "ror", "ror_confidence", "siret", "successor"]

    def look_alikes(self):
        others = Institution.objects.exclude(pk=self.instance.pk)
        name, acronym = self.cleaned_data["name"], self.cleaned_data.get("acronym", "")
        return list(dict.fromkeys([*others.named(name), *others.named(acronym), *alike(others, name)]))

    def said_of(self, record):
        this_one = Institution.objects.filter(pk=record.pk)
        if this_one.named(self.cleaned_data["name"]).exists():
            return another_of_this_name(record)
        if this_one.named(self.cleaned_data.get("acronym", "")).exists():
            return _("“%(record)s” has this acronym too. Use it instead, or tick it below as a different one.") % {
                "record": record
            }
        return another_of_a_like_name(record)

    def clean(self):
        cleaned = super().clean()
        self.notice_look_alikes()
        if "slug" in self.fields and not cleaned.get("slug") and cleaned.get("name"):
            self.instance.slug = cleaned["slug"] = free_address(
                cleaned["name"], Institution.objects.exclude(pk=self.instance.pk)
            )
        return cleaned


class PersonForm(NamesakesForm):
    """A person's form. An account is linked by its exact address: the form offers no list of accounts."""

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
        if self.instance.orcid_claimed:
            self.initial["orcid"] = self.instance.orcid_claimed
        if "account_email" in self.fields:
            field = self.fields["account_email"]
            field.label = _("Address of the account")
            field.help_text = _(
                "The e-mail address with which this person signs in to follow their own chairs. They create the "
                "account themselves; it is linked to them here the next time that they sign in."
            )
            linked = self.instance.user.email if self.instance.user_id else ""
            self.initial["account_email"] = linked or self.instance.account_address

    @property
    def sees_all(self) -> bool:
        """Whether the user may see every person. Other users are not told of the people hidden from them."""
        return self.user is not None and can_keep_reference_data(self.user)

    def look_alikes(self):
        """Return the people with a like name that this user sees; people with different ORCID iDs are different people."""
        own = self.cleaned_data.get("orcid") or self.instance.orcid_claimed
        found = self.near_names()
        return [other for other in found if not (own and other.stated_orcid and own != other.stated_orcid)]

    def near_names(self) -> list[Person]:
        """Return the other people whom this user sees under a name like this one."""
        seen = Person.objects.visible_to(self.user).exclude(pk=self.instance.pk) if self.user else Person.objects.none()
        return alike(seen, self.cleaned_data["name"], of_people=True)

    def said_of(self, record):
        is_known = record.name_key == name_key(self.cleaned_data["name"])
        return another_of_this_name(record) if is_known else another_of_a_like_name(record)

    def clean_orcid(self):
        """Store an iD that a hidden record has as claimed, without telling the user: the coordinator settles whose it is."""
        orcid = self.cleaned_data["orcid"]
        self.instance.orcid_claimed = ""
        others = Person.objects.exclude(pk=self.instance.pk).stating(orcid) if orcid else Person.objects.none()
        visible = others.visible_to(self.user) if self.user else others
        if visible.exists():
            raise ValidationError(_("Another person already has this ORCID iD."), code="unique")
        if others.exists():
            self.instance.orcid_claimed, orcid = orcid, None
        return orcid

    def clean_account_email(self):
        address = self.cleaned_data["account_email"].strip().lower()
        if address and self.sees_all:
            self._check_account(address)
        return address

    def _check_account(self, address: str) -> None:
        """Raise ValidationError if the address fits no account; only for users who see every account and person."""
        account = User.objects.at_address(address).filter(is_active=True).first()
        if account is None:
            raise ValidationError(_("Nobody signs in with this address yet."), code="no_account")
        if Person.objects.filter(user=account).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This account already belongs to another person."), code="account_taken")

    def clean(self):
        cleaned = super().clean()
        self.notice_look_alikes()
        is_without = not self.instance.pk or ("slug" in self.fields and not cleaned.get("slug"))
        if is_without and not cleaned.get("slug") and cleaned.get("name"):
            make = free_address if self.sees_all else free_address_untold
            self.instance.slug = make(cleaned["name"], Person.objects.exclude(pk=self.instance.pk))
            cleaned["slug"] = self.instance.slug
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        address = self.cleaned_data.get("account_email")
        if address is None or (self.instance.user_id and self.instance.user.email.lower() == address):
            return
        self.instance.account_address = address
        accounts = User.objects.at_address(address) if address and self.sees_all else User.objects.none()
        self.instance.user = accounts.filter(is_active=True).first()
