from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from yearly.models import ChairYearReport, Indicator, IndicatorComment, YearReport


@register(ChairYearReport)
class ChairYearReportTranslation(TranslationOptions):
    fields = ("highlights", "results", "difficulties")


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("name", "definition")


@register(YearReport)
class YearReportTranslation(TranslationOptions):
    fields = ("comment",)


@register(IndicatorComment)
class IndicatorCommentTranslation(TranslationOptions):
    fields = ("text",)


# History is registered after translation: in the reverse order, saving fails.
keep_history(ChairYearReport, app="yearly")
keep_history(Indicator, app="yearly")
# A frozen payload does not change, so its history need not repeat it.
keep_history(YearReport, app="yearly", excluded_fields=["payload"])
keep_history(IndicatorComment, app="yearly")
