from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.perms import can_keep_reference_data
from core.admin.base import ScopedAdmin, ScopedStackedInline
from core.exceptions import Refused
from core.languages import columns_of
from sponsorships.agreements.clauses import TEXTS, rewrite
from sponsorships.models import Clause, ClauseVersion
from sponsorships.models.clause import TEXT_MAX_LENGTH

TITLE_MAX_LENGTH = ClauseVersion._meta.get_field("title_en").max_length
TEXT_ROWS = 10


def _words(name: str) -> forms.CharField:
    """Return the form field for a title or a text; the last two letters of `name` are its language."""
    is_title, language = name.startswith("title"), name[-2:]
    attrs = {"lang": language, "class": "vTextField" if is_title else "vLargeTextField"}
    return forms.CharField(
        label=capfirst(ClauseVersion._meta.get_field(name).verbose_name),
        max_length=TITLE_MAX_LENGTH if is_title else TEXT_MAX_LENGTH,
        widget=forms.TextInput(attrs) if is_title else forms.Textarea({**attrs, "rows": TEXT_ROWS}),
        help_text="" if is_title else _("One paragraph per line."),
    )


class ClauseForm(forms.ModelForm):
    """A clause and its text. A changed text makes a new version; issued agreements keep theirs."""

    title_fr, text_fr = _words("title_fr"), _words("text_fr")
    title_en, text_en = _words("title_en"), _words("text_en")
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Clause
        fields = ["key", "regime", "condition", "position", "is_used"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.latest = self.instance.latest if self.instance.pk else None
        if self.latest is not None:
            self.initial |= {name: getattr(self.latest, name) for name in TEXTS}
            self.initial["seen_version"] = self.latest.number

    def clean(self):
        values = super().clean()
        if self.latest is not None and values.get("seen_version") != self.latest.number:
            sentence = _(
                "Somebody has rewritten this clause in the meantime: read the last version below, then save again."
            )
            self.add_error(None, forms.ValidationError(sentence, code="rewritten_meanwhile"))
            self.data = self.data.copy()
            self.data[self.add_prefix("seen_version")] = self.latest.number
        return values

    def texts(self) -> dict:
        return {name: self.cleaned_data[name] for name in TEXTS}


class VersionInline(ScopedStackedInline):
    """The versions of the clause's text, read-only, latest first."""

    model = ClauseVersion
    fields = readonly_fields = ["written_at", "author", *TEXTS]
    can_delete = False
    verbose_name_plural = _("versions, the last one first")

    @admin.display(description=_("written by"))
    def author(self, version):
        return version.written_by_names or _("came with the site")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("written_by", "on_behalf_of").order_by("-number")

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Clause)
class ClauseAdmin(ScopedAdmin):
    """The model clauses of agreements: national texts, which all staff may read."""

    form = ClauseForm
    add_title = _("Add a clause")
    who_changes = _("You can only read this clause. Model clauses are national: the coordinator maintains them.")
    list_display = ["title", "regime", "condition", "position", "version", "is_used"]
    list_filter = ["regime", "condition", "is_used"]
    search_fields = ["key", *columns_of("versions__title")]
    search_help_text = _("Key or title.")
    ordering = ["position", "key"]
    inlines = [VersionInline]

    @admin.display(description=_("title"))
    def title(self, clause):
        return clause.latest.title if clause.latest else None

    @admin.display(description=_("version"))
    def version(self, clause):
        return clause.latest.number if clause.latest else None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("versions")

    def get_page_rows(self, record):
        return [
            Prefetch("versions", ClauseVersion.objects.select_related("written_by", "on_behalf_of").order_by("-number"))
        ]

    def can_add(self, user):
        return can_keep_reference_data(user)

    def can_change(self, user, obj=None):
        return can_keep_reference_data(user)

    def get_fieldsets(self, request, obj=None):
        call = _t(
            "Depends on the regime and the choices of the sponsorship; the number gives its place among the "
            "other clauses."
        )
        words = _t(
            "Models in plain words, to be checked by each institution's legal office. Changing them makes a new version; "
            "agreements that were issued keep theirs."
        )
        fieldsets = [
            (
                _t("Which agreements call for it"),
                {"description": call, "fields": [("key", "position"), ("regime", "condition"), "is_used"]},
            )
        ]
        if self.has_change_permission(request, obj):
            names = ["title_fr", "text_fr", "title_en", "text_en", "seen_version"]
            fieldsets.append((_t("What it says"), {"description": words, "fields": names}))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj is not None else []

    def get_inlines(self, request, obj):
        return self.inlines if obj is not None else []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        try:
            rewrite(form.instance, form.texts(), by=request.user, seen=form.cleaned_data.get("seen_version") or 0)
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
