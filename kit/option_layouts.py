"""How the options of one field are laid out: in folds, with fields that say more, with what opens only once asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kit.layouts import Part, PartOrName, Parts, is_asked

# As templates/django/forms/widgets/input_option.html has it, which Django draws for each option anew.
TICK = '<div class="choice"><input type="{}" name="{}" value="{}"{}><label for="{}">{}</label>{}</div>'
HINT = '<p class="hint" id="{}">{}</p>'


@dataclass(frozen=True)
class Option:
    """One option, and the fields that say more about it, both drawn; "" where there are none."""

    tick: SafeString
    more: SafeString | str = ""


@dataclass(frozen=True)
class OptionGroup:
    """`is_open`: something in it was chosen, or is wrong."""

    title: object
    options: list[Option]
    is_open: bool


def drawn(tick: Mapping[str, Any]) -> SafeString:
    """An option of a widget as HTML."""
    attrs = {name: value for name, value in tick["attrs"].items() if name not in {"class", "aria-invalid"}}
    label, key = tick["label"], attrs["id"]
    hint = getattr(label, "hint", "")
    if hint:
        attrs["aria-describedby"], hint = f"{key}_hint", format_html(HINT, f"{key}_hint", hint)
    return format_html(TICK, tick["type"], tick["name"], tick["value"], flatatt(attrs), key, label, hint)


class Options(Part):
    """The options of a field, one below the other. `more`: the fields that belong to an option, by its value."""

    template = "allyhub_forms/layout/options.html"

    def __init__(self, name: str, more: Mapping[str, Parts]) -> None:
        super().__init__(name, *more.values())
        self.name, self.more = name, more

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        form.rendered_fields.add(self.name)
        groups = list(self.groups(form, context))
        return render_to_string(self.template, {"field": form[self.name], "groups": groups})

    def groups(self, form: Any, context: Any) -> Iterator[OptionGroup]:
        field = form[self.name]
        widget, attrs = field.field.widget, field.build_widget_attrs({"id": field.auto_id})
        for title, ticks, _index in widget.optgroups(
            field.html_name, widget.format_value(field.value()), attrs
        ):
            options = [Option(drawn(tick), self._more(form, context, tick)) for tick in ticks]
            yield OptionGroup(title, options, any(self._is_asked(form, tick) for tick in ticks))

    def _more(self, form: Any, context: Any, tick: Mapping[str, Any]) -> SafeString | str:
        more = self.more.get(tick["value"])
        return more.get_rendered_fields(form, context) if more else ""

    def _is_asked(self, form: Any, tick: Mapping[str, Any]) -> bool:
        more = self.more.get(tick["value"])
        names = more.fields if more else ()
        return tick["selected"] or any(is_asked(form[name]) for name in names)


class Question(Part):
    """A field of options as a part of a long form, under a heading that a link may lead to (`anchor`), with `parts` below
    them. `more` as of Options."""

    template = "allyhub_forms/layout/question.html"

    def __init__(
        self, anchor: str, name: str, *parts: PartOrName, more: Mapping[str, Parts] | None = None
    ) -> None:
        more = more or {}
        super().__init__(name, *more.values(), *parts)
        self.anchor, self.name, self.more, self.below = anchor, name, more, Parts(*parts)

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        form.rendered_fields.add(self.name)
        groups = list(Options(self.name, self.more).groups(form, context)) if self.more else []
        below = self.below.get_rendered_fields(form, context)
        about = {"anchor": self.anchor, "field": form[self.name], "groups": groups, "fields": below}
        return render_to_string(self.template, about)


class Folds(Options):
    """A fold for each group of options, which says how many there are."""

    template = "allyhub_forms/layout/folds.html"


class Ticks(Part):
    """Ticks without a legend, each a field of its own."""

    template = "allyhub_forms/layout/ticks.html"


class AsksMore(Part):
    """A question of yes, no or something else, with what follows: `within` for "yes", `say` for all but "no"."""

    template = "allyhub_forms/layout/asks_more.html"

    def __init__(self, question: PartOrName, *, within: Parts, say: Parts) -> None:
        super().__init__(question, within, say)

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        question, within, say = (Parts(part).get_rendered_fields(form, context) for part in self.fields)
        return render_to_string(self.template, {"question": question, "within": within, "say": say})


class Trap(Part):
    """A field that robots fill in: people do not see it, and hear that it stays empty."""

    template = "allyhub_forms/layout/trap.html"

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        (name,) = self.fields
        form.rendered_fields.add(name)
        return render_to_string(self.template, {"field": form[name]})
