"""The file for Zoom: what it takes, what it refuses, and whom it cannot move."""

from breakouts.pages.room_sheet import RoomSheet, Seated, SheetRoom
from breakouts.pages.zoom import HEADER, ZoomFile, room_name


def person(number: int, **fields: object) -> Seated:
    return Seated(**{"whole_name": f"Person {number}", "email": f"person{number}@example.org"} | fields)


def room(number: int, *people: Seated, **fields: object) -> SheetRoom:
    return SheetRoom(number=number, title=f"Topic {number}", people=list(people), **fields)


def file_of(*rooms: SheetRoom) -> ZoomFile:
    return ZoomFile.of(RoomSheet([*rooms], [], []))


def whom(found: ZoomFile) -> list[str]:
    return [line.person.whole_name for line in found.by_hand]


def test_the_header_is_exactly_what_zoom_asks_for():
    assert ",".join(HEADER) == "Pre-assign Room Name,Email Address"


def test_a_name_that_fits_stays_as_it_is():
    assert room_name(3, "Learning to listen") == "3 Learning to listen"


def test_a_long_name_is_cut_after_a_word_and_begins_with_the_number():
    name = room_name(3, "What is privilege and what can we do about it?")

    assert name == "3 What is privilege and what…"
    assert len(name) <= 32


def test_a_name_of_exactly_32_characters_is_whole_and_one_more_is_cut():
    assert room_name(1, "a" * 30) == f"1 {'a' * 30}"
    assert room_name(1, "a" * 31) == f"1 {'a' * 29}…"


def test_writing_without_spaces_is_cut_inside():
    name = room_name(12, "私たちはどのようにして互いに耳を傾けることを学ぶのでしょうか一緒に考えましょう")

    assert name.startswith("12 私たち")
    assert name.endswith("…")
    assert len(name) == 32


def test_an_emoji_counts_as_zoom_counts_it():
    name = room_name(1, "🌈" * 20)

    assert len(name.encode("utf-16-le")) // 2 <= 32


def test_rooms_of_one_title_have_names_of_their_own():
    title = "What is privilege and what can we do about it?"

    assert room_name(1, title) != room_name(2, title)


def test_no_name_has_what_ends_a_cell():
    assert room_name(2, 'Race, class, and "us"; all') == "2 Race class and us all"


def test_hosts_note_takers_and_people_are_moved_in_this_order():
    host, notes, guest = person(1), person(2), person(3)

    found = file_of(room(4, guest, hosts=[host], note_takers=[notes]))

    assert found.rows == [("4 Topic 4", one.email) for one in (host, notes, guest)]


def test_whom_an_address_cannot_move_is_listed_with_the_reason():
    found = file_of(
        room(
            1,
            person(1, email="removed@erased.invalid"),
            person(2, has_place=False),
            person(3, email="+44@example.org"),
            person(4, email="=1@example.org"),
            person(5),
        )
    )

    assert whom(found) == ["Person 1", "Person 2", "Person 3", "Person 4"]
    assert [line.why for line in found.by_hand] == [
        "They have no address.",
        "They hold no confirmed place at the moment.",
        "Their address begins with a sign that spreadsheets take for a formula.",
        "Their address begins with a sign that spreadsheets take for a formula.",
    ]
    assert found.rows == [("1 Topic 1", "person5@example.org")]


def test_no_address_stands_in_the_file_in_another_form():
    odd = ["a+b@example.org", "o'neil@example.org", "zoë@example.org"]

    found = file_of(room(1, *(person(number, email=email) for number, email in enumerate(odd))))

    assert [email for _name, email in found.rows] == odd


def test_whoever_is_in_two_rooms_is_moved_by_hand():
    both = person(1)

    found = file_of(room(1, hosts=[both]), room(2, hosts=[both]), room(3, person(2)))

    assert [(line.room.number, line.person.whole_name) for line in found.by_hand] == [
        (1, "Person 1"),
        (2, "Person 1"),
    ]
    assert found.rows == [("3 Topic 3", "person2@example.org")]


def test_whoever_hosts_and_takes_notes_in_one_room_stands_there_once():
    both = person(1)

    found = file_of(room(1, hosts=[both], note_takers=[both]))

    assert found.rows == [("1 Topic 1", "person1@example.org")]
    assert found.by_hand == []


def test_rooms_without_anybody_are_named_because_zoom_would_not_make_them():
    found = file_of(room(1, person(1)), room(2))

    assert [empty.number for empty in found.empty_rooms] == [2]


def test_a_hundred_rooms_are_taken_and_one_more_is_refused():
    rooms = [room(number, person(number)) for number in range(1, 102)]

    assert file_of(*rooms[:100]).refused == ""
    assert file_of(*rooms).refused == "These are 101 rooms, and Zoom takes at most 100 from a file."


def test_a_thousand_people_are_taken_and_one_more_is_refused():
    people = [person(number) for number in range(1, 1002)]

    assert file_of(room(1, *people[:1000])).refused == ""
    assert (
        file_of(room(1, *people)).refused
        == "These are 1001 people, and Zoom takes at most 1,000 from a file."
    )


def test_beyond_fifty_rooms_and_two_hundred_people_there_is_a_warning():
    rooms = [room(number, person(number)) for number in range(1, 52)]
    people = [person(number) for number in range(1, 202)]

    assert file_of(*rooms[:50]).warnings == []
    assert file_of(*rooms).warnings == ["These are 51 rooms. Some Zoom accounts take no more than 50."]
    assert file_of(room(1, *people[:200])).warnings == []
    assert file_of(room(1, *people)).warnings == [
        "These are 201 people. Some Zoom accounts take no more than 200."
    ]
