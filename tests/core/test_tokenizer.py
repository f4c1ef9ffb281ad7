"""A text is parsed run by run, and each run once: that must say the same as parsing it at once."""

from hypothesis import example, given
from hypothesis import strategies as st

from core.tokenizer import cut, parsed, spellings, terms

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(" .'’_-\u00a0\u0301\u00ad\u200bAIéœﬁ日本")), max_size=60)


@given(TEXTS)
@example("L'IA, l’A.I. et e\u0301 \u0301 A. I.")
@example("一\u3000二 日立AI")
@example("\x1cabc\x85d\u2028e")
def test_no_word_goes_beyond_a_space(text):
    assert [word for run in text.split() for word in cut(run)] == cut(text)


@given(TEXTS)
@example("École/ecole ecole, the robots’")
def test_runs_have_the_terms_and_the_spellings_of_the_text(text):
    runs = [parsed(run) for run in text.split()]
    assert {term for run in runs for term in run.terms} == terms(cut(text))
    spelt = [pair for run in runs for pair in zip(run.words, run.spelt, strict=True)]
    # Of two spellings, the first one stays.
    assert dict(reversed(spelt)) == spellings(cut(text))
