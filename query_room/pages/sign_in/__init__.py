"""Signing in and out."""

from query_room.pages.sign_in.views import create_blueprint

__all__ = ["create_blueprint"]
