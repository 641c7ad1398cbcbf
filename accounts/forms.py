"""Forms about people: they turn text into values and say what is wrong."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import LEAST_RETENTION, MOST_RETENTION, MOST_REVIEWS, User


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """allauth's form, which calls its first field only "Login"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed through as they came
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or e-mail address")
        self.fields["login"].widget.attrs.pop("placeholder", None)


class AddUserForm(forms.Form):
    """An account for somebody who cannot, or should not need to, sign up."""

    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    email = forms.EmailField(
        label=_("E-mail address (optional)"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_username(self) -> str:
        name: str = get_adapter().clean_username(self.cleaned_data["username"])
        return name.lower()  # as at sign-up

    def clean_email(self) -> str:
        email: str = get_adapter().clean_email(self.cleaned_data["email"])
        taken = EmailAddress.objects.filter(email__iexact=email).exists()
        if email and (taken or User.objects.filter(email__iexact=email).exists()):
            raise forms.ValidationError(_("Somebody here has this address already."))
        return email.lower()


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Display name"),
        help_text=_("What others see instead of your user name."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of the interface and of the course, on every device you sign in on."),
        choices=[("", _("As the browser asks")), *settings.LANGUAGES],
        required=False,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Dates and times are shown in it."),
        required=False,
    )

    review_limit = forms.IntegerField(
        label=_("Cards a day"),
        help_text=_("At most so many questions come back to you for review each day."),
        min_value=1,
        max_value=MOST_REVIEWS,
    )
    review_retention = forms.IntegerField(
        label=_("Wanted retention in percent"),
        help_text=_(
            "How likely you want to be right when a question comes back. "
            "More means more reviews; 90 suits most people."
        ),
        min_value=LEAST_RETENTION,
        max_value=MOST_RETENTION,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed through as they came
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        site = _("As the site: %(zone)s") % {"zone": settings.TIME_ZONE}
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", site), *((zone, zone.replace("_", " ")) for zone in zones)]
