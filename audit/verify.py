"""Verifies an auditor's archive of Cathedra: needs Python 3.8 or later, and nothing else.

    python verify.py audit.zip
    python verify.py audit.zip --since last-year.zip
    python verify.py audit.zip --key "chairs.example.org/log+1a2b3c4d+AX…" --witness "…"

It recomputes every fingerprint, the tree of the log, every amount from the ledger entries and every count from the
records, and compares them with the archive. With --since it also reports what changed since an earlier archive.
It trusts the archive on three points only, and reports changes to them: which sponsorships are public, how shared
chairs are divided, and which records exist. It exits with 0 if everything matches; otherwise it prints a sentence for
each problem and exits with 1.
"""

import argparse
import base64
import hashlib
import json
import sys
import zipfile
from collections import Counter, defaultdict
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")
DASH = "\u2014 "
# The key that identifies each line of these files.
RECORDS = ("chairs.jsonl", "intakes.jsonl", "overlaps.jsonl", "start_ups.jsonl")
TOLD_ONCE = (*((name, "record") for name in RECORDS), ("figures.jsonl", "figure"), ("counts.jsonl", "count"))


# --- Ed25519. The archive's copy has the module itself here, so that the program is one file.

from audit.ed25519 import is_signed  # noqa: E402

# --- Signed notes (C2SP: signed-note, tlog-checkpoint, tlog-cosignature).


def signed_by(key, note):
    """Return whether a key, written as name+tag+base64, signed a note."""
    name, tag, coded = key.split("+", 2)
    content = base64.b64decode(coded)
    text, _blank, lines = note.rpartition("\n\n")
    for line in lines.splitlines():
        signer, _space, said = line[len(DASH) :].rpartition(" ")
        signature = base64.b64decode(said)
        if signer != name or signature[:4].hex() != tag:
            continue
        message, signature = (text + "\n").encode(), signature[4:]
        if content[0] == 4:
            seen, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {seen}\n".encode() + message
        if is_signed(content[1:], message, signature):
            return True
    return False


def head_of(note):
    """Return the size and the root in a note."""
    lines = note.split("\n")
    return int(lines[1]), base64.b64decode(lines[2])


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


# --- The archive.


class Archive:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.manifest = json.loads(self.zip.read("manifest.json"))

    def lines(self, name):
        with self.zip.open(name) as file:
            for number, line in enumerate(file, 1):
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise ValueError(f"{name}, line {number}: {error}") from None

    def text(self, name):
        return self.zip.read(name).decode("utf-8")

    def data(self, name):
        return json.loads(self.zip.read(name))

    def leaves(self):
        return self.text("leaves.txt").splitlines()


def check_files(archive):
    listed, there = archive.manifest["files"], archive.zip.namelist()
    for name in sorted({name for name in there if there.count(name) > 1}):
        yield f"{name} is in the archive more than once"
    for name in sorted(set(there) - set(listed) - {"manifest.json"}):
        yield f"{name} is in the archive and not in its manifest"
    for name, sha256 in sorted(listed.items()):
        if name not in there:
            yield f"{name} is missing"
        elif hashlib.sha256(archive.zip.read(name)).hexdigest() != sha256:
            yield f"{name} is not the file that the manifest lists"


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


def check_leaves(archive, leaves):
    """Compare the leaves of the log with the records that they are about."""
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
        elif leaf not in known and subject.split(" ")[1] not in waiting:
            yield f"{subject} is not in the log"
    for leaf in sorted(known - records):
        yield "the log has {} {}, and the records have not".format(*leaf.split(" ")[:2])
    for line in archive.lines("reports.jsonl"):
        if hashlib.sha256(line["payload"].encode("utf-8")).hexdigest() != line["sha256"]:
            yield f"year-report {line['subject']} was changed: its fingerprint is that of other words"


def check_heads(archive, leaves, keys, witnesses):
    """Compare each head with the leaves and the previous head, and its signature with the keys."""
    notes = list(archive.lines("heads.jsonl"))
    if not notes:
        yield "no head is signed: nothing says what the log was before today"
        return
    found = roots(map(leaf_hash, leaves), [head_of(one["note"])[0] for one in notes])
    before = 0
    for one in notes:
        size, root = head_of(one["note"])
        name = f"the head of {size} leaves"
        if size > len(leaves):
            yield f"{name} has more than the log, which has {len(leaves)}: the end was cut off"
        elif found[size] != root:
            yield f"{name} has another root than the leaves: the log was rewritten"
        if size < before:
            yield f"{name} was signed after one of {before}: the log was made shorter"
        before = max(before, size)
        if one["note"].split("\n", 1)[0] != archive.manifest["origin"]:
            yield f"{name} is of another log"
        if not any(signed_by(key, one["note"]) for key in keys):
            yield f"{name} is signed by none of the keys"
    if before < len(leaves):
        yield f"{len(leaves) - before} leaves stand after the last head: nobody signed them"
    last = notes[-1]["note"] + "".join(notes[-1]["cosignatures"])
    if witnesses and not any(signed_by(key, last) for key in witnesses):
        yield "the last head has the signature of none of the witnesses"


# --- The figures.


def divided(amount, chair, shares, on):
    """Return each cluster's part of an amount: others get their percentage, rounded towards zero to the cent, the lead the rest.

    None if the chair is not shared on that day.
    """
    share = shares.get(chair)
    if share is None or share["since"] > on:
        return None
    parts = {
        cluster: (amount * Decimal(percent) / 100).quantize(CENT, ROUND_DOWN)
        for cluster, percent in share["shares"].items()
        if cluster != share["lead"]
    }
    parts[share["lead"]] = amount - sum(parts.values(), Decimal(0))
    return parts


def computed(archive):
    """Return every figure, by (what is counted, real or demonstration, measure, part), from the entries alone."""
    on, definitions = archive.manifest["on"], archive.data("definitions.json")
    shares = {line["chair"]: line for line in archive.lines("shares.jsonl")}
    accounts = {line["sponsorship"]: line for line in archive.lines("sponsorships.jsonl")}
    measures = {
        (kind, one["contribution"]): (name, one["is_public"])
        for name, one in definitions.items()
        for kind in one["kinds"]
    }
    sums = defaultdict(Decimal)
    for line in archive.lines("entries.jsonl"):
        entry = line["content"]
        measure, is_public = measures.get((entry["kind"], entry["contribution"]), (None, False))
        account = accounts.get(entry["sponsorship"])
        if measure is None or account is None or entry["effective_on"] > on:
            continue
        amount, made = Decimal(entry["amount"]), "demonstration" if account["demonstration"] else "real"
        year, month, _day = entry["effective_on"].split("-")
        parts = {"nation": amount, f"quarter {year}-{(int(month) - 1) // 3 * 3 + 1:02}-01": amount}
        by_cluster = divided(amount, account["chair"], shares, on) or {account["cluster"]: amount}
        parts.update({f"cluster {cluster}": part for cluster, part in by_cluster.items()})
        for counted in ("all", "public") if account["public"] and is_public else ("all",):
            for part, value in parts.items():
                sums[counted, made, measure, part] += value
    return {key: f"{value:.2f}" for key, value in sums.items() if value}


def stated(archive):
    return {tuple(line["figure"]): line["euros"] for line in archive.lines("figures.jsonl")}


def counted(archive):
    """Return every count, by (what is counted, real or demonstration, part), from the records alone."""
    found, years = defaultdict(int), {}
    for line in archive.lines("chairs.jsonl"):
        for part in {"all", *(line["themes"] or ["not stated"])}:
            found["chairs", made_of(line), part] += 1
    for line in archive.lines("intakes.jsonl"):
        years[line["intake"]] = "people", made_of(line), str(line["year"])
        found[years[line["intake"]]] += line["people"]
    for line in archive.lines("overlaps.jsonl"):
        # A person whom several intakes of a year count is one person.
        keys = [years[intake] for intake in line["intakes"] if intake in years]
        for key in set(keys):
            found[key] -= (keys.count(key) - 1) * line["people"]
    for line in archive.lines("start_ups.jsonl"):
        found["start-ups", made_of(line), line["founded"]] += 1
        found["spin-offs", made_of(line), line["founded"]] += line["spin_off"]
    return {key: str(number) for key, number in found.items() if number}


def made_of(line):
    return "demonstration" if line["demonstration"] else "real"


def stated_counts(archive):
    return {tuple(line["count"]): str(line["number"]) for line in archive.lines("counts.jsonl")}


def check_figures(archive):
    comparisons = (
        ("figure", "entries", "0.00", computed(archive), stated(archive)),
        ("count", "records", "0", counted(archive), stated_counts(archive)),
    )
    for what, records, nothing, found, said in comparisons:
        for key in sorted(set(found) | set(said)):
            now, then = said.get(key, nothing), found.get(key, nothing)
            if now != then:
                yield f"the {what} {', '.join(key)} is stated as {now}, and the {records} come to {then}"
    for name, key in TOLD_ONCE:
        seen = Counter(json.dumps(line[key]) for line in archive.lines(name))
        for record in sorted(record for record, times in seen.items() if times > 1):
            yield f"{name} has {record} more than once"


# --- What changed since an earlier archive.


def check_since(archive, earlier, leaves):
    """Compare the two logs: the later one must begin with all of the earlier one."""
    old = earlier.leaves()
    if len(leaves) < len(old):
        yield f"the log had {len(old)} leaves at the last visit, and has {len(leaves)}: it was made shorter"
    for place, (then, now) in enumerate(zip(old, leaves)):  # noqa: B905 - Python 3.8 knows no strict=
        if then != now:
            yield f"leaf {place} was {then.rsplit(' ', 1)[0]}, and is another: the log was rewritten since the last visit"
            break
    heads = [line["note"] for line in archive.lines("heads.jsonl")]
    for line in earlier.lines("heads.jsonl"):
        if line["note"] not in heads:
            yield f"the head of {head_of(line['note'])[0]} leaves that the last visit saw is gone"


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
    before, after = earlier.data("definitions.json"), archive.data("definitions.json")
    for name in sorted(set(before) | set(after)):
        if before.get(name) != after.get(name):
            yield f"the definition of {name} changed"
    facts = ("chair", "cluster", "demonstration", "public")
    old = {line["sponsorship"]: line for line in earlier.lines("sponsorships.jsonl")}
    for line in archive.lines("sponsorships.jsonl"):
        for fact in facts:
            if line["sponsorship"] in old and old[line["sponsorship"]][fact] != line[fact]:
                yield f"{fact} of sponsorship {line['sponsorship']}: {old[line['sponsorship']][fact]} -> {line[fact]}"
    if list(earlier.lines("shares.jsonl")) != list(archive.lines("shares.jsonl")):
        yield "the shares of chairs that several clusters fund changed"


def problems_of(archive, keys=(), witnesses=(), earlier=None):
    """Yield every problem as a sentence."""
    trusted = list(keys) or (earlier.manifest["keys"] if earlier else archive.manifest["keys"])
    leaves = archive.leaves()
    checks = [check_files(archive), check_chains(archive), check_leaves(archive, leaves)]
    checks += [check_heads(archive, leaves, trusted, witnesses), check_figures(archive)]
    if earlier is not None:
        checks.append(check_since(archive, earlier, leaves))
    for check in checks:
        yield from check


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive")
    parser.add_argument("--since", help="the archive that you verified last time")
    parser.add_argument("--key", action="append", default=[], help="a public key of the log that you trust")
    parser.add_argument(
        "--witness", action="append", default=[], help="the public key of a witness that must have signed"
    )
    said = parser.parse_args()
    try:
        archive = Archive(said.archive)
        earlier = Archive(said.since) if said.since else None
        problems = list(problems_of(archive, said.key, said.witness, earlier))
    except (OSError, zipfile.BadZipFile, LookupError, ValueError, TypeError) as error:
        sys.exit(f"WRONG: this is no archive, or a file in it is not written as it must be ({error}).")
    for problem in problems:
        print("WRONG:", problem)
    if earlier is not None:
        for change in changes(archive, earlier):
            print("since the last visit:", change)
    if not said.key and earlier is None:
        print("The key is the archive's own: give --key, or --since, to trust one that you had before.")
    if waiting := archive.manifest["not_logged_yet"]:
        print(f"{len(waiting)} records wait for the next head: their own chain alone speaks for them yet.")
    leaves, figures, counts = len(archive.leaves()), len(stated(archive)), len(stated_counts(archive))
    verdict = f"{'NOT ' if problems else ''}VERIFIED as of {archive.manifest['on']}"
    print(f"{verdict}: {leaves} leaves, {figures} figures, {counts} counts.")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
