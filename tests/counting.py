"""Counting which lines the tests take, where bin/test is asked to (MEASURE_COVERAGE)."""

import os
import pkgutil
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings

# What counts in this process while a test runs that is not counted: it does not give itself away then.
_stopped: list = []


def import_all() -> None:
    """Import all modules of ours where something counts: a test that is not counted may be the first to need one.

    What a module does while it is imported would then be counted in one run and not in the next.
    """
    if "coverage" not in sys.modules or sys.modules["coverage"].Coverage.current() is None:
        return
    for config in apps.get_app_configs():
        if Path(config.path).parent != settings.BASE_DIR:
            continue
        for found in pkgutil.walk_packages([config.path], f"{config.name}."):
            if ".migrations" not in found.name:
                import_module(found.name)


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
