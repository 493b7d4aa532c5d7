"""Organs: whom a request is addressed to, who works for them and with which duty."""

from query_room.organs.errors import OrganError, OrganNotFoundError
from query_room.organs.model import (
    DEFAULT_STEPS,
    Duty,
    Member,
    Organ,
    ReviewStep,
    display_number,
)
from query_room.organs.service import OrganService

__all__ = [
    "DEFAULT_STEPS",
    "Duty",
    "Member",
    "Organ",
    "OrganError",
    "OrganNotFoundError",
    "OrganService",
    "ReviewStep",
    "display_number",
]
