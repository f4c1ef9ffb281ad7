"""Counting which lines the tests take, where bin/test is asked to (MEASURE_COVERAGE)."""

import os
import sys
from contextlib import contextmanager

# What counts in this process while a test runs that is not counted: it does not give itself away then.
_stopped: list = []


@contextmanager
def uncounted():
    """Do not count what this process takes, nor the processes that it starts."""
    counter = sys.modules["coverage"].Coverage.current() if "coverage" in sys.modules else None
    if counter is None:
        yield
        return
    for_processes = os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
    counter.stop()
    _stopped.append(counter)
    try:
        yield
    finally:
        _stopped.pop().start()
        if for_processes:
            os.environ["COVERAGE_PROCESS_CONFIG"] = for_processes


@contextmanager
def counted_whoever_asks():
    """Count what is done once a run, for whichever test comes first: that one may not be counted."""
    counter = _stopped[-1] if _stopped else None
    if counter:
        counter.start()
    try:
        yield
    finally:
        if counter:
            counter.stop()
