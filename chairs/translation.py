from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from chairs.models import (
    Activity,
    Appointment,
    Chair,
    ChairKind,
    ChairOrganisation,
    ClusterShare,
    CompositionRule,
    Concept,
    CountedOutput,
    Discipline,
    Output,
    StartUp,
    TeachingElement,
)


@register(ChairKind)
class ChairKindTranslation(TranslationOptions):
    fields = ("name", "acronym", "description")


@register(Discipline)
class DisciplineTranslation(TranslationOptions):
    fields = ("name",)


@register(Chair)
class ChairTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "topic")


@register(TeachingElement)
class TeachingElementTranslation(TranslationOptions):
    fields = ("title",)


@register(Activity)
class ActivityTranslation(TranslationOptions):
    fields = ("title", "description", "counterparts")


@register(StartUp)
class StartUpTranslation(TranslationOptions):
    fields = ("summary",)


# History is registered after translation: in the reverse order, saving fails.
KEPT = (Chair, Appointment, TeachingElement, Activity, CompositionRule, Concept)
for model in (*KEPT, ClusterShare, ChairOrganisation, CountedOutput):
    keep_history(model, app="chairs")
for model in (Output, StartUp):
    keep_history(model, app="chairs", excluded_fields=["search_key"])
