"""What a person pastes or chooses, read line by line: what cannot be taken is told with its reason, the rest is kept."""

import json
import time

import pytest

from chairs.outputs.bibtex import MAX_ENTRIES, MAX_SIGNS, plain
from chairs.outputs.candidates import MAX_LINES
from chairs.outputs.forms import read_given
from chairs.outputs.references import names_grant, references_in
from core.identifiers import compact_doi, compact_hal, is_doi, is_hal
from tests.chairs.outputs.registry import recorded


@pytest.mark.parametrize(
    ("pasted", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        (" https://doi.org/10.1000/ABC(1)2 ", "10.1000/abc(1)2"),
        ("http://dx.doi.org/10.1016%2FS0021", "10.1016/s0021"),
        ("doi: 10.1000/182.", "10.1000/182"),
        ("\u202a10.1000/\u206618\u200b2\u202c", "10.1000/182"),
        ("<https://doi.org/10.48550/arXiv.2401.00001>", "10.48550/arxiv.2401.00001"),
    ],
)
def test_a_doi_is_known_by_its_form(pasted, doi):
    assert is_doi(pasted) and compact_doi(pasted) == doi


@pytest.mark.parametrize(
    "pasted",
    [
        "10.10/1",
        "10.1000/",
        "10.1000/1\x7f",
        "10.1000/1\x852",
        "11.1000/182",
        "https://example.org/10.1000/182",
        "10.1000/a b",
        "10.1000/" + "x" * 300,
    ],
)
def test_what_is_no_doi_is_none(pasted):
    assert is_doi("10.1000/182") and not is_doi(pasted)


@pytest.mark.parametrize(
    "pasted",
    [
        "hal-04012345",
        "hal-04012345v2",
        "https://hal.science/hal-04012345v2/document",
        "https://inria.hal.science/hal-04012345",
        "https://hal.archives-ouvertes.fr/hal-04012345v12",
    ],
)
def test_a_hal_id_is_known_by_its_form(pasted):
    assert is_hal(pasted) and compact_hal(pasted) == "hal-04012345"


@pytest.mark.parametrize("pasted", ["hal-123", "https://example.org/hal-04012345", "HAL", "hal-04012345x"])
def test_what_is_no_hal_id_is_none(pasted):
    assert is_hal("hal-04012345") and not is_hal(pasted)


def test_each_line_that_is_no_identifier_says_why():
    found, refused = read_given("10.1000/182\n\nnot a doi\n0000-0002-1825-0097\nhal-04012345\nhttps://example.org/x")
    assert [candidate.label for candidate in found] == ["10.1000/182", "hal-04012345"]
    assert [(refusal.line, refusal.text) for refusal in refused] == [
        (3, "not a doi"),
        (4, "0000-0002-1825-0097"),
        (6, "https://example.org/x"),
    ]
    assert "one identifier a line" in refused[0].reason and "an ORCID iD" in refused[1].reason


def test_a_title_brings_no_marks_of_direction_and_no_control_characters():
    candidates, _refused = read_given("@article{a, title={Read \u202eme\u202c\x07 now}, doi={10.1000/1}}")
    assert candidates[0].title == "Read me now"


def test_more_lines_than_anybody_pastes_are_not_read():
    found, refused = read_given("\n".join(f"10.1000/{number}" for number in range(MAX_LINES + 5)))
    assert len(found) == MAX_LINES and [refusal.line for refusal in refused] == [MAX_LINES + 1]


def test_bibtex_keeps_what_is_right_and_says_what_is_not():
    found, refused = read_given(recorded("given.bib").decode())
    article, solver = found
    assert article.title == "L'apprentissage à peu d'étiquettes" and article.authors == ["Ada Nombre", "Jörg Müller"]
    assert (article.venue, article.year, article.language) == ("Journal of Examples & Cases", 2024, "fr")
    assert (solver.kind, solver.hal_id, solver.line) == ("software", "hal-04000001", 10)
    reasons = {refusal.line: refusal.reason for refusal in refused}
    assert list(reasons) == [7, 8, 9, 11]
    assert "a brace" in reasons[7] and "line 2" in reasons[8] and "“title” stands twice" in reasons[9]
    assert "2091, which is to come" in reasons[11]


def test_accents_of_latex_are_decoded_and_other_signs_stay():
    assert (
        plain(r"Gar\c{c}on {\c c}a, \~n, \^{\i}, \oe uvre, Stra{\ss}e, M{\"{u}}ller")
        == "Garçon ça, ñ, î, œuvre, Straße, Müller"
    )
    assert plain(r"R \& D: 100\% of $x^2$ & more % not a comment") == "R & D: 100% of $x^2$ & more % not a comment"


@pytest.mark.parametrize(
    "text",
    [
        "@article{x, " * 2_000,
        "@article{x, title={" + "{" * 20_000 + "a" + "}" * 20_000 + "}}",
        "@article{x, title={" + "\\c " * 50_000 + "}}",
    ],
)
def test_broken_bibtex_is_answered(text):
    found, refused = read_given(text)
    assert found or refused


def test_a_file_of_too_many_entries_is_refused_whole():
    found, refused = read_given("@misc{a, title={A}}\n" * (MAX_ENTRIES + 1))
    assert not found and "split it" in refused[0].reason


@pytest.mark.parametrize("signs", ["{}", '"', ",", "="])
def test_a_file_of_too_many_signs_is_refused_whole(signs):
    found, refused = read_given("@misc{a, title={A}, b=" + signs * (MAX_SIGNS + 1))
    assert not found and "split the file" in refused[0].reason


def test_names_far_apart_are_read_at_once():
    author = "Nombre, Ada" + " " * 19_000 + "and\n\n  Müller, Jörg"
    started = time.process_time()
    [entry], _refused = read_given(f"@misc{{a, title={{A}}, author={{{author}}}}}")
    assert entry.authors == ["Ada Nombre", "Jörg Müller"] and time.process_time() - started < 1


def test_what_hal_never_nests_is_no_title():
    document = {"title_s": {"en": ["A"]}, "authFullName_s": [["Ada Nombre"], "Jörg Müller"], "producedDateY_i": 2024}
    found, refused = read_given(json.dumps([document, {**document, "title_s": "A title"}]))
    assert [(c.title, c.authors, c.year) for c in found] == [("A title", ["Jörg Müller"], 2024)]
    assert [refusal.line for refusal in refused] == [1]


def test_an_export_of_hal_is_read_and_what_is_no_document_refused():
    documents = json.loads(recorded("hal.json"))["response"]["docs"]
    found, refused = read_given(json.dumps([*documents, {"docType_s": "ART"}, "x"]))
    assert [(c.hal_id, c.doi, c.title, c.language) for c in found] == [
        ("hal-04012345", "10.1109/example.2025.1", "Vehicles that explain", "en")
    ]
    assert [refusal.line for refusal in refused] == [2, 3]
    assert read_given(recorded("hal.json").decode())[0] == found


@pytest.mark.parametrize("text", ["{", "[1, 2", '{"response": 1}', '{"docs": []}', "[" * 100_000])
def test_broken_json_is_answered_with_a_sentence(text):
    found, refused = read_given(text)
    assert not found and "not JSON as HAL exports it" in refused[0].reason


def test_a_reference_is_read_loosely():
    assert references_in("Funded by ANR-23- IACL-0004 and anr 19 P3IA 0001.") == [
        "ANR-23- IACL-0004",
        "anr 19 P3IA 0001",
    ]
    assert names_grant(["ANR-23- IACL-0004"], "ANR-23-IACL-0004")
    assert names_grant(["ANR-19-PI3A-004"], "ANR-19-P3IA-0004")
    assert not names_grant(["ANR-23-IACL-0005", "ANR-22-IACL-0004", "", "nonsense"], "ANR-23-IACL-0004")
    assert not names_grant(["ANR-23-IACL-0004"], "")
