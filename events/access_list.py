"""What people ask for: the list the registration form offers, in five groups."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class AccessOption:
    """One line of the access list. `code` is stored (sealed); `label` and `hint` are what people read. `by_hand` tells
    access leads what there is to do where nothing here keeps or counts it: the hint says so to whoever asks. `on_papers`:
    it hangs on the papers of the event, and on when they come."""

    code: str
    label: Words
    hint: Words = ""
    online: bool = True
    in_person: bool = True
    asks_detail: bool = False
    by_hand: Words = ""
    on_papers: bool = False


class AccessGroup(NamedTuple):
    title: Words
    options: tuple[AccessOption, ...]


GROUPS = (
    AccessGroup(
        _("Hearing and sign"),
        (
            AccessOption("captions", _("Live captions"), _("A person types what is said")),
            AccessOption("auto_captions", _("Automatic captions"), _("Software types what is said")),
            AccessOption(
                "bsl",
                _("British Sign Language (BSL) interpreter"),
                _("Please ask two weeks before if you can"),
            ),
            AccessOption(
                "other_sign",
                _("Another sign language, SSE or Makaton"),
                _("Tell us which"),
                asks_detail=True,
            ),
            AccessOption("lipspeaker", _("Lipspeaker or clear view of speakers")),
            AccessOption("notetaker", _("Notes taken for me")),
            AccessOption("loop", _("Hearing loop or microphone used"), online=False),
        ),
    ),
    AccessGroup(
        _("Reading and seeing"),
        (
            AccessOption("audio_desc", _("Images and slides described aloud")),
            AccessOption(
                "large_print",
                _("Large print"),
                _("Tell us the size, for example 18 point"),
                asks_detail=True,
                on_papers=True,
            ),
            AccessOption(
                "braille_audio", _("Braille, audio or plain text copy"), asks_detail=True, on_papers=True
            ),
            AccessOption(
                "screen_reader", _("Documents that work with a screen reader, sent before"), on_papers=True
            ),
            AccessOption(
                "easy_read", _("Easy read information"), _("Short sentences with pictures"), on_papers=True
            ),
        ),
    ),
    AccessGroup(
        _("Taking part"),
        (
            AccessOption("quiet", _("A quiet space to step out to")),
            AccessOption("breaks", _("Extra or longer breaks")),
            AccessOption(
                "plan",
                _("To know what will happen, minute by minute"),
                _("Agenda, names and pictures sent before"),
                on_papers=True,
            ),
            AccessOption("sensory", _("Low light, low noise, no strong smells"), online=False),
            AccessOption(
                "small_group",
                _("A smaller breakout room, or stay with someone I know"),
                _("Arranged by hand: the access leads ask the organisers and write to you whether it works"),
                by_hand=_(
                    "No room is kept small by itself. Ask the organisers to give a room fewer seats, or to seat the two "
                    "together, and say here what came of it."
                ),
            ),
            AccessOption("tech_help", _("Help with Zoom before the event"), in_person=False),
            AccessOption("phone_in", _("Join by phone"), in_person=False),
        ),
    ),
    AccessGroup(
        _("The place"),
        (
            AccessOption(
                "step_free",
                _("Step-free route and seating space"),
                _("Including accessible toilet"),
                online=False,
            ),
            AccessOption("changing_place", _("Changing Places toilet"), online=False),
            AccessOption(
                "seating", _("A particular seat"), _("Near the front, the door, with arms"), online=False
            ),
            AccessOption("parking", _("Parking or drop-off near the door"), online=False),
            AccessOption("assistance_dog", _("Space and water for an assistance dog"), online=False),
            AccessOption("prayer", _("Prayer or reflection space"), online=False),
            AccessOption("emergency", _("A personal evacuation plan"), online=False),
        ),
    ),
    AccessGroup(
        _("Practical support"),
        (
            AccessOption(
                "assistant",
                _("A place for my personal assistant or supporter, free of charge"),
                _("Kept by hand: the access leads ask the organisers and write to you when it is there"),
                by_hand=_(
                    "No place is kept by itself. Ask the organisers to add the assistant as somebody who phoned, beyond "
                    "the places if it is full, and say here when it is done."
                ),
            ),
            AccessOption(
                "language",
                _("Interpreter for another spoken language"),
                _("Tell us which"),
                asks_detail=True,
            ),
            AccessOption("diet", _("Food or drink needs"), online=False, asks_detail=True),
            AccessOption(
                "childcare",
                _("Childcare or caring responsibilities"),
                _("Step away, bring a child, ask about a crèche"),
            ),
            AccessOption("cost", _("Help with cost: travel, data or equipment")),
        ),
    ),
)
OTHER = AccessOption(
    "other", _("Something else"), _("In your own words, or a link to your access rider"), asks_detail=True
)
CONTACT = AccessOption("contact", _("Talking about it first"))

OPTIONS = {option.code: option for group in GROUPS for option in group.options}
OPTIONS |= {OTHER.code: OTHER, CONTACT.code: CONTACT}


def by_hand(code: str) -> str:
    """What access leads do by hand for a need; "" where there is no such thing."""
    return str(OPTIONS[code].by_hand) if code in OPTIONS else ""


def on_papers(code: str) -> bool:
    return code in OPTIONS and OPTIONS[code].on_papers


def label_for(code: str) -> str:
    return str(OPTIONS[code].label) if code in OPTIONS else code
