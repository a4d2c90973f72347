"""Ways into meetings in texts that everyone can read."""

import time

import pytest

from kit.ways_in import OwnWays, meeting_addresses

OWN = "https://video.example.org/Allies-Evening?pwd=Xy7Zq9"
HELP = "Passcode: 448 812. By phone the code is 90123#"


@pytest.mark.parametrize(
    "spelled",
    [
        "https://video.example.org/Allies-Evening?pwd=Xy7Zq9",
        "https://video.example.org/Allies-Evening",
        "http://VIDEO.example.org/allies-evening/",
        "video.example.org/Allies-Evening",
        "www.video.example.org/Allies-Evening",
        "https://video.example.org:443/Allies-Evening#config",
        "https://me@video.example.org/Allies%2DEvening",
        "https://video.example.org/%2541llies-Evening",
        "video.example.org/Allies-&#69;vening",
        "video&#46;example&period;org/Allies-Evening",
        "hxxps://video[.]example[.]org/Allies-Evening",
        "video[dot]example[dot]org/Allies-Evening",
        "video dot example dot org slash Allies-Evening",
        "video .example .org / Allies - Evening",
        "vid\u200beo.exam\u00adple.org/Allies-Even\u2060ing",
        "ｖｉｄｅｏ．ｅｘａｍｐｌｅ．ｏｒｇ／Ａｌｌｉｅｓ－Ｅｖｅｎｉｎｇ",
        "video.\nexample.org/Allies-Evening",
        "Xy7Zq9",
        "448812",
        "448-812",
    ],
)
def test_the_own_way_in_is_found_however_it_is_spelled(spelled):
    found = OwnWays.of(OWN, HELP.replace("448 812", "448812")).found_in(f"Come ({spelled}), all are welcome.")

    assert found
    rest = f"Come ({spelled}), all are welcome.".replace(found[0], "")
    assert ("Come (" in rest, ", all are welcome." in rest) == (True, True)
    assert OwnWays.of(OWN, HELP).found_in(rest) == []


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("https://bücher.example/meeting1", "xn--bcher-kva.example/meeting1"),
        ("https://xn--bcher-kva.example/meeting1", "bücher.example/meeting1"),
        ("https://video.example.org/j/84512307741", "Meeting 845 1230 7741"),
        ("https://video.example.org/?room=allies", "video.example.org?room=allies"),
        ("https://video.example.org/join?id=77", "https://video.example.org/join?id=77"),
    ],
)
def test_the_own_way_in_is_what_leads_there(address, text):
    assert OwnWays.of(address).found_in(text)


@pytest.mark.parametrize(
    ("how_to_join", "text"),
    [
        ("One tap: +442034815237,,85512345678#", "Ring us, then type 855 1234 5678."),
        ("One tap: +442034815237,,85512345678#", "+44 20 3481 5237,,855 1234 5678#"),
        ("+442034815237,,855123#", "Tap +44 (20) 3481-5237,,855123#"),
        ("Meeting ID: 812 3456 7890", "It is 81234567890"),
        ("Or https://talk.example.org/call/a8xk3q7z", "talk.example.org/call/A8XK3Q7Z"),
    ],
)
def test_what_stands_in_how_to_join_is_the_own_way_in_too(how_to_join, text):
    assert OwnWays.of(OWN, f"{how_to_join}\nStuck? Keli is on 07700 900123.").found_in(text)
    assert not OwnWays.of(OWN, f"{how_to_join}\nStuck? Keli is on 07700 900123.").found_in("07700 900123")


def test_strangers_are_not_told_that_they_found_a_passcode():
    own = OwnWays.of(OWN, HELP)

    assert own.found_in("Is it Xy7Zq9?") == ["Xy7Zq9"]
    assert own.to_ask_strangers.found_in("Is it Xy7Zq9?") == []
    assert own.to_ask_strangers.found_in(OWN) == [OWN]


@pytest.mark.parametrize(
    "text",
    [
        "Allies in the evening: https://example.org/allies-evening and video, for example.",
        "Help is at https://video.example.org/help, the year is 2026, the code of conduct is below.",
        "Join us! 448 people, 812 songs.",
        "",
    ],
)
def test_words_that_lead_nowhere_are_not_the_own_way_in(text):
    own = OwnWays.of(OWN, f"{HELP} The passcode is friends, or 2026.") + OwnWays.of(
        "https://video.example.org/join?id=7"
    )

    assert own.found_in(text) == []


def test_what_cannot_be_read_is_no_way():
    for address in ("", "https://", "https://[", "not an address", "https://x/"):
        assert OwnWays.of(address).found_in("Any text, with https://[ too") == []


def test_the_own_comes_first_and_is_named_once():
    text = "zoom.us/j/1 or Video.example.org/Allies-Evening?pwd=Xy7Zq9."

    assert meeting_addresses(text, OwnWays.of(OWN)) == [
        "Video.example.org/Allies-Evening?pwd=Xy7Zq9",
        "zoom.us/j/1",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://us02web.zoom.us/j/81234567890?pwd=abcDEF",
        "zoom.us/my/ruth",
        "https://example.zoom.us/w/999",
        "zoommtg://zoom.us/join?confno=123456789",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x",
        "https://teams.live.com/meet/93512345",
        "meet.google.com/abc-defg-hij",
        "https://meet.jit.si/DerbyAllies",
        "https://whereby.com/allies",
        "https://allies.whereby.com/room-one",
        "https://example.webex.com/meet/ruth",
        "https://www.gotomeeting.com/join/123456789",
        "https://meet.goto.com/123456789",
        "https://bbb.example.org/b/rut-abc-def",
        "https://talk.example.org/rooms/abc-def-ghi/join",
        "Meeting ID: 812 3456 7890",
        "meeting number 812-345-678",
        "Passcode: 4xK!9",
        "https://jitsi.example.org/DerbyAllies",
        "https://meet.allies.example.org/evening",
        "https://cloud.example.org/index.php/call/a8xk3q7z",
        "https://talk.example.org/call/a8xk3q7z",
        "https://call.element.io/room/#/allies",
        "https://discord.gg/aBcDeF",
        "https://discord.com/channels/123/456",
        "https://chat.whatsapp.com/AbCdEfGhIjK",
        "https://call.whatsapp.com/video/AbCdEf",
        "https://t.me/+AbCdEf",
        "https://signal.group/#CjQKIAbC",
        "https://allies.daily.co/evening",
        "+442034815240,,85512345678#",
        "+44 203 481 5240,,855 1234 5678#,,,,*123456#",
        "tel:+442034815240,855123456#",
    ],
)
def test_a_way_into_a_meeting_is_found_in_a_text(address):
    assert meeting_addresses(f"Come along (here: {address}), all are welcome.") == [address]


def test_ways_in_are_named_once_and_in_their_order():
    text = "zoom.us/j/1 or meet.jit.si/Two.\n\nAgain: zoom.us/j/1."

    assert meeting_addresses(text) == ["zoom.us/j/1", "meet.jit.si/Two"]


@pytest.mark.parametrize(
    "text",
    [
        "We meet on Zoom. You get the link by mail.",
        "Test your Zoom at https://zoom.us/test, get it at https://zoom.us/download",
        "How captions work: https://support.zoom.us/hc/en-us/articles/207279736",
        "https://example.org/b/about and https://example.org/rooms/",
        "Our office: 020 7946 0000. The meeting identifies needs.",
        "https://www.webex.com/",
        "https://www.meetup.com/derby-allies and https://discord.com/safety",
        "Ring +44 20 7946 0000, press 1. We call on 1, 2 and 3 May. https://example.org/call/",
        "",
    ],
)
def test_talk_about_meetings_is_no_way_in(text):
    assert meeting_addresses(text) == []


@pytest.mark.parametrize(
    "piece",
    ["a.", "a-", "a", "zoom.us/", "a/", "meeting id 1", "https://", "1 ", "+1,,2", "%25", "&amp;", " dot "],
)
def test_searching_a_long_text_stays_quick(piece):
    began = time.process_time()

    meeting_addresses(piece * (100_000 // len(piece)), OwnWays.of(OWN, HELP))

    assert time.process_time() - began < 1
