"""The fuzzing of `make audit`: runs each parser of user input in its own process, for an equal share of the time.

Usage: python -m fuzzing [--minutes 10] [--seed 1] [--only workbook csv]

Atheris (libFuzzer) makes the inputs, guided by the coverage of our code and of the parsers written in Python. If Atheris cannot be
installed for this Python, the command says so and fails. Inputs that it finds are kept in var/fuzzing/ and run first the next time.
"""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
KEPT = BASE_DIR / "var" / "fuzzing"
ATHERIS = "atheris==3.0.0"
# A file of this size (bytes) must be read within these seconds and this memory, or it works as an attack.
LARGEST, SECONDS, MEGABYTES = 1 << 16, 10, 1024


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for all parsers together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked, more = parser.parse_known_args()
    if asked.one:
        _fuzz(asked.one, more)
    os.nice(10)
    sys.exit(_all(asked.minutes, asked.seed, asked.only))


def _all(minutes: float, seed: int, only: list[str]) -> int:
    library = KEPT / "atheris"
    if not (library / "atheris").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(library), ATHERIS]
        if subprocess.run(command, check=False).returncode:
            print(f"{ATHERIS} cannot be installed for this Python: nothing was fuzzed.")
            return 1
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(library, folder)
        names = only or _names(environment)
        seconds = max(1, round(minutes * 60 / len(names)))
        found = [name for name in names if not _one(name, seconds, seed, environment)]
    print(f"{len(names)} readers, {seconds} seconds each; found: {', '.join(found) or 'nothing'}")
    return bool(found)


def _names(environment: dict[str, str]) -> list[str]:
    code = "import django; django.setup(); from fuzzing.targets import targets; print(*targets())"
    run = [sys.executable, "-c", code]
    return subprocess.run(run, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True).stdout.split()


def _environment(library: Path, folder: str) -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "PYTHONPATH": str(library),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": "file://",
        "VAR_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3",
    }


def _one(name: str, seconds: int, seed: int, environment: dict[str, str]) -> bool:
    """Fuzz one target, beginning with its earlier findings. Return whether nothing was found."""
    known, found = KEPT / "corpus" / name, KEPT / "found" / name
    for folder in (known, found):
        folder.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={LARGEST}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
    ]
    run = [sys.executable, "-m", "fuzzing", "--one", name, *options, str(known), str(found)]
    done = subprocess.run(run, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    tried = next((line.split()[-1] for line in said.splitlines() if "number_of_executed_units" in line), "?")
    print(f"{name}: {tried} inputs{'' if not done.returncode else ', FOUND:'}", flush=True)
    if done.returncode:
        print(said[-3000:])
    return not done.returncode


def _fuzz(name: str, options: list[str]) -> None:
    """Run libFuzzer in this process, which it ends."""
    import atheris
    import django

    from fuzzing import targets

    with atheris.instrument_imports(include=list(targets.INSTRUMENTED)):
        django.setup()
        target = targets.targets()[name]
    folder = Path(options[-2])
    for number, seed in enumerate(targets.seeds()[name]):
        (folder / f"seed-{number}").write_bytes(seed)

    def mutated(content: bytes, largest: int, seed: int) -> bytes:
        # Two times out of three mutate a member of the archive, else the archive itself.
        if targets.is_zip(content) and seed % 3:
            content = targets.repacked(content, lambda inside: atheris.Mutate(inside, largest), seed // 3)
            return content[:largest]
        return atheris.Mutate(content, largest)

    atheris.Setup([sys.argv[0], *options], target, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
