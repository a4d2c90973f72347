"""What machines do to forms: they try again and again, and send what nobody had the time to type.

What is tried is counted before it is judged, so that nobody gets further by trying at the same moment. Counted in the
shared cache as for logging in (ACCOUNT_RATE_LIMITS): each attempt with its time, under a lock, so ten minutes are any ten
minutes. Networks are kept only as a keyed digest, and only for as long as they count.
"""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit import reading

SIGNER = TimestampSigner(salt="kit.attempts.form")
NEW, AGAIN = "new", "again"
MADE_NOW = "\ue000made\ue001"
READ_AND_TYPED_IN = timedelta(seconds=2)

# Whoever has one IPv6 address has as many as they like of these (RFC 6177).
OF_ONE_NETWORK = 64


class Stamp(forms.HiddenInput):
    """Written anew each time the form is shown, also where the page around it is kept. In a form that was sent already
    it counts at once."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return str(data.get(name, ""))

    def format_value(self, value: Any) -> str:
        page = reading.CURRENT.get()
        if page and value is None:
            return page.leave_moment(MADE_NOW, lambda: SIGNER.sign(NEW))
        return SIGNER.sign(NEW if value is None else AGAIN)


def _may_be_typed(stamp: str) -> bool:
    try:
        return SIGNER.unsign(stamp, max_age=READ_AND_TYPED_IN) == AGAIN
    except SignatureExpired:  # long enough ago
        return True
    except BadSignature:
        return False


def take(request: HttpRequest, action: str, key: str) -> RateLimitUsage | None:
    """Count an attempt, also one by an address alone. None when there were too many: then it must not be judged at
    all."""
    return ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True)


def give_back(attempt: RateLimitUsage) -> None:
    """Whoever was right is not held up by their own right answers."""
    attempt.rollback()


def place(request: HttpRequest, about: str = "") -> str:
    """From where somebody asks: their network, as a digest; another one for each thing that it is `about`."""
    address = str(get_adapter().get_client_ip(request))
    return salted_hmac(f"kit.attempts{about}", _network(address), algorithm="sha256").hexdigest()


class TypedByHand(forms.Form):
    """Base of forms that anybody may send. `made` says when the page was written. What comes back at once, or without
    it, has to be sent once more, with everything in it as it was; how long somebody had the page open says nothing."""

    made = forms.Field(required=False, widget=Stamp)

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        made = self.cleaned_data.pop("made")
        # Who is told of something else presses once more anyway.
        if not self.errors and not _may_be_typed(made):
            raise forms.ValidationError(
                _(
                    "Please send it once more: it came back as fast as robots do. All that you typed is still there"
                )
            )
        return self.cleaned_data


class Trapped(TypedByHand):
    """Base of forms with a field that robots fill in; kit.option_layouts.Trap draws it."""

    website = forms.CharField(required=False, label=gettext_lazy("Leave this box empty"))

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("Leave this box empty. It is there to catch robots; please send again")
            )
        return ""


def _network(address: str) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is None:
        return str(ip_network((ip, OF_ONE_NETWORK), strict=False))
    return str(ip)
