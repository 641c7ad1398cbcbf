"""What a learner posts: a role, a Region, temporary keys for one run."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from labs.aws.roles import ROLE_ARN
from labs.aws.session import Access, Keys
from labs.connections import DEFAULT_REGION
from labs.regions import REGIONS

LONG_TERM = "AKIA"  # how long-term access keys begin; temporary ones begin with ASIA
TEMPORARY = re.compile(r"ASIA[A-Z0-9]{12,124}")


class RegionForm(forms.Form):
    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("Where you do the exercises."),
        initial=DEFAULT_REGION,
        # Django's own words would show again what was posted, which may be a key gone astray.
        error_messages={"invalid_choice": _("Choose a Region from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed through as they came
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one) for one in REGIONS]


class RoleForm(RegionForm):
    role_arn = forms.CharField(
        label=_("ARN of the role"),
        help_text=_(
            "What the template prints, such as arn:aws:iam::111122223333:role/gantry-verify."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["role_arn", "region"]

    def clean_role_arn(self) -> str:
        arn = str(self.cleaned_data["role_arn"]).strip()
        if ROLE_ARN.fullmatch(arn) is None:
            raise forms.ValidationError(
                _("That is no ARN of a role. It begins with arn:aws:iam:: and has :role/ in it.")
            )
        return arn


def _secret(label: Any) -> forms.CharField:  # Any: a lazy text
    return forms.CharField(
        label=label,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class KeysForm(RegionForm):
    """Temporary keys. A refused form shows none of them again."""

    access_key = _secret(_("AWS_ACCESS_KEY_ID"))
    secret_key = _secret(_("AWS_SECRET_ACCESS_KEY"))
    session_token = _secret(_("AWS_SESSION_TOKEN"))
    field_order = ["access_key", "secret_key", "session_token", "region"]

    def clean_access_key(self) -> str:
        key = str(self.cleaned_data["access_key"]).strip()
        if key.startswith(LONG_TERM):
            raise forms.ValidationError(
                _("That is a long-term key. Never give one to a website; fetch temporary ones.")
            )
        if TEMPORARY.fullmatch(key) is None:
            raise forms.ValidationError(_("A temporary access key begins with ASIA."))
        return key

    def access(self) -> Access:
        """Return the way to the account that the keys open."""
        values = self.cleaned_data
        keys = Keys(
            access_key=values["access_key"],
            secret_key=values["secret_key"].strip(),
            token=values["session_token"].strip(),
        )
        return Access(region=values["region"], keys=keys)
