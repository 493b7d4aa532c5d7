"""``query-room user``: accounts and grants, for whoever holds the machine."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from indexer.database import migrate, open_database
from indexer.records import RecordId
from query_room.accounts import AccountService, NewAccount, NewGrant, Role
from query_room.errors import AccountError, InvalidFieldError
from query_room.messages import message
from query_room.opening import ROOMS
from query_room.settings import RoomSettings
from query_room.vault import Vault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("user")
def user_group() -> None:
    """Accounts: add, list, disable; passwords; grants."""


@user_group.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--display-name", help="For screens; the name where it is not given.")
@click.option("--agency", "agencies", multiple=True, help="Whose internal records staff see.")
def add_command(name: str, role: str, display_name: str | None, agencies: tuple[str, ...]) -> None:
    """Make the account NAME; its password is asked for."""
    new = NewAccount(
        name=name, display_name=display_name or name, role=Role(role), agencies=agencies
    )
    accounts = _open_accounts()
    with _told():
        made = accounts.create(new, _ask_password(), by=_operator())
    click.echo(f"已添加账户 {made.name}（{made.role}）。")


@user_group.command("list")
def list_command() -> None:
    """Every account, disabled ones too."""
    table = Table("用户名", "姓名", "岗位", "单位", "状态")
    for account in _open_accounts().list_all():
        table.add_row(
            account.name,
            account.display_name,
            account.role.value,
            "、".join(account.agencies),
            "停用" if account.disabled_at else "在用",
        )
    Console().print(table)


@user_group.command("disable")
@click.argument("name")
def disable_command(name: str) -> None:
    """Let NAME sign in no more; its sessions end at once."""
    with _told():
        _open_accounts().disable(name, by=_operator())
    click.echo(f"已停用账户 {name}。")


@user_group.command("password")
@click.argument("name")
def password_command(name: str) -> None:
    """Give NAME another password, which is asked for; a lock is lifted."""
    accounts = _open_accounts()
    with _told():
        accounts.load(name)
        accounts.set_password(name, _ask_password(), by=_operator())
    click.echo(f"已更换 {name} 的密码。")


@user_group.command("grant")
@click.argument("name")
@click.option("--record", "record_id", help="The record to open.")
@click.option("--fonds", help="The fonds to open (全宗号).")
@click.option("--basis", required=True, help="The rule or decision it rests on.")
@click.option("--approver", required=True, help="Who decided.")
@click.option("--from", "first", type=_DAY, required=True, help="First day.")
@click.option("--until", "last", type=_DAY, required=True, help="Last day, included.")
def grant_command(
    name: str,
    *,
    record_id: str | None,
    fonds: str | None,
    basis: str,
    approver: str,
    first: dt.datetime,
    last: dt.datetime,
) -> None:
    """Open one record or one fonds to NAME for some days."""
    new = NewGrant(
        record_id=RecordId(record_id) if record_id else None,
        fonds=fonds,
        basis=basis,
        approver=approver,
        valid_from=first.date(),
        valid_until=last.date(),
    )
    with _told():
        number = _open_accounts().grant(name, new, by=_operator())
    click.echo(f"已授权，编号 {number}。")


@user_group.command("grants")
@click.argument("name")
def grants_command(name: str) -> None:
    """What was ever opened to NAME."""
    accounts = _open_accounts()
    table = Table("编号", "档案", "全宗", "依据", "批准人", "起", "止", "状态")
    with _told():
        for grant in accounts.grants_of(accounts.load(name)):
            table.add_row(
                str(grant.grant_id),
                grant.record_id or "",
                grant.fonds or "",
                grant.basis,
                grant.approver,
                grant.valid_from.isoformat(),
                grant.valid_until.isoformat(),
                "已撤销" if grant.revoked_at else "",
            )
    Console().print(table)


@user_group.command("revoke")
@click.argument("name")
@click.argument("grant", type=int)
def revoke_command(name: str, grant: int) -> None:
    """End the grant GRANT of NAME before its last day."""
    with _told():
        _open_accounts().revoke(name, grant, by=_operator())
    click.echo(f"已撤销授权 {grant}。")


def _open_accounts() -> AccountService:
    settings = RoomSettings.from_env()
    engine = open_database(settings.indexer.database_url)
    migrate(engine, *ROOMS)
    return AccountService(engine=engine, vault=Vault.open(settings.keys))


def _ask_password() -> str:
    # Never an argument: those stand in the shell's history and in the list of processes.
    password: str = click.prompt("密码", hide_input=True, confirmation_prompt="再输一次")
    return password


def _operator() -> str:
    return f"command:{getpass.getuser()}"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except InvalidFieldError as error:
        raise click.UsageError(f"{error.field}：{message(error, 'zh')}") from error
    except AccountError as error:
        raise click.UsageError(message(error, "zh")) from error
