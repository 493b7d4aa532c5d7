from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.log.chain import (
    GENESIS,
    canonical_json,
    commitment,
    leaf,
    new_salt,
    next_seal,
    seal_digest,
)

AT = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)

bodies = st.dictionaries(
    st.text(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    max_size=5,
)


@given(bodies)
def test_a_body_has_one_spelling_whatever_order_it_was_put_together_in(
    body: dict[str, object],
) -> None:
    turned = dict(reversed(body.items()))
    assert canonical_json(turned) == canonical_json(body)  # type: ignore[arg-type]
    assert json.loads(canonical_json(body)) == body  # type: ignore[arg-type]


def test_chinese_stays_itself_and_half_characters_can_be_stored() -> None:
    assert canonical_json({"名": "张三"}) == '{"名":"张三"}'
    broken = canonical_json(["a\ud800b\x00"])
    assert broken.encode() == b'["a\\ud800b\\u0000"]'
    assert json.loads(broken) == ["a\ud800b\x00"]


@pytest.mark.parametrize("body", [1.5, [float("nan")], {"a": {"b": 2.0}}, {"a": object()}])
def test_what_two_programs_may_spell_differently_is_refused(body: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(body)  # type: ignore[arg-type]


@given(bodies, bodies)
def test_a_commitment_holds_for_one_body_and_one_salt(
    body: dict[str, object], other: dict[str, object]
) -> None:
    salt = new_salt()
    first, second = canonical_json(body), canonical_json(other)  # type: ignore[arg-type]
    assert (commitment(salt, first) == commitment(salt, second)) == (first == second)
    assert commitment(salt, first) != commitment(new_salt(), first)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.text(max_size=5)), min_size=1, max_size=8),
    st.data(),
)
def test_a_digest_depends_on_everything_in_the_seal(
    events: list[tuple[int, str]], data: st.DataObject
) -> None:
    leaves = {number: leaf(number, AT, "k", subject, "c") for number, subject in events}
    made = next_seal(None, AT, leaves)
    ordered = [leaves[number] for number in sorted(leaves)]
    assert made.previous_digest == GENESIS
    assert seal_digest(made, ordered) == made.digest

    changed = data.draw(
        st.sampled_from(
            [
                replace(made, number=made.number + 1),
                replace(made, sealed_at=AT + dt.timedelta(microseconds=1)),
                replace(made, first_event=made.first_event - 1),
                replace(made, last_event=made.last_event + 1),
                replace(made, event_count=made.event_count + 1),
                replace(made, previous_digest="1" * 64),
            ]
        )
    )
    assert seal_digest(changed, ordered) != made.digest
    assert seal_digest(made, ordered[:-1]) != made.digest
    assert seal_digest(made, [*ordered, ordered[0]]) != made.digest
    if len(ordered) > 1:
        assert seal_digest(made, ordered[::-1]) != made.digest


def test_a_leaf_depends_on_every_column_and_not_on_the_time_zone() -> None:
    made = leaf(7, AT, "kind", "subject", "c")
    china = AT.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert leaf(7, china, "kind", "subject", "c") == made
    others = {
        leaf(8, AT, "kind", "subject", "c"),
        leaf(7, AT + dt.timedelta(microseconds=1), "kind", "subject", "c"),
        leaf(7, AT, "kinds", "ubject", "c"),
        leaf(7, AT, "kind", "subjec", "tc"),
        leaf(7, AT, "kind", "subject", "d"),
    }
    assert len(others) == 5
    assert made not in others


def test_seals_follow_one_another() -> None:
    first = next_seal(None, AT, {3: "a", 1: "b"})
    second = next_seal(first, AT, {2: "c"})
    assert (first.number, first.first_event, first.last_event, first.event_count) == (1, 1, 3, 2)
    assert (second.number, second.previous_digest) == (2, first.digest)
