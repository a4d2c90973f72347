"""The little world in which the permission table is tried."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from breakouts.actions import (
    ask_again,
    helpers,
    host_links,
    hosts,
    materials,
    plans,
    questions,
    rooms,
    topics,
)
from breakouts.models import AskMeAgain, Helper, Host, Material, Proposer, Question, TakeOut, Topic
from concerns.actions import concerns, keeping_out
from concerns.models import Concern
from events import pictures
from events.actions import adding, address_changes, calendar_imports, importing, letters, papers
from events.actions.entering import Answers
from events.actions.papers import Upload
from events.ics.found import found_in
from events.ics.lines import cut
from events.models import (
    AccessRequest,
    CalendarImport,
    Event,
    ImportLine,
    KeptOut,
    Letter,
    ListAct,
    Paper,
    PeopleImport,
    PersonalFeed,
    PersonalInvitation,
    QuotaOrganiser,
    Registration,
    Series,
    Suggestion,
    Tag,
)
from feedback.actions import feedback_forms, pool
from feedback.models import ActionTaken, AnswerLink, FeedbackRound, Quote, Story
from learning.actions import (
    activities,
    check_ins,
    enquiries,
    graduating,
    live_scenarios,
    spacing,
    surgery_box,
    surgery_line,
)
from learning.asked import State
from learning.models import (
    Enquiry,
    LearningPage,
    LiveScenario,
    Pledge,
    PledgeShare,
    PledgeUse,
    Surgery,
)
from mail.models import OutgoingMail
from people.models import Group, Invitation, Membership, Page, Person, SecondStepReset
from tests.breakouts.factories import (
    make_helper,
    make_recap,
    make_role,
    make_topic,
    offer_to_host,
    propose,
    sit,
)
from tests.calendar_texts import an_event, in_calendar
from tests.factories import (
    come,
    make_access_lead,
    make_co_organiser,
    make_event,
    make_group,
    make_hub,
    make_named_contact,
    make_organiser,
    make_person,
    make_quota,
    make_suggestion,
    make_venue,
    register,
    write_letter,
)
from tests.feedback.factories import answer, fresh, put_back
from tests.feedback.factories import make_round as make_feedback_round
from tests.learning.factories import ask, key_of, make_pledge, make_surgery, offer_pledges, picture_file
from tests.learning.page_factories import make_learning_page, make_picture, make_scenario
from tests.worlds import made_once

# What somebody asks at the surgery without a name.
IN_LINE = "What may everybody here read?"


@dataclass
class World:
    people: dict[str, Person]
    group: Group
    event: Event
    draft: Event
    registration: Registration
    request: AccessRequest
    feed: PersonalFeed
    invitation: Invitation
    page: Page
    reset: SecondStepReset
    membership: Membership
    mail: OutgoingMail
    letter: Letter
    picture: str
    concern: Concern
    topic: Topic
    proposals: tuple[Topic, Topic]
    proposer: Proposer
    proposer_unconfirmed: Proposer
    question: Question
    helper: Helper
    helper_offer: Helper
    host: Host
    host_offer: Host
    host_asked: Host
    host_link: Host
    material: Material
    paper: Paper
    asked_again: AskMeAgain
    list_act: ListAct
    people_import: PeopleImport
    calendar_import: CalendarImport
    suggestion: Suggestion
    suggestion_taken: Suggestion
    suggestion_unconfirmed: Suggestion
    without_email: Registration
    take_out: TakeOut
    past: Event
    feedback: FeedbackRound
    link_used: AnswerLink
    link: AnswerLink
    quote: Quote
    action_taken: ActionTaken
    seated: Registration
    pledge: Pledge
    pledge_use: PledgeUse
    graduated: Registration
    co_organiser: QuotaOrganiser
    invited: PersonalInvitation
    used_invitation: PersonalInvitation
    kept_out: KeptOut
    learning_page: LearningPage
    learning_draft: LearningPage
    scenario: LearningPage
    scenario_of_others: LearningPage
    live: LiveScenario
    enquiry: Enquiry
    surgery: Surgery
    code: str = ""
    addresses_and_names: set[str] = field(default_factory=set)
    clients: dict[str, Client] = field(default_factory=dict)


@made_once
def make_world() -> World:
    make_hub()
    group, other = make_group("Socials", slug="socials"), make_group("Others", slug="others")
    people = {
        "organiser": make_organiser(group),
        "other_organiser": make_organiser(other),
        "access_lead": make_access_lead(group),
        "named_contact": make_named_contact(group),
        "administrator": make_person(is_staff=True, is_superuser=True),
    }
    socials = Series.objects.create(group=group, title="Solidarity Socials", slug="socials")
    event = make_event(
        group=group,
        slug="being-better-allies",
        format="both",
        venue=make_venue(group, slug="mill"),
        series=socials,
    )
    registration = register(event, "attendee@example.org", needs={"bsl": ""})
    people["attendee"] = registration.person
    address_changes.ask(registration, "attendee@elsewhere.example")
    people["other_attendee"] = register(event, "other@example.org").person
    event.tags.add(Tag.objects.create(name="Allyship", slug="allyship"))
    draft = make_event(group=group, slug="a-draft", state="draft", published_at=None)
    feed = PersonalFeed.objects.create(person=people["attendee"])
    invitation = Invitation.objects.create(
        group=group, email="new@example.org", role=Membership.Role.ORGANISER, invited_by=people["organiser"]
    )
    page = Page.objects.create(
        title="What allyship is", slug="what-allyship-is", body="Text", is_published=True
    )
    plans.begin(event)
    topic = make_topic(event, "How to listen", host="Keli")
    rooms.choose(registration, topic)
    make_recap(topic)
    changed, proposed = propose(event, "Faith at work"), propose(event, "Pronouns")
    topics.change(changed, title="Faith and work", why="Prayer needs a room.", content_note="", support="")
    open_room = make_topic(event, "Where we stand")
    note_takers = make_role(event, "notes", wanted=2)
    activities.add(event, title="Where I come from in this", prompts=[["When was a door open for me?", ""]])
    feedback = make_feedback(group)
    feedback_forms.own_form(group, event=draft)
    kent = make_quota(event, "Kent", 5, code="kent-2026")
    people["co_organiser"] = make_co_organiser(kent)
    kendra = register(event, "kent@example.org", name="Kendra", pair=kent.pair)
    Story.objects.create(
        group=group, title="A year of listening", beginning="With tea.", published_at=timezone.now()
    )
    learning_page = make_learning_page(group, events=[event], by=people["organiser"])
    make_picture(learning_page)
    scenario = make_scenario(group, events=[event])
    activities.add(event, kind="scenario", title="The joke", scenario=scenario, prompts=[["I …", ""]])
    live = live_scenarios.open_at(event.sessions.get(), scenario, minutes=3)
    live_scenarios.begin(live)
    return World(
        people=people,
        group=group,
        event=event,
        draft=draft,
        registration=registration,
        request=registration.access_request,
        feed=feed,
        invitation=invitation,
        page=page,
        reset=SecondStepReset.objects.create(person=people["named_contact"], asked_by=people["organiser"]),
        membership=group.memberships.get(person=people["organiser"]),
        mail=OutgoingMail.objects.filter(about=registration.pk)[0],
        letter=write_letters(event, people["organiser"]),
        picture="no-such-picture.webp",
        concern=concerns.with_code(concerns.tell(group, "Somebody was shouted at.", event=event)),
        kept_out=keeping_out.keep_out(
            group,
            "away@example.org",
            reason="They shouted at people.",
            by=people["named_contact"],
            until=timezone.localdate() + timedelta(days=90),
        ),
        learning_page=learning_page,
        learning_draft=make_learning_page(group, published=False, by=people["organiser"]),
        scenario=scenario,
        scenario_of_others=make_scenario(other),
        live=live,
        enquiry=enquiries.send(
            learning_page, name="Reader", email="reader@example.org", words="May we quote you?"
        ),
        surgery=make_surgery_of(registration),
        topic=topic,
        proposals=(changed.topic, proposed.topic),
        proposer=changed,
        proposer_unconfirmed=propose(event, "Rest", confirmed=False),
        question=questions.ask(event, text="May I come late?", email="ask@example.org"),
        helper=make_helper(note_takers, name="Sage"),
        helper_offer=helpers.offer(note_takers, name="Ren", email="ren@example.org"),
        host=topic.hosts.get(),
        host_offer=offer_to_host(open_room),
        host_asked=hosts.invite(open_room, name="Sam", email="sam@example.org", as_co_host=False),
        host_link=host_links.make(make_topic(event, "What we owe"), name="Dani"),
        material=materials.add(topic.hosts.get(), b"Read me.", ending="txt", title="To read"),
        without_email=adding.add(event, Answers(name="Nan", email=""), by=people["organiser"]),
        paper=papers.save(
            Paper(event=event, kind=Paper.Kind.SLIDES, address="https://slides.example.org/1"),
            Upload(b"Read me.", "txt"),
        ),
        asked_again=ask_again.begin("keli@example.org"),
        list_act=ListAct.objects.create(event=event, kind=ListAct.Kind.LINK),
        people_import=make_list_brought_in(event, by=people["organiser"]),
        suggestion=make_suggestion(group),
        suggestion_taken=make_suggestion(group, "Taken"),
        suggestion_unconfirmed=make_suggestion(group, "Unconfirmed", confirmed=False),
        calendar_import=make_calendar_brought_in(group, by=people["organiser"]),
        take_out=TakeOut.objects.create(event=event, topic=topic, words="What I said about my team."),
        past=feedback.event,
        feedback=feedback,
        co_organiser=kent.organisers.get(),
        invited=event.invitations.create(email="invited@example.org"),
        used_invitation=event.invitations.create(email="kent@example.org", registration=kendra),
        seated=make_seat_that_is_over(group),
        pledge=make_pledge_of(registration),
        pledge_use=PledgeUse.objects.create(
            event=event, where="Staff news", used_on=timezone.localdate(), taken_back_at=timezone.now()
        ),
        graduated=make_graduation(group),
        link_used=feedback.links.filter(is_used=True)[0],
        link=feedback.links.get(is_used=False),
        quote=Quote.objects.create(
            event=feedback.event, text="I was heard.", approved_at=timezone.now(), on_event_page=True
        ),
        action_taken=ActionTaken.objects.create(
            event=feedback.event,
            theme="Breaks",
            said="Longer breaks",
            words="Ten minutes now",
            published_at=timezone.now(),
        ),
    )


def write_letters(event: Event, organiser: Person) -> Letter:
    """One that has left, a draft that corrects it, and one that is held."""
    left = write_letter(event, "Come early", by=organiser)
    letters.send(left, by=organiser)
    letters.let_go(left)
    write_letter(event, "Come late", by=organiser, corrects=left)
    held = write_letter(event, "Bring a pen", by=organiser)
    letters.send(held, by=organiser)
    return held


def make_list_brought_in(event: Event, *, by: Person) -> PeopleImport:
    """With a line that can be added, and one that cannot."""
    lines = [
        ImportLine(number=1, name="Gil", email="gil@example.org"),
        ImportLine(number=2, name="Hal", state=ImportLine.State.WRONG, why=ImportLine.Why.EMAIL),
    ]
    return importing.keep(event, lines, key=uuid4(), by=by)


def make_calendar_brought_in(group: Group, *, by: Person) -> CalendarImport:
    """With an event that can be taken, one whose zone nobody knows, and one that is over."""
    days = {"DTSTART": ";VALUE=DATE:20991203", "DTEND": ""}
    coming, asks = an_event(**days), an_event(UID="2", DTSTART=";TZID=Our clock:20991203T190000", DTEND="")
    text = in_calendar(
        f"{coming}{asks}{an_event('ATTENDEE:mailto:a@b.c', UID='3', DTSTART='20200101T190000Z')}"
    )
    contents = found_in(cut(text.encode()), timezone.now())
    return calendar_imports.keep(group, contents, key=uuid4(), by=by)


def make_seat_that_is_over(group: Group) -> Registration:
    """Of somebody who sat in a room with a host, at an event that is over. Somebody else has helped there."""
    event = make_event(group=group, slug="rooms-that-are-over")
    plans.begin(event)
    seated = sit(event, make_topic(event, "How to begin", host="Sage"), "seated@example.org")
    make_helper(make_role(event, "welcome"), "other@example.org")
    put_back(event, timedelta(hours=3))
    return seated


def make_graduation(group: Group) -> Registration:
    """Of somebody who has completed a programme that is over, and wants its prompts."""
    event = make_event(group=group, slug="a-programme-that-is-over", dates_to_complete=1)
    nadia = register(event, "nadia@example.org", name="Nadia Rahman")
    spacing.wish(nadia)
    put_back(event, timedelta(days=9))
    come(nadia)
    graduating.graduate_due()
    return nadia


def make_surgery_of(registration: Registration) -> Surgery:
    """With a question in the line, one on the large page, one that was answered and published, and one to read."""
    surgery = make_surgery(registration.event, read_at=None)
    for words in (IN_LINE, "What comes now?", "What was answered?", "What is to read?"):
        ask(surgery, words, by=registration, alone=True)
    surgery_box.let_in(surgery)
    for words, states in ((IN_LINE, []), ("What comes now?", [State.NOW])):
        for state in (State.LINE, *states):
            surgery_line.move(surgery, key_of(surgery, words), state)
    answered = key_of(surgery, "What was answered?")
    surgery_line.answer(surgery, answered, "This")
    surgery_line.publish(surgery, answered, question="About answers", answer="This")
    return surgery


def make_feedback(group: Group) -> FeedbackRound:
    """An event that is over, after which six of seven people have answered."""
    feedback = make_feedback_round(7, group=group, slug="the-last-social")
    answer(feedback, 6, keep="The breaks", change="The chairs")
    pool.release(feedback)
    return fresh(feedback)


def make_pledge_of(registration: Registration) -> Pledge:
    """Shown everywhere, with a picture, and with a check-in to answer."""
    offer_pledges(registration.event)
    picture = pictures.rewritten(picture_file()).content
    shares, shown = list(PledgeShare.Where), Pledge.ShownName.NAME
    pledge = make_pledge(
        registration, shares=shares, months=(3, 6), picture=picture, alt="Purple", shown_name=shown
    )
    pledge.check_ins.update(due_on=timezone.localdate(), asked_at=timezone.now())
    check_ins.answer(registration, 6, "stuck", help="Somebody beside me", wants_reply=True)
    return pledge
