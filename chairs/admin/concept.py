from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from chairs.models import Concept
from clusters.admin.phase import ReferenceAdmin
from core.languages import columns_of


@admin.register(Concept)
class ConceptAdmin(ReferenceAdmin):
    add_title = _("Add a vocabulary entry")
    list_display = ["english_words", "french_words"]
    search_fields = columns_of("words")
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "Words that stand for one another. Who searches for one of them finds what is written with another, "
                    "below what has the words themselves, and the page says why. A line that begins with > is another subject: "
                    "with “> radar” under “lidar”, who searches for lidar finds radar too, but not the other way round."
                ),
                "fields": [("words_en", "words_fr"), "code"],
            },
        ),
        (
            _("Where it comes from"),
            {
                "description": _("If an official list gives the French term."),
                "fields": [("official", "official_by"), "source", "note"],
            },
        ),
    ]

    @admin.display(description=_("English words"), ordering="words_en")
    def english_words(self, concept):
        return format_html('<span lang="en">{}</span>', ", ".join(concept.english))

    @admin.display(description=_("French words"), ordering="words_fr")
    def french_words(self, concept):
        return format_html('<span lang="fr">{}</span>', ", ".join(concept.french))

    def can_delete(self, user, obj):
        return self.can_change(user, obj)
