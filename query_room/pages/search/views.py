"""Routes of the search page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, make_response, render_template, request

from indexer.errors import InvalidQueryError, RecordNotFoundError
from query_room.accounts import Permission
from query_room.languages import message_language
from query_room.pages.addresses import GENERATION, arguments_of, search_url
from query_room.pages.forms import chosen
from query_room.pages.guards import require_account
from query_room.pages.search.examining import called_view, examined_view
from query_room.pages.search.exporting import list_as_file
from query_room.pages.search.view_models import results_view
from query_room.sessions import current_account
from query_room.sheets import SheetFormat
from search_api.examining import NOTHING_ASKED, Meant
from search_api.log import Use
from search_api.messages import message
from search_api.params import PARAMETERS, parse_question

if TYPE_CHECKING:
    from flask import Response

    from query_room.accounts import Account
    from query_room.asking import Asking
    from query_room.room import Room

_BAD_REQUEST = 400
_ASK_WHY: Final = (
    Permission.SERVE_VISITORS,
    Permission.HANDLE_REQUESTS,
    Permission.MANAGE_ARCHIVE,
)


def _may_ask_why() -> bool:
    account = current_account()
    return account is not None and any(map(account.may, _ASK_WHY))


def create_blueprint(room: Room, asking: Asking) -> Blueprint:
    """The pages of searching."""
    pages = Blueprint("search", __name__)

    @pages.get("/")
    def home() -> str:
        """One large box, and what is here."""
        viewer = asking.viewer()
        account = current_account()
        keeps = _may_keep(account)
        return render_template(
            "home.html",
            keeps=keeps,
            fresh=room.saved_searches.fresh(by=account, viewer=viewer) if account and keeps else 0,
            holdings=room.search.holdings(viewer),
            fonds=room.search.browse(viewer),
        )

    @pages.get("/search")
    def results() -> str | Response:
        """An answer; a question that cannot be asked comes back with what is wrong with it."""
        viewer = asking.viewer()
        try:
            # A form sends its empty fields too.
            given = {
                name: [value for value in values if value]
                for name, values in request.args.to_dict(flat=False).items()
                if name != GENERATION
            }
            question = parse_question({name: values for name, values in given.items() if values})
            answer = room.search.search(question, viewer, asking.context())
        except InvalidQueryError as error:
            text = message(error, message_language())
            page = render_template("refused.html", text=text, asked=request.args.get("q", ""))
            return make_response(page, _BAD_REQUEST)
        return render_template(
            "results.html",
            view=results_view(answer, viewer, request.args.get(GENERATION, "")),
            may_keep=_may_keep(current_account()),
            may_ask_why=_may_ask_why(),
        )

    @pages.get("/search/why")
    def why() -> str | tuple[str, int]:
        """How a record that the staff name stands to a question."""
        require_account(*_ASK_WHY)
        name = request.args.get("record", "")
        given = {
            each: [value for value in values if value]
            for each, values in request.args.to_dict(flat=False).items()
            if each not in {"record", "page", GENERATION}
        }
        given = {each: values for each, values in given.items() if values}
        question = NOTHING_ASKED
        try:
            if given:
                question = parse_question(given)
            meant = room.search.why_not(name, question, asking.viewer())
        except InvalidQueryError as error:
            text = message(error, message_language())
            return render_template("refused.html", text=text, asked=""), _BAD_REQUEST
        except RecordNotFoundError:
            meant = Meant()
        found = meant.examined
        if found:
            room.search.log_use(Use.OPENED, found.record, asking.context())
        return render_template(
            "why_not.html",
            name=name,
            question=question,
            arguments=arguments_of(question),
            answer_url=search_url(arguments_of(question)),
            called=[called_view(each, question) for each in meant.records],
            view=examined_view(found, question) if found else None,
            waiting=found.waiting if found else 0,
        )

    @pages.post("/search/export")
    def export() -> Response:
        """The answer as a file, within the rights of this moment, logged as what was shown."""
        sheet_format = chosen(request.form, "format", SheetFormat)
        given = request.form.to_dict(flat=False)
        asked = {each: values for each, values in given.items() if each in PARAMETERS - {"page"}}
        context = asking.context()
        made = room.lists.make(parse_question(asked), asking.viewer(), context)
        return list_as_file(made, context.at, sheet_format)

    return pages


def _may_keep(account: Account | None) -> bool:
    """Whether somebody may keep searches."""
    return account is not None and account.may(Permission.SERVE_VISITORS)
