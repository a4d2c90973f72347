"""What a view says about who may keep its answer, and who may frame it. The middleware acts on it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.storage.cookie import CookieStorage
from django.views.decorators.clickjacking import xframe_options_exempt, xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt

View = TypeVar("View", bound=Callable[..., Any])

# A browser asks again each time (and mostly hears 304); a cache in front may answer for a minute.
FOR_ANY_CACHE = "public, max-age=0, s-maxage=60"
FOR_ONE_BROWSER = "private, no-cache"
# A page of any other site may read what is for everyone: it holds nothing personal, and no cookie opens more of it.
FOR_OTHER_SITES = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


class MessagesInCookie(CookieStorage):
    """What is said on the next page, in a cookie that no other host can set."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


def letter_in_a_frame(view: View) -> View:
    """Mark a view as a mail in the form it is sent in, shown in a frame of ours: its styles are written onto its
    elements, as no page of ours has them, and it loads nothing."""
    policy: Any = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]}
    # The decorators are typed for views without arguments.
    return cast(View, xframe_options_sameorigin(csp_replace(policy)(view)))


def public_page(view: View) -> View:
    """Mark a view as for everyone, and the same for all who are not signed in: any cache may keep it for them.

    Such a page writes no cookie for a visitor, so it holds no {% csrf_token %}.
    """
    vars(view)["is_public_page"] = vars(view)["is_for_everyone"] = True
    return login_not_required(view)


def framed_page(view: View) -> View:
    """Mark a public page as one that any website may show in a frame. There is nothing to press on it by mistake: no form
    and no script, and whoever is logged in sees what everyone sees."""
    policy: Any = {
        "frame-ancestors": ["*"],
        "script-src": [NONE],
        "form-action": [NONE],
        "connect-src": [NONE],
    }
    return public_page(cast(View, xframe_options_exempt(csp_replace(policy)(view))))


def same_for_everyone(view: View) -> View:
    """Mark a view whose answer depends on nobody who asks, so that it may be kept whole (allyhub/keeping.py). Every
    @public_page is marked; a file that says for itself how long caches may keep it can be too."""
    vars(view)["is_for_everyone"] = True
    return view


def is_for_everyone(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "is_for_everyone", False))


def form_for_everyone(view: View) -> View:
    """Mark a view with a form that is the same for all who are not signed in, so that it may be kept whole.

    It sets no cookie before it is sent: it holds a {% csrf_token %} only for who is signed in
    (allyhub.middleware.VisitorsForms).
    """
    vars(view)["is_form_for_everyone"] = vars(view)["is_for_everyone"] = True
    return login_not_required(view)


def is_form_for_everyone(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "is_form_for_everyone", False))


def token_page(view: View) -> View:
    """Mark a view as opened by the signed link in a mail: never kept, never indexed, and the link never passed on.

    Exempt from the CSRF check because nothing here is granted by a cookie alone: whoever can write the request already
    holds the link. (With `Referrer-Policy: no-referrer` browsers send `Origin: null`, which that check refuses.) So
    such a view decides by its token, never by `request.user`; what asks for a cookie as well (events.fresh_links) has
    one that browsers send along with no other site's form.
    """
    vars(view)["is_token_page"] = True
    return csrf_exempt(login_not_required(view))
