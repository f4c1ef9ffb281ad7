"""A form's field together with its value: Django's, without its detours. A chair's page has a hundred of them.

Django asks for a field's errors three times to write it, and makes an empty list each time; its label goes through two
templates. The output is the same, byte for byte (tests/core/test_form_renderer.py).
"""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm, MultiWidget, Widget
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core.escaping import attributes, text_of

Attributes = Mapping[str, Any]
# After these a label takes no suffix. Django's catalogue has others for other languages.
ENDS = ":?.!"


class WrittenField(BoundField):
    @cached_property
    def auto_id(self) -> str:
        return super().auto_id

    def build_widget_attrs(self, attrs: Attributes, widget: Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        if isinstance(widget, MultiWidget):
            return super().build_widget_attrs(attrs, widget)
        found, is_wrong = dict(attrs), bool(self.form.errors.get(self.name))
        if self.field.required and self.form.use_required_attribute and widget.use_required_attribute(self.initial):
            found["required"] = True
        if self.field.disabled:
            found["disabled"] = True
        if is_wrong and not widget.is_hidden:
            found["aria-invalid"] = "true"
        described = "" if found.get("aria-describedby") or self.use_fieldset else self._described(is_wrong)
        return {**found, "aria-describedby": described} if described else found

    def _described(self, is_wrong: bool) -> str:
        """Return the ids of the texts beside the field; an empty text if the widget names its own."""
        if not self.auto_id or self.is_hidden or self.field.widget.attrs.get("aria-describedby"):
            return ""
        texts = {"helptext": self.help_text, "error": is_wrong}
        return " ".join(f"{self.auto_id}_{name}" for name, is_there in texts.items() if is_there)

    def label_tag(self, contents=None, attrs=None, label_suffix=None, tag=None) -> SafeString:
        form = self.form
        if form.template_name_label != BaseForm.template_name_label or hasattr(form, "required_css_class"):
            return super().label_tag(contents, attrs, label_suffix, tag)
        text, tag = self._labelled(contents or self.label, label_suffix), tag or "label"
        place = self.field.widget.attrs.get("id") or self.auto_id
        if not place:
            return text
        owner = self.field.widget.id_for_label(place)
        attrs = {**(attrs or {}), "for": owner} if owner else attrs or {}
        return mark_safe(f"<{tag}{attributes(attrs)}>{text}</{tag}>")

    def _labelled(self, contents: Any, suffix: str | None) -> SafeString:
        """Return the label with its suffix, which is left out after punctuation."""
        if suffix is None:
            suffix = self.form.label_suffix if self.field.label_suffix is None else self.field.label_suffix
        is_ended = not suffix or not contents or contents[-1] in gettext(ENDS)
        return mark_safe(f"{text_of(contents)}{'' if is_ended else text_of(suffix)}")
