"""An archive that was written to mislead its reader: each is refused by name, and the program never breaks off with a traceback."""

import ast
import dataclasses
import datetime
import json
import os
import subprocess
import sys
from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from audit.archive import program
from tests import factories
from tests.audit.archives import archive, assert_each_is_named, forged, packed, problems, read
from tests.transparency.logs import CODED_SEED, WITNESS
from transparency.heads import public_keys, signing_key
from transparency.models import LogLeaf, TreeHead
from transparency.notes import COSIGNATURE, Checkpoint, PrivateKey

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]


def with_content(**said):
    return lambda lines: [{**lines[0], "content": {**lines[0]["content"], **said}}, *lines[1:]]


def first(**said):
    return lambda lines: [{**lines[0], **said}, *lines[1:]]


def twice(**said):
    return lambda lines: [*lines, {**lines[0], **said}]


def raw(change):
    """Change a file's bytes."""
    return lambda lines: change("\n".join(map(_line, lines)).encode() + b"\n")


def _line(said):
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, sort_keys=True)


def manifest(**said):
    return {"manifest.json": lambda one: {**one, **said}}


E, S, H = "entries.jsonl", "sponsorships.jsonl", "heads.jsonl"
DOUBTFUL = {
    "an amount that is a word": ({E: with_content(amount="much")}, "entries.jsonl, line 1, content: amount is not"),
    "an amount in other digits": ({E: with_content(amount="١٢.٠٠")}, "amount is not written as it must be"),
    "an amount with spaces": ({E: with_content(amount=" 12.00")}, "amount is not written as it must be"),
    "an amount without end": ({E: with_content(amount="1e999999999")}, "amount is not written as it must be"),
    "an amount that is none": ({E: with_content(amount="NaN")}, "amount is not written as it must be"),
    "an amount as a float": ({E: with_content(amount=12.5)}, "12.5 is no number that an archive has"),
    "a day that is none": ({E: with_content(effective_on="2026-02-30")}, "effective_on is not written as it must be"),
    "a position as text": ({E: with_content(position="1")}, "position is not written as it must be"),
    "a list for a line": ({E: lambda lines: [[1], *lines]}, "entries.jsonl, line 1: this is not written"),
    "nothing for a line": ({E: lambda lines: [None, *lines]}, "entries.jsonl, line 1: this is not written"),
    "what is not hashed": ({E: first(remark="x")}, "entries.jsonl, line 1: remark is not known here"),
    "a key missing": (
        {E: lambda lines: [{"content": lines[0]["content"], "hash": "0" * 64}]},
        "line 1: previous is missing",
    ),
    "a key twice": (
        {E: raw(lambda text: text.replace(b'"amount": ', b'"amount": "1.00", "amount": ', 1))},
        "amount is said 2 times",
    ),
    "NaN": ({E: raw(lambda text: text.replace(b'{"content"', b'{"a": NaN, "content"', 1))}, "NaN is no number"),
    "a number of 6,000 digits": (
        {E: raw(lambda text: text.replace(b'"position": 1', b'"position": ' + b"9" * 6_000, 1))},
        "is no number that an archive has",
    ),
    "brackets without end": ({E: raw(lambda text: b"[" * 200_000 + text)}, "entries.jsonl, line 1: maximum recursion"),
    "a byte-order mark": ({E: raw(lambda text: b"\xef\xbb\xbf" + text)}, "entries.jsonl, line 1: "),
    "lines that end otherwise": ({E: raw(lambda text: text.replace(b"\n", b"\r\n"))}, "not in the one form"),
    "no last line end": ({E: raw(lambda text: text[:-1])}, "not in the one form"),
    "half a letter": ({E: raw(lambda text: b'"\\ud800"\n' + text)}, "surrogates not allowed"),
    "another coding": ({E: raw(lambda text: text.decode().encode("utf-16"))}, "'utf-8' codec can't decode"),
    "a line of 65 MB": ({E: raw(lambda text: text + b" " * 68_000_000)}, "is longer than any archive's"),
    "leaves that end otherwise": ({"leaves.txt": raw(lambda text: text.replace(b"\n", b"\r\n"))}, "this is no leaf"),
    "leaves that only Python tells apart": (
        {"leaves.txt": raw(lambda text: text.replace(b"\n", "\u2028".encode()))},
        "this is no leaf",
    ),
    "a leaf without a fingerprint": ({"leaves.txt": lambda lines: [*lines, "x"]}, "this is no leaf of a log"),
    "an account twice": ({S: twice(cluster="elsewhere")}, "sponsorships.jsonl has"),
    "a truth as text": ({S: first(public="false")}, "public is not written as it must be"),
    "an agreement twice": ({"agreements.jsonl": twice()}, "agreements.jsonl has"),
    "a figure of nothing": (
        {"figures.jsonl": twice(figure=["all", "real", "agreed", "cluster x"], euros="0.00")},
        "euros is not written as it must be",
    ),
    "shares of more than all": (
        {"shares.jsonl": lambda lines: [{**lines[0], "shares": dict.fromkeys(lines[0]["shares"], "50.00")}]},
        "percent",
    ),
    "shares twice": ({"shares.jsonl": twice()}, "shares.jsonl has"),
    "a share that is none": (
        {"shares.jsonl": lambda lines: [{**lines[0], "shares": {lines[0]["lead"]: "NaN"}}]},
        "shares is not written",
    ),
    "a kind in two figures": (
        {"definitions.json": lambda said: {**said, "more": said["agreed"]}},
        "the figures agreed and more both add up agreed, cash",
    ),
    "definitions as a list": ({"definitions.json": lambda said: []}, "definitions.json: this is not written"),
    "fewer people than none": ({"intakes.jsonl": first(people=-3)}, "people is not written as it must be"),
    "an intake twice": (
        {"intakes.jsonl": lambda lines: [lines[0], {**lines[1], "intake": lines[0]["intake"]}, *lines[2:]]},
        "intakes.jsonl has",
    ),
    "a report that is a number": ({"reports.jsonl": lambda lines: [{"subject": "x", "sha256": "0" * 64, "payload": 3}]}, "payload is not written"),
    "a note that is none": ({H: first(note="hm")}, "heads.jsonl, line 1: note is not written"),
    "a size in other digits": (
        {H: lambda lines: [{**lines[0], "note": lines[0]["note"].replace("\n", "\n٢", 1)}]},
        "heads.jsonl, line 1: note is not written",
    ),
    "a witness's line that is none": ({H: first(cosignatures=["hm"])}, "cosignatures is not written"),
    "what waits and is nowhere": (
        manifest(not_logged_yet=[f"entry x/1 {'0' * 64}"]),
        "entry x/1 is said to wait for the next head, and the records have it not",
    ),
}  # fmt: skip
# The manifest is needed to read anything else.
UNREADABLE = {
    "a day that is none": manifest(on=""),
    "a day that never comes": manifest(on="2026-99-99"),
    "keys that are none": manifest(keys=["x"]),
    "keys that are numbers": manifest(keys=[5]),
    "files as numbers": manifest(files={"x": 1}),
    "more than it must": manifest(more=1),
}


@pytest.mark.each_case
def test_what_can_be_read_in_two_ways_is_refused_by_name(books):
    assert_each_is_named(DOUBTFUL)


def run(path, *more, **environment):
    command = [sys.executable, "-I", "-S", "-c", program(), str(path), *more]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}, encoding="utf-8"
    )


@pytest.mark.each_case
def test_a_damaged_zip_is_told_in_a_sentence(books, tmp_path):
    true = archive()
    files = read(true)
    at = true.index(b"entries.jsonl") + 300
    encrypted, unknown = bytearray(true), bytearray(true)
    start = -1
    while (start := true.find(b"PK\1\2", start + 1)) >= 0:
        encrypted[start + 8] |= 1
        unknown[start + 10] = 77
    cases = {
        "bytes changed": (true[:at] + b"\0\0\0\0" + true[at + 4 :], "entries.jsonl: "),
        "encrypted": (bytes(encrypted), "is encrypted"),
        "compressed otherwise": (bytes(unknown), "compression method is not supported"),
        "something after": (true + b"x", "something stands after the end of the ZIP"),
        "something before": (b"x" + true, "something stands before the ZIP"),
        "nothing": (b"", "this is no archive"),
        "another way out": (packed({**files, "../../evil.py": b"x"}), "../../evil.py is in the archive and not in"),
        "a name that prints a verdict": (packed({**files, "x\nVERIFIED": b"x"}), "x\\nVERIFIED is in the archive"),
        **{what: (forged(true, changed), "WRONG: ") for what, changed in UNREADABLE.items()},
    }
    path = tmp_path / "audit.zip"
    for what, (content, said) in cases.items():
        path.write_bytes(content)
        done = run(path)
        assert done.returncode == 1 and not done.stderr and said in done.stdout, (what, done)
        assert not any(line.startswith("VERIFIED") for line in done.stdout.splitlines()), what


def test_a_file_that_no_archive_has_is_named_though_the_manifest_lists_it(books):
    true = archive()
    for name in ("json.py", "../evil"):
        with_it = packed({**read(true), name: b"x"})
        content = forged(with_it, {name: lambda lines: b"x"})
        assert f"{name} is no file of an auditor's archive" in problems(content)
    without = {name: content for name, content in read(true).items() if name != "README.txt"}
    del_it = {"manifest.json": lambda said: {**said, "files": {k: v for k, v in said["files"].items() if k in without}}}
    assert problems(forged(packed(without), del_it)) == ["README.txt is missing"]


def test_what_is_written_in_another_form_is_read_all_the_same(books):
    true = archive()
    content = forged(true, {E: lambda lines: with_content(amount="0.01")(lines)})
    files = {
        name: b"".join(
            json.dumps(json.loads(line), separators=(",", ":")).encode() + b"\n" for line in file.splitlines()
        )
        if name.endswith(".jsonl")
        else json.dumps(json.loads(file)).encode()
        if name.endswith(".json")
        else file
        for name, file in read(content).items()
    }
    found = problems(packed(files))
    assert any("/1 was changed: its hash is that of other words" in problem for problem in found)
    for name in ("manifest.json", "definitions.json", "entries.jsonl, line 1", "heads.jsonl, line 1"):
        assert f"{name}: it is not in the one form that archives have (spaces, order, line ends)" in found
    assert "entries.jsonl is not the file that the manifest lists" in found


def test_it_prints_in_any_alphabet_that_the_terminal_has(books, tmp_path):
    path = tmp_path / "audit.zip"
    path.write_bytes(forged(archive(), {S: twice(sponsorship="é – ١"), E: with_content(kind="\x1b[2Jœ")}))
    for environment in ({"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "fr_FR.UTF-8"}, {"PYTHONUTF8": "0"}):
        # Isolated Python reads no PYTHON… variable: its streams are given by the locale.
        done = run(path, **environment)
        assert done.returncode == 1 and not done.stderr and "WRONG: " in done.stdout, done
        assert "\x1b" not in done.stdout


def test_a_key_that_is_none_is_refused_by_name(books, tmp_path):
    path = tmp_path / "audit.zip"
    path.write_bytes(archive())
    [key] = map(str, public_keys())
    for option, text in (("--key", "x"), ("--witness", "x"), ("--witness", key), ("--key", key.replace("+", "+0", 1))):
        done = run(path, option, text)
        assert done.returncode == 2 and f"argument {option}: this is no public key" in done.stderr
    assert run(path, "--key", key).returncode == 0


def test_each_witness_that_is_asked_for_must_have_signed_the_last_head(books):
    other = PrivateKey("second.example.org/log", b"s" * 32)
    keys = [str(one.public(COSIGNATURE)) for one in (WITNESS, other)]
    head = TreeHead.objects.get()
    for one in (WITNESS, other):
        head.cosignatures.create(witness=one.name, line=one.witness(head.note, 1_790_000_000), seen_at=timezone.now())
    seen = archive()
    assert problems(seen, witnesses=keys) == []
    head.cosignatures.get(witness=other.name).delete()
    [problem] = problems(archive(), witnesses=keys)
    assert problem.startswith("the last head has not the signature of the witness second.example.org/log")
    [problem] = problems(archive(), seen)
    assert "second.example.org/log at the last visit, and has it no more" in problem
    factories.make_running(parts=["7.00"])
    call_command("sign_log", verbosity=0)
    [problem] = problems(archive(), witnesses=keys[:1])
    assert f"the last that it signed has {head.size} leaves" in problem
    own = public_keys()[0]
    [problem, *_more] = problems(seen, witnesses=[str(type(own)(own.name, own.key, COSIGNATURE))])
    assert "is no witness: it is the log's own key" in problem


def test_a_new_key_of_the_log_is_believed_only_when_somebody_confirms_it(books, settings):
    [former] = public_keys()
    earlier = archive()
    settings.LOG_SIGNING_KEY, settings.LOG_FORMER_KEYS = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVybzE=", [str(former)]
    call_command("sign_log", verbosity=0)
    later, new = archive(), str(public_keys()[0])
    [problem] = problems(later, earlier)
    assert f"add --key {new}" in problem
    assert problems(later, earlier, keys=[new]) == [] == problems(later)
    # Who has stolen the former key signs with it again.
    settings.LOG_SIGNING_KEY, settings.LOG_FORMER_KEYS = CODED_SEED, [new]
    call_command("sign_log", verbosity=0)
    [problem] = problems(archive(), earlier, keys=[new])
    assert "is signed with a key that another one had followed" in problem


def test_an_entry_that_claims_an_earlier_moment_is_found(books):
    """With it, the figures as known on an earlier day would have been others. The chain and the tree are whole."""
    head = TreeHead.objects.get()
    said = Checkpoint.read(head.note)
    in_three_days = timezone.now() + datetime.timedelta(days=3)
    later = str(dataclasses.replace(said, time=f"{in_three_days:%Y-%m-%dT%H:%M:%SZ}"))
    head.note = signing_key().sign(later)
    head.save()
    assert problems(archive()) == []
    late = factories.make_running(parts=["7.00"])
    found = problems(archive())
    assert found and all(f"entry {late.reference}/" in one and "says that it was recorded on" in one for one in found)
    call_command("sign_log", verbosity=0)
    assert problems(archive()) == found


def test_what_waited_at_the_last_visit_must_have_come_into_the_log(books):
    factories.make_running(parts=["7.00"])
    earlier = archive()
    [leaf, *_more] = json.loads(read(earlier)["manifest.json"])["not_logged_yet"]
    other = f"{leaf.rsplit(' ', 1)[0]} {'0' * 64}"
    seen = forged(earlier, manifest(not_logged_yet=[other]))
    call_command("sign_log", verbosity=0)
    assert problems(archive(), earlier) == []
    [problem] = problems(archive(), seen)
    assert problem.endswith("waited for the next head at the last visit, and never came into the log")


def test_a_head_that_was_kept_from_a_mail_is_compared(books, tmp_path):
    note = TreeHead.objects.get().note
    kept = f"Good morning,\r\n\r\n{note}\r\nCathedra"
    assert problems(archive(), kept=[kept]) == []
    size = TreeHead.objects.get().size
    assert "has more than the log" in problems(archive(), kept=[kept.replace(f"\n{size}\n", f"\n{size + 1}\n")])[0]
    root = note.split("\n")[2]
    assert "has another root" in problems(archive(), kept=[kept.replace(root, "A" * 43 + "=")])[0]
    assert problems(archive(), kept=["nothing"]) == ["the head that you kept is none of this log"]


def test_a_proof_that_somebody_shows_is_compared(books, client):
    first, other, *_more = LogLeaf.objects.order_by("place")
    true = client.get(f"/log/proof/{first.sha256}?subject={first.subject}").json()
    content = archive()

    def found(**said):
        return problems(content, proofs=[json.dumps({**true, **said})])

    assert found() == []
    factories.make_running(parts=["7.00"])
    call_command("sign_log", verbosity=0)
    later = client.get(f"/log/proof/{first.sha256}?subject={first.subject}").json()
    assert problems(archive(), proofs=[json.dumps(true), json.dumps(later)]) == []
    for changed, said in (
        ({"leaf": other.text}, "does not lead from it to the root of its head"),
        ({"index": other.place}, "is of another leaf than number 1 of this log"),
        ({"size": true["size"] - 1}, "does not lead from it"),
        ({"path": true["path"][:-1]}, "does not lead from it"),
        ({"path": [*true["path"], true["path"][0]]}, "does not lead from it"),
        ({"path": []}, "does not lead from it"),
        ({"path": ["AAAA"]}, "the proof: path is not written as it must be"),
        ({"checkpoint": later["checkpoint"]}, "names a head that this log has not"),
        ({"checkpoint": "hm"}, "the proof: checkpoint is not written"),
        ({"index": 10**17}, "does not lead from it"),
    ):
        assert any(said in problem for problem in found(**changed)), (changed, found(**changed))
    for text in ("", "[]", "{}", "[" * 100_000, true["leaf"]):
        [problem] = problems(content, proofs=[text])
        assert problem.startswith("the proof: ")


def test_an_earlier_archive_of_another_log_or_a_damaged_one_is_told(books):
    true = archive()
    assert any("is of another log: x" in problem for problem in problems(true, forged(true, manifest(origin="x"))))
    damaged = packed({**read(true), "README.txt": b""})
    assert problems(true, damaged) == [
        "in the archive of the last visit, README.txt is not the file that the manifest lists"
    ]


def test_the_program_is_one_file_whose_parts_do_not_hide_each_other():
    tree = ast.parse(program())
    defined = Counter(
        name
        for node in tree.body
        for name in (
            [node.name]
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            else [target.id for target in node.targets if isinstance(target, ast.Name)]
            if isinstance(node, ast.Assign)
            else []
        )
    )
    assert [name for name, times in defined.items() if times > 1] == []
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} | {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    assert imported <= sys.stdlib_module_names
