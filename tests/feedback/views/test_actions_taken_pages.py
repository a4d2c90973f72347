""" "You said, we did": written by organisers, read by everyone once it is published."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback.actions import actions_taken, pool, tallies, themes
from feedback.models import ActionTaken, FeedbackRound
from tests.factories import make_hub, make_organiser
from tests.feedback.factories import answer, fresh, make_past_event, make_round
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

NOBODYS = "People wished for more time between the rooms"
TYPED = {
    "theme": "Breaks",
    "said": NOBODYS,
    "answer": "did",
    "by_when": "",
    "words": "We made ten minutes of it.",
}
WORD_FOR_WORD = "repeats word for word what somebody wrote"


@made_once
def event_of_six() -> FeedbackRound:
    make_hub()
    return make_round(6, title="Being better allies", slug="allies")


@pytest.fixture
def round(client) -> FeedbackRound:
    round = event_of_six()
    client.force_login(make_organiser(round.event.group))
    return round


def page(round: FeedbackRound, name: str = "actions_taken", *more: object) -> str:
    return reverse(f"organise:{name}", args=[round.event.slug, *more])


def public(round: FeedbackRound) -> str:
    return reverse("feedback:done", args=[round.event.slug])


def text(came) -> str:
    return " ".join(came.content.decode().split())


def seen(came) -> str:
    """Without the code of the page, tags and attributes."""
    return " ".join(re.sub(r"<[^>]+>", " ", came.content.decode()).split())


def write(round: FeedbackRound, theme: str = "Breaks", **more) -> ActionTaken:
    words = {"said": NOBODYS, "answer": "did", "words": "We made ten minutes of it.", "by_when": None}
    return actions_taken.add(round.event, by=make_organiser(round.event.group), theme=theme, **words | more)


def test_nobody_reads_it_before_it_is_published_nor_after_it_is_taken_back(client, round):
    row = write(round)
    before = client.get(public(round))

    client.post(page(round, "actions_taken_publication"))
    published = client.get(public(round))
    client.post(page(round, "action_taken_back", row.pk))

    assert before.status_code == 404
    assert NOBODYS in seen(published)
    assert "We did We made ten minutes of it." in seen(published)
    assert client.get(public(round)).status_code == 404
    assert client.get(page(round)).status_code == 200


def test_the_three_answers_stand_in_words(client, round):
    write(round, "Sound", answer="will", by_when="2031-05-03", words="Microphones for all.")
    write(round, "Chairs", answer="will_not", words="they belong to the house")
    actions_taken.publish(round.event)

    shown = seen(client.get(public(round)))

    assert "We will by Saturday 3 May 2031 Microphones for all." in shown
    assert "We will not, because they belong to the house" in shown


def test_an_event_that_is_not_public_does_not_show_it(client, round):
    write(round)
    actions_taken.publish(round.event)
    round.event.state = "draft"
    round.event.save()

    assert client.get(public(round)).status_code == 404


def test_it_is_written_and_changed_on_a_page(client, round):
    client.post(page(round, "action_taken_new"), TYPED)
    row = ActionTaken.objects.get()
    opened = {"opened": row.edition}

    came = client.post(page(round, "action_taken", row.pk), TYPED | opened | {"theme": "Pauses"})

    assert came.status_code == 302
    row.refresh_from_db()
    assert (row.theme, row.said, row.published_at) == ("Pauses", NOBODYS, None)
    assert str(row.changed_by_id) == client.session["_auth_user_id"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"theme": ""}, "Enter a theme"),
        ({"theme": "x" * 61}, "Shorten this to 60 characters or fewer"),
        ({"said": " \n"}, "Say in your own words what people said"),
        ({"said": "x" * 301}, "Shorten this to 300 characters or fewer"),
        ({"words": ""}, "Say what you did, will do, or why not"),
        ({"answer": "maybe"}, "Choose an answer"),
        ({"answer": "will"}, "Say by when you will do it"),
        ({"answer": "will", "by_when": "soon"}, "Enter the date as day, month and year"),
        ({"answer": "did", "by_when": "soon"}, "Enter the date as day, month and year"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(client, round, more, says):
    came = client.post(page(round, "action_taken_new"), TYPED | more | {"theme": more.get("theme", "Rooms")})

    assert came.status_code == 200
    assert says in text(came)
    if "words" not in more:
        assert TYPED["words"] in text(came)
    assert not ActionTaken.objects.exists()


def test_a_day_is_kept_only_for_a_promise(client, round):
    client.post(page(round, "action_taken_new"), TYPED | {"by_when": "2031-05-03"})

    assert ActionTaken.objects.get().by_when is None


def test_strange_input_is_no_error_of_the_hub(client, round):
    assert client.get(page(round, "action_taken_new") + "?theme=%00" + "x" * 500).status_code == 200
    assert client.get(page(round) + "?moved=%00&by=sideways").status_code == 200
    assert client.post(page(round, "action_taken_new"), {"theme": "a\0b"}).status_code == 200
    assert client.get(page(round, "action_taken", 987654)).status_code == 404
    row = write(round)
    came = client.post(page(round, "action_taken", row.pk), TYPED | {"opened": "yesterday"})
    assert "saved meanwhile" in text(came)


def test_somebodys_own_sentence_is_asked_about_before_it_is_published(client, round):
    answer(round, 5, keep="I could not hear anything at the back, being deaf in one ear")
    pool.release(round)
    copied = TYPED | {"said": "Some of you could not hear anything at  the back."}

    asked = client.post(page(round, "action_taken_new"), copied)
    sure = client.post(page(round, "action_taken_new"), copied | {"is_sure": "on"})

    assert WORD_FOR_WORD in text(asked)
    assert 'name="is_sure"' in text(asked)
    assert sure.status_code == 302


def test_below_five_no_word_tells_what_anybody_wrote(client, round):
    """A warning would be a way to guess."""
    answer(round, 4, keep="I could not hear anything at the back")
    pool.release(round)

    came = client.post(
        page(round, "action_taken_new"), TYPED | {"said": "I could not hear anything at the back"}
    )

    assert came.status_code == 302


def test_what_organisers_hid_is_not_guessed_either(client, round):
    answer(round, 5, keep="Robin could not hear anything at the back")
    pool.release(round)
    for found in tallies.texts_shown(fresh(round)):
        themes.hide(fresh(round), found.pk, "names somebody")

    came = client.post(
        page(round, "action_taken_new"), TYPED | {"said": "Robin could not hear anything at the back"}
    )

    assert came.status_code == 302


def test_themes_of_texts_without_an_answer_are_offered(client, round):
    answer(round, 5, keep="The breaks")
    pool.release(round)
    one, two = tallies.texts_shown(fresh(round))[:2]
    themes.tag(fresh(round), one.pk, ["Breaks", "Food & drink"])
    themes.tag(fresh(round), two.pk, ["Food & drink"])
    write(round, "breaks")

    listed = client.get(page(round))
    new = client.get(page(round, "action_taken_new"), {"theme": "Food & drink"})

    assert "Food &amp; drink 2 texts Answer it" in seen(listed)
    assert "Breaks 1 text" not in seen(listed)
    assert 'value="Food &amp; drink"' in text(new)


def test_who_saves_second_sees_what_was_saved_and_loses_nothing(client, round):
    row = write(round)
    opened = row.edition
    actions_taken.change(row, opened=opened, by=make_organiser(round.event.group), said="Another summary")

    came = client.post(page(round, "action_taken", row.pk), TYPED | {"opened": opened, "theme": "Mine"})
    now = re.search(r'name="opened" value="([^"]+)"', text(came))
    assert now is not None
    again = client.post(page(round, "action_taken", row.pk), TYPED | {"opened": now[1], "theme": "Mine"})

    assert "Another summary" in text(came)
    assert 'value="Mine"' in text(came)
    assert again.status_code == 302
    assert ActionTaken.objects.get().theme == "Mine"


def test_what_was_typed_for_one_that_was_removed_can_be_added_anew(client, round):
    row = write(round)
    client.post(page(round, "action_taken_end", row.pk))

    came = client.post(page(round, "action_taken", row.pk), TYPED | {"opened": "x"})

    assert "This was removed meanwhile" in text(came)
    assert NOBODYS in text(came)
    assert f'action="{page(round, "action_taken_new")}"' in text(came)


def test_the_order_is_changed_by_buttons_and_removing_asks_first(client, round):
    one, two = write(round), write(round, "Sound")

    client.post(page(round, "action_taken_order", two.pk), {"by": "up"})
    asked = client.get(page(round, "action_taken_end", one.pk))
    order = [row.theme for row in round.event.actions_taken.all()]
    client.post(page(round, "action_taken_end", one.pk))

    assert order == ["Sound", "Breaks"]
    assert "Remove “Breaks”?" in text(asked)
    assert '<form method="post" action="' in text(asked)
    assert [row.theme for row in round.event.actions_taken.all()] == ["Sound"]


def test_a_promise_whose_day_is_over_is_told_to_organisers_and_only_dated_for_everyone(client, round):
    yesterday = timezone.now().date() - timedelta(days=2)
    write(round, answer="will", by_when=yesterday)
    actions_taken.publish(round.event)

    assert "The day is over: did you do it?" in text(client.get(page(round)))
    assert "Say what became of a promise" in text(client.get(reverse("organise:overview")))
    assert "is over" not in seen(client.get(public(round)))


def test_the_number_stands_on_the_page_before_anything_is_mailed(client, round):
    nothing = client.get(page(round, "actions_taken_mail"))
    write(round)
    actions_taken.publish(round.event)

    before = client.get(page(round, "actions_taken_mail"))
    sent = client.post(page(round, "actions_taken_mail"), follow=True)

    assert "Nothing is published" in text(nothing)
    assert "It goes to 6 people" in text(before)
    assert "The email goes to 6 people." in text(sent)
    assert "Everyone who had a place has had it." in text(sent)


def test_the_page_of_the_event_leads_to_it_without_one_more_question(client, round):
    client.logout()
    address = round.event.get_absolute_url()
    without = client.get(address)
    few = queries(client, address)
    write(round)
    actions_taken.publish(round.event)

    assert public(round) not in text(without)
    assert public(round) in text(client.get(address))
    assert queries(client, address) == few


def test_the_page_of_the_group_shows_the_latest_three_of_all_its_events(client, round):
    group = round.event.group
    for theme in ("One", "Two"):
        write(round, theme)
    actions_taken.publish(round.event)
    client.get(group.get_absolute_url())
    few = queries(client, group.get_absolute_url())
    other = FeedbackRound(event=make_past_event(group=group, title="The next one"))
    for theme in ("Three", "Four"):
        write(other, theme)
    actions_taken.publish(other.event)
    write(other, "Five")

    shown = text(client.get(group.get_absolute_url()))

    assert all(f"<strong>{theme}:</strong>" in shown for theme in ("One", "Three", "Four"))
    assert all(f"<strong>{theme}:</strong>" not in shown for theme in ("Two", "Five"))
    assert public(other) in shown
    assert queries(client, group.get_absolute_url()) == few


def test_as_many_questions_to_the_database_for_ten_as_for_one(client, round):
    write(round)
    actions_taken.publish(round.event)
    few = [queries(client, address) for address in (public(round), page(round))]
    for number in range(9):
        write(round, f"Theme {number}")
    actions_taken.publish(round.event)

    assert [queries(client, address) for address in (public(round), page(round))] == few


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)
