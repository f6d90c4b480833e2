"""The pages Django draws itself: signing in, accounts and joining. All else is the single page application.

Views of allauth have the names that allauth knows them by. What is not named here does not exist.
"""

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.views import LogoutView
from django.urls import path, re_path
from django.views.generic import TemplateView

from picking.pages import (
    account,
    application,
    joining,
    metrics,
    operations,
    people,
    probes,
    sharing,
    signing_in,
    single_sign_on,
)
from picking.pages.only_where import only_where

MAIL, SIGNUPS = "CRYOWEB_MAIL", "CRYOWEB_SIGNUPS"
SSO = {"provider_id": "sso"}

urlpatterns = [
    path("signin", signing_in.SignInPage.as_view(), name="signin"),
    path("signin", signing_in.SignInPage.as_view(), name="account_login"),  # as allauth calls it
    path("signin/code", factors.authenticate, name="mfa_authenticate"),
    path("signin/passkey", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("signin/disabled", TemplateView.as_view(template_name="account/disabled.html"), name="account_inactive"),
    path("signin/sso", single_sign_on.begin, SSO, name="openid_connect_login"),
    path("signin/sso/back", single_sign_on.come_back, SSO, name="openid_connect_callback"),
    path("signin/sso/cancelled", single_sign_on.cancelled, name="socialaccount_login_cancelled"),
    path("account/single-sign-on", single_sign_on.connections, name="socialaccount_connections"),
    path("signin/again", accounts.reauthenticate, name="account_reauthenticate"),
    path("signin/again/code", factors.reauthenticate, name="mfa_reauthenticate"),
    path("signin/again/passkey", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("signin/<str:user_id>/<str:token>", signing_in.by_link, name="signin-link"),
    path("account", account.account, name="account"),
    path("account/browsers/others/end", account.sign_out_others, name="sign-out-others"),
    path("account/browsers/<int:browser_id>/end", account.sign_out_browser, name="sign-out-browser"),
    path("account/second-factor", factors.index, name="mfa_index"),
    path("account/second-factor", factors.index, name="mfa_list_webauthn"),
    path("account/second-factor/app", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/codes/download", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/second-factor/passkeys/new", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<int:pk>", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/remove", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/email", only_where(MAIL, accounts.email), name="account_email"),
    path("account/email/<str:key>", only_where(MAIL, accounts.confirm_email), name="account_confirm_email"),
    path("signin/confirm", only_where(MAIL, accounts.email_verification_sent), name="account_email_verification_sent"),
    path("signup", only_where(SIGNUPS, accounts.signup), name="account_signup"),
    path("reset", only_where(MAIL, accounts.password_reset), name="account_reset_password"),
    path("reset/sent", only_where(MAIL, accounts.password_reset_done), name="account_reset_password_done"),
    path(
        "reset/done",
        only_where(MAIL, accounts.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        only_where(MAIL, accounts.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("people", people.list_people, name="people"),
    path("people/new", people.new_person, name="new-person"),
    path("people/<int:user_id>", people.one_person, name="person"),
    path("people/<int:user_id>/link", people.give_link, name="person-link"),
    *(
        path(f"people/<int:user_id>/{change}", people.change_person, {"change": change}, name=f"person-{change}")
        for change in people.CHANGES
    ),
    path("signout", LogoutView.as_view(), name="signout"),
    path("signout", LogoutView.as_view(), name="account_logout"),
    path("join/<str:token>", joining.join_project, name="join"),
    path("shared/<str:token>", sharing.open_project, name="shared"),
    path("operations", operations.page, name="operations"),
    path("operations/jobs/<int:job_id>/retry", operations.retry, name="retry-job"),
    path("operations/jobs/<int:job_id>/cancel", operations.cancel, name="cancel-job"),
    path("operations/jobs/<int:job_id>/dismiss", operations.dismiss, name="dismiss-job"),
    path("healthz", probes.lives, name="healthz"),
    path("readyz", probes.ready, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("health", probes.health, name="health"),
    re_path(r"^(?:projects/.*)?$", application.page),
]
