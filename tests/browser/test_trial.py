"""A hub that somebody tries out: its mail is read in the browser, and one press makes them any of its people."""

import pytest

from mail.actions import outbox
from tests.browser.community import make_community, make_social
from tests.factories import make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def newcomer(settings, tmp_path, plain_visitor):
    settings.ROOT_URLCONF = "tests.browser.demo_urls"
    settings.DEMO = True
    settings.EMAIL_BACKEND = "mail.backends.BrowsableBackend"
    settings.VAR_DIR = tmp_path
    return plain_visitor


def test_mail_is_read_and_its_links_work(newcomer):
    event = make_social()
    newcomer.open("/")
    newcomer.follow("See the emails it sent")
    newcomer.sees("No email yet.")
    register(event, "amara@example.org")
    outbox.send_due()

    newcomer.open("/demo/mail/?to=amara")
    newcomer.follow("Solidarity Socials: your place is saved")
    letter = newcomer.page.frame_locator("iframe")
    with newcomer.page.expect_navigation():
        letter.get_by_role("link", name="My registration").click()
    newcomer.check()

    assert newcomer.heading == "Your place is saved"


def test_one_press_makes_somebody_an_organiser(newcomer):
    make_organiser(make_community(), email="ruth@sample.example")

    newcomer.open("/demo/mail/")
    newcomer.press("Sign in as Ruth, organiser of the socials")

    assert newcomer.path == "/organise/"
