"""Names that are made to be taken for others, and those that only happen to be alike."""

import pytest

from kit.looks import imitates

RUTH = "Ruth Paramor"


@pytest.mark.parametrize(
    "name",
    [
        "Ruth Pаramor",  # Cyrillic а
        "Ruth Ρaramor",  # Greek Rho
        "Ruth Param0r",
        "Ｒｕｔｈ Ｐａｒａｍｏｒ",
        "𝐑𝐮𝐭𝐡 𝐏𝐚𝐫𝐚𝐦𝐨𝐫",
        "Ⓡuth Paramor",
        "Ruth Pararnor",
        "RUTH PАRАMOR",
        "Ruth-Pаramor",
        "Ruth P@ramor",
    ],
)
def test_a_name_in_borrowed_letters_imitates(name):
    assert imitates(name, RUTH)
    assert imitates(RUTH, name)


@pytest.mark.parametrize(
    "name",
    [RUTH, "ruth paramor", "Ruth  Páramor", "Ruth-Paramor", "Ruth P.", "Rita Paramor", "Рут Парамор", "田中"],
)
def test_the_name_itself_and_other_names_imitate_nobody(name):
    assert not imitates(name, RUTH)


@pytest.mark.parametrize("pair", [("", ""), ("…", "?"), ("👋", "🙂"), ("Jill", "Jіll"[:1])])
def test_what_has_no_letters_looks_like_nobody(pair):
    assert not imitates(*pair)
