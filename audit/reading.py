"""Reads an auditor's archive strictly: what two readers could read differently is refused, with its file and line.

Each line must be exactly what `json.dumps` writes of what it says. So there are no keys twice, no other spaces or line
ends, no numbers in another form. What only has other spaces or another order is reported and still read: there may be
worse in it. The auditor's program includes this module (audit/archive.py).
"""

import base64
import hashlib
import json
import re
import zipfile
import zlib
from collections import Counter, namedtuple
from contextlib import contextmanager
from datetime import datetime

MANIFEST = "manifest.json"
# Bytes. Longer lines are refused, because each is read into memory.
MAX_LINE = 1 << 26
CHUNK = 1 << 20
# A ZIP without a comment ends with this record.
END_OF_ZIP, END_BYTES = b"PK\5\6", 22
ED25519, COSIGNATURE = 1, 4


class Malformed(Exception):
    """A file that is not as it must be; the message says which, and why."""


# --- Signed notes (C2SP: signed-note, tlog-checkpoint, tlog-cosignature).

MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
LINE = "\u2014 [!-*,-~]+ (?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\n"
NOTE = re.compile(
    rf"(([!-*,-~]+)\n(0|[1-9][0-9]{{0,17}})\n([A-Za-z0-9+/]{{43}}=)\n(?:time ({MOMENT})\n)?)\n((?:{LINE})+)"
)
# The text that is signed, the name of the log, its number of leaves, the root, the moment, and the signatures.
Head = namedtuple("Head", "text origin size root time signatures")
Key = namedtuple("Key", "name tag kind content")


def head_of(note):
    """Return the head that a note says, or None if it is no note."""
    found = NOTE.fullmatch(note)
    if found is None:
        return None
    text, origin, size, root, time, lines = found.groups()
    return Head(text, origin, int(size), base64.b64decode(root), time or "", lines.splitlines())


def key_of(text):
    """Return a public key from its form name+tag+base64, or None if it is none."""
    name, _plus, rest = text.partition("+")
    tag, _plus, coded = rest.partition("+")
    if not re.fullmatch("[!-*,-~]+", name) or not re.fullmatch("[A-Za-z0-9+/]{44}", coded):
        return None
    content = base64.b64decode(coded)
    if hashlib.sha256(name.encode() + b"\n" + content).hexdigest()[:8] != tag or content[0] not in (
        ED25519,
        COSIGNATURE,
    ):
        return None
    return Key(name, tag, content[0], content[1:])


# --- What each line says.


def is_text(said):
    return isinstance(said, str)


def is_number(said):
    return type(said) is int and said >= 0


def is_flag(said):
    return type(said) is bool


def is_like(pattern):
    compiled = re.compile(pattern)
    return lambda said: isinstance(said, str) and compiled.fullmatch(said) is not None


def is_dated(pattern):
    looks_right = is_like(pattern)

    def check(said):
        try:
            return looks_right(said) and bool(datetime.fromisoformat(said.rstrip("Z")))
        except ValueError:
            return False

    return check


def or_none(check):
    return lambda said: said is None or check(said)


def each(check, length=None):
    """Return the check of a list of a length, by default of any."""
    return lambda said: isinstance(said, list) and length in (None, len(said)) and all(map(check, said))


def each_value(check):
    return lambda said: isinstance(said, dict) and all(map(check, said.values()))


def is_key(said):
    return isinstance(said, str) and key_of(said) is not None


def is_note(said):
    return isinstance(said, str) and head_of(said) is not None


is_leaf = is_like(r"[^\s]+ [^\s]+ [0-9a-f]{64}")
is_sha256 = is_like("[0-9a-f]{64}")
is_euros = is_like(r"-?[0-9]{1,15}\.[0-9]{2}")
is_percent = is_like(r"[0-9]{1,3}(\.[0-9]{1,6})?")
is_day = is_dated("[0-9]{4}-[0-9]{2}-[0-9]{2}")

CONTENT = {
    **dict.fromkeys(("sponsorship", "kind", "contribution", "act", "reference", "method"), is_text),
    **dict.fromkeys(("position", "line"), is_number),
    **dict.fromkeys(("activity", "agreement", "instalment", "reverses"), or_none(is_number)),
    "amount": is_euros,
    "effective_on": is_day,
    "recorded_at": is_dated(MOMENT),
}


FINGERPRINT = {"subject": is_text, "sha256": is_sha256}
SHAPES = {
    "entries.jsonl": {"content": CONTENT, "previous": is_like("([0-9a-f]{64})?"), "hash": is_sha256},
    "sponsorships.jsonl": {
        **dict.fromkeys(("sponsorship", "reference", "chair", "cluster", "status"), is_text),
        **dict.fromkeys(("demonstration", "public"), is_flag),
        "position": is_number,
        "hash": is_like("([0-9a-f]{64})?"),
    },
    "shares.jsonl": {"chair": is_text, "lead": is_text, "since": is_day, "shares": each_value(is_percent)},
    "agreements.jsonl": FINGERPRINT,
    "reports.jsonl": {**FINGERPRINT, "payload": is_text},
    "heads.jsonl": {"note": is_note, "cosignatures": each(is_like(LINE))},
    "figures.jsonl": {"figure": each(is_text, 4), "euros": is_like(r"-?(?!0+\.00)[0-9]{1,15}\.[0-9]{2}")},
    "chairs.jsonl": {"record": is_text, "demonstration": is_flag, "themes": each(is_text)},
    "intakes.jsonl": {
        "record": is_text,
        **dict.fromkeys(("intake", "year", "people"), is_number),
        "demonstration": is_flag,
    },
    "overlaps.jsonl": {"record": is_number, "people": is_number, "intakes": each(is_number)},
    "start_ups.jsonl": {"record": is_text, "founded": is_text, "spin_off": is_flag, "demonstration": is_flag},
    "counts.jsonl": {"count": each(is_text, 3), "number": is_number},
    MANIFEST: {
        "origin": is_text,
        "on": is_day,
        "keys": each(is_key),
        "not_logged_yet": each(is_leaf),
        "files": each_value(is_sha256),
    },
}
DEFINITION = {"kinds": each(is_text), "contribution": is_text, "is_public": is_flag}
# The key that identifies each line of these files.
RECORDS = ("chairs.jsonl", "intakes.jsonl", "overlaps.jsonl", "start_ups.jsonl")
TOLD_ONCE = (
    *((name, "record") for name in RECORDS),
    *((name, "subject") for name in ("agreements.jsonl", "reports.jsonl")),
    ("intakes.jsonl", "intake"),
    ("sponsorships.jsonl", "sponsorship"),
    ("shares.jsonl", "chair"),
    ("figures.jsonl", "figure"),
    ("counts.jsonl", "count"),
)
FILES = {"README.txt", "verify.py", "leaves.txt", "definitions.json", MANIFEST, *SHAPES}


def check_shape(said, shape, where, may_have_more=False):
    if not isinstance(said, dict):
        raise Malformed(f"{where}: this is not written as it must be")
    for key in sorted(set(shape) | set(said)):
        if key not in said:
            raise Malformed(f"{where}: {key} is missing")
        check = shape.get(key, may_have_more)
        if not check:
            raise Malformed(f"{where}: {key} is not known here")
        if isinstance(check, dict):
            # All of it is hashed, so a later version of the site may say more.
            check_shape(said[key], check, f"{where}, {key}", may_have_more=True)
        elif check is not True and not check(said[key]):
            raise Malformed(f"{where}: {key} is not written as it must be")


def once_each(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        [(key, times)] = Counter(key for key, _value in pairs).most_common(1)
        raise ValueError(f"{key} is said {times} times")
    return found


def refuse(said):
    raise ValueError(f"{said[:20]} is no number that an archive has")


def whole(said):
    return int(said) if len(said) < 19 else refuse(said)


def parsed(content, where, indent=None):
    """Return what a text in JSON says, and whether it is written as archives are written."""
    with telling(where):
        said = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=once_each,
            parse_float=refuse,
            parse_constant=refuse,
            parse_int=whole,
        )
        written = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=indent) + "\n"
        return said, written.encode("utf-8") == content


@contextmanager
def telling(where):
    """Turn all that damaged files can raise into a sentence that says where."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        MemoryError,
        ArithmeticError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise Malformed(f"{where}: {error or type(error).__name__}") from None


class Archive:
    def __init__(self, path):
        with telling("this is no archive, or it is cut"):
            self.zip = zipfile.ZipFile(path)
        self._well_formed, self._leaves = set(), None
        # The first place in each file, as far as read, that is not written as archives are.
        self.odd_places = {}
        self.manifest = self.data(MANIFEST, indent=1)
        check_shape(self.manifest, SHAPES[MANIFEST], MANIFEST)

    def chunks(self, name):
        """Yield the bytes of a file, so that a huge one is never in memory."""
        self._open(name)
        with telling(name), self.zip.open(name) as file:
            total = 0
            for chunk in iter(lambda: file.read(CHUNK), b""):
                total += len(chunk)
                yield chunk
            if total != self.zip.getinfo(name).file_size:
                raise ValueError("it is cut")

    def lines(self, name):
        """Yield what each line says. The first reading checks how it is written."""
        for number, line in enumerate(self._raw_lines(name), 1):
            if name in self._well_formed:
                yield json.loads(line)
            else:
                said = self._parsed(name, line, f"{name}, line {number}")
                check_shape(said, SHAPES[name], f"{name}, line {number}")
                yield said
        self._well_formed.add(name)

    def data(self, name, indent=None):
        content = b"".join(self._raw_lines(name))
        if len(content) > MAX_LINE:
            raise Malformed(f"{name} is longer than any archive's")
        return self._parsed(name, content, name, indent)

    def definitions(self):
        found = self.data("definitions.json")
        if not isinstance(found, dict):
            raise Malformed("definitions.json: this is not written as it must be")
        for name, said in found.items():
            check_shape(said, DEFINITION, f"definitions.json, {name}")
        return found

    def leaves(self):
        if self._leaves is None:
            found = []
            for number, line in enumerate(self._raw_lines("leaves.txt"), 1):
                with telling(f"leaves.txt, line {number}"):
                    leaf = line.decode("utf-8")
                    if not leaf.endswith("\n") or not is_leaf(leaf[:-1]):
                        raise ValueError("this is no leaf of a log")
                found.append(leaf[:-1])
            self._leaves = found
        return self._leaves

    def heads(self):
        """Yield each head, with the signature lines of its witnesses."""
        for line in self.lines("heads.jsonl"):
            yield head_of(line["note"]), line["cosignatures"]

    def _parsed(self, name, content, where, indent=None):
        said, is_exact = parsed(content, where, indent)
        if not is_exact:
            self.odd_places.setdefault(name, where)
        return said

    def _raw_lines(self, name):
        self._open(name)
        with telling(name), self.zip.open(name) as file:
            number = 0
            for line in iter(lambda: file.readline(MAX_LINE + 1), b""):
                number += 1
                if len(line) > MAX_LINE:
                    raise ValueError(f"line {number} is longer than any archive's")
                yield line

    def _open(self, name):
        if name not in self.zip.NameToInfo:
            raise Malformed(f"{name} is missing")


def check_files(archive):
    """Compare the files with the manifest, and the ZIP itself with how archives are written."""
    listed, there = archive.manifest["files"], Counter(archive.zip.namelist())
    for name in sorted(name for name, times in there.items() if times > 1):
        yield f"{name} is in the archive more than once"
    for name in sorted(set(there) - set(listed) - {MANIFEST}):
        yield f"{name} is in the archive and not in its manifest"
    for name in sorted(set(listed) - FILES):
        yield f"{name} is no file of an auditor's archive"
    for name in sorted(FILES - set(there)):
        yield f"{name} is missing"
    for name, sha256 in sorted(listed.items()):
        if name in there and sha256_of(archive, name) != sha256:
            yield f"{name} is not the file that the manifest lists"
    with telling("the ZIP"):
        file = archive.zip.fp
        file.seek(-END_BYTES, 2)
        if not file.read().startswith(END_OF_ZIP):
            yield "something stands after the end of the ZIP"
    if min((info.header_offset for info in archive.zip.infolist()), default=0):
        yield "something stands before the ZIP"


def check_form(archive):
    """Report what the other checks, which come first, could read and is not in its one form."""
    for where in archive.odd_places.values():
        yield f"{where}: it is not in the one form that archives have (spaces, order, line ends)"


def sha256_of(archive, name):
    digest = hashlib.sha256()
    for chunk in archive.chunks(name):
        digest.update(chunk)
    return digest.hexdigest()


def check_once(archive, name, key):
    """Check that no two lines of a file are about the same."""
    seen = Counter(json.dumps(line[key]) for line in archive.lines(name))
    for record in sorted(record for record, times in seen.items() if times > 1):
        yield f"{name} has {record} more than once"
