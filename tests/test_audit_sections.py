"""A report that several runs write: each replaces its own section."""

from bench.sections import replace


def test_a_run_replaces_its_section_and_leaves_the_others(tmp_path):
    file = tmp_path / "audit" / "day.md"
    replace(file, "# Head", {"two": "Of two.\n"}, ["one", "two"])
    replace(file, "# Head", {"one": "Of one.", "three": "Of three."}, ["one", "two"])
    text = replace(file, "# New head", {"two": "Anew.\n\n| a |\n|---|"}, ["one", "two"])
    assert text == file.read_text("utf-8")
    assert text == "# New head\n\n## one\n\nOf one.\n\n## two\n\nAnew.\n\n| a |\n|---|\n\n## three\n\nOf three.\n"
    assert [one.name for one in file.parent.iterdir()] == ["day.md"]
