"""What the apps contribute to one another, said in one place: an app below the roof cannot import its sisters.

Whoever needs a thing of all apps asks `kit.joins.joins`. Nothing here is filled when the program begins: to add
something, write it in its app and name it here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from breakouts import mails as breakout_mails
from breakouts import personal_rows as breakout_rows
from breakouts.actions import audiences as breakout_audiences
from breakouts.actions import erasing as breakout_erasing
from breakouts.actions import hearers as breakout_hearers
from breakouts.actions import (
    helpers,
    host_departures,
    hosts,
    kept_out,
    plan_times,
    recaps,
    rooms,
)
from breakouts.actions import notices as breakout_notices
from breakouts.pages import host_words, room_pages
from breakouts.pages.organise.rooms_tab import rooms_tab
from breakouts.pages.organise.rooms_tab import rooms_task as task_of_rooms
from concerns import mails as concern_mails
from concerns import personal_rows as concern_rows
from concerns.actions import concerns, keeping_out
from events import mails as event_mails
from events.actions import (
    access_needs,
    audiences,
    event_times,
    feed_check,
    hearers,
    leaving,
    someone,
)
from events.actions.my_data import AlsoErased
from events.actions.someone import Someone
from events.actions.timetable import Limits, Times
from events.calendars import invitations
from events.models import Event, Registration, Session
from events.models.quota_organiser import looks_after_people
from events.organise_layout import Tab
from events.pages.organise.event_tasks import Task
from feedback import mails as feedback_mails
from feedback import personal_rows as feedback_rows
from feedback.actions import erasing as feedback_erasing
from feedback.actions import rounds
from feedback.pages.organise.feedback_tab import feedback_tab
from learning import mails as learning_mails
from learning import personal_rows as learning_rows
from learning.actions import (
    activities,
)
from learning.actions import erasing as learning_erasing
from learning.actions import retention as learning_retention
from learning.models import LearningPage
from learning.pages import before_erasing, learning_pages
from learning.pages.organise.learning_tab import learning_tab
from mail.kinds import Kind, kinds_in
from people import mails as people_mails
from people.actions import faults
from people.actions.hub_status import Check
from people.actions.last_in_role import Lack
from people.models import Group

# Beside an event's own tabs, after "People". A tab that is None is not for this event.
EVENT_TABS: tuple[Callable[[Event], Tab | None], ...] = (rooms_tab, feedback_tab, learning_tab)
# How it stands with its rooms, among the steps on which an event is made.
rooms_task: Callable[[Event], Task] = task_of_rooms

# Every kind of mail, by its name.
MAIL_KINDS: Mapping[str, Kind] = kinds_in(
    people_mails, event_mails, breakout_mails, concern_mails, feedback_mails, learning_mails
)

# The kinds that whoever looks after the hub sees in the list of mails, to find out why one did not arrive. One that is
# not named is not seen: none of feedback (a reminder says who has not answered), access, concerns and of who is held or
# kept out, since that somebody gets such a mail tells something about them.
ADMINISTRATORS_SEE = frozenset(
    {
        *("sign-in-code", "confirm-address", "account-changed", "unknown-address", "test-mail", "faults"),
        *("new-device", "second-step", "second-step-reminder", "second-step-reset"),
        *(
            "invitation",
            "co-organiser",
            "personal-invitation",
            "group-code",
            "group-request",
            "group-decision",
        ),
        *(
            "confirm",
            "already",
            "link-again",
            "fresh-link",
            "place",
            "waiting",
            "offer",
            "offer-ended",
            "calendar-date",
            "reminder",
            "still-coming",
            "letter",
            "letter-test",
        ),
        *("event-changed", "no-place", "left", "removed", "papers", "news", "news-weekly", "request-waiting"),
        *("not-published", "enquiry-waiting"),
        *("suggestion-confirm", "suggestion-news", "suggestions-waiting"),
        *("helper-confirm", "helper-welcome", "helper-reserve", "helper-room", "helper-ended"),
        *("helper-reminder", "helpers-wanted", "helper-thanks"),
        *("host-confirm", "host-link", "host-asked", "host-welcome", "host-next", "host-ended", "host-lost"),
        *("host-reminder", "co-host-silent", "co-host-no", "room-folded", "host-thanks"),
        *("notes-nudge", "notes-chase", "notes-ask-host", "recap", "take-out"),
        *("question-asked", "question-answered", "ask-again"),
        "workbook-page",
        *("proposal-confirm", "proposal-again", "proposal-news", "proposals-waiting"),
    }
)

# What somebody without an address is told by phone; what else there would be to write to them is never said: it is about
# access or feedback, or about a mailbox.
TOLD_BY_PHONE = frozenset(
    {
        *("place", "waiting", "offer", "offer-ended", "no-place", "held", "refused", "removed"),
        *("event-changed", "still-coming", "letter", "papers", "room-folded", "missed-date", "not-there"),
        *("graduated", "graduation-undone"),
    }
)

# What organisers typed that has a time and belongs to an event: it moves along when a date moves.
EVENT_TIMES: tuple[Times, ...] = (event_times.EVENT, event_times.QUOTA, plan_times.PLAN)
# Until when somebody may answer: it becomes shorter when a date comes nearer.
LIMITS: tuple[Limits, ...] = (leaving.LIMITS, hosts.LIMITS)

# Whose names people trust in the rooms of an event: (name, address).
HOSTS_OF: Callable[[Event], QuerySet] = host_words.names_of_hosts

# Public words about an event, beside its own, by which the search finds it.
SEARCHED: tuple[Callable[[Event], Iterable[str]], ...] = (recaps.words_shown,)

# What people have to do with an event: of all, or of one address. Whoever has a part hears of every change.
PARTS: tuple[Callable[[Event, str], Iterable[hearers.Part]], ...] = (
    hearers.registered,
    breakout_hearers.parts,
)

# Whom organisers of an event can write to together.
AUDIENCES: tuple[Callable[[audiences.Everyone], Iterable[audiences.Audience]], ...] = (
    audiences.registered,
    audiences.who_came,
    breakout_audiences.of_rooms,
)
# The room that somebody sits in, in words; "" without one.
room_words = breakout_audiences.room_words

# What a copy of an event takes from it beside what is its own: (the event, the copy).
COPIED: tuple[Callable[[Event, Event], None], ...] = (rounds.ask_alike,)
# What it takes in any case, once its dates are there.
TAKEN_ALONG: tuple[Callable[[Event, Event], None], ...] = (activities.take_along,)

# What hangs on a date that is about to be taken out.
DATE_DROPPED: tuple[Callable[[Session], None], ...] = (activities.follow_another_date,)

# What else happens at the moment an event is published. Under its lock.
PUBLISHED: tuple[Callable[[Event], None], ...] = (hosts.ask_named,)
# The names of those who are written to then.
names_asked_at_publishing: Callable[[Event], list[str]] = hosts.named

# What else is settled when an event that was called off takes place after all: with it, and since when it was off. Under
# its lock.
BROUGHT_BACK: tuple[Callable[[Event, datetime], None], ...] = (
    breakout_notices.owe_again,
    host_departures.ask_on,
    helpers.fill,
)

# For each model of docs/privacy.toml: which of its rows are about somebody.
PERSONAL_ROWS: Mapping[str, Callable[[Someone], Q]] = (
    someone.PERSONAL_ROWS
    | breakout_rows.PERSONAL_ROWS
    | concern_rows.PERSONAL_ROWS
    | feedback_rows.PERSONAL_ROWS
    | learning_rows.PERSONAL_ROWS
)
# What somebody who wants to be forgotten has left outside of events.
ALSO_ERASED = (
    AlsoErased(breakout_erasing.events, breakout_erasing.erase),
    AlsoErased(feedback_erasing.events, feedback_erasing.erase),
    AlsoErased(learning_erasing.events, learning_erasing.erase),
)
# What somebody who has registrations erased loses by it, or leaves behind, in a sentence each.
SAID_BEFORE_ERASING: tuple[Callable[[Iterable[Registration]], Iterable[str]], ...] = (
    before_erasing.certificates,
)
# The registrations that outlive what is kept of their event, because something of theirs goes on.
LIVE_ON: tuple[Callable[[datetime], Q], ...] = (learning_retention.lives_on,)
# What only some members of a group may read, and whether anything of it waits for them: nobody leaves it to nobody.
WAIT_FOR_A_READER: Mapping[Lack, Callable[[Group], bool]] = {
    Lack.ACCESS_LEAD: access_needs.wait_for_a_reader,
    Lack.READER: concerns.wait_for_a_reader,
}
# Whether the person of a query looks after people of an event without a role in its group.
LOOKS_AFTER_PEOPLE = looks_after_people()
# What there is to read under "Learn", beside the pages of the hub itself.
LEARNING_PAGES: QuerySet = LearningPage.objects.published()
# What else "Is everything working?" looks at.
HUB_CHECKS: tuple[Callable[[], Check], ...] = (feed_check.calendar_of_all_events,)
# Those that a search of the calendar finds.
learning_pages_found: Callable[[str], list] = learning_pages.found
# Tells those who look after the hub that something went wrong inside.
note_fault = faults.note
# The date for a calendar by which whoever looks after the hub tries whether such dates arrive.
test_invitation = invitations.test_invitation
# Tells those who decide about a request that one waits.
tell_who_decides = keeping_out.tell_who_decides
# What else ends at an event for whoever is kept out of it. Under its lock.
KEPT_OUT: tuple[Callable[[Event], None], ...] = (kept_out.end_parts,)
# The rooms that somebody who registers can wish for; the wish; and the seat that comes with the place. The last two under
# the lock of the event.
rooms_to_choose = room_pages.rooms_to_choose
wish_for_room = rooms.wish_for_room
seat_as_wished = rooms.seat_as_wished
# The key of the room somebody sits in; and a seat by an organiser's hand, under the lock of the event.
room_key_of = rooms.room_key_of
seat_in_room = rooms.seat_in_room
# Keeps a text that only those may read who read concerns.
keep_in_confidence = concerns.set_aside
