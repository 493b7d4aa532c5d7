"""What those who run the room watch: whether it is well, and its figures.

Nothing here tells of what the archive holds: no text of a question, no title, no path, no count of
records. Labels come from fixed sets, so that no reader can make them grow.
"""

from query_room.monitoring.request_metrics import RequestMetrics
from query_room.monitoring.views import create_blueprint

__all__ = ["RequestMetrics", "create_blueprint"]
