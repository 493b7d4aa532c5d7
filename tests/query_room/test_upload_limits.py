from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from query_room.accounts import Role
from query_room.upload_limits import MAX_FORM_BYTES
from tests.query_room.pages.people import person

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from query_room.room import Room

UPLOADS = ("/ledgers/preview", "/ledgers/", "/ledgers/bad-cells.csv", "/archive/catalogues")


def sent(client: FlaskClient, path: str, size: int) -> TestResponse:
    # Made at once: the client would lay large forms down in a file, and leave it open.
    file = FileStorage(io.BytesIO(b"x" * size), "a.xlsx", "workbook")
    boundary, form = encode_multipart({"workbook": file, "kind": "requests"})
    return client.post(path, data=form, content_type=f"multipart/form-data; boundary={boundary}")


@pytest.mark.parametrize("path", UPLOADS)
def test_files_of_several_megabytes_are_looked_at_for_those_who_are_signed_in(
    room: Room, client: FlaskClient, path: str
) -> None:
    archivist = person(room, "li", Role.ARCHIVIST)
    # Read, and refused for want of the token alone.
    assert sent(archivist.client, path, 3 * MAX_FORM_BYTES).status_code == 400
    assert sent(archivist.client, path, 80 * MAX_FORM_BYTES).status_code == 413
    assert sent(client, path, 3 * MAX_FORM_BYTES).status_code == 413


def test_photographs_of_an_applicant_are_looked_at_from_anybody(client: FlaskClient) -> None:
    assert sent(client, "/apply/", 3 * MAX_FORM_BYTES).status_code == 400


@pytest.mark.parametrize("path", ["/apply/matching", "/sign-in", "/nowhere"])
def test_forms_without_files_stay_small(client: FlaskClient, path: str) -> None:
    assert sent(client, path, 3 * MAX_FORM_BYTES).status_code in {404, 413}
