"""Settings that hold everywhere. One short block per concern, with its reason."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from config.env import Environment

BASE_DIR = Path(__file__).resolve().parents[3]
env = Environment()
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

SITE_NAME = "Noddfa"
BASE_URL = env.text("BASE_URL", "http://localhost:8000")
WAGTAIL_SITE_NAME = "Dinas Noddfa · City of Sanctuary"
WAGTAILADMIN_BASE_URL = BASE_URL
DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rooms, from top to ground; bilingual comes before wagtail: its publish_scheduled must win.
INSTALLED_APPS = [
    "bilingual",
    "demo",
    "operations",
    "home",
    "case_studies",
    "resources",
    "facts",
    "events",
    "network",
    "evidence",
    "core",
    "search",
    "files",
    "accounts",
    "design",
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "operations.headers.SafetyHeaders",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "operations.headers.AdminNonce",
    "operations.guards.CleanInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.OneSignIn",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.furniture.furniture",
            ]
        },
    }
]

# Database: SQLite made safe for several editors; PostgreSQL by DATABASE_URL.
# IMMEDIATE takes the write lock at BEGIN, so that two writers wait instead of failing.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'noddfa.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

# Cache: one shared by all processes when REDIS_URL is set (throttling and root paths need it).
if env.text("REDIS_URL"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.text("REDIS_URL"),
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Two languages, both in the address; `/` shows both.
LANGUAGE_CODE = "en"
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/London"
WAGTAIL_I18N_ENABLED = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale/site", BASE_DIR / "locale/admin"]  # the first one wins
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
# The default publishes untranslated English at the Welsh address (bilingual guide S1).
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "bilingual.workflows.publish_pair"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True  # what was approved is what goes public
WAGTAIL_AUTOSAVE_INTERVAL = 5000  # ms

# The admin asks nobody outside (Gravatar, releases.wagtail.org).
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}

# Files
AUTH_USER_MODEL = "accounts.User"
WAGTAILIMAGES_IMAGE_MODEL = "files.Image"
# Wagtail's own form decodes a picture before it looks at its size.
WAGTAILIMAGES_IMAGE_FORM_BASE = "files.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "files.Document"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "files.forms.DocumentForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "txt", "csv", "zip", "srt", "vtt",
    "png", "svg",  # share cards of our own making; an upload of one is refused by the gate
]  # fmt: skip
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "media")
MEDIA_URL = "/media/"
SERVE_MEDIA = False  # the proxy serves files; a laptop has none
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "design.css.JoinedStylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "files.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.text("AWS_STORAGE_BUCKET_NAME"):
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}
    AWS_STORAGE_BUCKET_NAME = env.text("AWS_STORAGE_BUCKET_NAME")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8000  # 200 blocks in both languages; the default loses work

# Search: the database by itself, or Elasticsearch with the database behind it. `simple` because
# PostgreSQL's default would stem Welsh as English.
WAGTAILSEARCH_BACKENDS: dict[str, Any] = {
    "default": {"BACKEND": "search.backends.database", "SEARCH_CONFIG": "simple"}
}
if env.text("ELASTICSEARCH_URL"):
    WAGTAILSEARCH_BACKENDS["database"] = WAGTAILSEARCH_BACKENDS["default"]
    WAGTAILSEARCH_BACKENDS["default"] = {
        "BACKEND": "search.backends.elasticsearch",
        "URLS": [env.text("ELASTICSEARCH_URL")],
        "INDEX_PREFIX": env.text("ELASTICSEARCH_PREFIX", "noddfa_"),
        "FALLBACK": "database",
        "INDEX_SETTINGS": {
            "settings": {"index": {"number_of_replicas": env.integer("ELASTICSEARCH_REPLICAS", 0)}}
        },
    }

# Mail
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "noddfa@localhost")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Bookings delete themselves this many days after the event (content guide, feature 53).
EVENT_BOOKING_DAYS = env.integer("EVENT_BOOKING_DAYS", 14)
# A table of organisations that was brought in can be undone for so long; it holds contacts.
IMPORT_UNDO_DAYS = env.integer("IMPORT_UNDO_DAYS", 30)

COMPONENT_GALLERY = False
DEMO_SIGN_IN = False  # a laptop alone gets the demo sign-in

# Policy of public pages; the admin's own stands in operations.headers.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "report-uri": ["/-/csp"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Sign-in: one address, by e-mail, throttled per account and address (both traps of running allauth
# and axes together are met in accounts.adapter and accounts.throttle).
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # until the browser closes, 12 hours at most; nobody is asked
ACCOUNT_RATE_LIMITS = {"login_failed": "20/h/ip,10/15m/key"}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.throttle.login_name"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"  # in both languages; axes has one English line
# As many proxies as really stand in front; without any, the header of a stranger is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("PROXY_COUNT", 0)
AXES_CLIENT_IP_CALLABLE = "accounts.throttle.client_address"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
