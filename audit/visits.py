"""Compares an auditor's archive with that of an earlier visit, with heads that the auditor kept, and with printed proofs.

The auditor's program includes this module (audit/archive.py).
"""

import base64
import hashlib
import json
import re

from audit.reading import (
    RECORDS,
    check_shape,
    each,
    head_of,
    is_leaf,
    is_like,
    is_note,
    is_number,
    once_each,
    refuse,
    telling,
    whole,
)
from audit.recomputing import stated, stated_counts

FACTS = ("chair", "cluster", "demonstration", "public")
PROOF = {
    "leaf": is_leaf,
    "index": is_number,
    "size": is_number,
    "path": each(is_like("[A-Za-z0-9+/]{43}=")),
    "checkpoint": is_note,
}
KEPT = re.compile(r"^([!-*,-~]+)\n([0-9]{1,18})\n([A-Za-z0-9+/]{43}=)$", re.MULTILINE)


def check_since(archive, earlier):
    """Compare the two logs: the later one must begin with all of the earlier one."""
    before, now = earlier.manifest["origin"], archive.manifest["origin"]
    if before != now:
        yield f"the archive of the last visit is of another log: {before}"
        return
    old, leaves = earlier.leaves(), archive.leaves()
    if len(leaves) < len(old):
        yield f"the log had {len(old)} leaves at the last visit, and has {len(leaves)}: it was made shorter"
    for place, (then, now) in enumerate(zip(old, leaves)):  # noqa: B905 - Python 3.8 knows no strict=
        if then != now:
            yield f"leaf {place} was {then.rsplit(' ', 1)[0]}, and is another: the log was rewritten since the last visit"
            break
    signed = {line["note"]: line["cosignatures"] for line in archive.lines("heads.jsonl")}
    for line in earlier.lines("heads.jsonl"):
        name = f"the head of {head_of(line['note']).size} leaves"
        if line["note"] not in signed:
            yield f"{name} that the last visit saw is gone"
        for lost in sorted(set(line["cosignatures"]) - set(signed.get(line["note"], line["cosignatures"]))):
            yield f"{name} had the signature of the witness {lost.split(' ')[1]} at the last visit, and has it no more"
    known = {*leaves, *archive.manifest["not_logged_yet"]}
    for leaf in earlier.manifest["not_logged_yet"]:
        if leaf not in known:
            yield f"{leaf.rsplit(' ', 1)[0]} waited for the next head at the last visit, and never came into the log"


def check_kept(archive, kept, root_of):
    """Compare the log with a head that the auditor kept: the text of a mail, or of /log/checkpoint."""
    found = [said for said in KEPT.findall(kept.replace("\r\n", "\n")) if said[0] == archive.manifest["origin"]]
    if not found:
        yield "the head that you kept is none of this log"
    for _origin, size, root in found:
        if int(size) > len(archive.leaves()):
            yield f"the head of {size} leaves that you kept has more than the log: it was made shorter"
        elif root_of(int(size)) != root:
            yield f"the head of {size} leaves that you kept has another root: the log was rewritten since"


def check_proof(archive, text):
    """Check the proof of a receipt, an agreement or a report, as /log/proof/ gives it, and that its leaf is in this log."""
    with telling("the proof"):
        said = json.loads(text, object_pairs_hook=once_each, parse_float=refuse, parse_constant=refuse, parse_int=whole)
    check_shape(said, PROOF, "the proof")
    head, leaf, place = head_of(said["checkpoint"]), said["leaf"], said["index"]
    name = f"the proof of {leaf.rsplit(' ', 1)[0]}"
    path = [base64.b64decode(one) for one in said["path"]]
    if said["size"] != head.size or root_by(path, leaf, place, head.size) != head.root:
        yield f"{name} does not lead from it to the root of its head"
    if [leaf] != archive.leaves()[place : place + 1]:
        yield f"{name} is of another leaf than number {place} of this log"
    if said["checkpoint"] not in (line["note"] for line in archive.lines("heads.jsonl")):
        yield f"{name} names a head that this log has not"


def root_by(path, leaf, place, size):
    """Return the root to which a proof of inclusion leads (RFC 9162, 2.1.3.2), or None."""
    if place >= size:
        return None
    own, last, found = place, size - 1, hashlib.sha256(b"\x00" + leaf.encode()).digest()
    for sibling in path:
        if not last:
            return None
        if own & 1 or own == last:
            found = hashlib.sha256(b"\x01" + sibling + found).digest()
            while not own & 1 and own:
                own, last = own >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + sibling).digest()
        own, last = own >> 1, last >> 1
    return None if last else found


def changes(archive, earlier):
    """Yield the changes since the earlier archive, for the auditor to read: none is an error by itself."""
    yield f"{len(archive.leaves()) - len(earlier.leaves())} fingerprints were added since {earlier.manifest['on']}"
    for nothing, read in (("0.00", stated), ("0", stated_counts)):
        then, now = read(earlier), read(archive)
        for key in sorted(set(then) | set(now)):
            if then.get(key, nothing) != now.get(key, nothing):
                yield "{}: {} -> {}".format(", ".join(key), then.get(key, nothing), now.get(key, nothing))
    for name in RECORDS:
        old, new = ({line["record"]: line for line in one.lines(name)} for one in (earlier, archive))
        for record in sorted(set(old) | set(new), key=str):
            if record not in new:
                yield f"{name}: {record} is counted no more"
            elif record in old and old[record] != new[record]:
                yield f"{name}: {record} changed"
    before, after = earlier.definitions(), archive.definitions()
    for name in sorted(set(before) | set(after)):
        if before.get(name) != after.get(name):
            yield f"the definition of {name} changed"
    old = {line["sponsorship"]: line for line in earlier.lines("sponsorships.jsonl")}
    for line in archive.lines("sponsorships.jsonl"):
        for fact in FACTS:
            if line["sponsorship"] in old and old[line["sponsorship"]][fact] != line[fact]:
                yield f"{fact} of sponsorship {line['sponsorship']}: {old[line['sponsorship']][fact]} -> {line[fact]}"
    if list(earlier.lines("shares.jsonl")) != list(archive.lines("shares.jsonl")):
        yield "the shares of chairs that several clusters fund changed"
    for key in sorted(set(archive.manifest["keys"]) - set(earlier.manifest["keys"])):
        yield f"the log has a new key: {key}"
    if archive.manifest["files"].get("verify.py") != earlier.manifest["files"].get("verify.py"):
        yield "the program in the archive changed"
