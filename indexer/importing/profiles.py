"""Profiles of catalogues as they are kept: in force, saved, retired."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.catalogue.profiles import checked, profile_from_json
from indexer.database import utc_now
from indexer.errors import ProfileRefusedError
from indexer.repositories import catalogue_profiles

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from indexer.catalogue.profiles import Profile
    from indexer.repositories.catalogue_profiles import ProfileRow


def kept_profiles(connection: Connection) -> tuple[Profile, ...]:
    """Profiles in force, the one saved last first."""
    return tuple(
        profile_of(row) for row in catalogue_profiles.latest(connection) if not row.is_retired
    )


def profile_of(row: ProfileRow) -> Profile:
    """The profile that a row keeps."""
    return replace(profile_from_json(row.body), version=row.version)


def save_profile(connection: Connection, profile: Profile, *, by: str) -> Profile:
    """The profile with its new version, in force from now on; the same as before stays as it is.

    Raises:
        ProfileRefusedError: It cannot be kept.
    """
    body = checked(profile).to_json()
    for row in catalogue_profiles.latest(connection):
        if row.name == profile.name and row.body == body and not row.is_retired:
            return replace(profile, version=row.version)
    version = catalogue_profiles.add(
        connection, profile.name, body, is_retired=False, by=by, at=utc_now()
    )
    return replace(profile, version=version)


def retire_profile(connection: Connection, name: str, *, by: str) -> None:
    """Use a profile no longer; its versions stay.

    Raises:
        ProfileRefusedError: None of that name is in force.
    """
    for row in catalogue_profiles.latest(connection):
        if row.name == name and not row.is_retired:
            catalogue_profiles.add(connection, name, row.body, is_retired=True, by=by, at=utc_now())
            return
    raise ProfileRefusedError("name", name)
