"""The auditor's archive verifies with nothing but Python, and says what changed since an earlier one."""

import datetime
import subprocess
import sys
import zipfile
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from audit import contents, recomputing
from clusters.enums import Role
from figures.kept import KeptSums
from sponsorships import logged as sponsorship_logged
from sponsorships.enums import Confidentiality
from sponsorships.models import KeptSum, LedgerEntry
from tests import factories
from tests.audit.archives import archive, changes, problems, verify
from tests.transparency.logs import CODED_SEED, WITNESS, WITNESS_KEY
from transparency import leaves
from transparency.heads import public_keys
from transparency.models import LogLeaf, LogTile, TreeHead

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]


@pytest.mark.exhaustive
@pytest.mark.database(long=True)
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
    assert cut.returncode == 1 and cut.stdout.startswith("WRONG: cut.zip: this is no archive"), cut
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("write_audit_archive", str(path))


def test_an_archive_is_its_owner_s_alone_and_never_half_there(books, tmp_path, monkeypatch):
    path = tmp_path / "audit.zip"
    call_command("write_audit_archive", str(path), stdout=StringIO())
    assert path.stat().st_mode & 0o777 == 0o600
    # Its README says the name, and not where the file lay.
    assert f"python -I verify.py {path.name}\n" in zipfile.ZipFile(path).read("README.txt").decode()
    monkeypatch.setattr(contents, "heads", lambda: iter([1 / 0 for _ in "x"]))
    with pytest.raises(ZeroDivisionError):
        call_command("write_audit_archive", str(tmp_path / "other.zip"))
    assert [one.name for one in tmp_path.iterdir()] == ["audit.zip"]


def test_it_computes_what_pages_show(books):
    figures = recomputing.computed(verify.Archive(BytesIO(archive())))
    total = KeptSums(timezone.localdate()).only(False).total()
    assert figures["all", "real", "agreed", "nation"] == f"{total['agreed']:.2f}" == "150000.00"
    parts = [value for key, value in figures.items() if key[:3] == ("all", "real", "agreed") and "cluster" in key[3]]
    assert sum(map(Decimal, parts)) == Decimal("150000.00") and len(parts) == 5
    counts = recomputing.counted(verify.Archive(BytesIO(archive())))
    assert counts["chairs", "real", "all"] == "3" and counts["chairs", "real", "not stated"] == "2"
    # Three intakes of 20, and three people whom each of them counts.
    assert counts["people", "real", "2025"] == "54"
    assert counts["spin-offs", "real", "2024"] == "1" == counts["start-ups", "real", "not stated"]
    before = verify.Archive(BytesIO(archive(on=datetime.date(2000, 1, 1))))
    assert recomputing.computed(before) == {} == recomputing.stated(before)


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
    assert any(
        "has not the signature of the witness" in problem for problem in problems(archive(), witnesses=[WITNESS_KEY])
    )
    head = TreeHead.objects.get()
    head.cosignatures.create(witness=WITNESS.name, line=WITNESS.witness(head.note, 1), seen_at=timezone.now())
    assert problems(archive(), witnesses=[WITNESS_KEY]) == []


def test_what_changed_since_the_last_visit_is_told(books):
    earlier = archive()
    factories.make_running(parts=["7.00"])
    call_command("sign_log", verbosity=0)
    later = archive()
    assert problems(later, earlier) == []
    told = changes(later, earlier)
    assert "all, real, agreed, nation: 150000.00 -> 200000.00" in told
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
    content = b"".join(taken.streaming_content)
    assert problems(content) == []
    assert "verify.py" in zipfile.ZipFile(BytesIO(content)).namelist()


def test_an_empty_site_and_one_whose_money_is_all_private_verify_too(settings):
    settings.LOG_SIGNING_KEY = CODED_SEED
    assert problems(archive()) == ["no head is signed: nothing says what the log was before today"]
    call_command("sign_log", verbosity=0)
    empty = archive()
    assert problems(empty) == []
    factories.make_running(parts=["7.00"], confidentiality=Confidentiality.ANONYMOUS)
    call_command("sign_log", verbosity=0)
    private = archive()
    assert problems(private, empty) == []
    assert {key[0] for key in recomputing.stated(verify.Archive(BytesIO(private)))} == {"all"}


def test_a_page_s_figure_that_is_no_sum_of_entries_is_found(books):
    """The archive states what pages show, from the same kept sums."""
    call_command("count_money", verbosity=0)
    assert problems(archive()) == []
    KeptSum.objects.filter(agreed_cash__gt=0).update(agreed_cash=F("agreed_cash") + 1)
    assert any(
        problem.startswith("the figure all, real, agreed, nation is stated as") for problem in problems(archive())
    )


def test_what_lies_beside_the_program_is_not_run(books, tmp_path):
    """As the README says it: a file in the archive's folder could otherwise take the place of a module of Python."""
    call_command("write_audit_archive", str(tmp_path / "audit.zip"), stdout=StringIO())
    with zipfile.ZipFile(tmp_path / "audit.zip") as taken:
        taken.extractall(tmp_path)
    (tmp_path / "json.py").write_text("print('VERIFIED'); raise SystemExit(0)")
    readme = (tmp_path / "README.txt").read_text("utf-8")
    _python, *command = next(line.split() for line in readme.splitlines() if line.startswith("    python"))
    (tmp_path / "audit.zip").write_bytes(b"")
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1 and done.stdout.startswith("WRONG: audit.zip"), done
