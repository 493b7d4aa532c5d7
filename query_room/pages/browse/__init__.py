"""Walking the archive's own order: 全宗 → 类别 → 案卷 → 件."""

from query_room.pages.browse.views import create_blueprint

__all__ = ["create_blueprint"]
