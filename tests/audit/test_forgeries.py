"""What is forged in the auditor's archive is found and named, by whoever has only Python: alone, or with an earlier archive."""

import hashlib
import json
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from audit.archive import program
from tests import factories
from tests.audit.archives import archive, assert_each_is_named, changes, forged, packed, problems, read
from tests.transparency.logs import CODED_SEED
from transparency.heads import origin, public_keys
from transparency.notes import PrivateKey

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
CENT = Decimal("0.01")
THIEF = b"a key of somebody else, of 32 by"


def paid(line, cents):
    line["content"]["amount"] = f"{Decimal(line['content']['amount']) + cents * CENT:.2f}"


def chained(lines):
    """Make every hash anew, as whoever has read the program can."""
    before = {}
    for line in lines:
        account = line["content"]["sponsorship"]
        line["previous"] = before.get(account, "")
        text = json.dumps([line["previous"], line["content"]], sort_keys=True, separators=(",", ":"))
        before[account] = line["hash"] = hashlib.sha256(text.encode()).hexdigest()
    return lines


def one_cent(lines):
    paid(lines[1], 1)
    return lines


def cent_moved(lines):
    """From one account to another of the same sum, so that no total changes."""
    first = lines[0]["content"]["sponsorship"]
    twin = next(
        line
        for line in lines
        if line["content"]["sponsorship"] != first and line["content"]["amount"] == lines[0]["content"]["amount"]
    )
    paid(lines[0], -1)
    paid(twin, 1)
    return chained(lines)


def day_moved(lines):
    lines[0]["content"]["effective_on"] = "2020-01-01"
    return chained(lines)


def signatures_swapped(lines):
    (first, one), (last, other) = (lines[place]["note"].rsplit("\n\n", 1) for place in (0, -1))
    lines[0]["note"], lines[-1]["note"] = f"{first}\n\n{other}", f"{last}\n\n{one}"
    return lines


def other_definition(measures):
    measures["agreed"], measures["received"] = measures["received"], measures["agreed"]
    return measures


def without(name):
    def change(manifest):
        del manifest["files"][name]
        return manifest

    return change


REWRITTEN = "the log was rewritten"
FORGERIES = {
    "a cent changed": ({"entries.jsonl": one_cent}, "was changed: its hash is that of other words"),
    "a chain made anew": (
        {"entries.jsonl": lambda lines: chained(one_cent(lines))},
        "in the log with another fingerprint",
    ),
    "a cent moved between two accounts": ({"entries.jsonl": cent_moved}, "in the log with another fingerprint"),
    "an entry moved to another day": ({"entries.jsonl": day_moved}, "in the log with another fingerprint"),
    "entries in another order": (
        {"entries.jsonl": lambda lines: [lines[1], lines[0], *lines[2:]]},
        "one is missing or out of order",
    ),
    "an entry twice": (
        {"entries.jsonl": lambda lines: [lines[0], *lines]},
        "does not follow entry 1: one is missing or out of order",
    ),
    "the last entries dropped": ({"entries.jsonl": lambda lines: lines[:-2]}, "and its head at"),
    "an entry dropped": ({"entries.jsonl": lambda lines: lines[1:]}, "one is missing or out of order"),
    "a leaf changed": ({"leaves.txt": lambda lines: [*lines[:-1], lines[-1][:-64] + "0" * 64]}, REWRITTEN),
    "a leaf twice": ({"leaves.txt": lambda lines: [*lines, lines[0]]}, "a leaf stands twice in the log"),
    "a leaf that nobody signed": (
        {"leaves.txt": lambda lines: [*lines, f"entry x/1 {'0' * 64}"]},
        "1 leaves stand after the last head: nobody signed them",
    ),
    "the log cut off": ({"leaves.txt": lambda lines: lines[:-1]}, "the end was cut off"),
    "leaves swapped": ({"leaves.txt": lambda lines: [lines[1], lines[0], *lines[2:]]}, REWRITTEN),
    "heads removed": ({"heads.jsonl": lambda lines: []}, "no head is signed"),
    "the last head removed": ({"heads.jsonl": lambda lines: lines[:-1]}, "nobody signed them"),
    "an older head replayed": (
        {"heads.jsonl": lambda lines: [*lines, lines[0]]},
        "the log was made shorter",
    ),
    "signatures swapped": ({"heads.jsonl": signatures_swapped}, "is signed by none of the keys"),
    "a key of another log": (
        {"manifest.json": lambda said: {**said, "keys": [str(PrivateKey(origin(), THIEF).public())]}},
        "is signed by none of the keys",
    ),
    "an agreement replaced": (
        {"agreements.jsonl": lambda lines: [{**lines[0], "sha256": "0" * 64}, *lines[1:]]},
        "in the log with another fingerprint",
    ),
    "an agreement dropped": ({"agreements.jsonl": lambda lines: lines[1:]}, "and the records have not"),
    "a figure changed": (
        {"figures.jsonl": lambda lines: [{**lines[0], "euros": "1.00"}, *lines[1:]]},
        "is stated as 1.00",
    ),
    "a figure twice": (
        {"figures.jsonl": lambda lines: [{**lines[0], "euros": "1.00"}, *lines]},
        "more than once",
    ),
    "a definition changed": ({"definitions.json": other_definition}, "and the entries come to"),
    "an account moved": (
        {"sponsorships.jsonl": lambda lines: [{**line, "cluster": "elsewhere"} for line in lines]},
        "cluster elsewhere is stated as 0.00",
    ),
    "shares changed": (
        {"shares.jsonl": lambda lines: [{**line, "shares": dict.fromkeys(line["shares"], "33.33")} for line in lines]},
        "and the entries come to",
    ),
    "a count changed": (
        {"counts.jsonl": lambda lines: [{**lines[0], "number": 77}, *lines[1:]]},
        "is stated as 77, and the records come to",
    ),
    "a chair twice": ({"chairs.jsonl": lambda lines: [lines[0], *lines]}, "chairs.jsonl has"),
    "an overlap of people forgotten": (
        {"overlaps.jsonl": lambda lines: []},
        "the count people, real, 2025 is stated as 54, and the records come to 60",
    ),
    "a file that is not listed": ({"manifest.json": without("README.txt")}, "README.txt is in the archive and not in"),
}


@pytest.fixture
def two_heads(books):
    factories.make_running(parts=["7.00"])
    call_command("sign_log", verbosity=0)


@pytest.mark.each_case
def test_each_forgery_is_found_and_named(two_heads):
    assert_each_is_named(FORGERIES)


def test_a_cent_moved_between_two_accounts_names_both(books):
    true = archive()
    found = problems(forged(true, {"entries.jsonl": cent_moved}))
    named = {problem.split(" ")[1].split("/")[0] for problem in found if "another fingerprint" in problem}
    assert len(named) == 2
    # No total tells: it is the fingerprints that do.
    assert not any(problem.startswith("the figure") and "nation" in problem for problem in found)


def test_a_file_that_is_cut_or_there_twice_is_named(books, tmp_path):
    true = archive()
    files = read(true)
    for content, said in (
        (packed({**files, "entries.jsonl": files["entries.jsonl"][:-20]}), "entries.jsonl, line"),
        (true[:-99], "this is no archive"),
        (packed({name: files[name] for name in files if name != "counts.jsonl"}), "counts.jsonl"),
    ):
        path = tmp_path / "audit.zip"
        path.write_bytes(content)
        run = subprocess.run(
            [sys.executable, "-I", "-S", "-c", program(), str(path)], capture_output=True, text=True, check=False
        )
        assert run.returncode == 1 and not run.stderr and run.stdout.startswith("WRONG") and said in run.stdout, run
    file = BytesIO(true)
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(file, "a") as more:
        more.writestr("README.txt", files["README.txt"])
    assert problems(file.getvalue()) == ["README.txt is in the archive more than once"]


def test_a_log_made_anew_under_another_key_is_found_by_who_knew_the_key(books, settings):
    """Nothing in such an archive is wrong by itself: it says the key with which it is signed."""
    earlier = archive()
    [key] = public_keys()
    thief = PrivateKey(origin(), THIEF)

    def sign(lines):
        return [{**line, "note": thief.sign(line["note"].split("\n\n")[0] + "\n")} for line in lines]

    own = {"heads.jsonl": sign, "manifest.json": lambda said: {**said, "keys": [str(thief.public())]}}
    theirs = forged(earlier, own)
    assert problems(theirs) == []
    assert any("signed by none of the keys" in problem for problem in problems(theirs, keys=[str(key)]))
    assert any("signed by none of the keys" in problem for problem in problems(theirs, earlier))
    assert settings.LOG_SIGNING_KEY == CODED_SEED


def test_an_older_archive_does_not_pass_for_todays(two_heads):
    """Its log lacks what the last visit saw."""
    seen = archive()
    older = forged(seen, {"heads.jsonl": lambda lines: lines[:1], "leaves.txt": lambda lines: lines[: len(lines) - 1]})
    assert any("it was made shorter" in problem for problem in problems(older, seen))
    assert any("that the last visit saw is gone" in problem for problem in problems(older, seen))


def test_what_the_archive_is_believed_for_is_told_where_it_changed(two_heads):
    """A definition, and a record that is counted: changed with what is stated of it, they are no fault, and are told."""
    earlier = archive()
    consistent = {
        "definitions.json": other_definition,
        "start_ups.jsonl": lambda lines: lines[:1],
        "counts.jsonl": lambda lines: [one for one in lines if one["count"] != ["start-ups", "real", "not stated"]],
    }
    later = forged(earlier, consistent)
    told = changes(later, earlier)
    assert "the definition of agreed changed" in told
    assert any(line.startswith("start_ups.jsonl: start-up-") and line.endswith("is counted no more") for line in told)
    assert "start-ups, real, not stated: 1 -> 0" in told
