import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.template import engines

from events.models import Event
from kit.templatetags.patchwork import (
    GEESE,
    ICONS,
    PALETTES,
    SIDE,
    UnknownIcon,
    UnknownKind,
    cells,
    date_block,
    geese,
    icon,
    patch,
    quilt,
)


def test_the_same_seed_gives_the_same_block_and_another_seed_another():
    assert patch("being-better-allies", "social") == patch("being-better-allies", "social")
    assert patch("being-better-allies", "social") != patch("what-is-allyship", "social")


def test_a_block_turned_by_a_quarter_is_the_same_block():
    block = set(cells("being-better-allies", "social"))

    turned = {(SIDE - 1 - y, x, ground, figure, (corner + 1) % 4) for x, y, ground, figure, corner in block}

    assert turned == block
    assert len(block) == SIDE * SIDE


def test_every_kind_of_event_has_its_colours_and_every_colour_is_in_the_style_sheet():
    css = (settings.BASE_DIR / "static/css/components/patch.css").read_text()
    used = {colour for palette in PALETTES.values() for colour in palette} | set(GEESE)

    assert set(Event.Kind.values) == set(PALETTES)
    assert used == set(re.findall(r"\.q-(\w+)", css))


def test_a_kind_without_colours_and_an_icon_not_drawn_are_refused_by_name():
    with pytest.raises(UnknownKind, match="party"):
        patch("seed", "party")
    with pytest.raises(UnknownIcon, match="rocket"):
        icon("rocket")


def test_drawings_are_light_hidden_from_screen_readers_and_without_inline_styles():
    drawings = [geese(), *(icon(name) for name in ICONS), *(patch("a", kind) for kind in PALETTES)]

    assert [drawing for drawing in drawings if 'aria-hidden="true"' not in drawing] == []
    assert [drawing for drawing in drawings if "style" in drawing] == []
    assert max(len(drawing) for drawing in drawings) < 900


def test_a_quilt_is_sewn_from_pairs_of_seed_and_kind():
    html = quilt([("a1", "social"), ("q7", "training")])

    assert html.count("<svg") == 2


def test_the_date_on_the_slip_is_the_day_where_the_event_is():
    late_in_utc = datetime(2020, 5, 3, 23, 30, tzinfo=UTC)

    assert 'datetime="2020-05-04"' in date_block(late_in_utc, "Europe/London", "a", "social")
    assert 'datetime="2020-05-03"' in date_block(late_in_utc, "America/New_York", "a", "social")


def test_the_large_slip_spells_weekday_and_month_out():
    starts_at = datetime(2020, 9, 30, 12, tzinfo=UTC)

    small = _words(date_block(starts_at, "Europe/London", "a", "social"))
    large = _words(date_block(starts_at, "Europe/London", "a", "social", size="large"))

    assert small == ["Wed", "30", "Sep"]
    assert large == ["Wednesday", "30", "September"]


def test_templates_write_what_people_typed_escaped():
    template = engines["django"].from_string("{% load patchwork %}{% date_block at zone slug kind %}")
    at = datetime(2020, 5, 3, tzinfo=UTC)

    html = template.render({"at": at, "zone": "UTC", "slug": '"><script>', "kind": "social"})

    assert "<script>" not in html


def _words(html: str) -> list[str]:
    return re.sub(r"<[^>]+>", " ", html).split()
