"""``flask kiosk restore``: a backup takes the place of a store that was lost or spoiled."""

from dataclasses import dataclass, field
from pathlib import Path

import click
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from kiosk.cli.draft import Prepared, in_place_of, prepare
from kiosk.cli.group import Refusal
from kiosk.cli.init import store_of
from kiosk.config import Settings
from kiosk.db import db
from kiosk.domain import backups
from kiosk.domain.calendar import HANOI
from kiosk.domain.copies import Contents, StoreInUse, copier_of
from kiosk.web import clock, current


@dataclass(frozen=True)
class Present:
    """What stands in the place now, as far as it can be read.

    ``forgotten`` are items that tablets were told to forget and that the backup does not hold.
    """

    demonstration: bool = False
    backups: frozenset[Path] = field(default_factory=frozenset)
    forgotten: int = 0


@click.command("restore")
@click.argument(
    "path",
    type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(path: Path, yes: bool) -> None:
    """Put the backup PATH in the place of the present store, and keep that aside.

    Stop the server first. A backup of an older version of the program is brought up to date.

    The store begins a new life: at their next contact tablets send again what it lacks and they
    still hold, which is everything that they were not told to forget. Tablets paired since the
    backup must be paired anew, and what was changed in the console since must be changed again.
    """
    settings, now = current.settings(), clock.now()
    copier = copier_of(settings.database_url)
    contents = copier.read(path)
    present = _present(settings, contents)
    _check(path, contents, present)
    if users := copier.users():
        raise StoreInUse(users)
    stamp = f"{now.astimezone(HANOI):%Y%m%d_%H%M%S}"
    draft = copier.unpack(path, stamp=stamp)
    try:
        prepared = prepare(
            in_place_of(settings, draft),
            copier=copier,
            source=path,
            demonstration=contents.demonstration,
            others={*path.parent.glob(f"kiosk-*{copier.suffix}"), *present.backups},
            now=now,
        )
        for warning in _warnings(present, prepared):
            click.echo(warning, err=True)
        if not yes:
            click.confirm(f"Put {path} in the place of the present store?", abort=True)
        aside = copier.switch_in(draft, stamp=stamp)
    finally:
        copier.discard(draft)
    click.echo(_told(path, prepared, aside))


def _present(settings: Settings, contents: Contents) -> Present:
    """The present store; as good as none where it is lost or cannot be read any more."""
    try:
        store = store_of(settings)
        if store is None:
            return Present()
        session = db.session()
        return Present(
            store.demonstration,
            frozenset(backups.known_paths(session)),
            backups.forgotten(session, marks=contents.marks),
        )
    except SQLAlchemyError:
        return Present()
    finally:
        db.session.remove()
        db.engine.dispose()


def _check(path: Path, contents: Contents, present: Present) -> None:
    """Refuse a backup of the other sort, or of a newer version of the program."""
    if contents.demonstration != present.demonstration:
        sort, other = ("a demonstration", "a real office's")
        if present.demonstration:
            sort, other = other, sort
        raise Refusal(
            f"{path} is {sort}, and the store here is {other}. Nothing was changed."
        )
    config = current_app.extensions["migrate"].migrate.get_config(None)
    try:
        ScriptDirectory.from_config(config).get_revision(contents.revision)
    except CommandError:
        raise Refusal(
            f"{path} was made by a newer version of the program (schema "
            f"{contents.revision}). Install that version first. Nothing was changed."
        ) from None


def _warnings(present: Present, prepared: Prepared) -> list[str]:
    warnings = []
    if present.forgotten:
        warnings.append(
            f"Up to {present.forgotten:,} items are not in this backup, and tablets were told to "
            "forget them, for newer backups hold them. Restore a newer one if you can."
        )
    if prepared.unreadable:
        warnings.append(
            f"{prepared.unreadable:,} of the {prepared.waiting:,} answers that wait in it cannot "
            "be opened with the present keys. Put back the room.keys of its time if you can."
        )
    if not prepared.closes:
        warnings.append("Its books do not close; `flask kiosk balance` will say where.")
    return warnings


def _told(path: Path, prepared: Prepared, aside: str | None) -> str:
    kept = f" What stood there before is kept: {aside}." if aside else ""
    return (
        f"{path} is the store now, in its life number {prepared.life}.{kept}\n"
        "Start the server: tablets send again what is missing here and they still hold. Those "
        "paired since the backup must be paired anew, changes of accounts, rights and places made "
        "again; everybody signs in anew.\n"
        "Ratings of before this day are published once five of since lie beside them."
    )
