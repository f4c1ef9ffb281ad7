"""The auditor's archive verifies with nothing but Python; whatever is forged in it is found and named."""

import datetime
import importlib.util
import json
import subprocess
import sys
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from audit.archive import PROGRAM, write_archive
from clusters.enums import Role
from figures.kept import KeptSums
from sponsorships import logged as sponsorship_logged
from sponsorships.models import LedgerEntry
from tests import factories
from tests.figures.money import shared_chair
from tests.transparency.logs import CODED_SEED, WITNESS, WITNESS_KEY
from transparency import leaves
from transparency.heads import public_keys
from transparency.models import LogLeaf, LogTile, TreeHead

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]

spec = importlib.util.spec_from_file_location("verify", PROGRAM)
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)


@pytest.fixture
def books(settings):
    """Money of a chair of its own and of one that three clusters share, under a signed head."""
    settings.LOG_SIGNING_KEY = CODED_SEED
    chair, _clusters = shared_chair("50.01", "33.33", "16.66")
    factories.make_running(parts=["20000.00", "30000.00"])
    factories.make_running(parts=["1000.01"], chair=chair)
    call_command("sign_log", verbosity=0)


def archive(**said) -> bytes:
    file = BytesIO()
    write_archive(file, said.pop("on", None) or timezone.localdate(), **said)
    return file.getvalue()


def problems(content: bytes, earlier: bytes | None = None, **said) -> list[str]:
    then = earlier and verify.Archive(BytesIO(earlier))
    return list(verify.problems_of(verify.Archive(BytesIO(content)), earlier=then, **said))


def forged(content: bytes, name: str, change) -> bytes:
    """Return the archive with a file changed, and a manifest that says so: the forger knows how it is made."""
    read, file = zipfile.ZipFile(BytesIO(content)), BytesIO()
    files = {each: read.read(each) for each in read.namelist()}
    lines = [json.loads(line) if name.endswith("l") else line for line in files[name].decode().splitlines()]
    lines = change(lines)
    files[name] = "".join((json.dumps(line) if name.endswith("l") else line) + "\n" for line in lines).encode()
    manifest = json.loads(files["manifest.json"])
    manifest["files"][name] = verify.hashlib.sha256(files[name]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w") as written:
        for each, bytes_ in files.items():
            written.writestr(each, bytes_)
    return file.getvalue()


def test_the_archive_verifies_alone_in_another_python(books, tmp_path):
    path = tmp_path / "audit.zip"
    call_command("write_audit_archive", str(path), stdout=StringIO())
    with zipfile.ZipFile(path) as taken:
        taken.extract("verify.py", tmp_path)
    # Isolated: neither this project nor any installed package is to be had.
    run = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), str(path)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"\nVERIFIED as of {timezone.localdate()}: {LogLeaf.objects.count()} leaves" in done.stdout
    path.with_name("cut.zip").write_bytes(path.read_bytes()[:-99])
    cut = subprocess.run([*run[:-1], "cut.zip"], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert cut.returncode == 1 and cut.stderr.startswith("WRONG: this is no archive"), cut.stderr
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("write_audit_archive", str(path))


def test_it_computes_what_pages_show(books):
    figures = verify.computed(verify.Archive(BytesIO(archive())))
    total = KeptSums(timezone.localdate()).only(False).total()
    assert figures["all", "real", "agreed", "nation"] == f"{total['agreed']:.2f}" == "100000.00"
    parts = [value for key, value in figures.items() if key[:3] == ("all", "real", "agreed") and "cluster" in key[3]]
    assert sum(map(verify.Decimal, parts)) == verify.Decimal("100000.00") and len(parts) == 4
    before = verify.Archive(BytesIO(archive(on=datetime.date(2000, 1, 1))))
    assert verify.computed(before) == {} == verify.stated(before)


def one_cent(lines):
    lines[1]["content"]["amount"] = f"{verify.Decimal(lines[1]['content']['amount']) + verify.CENT:.2f}"
    return lines


def chain_rewritten(lines):
    """One cent, and every hash after it made anew."""
    lines, before = one_cent(lines), {}
    for line in lines:
        account = line["content"]["sponsorship"]
        line["previous"] = before.get(account, "")
        text = json.dumps([line["previous"], line["content"]], sort_keys=True, separators=(",", ":"))
        before[account] = line["hash"] = verify.hashlib.sha256(text.encode()).hexdigest()
    return lines


FORGERIES = {
    "a cent changed": ("entries.jsonl", one_cent, "was changed: its hash is that of other words"),
    "a chain made anew": ("entries.jsonl", chain_rewritten, "in the log with another fingerprint"),
    "the last entries dropped": ("entries.jsonl", lambda lines: lines[:-2], "and its head at"),
    "an entry dropped": ("entries.jsonl", lambda lines: lines[1:], "one is missing or out of order"),
    "a leaf changed": ("leaves.txt", lambda lines: [*lines[:-1], lines[-1][:-1] + "z"], "the log was rewritten"),
    "the log cut off": ("leaves.txt", lambda lines: lines[:-1], "the end was cut off"),
    "leaves swapped": ("leaves.txt", lambda lines: [lines[1], lines[0], *lines[2:]], "the log was rewritten"),
    "heads removed": ("heads.jsonl", lambda lines: [], "no head is signed"),
    "an agreement replaced": (
        "agreements.jsonl",
        lambda lines: [{**lines[0], "sha256": "0" * 64}, *lines[1:]],
        "in the log with another fingerprint",
    ),
    "a figure changed": (
        "figures.jsonl",
        lambda lines: [{**lines[0], "euros": "1.00"}, *lines[1:]],
        "is stated as 1.00",
    ),
    "an account moved": (
        "sponsorships.jsonl",
        lambda lines: [{**line, "cluster": "elsewhere"} for line in lines],
        "cluster elsewhere is stated as 0.00",
    ),
    "shares changed": (
        "shares.jsonl",
        lambda lines: [{**line, "shares": dict.fromkeys(line["shares"], "33.33")} for line in lines],
        "and the entries come to",
    ),
}


@pytest.mark.each_case
def test_each_forgery_is_found_and_named(books):
    true = archive()
    assert problems(true) == []
    for what, (name, change, said) in FORGERIES.items():
        found = problems(forged(true, name, change))
        assert any(said in problem for problem in found), (what, found)
    file = BytesIO(true)
    with zipfile.ZipFile(file, "a") as more:
        more.writestr("more.txt", "not listed")
    assert problems(file.getvalue()) == ["more.txt is in the archive and not in its manifest"]


def test_a_shorter_tree_signed_anew_is_found_by_who_has_seen_the_longer_one(books, monkeypatch):
    """With the true key even: only an earlier archive, or a witness, tells."""
    earlier = archive()
    LogLeaf.objects.all().delete()
    LogTile.objects.all().delete()
    TreeHead.objects.all().delete()
    # As if the last account had never been.
    logged = list(sponsorship_logged.entries())[:-1]
    monkeypatch.setattr(leaves, "_SOURCES", {"entry": lambda: iter(logged), "agreement": sponsorship_logged.agreements})
    call_command("sign_log", verbosity=0)
    found = problems(archive(), earlier)
    assert any("it was made shorter" in problem for problem in found)
    assert any("that the last visit saw is gone" in problem for problem in found)


def test_a_head_signed_by_another_key_is_found(books, settings):
    [key] = public_keys()
    true = archive()
    settings.LOG_SIGNING_KEY = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVybzE="
    assert any("signed by none of the keys" in problem for problem in problems(archive()))
    assert problems(true, keys=[str(key)]) == []
    assert any("signed by none of the keys" in problem for problem in problems(true, keys=[str(public_keys()[0])]))


def test_a_witness_that_is_asked_for_must_have_signed(books):
    assert any("none of the witnesses" in problem for problem in problems(archive(), witnesses=[WITNESS_KEY]))
    head = TreeHead.objects.get()
    head.cosignatures.create(witness=WITNESS.name, line=WITNESS.witness(head.note, 1), seen_at=timezone.now())
    assert problems(archive(), witnesses=[WITNESS_KEY]) == []


def test_what_changed_since_the_last_visit_is_told(books):
    earlier = archive()
    factories.make_running(parts=["7.00"])
    call_command("sign_log", verbosity=0)
    later = archive()
    assert problems(later, earlier) == []
    told = list(verify.changes(verify.Archive(BytesIO(later)), verify.Archive(BytesIO(earlier))))
    assert "all, real, agreed, nation: 100000.00 -> 150000.00" in told
    assert told[0].startswith(
        f"{LogLeaf.objects.count() - len(verify.Archive(BytesIO(earlier)).leaves())} fingerprints"
    )


def test_what_waits_for_the_next_head_is_no_fault(books):
    factories.make_running(parts=["7.00"])
    assert LedgerEntry.objects.count() > LogLeaf.objects.filter(kind="entry").count()
    assert problems(archive()) == []


def test_the_auditor_takes_it_in_the_panel(books, client):
    client.force_login(factories.make_staff(None, Role.AUDITOR))
    page = client.get(reverse("panel_audit:archive"))
    assert str(public_keys()[0]) in page.content.decode()
    taken = client.get(reverse("panel_audit:file"), {"on": "2026-01-31"})
    assert taken["Content-Disposition"] == 'attachment; filename="cathedra-audit-2026-01-31.zip"'
    assert problems(b"".join(taken.streaming_content)) == []
    assert Path(PROGRAM).name == "verify.py"
