"""What is recorded comes into the log each night, under a signed head; what was rewritten since is found."""

import base64
import html
import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from core.models.mail import OutgoingMail
from sponsorships.models import LedgerEntry
from tests import factories
from tests.days import YESTERDAY, noon_of
from tests.transparency.logs import CODED_SEED, ORIGIN, THEIRS, OtherLog
from transparency import merkle
from transparency.heads import public_keys
from transparency.leaves import Fingerprint, append_what_is_new
from transparency.models import LogLeaf, LogTile, TreeHead, WitnessedHead
from transparency.notes import COSIGNATURE, Checkpoint, PrivateKey, PublicKey, Unreadable, decode
from transparency.proofs import inclusion_of
from transparency.tiles import HASH, Tiles

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]


@pytest.fixture
def signed(settings):
    """A log with the entries of a running sponsorship, under one head."""
    settings.LOG_SIGNING_KEY = CODED_SEED
    sponsorship = factories.make_running(parts=["20000.00", "30000.00"])
    call_command("sign_log", verbosity=0)
    return sponsorship


def test_each_entry_comes_into_the_log_once_and_grows_it_in_order(signed):
    first = TreeHead.objects.get()
    assert first.size == LogLeaf.objects.count() == LedgerEntry.objects.count() + 1  # and the agreement
    other = factories.make_running(parts=["1000.00"])
    call_command("sign_log", verbosity=0)
    head = TreeHead.objects.first()
    assert head.size == LogLeaf.objects.count() > first.size
    assert set(LogLeaf.objects.filter(kind="entry").values_list("sha256", flat=True)) == set(
        LedgerEntry.objects.values_list("hash", flat=True)
    )
    assert LogLeaf.objects.filter(place__gte=first.size, subject__startswith=str(other.reference)).exists()
    call_command("check_log", stdout=StringIO())


def test_a_head_says_the_root_and_is_signed_by_the_key(signed):
    head = TreeHead.objects.get()
    leaves = [merkle.hash_leaf(leaf.text.encode()) for leaf in LogLeaf.objects.order_by("place")]
    assert head.root == merkle.root(merkle.node_of(leaves), head.size).hex()
    said = Checkpoint.read(head.note)
    assert (said.size, said.root.hex()) == (head.size, head.root) and said.time
    [key] = public_keys()
    assert key.signed(head.note)
    assert key.signed(head.note.replace(f"\n{head.size}\n", f"\n{head.size - 1}\n")) is None
    assert PublicKey.read(str(key)) == key


def test_former_keys_still_vouch_for_their_heads(signed, settings):
    [former] = public_keys()
    settings.LOG_SIGNING_KEY = base64.b64encode(b"n" * 32).decode()
    call_command("sign_log", verbosity=0)
    with pytest.raises(CommandError, match="signed by none"):
        call_command("check_log")
    settings.LOG_FORMER_KEYS = [str(former)]
    call_command("check_log", stdout=StringIO())


def test_a_night_that_is_repeated_signs_no_second_head_and_tells_auditors_nothing(signed, settings):
    settings.LOG_AUDITORS = ["auditor@audit.example.org"]
    call_command("sign_log", verbosity=0)
    assert TreeHead.objects.count() == 1 and not OutgoingMail.objects.filter(address=settings.LOG_AUDITORS[0]).exists()
    TreeHead.objects.update(signed_at=noon_of(YESTERDAY()))
    call_command("sign_log", verbosity=0)
    factories.make_running(parts=["1000.00"])
    call_command("sign_log", verbosity=0)
    assert TreeHead.objects.count() == 3
    assert OutgoingMail.objects.filter(address=settings.LOG_AUDITORS[0]).count() == 2


def test_a_log_without_a_key_grows_and_is_not_signed(settings):
    settings.LOG_SIGNING_KEY = ""
    factories.make_running(parts=["1000.00"])
    call_command("sign_log", stdout=StringIO())
    assert LogLeaf.objects.exists() and not TreeHead.objects.exists()


@pytest.mark.parametrize("forgery", ["leaf changed", "leaf dropped", "tile changed", "head changed"])
def test_what_was_rewritten_is_found_and_not_signed_over(signed, forgery):
    if forgery == "leaf changed":
        LogLeaf.objects.filter(place=0).update(sha256="0" * 64)
    elif forgery == "leaf dropped":
        LogLeaf.objects.order_by("-place").first().delete()
    elif forgery == "tile changed":
        tile = LogTile.objects.get(level=0)
        LogTile.objects.update(hashes=b"\0" * HASH + bytes(tile.hashes)[HASH:])
    else:
        TreeHead.objects.update(root="0" * 64)
    with pytest.raises(CommandError):
        call_command("check_log")
    if forgery in ("tile changed", "head changed"):
        with pytest.raises(CommandError, match="does not begin with"):
            call_command("sign_log")
        assert TreeHead.objects.count() == 1
    elif forgery == "leaf dropped":  # its record is still there, and takes its place again
        call_command("sign_log", verbosity=0)
        call_command("check_log", stdout=StringIO())
    else:
        assert call_command("sign_log", verbosity=0) is None  # heads are made of the tiles, which are the true ones


def test_an_entry_has_a_proof_that_holds(signed, client):
    entry = LedgerEntry.objects.order_by("pk").last()
    said = json.loads(client.get(reverse("transparency_machines:proof", args=[entry.hash])).content)
    head = Checkpoint.read(said["checkpoint"])
    path = [decode(one) for one in said["path"]]
    assert said["leaf"] == f"entry {signed.reference}/{entry.position} {entry.hash}"
    assert merkle.is_included(merkle.hash_leaf(said["leaf"].encode()), said["index"], head.size, path, head.root)
    assert client.get(reverse("transparency_machines:proof", args=["0" * 64])).status_code == 404
    later = factories.make_running(parts=["5.00"]).entries.last()
    assert inclusion_of(later.hash) is None


def test_programs_read_the_head_and_the_tiles_under_it(signed, client):
    head = TreeHead.objects.get()
    answer = client.get("/log/checkpoint")
    assert answer.content.decode() == head.note and answer["Content-Type"].startswith("text/plain")
    row = client.get(f"/log/tile/0/000.p/{head.size}").content
    assert row == Tiles().tile(0, 0)[: head.size * HASH] and len(row) == head.size * HASH
    for nothing in (f"x000/000.p/{head.size}", f"٠٠٠.p/{head.size}"):
        assert client.get(f"/log/tile/0/{nothing}").status_code == 404
    for nothing in ("000", f"000.p/{head.size + 1}", "000.p/0", "001.p/1", "x001/000"):
        assert client.get(f"/log/tile/0/{nothing}").status_code == 404


def test_the_page_shows_heads_keys_and_what_the_log_is(signed, client):
    page = client.get(reverse("transparency:log")).content.decode()
    assert TreeHead.objects.get().root in page and str(public_keys()[0]) in page
    TreeHead.objects.all().delete()
    assert "No head has been signed yet" in client.get(reverse("transparency:log")).content.decode()


def test_each_auditor_gets_the_head_by_mail(settings):
    settings.LOG_SIGNING_KEY, settings.LOG_AUDITORS = CODED_SEED, ["auditor@audit.example.org"]
    call_command("sign_log", verbosity=0)
    sent = OutgoingMail.objects.get(address="auditor@audit.example.org")
    # Lines of a mail are wrapped at spaces.
    assert " ".join(TreeHead.objects.get().note.split()) in " ".join(sent.text.split())


def test_a_head_is_signed_and_told_to_every_auditor_or_neither(settings):
    settings.LOG_SIGNING_KEY, settings.LOG_AUDITORS = CODED_SEED, ["auditor@audit.example.org", None]
    with pytest.raises(IntegrityError):
        call_command("sign_log", verbosity=0)
    assert not TreeHead.objects.exists() and not OutgoingMail.objects.filter(occasion="transparency/head").exists()
    settings.LOG_AUDITORS = ["auditor@audit.example.org", "second@audit.example.org"]
    call_command("sign_log", verbosity=0)
    assert OutgoingMail.objects.filter(occasion="transparency/head").count() == 2


def test_tiles_hold_trees_of_any_size(db):
    leaves = [merkle.hash_leaf(str(number).encode()) for number in range(600)]
    tiles = Tiles()
    size = tiles.append(leaves[:300], 0)
    tiles.save()
    later = Tiles()
    assert later.append(leaves[300:], size) == 600
    later.save()
    for size in (1, 255, 256, 257, 512, 599, 600):
        assert merkle.root(Tiles().node, size) == merkle.root(merkle.node_of(leaves), size)
    with pytest.raises(LookupError):
        merkle.root(Tiles().node, 601)


@pytest.fixture
def long_log(monkeypatch):
    """A log of more leaves than a tile has."""
    many = [Fingerprint("entry", f"a/{number}", f"{number:064x}") for number in range(300)]
    monkeypatch.setattr("transparency.leaves._SOURCES", {"entry": lambda: iter(many)})
    append_what_is_new()
    assert set(LogTile.objects.values_list("level", "number")) == {(0, 0), (0, 1), (1, 0)}
    call_command("check_log", stdout=StringIO())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        # The tree's root is read from the tile above it, and is right all the same.
        (lambda: LogTile.objects.filter(level=0, number=0).update(hashes=b"\0" * HASH * 256), "tile 0/0"),
        (lambda: LogTile.objects.filter(level=0, number=1).delete(), "tile 0/1"),
        (lambda: LogTile.objects.filter(level=1).update(hashes=b"\0" * HASH), "tile 1/0"),
        (lambda: LogTile.objects.create(level=1, number=1, hashes=b"\0" * HASH), "tile 1/1"),
    ],
    ids=["leaves", "lost", "above", "too many"],
)
def test_each_tile_that_the_leaves_do_not_make_is_named(long_log, change, complaint):
    change()
    with pytest.raises(CommandError) as raised:
        call_command("check_log")
    assert str(raised.value) == f"{complaint} is not made of the leaves"


# --- Witnesses


def ask(client, body: str):
    return client.post("/log/add-checkpoint", body, content_type="text/plain")


@pytest.fixture
def other(settings):
    """Another site's log, which this one witnesses."""
    settings.LOG_SIGNING_KEY, settings.LOG_WITNESSED = CODED_SEED, [str(THEIRS.public())]
    return OtherLog()


def test_another_log_is_witnessed_as_it_grows(other, client):
    for old, size in ((0, 5), (5, 5), (5, 33)):
        answer = ask(client, other.request(old, size))
        assert answer.status_code == 200
        key = PrivateKey(public_keys()[0].name, base64.b64decode(CODED_SEED)).public(COSIGNATURE)
        assert abs(key.signed(other.head(size) + answer.content.decode()) - timezone.now().timestamp()) < 60
    assert WitnessedHead.objects.get().size == 33


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("shorter", 409),
        ("rewritten", 422),
        ("same size, rewritten", 409),
        ("unknown", 404),
        ("other key", 403),
        ("nonsense", 400),
        ("a signature that is none", 400),
        ("too long", 400),
    ],
)
def test_what_does_not_continue_the_log_is_not_witnessed(other, client, settings, what, status):
    assert ask(client, other.request(0, 20)).status_code == 200
    body = {
        "shorter": lambda: other.request(0, 10),
        "rewritten": lambda: OtherLog("x").request(20, 30),
        "same size, rewritten": lambda: OtherLog("x").request(20, 20),
        "unknown": lambda: other.request(20, 30).replace(ORIGIN, "nobody.example.org"),
        "other key": lambda: other.request(20, 30, key=PrivateKey(ORIGIN, b"z" * 32)),
        "nonsense": lambda: "old x\n\nnothing",
        "a signature that is none": lambda: other.request(20, 30).rpartition("\n\n")[0] + f"\n\n— {ORIGIN} %\n",
        "too long": lambda: other.request(20, 30) + "— x y\n" * 5_000,
    }[what]()
    answer = ask(client, body)
    assert answer.status_code == status
    if what == "shorter":
        assert answer.content == b"20\n"
    assert WitnessedHead.objects.get().size == 20


def test_a_form_is_no_head(client):
    assert client.post("/log/add-checkpoint", {"old": "0"}).status_code == 400
    assert client.post("/log/add-checkpoint", b"\xff", content_type="text/plain").status_code == 400
    assert not WitnessedHead.objects.exists()


@pytest.mark.parametrize("text", ["", "a+b+c", "a+00000000+" + "A" * 44, "no plus", str(THEIRS.public())[:-4]])
def test_what_is_no_key_is_refused(text):
    assert PublicKey.read(str(THEIRS.public())) == THEIRS.public()
    with pytest.raises(Unreadable):
        PublicKey.read(text)


def test_of_two_agreements_with_one_document_each_has_its_own_proof(settings, client):
    """A framework signed once for two chairs: its fingerprint alone would show the other agreement's leaf."""
    settings.LOG_SIGNING_KEY = CODED_SEED
    agreements = [factories.make_running(parts=["7.00"]).agreements.get() for _ in range(2)]
    call_command("sign_log", verbosity=0)
    assert agreements[0].sha256 == agreements[1].sha256
    for agreement in agreements:
        leaf = f"agreement {agreement.sponsorship.reference}/1 {agreement.sha256}"
        client.force_login(factories.make_staff(agreement.sponsorship.chair.cluster))
        page = client.get(reverse("sponsorships:agreement", args=[agreement.reference])).text
        assert leaf in page
        [link] = re.findall(r'href="(/log/proof/[^"]+)"', page)
        proof = client.get(html.unescape(link)).json()
        assert proof["leaf"] == leaf
        head, path = Checkpoint.read(proof["checkpoint"]), [decode(one) for one in proof["path"]]
        assert merkle.is_included(merkle.hash_leaf(leaf.encode()), proof["index"], head.size, path, head.root)
    assert client.get(f"/log/proof/{agreements[0].sha256}?subject=another/1").status_code == 404
    assert client.get(f"/log/proof/{agreements[0].sha256}?subject=%00").status_code in (400, 404)
