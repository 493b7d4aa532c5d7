from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.thesaurus import ALWAYS, MAX_VARIANTS, Link, Relation, Thesaurus, Years

NAMES = [f"{name}局" for name in "甲乙丙丁戊己庚辛"]

links = st.lists(
    st.builds(
        Link,
        term=st.sampled_from(NAMES),
        other=st.sampled_from(NAMES),
        relation=st.sampled_from(Relation),
    ),
    max_size=12,
)


def link(term: str, other: str, relation: Relation = Relation.SAME, **years: Years) -> Link:
    return Link(term=term, other=other, relation=relation, **years)


def later(*names: str) -> list[Link]:
    return [link(a, b, Relation.LATER) for a, b in pairwise(names)]


def test_terms_that_mean_the_same_stand_for_each_other() -> None:
    known = Thesaurus([link("低保", "最低生活保障")])
    assert known.variants("低保") == ("最低生活保障",)
    assert known.variants("最低生活保障") == ("低保",)
    assert known.variants("保障") == ()


def test_what_people_say_leads_to_what_papers_say_and_never_back() -> None:
    known = Thesaurus([link("坐牢", "有期徒刑", Relation.OFFICIAL)])
    assert known.variants("坐牢") == ("有期徒刑",)
    assert known.variants("有期徒刑") == ()


def test_what_followed_a_follower_counts_the_nearest_first() -> None:
    known = Thesaurus(later("劳动局", "劳动和社会保障局", "人社局"))
    assert known.variants("劳动局") == ("劳动和社会保障局", "人社局")
    assert known.variants("人社局") == ("劳动和社会保障局", "劳动局")


def test_offices_with_one_successor_are_not_each_other() -> None:
    known = Thesaurus([*later("劳动局", "人社局"), *later("人事局", "人社局")])
    assert known.variants("劳动局") == ("人社局",)
    assert known.variants("人社局") == ("人事局", "劳动局")


def test_a_short_name_of_a_successor_is_one_too() -> None:
    long = "人力资源和社会保障局"
    known = Thesaurus([*later("劳动局", long), link("人社局", long)])
    assert known.variants("劳动局") == (long, "人社局")
    assert known.variants("人社局") == (long, "劳动局")


def test_cycles_end() -> None:
    known = Thesaurus(later("甲局", "乙局", "丙局", "甲局"))
    assert set(known.variants("甲局")) == {"乙局", "丙局"}


def test_traditional_and_simplified_are_one_term() -> None:
    assert Thesaurus([link("拆遷", "房屋徵收")]).variants("拆迁") == ("房屋征收",)


def test_one_character_is_no_term_and_nothing_stands_for_itself() -> None:
    assert Thesaurus([link("亩", "公顷"), link("低保", "低 保")]).variants("低保") == ()


def test_a_form_of_other_years_is_left_out_and_what_followed_it_is_not() -> None:
    middle = Years(1998, 2009)
    known = Thesaurus(
        [
            link("劳动局", "劳动和社会保障局", Relation.LATER, other_years=middle),
            link("劳动和社会保障局", "人社局", Relation.LATER, term_years=middle),
        ]
    )
    assert known.variants("劳动局", Years(2015, 2015)) == ("人社局",)
    assert known.variants("劳动局", Years(1999, None)) == ("劳动和社会保障局", "人社局")
    assert known.variants("劳动局", ALWAYS) == ("劳动和社会保障局", "人社局")


def test_terms_are_whole_words_or_the_ends_of_one_the_longest_first() -> None:
    known = Thesaurus(
        [link("拆迁", "征收"), link("低保", "最低生活保障"), link("劳动局", "人社局")]
    )
    assert known.terms_in(["拆迁", "补偿"]) == [(0, 2)]
    assert known.terms_in(["拆迁户"]) == [(0, 2)]
    assert known.terms_in(["市", "劳动", "局"]) == [(1, 4)]
    assert known.terms_in(["最低", "保障"]) == []
    assert known.terms_in(["房屋拆迁户"]) == []
    known = Thesaurus([link("征地", "土地征收"), link("征地补偿", "土地补偿")])
    assert known.terms_in(["征地"]) == [(0, 2)]


@given(links, st.randoms())
def test_the_order_of_the_rows_is_nothing(rows: list[Link], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for name in NAMES:
        assert Thesaurus(rows).variants(name) == Thesaurus(shuffled).variants(name)


@given(links)
def test_nothing_is_its_own_variant_and_there_is_an_end(rows: list[Link]) -> None:
    known = Thesaurus(rows)
    for name in NAMES:
        found = known.variants(name)
        assert name not in found
        assert len(set(found)) == len(found) <= MAX_VARIANTS
