"""A pytest plugin that imports one module with a mutant's source instead of its own."""

import json
import os
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.util import spec_from_loader
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


class _Mutant(MetaPathFinder, Loader):
    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.name = path.removesuffix(".py").replace("/", ".")

    def find_spec(self, fullname, path, target=None):
        return spec_from_loader(fullname, self, origin=str(BASE_DIR / self.path)) if fullname == self.name else None

    def exec_module(self, module):
        module.__file__ = str(BASE_DIR / self.path)
        exec(compile(self.text, module.__file__, "exec"), module.__dict__)


def pytest_collection_modifyitems(items):
    """Begin with the tests that are likely to notice, the quick ones first."""
    place = {name: number for number, name in enumerate(TOLD["first"])}
    items.sort(key=lambda item: place.get(item.nodeid, len(place)))


TOLD = json.loads(Path(os.environ["MUTANT"]).read_text("utf-8"))
sys.meta_path.insert(0, _Mutant(TOLD["path"], TOLD["text"]))
