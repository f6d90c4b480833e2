"""Forms of the second factor: allauth's, with wrong codes counted, and words as on our other pages."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

from picking.actions.people.attempts import Kind
from picking.models import User
from picking.pages.guesses import one_attempt


class CountedCode(forms.Form):
    """Six digits can be guessed: wrong ones are counted, and too many refused for a while."""

    hint = "of your app, or a recovery code"
    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = "Code", self.hint
        field.widget.attrs |= {"placeholder": "", "autofocus": True, "autocapitalize": "none"}

    def clean_code(self) -> str:
        with one_attempt(context.request, self.user.get_username(), Kind.CODE):
            return str(super().clean_code())  # type: ignore[misc]  # of the form it is mixed into


class Code(CountedCode, AuthenticateForm):
    """To sign in."""


class CodeAgain(CountedCode, ReauthenticateForm):
    """Of somebody who is signed in, before what is delicate."""


class FirstCode(CountedCode, ActivateTOTPForm):
    """Shows that the app has the secret."""

    hint = "that the app shows"


class CheckedPasskey(forms.Form):
    """What no browser sends is wrong, too: the library looks for parts that must be there."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValidationError("This is no passkey of this account.") from error


class Passkey(CheckedPasskey, AuthenticateWebAuthnForm):
    """As the second factor."""


class PasskeyAlone(CheckedPasskey, LoginWebAuthnForm):
    """In place of name and password."""


class PasskeyAgain(CheckedPasskey, ReauthenticateWebAuthnForm):
    """Of somebody who is signed in, before what is delicate."""


class NewPasskey(AddWebAuthnForm):
    """One that signs in by itself: the device asks for a finger, a face or a PIN."""

    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = "Name", "to tell it from others"

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> Any:
        try:
            return super().clean()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValidationError("The passkey could not be made. Try again.") from error


class PasskeyName(EditWebAuthnForm):
    """To tell one from others."""
