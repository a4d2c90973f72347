"""What the views behind the login are given."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import Person


class SignedIn(HttpRequest):
    """The request of a page that people log in for, which is every page not marked as `login_not_required`. It says
    to readers and to the type checker that somebody is there; the object itself is Django's own."""

    user: Person
    htmx: HtmxDetails
