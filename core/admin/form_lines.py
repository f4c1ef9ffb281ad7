"""The lines of a fieldset, written in Python and not by Django's `admin/includes/fieldset.html`.

A chair's page has a hundred fields, and the template evaluates thirty conditions for each. Read-only values are
formatted by `shown`, as on every other page.
"""

from django.utils.safestring import SafeString, mark_safe

from core.escaping import attributes, text_of


def lines_of(fieldset, shown) -> SafeString:
    """Return the HTML of a fieldset's lines. `shown` is a function that formats a read-only field."""
    return mark_safe("".join(_line(line, shown) for line in fieldset))


def _line(line, shown) -> str:
    fields, is_alone = list(line), len(line.fields) == 1
    errors = line.errors() if is_alone and line.form.is_bound else ""
    classes = ["form-row"]
    classes += ["errors"] if errors else []
    classes += [] if line.has_visible_field else ["hidden"]
    classes += [f"field-{name}" for name in map(name_of, fields) if name]
    inside = errors + "".join(_field(field, is_alone, shown) for field in fields)
    if not is_alone:
        inside = f'<div class="flex-container form-multiline">{inside}</div>'
    return f"<div{attributes({'class': ' '.join(classes)})}>{inside}</div>\n"


def name_of(field) -> str:
    """Return the field's name. A read-only field is a dictionary."""
    return field.field["name"] if field.is_readonly else field.field.name


def _field(field, is_alone: bool, shown) -> str:
    errors = "" if is_alone or field.is_readonly or not field.field.form.is_bound else field.errors()
    classes = ["flex-container"]
    if not is_alone:
        classes += ["fieldBox", f"field-{name_of(field)}" if name_of(field) else ""]
        classes += ["errors"] if errors else []
        classes += ["hidden"] if is_hidden(field) else []
    classes += ["checkbox-row"] if field.is_checkbox else []
    box = f"<div{attributes({'class': ' '.join(filter(None, classes))})}>{_control(field, shown)}</div>"
    return f"<div>{errors}{box}{_help(field)}</div>"


def _control(field, shown) -> str:
    if field.is_readonly:
        return f'{field.label_tag()}<div class="readonly">{text_of(shown(field))}</div>'
    if field.field.is_hidden:
        return str(field.field)
    return f"{field.field}{field.label_tag()}" if field.is_checkbox else f"{field.label_tag()}{field.field}"


def is_hidden(field) -> bool:
    return field.field["is_hidden"] if field.is_readonly else field.field.is_hidden


def _help(field) -> str:
    text = field.field["help_text"] if field.is_readonly else field.field.help_text
    if not text:
        return ""
    place = "" if field.is_readonly else field.field.id_for_label
    attrs = {"class": "help hidden" if is_hidden(field) else "help", "id": f"{place}_helptext" if place else False}
    return f"<div{attributes(attrs)}><div>{text}</div></div>"
