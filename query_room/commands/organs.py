"""``query-room organ``: organs and who works for them, for whoever holds the machine."""

from __future__ import annotations

import getpass

import click
from rich.console import Console
from rich.table import Table

from query_room.errors import AccountError, InvalidFieldError
from query_room.messages import message
from query_room.opening import open_room
from query_room.organs import Duty, Organ, OrganError, OrganNotFoundError
from query_room.settings import RoomSettings


@click.group("organ")
def organ_group() -> None:
    """Organs: add, list, letterhead; who works for them."""


@organ_group.command("list")
def list_command() -> None:
    """Every organ with its people."""
    organs = open_room(RoomSettings.from_env()).organs
    table = Table("代码", "名称", "编号代字", "上级", "人员", "状态")
    for organ in organs.list_all():
        people = "、".join(
            f"{member.account_name}（{'、'.join(sorted(member.duties))}）"
            for member in organs.members(organ.organ_id)
        )
        state = "停用" if organ.is_closed else "在用"
        table.add_row(
            organ.organ_id, organ.name, organ.number_prefix, organ.parent or "", people, state
        )
    Console().print(table)


@organ_group.command("add")
@click.argument("code")
@click.option("--name", required=True, help="Full name.")
@click.option("--prefix", required=True, help="Code in front of its numbers, e.g. 清民依申.")
@click.option("--parent", help="The organ whose annual report its figures go into.")
def add_command(code: str, name: str, prefix: str, parent: str | None) -> None:
    """Add the organ CODE (small letters and digits)."""
    new = Organ(organ_id=code, name=name, number_prefix=prefix, parent=parent)
    try:
        open_room(RoomSettings.from_env()).organs.add(new, by=_operator())
    except (InvalidFieldError, OrganError) as error:
        raise click.UsageError(message(error, "zh")) from error
    click.echo(f"已增加机关 {name}。")


@organ_group.command("letterhead")
@click.argument("code")
@click.option("--name", help="Full name.")
@click.option("--prefix", help="Code in front of its numbers.")
@click.option("--office", help="The disclosure office that signs for it.")
@click.option("--address", help="Where the office is.")
@click.option("--postcode", help="Its postcode.")
@click.option("--phone", help="Its telephone.")
@click.option("--fax", help="Its fax.")
@click.option("--email", help="Its mailbox; warnings of due dates go there.")
@click.option("--hours", help="When it is open.")
@click.option("--seal", help="What the seal says, where it is not the name.")
def letterhead_command(code: str, **given: str | None) -> None:
    """Change what letters of the organ CODE say of it; what is not given stays."""
    organs = open_room(RoomSettings.from_env()).organs
    try:
        now = organs.load(code)

        def kept(option: str, before: str) -> str:
            value = given[option]
            return before if value is None else value

        organs.change(
            Organ(
                organ_id=code,
                name=kept("name", now.name),
                short_name=now.short_name,
                number_prefix=kept("prefix", now.number_prefix),
                disclosure_office=kept("office", now.disclosure_office),
                address=kept("address", now.address),
                postcode=kept("postcode", now.postcode),
                phone=kept("phone", now.phone),
                fax=kept("fax", now.fax),
                email=kept("email", now.email),
                hours=kept("hours", now.hours),
                seal_name=kept("seal", now.seal_name),
                parent=now.parent,
            ),
            by=_operator(),
        )
    except (InvalidFieldError, OrganError, OrganNotFoundError) as error:
        raise click.UsageError(message(error, "zh")) from error
    click.echo(f"已更新 {code} 的版头信息。")


@organ_group.command("duty")
@click.argument("code")
@click.argument("account")
@click.option(
    "--duty",
    "duties",
    multiple=True,
    type=click.Choice([duty.value for duty in Duty]),
    help="Can be given several times; none ends the work for the organ.",
)
def duty_command(code: str, account: str, duties: tuple[str, ...]) -> None:
    """Say what ACCOUNT is entrusted with in the organ CODE."""
    room = open_room(RoomSettings.from_env())
    try:
        room.accounts.load(account)
        room.organs.set_duties(code, account, {Duty(each) for each in duties}, by=_operator())
    except (OrganNotFoundError, AccountError) as error:
        raise click.UsageError(message(error, "zh")) from error
    click.echo(f"已设定 {account} 的职责。")


def _operator() -> str:
    return f"command:{getpass.getuser()}"
