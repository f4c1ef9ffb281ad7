"""Settings: safe for production as they stand; what differs between machines comes from the environment.

docs/settings.md lists every variable.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import (
    allowed_hosts,
    cache,
    choice,
    contact,
    database,
    log_format,
    mail,
    networks,
    number,
    port,
    read,
    replica,
    secret_key,
    sender,
    site_url,
    var_dir,
    web_concurrency,
)
from config.file_permissions import FOLDER_ONLY_OURS, ONLY_OURS, private_folder
from config.file_storages import file_storages, media_root
from config.identity_providers import identity_providers
from config.legal_notice import legal_notice
from config.log_keys import auditors, public_keys, signing_key, witnesses
from config.programme import programme, programme_file
from core.language_names import called_by_itself

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = var_dir(BASE_DIR / "var")

DEBUG = False
DEMONSTRATION = read("bool", "DEMONSTRATION", default=False)
SECRET_KEY = secret_key()
SITE_URL = site_url()
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = allowed_hosts(SITE_URL)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# For gunicorn.conf.py; read here so that nonsense stops every start.
PORT, WEB_CONCURRENCY = port(), web_concurrency()
# Who else signs people in: a university, ORCID, ProConnect. None is the rule.
IDENTITY_PROVIDERS = identity_providers()

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "config.apps.CathedraConfig",
    "config.apps.CathedraAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # Its tables are there wherever the site runs: to name a provider is a restart, and no migration. What speaks with
    # one is loaded only where one is named (accounts/identities/urls.py); the library's own providers never.
    "allauth.socialaccount",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_include_bootstrap",
    "django_htmx",
    "simple_history",
    "csp",
    "core",
    "accounts",
    "transparency",
    "django_tasks",
    "django_tasks_db",  # after core, which has a worker in the place of its own
    "clusters",
    "chairs",
    "collaborations",
    "partners",
    "lists",
    "sponsorships",
    "conversations",
    "progress",
    "figures",
    "yearly",
    "audit",
    "imports",
    "api",
    "rights",
    "portal",
    "desk",
    "demo",
]

MIDDLEWARE = [
    "core.replica.middleware.ReplicaMiddleware",  # before what is kept: of which database, it says
    "core.page_cache.PageCacheMiddleware",  # around all others: what it sends again has what they add
    "config.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",  # around the next two: redirects and static files say the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AccountLanguageMiddleware",
    "core.kept_forms.KeptFormMiddleware",  # around those that send somebody to sign in
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clusters.middleware.StaffSecondFactorMiddleware",
    "clusters.middleware.StandInMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "core.past_addresses.MovedMiddleware",
    "core.storage.KeptFilesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Our `csrf_token` says, too, for whom a form was written; our `truncatewords` keeps spaces that do not break.
            "builtins": ["core.templatetags.form_token", "core.templatetags.words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "core.form_renderer.FormRenderer"
# Django 6's default, taken early: an address typed without its scheme is an https one.
FORMS_URLFIELD_ASSUME_HTTPS = True

DATABASES = {"default": database(VAR_DIR / "cathedra.sqlite3")}
# A copy that follows, for public pages: None where there is none (docs/decisions/replica.md).
DATABASE_REPLICA = replica(DATABASES["default"])
REPLICA_LAG_SECONDS = number("REPLICA_LAG_SECONDS", default=10, most=600)
REPLICA_ALONE_SECONDS = number("REPLICA_ALONE_SECONDS", default=24 * 60 * 60, most=30 * 24 * 60 * 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache()}

# Accounts: an e-mail address signs in, with a password or an e-mailed code.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
SESSION_ENGINE = "accounts.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "chairs:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# As long as the sign-in that waits for it: the mail passes through the outbox, and may wait for a mail server.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
# Whoever changes a password, an address or a factor gives theirs again, and the owner is told.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.identities.adapter.IdentityAdapter"
# One address asks so often whether a file is an agreement; signing in has the library's own limits.
ACCOUNT_RATE_LIMITS = {
    "check_agreement": "30/m/ip",
    "ask_alert": "20/h/ip",
    # Each makes a session, for somebody who has none.
    "begin_proposal": "20/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Where the site has no https, as at localhost, a browser says an origin of http.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ADAPTER = "accounts.adapter.FactorAdapter"
MFA_TOTP_ISSUER = "Cathedra"
MFA_FORMS = {
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "login_webauthn": "accounts.forms.LoginByPasskeyForm",
    "authenticate_webauthn": "accounts.forms.AuthenticateByPasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.ReauthenticateByPasskeyForm",
}
# Nobody is signed in whose address is not verified; a second address that waits must not keep staff from their factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
STAFF_SECOND_FACTOR = choice(
    "STAFF_SECOND_FACTOR", "required", "not asked", default="not asked" if DEMONSTRATION else "required"
)

# Whose site it is: the country, its languages, what its clusters are called (docs/another-programme.md).
PROGRAMME_FILE = programme_file(BASE_DIR / "data" / "clusters.json")
PROGRAMME = programme(PROGRAMME_FILE)

# Languages: gettext for our words, in as many as the programme has; modeltranslation for the records' own, which have a
# column for each. Who reads a third one reads these in the first that is written.
LANGUAGE_CODE = "en"
LANGUAGE_NAMES = {"en": _("English"), "fr": _("French")}
LANGUAGES = [
    (code, LANGUAGE_NAMES[code] if code in LANGUAGE_NAMES else called_by_itself(code)) for code in PROGRAMME.languages
]
MODELTRANSLATION_LANGUAGES = ("en", "fr")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "fr")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = PROGRAMME.time_zone
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# What browsers ask for at the top of a site without being told: /favicon.ico and the like.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
# Kept files and the file of public data: in folders, or in a store that several machines reach.
STORAGES = {
    **file_storages(VAR_DIR),
    "staticfiles": {"BACKEND": "core.static_files.StaticFiles"},
}
MEDIA_ROOT = media_root(VAR_DIR)
FILE_UPLOAD_PERMISSIONS = ONLY_OURS
FILE_UPLOAD_DIRECTORY_PERMISSIONS = FOLDER_ONLY_OURS

# Who keeps the money of chairs (chairs/funding.py): an app above them, so no import can name it there.
CHAIR_FUNDING = "sponsorships.chair_funding"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Mail: written to the outbox in the transaction that causes it, sent by the worker.
email = mail(default="file://" if DEMONSTRATION else None)
EMAIL_BACKEND = email["EMAIL_BACKEND"]
EMAIL_HOST = email["EMAIL_HOST"]
EMAIL_PORT = email["EMAIL_PORT"]
EMAIL_HOST_USER = email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = email["EMAIL_TIMEOUT"] or 20
EMAIL_FILE_PATH = VAR_DIR / "mail"
if EMAIL_BACKEND.endswith("filebased.EmailBackend"):
    private_folder(EMAIL_FILE_PATH, "VAR_DIR")
DEFAULT_FROM_EMAIL = sender(default=f"Cathedra <no-reply@{urlsplit(SITE_URL).hostname}>")
# Where to report a vulnerability: the mailbox that RFC 2142 reserves, unless another is set.
SECURITY_CONTACT = contact("SECURITY_CONTACT", default=f"mailto:security@{urlsplit(SITE_URL).hostname}")
# Who answers for the site (docs/settings.md); what is not stated, the pages say.
LEGAL_NOTICE = legal_notice()
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# The transparency log: who signs its heads, and who else does (docs/transparency.md).
LOG_SIGNING_KEY = signing_key()
LOG_FORMER_KEYS = public_keys("LOG_FORMER_KEYS")
LOG_WITNESSES = witnesses()
LOG_WITNESSED = public_keys("LOG_WITNESSED")
LOG_AUDITORS = auditors()
# Whether publications are looked up at Crossref, DataCite and HAL: by the worker and at night, never in a request.
ASK_REGISTRIES = read("bool", "ASK_REGISTRIES", default=not DEMONSTRATION)
# Whether the chairs nearest in meaning are shown where few are found: by a small model of this machine, which asks nobody.
SEARCH_BY_MEANING = read("bool", "SEARCH_BY_MEANING", default=True)

# Who answers for the open data, and under which licence they are given (docs/open-data.md).
DATA_PUBLISHER = read("str", "DATA_PUBLISHER", default=urlsplit(SITE_URL).hostname)
DATA_LICENCE = read("str", "DATA_LICENCE", default="https://www.etalab.gouv.fr/licence-ouverte-open-licence/")
# A whole list is written for each; programs that want more have the API and the file of all.
LIST_FILES_A_MINUTE = 60
# How many answers of the API one address may ask to be made in a minute; what is kept and sent again is not counted.
API_REQUESTS_A_MINUTE = read("int", "API_REQUESTS_A_MINUTE", default=300)

# The browser's side of safety.
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if read("bool", "BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The last address that X-Forwarded-For names is the one that the proxy saw.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # data: for the TOTP QR code and for Bootstrap's form controls.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # The button that leads to a provider is a form: browsers apply this to where it leads, too.
        "form-action": [SELF, *(origin for provider in IDENTITY_PROVIDERS.values() for origin in provider.origins)],
    }
}
# A request larger than this is refused before it is parsed (text fields are checked one by one below it).
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Files are not counted above: the first of these keeps nothing of a file that is too large, or of one too many.
FILE_UPLOAD_HANDLERS = [
    "core.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.storage.FullDiskUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000

# One JSON object a line on the standard output, for machines; or lines for people, on the other one, without the requests.
LOG_FORMAT = log_format()
# Who may fetch /metrics, from there itself and not through a proxy.
METRICS_FROM = networks("METRICS_FROM", default="127.0.0.1,::1")
# A query that takes longer, in milliseconds, is logged.
SLOW_QUERY_MS = number("SLOW_QUERY_MS", default=500, most=600_000)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "core.logs.lines.JsonFormatter"},
    },
    "handlers": {
        "text": {"class": "logging.StreamHandler", "formatter": "text"},
        "json": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": [LOG_FORMAT], "level": "WARNING"},
    "loggers": {
        "core.logs.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        # What it cannot read of a file, the person reads who gave it; a broken file has thousands of such lines.
        "bibtexparser": {"level": "CRITICAL"},
    },
}
