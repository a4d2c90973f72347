from django.template import Context, Template
from django.utils import translation
from django.utils.functional import SimpleLazyObject


def test_it_is_written_once_for_each_value():
    template = Template("{% load kept %}{% kept name %}{{ name }}, {{ other }}{% endkept %}")

    shown = [
        template.render(Context({"name": n, "other": o})) for n, o in (("a", 1), ("a", 2), ("b", 3), ("a", 4))
    ]

    assert shown == ["a, 1", "a, 1", "b, 3", "a, 1"]


def test_it_is_written_once_for_each_language():
    template = Template(
        "{% load kept i18n %}{% kept %}{% get_current_language as code %}{{ code }}{% endkept %}"
    )

    shown = []
    for language in ("en", "de", "en"):
        with translation.override(language):
            shown.append(template.render(Context()))

    assert shown == ["en", "de", "en"]


def test_what_is_lazy_counts_by_what_it_says():
    template = Template("{% load kept %}{% kept signed_in %}{{ number }}{% endkept %}")

    def lazy(answer):
        return SimpleLazyObject(lambda: answer)

    shown = [
        template.render(Context({"signed_in": lazy(a), "number": n}))
        for n, a in enumerate((True, False, True))
    ]

    assert shown == ["0", "1", "0"]


def test_it_does_not_grow_for_ever():
    template = Template("{% load kept %}{% kept name %}{{ name }}{% endkept %}")
    kept = template.nodelist.get_nodes_by_type(object)[1]

    for number in range(1200):
        assert template.render(Context({"name": number})) == str(number)

    assert len(kept.written) <= 500
