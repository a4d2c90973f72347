"""Where allauth's pages need a hand: a code that has run out, recovery codes, and passwords, which we do not have."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView
from allauth.mfa.recovery_codes.views import view_recovery_codes
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people.devices import may_ask_for_code


class LoginCodeView(ConfirmLoginCodeView):
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """A new code has its own 15 minutes (WCAG 2.2, 2.2.1); allauth would count from the first. It counts like the
        first one: of presses at the same moment each would send one."""
        if not may_ask_for_code(self.request, self._process.state["email"]):
            messages.error(self.request, get_adapter().error_messages["rate_limited"])
            return redirect("account_confirm_login_code")
        self._process.state["at"] = time.time()
        return super()._resend_form_valid(form)


@never_cache
@login_not_required
def login_code(request: HttpRequest) -> HttpResponse:
    """allauth's page for the code. When the time is over it sends people back without a word; we say why."""
    response = LoginCodeView.as_view()(request)
    is_sent_back = response.status_code == 302 and response["Location"] == reverse(
        "account_request_login_code"
    )
    if is_sent_back and not getattr(messages.get_messages(request), "added_new", False):
        messages.warning(request, _("The time for that code is over. Ask for a new one, it takes a moment."))
    return response


# Shown once, and kept by no browser.
recovery_codes = never_cache(view_recovery_codes)


@login_not_required
def no_password(request: HttpRequest, rest: str) -> HttpResponse:
    """The page that stands where allauth would let people set or reset a password."""
    if request.user.is_authenticated:
        return redirect("mfa_index")
    messages.info(request, _("There are no passwords here. We send a code to your email address instead."))
    return redirect("account_login")
