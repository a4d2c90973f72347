"""A hub whose people type in Greek: each plain Latin letter on a page of a pseudo-locale is then ours, and outside the
catalogue."""

import re
from datetime import timedelta

from playwright.sync_api import Page

from breakouts.actions import questions
from events.actions import calendar_texts
from events.models import AccessInPlace, AccessOffer, Event, Series, Tag
from people.models import Person
from tests.breakouts.factories import make_role, make_social, make_topic, organiser_of
from tests.factories import make_group, make_hub, make_venue

ACCENTED, MIRRORED = "en-XA", "ar-XB"

# Addresses, names of files, references, a name, and places that a script fills.
NOT_WORDS = re.compile(
    r"(?:https?|webcal)://\S+|\S+@\S+|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b|\bAllyHub\b|\blocalhost\S*|\b[\w-]*\.ics\b|\{\w+\}",
)
LATIN = re.compile(r"[A-Za-z]+")

EVERYTHING_SAID = """() => {
    const said = new Set([document.title]);
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
        if (!walker.currentNode.parentElement.closest("script, style")) said.add(walker.currentNode.data.trim());
    const named = ["alt", "aria-label", "aria-description", "title", "placeholder"];
    for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes)
            if (named.includes(name) || (name.startsWith("data-") && value.includes(" "))) said.add(value);
        if (element.matches("[data-label]")) said.add(element.dataset.label);
        if (element.matches("meta[name=description]")) said.add(element.content);
        if (element.matches("input[type=submit], input[type=button]")) said.add(element.value);
        for (const edge of ["::before", "::after"]) {
            const content = getComputedStyle(element, edge).content;
            if (content.startsWith('"')) said.add(content);
        }
    }
    return [...said];
}"""


# Turned round, each box is as far from the other edge. Boxes of lines are left out: a text of both directions is not.
NOT_MIRRORED = """() => {
    const root = document.documentElement, width = root.clientWidth;
    const boxes = () => [...document.querySelectorAll("body *:not(svg *)")]
        .filter(element => !getComputedStyle(element).display.startsWith("inline"))
        .filter(element => element.checkVisibility() && !element.parentElement.closest("body [dir]"))
        .map(element => [element, element.getBoundingClientRect()]);
    const turned = boxes();
    root.dir = "ltr";
    const straight = new Map(boxes());
    root.dir = "rtl";
    const differs = ([element, box]) => Math.abs(width - box.right - straight.get(element).left) > 1.5;
    const wrong = turned.filter(differs).map(([element]) => element);
    return wrong.filter(element => !wrong.includes(element.parentElement)).slice(0, 5)
        .map(element => element.outerHTML.slice(0, 160));
}"""


def outside_the_catalogue(page: Page) -> list[str]:
    return [text for text in page.evaluate(EVERYTHING_SAID) if LATIN.search(NOT_WORDS.sub(" ", text))]


def not_mirrored(page: Page) -> list[str]:
    return page.evaluate(NOT_MIRRORED)


def make_world() -> Event:
    make_hub(
        name="Σύμμαχοι",
        tagline="Μαζί",
        welcome_title="Ελάτε",
        welcome_text="Όλοι χωράνε εδώ.",
        guiding_values="- Ακούμε πρώτα\n- Κανείς δεν μιλά με το ζόρι",
        always_in_place="Υπότιτλοι\nΔιάλειμμα",
        access_contact_name="Άννα",
        access_contact_email="access@example.org",
        access_contact_phone="210 000",
    )
    for code, days in {"bsl": 10, "captions": 5, "large_print": 3}.items():
        AccessOffer.objects.create(code=code, lead_working_days=days)
    group = make_group("Αλληλεγγύη", slug="solidarity", about="Είμαστε εδώ.")
    venue = make_venue(
        group, name="Σπίτι", slug="house", address="Οδός 1\nΑθήνα", directions="Αριστερά", step_free="Ράμπα"
    )
    event = make_social(
        group=group,
        title="Καλύτεροι σύμμαχοι στη δουλειά",
        slug="better-allies",
        summary="Ένα απόγευμα.",
        description="Φέρτε ένα θέμα.\n\n- Προνόμιο\n- Λάθη",
        facilitators="Ρέα",
        content_note="Ρατσισμός",
        format=Event.Format.BOTH,
        venue=venue,
        series=Series.objects.create(group=group, title="Κύκλος", slug="circle"),
        join_address="https://meeting.example/j/845",
        starts_in=timedelta(days=20),
    )
    event.tags.add(Tag.objects.create(slug="listening", name="Ακρόαση"))
    AccessInPlace.objects.create(event=event, code="captions")
    Person.objects.filter(memberships__group=group).update(name="Ελένη")
    make_topic(event, "Τι είναι προνόμιο;", host="Σοφία")
    make_topic(event, "Πώς ακούμε;")
    make_role(event, wanted=2)
    asked = questions.ask(event, text="Πότε;")
    questions.answer(asked, text="Πότε;", answer="Στις τρεις.", by=organiser_of(event))
    calendar_texts.rewrite(event)
    return event
