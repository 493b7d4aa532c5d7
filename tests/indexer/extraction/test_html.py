from pathlib import Path

from indexer.extraction.html import HtmlExtractor


def test_the_article_stays_and_scripts_and_hidden_parts_go(tmp_path: Path) -> None:
    path = tmp_path / "通知.html"
    path.write_text(
        "<html><head><title>通知</title><script>var x</script></head><body>"
        "<div style='display:none'>隐藏的链接</div><p>关于低保工作的通知正文。</p></body></html>",
        "utf-8",
    )
    text = "".join(HtmlExtractor().pages(path))
    assert "关于低保工作的通知正文" in text
    assert "隐藏的链接" not in text
    assert "var x" not in text
