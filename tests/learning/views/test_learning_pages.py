"""Learning pages as everyone reads them."""

import re
from contextlib import closing

import pytest
from django.urls import reverse

from events.models import Event
from feedback.models import Quote
from learning.models import Enquiry, LearningPage, PublishedAnswer
from people.models import Group
from tests.factories import by_hand, make_event, make_group, make_hub
from tests.learning.page_factories import make_learning_page, make_picture

pytestmark = pytest.mark.django_db
INDEX = reverse("learning:index")
KIND = LearningPage.Kind


def read(client, address) -> str:
    return client.get(address).content.decode()


def test_a_draft_is_seen_nowhere_and_a_page_everywhere_it_belongs(client):
    group = make_group()
    event = make_event(group=group)
    draft = make_learning_page(group, published=False, events=[event], title="Not yet")
    page = make_learning_page(group, events=[event], pages=[draft], title="Here it is")
    places = [INDEX, event.get_absolute_url(), group.get_absolute_url(), page.get_absolute_url()]
    places.append(reverse("sitemap"))

    shown = [(page.slug in html, draft.slug in html) for html in (read(client, place) for place in places)]

    assert shown == [(True, False)] * len(places)
    assert event.title in read(client, page.get_absolute_url())
    for name in ("page", "clear_words", "get_in_touch", "get_in_touch_sent"):
        assert client.get(reverse(f"learning:{name}", args=[draft.slug])).status_code == 404


def test_a_search_of_the_calendar_finds_what_there_is_to_read_too(client):
    assert "To learn from" not in read(client, f"{reverse('events:agenda')}?q=zuhoren")
    page = make_learning_page(make_group(), title="Über Zuhören", summary="What silence asks of us.")
    draft = make_learning_page(page.group, published=False, title="Zuhören later")
    agenda = reverse("events:agenda")

    found, other, unasked = (
        read(client, f"{agenda}{query}") for query in ("?q=zuhoren+silence", "?q=speaking", "")
    )

    assert [page.slug in html for html in (found, other, unasked)] == [True, False, False]
    assert draft.title not in found


def test_a_page_of_a_group_that_is_no_longer_approved_is_gone(client):
    page = make_learning_page()
    Group.objects.update(state=Group.State.DECLINED)

    assert client.get(page.get_absolute_url()).status_code == 404
    assert page.title not in read(client, INDEX)


def test_a_drafts_pages_link_to_no_event_that_is_not_on_the_calendar(client):
    group = make_group()
    hidden = [make_event(group=group, state=Event.State.DRAFT), make_event(group=group, is_unlisted=True)]
    page = make_learning_page(group, events=hidden)

    html = read(client, page.get_absolute_url())

    assert [event.title for event in hidden if event.title in html] == []


def test_chapters_are_numbered_and_listed_and_pictures_stand_where_their_marks_are(client):
    page = make_learning_page(
        text="First.\n\n## Quiet *now*\n\n[picture 1]\n\n[picture 7]\n\n## Ask\n\n[All dates](/events/)",
        sources="- A book",
    )
    picture = make_picture(page, alt="A gold field.")

    html = read(client, page.get_absolute_url())

    assert html.count('<a href="#part-1">') == html.count('<a href="#part-2">') == 2
    assert [found.strip() for found in re.findall(r"<h2 id=.h-part-1.>(.*?)</h2>", html)] == [
        "1. <span>Quiet now</span>"
    ]
    assert html.count(f'src="{picture.get_absolute_url()}"') == 1
    assert "[picture" not in html
    assert html.count('class="beside"') == 1
    with closing(client.get(picture.get_absolute_url())) as file:
        assert file.headers["Content-Type"] == "image/webp"


def test_a_link_out_of_the_hub_stays_in_its_line_and_html_is_shown_as_it_was_typed(client):
    page = make_learning_page(text="<b>x</b>\n\n[Away](https://example.org/)\n\n[Away](//example.org/)")

    html = read(client, page.get_absolute_url())

    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert 'class="beside"' not in html


def test_the_list_is_filtered_and_says_how_many_each_filter_shows(client):
    pages = {
        kind: make_learning_page(kind=kind, title=f"About {kind}", clear_words="") for kind in KIND.values
    }
    make_learning_page(title="Easy", clear_words="- Short.")

    shown = {
        only: [page.title for page in client.get(f"{INDEX}?show={only}").context["pages"]]
        for only in ("read", "case", "session", "scenario", "clear", "nonsense")
    }

    assert shown == {
        "read": [pages["read"].title, "Easy"],
        "case": [pages["case"].title],
        "session": [pages["session"].title],
        "scenario": [pages["scenario"].title],
        "clear": ["Easy"],
        "nonsense": ["About case", "About read", "About scenario", "About session", "Easy"],
    }


@pytest.mark.parametrize("place", ["index", "event", "group", "page"])
def test_a_list_costs_the_same_for_one_and_for_three(place, client, django_assert_max_num_queries):
    make_hub()
    event = make_event(group=make_group())
    first = make_learning_page(event.group, events=[event])
    address = {
        "index": INDEX,
        "event": event.get_absolute_url(),
        "group": event.group.get_absolute_url(),
        "page": first.get_absolute_url(),
    }[place]
    with django_assert_max_num_queries(99) as once:
        read(client, address)
    for _page in range(2):
        make_learning_page(event.group, events=[event], pages=[first])

    with django_assert_max_num_queries(len(once)):
        read(client, address)


def test_where_nothing_is_written_an_event_and_a_group_ask_nothing_more(
    client, django_assert_max_num_queries
):
    make_hub()
    event = make_event()
    page = make_learning_page(event.group, events=[event])
    for place in (event.get_absolute_url(), event.group.get_absolute_url()):
        LearningPage.objects.update(published_at=page.published_at)
        with django_assert_max_num_queries(99) as some:
            read(client, place)
        LearningPage.objects.update(published_at=None)
        with django_assert_max_num_queries(len(some) - 1):
            read(client, place)


def test_pages_are_the_same_for_all_visitors_and_may_be_kept(client):
    page = make_learning_page()

    for address in (INDEX, page.get_absolute_url(), reverse("learning:clear_words", args=[page.slug])):
        answer = client.get(address)
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert ("public" in answer["Cache-Control"], dict(answer.cookies), again.status_code) == (
            True,
            {},
            304,
        )


def test_a_case_study_shows_what_people_allowed_to_be_told_of_its_events(client):
    event, other = make_event(group=make_group()), make_event()
    pages = {kind: make_learning_page(event.group, kind=kind, events=[event]) for kind in KIND.values}
    for of, words, allowed in (
        (event, "I was heard.", True),
        (event, "Not this.", False),
        (other, "Nor that.", True),
    ):
        Quote.objects.create(event=of, text=words, approved_at=event.published_at, on_group_page=allowed)

    said = {
        kind: [
            words
            for words in ("I was heard.", "Not this.", "Nor that.")
            if words in read(client, page.get_absolute_url())
        ]
        for kind, page in pages.items()
    }

    assert said == {"read": [], "case": ["I was heard."], "session": [], "scenario": []}


def test_what_was_published_of_a_surgery_stands_on_pages_that_name_its_event(client):
    event = make_event(group=make_group(), join_address="https://meet.example/x")
    answer = PublishedAnswer(
        event=event, question="What if I am wrong?", answer="Mend it: https://meet.example/x"
    )
    answer.save()
    pages = {kind: make_learning_page(event.group, kind=kind, events=[event]) for kind in KIND.values}
    other = make_learning_page(event.group, events=[make_event(group=event.group)])
    places = {kind: page.get_absolute_url() for kind, page in pages.items()}
    places["scenario"] = reverse("learning:pointers", args=[pages["scenario"].slug])

    said = {kind: read(client, place) for kind, place in places.items()}

    assert all("What if I am wrong?" in html and "meet.example" not in html for html in said.values())
    assert "Asked and answered" not in read(client, other.get_absolute_url())
    answer.delete()
    assert "What if I am wrong?" not in read(client, places["read"])


def test_no_clear_words_no_page_of_them_and_no_switch(client):
    page = make_learning_page(clear_words="")

    assert client.get(reverse("learning:clear_words", args=[page.slug])).status_code == 404
    assert "words-switch" not in read(client, page.get_absolute_url())


def test_somebody_writes_to_the_group_and_sees_no_address_of_it(client):
    page = make_learning_page(make_group(contact_email="group@example.org"), kind=KIND.SESSION)
    address = reverse("learning:get_in_touch", args=[page.slug])
    typed = {"words": "May we?", "name": "Ren", "email": "ren@example.org"} | by_hand()

    pages = [read(client, page.get_absolute_url()), read(client, address)]
    wrong = client.post(address, typed | {"email": "ren"})
    sent = client.post(address, typed, follow=True)

    assert wrong.context["form"].errors.keys() == {"email"}
    assert sent.redirect_chain == [(reverse("learning:get_in_touch_sent", args=[page.slug]), 302)]
    assert [(one.page, one.email, one.words) for one in Enquiry.objects.all()] == [
        (page, "ren@example.org", "May we?")
    ]
    assert not any("group@example.org" in html for html in [*pages, sent.content.decode()])


def test_a_picture_of_a_draft_is_for_its_organisers_alone(client):
    picture = make_picture(make_learning_page(published=False))

    assert client.get(picture.get_absolute_url()).status_code == 404
