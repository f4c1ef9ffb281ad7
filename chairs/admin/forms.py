from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import all_valid
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.admin.form_preview import read
from chairs.composition import Composition, broken_rules
from chairs.enums import ChairStatus
from chairs.models import Chair
from core.admin.steps import WHOLE, record_step
from core.slugs import free_address

# Only these statuses may be saved incomplete: a submitted chair is with the managers, so it must be complete.
CAN_BE_INCOMPLETE = (ChairStatus.DRAFT, ChairStatus.CHANGES_REQUESTED)


class ChairForm(forms.ModelForm):
    """A chair's form, which checks the people and the teaching of its formsets before anything is saved."""

    save_incomplete = forms.BooleanField(
        label=gettext_lazy("Save as an incomplete draft"),
        required=False,
        help_text=gettext_lazy(
            "Keeps what you have typed even though a rule of the kind is broken. What is missing is listed, and the "
            "chair cannot be submitted until it is corrected."
        ),
    )

    class Meta:
        model = Chair
        fields = ["cluster", "kind", "phase", "title_en", "title_fr", "themes", "starts_on", "ends_on", "slug"]

    def clean(self):
        cleaned = super().clean()
        if "title_en" in self.fields and not cleaned.get("title_en") and not cleaned.get("title_fr"):
            if not {"title_en", "title_fr"} & set(self.errors):
                self._refuse("title_en", _("Enter the title in English, in French or in both."), "required")
        self._clean_themes(cleaned)
        if self.instance.pk is None:
            self._clean_new(cleaned)
        return cleaned

    def _refuse(self, field, message, code):
        self.add_error(field, ValidationError(message, code=code))

    @property
    def _cluster(self):
        return self.cleaned_data.get("cluster") or (self.instance.cluster if self.instance.cluster_id else None)

    def _clean_themes(self, cleaned):
        foreign = [theme for theme in cleaned.get("themes") or () if theme.cluster != self._cluster]
        if self._cluster and foreign:
            names = ", ".join(str(theme) for theme in foreign)
            message = _("Not a theme of %(cluster)s: %(themes)s.") % {"cluster": self._cluster, "themes": names}
            self._refuse("themes", message, "theme_of_another_cluster")

    def _clean_new(self, cleaned):
        """Fill in the slug, and refuse a double click: the same title in the same cluster and phase."""
        title = cleaned.get("title_en") or cleaned.get("title_fr")
        if not title or not self._cluster:
            return
        chairs = Chair.objects.filter(cluster=self._cluster)
        name = "title_en" if cleaned.get("title_en") else "title_fr"
        if chairs.filter(phase=cleaned.get("phase"), **{name: title}).exists():
            message = _(
                "The cluster already has a chair with this title in this phase. Open that one, or change the title."
            )
            self._refuse(name, message, "title_taken")
        if not cleaned.get("slug"):
            cleaned["slug"] = free_address(title, chairs, max_length=Chair._meta.get_field("slug").max_length)

    def _post_clean(self):
        super()._post_clean()
        if self.instance.is_forming and "cluster" not in self.errors and "kind" not in self.errors:
            self._check_composition()

    def _check_composition(self):
        """Add an error for each rule that the page breaks, unless the user saves an incomplete draft."""
        is_step, can_be_incomplete = record_step(self.instance) != WHOLE, self.instance.status in CAN_BE_INCOMPLETE
        if can_be_incomplete and (is_step or self.cleaned_data.get("save_incomplete")):
            return
        if is_step and not self._changes():
            return
        composition = self.composition()
        if composition is None:
            return
        broken = broken_rules(composition, self.instance.composition_date())
        if broken and self.instance.status in CAN_BE_INCOMPLETE:
            broken.append(_("Or tick “Save as an incomplete draft”, and finish later."))
        for sentence in broken:
            self.add_error(None, ValidationError(sentence, code="broken_rule"))

    def _changes(self) -> bool:
        """Return whether the step changes anything: a user who only moves to another step breaks no rule."""
        return self.has_changed() or any(formset.has_changed() for formset in self.instance.formsets)

    def composition(self) -> Composition | None:
        """Return the composition of the form and its formsets; None while one of them is invalid."""
        formsets = getattr(self.instance, "formsets", None)
        if formsets is None or not all_valid(formsets):
            return None
        return read(self.instance, formsets).composition
