"""Reads the settings that differ between machines, and refuses nonsense with a sentence."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "[::1]", "::1"}
# Below this, a signing key can be guessed (Django's own check draws the line here).
SECRET_KEY_MIN_LENGTH = 50

env = Env()


def read(reader: str, name: str, *args, **kwargs):
    """Answer `env.<reader>(name)`; raise ImproperlyConfigured with a sentence if it cannot be read."""
    try:
        return getattr(env, reader)(name, *args, **kwargs)
    except (EnvError, ValueError, KeyError) as error:
        reason = str(error).strip("'\"")
        raise ImproperlyConfigured(f"the environment variable {name} is missing or unusable ({reason}).") from error


def secret_key() -> str:
    """Answer SECRET_KEY, at least SECRET_KEY_MIN_LENGTH characters long."""
    key = read("str", "SECRET_KEY")
    if len(key) < SECRET_KEY_MIN_LENGTH:
        raise ImproperlyConfigured(f"SECRET_KEY must have at least {SECRET_KEY_MIN_LENGTH} characters.")
    return key


def site_url() -> str:
    """Answer SITE_URL without a trailing slash: https://, or http:// on this machine only."""
    url = read("str", "SITE_URL").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise ImproperlyConfigured(f"SITE_URL must look like https://chairs.example.org, not {url!r}.")
    if parts.scheme == "http" and (parts.hostname or "") not in LOOPBACK_HOSTS:
        raise ImproperlyConfigured("SITE_URL must use https:// anywhere but on the local machine.")
    return url


def database(default_path: Path) -> dict:
    """Answer the settings of the one database: DATABASE_URL, or SQLite at `default_path`."""
    config = read("dj_db_url", "DATABASE_URL", default=f"sqlite:///{default_path}", conn_max_age=600)
    if config.get("ENGINE") == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            # Take the write lock when the transaction begins: a lock taken half-way cannot wait its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    elif config.get("ENGINE") == "django.db.backends.postgresql":
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"connect_timeout": 5, **config.get("OPTIONS", {})}
    else:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    return config
