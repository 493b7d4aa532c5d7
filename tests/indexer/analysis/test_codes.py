import pytest

from indexer.analysis.codes import code_field_keys, code_tokens, number_field_keys, pattern_of
from indexer.analysis.fold import fold
from indexer.engine.conditions import Part, Pattern


def test_figures_and_letters_are_whole_tokens() -> None:
    assert code_tokens(fold("青政办发〔2008〕15号")) == (*tuple("青政办发"), "2008", "15", "号")
    assert code_tokens(fold("Z109-WS·2011")) == ("z", "109", "ws", "2011")
    assert code_tokens("、") == ()


def test_a_code_has_a_key_with_its_separators_and_one_without() -> None:
    assert code_field_keys(fold("Z109-WS·2011")) == ("=z109ws2011", "#z109-ws-2011")
    assert number_field_keys(fold("青政办发（2008）15号")) == ("=青政办发200815号",)
    assert number_field_keys("") == code_field_keys("〔〕") == ()


@pytest.mark.parametrize(
    ("text", "part", "key"),
    [
        ("青政办发〔2008〕*", Part.NUMBER, "=青政办发2008*"),
        ("青政办发〔2008〕１？号", Part.NUMBER, "=青政办发20081?号"),
        ("Z109-WS·*", Part.CODE, "#z109-ws-*"),
        ("Z109WS**", Part.CODE, "=z109ws*"),
        ("2-1-1?", Part.CODE, "#2-1-1?"),
    ],
)
def test_a_pattern_has_the_form_of_the_keys(text: str, part: Part, key: str) -> None:
    assert pattern_of(fold(text), part) == Pattern(part=part, key=key)


@pytest.mark.parametrize("text", ["*", "a*", "?ab", "a?b", "ab*c", "ab*c*", "ab????????????"])
def test_what_would_look_through_too_much_is_no_pattern(text: str) -> None:
    assert pattern_of(text, Part.CODE) is None
