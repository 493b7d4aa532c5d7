from __future__ import annotations

from pathlib import Path

from lxml import etree

from indexer.conversion.profile import clear_meeting_place, write_profile


def test_a_profile_forbids_macros_and_links(tmp_path: Path) -> None:
    write_profile(tmp_path / "profile")
    root = etree.parse(tmp_path / "profile/user/registrymodifications.xcu").getroot()
    said = {each.findtext(".//value") for each in root.iterfind("item")}
    assert len(root) == 7
    assert said == {"2", "3", "true", "false"}


def test_the_socket_of_a_profile_is_taken_away_and_no_other(tmp_path: Path) -> None:
    # As the program calls it for this profile.
    own = "OSL_PIPE_1000_SingleOfficeIPC_f3708f3a8dc248cbc827ef6215623ec"
    other = "OSL_PIPE_1000_SingleOfficeIPC_0"
    for name in (own, other):
        (tmp_path / name).touch()
    clear_meeting_place(tmp_path, [Path("/tmp/offout/profile")])  # noqa: S108 - nothing is there
    assert [each.name for each in tmp_path.iterdir()] == [other]
