"""Questions that ask who somebody is. It may find one too many: that is a question to whoever writes it, never a no."""

import re

# "Name one thing to keep" asks for no name, and "people of my age" for no age.
_WITHIN = (
    r"\b(?:your|full|first|last|family|given)\s(?:full\s|first\s|last\s|own\s)?(?:name|surname)\b",
    r"\bsurname\b",
    r"\be-?mails?\b",
    r"\b(?:tele)?phone\s?number\b|\byour\s(?:tele|mobile\s)?phone\b|\bmobile\snumber\b",
    r"\byour\s(?:home\s|work\s|postal\s)?address\b|\bpost\s?code\b",
    r"\bhow\sold\b|\byour\sage\b|\bage\s(?:group|range|band)\b|\b(?:date|year)\sof\sbirth\b|\bbirthday\b",
    r"\byour\s(?:job|employer|department|line\smanager)\b|\bjob\stitle\b|\bstaff\snumber\b",
    r"\bwho\sare\syou\b|\bwhere\sdo\syou\s(?:work|live)\b",
)
_ALONE = r"^\W*(?:your\s)?(?:name|e-?mail|(?:tele)?phone|mobile|age|job|address|who)\W*$"
WHO = re.compile("|".join([*_WITHIN, _ALONE]), re.IGNORECASE)


def asks_who(text: str) -> str:
    """The words that sound like it; "" when none do."""
    found = WHO.search(" ".join(text.split()))
    return found[0].strip(" \t:.?!,") if found else ""
