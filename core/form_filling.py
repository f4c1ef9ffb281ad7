"""Writes stored input back into the HTML form of a page, as the browser would show it."""

import re
from html import escape
from html.parser import HTMLParser

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import FieldDoesNotExist
from django.template.loader import render_to_string

# Fields that the page itself must set: formset counts and keys, and the tokens.
OWN = re.compile(r"csrfmiddlewaretoken|typed_by|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|.*-\d+-id")
NOT_TYPED = {"file", "submit", "button", "image", "reset", "password"}


def fill(request, response, kept) -> None:
    """Fill the form most like the stored input, and add a notice that nothing is saved yet."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.streaming or response.status_code != 200 or not is_page:
        return
    page = response.content.decode(response.charset)
    forms = _Forms(request.path)
    forms.feed(page)
    number = forms.most_like(kept.fields)
    if number is None:
        return
    note = render_to_string("_kept_form.html", {"kept": kept}, request)
    writer = _Writer(number, kept.fields, note, request)
    writer.feed(page)
    writer.close()
    response.content = "".join(writer.written)
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))


class _Forms(HTMLParser):
    """Parses the names of the fields of each form that posts to the page's own URL."""

    def __init__(self, path: str):
        super().__init__(convert_charrefs=False)
        self.path, self.number, self.names = path, -1, {}

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.number += 1
            is_ours = (found.get("action") or self.path).split("?")[0] in (self.path, ".", "")
            if is_ours and (found.get("method") or "").lower() == "post":
                self.names[self.number] = set()
        elif tag in ("input", "textarea", "select") and self.number in self.names and found.get("name"):
            if not OWN.fullmatch(found["name"]):
                self.names[self.number].add(found["name"])

    handle_startendtag = handle_starttag

    def most_like(self, fields) -> int | None:
        """Return the number of the form with most of the typed fields, or None."""
        common = {number: len(names & set(fields)) for number, names in self.names.items()}
        best = max(common, key=common.get, default=None)
        return best if best is not None and common[best] else None


class _Writer(HTMLParser):
    """Copies the page tag by tag, and fills one form."""

    def __init__(self, number: int, fields, note: str, request):
        super().__init__(convert_charrefs=False)
        self.number, self.note, self.request = number, note, request
        self.left = {name: list(values) for name, values in fields.lists()}
        self.fields, self.written, self.form, self.is_ours = fields, [], -1, False
        self.select = self.chosen = None
        self.is_dropping = False

    def handle_starttag(self, tag, attrs):
        text, found = self.get_starttag_text(), dict(attrs)
        name = found.get("name") or ""
        if tag == "form":
            self.form += 1
            self.is_ours = self.form == self.number
            self.written.append(text + (self.note if self.is_ours else ""))
        elif not self.is_ours or OWN.fullmatch(name) or "disabled" in found:
            self.written.append(self._option(text, found) if tag == "option" and self.select else text)
        elif tag == "input" and name:
            self.written.append(self._input(text, found, name))
        elif tag == "textarea" and name in self.left:
            typed = self.left[name].pop(0) if self.left[name] else ""
            self.written.append(f"{text}\n{escape(typed, quote=False)}")
            self.is_dropping = True
        elif tag == "select" and (name in self.left or "multiple" in found):
            self.select, self.chosen = found, set(self.fields.getlist(name))
            self.written.append(text)
        elif tag == "option" and self.select:
            self.written.append(self._option(text, found))
        else:
            self.written.append(text)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.is_dropping = False
        if tag == "select" and self.select:
            self.written += self._not_offered()
            self.select = None
        if tag == "form":
            self.is_ours = False
        self.written.append(f"</{tag}>")

    def handle_data(self, data):
        if not self.is_dropping:
            self.written.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")

    def handle_comment(self, data):
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.written.append(f"<!{decl}>")

    def unknown_decl(self, data):
        self.written.append(f"<![{data}]>")

    def handle_pi(self, data):
        self.written.append(f"<?{data}>")

    def _input(self, text: str, found: dict, name: str) -> str:
        kind = (found.get("type") or "text").lower()
        if kind in NOT_TYPED:
            return text
        if kind in ("checkbox", "radio"):
            is_on = (found.get("value") or "on") in self.fields.getlist(name)
            return _tag("input", {**_without(found, "checked"), **({"checked": None} if is_on else {})})
        if not self.left.get(name):
            return text
        return _tag("input", {**found, "value": self.left[name].pop(0)})

    def _option(self, text: str, found: dict) -> str:
        if "value" not in found:
            return text
        value = found["value"] or ""
        is_chosen = value in self.chosen
        self.chosen.discard(value)
        return _tag("option", {**_without(found, "selected"), **({"selected": None} if is_chosen else {})})

    def _not_offered(self) -> list[str]:
        """Return options for chosen values that the page does not list: an autocomplete field lists only its current ones."""
        return [
            f'<option value="{escape(value)}" selected>{escape(str(record))}</option>'
            for value in sorted(self.chosen - {""})
            if (record := self._record(value)) is not None
        ]

    def _record(self, value: str):
        try:
            model = apps.get_model(self.select["data-app-label"], self.select["data-model-name"])
            related = model._meta.get_field(self.select["data-field-name"]).remote_field.model
            # Only what this user may choose there.
            return admin.site.get_model_admin(related).get_choices(self.request).filter(pk=value).first()
        except (LookupError, FieldDoesNotExist, NotRegistered, AttributeError, ValueError):
            return None


def _without(found: dict, name: str) -> dict:
    return {key: value for key, value in found.items() if key != name}


def _tag(tag: str, attributes: dict) -> str:
    written = "".join(f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{tag}{written}>"
