"""Ways into somebody's meeting that stand in a text which everyone can read: first the event's own address and passcode,
however they are spelled, then whatever looks like the way into some meeting."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy

from kit.links import normalise_email

# --- What looks like one. Addresses of help pages and of Zoom's test meeting are none. ---

_HOST = r"(?:[\w-]{1,63}\.){0,4}"
_END = r"""[^\s<>"'()\[\]]"""
_WAYS_IN = (
    rf"{_HOST}zoom(?:gov)?\.(?:us|com)/(?:j|my|s|w|wc|meeting|webinar)/{_END}+",
    rf"zoom(?:mtg|us):{_END}+",
    rf"teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/{_END}+",
    rf"(?:meet\.google\.com|g\.co/meet|8x8\.vc|{_HOST}whereby\.com|{_HOST}daily\.co)/{_END}+",
    rf"{_HOST}(?:webex\.com|gotomeeting\.com/join|gotomeet\.me|meet\.goto\.com|join\.skype\.com)/{_END}+",
    # Hosted by anybody: Jitsi, whose hosts are mostly called so; Nextcloud Talk; BigBlueButton.
    rf"(?:{_HOST}(?:jitsi|meet|jit)(?:\.[\w-]{{1,63}}){{1,3}}|kmeet\.infomaniak\.com)/{_END}{{3,}}",
    rf"{_HOST}[\w-]{{1,63}}\.[a-z]{{2,24}}(?:/index\.php|/nextcloud|/cloud){{0,2}}/call/{_END}{{6,}}",
    rf"{_HOST}[a-z]{{2,24}}(?:/[\w-]{{1,40}}){{0,2}}/(?:b|rooms)/[a-z0-9]{{3}}-{_END}+",
    rf"(?:{_HOST}element\.io/|signal\.link/call|facetime\.apple\.com/join|call\.whatsapp\.com){_END}{{4,}}",
    # Groups that whoever has the link is in.
    rf"(?:discord\.gg|{_HOST}discord(?:app)?\.com/(?:invite|channels)|chat\.whatsapp\.com)/{_END}+",
    rf"(?:signal\.group/|(?:t|telegram)\.me/(?:\+|joinchat/)){_END}+",
    # One tap on a phone dials a number, waits, and types the meeting's.
    r"(?:tel:)?\+?\d[\d ().-]{5,18}\d(?:,{1,3}|;|[pwx])\s?\*?\d[\d ]{3,14}\d?#(?:[,*\d #]{0,30}#)?",
    r"meeting\s?(?:id|number)\W{1,5}\d{3}[\d -]{5,12}\d",
    rf"(?:passcode|meeting\spassword)\s?[:=]\s?{_END}{{3,40}}",
)
# It begins only where a word does: then a long line of letters is looked at once, not from each letter on.
MEETING = re.compile(rf"(?<![\w.+-])(?:https?://)?(?:{'|'.join(_WAYS_IN)})", re.IGNORECASE)
# Each of them has one of these, and hardly any other text: it is looked for first, in a tenth of the time.
CLUE = re.compile(r"\w\.\w+/|zoom\w+:|\d\s?#|meeting|passcode", re.IGNORECASE)
AT_ITS_END = ".,;:!?*_"
# Without a figure, and without a point however it is written, a text holds neither an address nor a passcode.
MIGHT_TELL = re.compile(r"\d|[.\u3002\uff0e\uff61]\s?\w|\bdot\b|[&%]", re.IGNORECASE)

# --- The event's own, in every spelling ---

# What stands for a sign in an address: "%2F", "&#47;", "[dot]", " dot "; and a port, which is not compared.
_SPELLED = re.compile(
    r"(?=[%&:\[({<dsc])(?:(?:%(?:25){0,3}[0-9a-f]{2})+|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|:\d{2,5}(?=/)"
    r"|[\[({<]\s?(?:dot|slash|colon)\s?[\])}>]|(?<=\s)(?:dot|slash|colon)(?=\s))",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]+")
_UP_TO_HERE = re.compile(r"[\s<>\"'()\[\]]")
_PASSCODE = re.compile(
    r"\b(?:pass\s?code|pass\s?word|pass\s?phrase|pin|code)\b(?:\s(?:is|ist|to)\b)?\W{0,3}(\S{4,40})",
    re.IGNORECASE,
)
# What stands between the numbers of one tap: pauses, and what ends a number.
_TO_DIAL = re.compile(r"[,;pwx#*]+", re.IGNORECASE)
_NAMES_OF_PASSCODES = {"pwd", "passcode", "password", "pass", "pw", "pin", "code"}
# Shorter ones, and numbers of a meeting with fewer digits, would be found in what means something else.
SHORTEST_ADDRESS, SHORTEST_PASSCODE, FEWEST_DIGITS, SHORTEST_END = 8, 5, 9, 6


@dataclass(frozen=True)
class OwnWays:
    """The address and passcodes of one event, in the form in which they are compared."""

    addresses: tuple[str, ...] = ()
    passcodes: tuple[re.Pattern[str], ...] = ()

    @classmethod
    @lru_cache(maxsize=100)  # pages and calendars ask for the same ones again and again
    def of(cls, address: str, words: str = "") -> "OwnWays":
        """`words`: how to join, where a passcode may stand, a second address, numbers to dial."""
        codes = {*_passcodes_of(address), *(_clean_code(found[1]) for found in _PASSCODE.finditer(words))}
        telling = (code for code in sorted(codes) if _is_telling(code))
        ways = {*_ways_to(address), *(way for found in MEETING.finditer(words) for way in _ways_of(found[0]))}
        return cls(
            tuple(sorted(ways, key=len, reverse=True)),
            tuple(_any_spacing(code) for code in telling),
        )

    def __add__(self, other: "OwnWays") -> "OwnWays":
        return OwnWays(self.addresses + other.addresses, self.passcodes + other.passcodes)

    @property
    def to_ask_strangers(self) -> "OwnWays":
        """Without passcodes, which are short enough to be tried out on a form that says when it finds one."""
        return OwnWays(self.addresses)

    def addresses_in(self, text: str) -> list[str]:
        """Each spelling of an address that stands in the text, as it stands there."""
        found = []
        while way := next((way for way in self.addresses if way in _letters(text)), ""):
            found.append(_spelling(text, way))
            text = text.replace(found[-1], " ")
        return found

    def found_in(self, text: str) -> list[str]:
        """The same, and each passcode."""
        found = self.addresses_in(text)
        for way in found:
            text = text.replace(way, " ")
        return [*found, *(match[0] for code in self.passcodes for match in code.finditer(text))]


NO_WAYS = OwnWays()
BEHIND_THE_DOOR = gettext_lazy("(the way in is for people with a place)")


def meeting_addresses(text: str, own: OwnWays = NO_WAYS) -> list[str]:
    """Each way into a meeting that stands in a text, as it stands there: the event's own first, then whatever looks like
    one, for the question whether that is meant. Of the latter it may find one too many."""
    found = list(dict.fromkeys(own.found_in(text)))
    for way in found:
        text = text.replace(way, " ")
    looks = MEETING.finditer(text) if CLUE.search(text) else ()
    return [*found, *dict.fromkeys(match[0].rstrip(AT_ITS_END) for match in looks)]


@lru_cache(maxsize=500)  # lists show the same few again and again
def without_ways_in(text: str, own: OwnWays, instead: str) -> str:
    """A text with other words in place of each of the event's own ways in."""
    for way in own.found_in(text):
        text = text.replace(way, instead)
    return text


def withhold(own: OwnWays, *rows: Any) -> None:
    """Put words in place of these ways in wherever `PUBLIC_WORDS` of these rows tell them: for a page or a mail that is
    written of them now. They are not to be saved afterwards."""
    for row in filter(None, rows):
        vars(row).update({name: withheld(text, own) for name, text in public_words(row).items()})


def public_words(row: Any) -> dict[str, str]:
    """Those that were loaded."""
    return {name: vars(row)[name] for name in row.PUBLIC_WORDS if name in vars(row)}


def withheld(text: str, own: OwnWays) -> str:
    return text if own is NO_WAYS else without_ways_in(text, own, str(BEHIND_THE_DOOR))


def _ways_to(address: str) -> Iterator[str]:
    """What of an address leads to the meeting: its host with the path, and a meeting's number by itself."""
    try:
        parts = urlsplit(address.strip() if "//" in address else f"//{address.strip()}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return
    end = _letters(parts.path.rstrip("/").rpartition("/")[2])
    # A path like "/join" leads nowhere without what follows it.
    way = parts.path if len(end) >= SHORTEST_END else f"{parts.path}{parts.query}{parts.fragment}"
    for name in _names_of(host):
        if len(_letters(name + way)) >= SHORTEST_ADDRESS:
            yield _letters(name + way)
    if end.isdigit() and len(end) >= FEWEST_DIGITS:
        yield end


def _ways_of(found: str) -> Iterator[str]:
    """The same for what looks like one: an address; a meeting's number, by itself and after the one that is dialled."""
    if "/" in found:
        yield from _ways_to(found.rstrip(AT_ITS_END))
        return
    numbers = [digits for part in _TO_DIAL.split(found) if (digits := re.sub(r"\D", "", part))]
    yield from (digits for digits in numbers[1:] or numbers if len(digits) >= FEWEST_DIGITS)
    if len(numbers) > 1:
        yield "".join(numbers[:2])


def _names_of(host: str) -> set[str]:
    """A host as people read it, and as it is sent."""
    readable = normalise_email(f"a@{host}").removeprefix("a@")
    try:
        return {readable, readable.encode("idna").decode()}
    except UnicodeError:
        return {readable, host}


def _letters(text: str) -> str:
    """Letters and digits alone, small, whatever stands for a sign read as one."""
    return _bare(_SPELLED.sub(_sign, text))


def _bare(text: str) -> str:
    return "".join(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def _sign(spelled: re.Match[str]) -> str:
    """What was meant; for a word that stands for a sign, and a port, a blank."""
    text = spelled[0]
    if text.startswith("%"):
        while (read := unquote(text)) != text:
            text = read
        return text
    return html.unescape(text) if text.startswith("&") else " "


def _spelling(text: str, way: str) -> str:
    """The part of a text that spells a way out, up to the blanks and brackets around it."""
    letters = [(letter, start, end) for start, end, piece in _pieces(text) for letter in _bare(piece)]
    at = "".join(letter for letter, _start, _end in letters).find(way)
    if at < 0:  # letters that only make one together with their neighbours
        return text
    start, end = letters[at][1], letters[at + len(way) - 1][2]
    before, after = _UP_TO_HERE.search(text[:start][::-1]), _UP_TO_HERE.search(text, end)
    start = start - before.start() if before else 0
    return text[start : after.start() if after else len(text)].rstrip(AT_ITS_END)


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each letter begins and ends, and what is meant by it; what is spelled out is one piece."""
    at = 0
    for spelled in _SPELLED.finditer(text):
        yield from ((place, place + 1, text[place]) for place in range(at, spelled.start()))
        yield (*spelled.span(), _sign(spelled))
        at = spelled.end()
    yield from ((place, place + 1, text[place]) for place in range(at, len(text)))


def _passcodes_of(address: str) -> Iterable[str]:
    try:
        return [
            code for name, code in parse_qsl(urlsplit(address).query) if name.lower() in _NAMES_OF_PASSCODES
        ]
    except ValueError:
        return []


def _clean_code(text: str) -> str:
    return text.strip("\"'()[]<>" + AT_ITS_END[:-1])


def _is_telling(code: str) -> bool:
    """Whether it would hardly stand in a text by chance: "friends" and "2026" would."""
    return len(code) >= SHORTEST_PASSCODE and any(letter.isdigit() for letter in code)


def _any_spacing(code: str) -> re.Pattern[str]:
    letters = [re.escape(letter) for letter in unicodedata.normalize("NFKC", code)]
    between = r"[\s-]?" if code.isdigit() else ""
    return re.compile(rf"(?<!\w){between.join(letters)}(?!\w)", re.IGNORECASE)
