"""The one template of every field, and the summary of what went wrong."""

import datetime
import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from kit.forms import Choice, DateInput, TimeInput


class Booking(forms.Form):
    name = forms.CharField(
        label="Your name", help_text="As you like", error_messages={"required": "Enter your name"}
    )
    pronouns = forms.CharField(label="Pronouns", required=False)
    needs = forms.MultipleChoiceField(
        label="Needs",
        required=False,
        choices=[
            ("Hearing", [("captions", Choice(_("Captions"), _("Typed by a person")))]),
            ("dog", "A dog"),
        ],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--two"}),
    )
    room = forms.ChoiceField(
        label="Room",
        choices=[("1", "First"), ("2", "Second")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a room"},
    )
    values = forms.BooleanField(label="I agree", error_messages={"required": "Tick the box"})
    picture = forms.FileField(label="Picture", required=False)


@pytest.fixture
def sent_empty():
    return Booking({})


def attributes(html: str, name: str) -> dict[str, str]:
    tag = re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', html)
    assert tag, name
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag[0]))


def test_optional_fields_say_so_and_required_ones_do_not():
    form = Booking()

    assert "(optional)" in form["pronouns"].as_field_group()
    assert "(optional)" not in form["name"].as_field_group()
    assert "(optional)" not in form["needs"].as_field_group()


def test_a_field_is_described_by_its_hint_and_its_error(sent_empty):
    html = sent_empty["name"].as_field_group()

    field = attributes(html, "name")
    assert field["aria-describedby"] == "id_name_helptext id_name_error"
    assert field["aria-invalid"] == "true"
    assert 'id="id_name_helptext">As you like' in html
    assert '<span class="vh">Error: </span>Enter your name' in html


def test_a_group_is_a_fieldset_described_as_a_whole(sent_empty):
    html = sent_empty["room"].as_field_group()

    assert re.search(r'<fieldset aria-describedby="id_room_error"><legend>Room\s*</legend>', html)
    assert html.count('type="radio"') == 2
    assert "aria-invalid" not in html  # a radio button may not carry it; the group says what is wrong


def test_an_option_is_described_by_its_own_hint():
    html = Booking()["needs"].as_field_group()

    assert '<legend>Hearing</legend><div class="choices choices--two">' in html
    assert 'aria-describedby="id_needs_0_0_hint"' in html
    assert '<p class="hint" id="id_needs_0_0_hint">Typed by a person</p>' in html


def test_a_tick_box_and_a_file_have_a_label_of_their_own(sent_empty):
    assert '<label for="id_values">I agree</label>' in sent_empty["values"].as_field_group()
    assert '<label for="id_picture">Picture' in sent_empty["picture"].as_field_group()


def test_dates_and_times_are_written_as_browsers_read_them():
    date = DateInput().render("on", datetime.date(2020, 5, 3))
    time = TimeInput().render("at", datetime.time(15, 0))

    assert attributes(date, "on")["value"] == "2020-05-03"
    assert attributes(time, "at")["value"] == "15:00"


def test_a_placeholder_is_never_shown():
    widget = forms.TextInput(attrs={"placeholder": "Email", "class": "input--m", "autocomplete": "email"})

    assert attributes(widget.render("email", None), "email") == {
        "type": "text",
        "name": "email",
        "class": "input input--m",
        "autocomplete": "email",
    }


def test_what_people_typed_comes_back_escaped():
    html = Booking({"name": '"><script>'})["name"].as_field_group()

    assert "<script>" not in html


def test_every_error_in_the_summary_leads_to_the_first_control_of_its_field(sent_empty):
    html = render_to_string("components/error_summary.html", {"form": sent_empty})

    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>', html) == [
        ("id_name", "Enter your name"),
        ("id_room_0", "Choose a room"),
        ("id_values", "Tick the box"),
    ]
    assert 'role="alert" tabindex="-1" autofocus' in html


def test_the_summary_shows_what_concerns_the_whole_form_and_every_form_of_a_formset(sent_empty):
    sent_empty.add_error(None, "Both cannot be true")
    Bookings = forms.formset_factory(Booking, extra=0)
    formset = Bookings({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"})

    assert "Both cannot be true" in render_to_string("components/error_summary.html", {"form": sent_empty})
    assert "#id_form-0-name" in render_to_string("components/error_summary.html", {"formset": formset})


def test_a_whole_form_shows_hidden_fields_and_errors_of_the_whole():
    class Secret(Booking):
        token = forms.CharField(widget=forms.HiddenInput)

    form = Secret({})
    html = form.as_div()

    assert attributes(html, "token")["type"] == "hidden"
    assert "Hidden field token" in html
