import pytest

from indexer.official.agencies import RedHead, is_agency, red_head_of, split_agencies


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("青山区民政局", True),
        ("中共青山区委", True),
        ("区委", True),
        ("国务院", True),
        ("青山区人民政府（办公室）", True),
        ("内部", False),
        ("关于低保的通知", False),
        ("现将有关事项通知如下", False),
        ("", False),
    ],
)
def test_names_of_agencies(text: str, found: bool) -> None:  # noqa: FBT001 - a table of answers
    assert is_agency(text) is found


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("青山区民政局  青山区财政局", ("青山区民政局", "青山区财政局")),
        ("青山区民政局、青山区财政局", ("青山区民政局", "青山区财政局")),
        ("民政部 财政部", ("民政部", "财政部")),
        ("青 山 区 民 政 局", ("青山区民政局",)),
        ("青山区民政局  2008年", ()),
        ("内部", ()),
        ("", ()),
    ],
)
def test_several_on_one_line(line: str, names: tuple[str, ...]) -> None:
    assert split_agencies(line) == names


def test_the_agency_in_the_red_head() -> None:
    lines = ["000001", "包头市青山区人民政府 文件", "青政发〔2008〕1号"]
    assert red_head_of(lines) == RedHead(agencies=("包头市青山区人民政府",), length=2)
    assert red_head_of(["青 山 区 人 民 政 府 文 件"]).agencies == ("青山区人民政府",)
    assert red_head_of(["有关文件", "正文"]) == RedHead()


@pytest.mark.parametrize(
    "lines",
    [
        ["青山区民政局", "青山区财政局 文件"],
        ["青山区民政局", "文件", "青山区财政局"],
        ["青山区民政局 文件", "青山区财政局"],
    ],
)
def test_a_joint_head_names_the_leading_agency_first(lines: list[str]) -> None:
    head = red_head_of(["内部", *lines, "青民发〔2012〕3号"])
    assert head == RedHead(agencies=("青山区民政局", "青山区财政局"), length=1 + len(lines))
