"""The tables of this room."""

from typing import Final

from sqlalchemy import MetaData

metadata: Final = MetaData()
