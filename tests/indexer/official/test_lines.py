from indexer.official.lines import MAX_LINE, TAIL_LINES, closed_up, lines_of, tail_of


def test_lines_are_stripped_and_cut_and_none_is_blank() -> None:
    assert lines_of(["　甲 \n\n", "乙" * (MAX_LINE + 1)]) == ["甲", "乙" * MAX_LINE]
    assert lines_of([]) == []


def test_the_tail_is_the_last_lines() -> None:
    lines = [str(number) for number in range(TAIL_LINES + 5)]
    assert tail_of(lines) == lines[5:]


def test_stretched_words_close_up() -> None:
    assert closed_up("印　 发\n人") == "印发人"
