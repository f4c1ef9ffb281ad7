"""A form renderer that writes the parts that occur by the hundred in Python, and everything else by its template.

A field is a label, a control and its errors. Django's templates for these take three fifths of the time of a long
form: each looks up a dozen names to write one line. The output is the same, byte for byte
(tests/core/test_form_renderer.py compares each part with its template).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.templatetags.static import static
from django.utils.translation import gettext as _

from core.bound_field import WrittenField
from core.escaping import attributes, text_of, value_of

Widget = Mapping[str, Any]


class FormRenderer(TemplatesSetting):
    bound_field_class = WrittenField

    def render(self, template_name: str, context: Mapping[str, Any], request: Any = None) -> str:
        written = _written(template_name, context)
        if written is None:
            written = super().render(template_name, dict(context), request)
        return written


def _written(template_name: str, context: Mapping[str, Any]) -> str | None:
    """Return the part as written in Python; None if its template has to render it."""
    if template_name in PARTS:
        return PARTS[template_name](context)
    if template_name in WIDGETS and _is_plain(context["widget"]):
        return WIDGETS[template_name](context["widget"])
    return None


def _is_plain(widget: Widget) -> bool:
    """Return whether all of the widget's options, if it has any, are written in Python too."""
    groups = widget.get("optgroups", ())
    return all(option["template_name"] in WIDGETS for _group, options, _index in groups for option in options[:1])


def _label(context: Mapping[str, Any]) -> str:
    text = text_of(context["label"])
    if not context["use_tag"]:
        return text
    tag = context["tag"]
    return f"<{tag}{attributes(context['attrs'] or {})}>{text}</{tag}>"


def _errors(context: Mapping[str, Any]) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    place = f' id="{text_of(errors.field_id)}_error"' if errors.field_id else ""
    lines = "".join(f"<li>{text_of(error)}</li>" for error in errors)
    return f'<ul class="{text_of(context["error_class"])}"{place}>{lines}</ul>'


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{value_of(widget["value"])}"'
    return (
        f'<input type="{text_of(widget["type"])}" name="{text_of(widget["name"])}"{value}{attributes(widget["attrs"])}>'
    )


def _hidden(widget: Widget) -> str:
    """Return a hidden input, without the aria attributes that describe it: Django's template writes them to no use."""
    spoken = {name: value for name, value in widget["attrs"].items() if not name.startswith("aria-")}
    return _input({**widget, "attrs": spoken})


def _day(widget: Widget) -> str:
    return f'<p class="date">\n  {_input(widget)}\n</p>\n'


def _textarea(widget: Widget) -> str:
    value = text_of(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{text_of(widget["name"])}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{text_of(widget["name"])}"{attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name: Any, options: Iterable[Widget]) -> str:
    lines = "".join(f"\n  {WIDGETS[option['template_name']](option)}" for option in options)
    return f'\n  <optgroup label="{text_of(name)}">{lines}\n  </optgroup>' if name else lines


def _select_option(option: Widget) -> str:
    chosen = attributes(option["attrs"])
    return f'<option value="{value_of(option["value"])}"{chosen}>{text_of(option["label"])}</option>'


def _boxes(widget: Widget) -> str:
    attrs = widget["attrs"]
    place = f' id="{text_of(attrs["id"])}"' if attrs.get("id") else ""
    look = f' class="{text_of(attrs["class"])}"' if attrs.get("class") else ""
    groups = "".join(_boxes_group(name, options) for name, options, _index in widget["optgroups"])
    return f"<div{place}{look}>{groups}\n</div>"


def _boxes_group(name: Any, options: Iterable[Widget]) -> str:
    lines = "".join(f"<div>\n    {WIDGETS[option['template_name']](option)}</div>" for option in options)
    return f"\n  <div><label>{text_of(name)}</label>{lines}\n  </div>" if name else lines


def _box(option: Widget) -> str:
    if not option.get("wrap_label"):
        return _input(option)
    owner = option["attrs"].get("id")
    place = f' for="{text_of(owner)}"' if owner else ""
    return f"<label{place}>{_input(option)} {text_of(option['label'])}</label>"


def _with_way_to_add(context: Mapping[str, Any]) -> str | None:
    """Return the panel's wrapper of a related field, with a link to add a record if there is one; None for other links."""
    if any(context[f"can_{act}_related"] for act in ("change", "delete", "view")):
        return None
    record = "" if context["model_has_limit_choices_to"] else f'data-model-ref="{text_of(context["model_name"])}"'
    link = "" if context["is_hidden"] or not context["can_add_related"] else _way_to_add(context)
    return f'<div class="related-widget-wrapper" {record}>{context["rendered_widget"]}{link}</div>'


def _way_to_add(context: Mapping[str, Any]) -> str:
    said = _("Add another %(model)s") % {"model": context["model"]}
    attrs = {
        "class": "related-widget-wrapper-link add-related",
        "id": f"add_id_{context['name']}",
        "data-popup": "yes",
        "href": f"{context['add_related_url']}?{context['url_params']}",
        "title": said,
    }
    picture = {"src": static("admin/img/icon-addlink.svg"), "alt": "", "width": 24, "height": 24}
    return f"<a{attributes(attrs)}><img{attributes(picture)}></a>"


PARTS: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
    "admin/widgets/related_widget_wrapper.html": _with_way_to_add,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
}
INPUTS = (
    "checkbox",
    "date",
    "datetime",
    "email",
    "input",
    "number",
    "password",
    "search",
    "tel",
    "text",
    "time",
)
WIDGETS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in (*INPUTS, "url")},
    "django/forms/widgets/hidden.html": _hidden,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/select_option.html": _select_option,
    "django/forms/widgets/checkbox_select.html": _boxes,
    "django/forms/widgets/radio.html": _boxes,
    "django/forms/widgets/checkbox_option.html": _box,
    "django/forms/widgets/radio_option.html": _box,
    "admin/widgets/date.html": _day,
    "admin/widgets/radio.html": _boxes,
}
