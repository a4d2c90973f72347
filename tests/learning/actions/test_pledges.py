"""A pledge is nobody's business unless its person says so; what they take back is gone at once."""

import base64
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image

from events import pictures
from events.actions import leaving, my_data
from events.actions import retention as event_retention
from events.models import Registration
from kit.meanwhile import ChangedMeanwhile, NothingChanged
from learning.actions import pledges, retention
from learning.actions.pledges import NotThere, months_later
from learning.forms.pledge_form import PledgeForm
from learning.models import CheckIn, LearningPlan, Pledge, PledgeShare, PledgeUse
from learning.pages import pledge_walls as walls
from mail.models import OutgoingMail
from tests.factories import make_event, make_group, make_hub, make_organiser, register
from tests.learning.factories import Where, days_later, make_pledge, offer_pledges, picture_file
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

WORDS = "ask who is missing, the quokka most of all"


@pytest.fixture(name="amara")
@made_once
def make_amara() -> Registration:
    """Somebody with a place at a programme that has pledges, whose group has one organiser."""
    make_hub()
    group = make_group()
    make_organiser(group, email="organiser@example.org")
    event = offer_pledges(make_event(group=group, dates=4, starts_in=timedelta(days=-20)))
    return register_late(event)


def register_late(event) -> Registration:
    return register(event, "amara@example.org", name="Amara")


def shown_at(registration: Registration) -> dict[str, int]:
    event = registration.event
    return {
        "programme": walls.in_programme(registration).count(),
        "event": walls.of_event(event).count(),
        "group": walls.of_group(event.group).count(),
        "news": walls.for_news(event).count(),
    }


NOWHERE = dict.fromkeys(("programme", "event", "group", "news"), 0)


def test_twelve_months_end_on_the_same_day_or_the_last_of_its_month():
    days = [months_later(date(2024, 2, 29), 12), months_later(date(2025, 8, 31), 6)]

    assert days == [date(2025, 2, 28), date(2026, 2, 28)]


def test_by_default_nobody_sees_it_nobody_is_named_and_nobody_asks(amara):
    form = PledgeForm(
        {"words": WORDS, "shown_name": "none"}, registration=amara, pledge=None, today=timezone.localdate()
    )
    assert form.is_valid(), form.errors
    pledges.save(amara, form.answers(), edition="")

    pledge = Pledge.objects.get()
    assert (pledge.words, pledge.name_shown()) == (WORDS, "")
    assert (PledgeShare.objects.count(), CheckIn.objects.count()) == (0, 0)
    assert shown_at(amara) == NOWHERE


def test_it_is_shown_where_they_say_for_as_long_as_they_say_and_not_once_it_is_taken_back(amara):
    today = timezone.localdate()
    shows = {
        Where.PROGRAMME: {"programme": 1},
        Where.EVERYBODY: {"programme": 1, "event": 1, "group": 1},
        Where.NEWS: {"news": 1},
    }
    for where, there in shows.items():
        with nothing_stays():
            make_pledge(amara, shares={where: today + timedelta(days=2)})
            assert shown_at(amara) == NOWHERE | there
            with days_later(2):
                assert shown_at(amara) == NOWHERE | there
            with days_later(3):
                assert shown_at(amara) == NOWHERE
                assert (pledges.end_shares_due(), pledges.end_shares_due()) == (1, 0)
        with nothing_stays():
            make_pledge(amara, shares={where: today + timedelta(days=2)})
            pledges.end_share(amara, where)
            assert shown_at(amara) == NOWHERE
            with pytest.raises(NotThere):
                pledges.end_share(amara, where)


def test_whoever_gave_up_their_place_is_shown_nowhere_any_more(amara):
    make_pledge(amara, shares=list(Where))

    leaving.end(Registration.objects.get(pk=amara.pk), Registration.Ended.LEFT, "left")

    assert (walls.of_event(amara.event).count(), walls.for_news(amara.event).count()) == (0, 0)


def test_an_unlisted_event_shows_its_pledges_on_its_own_page_alone(amara):
    make_pledge(amara, shares=[Where.EVERYBODY])
    amara.event.is_unlisted = True
    amara.event.save()

    assert (walls.of_event(amara.event).count(), walls.of_group(amara.event.group).count()) == (1, 0)


def test_it_cannot_be_made_without_a_place_or_where_there_are_none_nor_changed_by_an_old_page(amara):
    waiting = register(make_event(), "waiting@example.org")
    with pytest.raises(pledges.NoPledgeNow):
        make_pledge(waiting)
    first = make_pledge(amara)
    with pytest.raises(ChangedMeanwhile):
        make_pledge(amara, "something else")
    with days_later(366):
        fresh = Registration.objects.select_related("event__learning_plan").get(pk=amara.pk)
        answers = pledges.PledgeAnswers("late", "none", {}, frozenset())
        with pytest.raises(pledges.NoPledgeNow):
            pledges.save(fresh, answers, edition=first.edition)


def test_no_new_pledge_is_offered_once_organisers_say_so_and_a_second_press_is_told(amara):
    pledges.offer(amara.event, offered=False)
    with pytest.raises(NothingChanged):
        pledges.offer(amara.event, offered=False)

    assert not pledges.may_pledge(Registration.objects.get(pk=amara.pk))
    LearningPlan.objects.update(asks_pledge=True)
    assert pledges.may_pledge(Registration.objects.get(pk=amara.pk))


def test_a_picture_is_only_what_is_seen_in_it_and_never_a_file(amara, settings):
    content = pictures.rewritten(picture_file(), pledges.LONGEST_SIDE).content
    large = Image.new("RGB", (3000, 1000))
    large.save(file := BytesIO(), "PNG")
    file.seek(0)
    make_pledge(amara, picture=content, alt="A knot")

    kept = base64.b64decode(Pledge.objects.get().picture)
    with Image.open(BytesIO(kept)) as shown:
        assert (shown.format, dict(shown.getexif()), shown.info.get("exif")) == ("WEBP", {}, None)
    assert b"Quokka" not in kept
    with Image.open(BytesIO(pictures.rewritten(file, pledges.LONGEST_SIDE).content)) as shown:
        assert shown.size == (1200, 400)


def test_a_picture_asks_what_can_be_seen_in_it(amara):
    def form(**more: str) -> PledgeForm:
        data = {"words": WORDS, "shown_name": "none"} | more
        files = {"upload": uploaded()}
        return PledgeForm(data, files, registration=amara, pledge=None, today=timezone.localdate())

    assert list(form().errors) == ["alt"]
    assert form(alt="A knot in a handkerchief").is_valid()


def uploaded():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("me.jpg", picture_file().read(), "image/jpeg")


def test_the_database_holds_no_word_of_it_in_the_clear(amara):
    pledge = make_pledge(amara, WORDS, months=[3], picture=b"quokka picture", alt="A quokka")
    CheckIn.objects.filter(pledge=pledge).update(due_on=timezone.localdate())
    found = CheckIn.objects.get()
    found.help = "A quokka to lean on"
    found.save()

    with connection.cursor() as cursor:
        for table in ("learning_pledge", "learning_checkin"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows = str(cursor.fetchall())
            assert "uokka" not in rows
            assert base64.b64encode(b"quokka picture").decode() not in rows


def test_what_was_used_elsewhere_is_to_be_taken_out_however_it_was_taken_back(amara):
    ways = {
        "from the news": lambda: pledges.end_share(amara, Where.NEWS),
        "unticked": lambda: save_again(amara),
        "altogether": lambda: pledges.take_back(amara),
        "its day is over": lambda: after(400, pledges.end_shares_due),
        "forgotten by the clock": lambda: after(400, retention.forget_what_is_over),
        "erased": lambda: my_data.erase_everything("amara@example.org"),
    }
    for way, take_back in ways.items():
        with nothing_stays():
            pledge = make_pledge(amara, WORDS, shares=[Where.NEWS, Where.PROGRAMME])
            pledges.note_use(amara.event, pledge, "Staff news of March")
            take_back()
            use = PledgeUse.objects.get()
            owed = OutgoingMail.objects.of_kind("pledge-take-out")
            assert (use.pledge, use.taken_back_at is None) == (None, False), way
            assert [mail.to_email for mail in owed] == ["organiser@example.org"], way
            pledges.note_taken_out(amara.event, use.pk)
            with pytest.raises(NotThere):
                pledges.note_taken_out(amara.event, use.pk)


def save_again(amara: Registration) -> None:
    fresh = Registration.objects.select_related("event__learning_plan").get(pk=amara.pk)
    edition = Pledge.objects.get().edition
    pledges.save(fresh, pledges.PledgeAnswers(WORDS, "none", {}, frozenset()), edition=edition)


def after(days: int, do) -> None:
    with days_later(days):
        do()


def test_only_what_is_shared_for_news_can_be_used(amara):
    pledge = make_pledge(amara, shares=[Where.EVERYBODY])

    with pytest.raises(NotThere):
        pledges.note_use(amara.event, pledge, "Staff news")


def test_it_is_forgotten_thirty_days_after_its_months_and_keeps_the_place_known_until_then(amara):
    make_pledge(amara, months=[12])

    def is_known(days: int) -> tuple[bool, bool]:
        with nothing_stays(), days_later(days):
            retention.forget_what_is_over()
            event_retention.forget_what_is_over()
            return (
                Pledge.objects.exists(),
                Registration.objects.not_erased().filter(pk=amara.pk).exists(),
            )

    # The last date is a day from now; without a pledge the place is known for 365 days from then.
    assert [is_known(days) for days in (370, 394, 396)] == [(True, True), (True, True), (False, False)]


def test_whoever_left_takes_the_pledge_with_them(amara):
    make_pledge(amara)
    with nothing_stays():
        my_data.erase_everything("amara@example.org")
        assert (Pledge.objects.count(), CheckIn.objects.count()) == (0, 0)
    leaving.erase(amara)
    retention.forget_what_is_over()
    assert Pledge.objects.count() == 0
