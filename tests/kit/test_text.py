import time
import unicodedata
from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from kit.links import normalise_email
from kit.text import (
    PlainCharField,
    PlainEmailField,
    PlainTextField,
    clean_text,
    first_sentences,
    whole_number,
    with_lists,
)

APPS = ("allyhub", "people", "events", "breakouts", "concerns", "feedback", "learning")
ANY_TEXT = st.text(st.characters())  # lone surrogates too


class TopicForm(forms.Form):
    title = PlainCharField(max_length=20)
    why = PlainTextField(required=False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Being better allies \n", "Being better allies"),
        ("one\r\ntwo\tthree", "one two three"),
        ("a\x00b\x07c\x1bd\x7fe\x9f", "abcde"),
        ("half \ud83d a face", "half  a face"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("\ufeffmarked", "marked"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "👩🏽‍🦽 👨‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ❤️",
        "أهلاً وسهلاً",
        "שלום\u200f!",
        "می‌خواهم",
        "Łódź, São Tomé, Việt Nam",
    ],
)
def test_every_language_and_emoji_stays(typed):
    assert clean_text(typed) == typed


def test_lines_stay_lines_where_there_may_be_several():
    assert (
        clean_text("\none\r\ntwo\rthree\u2028four\n\n\tfive\n", multiline=True)
        == "one\ntwo\nthree\nfour\n\n\tfive"
    )


@given(ANY_TEXT, st.booleans())
def test_clean_text_is_clean_whatever_was_typed(typed, multiline):
    kept = clean_text(typed, multiline=multiline)

    kept.encode()
    assert clean_text(kept, multiline=multiline) == kept == kept.strip()
    allowed = "\n\t" if multiline else ""
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed]
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(ANY_TEXT, ANY_TEXT)
def test_no_text_breaks_a_form(title, why):
    form = TopicForm({"title": title, "why": why})

    if form.is_valid():
        assert form.cleaned_data["title"] == clean_text(title)
        assert form.cleaned_data["why"] == clean_text(why, multiline=True)
    str(form["title"]).encode()
    str(form["why"]).encode()


def test_unseen_characters_alone_are_nothing_typed():
    form = TopicForm({"title": "\x00\u202e "})

    assert form.errors["title"] == ["This field is required."]


NOTHING_TO_SEE = {
    "zero width space": "\u200b",
    "Hangul filler": "\u3164",
    "Hangul fillers of other kinds": "\u115f\u1160\uffa0",
    "empty pattern of Braille": "\u2800",
    "joiners": "\u200c\u200d\u2060",
    "soft hyphen": "\u00ad",
    "marks of direction": "\u200e\u200f\u061c",
    "Mongolian separator": "\u180e",
    "variation selectors": "\ufe0f\U000e0100",
    "tags": "\U000e0041\U000e007f",
    "a mark that joins nothing": "\u034f",
    "Khmer vowels that are not there": "\u17b4\u17b5",
    "an accent without a letter": "\u0301",
    "a circle around nothing": "\u20dd",
    "blanks of many widths": "\u2003\u3000\u00a0",
    "private use": "\ue000",
    "a note without a head": "\U0001d159",
    "all at once": " \u200b\u3164\u2800\ufe0f\n\u200d ",
}
SEEN = ["Zoë", "田中", "علي", "محمّد", "👩🏽‍🦽", "❤️", "می‌خواهم", "ක්‍ෂ", "🫨", "?", "1", "מַרְיָם", "e\u0301"]


@pytest.mark.parametrize("text", NOTHING_TO_SEE.values(), ids=NOTHING_TO_SEE)
def test_of_what_nobody_sees_nothing_is_kept(text):
    assert (clean_text(text), clean_text(text, multiline=True)) == ("", "")


def test_a_text_of_several_lines_that_shows_nothing_once_it_is_written_out_is_none_either():
    assert clean_text("&#x200B;&nbsp;\n\n&#12644;", multiline=True) == ""
    assert clean_text("&nbsp;") == "&nbsp;"  # in one line it is shown as it stands


@pytest.mark.parametrize("text", SEEN)
def test_what_people_write_in_any_script_is_kept_whole(text):
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "blank", ["\u200b", "\u3164", "\u2800", "\u200d", "\u00ad", "\u2060", " \u200b \u3164 "]
)
def test_a_name_with_something_unseen_at_its_ends_is_no_other_name(blank):
    assert clean_text(f"{blank}Ruth{blank}") == "Ruth"


def test_a_great_many_blanks_are_looked_at_once():
    began = time.process_time()

    clean_text("a" + " \u200b" * 200_000 + "b")
    clean_text("\u200b" * 400_000)

    assert time.process_time() - began < 2


def test_length_is_that_of_what_is_kept():
    assert TopicForm({"title": "x" * 20 + "\x00" * 20 + "   "}).is_valid()
    assert not TopicForm({"title": "x" * 21}).is_valid()


def test_a_line_break_counts_as_one_character_as_in_the_browser():
    field = PlainTextField(max_length=3)

    assert field.clean("a\r\nb") == "a\nb"


def test_a_field_with_no_value_stays_without_one():
    assert PlainCharField(required=False).clean(None) == ""
    assert isinstance(TopicForm()["why"].field.widget, forms.Textarea)


@pytest.mark.parametrize(
    "typed",
    [
        "I@Bücher.Example",
        "i@xn--bcher-kva.example",
        " i@XN--BCHER-KVA.EXAMPLE ",
        "i@bu\u0308cher.example",  # ü as u and two dots
        "i@bücher\uff0eexample",  # a full-width dot
        "i@ｂücher.example",  # a full-width letter
    ],
)
def test_one_mailbox_is_one_address_however_its_domain_is_written(typed):
    assert normalise_email(typed) == "i@bücher.example"


@pytest.mark.parametrize("typed", ["i@straße.example", "i@xn--strae-oqa.example", "I@STRAẞE.example"])
def test_domains_that_only_older_rules_take_for_one_stay_two(typed):
    """Mail leaves for where the address says, and not for i@strasse.example."""
    assert normalise_email(typed) == "i@xn--strae-oqa.example"
    assert normalise_email("i@strasse.example") == "i@strasse.example"


@pytest.mark.parametrize(
    "odd",
    [
        *("", "@", "nobody", "a@b@c.example", "i@b..example", "i@[127.0.0.1]", "i@xn--.example"),
        *("i@xn--zzzzzzzz.example", "i@xn--bücher.example", f"i@{'ü' * 70}.example", f"i@{'x' * 3000}"),
        "i@" + "xn--" + "a。b".encode("punycode").decode() + ".example",  # would read as two labels
    ],
)
def test_what_is_no_such_domain_stays_as_it_was_typed(odd):
    assert normalise_email(odd) == odd


@given(st.text(max_size=10), st.text(max_size=20))
def test_an_address_and_the_one_that_mail_leaves_for_are_one(local, label):
    domain = "".join(f"{label}.example".split())
    try:
        kept = PlainEmailField().clean(f"{local}@{domain}")
        sent = sanitize_address(f"i@{kept.rpartition('@')[2]}", "utf-8")
    except (ValidationError, UnicodeError):
        return  # none that mail could leave for

    assert normalise_email(kept) == kept
    assert normalise_email(sent) == f"i@{kept.rpartition('@')[2]}"


def test_a_field_for_addresses_knows_nobodys_in_every_spelling():
    assert PlainEmailField().clean("I@xn--bcher-kva.example") == "i@bücher.example"
    for nobody in ("erased-1@erased.invalid", "erased-1@erased.ＩＮＶＡＬＩＤ"):
        with pytest.raises(ValidationError):
            PlainEmailField().clean(nobody)


@pytest.mark.parametrize(
    "domain",
    [
        "[127.0.0.1]",
        "[::1]",
        "[IPv6:::1]",
        "［127.0.0.1］",
        "localhost",
        "LOCALHOST",
        "mail.localhost",
        "10.0.0.12",
        "127.0.0.001",
        "printer.local",
        "db.internal",
        "router.home.arpa",
        "1.0.0.127.in-addr.arpa",
        "x.localdomain",
        "abc.onion",
    ],
)
def test_no_mail_goes_to_a_machine_beside_ours(domain):
    with pytest.raises(ValidationError):
        PlainEmailField().clean(f"a@{domain}")


@pytest.mark.parametrize(
    "domain",
    ["example.org", "bücher.example", "local.example.org", "internal.example", "127.example.org", "a-1.co"],
)
def test_mail_goes_to_what_only_sounds_like_one(domain):
    assert PlainEmailField().clean(f"a@{domain}") == f"a@{domain}"


def all_forms(form: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for kind in form.__subclasses__():
        yield from (kind, *all_forms(kind))


def brought_by_allauth(form: type[forms.BaseForm]) -> set[str]:
    bases = [base for base in form.__mro__ if base.__module__.startswith("allauth.")]
    return {
        name for base in bases for name, field in base.base_fields.items() if form.base_fields[name] is field
    }


def test_every_text_that_people_type_is_cleaned():
    assert get_resolver().url_patterns  # loads every view, and with them every form
    # Not those that Django's admin site makes for itself, and no field that allauth brings and ours replace or take out.
    ours = [
        form
        for form in dict.fromkeys(all_forms())
        if form.__module__.split(".")[:2] in [[app, "forms"] for app in APPS]
    ]
    theirs = {form: brought_by_allauth(form) for form in ours}
    texts = [
        (form.__name__, name)
        for form in ours
        for name, field in getattr(form, "base_fields", {}).items()
        if name not in theirs[form]
        and isinstance(field, forms.CharField)
        and not isinstance(field, PlainCharField)
        and not isinstance(field.widget, forms.HiddenInput)
    ]

    assert len(ours) > 60
    # A trap for programs: what is typed there is never kept.
    assert sorted(texts) == [
        ("EnquiryForm", "website"),
        ("RegistrationForm", "website"),
        ("SuggestionForm", "website"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("One two.", "One two."),
        ("One two. Three four five.", "One two. Three four five."),
        ("One two. Three four five six.", "One two."),  # never within a sentence
        ("One two three four five six seven. Eight.", "One two three four five six seven."),
        ("“One two?” Three.\n\nFour five", "“One two?” Three. Four five"),
        ("One\n\n- two three\n- four five six", "One - two three"),
        ("A costs 2.50 pounds", "A costs 2.50 pounds"),
    ],
)
def test_the_beginning_of_a_text_ends_with_a_sentence(text, shown):
    assert first_sentences(text, 5) == shown


def test_lists_as_other_programs_write_them_become_lists():
    pasted = {
        "Bring:\n• tea\n•\ttime": "Bring:\n- tea\n- time",
        "  ● tea\n  ▪ time\n·three": "- tea\n- time\n- three",
        "– tea\n\n— time\n– cake": "- tea\n\n- time\n- cake",
        "We listen.\n– Sage": "We listen.\n– Sage",
        "- tea\n1. time\n* cake": "- tea\n1. time\n* cake",
        "2 – 4pm – in the hall": "2 – 4pm – in the hall",
        "•": "•",
        "": "",
    }

    assert {text: with_lists(text) for text in pasted} == pasted


def test_a_number_in_an_address_is_one_that_a_database_can_look_for():
    typed = ("7", "0", "", "x", "-3", "²", "٣", "9" * 18, "9" * 19, "9" * 5000)

    assert [whole_number(text) for text in typed] == [7, 0, 0, 0, 0, 0, 0, 10**18 - 1, 0, 0]
