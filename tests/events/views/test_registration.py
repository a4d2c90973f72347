import re
from dataclasses import fields
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import calling_off
from events.actions.entering import Answers
from events.models import AccessNeed, AccessRequest, Event, Registration
from events.models.places import Pair
from events.views.registration import TypedAnswers
from mail.models import OutgoingMail
from tests.factories import by_hand, make_event, make_group, make_organiser, make_person, register

pytestmark = pytest.mark.django_db

# What is another in each form: the token, and the second in which it was written.
CSRF = re.compile(rb'name="(?:csrfmiddlewaretoken|made)" value="[^"]+"')
HOSTILE = {
    "nul": "Ama\x00ra",
    "override": "\u202eArama",
    "emoji": "Amara 👩🏾‍🦽",
    "markup": "<script>alert(1)</script>",
}


def typed(**more: object) -> dict[str, object]:
    return {"name": "Amara", "email": "amara@example.org", "accepts_values": "on"} | by_hand() | more


def form_of(event: Event) -> str:
    return reverse("events:registration_new", args=[event.slug])


def sent_of(event: Event) -> str:
    return reverse("events:registration_sent", args=[event.slug])


def send(event: Event, client: Client | None = None, **more: object):
    return (client or Client()).post(form_of(event), typed(**more))


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to_email"))


def test_asking_for_a_place_leads_to_the_inbox():
    event = make_event(places=5)

    response = send(event, pronouns="she/her", taking_part=["camera_off"], wants_news="on")

    registration = event.registrations.get()
    assert (response.status_code, response["Location"]) == (302, sent_of(event))
    assert (registration.name, registration.pronouns, registration.taking_part) == (
        "Amara",
        "she/her",
        ["camera_off"],
    )
    assert registration.news_wanted_at is not None
    assert registration.values_accepted_at is not None
    assert mails() == [("confirm", "amara@example.org")]


def test_every_consent_starts_unticked():
    html = Client().get(form_of(make_event())).content.decode()

    assert " checked" not in html


def test_what_is_missing_is_said_before_the_heading_and_nothing_typed_is_lost():
    event = make_event()
    sent = {
        "name": "",
        "email": "ruth at thrive",
        "pronouns": "they/them",
        "taking_part": ["chat_only"],
        "needs": ["large_print"],
        "more_large_print": "18 point",
        "own_words": "Slides the day before",
        "anything": "write",
    }

    html = Client().post(form_of(event), sent).content.decode()

    assert html.index("There is a problem") < html.index("<h1")
    assert "<title>Error: Save your place" in html
    assert 'href="#id_name">Enter the name you would like us to use' in html
    assert 'href="#id_email">Enter an email address in the right form, like name@example.org' in html
    assert 'href="#id_may_be_read">Tick the box' in html
    assert 'href="#id_accepts_values">Tick the box to say you will keep to our guiding values' in html
    for kept in ("ruth at thrive", "they/them", "18 point", "Slides the day before"):
        assert kept in html
    for ticked in ("chat_only", "large_print"):
        assert re.search(rf'value="{ticked}"[^>]* checked', html)
    assert re.search(r'name="anything" value="write"[^>]* checked', html)
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("field", "length", "words"),
    [
        ("name", 101, "Shorten your name to 100 characters or fewer"),
        ("pronouns", 61, "Shorten your pronouns to 60 characters or fewer"),
        ("own_words", 2001, "Shorten what would help to 2000 characters or fewer"),
    ],
)
def test_too_long_is_said_and_kept(field: str, length: int, words: str):
    html = send(make_event(), **{field: "x" * length}).content.decode()

    assert words in html
    assert "x" * length in html


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_odd_characters_never_break_the_form(name: str):
    event = make_event()

    response = send(event, name=name, own_words=name, may_be_read="on")

    assert response.status_code == 302
    assert Client().get(event.registrations.get().get_absolute_url(), follow=True).status_code == 200


def test_a_name_of_nothing_but_unseen_characters_is_empty():
    html = send(make_event(), name="\u202e\x00 ").content.decode()

    assert "Enter the name you would like us to use" in html


def test_nobody_registers_as_someone_who_was_forgotten():
    """Such a row would hold a place that no organiser sees."""
    event = make_event()

    html = send(event, email="erased-7@Erased.Invalid").content.decode()

    assert "Enter an email address in the right form" in html
    assert 'value="erased-7@Erased.Invalid"' in html
    assert not event.registrations.exists()


def test_sent_twice_it_is_one_registration_and_one_mail():
    event = make_event(places=5)

    send(event)
    send(event, name="Amara Okafor")

    assert event.registrations.get().name == "Amara Okafor"
    assert mails() == [("confirm", "amara@example.org")]


def seen(event: Event, email: str) -> tuple[object, ...]:
    """All that a stranger can see after sending the form: both answers, their headers, and the cookie's size."""
    client = Client()
    posted = send(event, client, email=email)
    page = client.get(sent_of(event))
    kept = posted.cookies["registration"]
    headers = sorted((name, value) for name, value in page.items())
    return (
        posted.status_code,
        sorted(posted.items()),
        len(kept.value),
        {name: value for name, value in kept.items() if name != "expires"},
        page.status_code,
        headers,
        # Whoever typed an address reads it again.
        CSRF.sub(b"", page.content).replace(email.encode(), b""),
    )


@pytest.mark.parametrize("places", [5, 1], ids=["free", "full"])
def test_the_answer_is_the_same_for_an_address_that_is_registered(places: int):
    event = make_event(places=places)
    register(event, "known@example.org")
    moment = timezone.now()

    # A moment that is written shorter than another says nothing either.
    with time_machine.travel(moment.replace(microsecond=500_000), tick=False):
        known = seen(event, "known@example.org")
    with time_machine.travel(moment.replace(microsecond=123_456), tick=False):
        assert known == seen(event, "other@example.org")


def test_without_a_waiting_list_full_is_said_to_whoever_asks():
    event = make_event(places=1, has_waiting_list=False)
    register(event, "known@example.org")

    answers = {
        CSRF.sub(b"", send(event, email=e).content).replace(e.encode(), b"")
        for e in ("known@example.org", "other@example.org")
    }

    assert len(answers) == 1
    assert b"All places are taken." in answers.pop()


def test_full_without_a_waiting_list_shows_no_form():
    event = make_event(places=1, has_waiting_list=False)
    register(event)

    html = Client().get(form_of(event)).content.decode()

    assert "<h1>All places are taken</h1>" in html
    assert "<form" not in html


def test_a_full_event_offers_the_waiting_list_with_the_place_in_line():
    event = make_event(places=1)
    for _ in range(3):
        register(event)

    html = Client().get(form_of(event)).content.decode()

    assert "<h1>Join the waiting list</h1>" in html
    assert "You would be 3rd on the list." in html
    assert "you have 48 hours to answer" in html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"registration_opens_at": timezone.now() + timedelta(days=1)}, "Registration has not opened yet"),
        ({"registration_closes_at": timezone.now() - timedelta(days=1)}, "Registration has closed"),
        ({"takes_registrations": False}, "You do not need to register"),
        ({"starts_in": -timedelta(days=7)}, "This event is over"),
    ],
)
def test_a_closed_registration_says_why_and_keeps_what_was_posted_anyway(fields: dict, words: str):
    event = make_event(**fields)

    asked, posted = Client().get(form_of(event)), send(event, name="Amara Okafor")

    assert f"<h1>{words}</h1>" in asked.content.decode()
    assert f"{words}." in posted.content.decode()
    assert "Nothing was saved." in posted.content.decode()
    assert 'value="Amara Okafor"' in posted.content.decode()
    assert not Registration.objects.exists()


def test_a_cancelled_event_says_why():
    event = make_event()
    calling_off.cancel(event, reason="Vanessa is ill.", by=make_organiser(event.group))

    html = Client().get(form_of(event)).content.decode()

    assert "<h1>This event is cancelled</h1>" in html
    assert "Vanessa is ill." in html


def test_drafts_and_unknown_events_have_no_form():
    draft = make_event(state=Event.State.DRAFT)

    assert Client().get(form_of(draft)).status_code == 404
    assert Client().get("/events/nothing/registration/").status_code == 404


def test_needs_are_sealed_and_asked_for_only_with_consent():
    event = make_event()

    send(event, needs=["bsl"], own_words="Slides before")
    refused = AccessRequest.objects.count()
    send(event, needs=["bsl", "large_print"], more_large_print="18 point", anything="write", may_be_read="on")

    request = event.registrations.get().access_request
    assert refused == 0
    assert {need.code: need.detail for need in request.needs.all()} == {
        "bsl": "",
        "large_print": "18 point",
        "contact": "",
    }
    assert "large_print" not in str(list(AccessNeed.objects.values_list("code", flat=True)))


def test_whether_anything_is_needed_and_what_is_ticked_fit_together():
    """A browser that shows all of it lets people say no and tick something: which of the two is asked, not guessed."""
    event, bsl, agreed = make_event(), {"needs": ["bsl"]}, {"may_be_read": "on"}
    no, yes = "You chose “No, or not yet”", "You chose “Yes”."
    for n, (more, expected) in enumerate(
        [
            ({"anything": "no"}, set()),
            ({"anything": "yes"} | bsl | agreed, {"bsl"}),
            (bsl | agreed, {"bsl"}),
            ({"anything": "write"} | agreed, {"contact"}),
            ({"anything": "write"} | bsl | agreed, {"contact", "bsl"}),
            ({"anything": "no"} | bsl | agreed, no),
            ({"anything": "no", "own_words": "Slides"} | agreed, no),
            ({"anything": "yes"} | agreed, yes),
            ({"anything": "write"}, "Tick the box to say that the access leads may read"),
        ]
    ):
        response = send(event, email=f"amara{n}@example.org", **more)
        needs = AccessNeed.objects.filter(request__registration__email=f"amara{n}@example.org")
        if isinstance(expected, str):
            assert expected in unescape(response.content.decode())
            assert not event.registrations.filter(email=f"amara{n}@example.org").exists()
        else:
            assert {need.code for need in needs} == expected, more


def test_what_was_chosen_or_is_wrong_stands_in_an_open_fold():
    page = send(make_event(), name="", needs=["bsl"], more_large_print="18 point").content.decode()

    folds = re.findall(r'<details class="fold"( open)?>.*?<span>([^<]*)</span>', page, re.DOTALL)
    assert folds == [
        (" open", "Hearing and sign"),
        (" open", "Reading and seeing"),
        ("", "Taking part"),
        ("", "Practical support"),
    ]


def test_consent_alone_asks_for_nothing():
    event = make_event()

    send(event, may_be_read="on")

    assert event.registrations.count() == 1
    assert not AccessRequest.objects.exists()


def test_the_trap_for_robots_is_out_of_the_tab_order_says_so_and_explains_itself():
    event = make_event()

    html = Client().get(form_of(event)).content.decode()
    caught = send(event, website="https://spam.example").content.decode()

    assert re.search(r'<label for="id_website">Leave this box empty</label><input[^>]*tabindex="-1"', html)
    assert "Leave this box empty. It is there to catch robots; please send again" in caught
    assert "spam.example" not in caught
    assert not Registration.objects.exists()


def test_whoever_is_signed_in_finds_their_own_answers_filled_in():
    person = make_person("amara@example.org", name="Amara", pronouns="she/her")
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    html = client.get(form_of(make_event())).content.decode()

    assert all(f'value="{known}"' in html for known in ("Amara", "she/her", "amara@example.org"))


def test_a_get_changes_nothing_and_sets_no_session():
    event = make_event()
    client = Client()

    for address in (form_of(event), sent_of(event), reverse("events:link_again", args=[event.slug])):
        client.get(address)

    assert not Registration.objects.exists()
    assert set(client.cookies) == {"csrf"}  # of the last two, whose forms do more than ask for a place


def test_a_visitors_form_needs_no_cookie_and_comes_from_no_other_site():
    """Whoever has a session is protected as everywhere, and who has none by where the browser says it comes from."""
    event = make_event()
    here = {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}
    elsewhere = {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}
    answers = []

    for number, headers in enumerate([*here, *elsewhere, {"Origin": "https://other.example"}]):
        client = Client(enforce_csrf_checks=True)
        assert not client.get(form_of(event)).cookies
        sent = client.post(
            form_of(event), typed(email=f"v{number}@example.org", name="Quokka"), headers=headers
        )
        answers.append((sent.status_code, "Quokka" in sent.content.decode()))

    assert answers == [(302, False)] * 3 + [(403, False)] * 4
    signed_in = Client(enforce_csrf_checks=True)
    signed_in.force_login(make_person("vera@example.org"))
    assert signed_in.post(form_of(event), typed(email="v9@example.org"), headers=here[0]).status_code == 403
    assert event.registrations.count() == 3


def test_a_form_that_expired_comes_back_with_what_was_typed():
    event = make_event()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("amara@example.org"))

    response = client.post(
        form_of(event), typed(own_words="Slides before"), headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert response.status_code == 403
    assert "Slides before" in response.content.decode()


def test_another_address_keeps_the_place_the_answers_and_the_needs():
    event = make_event(places=2)
    client = Client()
    send(event, client, email="typo@example.org", needs=["bsl"], may_be_read="on")
    first = event.registrations.get()

    response = client.post(sent_of(event), {"email": "amara@example.org"})

    registration = event.registrations.get()
    assert response["Location"] == sent_of(event)
    assert (registration.pk, registration.email, registration.state) == (
        first.pk,
        "amara@example.org",
        "confirmed",
    )
    assert [need.code for need in registration.access_request.needs.all()] == ["bsl"]
    assert mails() == [("confirm", "typo@example.org"), ("confirm", "amara@example.org")]
    assert Client().get(first.get_absolute_url()).status_code == 404


def test_after_a_double_click_another_address_still_moves_the_whole_registration():
    event = make_event()
    client = Client()
    for _ in range(2):
        send(event, client, email="typo@example.org", needs=["bsl"], may_be_read="on")

    client.post(sent_of(event), {"email": "amara@example.org"})

    registration = event.registrations.get()
    assert registration.email == "amara@example.org"
    assert registration.access_request.needs.count() == 1


def test_another_address_never_moves_somebody_elses_registration():
    event = make_event()
    send(event, email="victim@example.org", needs=["bsl"], may_be_read="on")
    stranger = Client()
    send(event, stranger, email="victim@example.org")

    stranger.post(sent_of(event), {"email": "stranger@example.org"})

    victim = event.registrations.get(email="victim@example.org")
    assert victim.access_request.needs.count() == 1
    assert not AccessRequest.objects.filter(registration__email="stranger@example.org").exists()


@pytest.mark.parametrize("comes_again", [False, True])
def test_whoever_typed_an_address_first_does_not_get_what_its_owner_tells_later(comes_again: bool):
    event = make_event()
    stranger = Client()
    send(event, stranger, email="victim@example.org")
    send(event, email="victim@example.org", needs=["bsl"], may_be_read="on")
    if comes_again:
        send(event, stranger, email="victim@example.org")

    stranger.post(sent_of(event), {"email": "stranger@example.org"})

    victim = event.registrations.get(email="victim@example.org")
    assert victim.access_request.needs.count() == 1
    assert not AccessRequest.objects.filter(registration__email="stranger@example.org").exists()


def test_the_page_about_the_inbox_shows_the_address_that_was_typed_to_whoever_typed_it():
    event = make_event()
    client = Client()
    stranger = client.get(sent_of(event)).content.decode()

    send(event, client, email="typo@example.org")
    typist = client.get(sent_of(event)).content.decode()
    client.post(sent_of(event), {"email": "amara@example.org"})
    corrected = client.get(sent_of(event)).content.decode()

    assert 'name="email"' not in stranger
    for page, address in ((typist, "typo@example.org"), (corrected, "amara@example.org")):
        assert f"<strong>{address}</strong>" in page
        assert f'value="{address}"' in page
    assert "typo@" not in corrected
    assert Client().get(sent_of(event)).content.decode() == stranger
    later = timezone.now() + timedelta(minutes=31)
    with time_machine.travel(later):
        assert "amara@example.org" not in client.get(sent_of(event)).content.decode()


def test_whoever_asked_for_a_link_reads_for_which_address_and_can_correct_it():
    event, client = make_event(), Client()
    register(event, "known@example.org")
    sent, again = (reverse(f"events:{name}", args=[event.slug]) for name in ("link_sent", "link_again"))
    pages = []

    for email in ("known@example.org", "other@example.org"):
        client.post(again, {"email": email})
        page = client.get(sent).content
        assert f'value="{email}"'.encode() in page
        pages.append(CSRF.sub(b"", page).replace(email.encode(), b""))

    assert pages[0] == pages[1]
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert "other@example.org" not in client.get(sent).content.decode()


def test_a_wrong_second_address_is_said_at_the_field():
    event = make_event()
    client = Client()
    send(event, client)

    html = client.post(sent_of(event), {"email": "amara at"}).content.decode()

    assert "Enter an email address in the right form" in html
    assert 'value="amara at"' in html


@pytest.mark.parametrize("cookie", ["", "nonsense", "a.b", "key." + "A" * 80])
def test_a_cookie_that_was_tampered_with_is_no_cookie(cookie: str):
    event = make_event()
    client = Client()
    client.cookies["registration"] = client.cookies["asked"] = cookie

    assert client.get(reverse("events:link_sent", args=[event.slug])).status_code == 200
    response = client.post(sent_of(event), {"email": "amara@example.org"})

    assert response.status_code == 200
    assert not Registration.objects.exists()


def test_the_link_comes_again_and_nobody_learns_whether_it_did():
    event = make_event()
    register(event, "known@example.org")
    OutgoingMail.objects.all().delete()
    address = reverse("events:link_again", args=[event.slug])

    known = Client().post(address, {"email": "Known@Example.org "})
    unknown = Client().post(address, {"email": "other@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert sorted(known.items()) == sorted(unknown.items())
    assert mails() == [("link-again", "known@example.org")]
    assert Client().get(known["Location"]).status_code == 200


def test_asking_for_the_link_many_times_is_one_mail():
    event = make_event()
    register(event, "known@example.org")
    OutgoingMail.objects.all().delete()

    for _ in range(5):
        Client().post(reverse("events:link_again", args=[event.slug]), {"email": "known@example.org"})

    assert len(mails()) == 1


def test_before_the_address_is_confirmed_the_link_is_the_one_that_asks_for_that():
    event = make_event()
    registration = register(event, "new@example.org", confirmed=False)
    OutgoingMail.objects.filter(about=registration.pk).delete()

    Client().post(reverse("events:link_again", args=[event.slug]), {"email": "new@example.org"})

    assert mails() == [("confirm", "new@example.org")]


def test_the_form_costs_the_same_for_one_date_and_for_three(django_assert_num_queries):
    group = make_group()
    for event in (make_event(group=group, places=9), make_event(group=group, places=9, dates=3)):
        for _ in range(event.sessions.count()):
            register(event)
        with django_assert_num_queries(9):
            Client().get(form_of(event))


def test_asking_for_a_place_takes_a_bounded_number_of_statements(django_assert_num_queries):
    """Those that begin and end the transaction included. Where people attack, the counting of tries comes on top."""
    event = make_event(places=9)

    with django_assert_num_queries(12):
        send(event)


def test_each_date_by_email_is_offered_for_several_and_stays_chosen_when_the_address_is_corrected():
    one, several, client = make_event(), make_event(dates=3, needs_every_date=True), Client()
    pages = {
        event: 'name="every_date_by_mail"' in client.get(form_of(event)).content.decode()
        for event in (one, several)
    }

    dates = [date.pk for date in several.sessions.all()]
    send(several, client, email="typo@example.org", dates=dates, every_date_by_mail="on")
    client.post(sent_of(several), {"email": "amara@example.org"})

    assert pages == {one: False, several: True}
    assert [row.calendar_mails for row in several.registrations.live()] == ["every_date"]
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        send(several, client, email="amara@example.org", dates=dates)
    assert [row.calendar_mails for row in several.registrations.live()] == [""]


def test_a_browser_keeps_all_that_was_typed_but_needs_and_network():
    given = {
        one.name: {"taking_part": ["camera"], "dates": [1, 2], "pair": Pair(3, "online")}.get(
            one.name, one.name
        )
        for one in fields(Answers)
    }

    kept = TypedAnswers.of(Answers(**given | {"dates": {1, 2}}), None)

    answers = TypedAnswers.from_text(kept.to_text()).answers
    assert answers == Answers(**given | {"access": None, "network": ""})
