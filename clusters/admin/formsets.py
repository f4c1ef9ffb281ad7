from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clusters.models import Institution, InstitutionAlias
from core.admin.formsets import OwnRowsFormSet
from core.text import name_key


def known_as(name: str, alias: InstitutionAlias) -> Institution | None:
    """Return another institution with this name or alias, or None."""
    key = name_key(name)
    taken = InstitutionAlias.objects.filter(key=key).exclude(pk=alias.pk).select_related("institution").first()
    namesake = Institution.objects.filter(name_key=key).exclude(pk=alias.institution_id).first()
    return taken.institution if taken else namesake


class AliasFormSet(OwnRowsFormSet):
    """Refuses an alias that is the name or an alias of another institution."""

    def clean(self):
        super().clean()
        for form in self.forms:
            name = getattr(form, "cleaned_data", {}).get("name")
            if not name or form.cleaned_data.get("DELETE"):
                continue
            known = known_as(name, form.instance)
            if known:
                message = _("“%(institution)s” already goes by this name.") % {"institution": known}
                form.add_error("name", ValidationError(message, code="known_alias"))
