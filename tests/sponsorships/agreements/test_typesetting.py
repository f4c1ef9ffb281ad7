"""The PDF: tagged, PDF/UA-1 or nothing, and what people write stays text."""

import datetime
import re

import pytest
import typst

from sponsorships.agreements.typesetting import STANDARD, Unprintable, typeset, unprintable

AT = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
PART = {"title": "Part", "paragraphs": ["Words."], "facts": [["Label", "Value"]]}
TABLE = {"title": "Table", "table": {"head": ["A", "B"], "rows": [["1", "2"]], "ends_in_amounts": True}}


def document(**overrides) -> dict:
    values = {"title": "Agreement", "subtitle": "Chair", "language": "en", "mark": "", "reference": "r"}
    return {**values, "sections": [PART, TABLE], **overrides}


def test_the_file_says_that_it_is_pdf_ua_and_tagged():
    content = typeset(document(), AT)
    assert STANDARD == "ua-1"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", content)
    assert b"/StructTreeRoot" in content
    assert b"/Lang (en)" in content or b"/Lang(en)" in content


def test_the_standard_is_switched_on_for_every_template():
    with pytest.raises(typst.TypstError, match="PDF/UA-1 error: missing document title"):
        typeset(document(), AT, template=b"Words without a title.")


def test_the_same_text_at_the_same_moment_gives_the_same_bytes():
    assert typeset(document(), AT) == typeset(document(), AT)
    assert typeset(document(), AT) != typeset(document(title="Another"), AT)


@pytest.mark.parametrize(
    "words",
    ["#panic()", "*bold* _it_ $x$ `raw` @label <l> = h", "// no comment", '"] + read("/etc/passwd") + ["', "#{1+1}\\"],
)
def test_what_people_write_is_never_markup(words):
    parts = [{"title": words, "paragraphs": [words], "facts": [[words, words]], "code": words}]
    assert typeset(document(title=words, sections=parts), AT).startswith(b"%PDF-")


def test_control_signs_and_turned_writing_become_spaces():
    assert typeset(document(title="a\x00b\x07c\u202ed"), AT) == typeset(document(title="a b c d"), AT)


def test_signs_that_the_typeface_lacks_are_named():
    with pytest.raises(Unprintable, match="日"):
        typeset(document(subtitle="日"), AT)
    assert unprintable("Zoë Łukasz Ωμέγα Жанна") == ""
    assert unprintable("a 😀") == "😀"


def test_a_draft_says_so_and_a_demonstration_too():
    plain = typeset(document(), AT)
    assert len(typeset(document(draft="Draft", note="Not issued."), AT)) > len(plain)
    assert typeset(document(mark="Demonstration"), AT) != plain
