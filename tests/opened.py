"""Browsers in which a fresh link of somebody's was opened; that they come to it by a mail is in test_fresh_links."""

from django.http import HttpResponse
from django.test import Client

from events.fresh_links import open_in
from events.models import Registration


def opened(registration: Registration, client: Client | None = None) -> Client:
    """This browser, or a new one, with what it was given when the button was pressed."""
    client, response = client or Client(), HttpResponse()
    open_in(response, registration, remembered=False)
    client.cookies.update(response.cookies)
    return client
