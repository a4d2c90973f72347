"""What a name looks like, whatever letters it is made of: it may borrow another's look with a letter of another script.

The pairs are those on which names in Latin script are imitated: Cyrillic and Greek letters that cannot be told from them,
signs that stand for letters, digits. NFKD takes apart the rest (full width, mathematical, circled letters).
"""

import unicodedata

_PAIRS = {
    "a": "аɑα@",
    "b": "ьƅ",
    "c": "сϲᴄ",
    "d": "ԁɗ",
    "e": "еєҽɛε",
    "g": "ɡց",
    "h": "һհ",
    "i": "іıɩιӏ1!|lɪ",
    "j": "јϳ",
    "k": "кκĸ",
    "m": "мϻ",
    "n": "ոпηռ",
    "o": "оοօσ0ᴏ",
    "p": "рρ",
    "q": "ԛզ",
    "r": "гᴦ",
    "s": "ѕꜱ$5",
    "t": "тτ",
    "u": "υսʋᴜ",
    "v": "ѵνᴠ",
    "w": "ԝѡωᴡ",
    "x": "хχ",
    "y": "уүγʏ",
    "z": "ᴢ",
}
_LOOKS_LIKE = str.maketrans({sign: letter for letter, signs in _PAIRS.items() for sign in signs})


def look(name: str) -> str:
    """How a name looks at a glance: two names with one look are taken for each other. Nothing to show to anybody."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(letter for letter in apart.translate(_LOOKS_LIKE) if letter.isalnum()).replace("rn", "m")


def imitates(name: str, other: str) -> bool:
    """Whether a name looks like another and is written with other signs. Accents, capitals and blanks make no other
    name: people type their own in many ways."""
    return look(name) == look(other) != "" and _plainly(name) != _plainly(other)


def _plainly(name: str) -> str:
    apart = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in apart if letter.isalnum())
