from events.calendars import rss_and_json
from events.calendars.rss_and_json import _kept


def test_what_is_written_of_a_text_is_written_once_and_the_oldest_goes_first(monkeypatch):
    monkeypatch.setattr(rss_and_json, "DATES_KEPT", 2)
    written = []

    @_kept
    def shouted(text: str, language: str | None) -> str:
        written.append((text, language))
        return f"{text.upper()} {language}"

    asked = [("a", "en"), ("a", "en"), ("a", None), ("b", "en"), ("a", None), ("a", "en")]

    assert [shouted(*texts) for texts in asked] == ["A en", "A en", "A None", "B en", "A None", "A en"]
    assert written == [("a", "en"), ("a", None), ("b", "en"), ("a", "en")]
