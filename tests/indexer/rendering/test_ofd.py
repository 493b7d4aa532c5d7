"""Pages of OFD, drawn for real: where ink must be and where none may be is looked at."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import reportlab
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from indexer.errors import ExtractionError
from indexer.extraction.kinds import OFD
from indexer.page_words import Box
from indexer.rendering import (
    DrawingJob,
    NoSuchPage,
    NotDrawn,
    PageMissingError,
    Picture,
    Sheet,
    ofd_canvas,
)
from indexer.rendering.alignment import aligned
from indexer.rendering.drawing import draw as drawn_job
from indexer.rendering.glyph_maps import glyph_map
from indexer.rendering.ofd import OfdDrawer
from tests.indexer.extraction.damage import damaged
from tests.indexer.extraction.test_ofd import ofd, page_of, read, text_object, xml
from tests.indexer.rendering.sheets import boxes_in, covered, ink

VERA = (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes()
BLACK = '<ofd:FillColor Value="0 0 0"/>'
RED = '<ofd:FillColor Value="255 0 0"/>'
SQUARE = "M 0 0 L 20 0 L 20 20 L 0 20 C"


def draw(path: Path, page: int = 1) -> Sheet:
    return OfdDrawer().draw(path, page)


def path_object(inner: str, more: str = 'Fill="true" Stroke="false"', data: str = SQUARE) -> str:
    return (
        f'<ofd:PathObject Boundary="50 100 20 20" {more}>{inner}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ink_at(sheet: Sheet, x: float, y: float, width: float, height: float) -> float:
    """The share of ink in a part of an A4 page, in millimetres."""
    return ink(
        sheet.image,
        Box(left=x / 210, top=y / 297, right=(x + width) / 210, bottom=(y + height) / 297),
    )


def with_files(path: Path, files: dict[str, bytes]) -> Path:
    """A document with fonts or images beside its pages."""
    with zipfile.ZipFile(path, "a") as package:
        for name, content in files.items():
            package.writestr(f"Doc_0/Res/{name}", content)
    return path


def resources(tmp_path: Path, inner: str, *pages: str, **files: bytes) -> Path:
    path = ofd(
        tmp_path,
        *pages,
        common="<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>",
        PublicRes=xml("Res", inner).replace("<ofd:Res ", '<ofd:Res BaseLoc="Res" '),
    )
    return with_files(path, {name.replace("_", "."): content for name, content in files.items()})


def png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def test_a_page_is_a4_unless_it_says_otherwise(tmp_path: Path) -> None:
    inner = text_object("x", 10, 10)
    assert draw(ofd(tmp_path, page_of(inner))).image.size == (1241, 1754)
    own = "<ofd:Area><ofd:PhysicalBox>0 0 100 50</ofd:PhysicalBox></ofd:Area>"
    assert draw(ofd(tmp_path, page_of(inner, own))).image.size == (591, 296)
    common = "<ofd:PageArea><ofd:PhysicalBox>0 0 50 100</ofd:PhysicalBox></ofd:PageArea>"
    assert draw(ofd(tmp_path, page_of(inner), common=common)).image.size == (296, 591)


def test_a_filled_path_stands_where_it_should(tmp_path: Path) -> None:
    sheet = draw(ofd(tmp_path, page_of(path_object(BLACK))))
    assert ink_at(sheet, 51, 101, 18, 18) == 1.0
    assert ink_at(sheet, 0, 0, 210, 99) == 0.0
    assert ink_at(sheet, 71, 100, 100, 20) == 0.0


def test_a_stroked_path_has_its_width_and_its_dashes(tmp_path: Path) -> None:
    line = path_object("", 'Stroke="true" LineWidth="2"', "M 0 10 L 20 10")
    sheet = draw(ofd(tmp_path, page_of(line)))
    assert ink_at(sheet, 51, 109.2, 18, 1.6) == 1.0
    dashed = line.replace("LineWidth", 'DashPattern="2 2" LineWidth')
    assert 0.3 < ink_at(draw(ofd(tmp_path, page_of(dashed))), 51, 109.2, 18, 1.6) < 0.7


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ('Value="255 0 0"', (255, 0, 0)),
        ('Value="#FF #00 #00"', (255, 0, 0)),
        ('Value="128"', (128, 128, 128)),
        ('Value="0 255 255 0"', (237, 28, 36)),  # what pdfium shows for magenta on yellow
        ('Value="0 0 0" Alpha="128"', (127, 127, 127)),
    ],
)
def test_colours_are_shown(tmp_path: Path, colour: str, expected: tuple[int, int, int]) -> None:
    sheet = draw(ofd(tmp_path, page_of(path_object(f"<ofd:FillColor {colour}/>"))))
    shown = sheet.image.convert("RGB").getpixel((round(60 / 210 * 1241), round(110 / 297 * 1754)))
    assert shown == pytest.approx(expected, abs=12)


def test_a_path_with_a_hole(tmp_path: Path) -> None:
    holed = path_object(
        BLACK,
        'Fill="true" Stroke="false" Rule="Even-Odd"',
        f"{SQUARE} M 5 5 L 15 5 L 15 15 L 5 15 C",
    )
    sheet = draw(ofd(tmp_path, page_of(holed)))
    assert ink_at(sheet, 56, 106, 8, 8) == 0.0
    assert ink_at(sheet, 51, 101, 3, 18) == 1.0


def test_an_object_is_moved_and_turned_by_its_matrix(tmp_path: Path) -> None:
    turned = path_object(BLACK, 'Fill="true" Stroke="false" CTM="0 0.5 -0.5 0 20 0"')
    sheet = draw(ofd(tmp_path, page_of(turned)))
    assert ink_at(sheet, 61, 101, 8, 8) == 1.0
    assert ink_at(sheet, 51, 101, 8, 8) == 0.0


def test_what_is_cut_away_is_not_drawn(tmp_path: Path) -> None:
    clip = (
        "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary='0 0 10 20'><ofd:AbbreviatedData>"
        "M 0 0 L 10 0 L 10 20 L 0 20 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip>"
        "</ofd:Clips>"
    )
    sheet = draw(ofd(tmp_path, page_of(path_object(clip + BLACK))))
    assert ink_at(sheet, 51, 101, 8, 18) == 1.0
    assert ink_at(sheet, 61, 101, 8, 18) == 0.0


def test_a_way_of_drawing_paints_what_refers_to_it(tmp_path: Path) -> None:
    ways = (
        f'<ofd:DrawParams><ofd:DrawParam ID="7">{RED}</ofd:DrawParam>'
        '<ofd:DrawParam ID="8" Relative="7" LineWidth="2"/></ofd:DrawParams>'
    )
    own = path_object("", 'Fill="true" Stroke="false" DrawParam="8"')
    sheet = draw(resources(tmp_path, ways, page_of(own)))
    assert sheet.image.convert("RGB").getpixel((355, 650)) == (255, 0, 0)
    layered = page_of(path_object("")).replace("<ofd:Layer>", '<ofd:Layer DrawParam="7">')
    sheet = draw(resources(tmp_path, ways, layered))
    assert sheet.image.convert("RGB").getpixel((355, 650)) == (255, 0, 0)


def test_text_in_a_font_of_the_system_is_boxed(tmp_path: Path) -> None:
    page = page_of(text_object("Needle", 50, 100, at='X="0" Y="4" DeltaX="g 5 3"'))
    sheet = draw(ofd(tmp_path, page))
    (text,) = read(tmp_path / "a.ofd")
    boxes = boxes_in(aligned(text, sheet.glyphs), text, "Needle")
    assert len(boxes) == 6
    assert covered(sheet.image, boxes) > 0.9
    assert [round(box.left * 210, 1) for box in boxes] == [50, 53, 56, 59, 62, 65]


def embedded(tmp_path: Path, inner: str, font: bytes = VERA) -> Sheet:
    fonts = '<ofd:Font ID="3" FontName="X"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font>'
    return draw(resources(tmp_path, fonts, page_of(inner), f_ttf=font))


def test_text_in_a_font_of_the_document_is_drawn_with_it(tmp_path: Path) -> None:
    sheet = embedded(tmp_path, text_object("H", 50, 100, 'Font="3"'))
    (glyph,) = sheet.glyphs
    assert (glyph.text, sheet.is_approximate) == ("H", False)
    assert ink(sheet.image, glyph.box) > 0.15


def test_a_glyph_that_the_document_names_is_drawn(tmp_path: Path) -> None:
    wide, narrow = (glyph_map(VERA)[ord(each)] for each in "Wi")
    change = '<ofd:CGTransform CodePosition="0"><ofd:Glyphs>{}</ofd:Glyphs></ofd:CGTransform>'

    def drawn_as(glyph: int) -> float:
        inner = text_object("x", 50, 100, 'Font="3"').replace(
            "<ofd:TextCode", change.format(glyph) + "<ofd:TextCode"
        )
        return ink_at(embedded(tmp_path, inner), 45, 95, 20, 20)

    assert drawn_as(wide) > 2 * drawn_as(narrow)


def test_a_font_that_is_none_is_replaced(tmp_path: Path) -> None:
    sheet = embedded(tmp_path, text_object("H", 50, 100, 'Font="3"'), b"no font")
    (glyph,) = sheet.glyphs
    assert ink(sheet.image, glyph.box) > 0.05


def test_turned_letters_are_boxed_where_they_lie(tmp_path: Path) -> None:
    sheet = embedded(tmp_path, text_object("I", 50, 100, 'Font="3" CharDirection="90"'))
    (glyph,) = sheet.glyphs
    assert covered(sheet.image, [glyph.box]) > 0.95


def test_an_image_fills_its_square(tmp_path: Path) -> None:
    media = '<ofd:MultiMedia ID="5"><ofd:MediaFile>i.png</ofd:MediaFile></ofd:MultiMedia>'
    # Black above, clear below.
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 40, 20))
    for more in ('CTM="40 0 0 40 0 0"', ""):
        shown = f'<ofd:ImageObject Boundary="50 100 40 40" ResourceID="5" {more}/>'
        sheet = draw(resources(tmp_path, media, page_of(shown), i_png=png(image)))
        assert ink_at(sheet, 51, 101, 38, 18) == 1.0
        assert ink_at(sheet, 51, 121, 38, 18) == 0.0
        assert not sheet.is_approximate


def test_composed_objects_and_blocks_are_drawn(tmp_path: Path) -> None:
    units = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content><ofd:PageBlock>'
        f"{path_object(BLACK).replace('50 100 20 20', '0 0 20 20')}"
        "</ofd:PageBlock></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    used = '<ofd:CompositeObject Boundary="50 100 20 20" ResourceID="9"/>'
    assert ink_at(draw(resources(tmp_path, units, page_of(used))), 51, 101, 18, 18) == 1.0


def test_a_composed_object_within_itself_comes_to_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="9"/>' * 3
    units = f'<ofd:CompositeGraphicUnit ID="9">{twice}</ofd:CompositeGraphicUnit>'
    monkeypatch.setattr(ofd_canvas, "MAX_OPERATORS", 10_000)
    with pytest.raises(ExtractionError) as refused:
        draw(resources(tmp_path, units, page_of(twice)))
    assert refused.value.reason == "memory"


def test_templates_lie_below_and_notes_above(tmp_path: Path) -> None:
    page = page_of(path_object(RED), '<ofd:Template TemplateID="1"/>')
    path = ofd(
        tmp_path,
        page,
        common='<ofd:TemplatePage ID="1" BaseLoc="T.xml"/>',
        more="<ofd:Annotations>Annots.xml</ofd:Annotations>",
        T=page_of(path_object(BLACK) + path_object(BLACK).replace("50 100", "90 100")),
        Annots=xml(
            "Annotations", '<ofd:Page PageID="0"><ofd:FileLoc>Note.xml</ofd:FileLoc></ofd:Page>'
        ),
        Note=xml(
            "PageAnnot",
            '<ofd:Annot Type="Stamp"><ofd:Appearance Boundary="100 200 20 20">'
            f"{path_object(BLACK).replace('50 100', '0 0')}</ofd:Appearance></ofd:Annot>"
            '<ofd:Annot Visible="false"><ofd:Appearance Boundary="0 0 20 20">'
            f"{path_object(BLACK).replace('50 100', '0 0')}</ofd:Appearance></ofd:Annot>",
        ),
    )
    sheet = draw(path)
    assert sheet.image.convert("RGB").getpixel((355, 650)) == (255, 0, 0)
    assert ink_at(sheet, 91, 101, 18, 18) == 1.0
    assert ink_at(sheet, 101, 201, 18, 18) == 1.0
    assert ink_at(sheet, 0, 0, 30, 30) == 0.0


@pytest.mark.parametrize(
    "inner",
    [
        '<ofd:ImageObject Boundary="0 0 9 9" ResourceID="99"/>',
        '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="99"/>',
        '<ofd:VideoObject Boundary="0 0 9 9"/>',
        path_object('<ofd:FillColor><ofd:Pattern Width="5" Height="5"/></ofd:FillColor>'),
        path_object(
            '<ofd:FillColor><ofd:AxialShd StartPoint="0 0" EndPoint="20 0"><ofd:Segment>'
            '<ofd:Color Value="255 0 0"/></ofd:Segment></ofd:AxialShd></ofd:FillColor>'
        ),
    ],
)
def test_what_cannot_be_drawn_is_left_out_and_said(tmp_path: Path, inner: str) -> None:
    sheet = draw(ofd(tmp_path, page_of(inner + path_object(BLACK).replace("50 100", "90 100"))))
    assert sheet.is_approximate
    assert ink_at(sheet, 91, 101, 18, 18) == 1.0


def test_what_is_hidden_is_not_drawn(tmp_path: Path) -> None:
    hidden = path_object(BLACK, 'Fill="true" Stroke="false" Visible="false"')
    assert ink_at(draw(ofd(tmp_path, page_of(hidden))), 0, 0, 210, 297) == 0.0


def test_pages_are_counted_over_all_and_one_beyond_is_missing(tmp_path: Path) -> None:
    path = ofd(tmp_path, page_of(path_object(BLACK)), page_of(""))
    assert draw(path, 2).page_count == 2
    assert ink_at(draw(path, 2), 0, 0, 210, 297) == 0.0
    with pytest.raises(PageMissingError):
        draw(path, 3)


def test_a_page_that_is_gone_is_damaged(tmp_path: Path) -> None:
    path = ofd(tmp_path, "no xml")
    with pytest.raises(ExtractionError) as refused:
        draw(path)
    assert refused.value.reason == "damaged"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_damaged_pages_end_in_a_picture_or_a_reason(tmp_path: Path, data: st.DataObject) -> None:
    inner = path_object(BLACK) + text_object("关于低保", 50, 100, at='X="0" Y="4" DeltaX="g 3 4"')
    content = damaged(page_of(inner).encode(), data).decode("utf-8", "replace")
    job = DrawingJob(path=ofd(tmp_path, content), media_type=OFD, page=1)
    assert isinstance(drawn_job(job), Picture | NotDrawn | NoSuchPage)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_damaged_fonts_never_cost_the_page(tmp_path: Path, data: st.DataObject) -> None:
    font = bytearray(VERA)
    for at in data.draw(st.lists(st.integers(0, len(VERA) - 1), max_size=30)):
        font[at] = data.draw(st.integers(0, 255))
    assert embedded(tmp_path, text_object("H", 50, 100, 'Font="3"'), bytes(font)).page_count == 1
