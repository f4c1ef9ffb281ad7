from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tokenizer import query_words

MAX_WORDS = 30
# Begins a line that is looked for under the entry's other words, but is none of them: "lidar" leads to "radar", not back.
RELATED = ">"


class Concept(models.Model):
    """Words with the same meaning in both languages: a search for one of them finds the others too, and what is related."""

    code = models.SlugField(
        _("code"), unique=True, max_length=80, help_text=_("By it the file of the vocabulary knows the entry again.")
    )
    words_en = models.TextField(_("English words"), help_text=_("One a line, the preferred one first."), blank=True)
    words_fr = models.TextField(_("French words"), help_text=_("One a line, the preferred one first."), blank=True)
    official = models.CharField(
        _("official term"), max_length=200, blank=True, help_text=_("The French term that an official list gives.")
    )
    official_by = models.CharField(_("whose term it is"), max_length=200, blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("vocabulary entry")
        verbose_name_plural = _("vocabulary entries")
        ordering = ["code"]

    def __str__(self):
        return next(iter(self.named), self.code)

    @property
    def english(self) -> list[str]:
        return lines_of(self.words_en)

    @property
    def french(self) -> list[str]:
        return lines_of(self.words_fr)

    @property
    def named(self) -> list[str]:
        """Its own words, in both languages, without those that are only related."""
        return [word for word in [*self.english, *self.french] if not word.startswith(RELATED)]

    def clean(self):
        self.words_en, self.words_fr = "\n".join(self.english), "\n".join(self.french)
        for name, words in (("words_en", self.english), ("words_fr", self.french)):
            if len(words) > MAX_WORDS:
                raise ValidationError(
                    {name: _("These are more than %(number)d words: make two entries of it.") % {"number": MAX_WORDS}}
                )
            for word in words:
                if not query_words(word):
                    raise ValidationError({name: _("“%(text)s” has no word to search for.") % {"text": word}})
        if len(self.english) + len(self.french) < 2 or not self.named:
            raise ValidationError({"words_en": _("Give at least two words, in one language or in both.")})


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, without blank lines and duplicates."""
    stripped = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(filter(None, stripped)))
