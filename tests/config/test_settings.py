"""A wrong setting stops the start: one sentence, no traceback, a non-zero exit."""

import os
import re
import runpy
import sqlite3
from contextlib import closing
from dataclasses import fields

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.legal_notice import LegalNotice
from tests.config.starting import ABSENT, GOOD, assert_is_one_sentence_about, run

OTHERS = [
    "DATABASE_URL",
    "DATABASE_REPLICA_URL",
    "REPLICA_LAG_SECONDS",
    "REPLICA_ALONE_SECONDS",
    "CACHE_URL",
    "FILES_URL",
    "DEMONSTRATION",
    "STAFF_SECOND_FACTOR",
    "PORT",
    "WEB_CONCURRENCY",
]
# Each stands for a kind; {folder} is one of the test's own, with a file in it that holds no database.
WRONG = [
    ("SECRET_KEY", ABSENT),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "a" * 60),
    ("SECRET_KEY", "12345678" * 10),
    ("SECRET_KEY", "abcdefghijkl" * 6),
    ("ALLOWED_HOSTS", ABSENT),
    ("ALLOWED_HOSTS", " , "),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "chairs.example.org,*"),
    ("ALLOWED_HOSTS", "other.example.org"),
    ("ALLOWED_HOSTS", "https://chairs.example.org"),
    ("ALLOWED_HOSTS", "chairs.example.org:443"),
    ("ALLOWED_HOSTS", ".org"),
    ("SITE_URL", ABSENT),
    ("SITE_URL", "http://chairs.example.org"),
    ("SITE_URL", "chairs.example.org"),
    ("SITE_URL", "ftp://chairs.example.org"),
    ("SITE_URL", "https://"),
    ("SITE_URL", "https://chairs.example.org/cathedra"),
    ("SITE_URL", "https://somebody:hunter2@chairs.example.org"),
    ("SITE_URL", "https://chairs.example.org:99999"),
    ("SITE_URL", "https://chairs.example.org:0"),
    ("SITE_URL", "https://chairs.example.org:port"),
    ("SITE_URL", "https://chairs.example.org?from=mail"),
    ("SITE_URL", "https://chairs.example.org#top"),
    ("SITE_URL", "https://chairs.exa mple.org"),
    ("SITE_URL", "https://[chairs.example.org"),
    ("DATABASE_URL", "banana"),
    ("DATABASE_URL", "mysql://somewhere/cathedra"),
    ("DATABASE_URL", "postgres://somewhere"),
    ("DATABASE_URL", "postgres://somewhere:99999/cathedra"),
    ("DATABASE_URL", "postgres://somewhere/cathedra?banana=1"),
    ("DATABASE_REPLICA_URL", "postgres://replica.example.org/cathedra"),
    ("REPLICA_LAG_SECONDS", "0"),
    ("REPLICA_LAG_SECONDS", "soon"),
    ("REPLICA_ALONE_SECONDS", "0"),
    ("DATABASE_URL", "postgres://somewhere/cathedra?connect_timeout=soon"),
    ("DATABASE_URL", "sqlite://:memory:"),
    ("DATABASE_URL", "sqlite:///{folder}/cathedra.sqlite3?mode=ro"),
    ("DATABASE_URL", "sqlite:///{folder}"),
    ("DATABASE_URL", "sqlite:///{folder}/no/such/folder/cathedra.sqlite3"),
    ("DATABASE_URL", "sqlite:///{folder}/file"),
    ("CACHE_URL", "banana"),
    ("CACHE_URL", "pigeon://somewhere"),
    ("CACHE_URL", "dummy://"),
    ("CACHE_URL", "file://"),
    ("CACHE_URL", "file://{folder}/file"),
    ("CACHE_URL", "pymemcache://somewhere:11211"),
    ("EMAIL_URL", ABSENT),
    ("EMAIL_URL", "banana"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "submission://user:password@"),
    ("EMAIL_URL", "smtp://mail.example.org:99999"),
    ("EMAIL_URL", "smtp://mail.example.org?timeout=soon"),
    ("EMAIL_URL", "smtp://mail.example.org?timeout=0"),
    ("EMAIL_URL", "pigeon://mail.example.org"),
    ("DEFAULT_FROM_EMAIL", "Cathedra"),
    ("DEFAULT_FROM_EMAIL", "one@example.org, two@example.org"),
    ("DEFAULT_FROM_EMAIL", "office@example.org\nBcc: all@example.org"),
    ("SECURITY_CONTACT", "security@example.org"),
    ("SECURITY_CONTACT", "mailto:"),
    ("SECURITY_CONTACT", "https://"),
    ("SECURITY_CONTACT", "https://user:hunter2@example.org/"),
    ("SECURITY_CONTACT", "https://user:with/hunter2@example.org/"),
    ("SECURITY_CONTACT", "mailto:me@example.org Expires: never"),
    ("DEMONSTRATION", "perhaps"),
    ("BEHIND_PROXY", "perhaps"),
    ("STAFF_SECOND_FACTOR", "perhaps"),
    ("PORT", "99999"),
    ("PORT", "0"),
    ("PORT", "http"),
    ("WEB_CONCURRENCY", "0"),
    ("WEB_CONCURRENCY", "-2"),
    ("WEB_CONCURRENCY", "two"),
    ("WEB_CONCURRENCY", "100000"),
    ("VAR_DIR", ""),
    ("VAR_DIR", "{folder}/file"),
    ("VAR_DIR", "{folder}/file/var"),
    ("FILES_URL", ""),
    ("FILES_URL", "/srv/files"),
    ("FILES_URL", "file://{folder}/file"),
    ("FILES_URL", "file://elsewhere/srv/files"),
    ("FILES_URL", "ftp://me:hunter2@s3.example.org/files"),
    ("FILES_URL", "s3://s3.example.org/files"),
    ("FILES_URL", "s3://me:hunter2@s3.example.org"),
    ("FILES_URL", "s3://me:hunter2@/files"),
    ("FILES_URL", "s3://me:hunter2/2@s3.example.org/files"),
    ("CACHE_URL", "redis://me:hunter2/2@127.0.0.1/0"),
    ("SITE_URL", "https://me:hunter2/2@chairs.example.org"),
    ("SITE_URL", "https://[hunter2]"),
    ("FILES_URL", "s3://me:hunter2@s3.example.org:99999/files"),
    ("FILES_URL", "s3://me:hunter2@s3.example.org/files?banana=1"),
    ("FILES_URL", "s3+http://me:hunter2@s3.example.org/files"),
    ("LOG_NAME", "the log of chairs"),
    ("LOG_NAME", "chairs+log"),
    ("LOG_SIGNING_KEY", "banana"),
    ("LOG_FORMER_KEYS", "banana"),
    ("LOG_FORMER_KEYS", "hunter2"),
    ("LOG_WITNESSES", "http://127.0.0.1.example.org/log/add-checkpoint=key"),
    ("LOG_WITNESSES", "https://[=key"),
    ("LOG_WITNESSES", "https://user:hunter2@witness.example.org/log/add-checkpoint=key"),
    ("LOG_WITNESSED", "banana"),
    ("LOG_AUDITORS", "banana"),
    ("LOG_FORMAT", "xml"),
    ("METRICS_FROM", "everywhere"),
    ("SLOW_QUERY_MS", "0"),
    ("API_REQUESTS_A_MINUTE", "0"),
    ("API_REQUESTS_A_MINUTE", "-5"),
    ("PROGRAMME_FILE", "{folder}/file"),
    ("DATA_PUBLISHER", "The office\nof the clusters"),
    ("DATA_LICENCE", ""),
    ("DATA_LICENCE", "banana"),
    ("DATA_LICENCE", "javascript:alert(1)"),
    ("DATA_LICENCE", "https://[licence"),
    ("DATA_LICENCE", "https://user:hunter2@example.org/licence"),
    ("DATA_LICENCE", "https://user:with/hunter2@example.org/licence"),
    ("ASK_REGISTRIES", "perhaps"),
    ("SEARCH_BY_MEANING", "perhaps"),
    *[(one.name.upper(), "One\nTwo") for one in fields(LegalNotice)],
    ("PUBLISHER_CONTACT", "banana"),
]
CAMPUS = {
    "SIGN_IN_WITH": "campus",
    "SIGN_IN_CAMPUS_NAME": "Campus",
    "SIGN_IN_CAMPUS_ISSUER": "https://login.campus.example/realm",
    "SIGN_IN_CAMPUS_CLIENT_ID": "cathedra",
    "SIGN_IN_CAMPUS_SECRET": "a secret of the two",
}
WRONG_PROVIDERS = [
    ("SIGN_IN_WITH", "Campus"),
    ("SIGN_IN_WITH", "campus,campus"),
    ("SIGN_IN_WITH", "new"),
    ("SIGN_IN_WITH", "campus,../etc"),
    ("SIGN_IN_CAMPUS_KIND", "saml"),
    ("SIGN_IN_CAMPUS_NAME", ABSENT),
    ("SIGN_IN_CAMPUS_NAME", " "),
    ("SIGN_IN_CAMPUS_ISSUER", ABSENT),
    ("SIGN_IN_CAMPUS_ISSUER", "http://login.campus.example"),
    ("SIGN_IN_CAMPUS_ISSUER", "login.campus.example"),
    ("SIGN_IN_CAMPUS_ISSUER", "https://me:hunter2@login.campus.example"),
    ("SIGN_IN_CAMPUS_ISSUER", "https://login.campus.example:99999"),
    ("SIGN_IN_CAMPUS_ISSUER", "https://login.campus.example/?realm=1"),
    ("SIGN_IN_CAMPUS_ISSUER", "https://login.campus.example; script-src *"),
    ("SIGN_IN_CAMPUS_CLIENT_ID", ABSENT),
    ("SIGN_IN_CAMPUS_SECRET", ABSENT),
    ("SIGN_IN_CAMPUS_SECRET", ""),
    ("SIGN_IN_CAMPUS_SECRET", "hunter2\n"),
    ("SIGN_IN_CAMPUS_DOMAINS", "@campus.example"),
    ("SIGN_IN_CAMPUS_DOMAINS", "*"),
    ("SIGN_IN_CAMPUS_SECOND_FACTOR", "a b"),
    ("SIGN_IN_CAMPUS_ORIGINS", "http://idp.campus.example"),
    ("SIGN_IN_CAMPUS_ORIGINS", "https://idp.campus.example/path"),
    ("SIGN_IN_ORCID_CLIENT_ID", ABSENT),
    ("SIGN_IN_ORCID_DOMAINS", "example.org"),
    ("SIGN_IN_PROCONNECT_LEVELS", ABSENT),
]
wrong_settings = pytest.mark.parametrize(("name", "value"), WRONG, ids=[f"{name}={value}" for name, value in WRONG])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "file").write_text("This is no database, and no folder.\n" * 100)
    return tmp_path


@wrong_settings
def test_the_settings_refuse_it(name, value, folder, monkeypatch):
    known = {"VAR_DIR": os.environ["VAR_DIR"], **GOOD, name: value and value.replace("{folder}", str(folder))}
    for variable in (*known, *OTHERS):
        monkeypatch.delenv(variable, raising=False)
    for variable, given in known.items():
        if given is not ABSENT:
            monkeypatch.setenv(variable, given)
    with pytest.raises(ImproperlyConfigured) as refused:
        runpy.run_path(str(settings.BASE_DIR / "config" / "settings.py"))
    assert_is_one_sentence_about(name, f"Cathedra cannot start: {refused.value}\n")


def test_every_setting_that_is_documented_refuses_something():
    table = (settings.BASE_DIR / "docs" / "settings.md").read_text("utf-8").partition("\n## ")[0]
    names = {name for cell in re.findall(r"(?m)^\| (`[^|]+) \|", table) for name in re.findall(r"`(\w+)`", cell)}
    assert {"SECRET_KEY", "API_REQUESTS_A_MINUTE", "HOST_PHONE"} <= names
    # Django reads this one.
    tried = {name for name, _value in [*WRONG, *WRONG_PROVIDERS]} | {"DJANGO_SETTINGS_MODULE"}
    assert names - tried == set()


def settings_with(monkeypatch, **environment) -> dict:
    """Return the settings as this environment makes them."""
    for variable in [name for name in os.environ if name.startswith("SIGN_IN_")]:
        monkeypatch.delenv(variable)
    for variable, given in {"VAR_DIR": os.environ["VAR_DIR"], **GOOD, **environment}.items():
        if given is not ABSENT:
            monkeypatch.setenv(variable, given)
    return runpy.run_path(str(settings.BASE_DIR / "config" / "settings.py"))


def of_campus(name: str) -> dict:
    """Return what describes the provider that a variable belongs to."""
    slug = name.split("_")[2].lower() if name != "SIGN_IN_WITH" else "campus"
    return {variable.replace("CAMPUS", slug.upper()): given for variable, given in CAMPUS.items()} | {
        "SIGN_IN_WITH": slug
    }


@pytest.mark.parametrize(("name", "value"), WRONG_PROVIDERS)
def test_a_provider_that_would_not_work_or_not_be_safe_is_refused(name, value, monkeypatch):
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(monkeypatch, **{**of_campus(name), name: value})
    assert_is_one_sentence_about(name, f"Cathedra cannot start: {refused.value}\n")


def test_the_content_policy_names_a_provider_where_there_is_one(monkeypatch):
    alone = settings_with(monkeypatch)
    assert alone["IDENTITY_PROVIDERS"] == {}
    assert alone["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == ["'self'"]
    more = {"SIGN_IN_CAMPUS_ORIGINS": "https://idp.campus.example", "SIGN_IN_WITH": "campus, orcid"}
    orcid = {"SIGN_IN_ORCID_CLIENT_ID": "APP-1", "SIGN_IN_ORCID_SECRET": "a secret of the two"}
    policy = settings_with(monkeypatch, **{**CAMPUS, **more, **orcid})["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    providers = ["https://login.campus.example", "https://idp.campus.example", "https://orcid.org"]
    assert policy["form-action"] == ["'self'", *providers]


@pytest.mark.parametrize(
    "value",
    [
        "banana",
        "sqlite:///var/copy.sqlite3",
        "postgres://replica.example.org",
        "postgres://db.example.org/cathedra",
        "postgres://replica.example.org/cathedra?banana=1",
    ],
)
def test_a_copy_for_reading_is_another_server_of_postgresql(value, monkeypatch):
    right = {
        "DATABASE_URL": "postgres://db.example.org/cathedra",
        "DATABASE_REPLICA_URL": "postgres://me@replica/cathedra",
    }
    assert settings_with(monkeypatch, **right)["DATABASE_REPLICA"]["HOST"] == "replica"
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(monkeypatch, **{**right, "DATABASE_REPLICA_URL": value})
    assert_is_one_sentence_about("DATABASE_REPLICA_URL", f"Cathedra cannot start: {refused.value}\n")


@pytest.mark.parametrize(("name", "value"), [("SECRET_KEY", ABSENT), ("SITE_URL", "https://chairs.example.org:99999")])
def test_the_commands_say_so(name, value):
    result = run("manage.py", "check", **{name: value})
    assert result.returncode != 0
    assert_is_one_sentence_about(name, result.stderr)


# One of each place where a setting is read; a word for WEB_CONCURRENCY stops gunicorn itself, `serve` says it better.
WHEREVER = [("DATABASE_URL", "banana"), ("PORT", "0"), ("WEB_CONCURRENCY", "0")]


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(("name", "value"), WHEREVER)
def test_the_web_server_refuses_it(name, value):
    result = run("-m", "gunicorn", **{"PORT": "8999", name: value})
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    sentence = next(line for line in result.stderr.splitlines() if line.startswith("Cathedra cannot start: "))
    assert name in sentence


@pytest.mark.each_case(of=4)
@pytest.mark.parametrize(("name", "value"), [*WHEREVER, ("WEB_CONCURRENCY", "two")])
def test_the_command_that_serves_refuses_it(name, value):
    result = run("manage.py", "serve", **{name: value})
    assert result.returncode != 0
    assert_is_one_sentence_about(name, result.stderr)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "HTTPS://Chairs.Example.org:443/"),
        ("ALLOWED_HOSTS", ".example.org"),
        ("DATABASE_URL", "postgres://somebody:secret@somewhere:5433/cathedra?sslmode=require"),
        ("EMAIL_URL", "console://"),
        ("CACHE_URL", "redis://127.0.0.1:6379/0"),
        ("FILES_URL", "file:///{folder}/files"),
        ("FILES_URL", "s3://key:sec%2Fret@s3.example.org:9000/files/cathedra?region=eu-west-3"),
        ("DATA_LICENCE", "http://creativecommons.org/licenses/by/4.0/"),
        ("API_REQUESTS_A_MINUTE", "20"),
        ("DEFAULT_FROM_EMAIL", "Équipe des chaires <office@example.org>"),
        ("SECURITY_CONTACT", "https://example.org/security"),
        ("WEB_CONCURRENCY", "8"),
    ],
)
def test_what_is_right_is_taken(name, value, folder, monkeypatch):
    given_for = value.replace("{folder}", str(folder))
    for variable, given in {"VAR_DIR": os.environ["VAR_DIR"], **GOOD, name: given_for}.items():
        monkeypatch.setenv(variable, given)
    assert runpy.run_path(str(settings.BASE_DIR / "config" / "settings.py"))["SITE_URL"] == GOOD["SITE_URL"]


def test_a_site_that_moves_can_keep_the_name_of_its_log(monkeypatch):
    assert settings_with(monkeypatch)["LOG_NAME"] == "chairs.example.org/log"
    moved = {"SITE_URL": "https://chaires.example.org", "ALLOWED_HOSTS": "chaires.example.org"}
    given = settings_with(monkeypatch, **moved, LOG_NAME="chairs.example.org/log")
    assert (given["SITE_URL"], given["LOG_NAME"]) == (moved["SITE_URL"], "chairs.example.org/log")


def test_the_data_are_published_by_the_publisher_of_the_site_unless_another_is_named(monkeypatch):
    assert settings_with(monkeypatch)["DATA_PUBLISHER"] == os.environ["PUBLISHER_NAME"]
    monkeypatch.setenv("PUBLISHER_NAME", "")
    assert settings_with(monkeypatch)["DATA_PUBLISHER"] == "chairs.example.org"
    assert settings_with(monkeypatch, DATA_PUBLISHER="Consortium")["DATA_PUBLISHER"] == "Consortium"


def test_one_setting_says_where_files_are(folder, monkeypatch):
    given = settings_with(
        monkeypatch, FILES_URL="s3://key:sec%2Fret@s3.example.org:9000/files/cathedra?region=eu-west-3"
    )
    kept, published = (given["STORAGES"][name]["OPTIONS"] for name in ("default", "published"))
    assert (kept["endpoint_url"], kept["bucket_name"]) == ("https://s3.example.org:9000", "files")
    assert (kept["access_key"], kept["secret_key"], kept["region_name"]) == ("key", "sec/ret", "eu-west-3")
    assert (kept["location"], published["location"]) == ("cathedra/media", "cathedra/public")
    given = settings_with(monkeypatch, FILES_URL=f"file://{folder}")
    assert given["MEDIA_ROOT"] == folder / "media"
    assert given["STORAGES"]["published"]["OPTIONS"]["location"] == folder / "public"
    monkeypatch.delenv("FILES_URL")
    assert settings_with(monkeypatch)["MEDIA_ROOT"] == given["VAR_DIR"] / "media"


@pytest.mark.exhaustive
def test_a_database_damaged_within_is_said_in_a_sentence(tmp_path):
    path = tmp_path / "cathedra.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE django_migrations (id integer primary key, app text, name text, applied text)")
        connection.executemany("INSERT INTO django_migrations VALUES (NULL, ?, ?, ?)", [("a" * 900, "b", "c")] * 200)
        connection.commit()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    result = run("manage.py", "migrate", DATABASE_URL=f"sqlite:///{path}")
    assert result.returncode != 0
    assert "Traceback" not in result.stderr and "Cathedra cannot use its database: " in result.stderr


@pytest.mark.exhaustive(counted=True)
def test_a_command_that_cannot_reach_its_database_says_so():
    result = run("manage.py", "migrate", DATABASE_URL="postgres://nobody@127.0.0.1:9/none")
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert "Cathedra cannot use its database: " in result.stderr


@pytest.mark.exhaustive(counted=True)
def test_a_password_never_stands_in_a_refusal():
    result = run("manage.py", "check", DATABASE_URL="mysql://user:hunter2@somewhere/cathedra")
    assert result.returncode != 0 and "DATABASE_URL" in result.stdout + result.stderr
    assert "hunter2" not in result.stdout + result.stderr
