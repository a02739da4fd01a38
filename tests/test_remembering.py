from compare.language.remembering import _KEPT, forget, remembered


def test_what_a_large_story_has_filled_is_forgotten_and_what_a_small_one_left_stays():
    asked = []

    @remembered(2 * _KEPT)
    def length(text):
        asked.append(text)
        return len(text)

    length("a ferry")
    forget()
    length("a ferry")
    assert asked == ["a ferry"]
    for number in range(_KEPT):
        length(str(number))
    length("a ferry")
    assert len(asked) == 1 + _KEPT
    forget()
    length("a ferry")
    assert asked[-1] == "a ferry"
    assert len(asked) == 2 + _KEPT
