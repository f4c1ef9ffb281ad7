"""Verifies an auditor's archive of Cathedra: needs Python 3.8 or later, and nothing else.

    python -I verify.py audit.zip
    python -I verify.py audit.zip --since last-year.zip
    python -I verify.py audit.zip --key "chairs.example.org/log+1a2b3c4d+AX…" --witness "…" --head head-of-a-mail.txt

It recomputes every fingerprint, the tree of the log, every amount from the ledger entries and every count from the
records, and compares them with the archive. With --since it also reports what changed since an earlier archive, and
with --head it compares the log with a head that you kept: the text of a nightly mail, or of /log/checkpoint. With
--proof it checks the proof of a receipt, an agreement or a report that somebody shows you.
It trusts the archive on what the log does not contain, and reports changes to it: which chair and cluster an account
belongs to, which sponsorships are public or a demonstration, how shared chairs are divided, what each figure adds up,
and which records exist. It exits with 0 if everything matches; otherwise it prints a sentence for each problem and
exits with 1.
"""

import argparse
import base64
import hashlib
import json
import sys
from bisect import bisect_right
from datetime import datetime, timedelta

from audit.ed25519 import is_signed
from audit.reading import (
    COSIGNATURE,
    ED25519,
    TOLD_ONCE,
    Archive,
    Malformed,
    check_files,
    check_form,
    check_once,
    key_of,
)
from audit.recomputing import check_counts, check_definitions, check_figures, check_shares, stated, stated_counts
from audit.visits import changes, check_kept, check_proof, check_since

# What is recorded comes into the log the same night. A long transaction and two clocks take less than this.
DELAY = timedelta(days=1)
# Names printed of what waits for the next head.
MAX_NAMED = 20


# --- Signatures.


def signature_of(key, text, line):
    """Return the moment at which a key signed a text, by a signature line; for a log, 0. None if it did not."""
    _dash, name, coded = line.split(" ")
    content = base64.b64decode(coded)
    if name != key.name or content[:4].hex() != key.tag:
        return None
    message, moment, signature = text.encode(), 0, content[4:]
    if key.kind == COSIGNATURE:
        moment, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = f"cosignature/v1\ntime {moment}\n".encode() + message
    return moment if is_signed(key.content, message, signature) else None


def is_signed_by(key, text, lines):
    return any(signature_of(key, text, line) is not None for line in lines)


# --- The tree of RFC 9162.


def leaf_hash(text):
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def roots(hashes, sizes):
    """Return the root of the tree of the first leaves for each of these sizes, in one pass."""
    found, stack = {}, []
    wanted = set(sizes)
    if 0 in wanted:
        found[0] = hashlib.sha256(b"").digest()
    for number, leaf in enumerate(hashes, 1):
        stack.append(leaf)
        rest = number
        while not rest & 1:
            right, left = stack.pop(), stack.pop()
            stack.append(hashlib.sha256(b"\x01" + left + right).digest())
            rest >>= 1
        if number in wanted:
            root = stack[-1]
            for left in reversed(stack[:-1]):
                root = hashlib.sha256(b"\x01" + left + root).digest()
            found[number] = root
    return found


# --- The ledger and the log.


def check_chains(archive):
    """Recompute the hash of each entry from its content and the previous hash, and compare the last ones with the heads."""
    ends = {}
    for line in archive.lines("entries.jsonl"):
        content = line["content"]
        account, position = content["sponsorship"], content["position"]
        before_position, before = ends.get(account, (0, ""))
        text = json.dumps([before, content], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        if position != before_position + 1:
            yield f"entry {account}/{position} does not follow entry {before_position}: one is missing or out of order"
        elif line["previous"] != before:
            yield f"entry {account}/{position} does not name the hash of the entry before it"
        elif hashlib.sha256(text.encode("ascii")).hexdigest() != line["hash"]:
            yield f"entry {account}/{position} was changed: its hash is that of other words"
        ends[account] = (position, line["hash"])
    for line in archive.lines("sponsorships.jsonl"):
        end = ends.pop(line["sponsorship"], (0, ""))
        if list(end) != [line["position"], line["hash"]]:
            yield f"account {line['sponsorship']} ends at entry {end[0]}, and its head at {line['position']}"
    for account in sorted(ends):
        yield f"account {account} has entries and no head"


def fingerprints(archive):
    """Yield the leaves that should be in the log, from the archive's own records."""
    for line in archive.lines("entries.jsonl"):
        yield f"entry {line['content']['sponsorship']}/{line['content']['position']} {line['hash']}"
    for line in archive.lines("agreements.jsonl"):
        yield f"agreement {line['subject']} {line['sha256']}"
    for line in archive.lines("reports.jsonl"):
        yield f"year-report {line['subject']} {line['sha256']}"


def check_leaves(archive):
    """Compare the leaves of the log with the records that they are about."""
    leaves = archive.leaves()
    known, subjects = set(leaves), {leaf.rsplit(" ", 1)[0] for leaf in leaves}
    if len(known) != len(leaves):
        yield "a leaf stands twice in the log"
    # What was recorded since the last night is not in the log yet.
    waiting, records = set(archive.manifest["not_logged_yet"]), set()
    for leaf in fingerprints(archive):
        records.add(leaf)
        subject = leaf.rsplit(" ", 1)[0]
        if leaf not in known and subject in subjects:
            yield f"{subject} is in the log with another fingerprint"
        elif leaf not in known and leaf not in waiting:
            yield f"{subject} is not in the log"
    for leaf in sorted(known - records):
        yield "the log has {} {}, and the records have not".format(*leaf.split(" ")[:2])
    for leaf in sorted(waiting - records):
        yield f"{leaf.rsplit(' ', 1)[0]} is said to wait for the next head, and the records have it not"
    for leaf in sorted(waiting & known):
        yield f"{leaf.rsplit(' ', 1)[0]} is said to wait for the next head, and is in the log"
    for line in archive.lines("reports.jsonl"):
        if hashlib.sha256(line["payload"].encode("utf-8")).hexdigest() != line["sha256"]:
            yield f"year-report {line['subject']} was changed: its fingerprint is that of other words"


def check_moments(archive):
    """Compare when each entry says that it was recorded with the heads signed later: each must include it."""
    places = {leaf: place for place, leaf in enumerate(archive.leaves())}
    heads = [head for head, _witnesses in archive.heads() if head.time]
    sizes = [head.size for head in heads]
    # Those of a demonstration are invented, with their moments.
    invented = {line["sponsorship"] for line in archive.lines("sponsorships.jsonl") if line["demonstration"]}
    for line in archive.lines("entries.jsonl"):
        entry = line["content"]
        account, position = entry["sponsorship"], entry["position"]
        before = bisect_right(sizes, places.get(f"entry {account}/{position} {line['hash']}", len(places)))
        if (
            before
            and account not in invented
            and moment_of(entry["recorded_at"]) + DELAY < moment_of(heads[before - 1].time)
        ):
            yield (
                f"entry {account}/{position} says that it was recorded on {entry['recorded_at']},"
                f" and the head signed on {heads[before - 1].time} has it not"
            )


def moment_of(text):
    return datetime.fromisoformat(text.rstrip("Z"))


def root_of(archive, size):
    """Return the root of the tree of the first leaves, in base64."""
    return base64.b64encode(roots(map(leaf_hash, archive.leaves()), [size])[size]).decode()


def check_heads(archive, keys):
    """Compare each head with the leaves and the previous head, and its signature with the keys."""
    heads, leaves = [head for head, _witnesses in archive.heads()], archive.leaves()
    if not heads:
        yield "no head is signed: nothing says what the log was before today"
        return
    found = roots(map(leaf_hash, leaves), [head.size for head in heads])
    before, signers = 0, []
    for head in heads:
        name = f"the head of {head.size} leaves"
        if head.size > len(leaves):
            yield f"{name} has more than the log, which has {len(leaves)}: the end was cut off"
        elif found[head.size] != head.root:
            yield f"{name} has another root than the leaves: the log was rewritten"
        if head.size < before:
            yield f"{name} was signed after one of {before}: the log was made shorter"
        before = max(before, head.size)
        if head.origin != archive.manifest["origin"]:
            yield f"{name} is of another log"
        signer = next((key for key in keys if is_signed_by(key_of(key), head.text, head.signatures)), None)
        if signer is None:
            yield f"{name} is signed by none of the keys{stranger(archive, head)}"
        elif signer in signers[:-1]:
            yield f"{name} is signed with a key that another one had followed: {signer}"
        if signer not in signers:
            signers.append(signer)
    if before < len(leaves):
        yield f"{len(leaves) - before} leaves stand after the last head: nobody signed them"


def stranger(archive, head):
    """Say which key of the archive itself signed a head, for who trusts others."""
    for key in archive.manifest["keys"]:
        if is_signed_by(key_of(key), head.text, head.signatures):
            return f" that you had before, but by one that the archive brings: add --key {key} if the log's operator confirms it"
    return ""


def check_witnesses(archive, witnesses):
    """Check that each of these witnesses signed the last head."""
    heads = list(archive.heads())
    for text in witnesses if heads else ():
        key = key_of(text)
        if any(key.content == key_of(one).content for one in archive.manifest["keys"]):
            yield f"{key.name} is no witness: it is the log's own key"
        last = next((head for head, lines in reversed(heads) if is_signed_by(key, head.text, lines)), None)
        if last != heads[-1][0]:
            other = f"the last that it signed has {last.size} leaves" if last else "nor any other"
            yield f"the last head has not the signature of the witness {key.name}: {other}"


# --- All of it.


def told(check):
    """Yield the problems that a check finds, and where it cannot go on."""
    try:
        yield from check
    except Malformed as error:
        yield str(error)
    except Exception as error:
        yield f"something in the archive is not as it must be ({type(error).__name__}: {error})"


def problems_of(archive, keys=(), witnesses=(), earlier=None, kept=(), proofs=()):
    """Yield every problem as a sentence, each once."""
    trusted = [*keys, *(earlier.manifest["keys"] if earlier else ())] or archive.manifest["keys"]
    checks = [check_files(archive), check_chains(archive), check_leaves(archive), check_moments(archive)]
    checks += [check_heads(archive, trusted), check_witnesses(archive, witnesses)]
    checks += [check_definitions(archive), check_shares(archive), check_figures(archive), check_counts(archive)]
    checks += [check_once(archive, name, key) for name, key in TOLD_ONCE]
    checks += [check_kept(archive, text, lambda size: root_of(archive, size)) for text in kept]
    checks += [check_proof(archive, text) for text in proofs]
    if earlier is not None:
        checks += [check_since(archive, earlier), of_the_last_visit(check_files(earlier))]
        checks.append(of_the_last_visit(check_form(earlier)))
    checks.append(check_form(archive))
    seen = set()
    for check in checks:
        for problem in told(check):
            if problem not in seen:
                seen.add(problem)
                yield problem


def of_the_last_visit(check):
    return (f"in the archive of the last visit, {problem}" for problem in told(check))


def say(*words):
    """Print words without what could move the cursor or end the line: they may be a forger's."""
    text = " ".join(map(str, words))
    print("".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text))


def a_key(kind, what):
    def read(text):
        key = key_of(text)
        if key is None or key.kind != kind:
            raise argparse.ArgumentTypeError(f"this is no public key of a {what}: name+tag+base64")
        return text

    return read


def own_program(archive):
    """Return whether the archive contains the very program that runs; None if it cannot be told."""
    try:
        with open(__file__, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest() == archive.manifest["files"].get("verify.py")
    except (NameError, OSError):
        return None


def said_in_the_call():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive")
    parser.add_argument("--since", help="the archive that you verified last time")
    parser.add_argument(
        "--key", action="append", default=[], type=a_key(ED25519, "log"), help="a public key of the log that you trust"
    )
    parser.add_argument(
        "--witness",
        action="append",
        default=[],
        type=a_key(COSIGNATURE, "witness"),
        help="the public key of a witness that must have signed the last head",
    )
    parser.add_argument("--head", action="append", default=[], help="a text with a head that you kept, such as a mail")
    parser.add_argument(
        "--proof", action="append", default=[], help="a proof that somebody shows you, as /log/proof/ gives it"
    )
    return parser.parse_args()


def opened(path):
    try:
        return Archive(path)
    except Malformed as error:
        say(f"WRONG: {path}: {error}")
        sys.exit(1)


def text_of(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError as error:
        say(f"WRONG: {path} cannot be read: {error.strerror}")
        sys.exit(1)


def main():
    # A terminal that lacks a letter shows its number.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    call = said_in_the_call()
    archive, earlier = opened(call.archive), opened(call.since) if call.since else None
    kept, proofs = ([text_of(path) for path in paths] for paths in (call.head, call.proof))
    problems = list(problems_of(archive, call.key, call.witness, earlier, kept, proofs))
    for problem in problems:
        say("WRONG:", problem)
    for change in told(changes(archive, earlier)) if earlier is not None else ():
        say("since the last visit:", change)
    if not call.key and earlier is None:
        say("The key is the archive's own: give --key, or --since, to trust one that you had before.")
    if own_program(archive) is False:
        say("The archive contains another verify.py than this one. Ask why, before you run that one.")
    waiting = archive.manifest["not_logged_yet"]
    for leaf in waiting[:MAX_NAMED]:
        say(f"waits for the next head, which alone can prove it: {leaf.rsplit(' ', 1)[0]}")
    if len(waiting) > MAX_NAMED:
        say(f"and {len(waiting) - MAX_NAMED} more wait for the next head.")
    if problems:
        say(f"NOT VERIFIED as of {archive.manifest['on']}: {len(problems)} problems.")
        sys.exit(1)
    leaves, figures, counts = len(archive.leaves()), len(stated(archive)), len(stated_counts(archive))
    last = [head for head, _witnesses in archive.heads()][-1]
    say(f"The last head was signed on {last.time}.")
    say(f"VERIFIED as of {archive.manifest['on']}: {leaves} leaves, {figures} figures, {counts} counts.")


if __name__ == "__main__":
    main()
