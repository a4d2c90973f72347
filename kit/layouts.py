"""How a form says its groups, their order and their words: a crispy `FormHelper` with a `Layout` of these parts.

`{% crispy form %}` draws it through our pack, templates/allyhub_forms/; Django's one field template draws each field.
Words are only shown: crispy's own Fieldset and HTML compile theirs as template source each time anew, and would run what
somebody typed. docs/decisions/0018-forms-say-their-groups.md has what it costs.
"""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# The name of a field, or a Part.
PartOrName = Any


def form_helper(*parts: PartOrName) -> FormHelper:
    """For the property `helper` of a form. The form's tag, its buttons and what stands around it are the template's."""
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Parts(*parts)
    return helper


def row_helper(legend: object, *parts: PartOrName) -> FormHelper:
    """For one form of several alike on a page: a group that has within it what is wrong with it as a whole."""
    helper = form_helper(Group(legend, Errors(), *parts))
    helper.form_show_errors = False
    return helper


def is_asked(field: BoundField) -> bool:
    """Whether a form has come to ask this: its field has an answer or something is wrong with it."""
    return bool(field.errors or field.value())


class OneGroup:
    """A form whose fields stand one below the other in their order."""

    fields: dict[str, forms.Field]

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(*self.fields)


class Parts(Layout):
    """Parts and fields, one after the other."""

    def get_rendered_fields(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> SafeString:
        """Straight to the field template: crispy's own way copies everything the page knows for each field."""
        drawn = (
            draw_field(form, part) if isinstance(part, str) else part.render(form, context)
            for part in self.fields
        )
        return format_html_join("", "{}", ((html,) for html in drawn))


def draw_field(form: Any, name: str) -> str:
    """Nothing for a field that the form has taken out of itself; KeyError for one it never had."""
    if name not in form.fields and name in form.base_fields:
        return ""
    field = form[name]
    form.rendered_fields.add(name)
    return str(field) if field.is_hidden else field.as_field_group()


class Part(Parts):
    """Parts with something around them: `template` sees what the part was made with, and its `fields`. A part whose
    fields are all left out is left out with them."""

    template: str

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        fields = self.get_rendered_fields(form, context)
        if self.fields and not fields:
            return ""
        return render_to_string(self.template, {**vars(self), "fields": fields})


class Group(Part):
    """Fields that belong together, under a legend."""

    template = "allyhub_forms/layout/group.html"

    def __init__(self, legend: object, *parts: PartOrName, hint: object = "") -> None:
        super().__init__(*parts)
        self.legend, self.hint = legend, hint


class Section(Part):
    """A part of a long form, under a heading that a link may lead to: `anchor`."""

    template = "allyhub_forms/layout/section.html"

    def __init__(self, anchor: str, heading: object, *parts: PartOrName) -> None:
        super().__init__(*parts)
        self.anchor, self.heading = anchor, heading


class Row(Part):
    """Short fields side by side where there is room."""

    template = "allyhub_forms/layout/row.html"


class ShownFor(Part):
    """Fields that belong to one choice of the field `format`, "online" or "in_person": hidden while the other is
    chosen."""

    template = "allyhub_forms/layout/shown_for.html"

    def __init__(self, choice: str, *parts: PartOrName) -> None:
        super().__init__(*parts)
        self.choice = choice


class Drawn(Parts):
    """Another form, drawn by its own helper in the midst of this one."""

    def __init__(self, form: Any) -> None:
        super().__init__()
        self.form = form

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        return str(self.form.helper.render_layout(self.form, context))


class Folded(Part):
    """What only some people need, behind its summary."""

    template = "allyhub_forms/layout/folded.html"

    def __init__(self, summary: object, *parts: PartOrName, hint: object = "", is_open: bool = False) -> None:
        super().__init__(*parts)
        self.summary, self.hint, self.is_open = summary, hint, is_open


class Note(Part):
    """Words to be noticed, with an icon before them; or a field to be noticed."""

    template = "allyhub_forms/layout/note.html"

    def __init__(self, icon: str, *parts: PartOrName, words: object = "", tone: str = "") -> None:
        super().__init__(*parts)
        self.icon, self.words, self.tone = icon, words, tone


class Choices(Part):
    """Ticks under a legend, each a field of its own."""

    template = "allyhub_forms/layout/choices.html"

    def __init__(self, legend: object, *parts: PartOrName) -> None:
        super().__init__(*parts)
        self.legend = legend


class TickWithWords(Part):
    """A tick, and a field for more about it."""

    template = "allyhub_forms/layout/tick_with_words.html"

    def __init__(self, tick: str, words: str) -> None:
        super().__init__(tick, words)

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        tick, words = (draw_field(form, name) for name in self.fields)
        return render_to_string(self.template, {"tick": tick, "words": words})


class Heading(Part):
    """A heading within a form, for what is no group of fields."""

    template = "allyhub_forms/layout/heading.html"

    def __init__(self, words: object) -> None:
        super().__init__()
        self.words = words


class Link(Part):
    """A way to another page, between fields."""

    template = "allyhub_forms/layout/link.html"

    def __init__(self, words: object, address: str) -> None:
        super().__init__()
        self.words, self.address = words, address


class Included(Part):
    """Words of more than a line, from a template of their own, with what it is about."""

    def __init__(self, template: str, **about: object) -> None:
        super().__init__()
        self.template = template
        self.__dict__.update(about)


class Asked(Parts):
    """Fields that stand on the page once the form has asked about them (`is_asked`)."""

    def get_rendered_fields(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> SafeString:
        asked = Parts(*(name for name in self.fields if is_asked(form[name])))
        return asked.get_rendered_fields(form, context)


class Errors(Parts):
    """What is wrong with the form as a whole."""

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        errors = form.non_field_errors()
        return str(errors) if errors else ""
