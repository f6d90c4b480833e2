"""Settings of django-allauth, which does the second factor, e-mail addresses and single sign-on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

APPS = [
    *("allauth", "allauth.account", "allauth.mfa", "allauth.usersessions"),
    *("allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"),
]
PROVIDER = "sso"
"""What allauth calls the one provider of single sign-on."""
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def account_settings(mail: bool) -> dict[str, Any]:
    """`mail`: whether this server can send any."""
    return {
        "ACCOUNT_ADAPTER": "picking.pages.adapters.Accounts",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", *(["email*"] if mail else []), "password1*", "password2*"],
        # Of those who have just signed up (picking/pages/adapters.py); of others when they like.
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory" if mail else "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": mail,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "[CryoWeb] ",
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_PRESERVE_USERNAME_CASING": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_REAUTHENTICATION_METHODS": ["password", "mfa"],
        "ACCOUNT_FORMS": {
            "signup": "picking.pages.forms.SignUp",
            "reset_password": "picking.pages.forms.AskForReset",
            "reset_password_from_key": "picking.pages.forms.ResetPassword",
            "reauthenticate": "picking.pages.forms.PasswordAgain",
            "add_email": "picking.pages.forms.Address",
        },
        # Wrong passwords and codes are counted in the database (picking/actions/people/attempts.py).
        "ACCOUNT_RATE_LIMITS": {"login_failed": None, "reauthenticate": "60/m/user"},
        "MFA_ADAPTER": "picking.pages.adapters.SecondFactor",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": "CryoWeb",
        "MFA_TOTP_TOLERANCE": 1,  # clocks of telephones
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,  # an address is not needed
        "MFA_RATE_LIMITS": {"webauthn_login": "60/m/ip"},  # a laboratory may share one address
        "MFA_FORMS": {
            "authenticate": "picking.pages.second_factor.Code",
            "reauthenticate": "picking.pages.second_factor.CodeAgain",
            "activate_totp": "picking.pages.second_factor.FirstCode",
            "authenticate_webauthn": "picking.pages.second_factor.Passkey",
            "login_webauthn": "picking.pages.second_factor.PasskeyAlone",
            "reauthenticate_webauthn": "picking.pages.second_factor.PasskeyAgain",
            "add_webauthn": "picking.pages.second_factor.NewPasskey",
            "edit_webauthn": "picking.pages.second_factor.PasskeyName",
        },
    }


@dataclass(frozen=True)
class Provider:
    """Of single sign-on. `who`: may come in, as docs/accounts.md says. `new_accounts`: for those who have none here."""

    issuer: str
    client_id: str
    secret: str
    name: str
    who: Sequence[str]
    new_accounts: bool


def single_sign_on_settings(provider: Provider) -> dict[str, Any]:
    """Without an issuer there is none. Raises ValueError for what would let in the wrong people, or nobody."""
    if provider.issuer and not (provider.client_id and provider.secret):
        raise ValueError("CRYOWEB_OIDC_ISSUER needs CRYOWEB_OIDC_CLIENT_ID and CRYOWEB_OIDC_CLIENT_SECRET, too.")
    if provider.new_accounts and not provider.who:
        raise ValueError(
            "CRYOWEB_OIDC_NEW_ACCOUNTS needs CRYOWEB_OIDC_WHO, which says for whom: @example.org, %group or *."
        )
    app = {
        "provider_id": PROVIDER,
        "name": provider.name,
        "client_id": provider.client_id,
        "secret": provider.secret,
        "settings": {"server_url": provider.issuer.rstrip("/")},
    }
    apps = [app] if provider.issuer else []
    return {
        "CRYOWEB_OIDC_NAME": provider.name if provider.issuer else "",
        "CRYOWEB_OIDC_WHO": list(provider.who),
        "CRYOWEB_OIDC_NEW_ACCOUNTS": provider.new_accounts,
        "SOCIALACCOUNT_ADAPTER": "picking.pages.single_sign_on.SingleSignOn",
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}},
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,  # SingleSignOn says by which addresses
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_EMAIL_REQUIRED": False,
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",  # the provider has done it
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_REQUESTS_TIMEOUT": 10,
    }


def mail_settings(url: str, sender: str) -> dict[str, Any]:
    """Django's settings for `smtp://user:password@host:port`, as docs/accounts.md describes it. Raises ValueError."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(
            "CRYOWEB_MAIL_URL must be smtp://, smtps:// or smtp+plain://, and a host: "
            "smtp://user:password@mail.example.org:587"
        )
    if not sender:
        raise ValueError("CRYOWEB_MAIL_FROM must be the address that mail comes from, where CRYOWEB_MAIL_URL is set.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
    }
