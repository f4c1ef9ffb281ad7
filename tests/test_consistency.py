"""What no single test sees: that the parts of the project still say the same."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.template import engines

BASE_DIR = Path(settings.BASE_DIR)
TEMPLATES_DIR = BASE_DIR / "templates"
APPS = sorted(path.parent for path in BASE_DIR.glob("*/apps.py"))
# Django asks for these by name when something is wrong.
ERROR_PAGES = {"400.html", "403.html", "404.html", "410.html", "429.html", "500.html", "503.html"}
READERS = "number|choice|contact|networks|line|licence|folder|public_keys|texts"
READ_VARIABLE = re.compile(rf"""(?:read\(\s*"\w+",\s*|environ\.get\(|environ\[|\b(?:{READERS})\(\s*)"([A-Z_]+)\"""")
# Not what is said of the past: the changelog, and reports of one day.
DOCUMENTS = [
    BASE_DIR / "README.md",
    BASE_DIR / "CONTRIBUTING.md",
    *BASE_DIR.glob("docs/*.md"),
    *BASE_DIR.glob("docs/decisions/*.md"),
    *BASE_DIR.glob("data/*.md"),
]
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:home|root|Users|mnt|workspace|work)/\w")


def our_files() -> list[Path]:
    """Every file that is written by hand, wherever the tests run: there may be no version control."""
    tops = [path for path in BASE_DIR.iterdir() if path.name == ".ci" or path.name[0] != "." and path.name != "var"]
    files = [file for top in tops for file in ([top] if top.is_file() else top.rglob("*"))]
    return sorted(file for file in files if file.is_file() and file.suffix not in {".pyc", ".mo"})


@pytest.mark.exhaustive(counted=True)
@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.exhaustive(counted=True)
def test_no_sentence_is_hidden_from_the_catalogue_in_another_string():
    """What stands inside an f-string is extracted by no tool, and so translated by nobody."""
    marks, read, hidden = {"_", "_t", "gettext", "gettext_lazy", "ngettext", "pgettext"}, 0, []
    texts = {path: path.read_text("utf-8") for app in APPS for path in app.rglob("*.py")}
    for path, text in texts.items():
        # To parse takes a while: nothing is marked where nothing is imported that marks.
        tree = ast.parse(text if "gettext" in text else "")
        for string in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
            read += 1
            calls = (node for node in ast.walk(string) if isinstance(node, ast.Call))
            hidden += [f"{path}:{string.lineno}" for call in calls if getattr(call.func, "id", "") in marks]
    assert read > 100
    assert hidden == []


@pytest.mark.exhaustive(counted=True)
def test_every_template_is_used():
    code = "\n".join(path.read_text("utf-8") for app in APPS for path in app.rglob("*.py"))
    code += "\n".join(path.read_text("utf-8") for path in TEMPLATES_DIR.rglob("*.*"))
    templates, unused = sorted(TEMPLATES_DIR.rglob("*.*")), []
    assert len(templates) > 200
    for path in templates:
        name = path.relative_to(TEMPLATES_DIR).as_posix()
        if name not in ERROR_PAGES and not overrides(name) and not any(f'"{word}"' in code for word in words_for(name)):
            unused.append(name)
    assert not unused


def test_what_runs_after_a_commit_and_may_fail_has_a_name():
    """Where such a function fails, Django writes its name: a partial has none, and what follows it is not run."""
    found, unnamed = 0, []
    for path in (path for app in APPS for path in app.rglob("*.py")):
        text = path.read_text("utf-8")
        if "on_commit" not in text:
            continue
        for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            if getattr(call.func, "attr", "") == "on_commit" and any(word.arg == "robust" for word in call.keywords):
                found += 1
                unnamed += [f"{path}:{call.lineno}"] if isinstance(call.args[0], ast.Call) else []
    assert found > 5 and unnamed == []


def words_for(name: str) -> list[str]:
    """What code may say to get the template: two folders are given by the code that renders them."""
    folder, _slash, rest = name.partition("/")
    match folder:
        case "mails":
            return [name, Path(name).stem, rest.removesuffix(".txt")]
        case "pages":
            return [name, rest.removesuffix(".html")]
    return [name]


def overrides(name: str) -> bool:
    """Return whether a part that we build on has a template of this name, which ours replaces."""
    engine = engines["django"].engine
    folders = [Path(folder) for loader in engine.template_loaders for folder in loader.get_dirs()]
    return any((folder / name).exists() for folder in folders if folder != TEMPLATES_DIR)


def test_every_setting_is_documented():
    documented = (BASE_DIR / "docs" / "settings.md").read_text("utf-8")
    sources = [*BASE_DIR.glob("config/*.py"), BASE_DIR / "gunicorn.conf.py"]
    names = {name for path in sources for name in READ_VARIABLE.findall(path.read_text("utf-8"))}
    assert {"SECRET_KEY", "SITE_URL", "DATABASE_URL", "EMAIL_URL", "CACHE_URL", "PORT", "SLOW_QUERY_MS"} <= names
    assert not {name for name in names if f"`{name}`" not in documented}


def test_every_part_has_its_reason():
    reasons = "\n".join(path.read_text("utf-8") for path in (BASE_DIR / "docs" / "decisions").glob("*.md")).lower()
    lines = [line for path in BASE_DIR.glob("requirements*.txt") for line in path.read_text("utf-8").splitlines()]
    parts = [re.split(r"[\[<>=~!;]", line)[0].strip().lower() for line in lines if line and line[0] not in "#-"]
    assert {"django", "pytest"} <= set(parts)
    assert not [part for part in parts if part not in reasons]


def test_every_link_between_our_documents_leads_somewhere():
    broken, targets = [], 0
    for path in our_files():
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
            targets += 1
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(BASE_DIR)} → {target}")
    assert targets > 20 and not broken


def test_every_file_that_a_document_names_is_there():
    """Where a document says a path from the root, or one of tests/ in short; a pattern or a made-up name is none."""
    tops = "|".join(sorted({path.name for path in BASE_DIR.iterdir() if path.is_dir() and path.name[0] not in "._"}))
    path = re.compile(rf"`((?:{tops})/[\w./-]+\.(?:py|html|txt|toml|json|md|css|js|service|conf|example))`")
    named = {(document, found) for document in DOCUMENTS for found in path.findall(document.read_text("utf-8"))}
    gone = [f"{document.name}: {found}" for document, found in sorted(named) if not is_there(found)]
    assert len(named) > 100 and not gone


def is_there(path: str) -> bool:
    return (BASE_DIR / path).exists() or (BASE_DIR / "tests" / path).exists()


def test_every_picture_is_shown_by_a_document():
    kept = {path.name for path in (BASE_DIR / "docs" / "screenshots").iterdir()}
    texts = "\n".join(path.read_text("utf-8") for path in our_files() if path.suffix == ".md")
    assert kept
    assert kept == set(re.findall(r"!\[[^\]]+\]\((?:docs/|\.\./)?screenshots/([^)]+)\)", texts))


def test_every_static_check_is_a_hook_before_a_commit():
    checks = re.findall(r'(?m)^check "(\w+)"', (BASE_DIR / "bin" / "quality").read_text("utf-8"))
    hooks = yaml.safe_load((BASE_DIR / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert checks
    assert [hook["entry"] for hook in hooks] == [f"bin/quality {name}" for name in checks]


@pytest.mark.exhaustive(counted=True)
def test_no_file_names_a_place_on_somebody_s_machine():
    named = []
    for path in our_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__) and (MACHINE_PATH.search(text) or f"{BASE_DIR}/" in text):
            named.append(path.relative_to(BASE_DIR).as_posix())
    assert BASE_DIR / "manage.py" in our_files() and not named


def test_modules_stay_short_enough_to_read():
    modules = [path for path in our_files() if path.suffix == ".py" and "migrations" not in path.parts]
    lengths = {path.relative_to(BASE_DIR).as_posix(): path.read_text("utf-8").count("\n") for path in modules}
    assert "manage.py" in lengths
    assert {name: length for name, length in lengths.items() if length > 400} == {}
