import json

from indexer.dates import PartialDate
from indexer.official import PARSER_VERSION, Form, ParsedDocument, Relation, RelationKind
from indexer.official.as_json import is_current, parsed_from_json, parsed_to_json

SAID = ParsedDocument(
    title="关于低保的通知",
    date=PartialDate(2008, 3),
    form=Form.LETTER,
    recipients=("区民政局", "区财政局"),
    printed_on=PartialDate(2008, 3, 15),
    relations=(
        Relation(kind=RelationKind.AMENDS, title="甲办法", document_number="甲发〔2001〕1号"),
    ),
    is_internal=True,
)


def test_what_a_document_says_comes_back_from_json() -> None:
    for said in (SAID, ParsedDocument()):
        body = json.loads(json.dumps(parsed_to_json(said)))
        assert parsed_from_json(body) == said
        assert is_current(body)
    assert parsed_to_json(ParsedDocument()) == {"version": PARSER_VERSION}
    assert parsed_from_json(None) is None
    assert not is_current(None)


def test_what_other_versions_wrote_is_understood() -> None:
    older = {"title": "甲", "date": "2008", "agency": "", "is_internal": False}
    assert parsed_from_json(older) == ParsedDocument(title="甲", date=PartialDate(2008))
    assert parsed_from_json({"date": ""}) == ParsedDocument()
    assert not is_current(older)
    newer = {"version": PARSER_VERSION + 1, "title": "甲", "seal": "章"}
    assert parsed_from_json(newer) == ParsedDocument(title="甲")
