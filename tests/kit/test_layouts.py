"""Forms that say their groups, order and words, as `{% crispy form %}` draws them."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.functional import cached_property

from kit.layouts import (
    Asked,
    Choices,
    Folded,
    Group,
    Heading,
    Link,
    Note,
    OneGroup,
    Row,
    TickWithWords,
    form_helper,
    is_asked,
    row_helper,
)

TYPED = "<b>{{ form.name.value }}</b>"
AS_TYPED = "&lt;b&gt;{{ form.name.value }}&lt;/b&gt;"


class Booking(forms.Form):
    name = forms.CharField(label="Your name", error_messages={"required": "Enter your name"})
    begin = forms.TimeField(required=False)
    end = forms.TimeField(required=False)
    which = forms.ChoiceField(choices=[("0", "First"), ("1", "Second")], required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Nobody can come then")


def drawn(*parts: object, data: dict[str, str] | None = None, helper: FormHelper | None = None) -> str:
    form = Booking(data)
    return render_crispy_form(form, helper or form_helper(*parts))


def names(html: str) -> list[str]:
    return re.findall(r'<(?:input|select)[^>]* name="(\w+)"', html)


def test_fields_stand_in_the_order_that_was_said_each_as_everywhere():
    html = drawn("end", "name")

    assert names(html) == ["end", "name"]
    assert Booking()["name"].as_field_group() in html


def test_a_form_that_is_one_group_has_its_fields_in_their_order():
    class Plain(OneGroup, Booking):
        field_order = ("which", "name")

    assert names(render_crispy_form(Plain())) == ["which", "name", "begin", "end", "token"]


def test_tag_buttons_and_token_are_left_to_the_template():
    html = drawn("name")

    assert "<form" not in html
    assert "csrf" not in html
    assert "button" not in html


def test_a_group_has_its_legend_and_its_hint():
    html = drawn(Group("When", Row("begin", "end"), hint="As it suits you"))

    assert re.search(r'<fieldset class="group">\s*<legend>When</legend>\s*<p class="hint">As it suits', html)
    assert names(re.search(r'<div class="fields">(.*?)</div>\s*</fieldset>', html, re.DOTALL)[1]) == [
        "begin",
        "end",
    ]
    assert "hint" not in drawn(Group("When", "begin"))


@pytest.mark.parametrize(
    "part",
    [
        Group(TYPED, "begin", hint=TYPED),
        Folded(TYPED, "begin", hint=TYPED),
        Choices(TYPED, TickWithWords("begin", "end")),
        Note("key", words=TYPED),
        Heading(TYPED),
        Link(TYPED, "/x/"),
    ],
    ids=lambda part: type(part).__name__,
)
def test_what_somebody_typed_is_shown_as_words_and_never_run(part):
    html = drawn(part)

    assert AS_TYPED in html
    assert "<b>" not in html


def test_what_is_folded_away_opens_when_told():
    assert "<details" in drawn(Folded("More", "begin"))
    assert " open>" not in drawn(Folded("More", "begin"))
    assert " open>" in drawn(Folded("More", "begin", is_open=True))


def test_a_question_stands_on_the_page_once_it_was_asked():
    answered, wrong = {"which": "1"}, {"which": "7"}

    assert names(drawn("name", Asked("which"))) == ["name"]
    assert names(drawn("name", Asked("which"), data=answered)) == ["name", "which"]
    assert names(drawn("name", Asked("which"), data=wrong)) == ["name", "which"]
    assert [is_asked(Booking(data)["which"]) for data in (None, answered, wrong)] == [False, True, True]


def test_nothing_stands_around_a_question_that_was_not_asked():
    assert "note" not in drawn(Note("mail", Asked("which")))
    assert "note" in drawn(Note("mail", Asked("which")), data={"which": "1"})


def test_a_field_that_the_form_took_out_is_left_out_and_one_it_never_had_is_a_mistake():
    class Short(Booking):
        helper = form_helper("name", "end")

        def __init__(self) -> None:
            super().__init__()
            del self.fields["end"]

    assert names(render_crispy_form(Short())) == ["name"]
    with pytest.raises(KeyError, match="nmae"):
        drawn("nmae")


def test_a_hidden_field_has_nothing_around_it():
    assert drawn("token").strip() == str(Booking()["token"])


def test_what_is_wrong_with_the_whole_form_is_said_first_and_once():
    html = drawn("name", data={})

    assert html.count("Nobody can come then") == 1
    assert html.index("Nobody can come then") < html.index("Enter your name")


def test_what_is_wrong_with_a_row_is_said_in_its_group():
    html = drawn(helper=row_helper("Date 1", "name"), data={})

    assert html.count("Nobody can come then") == 1
    assert html.index("<legend>Date 1</legend>") < html.index("Nobody can come then")


def test_words_are_chosen_when_the_page_is_drawn():
    class Late(Booking):
        @cached_property
        def helper(self) -> FormHelper:
            return form_helper(*(["name"] if self.errors else []), "end")

    assert names(render_crispy_form(Late({}))) == ["name", "end"]
