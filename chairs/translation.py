from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from chairs.models import Activity, Appointment, Chair, ChairKind, CompositionRule, Discipline, TeachingElement


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


# History is registered after translation: the other way round, saving fails.
for model in (Chair, Appointment, TeachingElement, Activity, CompositionRule):
    keep_history(model, app="chairs")
