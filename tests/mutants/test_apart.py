"""`make mutants` typesets apart: a fork of a process in which typst has threads would wait for them for ever."""

import subprocess
import sys

from mutants.trying import BASE_DIR

# In a process of its own: another test may have typeset in this one.
FORKED = """
import os
import django
django.setup()
from mutants.apart import typeset_apart
from sponsorships.agreements.typesetting import Unprintable, typeset
from tests.sponsorships.agreements.test_typesetting import AT, document

with typeset_apart():
    made = typeset(document(), AT)
    try:
        typeset(document(subtitle="日"), AT)
    except Unprintable as error:
        print(error.signs)
if not os.fork():
    os._exit(typeset(document(), AT) != made)
print(made[:5].decode(), os.wait()[1])
"""


def test_a_fork_typesets_too():
    run = [sys.executable, "-c", FORKED]
    done = subprocess.run(run, cwd=BASE_DIR, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout.split() == ["日", "%PDF-", "0"], done.stderr
