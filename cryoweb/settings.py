"""Django settings. Everything that differs between installations comes from cryoweb.environment."""

import hashlib
import warnings
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from cryoweb import environment
from cryoweb.accounts import APPS, Provider, account_settings, mail_settings, single_sign_on_settings
from cryoweb.logs import logging_settings

DEBUG = environment.DEBUG
SECRET_KEY = environment.secret_key()
INSTALLATION = hashlib.sha256(SECRET_KEY.encode()).hexdigest()[:12]
ALLOWED_HOSTS = environment.allowed_hosts()
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if environment.HTTPS else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.HTTPS
if environment.HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^(health|healthz|readyz|metrics)$"]  # asked by what runs on this machine
    SECURE_HSTS_SECONDS = 31_536_000
    # Whether subdomains have HTTPS, and whether browsers ship with the name, is for those to say whose domain it is.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# Scripts and styles come as files from this server, and from nowhere else. Pictures may be in a style sheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "channels",
    "csp",
    *APPS,
    "picking",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "picking.server.headers.for_every_answer",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "picking.pages.browsers.Authentication",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "cryoweb.urls"
ASGI_APPLICATION = "cryoweb.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [environment.ROOT / "picking" / "templates"],  # before those of allauth, which have the same names
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

AUTH_USER_MODEL = "picking.User"
LOGIN_URL = "/signin"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/signin"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CRYOWEB_MAIL = bool(environment.MAIL_URL)
CRYOWEB_SIGNUPS = environment.SIGNUPS
globals().update(account_settings(CRYOWEB_MAIL))
CRYOWEB_OIDC_NAME = ""
CRYOWEB_OIDC_WHO: list[str] = []
CRYOWEB_OIDC_NEW_ACCOUNTS = False
globals().update(  # also what stands above
    single_sign_on_settings(
        Provider(
            issuer=environment.OIDC_ISSUER,
            client_id=environment.OIDC_CLIENT_ID,
            secret=environment.OIDC_CLIENT_SECRET,
            name=environment.OIDC_NAME,
            who=environment.OIDC_WHO,
            new_accounts=environment.OIDC_NEW_ACCOUNTS,
        )
    )
)
globals().update(mail_settings(environment.MAIL_URL, environment.MAIL_FROM))

# Write locks are taken when a transaction starts, so that two writers queue instead of failing half-way.
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": environment.DATA / "cryoweb.sqlite3",
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": "PRAGMA journal_mode=WAL;"},
}
DATABASES = {"default": dj_database_url.parse(environment.DATABASE_URL) if environment.DATABASE_URL else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if environment.REDIS_URL:
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "picking.server.channel_layer.RedisLayer",
            # Redis channels are shared by its numbered databases: the prefix separates them.
            "CONFIG": {"hosts": [environment.REDIS_URL], "prefix": f"cryoweb-{INSTALLATION}"},
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}}
if environment.REDIS_URL:  # else each process counts the requests it answers itself
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": environment.REDIS_URL,
            "KEY_PREFIX": f"cryoweb-{INSTALLATION}",
        }
    }
CRYOWEB_RATE_LIMITS = True
# An in-memory layer ends at its process: events of the trainer are then read from the event table.
CHANNEL_LAYER_SPANS_PROCESSES = bool(environment.REDIS_URL)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "picking.api.http.authentication.TokenAuthentication",
        "picking.api.http.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "picking.access.GuestsOnlyLook"],
    "DEFAULT_PARSER_CLASSES": ["picking.api.http.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "URL_FORMAT_OVERRIDE": None,  # `format` is a parameter of exports
    "EXCEPTION_HANDLER": "picking.api.http.errors.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CryoWeb",
    "DESCRIPTION": "Pick cryo-EM particles together. /ws/projects/{id} is a socket: it carries JSON as `Message` says.",
    "VERSION": "",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_PATCH": False,
    "POSTPROCESSING_HOOKS": ["picking.schema.openapi.add_problems", "picking.schema.openapi.add_socket"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

STATIC_URL = "/static/"
FRONTEND_DIST = environment.ROOT / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = True
# WhiteNoise hands files over in pieces that Django's asynchronous handler joins; they are small.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
WHITENOISE_MAX_AGE = 31_536_000 if not DEBUG else 0  # Vite names each file by its content

CRYOWEB_DATA = environment.DATA
CRYOWEB_DATA_ROOTS = environment.data_roots()
CRYOWEB_WEBHOOKS_TO_THIS_MACHINE = environment.WEBHOOKS_TO_THIS_MACHINE
CRYOWEB_METRICS_TOKEN = environment.METRICS_TOKEN
CRYOWEB_FIRST_GUESS = environment.FIRST_GUESS
_gib = environment.limit(environment.PROJECT_GIB, "CRYOWEB_PROJECT_GIB")
_micrographs = environment.limit(environment.PROJECT_MICROGRAPHS, "CRYOWEB_PROJECT_MICROGRAPHS")
CRYOWEB_PROJECT_BYTES = None if _gib is None else int(_gib * 1024**3)
CRYOWEB_PROJECT_MICROGRAPHS = None if _micrographs is None else int(_micrographs)
CRYOWEB_DRAIN_SECONDS = environment.limit(environment.DRAIN_SECONDS, "CRYOWEB_DRAIN_SECONDS") or 8
CRYOWEB_NETWORKS: dict[str, Any] = {}  # where trainings depart from picking/science/nets/settings.py, named as there
MAX_UPLOAD_BYTES = 4 * 1024**3
UPLOAD_CHUNK_BYTES = 16 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_CHUNK_BYTES

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"

LOGGING = logging_settings(environment.LOG)
