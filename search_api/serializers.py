"""Domain objects to the API's JSON. Text of records is escaped here, once."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from search_api.parsing import in_words, render
from search_api.schemas import (
    CopyModel,
    CorrectionModel,
    FacetModel,
    FileModel,
    FoldedModel,
    HitModel,
    NearNameModel,
    PageModel,
    PageTextModel,
    PlaceModel,
    ReadingModel,
    RecordHitsModel,
    RecordModel,
    RepealModel,
    SearchModel,
    SimilarModel,
    SimilarRecordsModel,
    SuggestionModel,
    SuggestionsModel,
    WhyModel,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.records import Record
    from search_api.answers import (
        AnswerHit,
        Correction,
        Fragment,
        PageSnippet,
        PageText,
        RecordCopies,
        RecordCopy,
        RecordHits,
        Repeal,
        SearchAnswer,
        SimilarRecord,
        Suggestion,
        WhyMet,
    )
    from search_api.messages import Language


def search_model(answer: SearchAnswer, language: Language) -> SearchModel:
    """One screen of an answer; how it was read in the asker's language."""
    parsed = answer.reading.parsed
    return SearchModel(
        search_id=answer.search_id,
        total=answer.total,
        took_ms=round(answer.took_ms, 2),
        generation=answer.generation,
        page=answer.question.page,
        size=answer.question.page_size,
        reading=ReadingModel(
            query=render(parsed.parts),
            in_words=in_words(parsed.parts, language),
            clauses=list(answer.reading.clauses),
            literal_because=parsed.literal_because,
            notes=list(parsed.notes),
            also_searched=list(answer.reading.also_searched),
            relaxed_to=answer.reading.relaxed_to,
        ),
        hits=[_hit_model(hit) for hit in answer.hits],
        folded=sum(len(hit.folded) for hit in answer.hits),
        nearby=[_hit_model(hit) for hit in answer.nearby],
        corrected=None if answer.corrected is None else _correction_model(answer.corrected),
        proposals=[_correction_model(each) for each in answer.proposals],
        near_names=[
            NearNameModel(name=each.text, ground=each.ground.name.lower(), total=each.total)
            for each in answer.near_names
        ],
        facets={
            facet.value: [FacetModel(value=each.value, count=each.count) for each in counts]
            for facet, counts in answer.facets.items()
        },
        within_rights_only=not answer.sees_everything,
        records_without_text=answer.records_without_text,
    )


def record_model(record: Record, copies: RecordCopies) -> RecordModel:
    """A record's description, with its copies."""
    about = record.description
    audience = about.level.audience
    return RecordModel(
        record_id=record.record_id,
        external_id=record.external_id,
        title=about.title,
        agency=about.agency,
        date=about.date.isoformat() if about.date else None,
        document_number=about.document_number,
        genre=about.genre,
        archival_code=about.archival_code,
        index_number=about.index_number,
        fonds=about.fonds,
        fonds_name=about.fonds_name,
        category=about.category,
        volume=about.volume,
        item=about.item,
        retention=about.retention,
        shelf_mark=about.shelf_mark,
        summary=about.summary,
        audience=audience.slug if audience is not None else "",
        opening=about.level.opening,
        disclosure=about.level.disclosure,
        text_state=record.text_state,
        files=[
            FileModel(
                ordinal=file.ordinal,
                name=file.name,
                role=file.role,
                media_type=file.media_type,
                size=file.size,
                pages=file.page_count,
                reason=file.reason,
            )
            for file in record.files
        ],
        copies_total=copies.total,
        copies=[_copy_model(each) for each in copies.listed],
    )


def page_text_model(page: PageText, ordinal: int) -> PageTextModel:
    """A page of a record."""
    return PageTextModel(
        record_id=page.record.record_id,
        file=ordinal,
        page=page.page,
        pages=page.page_count,
        text="".join(fragment.text for fragment in page.fragments),
        marked=marked_html(page.fragments),
    )


def record_hits_model(hits: RecordHits) -> RecordHitsModel:
    """Pages of one record on which a question was met."""
    return RecordHitsModel(
        total=hits.total,
        is_whole=hits.is_whole,
        after=hits.after,
        pages=_page_models(hits.listed),
    )


def similar_model(similar: Iterable[SimilarRecord]) -> SimilarRecordsModel:
    """Records like another."""
    return SimilarRecordsModel(similar=[_similar_model(each) for each in similar])


def _similar_model(similar: SimilarRecord) -> SimilarModel:
    about = similar.record.description
    return SimilarModel(
        record_id=similar.record.record_id,
        title=about.title,
        agency=about.agency,
        date=about.date.isoformat() if about.date else None,
        document_number=about.document_number,
        shared=list(similar.shared),
    )


def suggestions_model(suggestions: Sequence[Suggestion]) -> SuggestionsModel:
    """Titles, agencies and places for a box that is being typed into."""
    return SuggestionsModel(
        suggestions=[
            SuggestionModel(
                text=each.text,
                kind=each.kind,
                question=each.question,
                record_id=each.record_id,
            )
            for each in suggestions
        ]
    )


def marked_html(fragments: Iterable[Fragment]) -> str:
    """Fragments as HTML: everything escaped, hit words in ``<mark>``."""
    return "".join(
        f"<mark>{escape(fragment.text)}</mark>" if fragment.marked else escape(fragment.text)
        for fragment in fragments
    )


def _correction_model(correction: Correction) -> CorrectionModel:
    return CorrectionModel(
        question=correction.text,
        typed=list(correction.typed),
        meant=list(correction.meant),
        ground=correction.ground.name.lower(),
        total=correction.total,
    )


def _hit_model(hit: AnswerHit) -> HitModel:
    about = hit.record.description
    audience = about.level.audience
    return HitModel(
        rank=hit.rank,
        record_id=hit.record.record_id,
        external_id=hit.record.external_id,
        title=about.title,
        title_marked=marked_html(hit.title),
        agency=about.agency,
        date=about.date.isoformat() if about.date else None,
        document_number=about.document_number,
        archival_code=about.archival_code,
        category=about.category,
        audience=audience.slug if audience is not None else "",
        text_state=hit.record.text_state,
        pages=_page_models(hit.pages),
        copies=hit.copies,
        why=_why_model(hit.why),
        repealed=_repeal_model(hit.repeal) if hit.repeal else None,
        folded=[_folded_model(each) for each in hit.folded],
    )


def _repeal_model(repeal: Repeal) -> RepealModel:
    by = repeal.by
    return RepealModel(by=by.record_id if by else None, by_title=by.description.title if by else "")


def _folded_model(hit: AnswerHit) -> FoldedModel:
    about = hit.record.description
    return FoldedModel(
        rank=hit.rank,
        record_id=hit.record.record_id,
        external_id=hit.record.external_id,
        title=about.title,
        agency=about.agency,
        date=about.date.isoformat() if about.date else None,
        document_number=about.document_number,
        archival_code=about.archival_code,
    )


def _page_models(pages: Iterable[PageSnippet]) -> list[PageModel]:
    return [
        PageModel(file=page.file_ordinal, page=page.page, snippet=marked_html(page.fragments))
        for page in pages
    ]


def _why_model(why: WhyMet) -> WhyModel:
    return WhyModel(
        places=list(why.places),
        pages=[PlaceModel(file=ordinal, page=page) for ordinal, page in why.pages],
        pages_total=why.pages_total,
        has_more_pages=why.has_more_pages,
        lacks=list(why.lacks),
    )


def _copy_model(copy: RecordCopy) -> CopyModel:
    about = copy.record.description
    return CopyModel(
        record_id=copy.record.record_id,
        title=about.title,
        agency=about.agency,
        date=about.date.isoformat() if about.date else None,
        kind=copy.kind,
        similarity=copy.similarity,
        file=copy.file.ordinal,
        name=copy.file.name,
        media_type=copy.file.media_type,
        of_file=copy.own_file.ordinal,
    )
