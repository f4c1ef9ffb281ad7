"""Witnesses answer as they like, and anybody may write to one: neither side believes the other, nor waits for ever."""

import base64
import gzip
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from config.log_keys import public_keys as keys_in_settings
from config.log_keys import witnesses as witnesses_in_settings
from tests import factories
from tests.transparency.logs import CODED_SEED, ORIGIN, THEIRS, WITNESS, WITNESS_KEY, OtherLog
from transparency import merkle, witnessing
from transparency.heads import public_keys, sign
from transparency.models import Cosignature, TreeHead, WitnessedHead
from transparency.notes import COSIGNATURE, Checkpoint, PrivateKey, PublicKey, encode

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
SEEN = 1_790_000_000


@pytest.fixture
def signed(settings):
    settings.LOG_SIGNING_KEY = CODED_SEED
    factories.make_running(parts=["20000.00"])
    call_command("sign_log", verbosity=0)
    return TreeHead.objects.get()


@pytest.fixture
def their(settings):
    """A witness at a real address. `answers` makes of each request a status, headers and a body in parts."""
    asked = []

    class Witness(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status, headers, parts = self.server.answers(asked[-1])
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for part in parts:
                    self.wfile.write(part)
            except OSError:
                pass  # the asker has gone, as it should

        do_GET = do_POST

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Witness)
    server.asked = asked
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/log/add-checkpoint"
    settings.LOG_WITNESSES = [f"{address}={WITNESS_KEY}"]
    yield server
    server.shutdown()
    server.server_close()


def line(request: str, time: int = SEEN) -> bytes:
    return WITNESS.witness(request.partition("\n\n")[2], time).encode()


def test_a_witness_is_asked_and_the_next_time_with_a_proof(signed, their, client):
    their.answers = lambda request: (200, {}, [line(request)])
    assert witnessing.ask(signed) == []
    assert client.get("/log/checkpoint").content.decode() == signed.note + Cosignature.objects.get().line
    factories.make_running(parts=["7.00"])
    assert witnessing.ask(sign()) == []
    assert their.asked[1].startswith(f"old {signed.size}\n")


def test_of_an_answer_only_the_line_that_the_witness_signed_is_kept(signed, their):
    more = b"\xe2\x80\x94 somebody.example.org " + encode(b"x" * 72).encode() + b"\n"
    their.answers = lambda request: (200, {}, [more * 12, line(request), more * 12])
    assert witnessing.ask(signed) == []
    assert Cosignature.objects.get().line == line(f"\n\n{signed.note}").decode()


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("nothing", "its signature is not by the key"),
        ("no signature", "a note is a text"),
        ("control characters", "no control characters"),
        ("another key", "its signature is not by the key"),
        ("an older head", "its signature is not by the key"),
        ("milliseconds for seconds", "the time that it says is none"),
        ("a time without end", "the time that it says is none"),
        ("huge", "longer than a signature"),
        ("a small one that unfolds", "a note is a text"),
        ("elsewhere", "302"),
        ("a size beyond ours", "it saw 999 leaves"),
        ("a size in other digits", "409"),
        ("an error", "500"),
    ],
)
def test_an_answer_that_is_no_signature_is_a_sentence_and_keeps_nothing(signed, their, what, said):
    body = {
        "nothing": lambda request: b"",
        "no signature": lambda request: b"hm",
        "control characters": lambda request: b"\xe2\x80\x94 a\0b AAAA\n" + line(request),
        "another key": lambda request: THEIRS.witness(request.partition("\n\n")[2], SEEN).encode(),
        "an older head": lambda request: WITNESS.witness("another\n\n— x AAAA\n", SEEN).encode(),
        "milliseconds for seconds": lambda request: line(request, SEEN * 1000),
        "a time without end": lambda request: line(request, 2**64 - 1),
        "huge": lambda request: b"x" * 10_000_000,
        "a small one that unfolds": lambda request: gzip.compress(b"x" * 1_000_000),
        "a size beyond ours": lambda request: b"999\n",
        "a size in other digits": lambda request: "٣\n".encode(),
    }.get(what, line)
    status = {"elsewhere": 302, "an error": 500}.get(what, 409 if "size" in what else 200)
    headers = {"Location": "/elsewhere"} if what == "elsewhere" else {}
    if "unfolds" in what:
        headers = {"Content-Encoding": "gzip"}
    their.answers = lambda request: (status, headers, [body(request)])
    [problem] = witnessing.ask(signed)
    assert "witness.example.org" in problem and said in problem
    assert not Cosignature.objects.exists()
    # Nobody is led to another address.
    assert len(their.asked) == 1


def test_an_answer_that_never_ends_is_given_up(signed, their, monkeypatch):
    monkeypatch.setattr(witnessing, "MAX_SECONDS", 0)
    their.answers = lambda request: (200, {}, iter([line(request)]))
    [problem] = witnessing.ask(signed)
    assert "does not end" in problem


def test_a_witness_that_fails_keeps_no_other_from_being_asked(signed, their, settings):
    settings.LOG_WITNESSES = [
        "http://127.0.0.1:9/log/add-checkpoint=" + str(THEIRS.public(COSIGNATURE)),
        *settings.LOG_WITNESSES,
    ]
    their.answers = lambda request: (200, {}, [line(request)])
    with pytest.raises(CommandError, match="other.example.org/log did not sign"):
        call_command("sign_log", verbosity=0)
    assert Cosignature.objects.get().witness == WITNESS.name


@pytest.fixture
def other(settings):
    settings.LOG_SIGNING_KEY, settings.LOG_WITNESSED = CODED_SEED, [str(THEIRS.public())]
    return OtherLog()


def ask(client, body: str):
    return client.post("/log/add-checkpoint", body, content_type="text/plain")


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("a size with a sign", 400),
        ("a size in other digits", 400),
        ("a size of 4,000 digits", 400),
        ("no word before the size", 400),
        ("a control character in a line of somebody else", 400),
        ("another line end", 400),
        ("more before than now", 400),
        ("hashes of another length", 400),
        ("too many hashes", 400),
        ("the proof of another tree", 422),
        ("the proof of another size", 422),
        ("a proof too long", 422),
        ("a note of before", 409),
        ("its own signature as a witness", 403),
    ],
)
def test_a_hostile_head_is_not_witnessed(other, client, what, status):
    assert ask(client, other.request(0, 20)).status_code == 200
    true, node = other.request(20, 30), merkle.node_of(other.leaves)
    first, rest = true.split("\n", 1)
    proof = true.split("\n\n", 1)[0].split("\n")[1:]

    def with_proof(*hashes):
        return "\n".join([first, *hashes, "", other.head(30)])

    body = {
        "a size with a sign": lambda: true.replace("old 20", "old +20"),
        "a size in other digits": lambda: true.replace("old 20", "old ٢٠"),
        "a size of 4,000 digits": lambda: true.replace("old 20", "old " + "2" * 4_000),
        "no word before the size": lambda: true.replace("old 20", "20"),
        "a control character in a line of somebody else": lambda: true + "— a\0b AAAA\n",
        "another line end": lambda: true.replace("\n", "\r\n"),
        "more before than now": lambda: true.replace("old 20", "old 31"),
        "hashes of another length": lambda: with_proof(encode(b"x" * 31), *proof),
        "too many hashes": lambda: with_proof(*[encode(b"x" * 32)] * 64),
        "the proof of another tree": lambda: with_proof(
            *map(encode, merkle.consistency_proof(merkle.node_of(OtherLog("x").leaves), 20, 30))
        ),
        "the proof of another size": lambda: with_proof(*map(encode, merkle.consistency_proof(node, 19, 30))),
        "a proof too long": lambda: with_proof(*proof, proof[-1]),
        "a note of before": lambda: other.request(0, 20),
        "its own signature as a witness": lambda: (
            f"{first}\n{rest.rsplit(chr(10) + chr(10), 1)[0]}\n\n" + THEIRS.witness(other.head(30), SEEN)
        ),
    }[what]()
    before = WitnessedHead.objects.get()
    assert ask(client, body).status_code == status
    after = WitnessedHead.objects.get()
    assert (after.size, after.note, after.seen_at) == (before.size, before.note, before.seen_at)
    assert ask(client, true).status_code == 200


def test_the_first_head_needs_no_proof_and_gets_none(other, client):
    body = other.request(0, 20).replace("old 0\n", f"old 0\n{encode(b'x' * 32)}\n")
    assert ask(client, body).status_code == 422
    empty = "old 0\n\n" + THEIRS.sign(str(Checkpoint(ORIGIN, 0, b"x" * 32)))
    assert ask(client, empty).status_code == 422
    assert ask(client, "old 0\n\n" + THEIRS.sign(str(Checkpoint(ORIGIN, 0, merkle.EMPTY)))).status_code == 200


def test_what_others_add_to_a_head_is_not_kept(other, client):
    true = other.request(0, 20)
    assert ask(client, true + f"— somebody.example.org {encode(b'x' * 70)}\n" * 50).status_code == 200
    seen = WitnessedHead.objects.get()
    assert seen.note == other.head(20)
    # The same again is signed again, and nothing is written.
    assert ask(client, other.request(20, 20)).status_code == 200
    assert WitnessedHead.objects.get().seen_at == seen.seen_at


def test_two_sites_that_are_witnesses_of_each_other_do_not_take_one_signature_for_the_other(other, client):
    """A log and its site as a witness share a key: what one signs is not what the other signs."""
    key = PrivateKey(public_keys()[0].name, base64.b64decode(CODED_SEED))
    answer = ask(client, other.request(0, 5)).content.decode()
    assert key.public(COSIGNATURE).signed(other.head(5) + answer)
    assert key.public().signed(other.head(5) + answer) is None


def test_a_key_of_the_wrong_kind_does_not_start(monkeypatch):
    log, of_a_witness = str(THEIRS.public()), str(THEIRS.public(COSIGNATURE))
    for name, value, read in (
        ("LOG_WITNESSED", of_a_witness, lambda: keys_in_settings("LOG_WITNESSED")),
        ("LOG_FORMER_KEYS", of_a_witness, lambda: keys_in_settings("LOG_FORMER_KEYS")),
        ("LOG_WITNESSES", f"https://witness.example.org/log/add-checkpoint={log}", witnesses_in_settings),
    ):
        monkeypatch.setenv(name, value)
        with pytest.raises(ImproperlyConfigured, match=name):
            read()
    monkeypatch.setenv("LOG_WITNESSED", log)
    assert keys_in_settings("LOG_WITNESSED") == [log] == [str(PublicKey.read(log))]
