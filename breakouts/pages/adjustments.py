"""What a host does so that everyone can take part. It follows from what the event provides for all, never from what one
person needs: that is read by them and the access leads alone (docs/decisions/0009-reading-what-people-need.md)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event

CAPTIONS = _("Captions are on. Speak one at a time, not too fast, and say your name before you speak.")
INTERPRETERS = _(
    "There are interpreters. Pause now and then so that they can finish, and speak to the person, not to them."
)
ON_PAPER = _("Read aloud what is written, on a slide or in the chat. Give files, not pictures of text.")
WAYS = _("Keep the ways between chairs free, and ask before you move anybody’s things.")

FOR_WHAT_IS_IN_PLACE: dict[str, Promise] = {
    "captions": CAPTIONS,
    "auto_captions": CAPTIONS,
    "bsl": INTERPRETERS,
    "other_sign": INTERPRETERS,
    "language": INTERPRETERS,
    "lipspeaker": _(
        "Keep your face in view and in the light while you speak, and nothing in front of your mouth."
    ),
    "notetaker": _("Somebody takes notes for others. Say when you move on to the next thing."),
    "loop": _("Use the microphone every time, also for a short answer and in a small room."),
    "audio_desc": _("Describe what is on a slide or in a picture, in a sentence, before you talk about it."),
    "large_print": ON_PAPER,
    "braille_audio": ON_PAPER,
    "screen_reader": ON_PAPER,
    "easy_read": _("Use short sentences and everyday words, and explain a word that not everyone knows."),
    "quiet": _(
        "There is a quiet space. Say at the start that everybody may step out and come back without a word."
    ),
    "breaks": _("Keep the breaks, and keep them whole, also when it is just getting interesting."),
    "plan": _("People know beforehand what will happen. Say so before you change anything."),
    "sensory": _("Keep light and noise low: one voice at a time, and no music."),
    "phone_in": _("Somebody may be there by phone: say who speaks, and read out what stands in the chat."),
    "step_free": WAYS,
    "seating": WAYS,
    "assistance_dog": _("A dog may be at work here: leave it in peace, and leave it room."),
    "assistant": _("Somebody may come with an assistant. Speak to the person, not to the assistant."),
    "childcare": _("Children may be heard, and people may step away for them. That is as it should be."),
}
ONLINE: tuple[Promise, ...] = (
    _("Read out what is written in the chat, in its turn, as if it had been said."),
    _("Cameras may be off. Do not ask anybody to switch theirs on."),
)
ALWAYS: tuple[Promise, ...] = (
    _(
        "Say at the start how people can take part: by voice, in the chat, in sign, or by listening. All are whole ways."
    ),
    _("Ask the room, never one person. Nobody has to speak."),
    _("Leave a little silence after a question. Some people need it to find their words, or to type them."),
    _("End on time. People rely on it: interpreters, carers, medicine, energy, the bus."),
)


def for_event(event: Event) -> list[Promise]:
    """What a host can do so that everybody can take part: each sentence once, in the order of the list. No query when
    the event's `in_place` is prefetched."""
    codes = {line.code for line in event.in_place.all()}
    found = [words for code, words in FOR_WHAT_IS_IN_PLACE.items() if code in codes]
    return list(dict.fromkeys([*found, *(ONLINE if event.is_online else ())]))
