"""Who may sign in, what was granted to them, where they are signed in, and what they did."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base, Hash32, IntKey, Name, Word, register


class Account(Base):
    """A person who signs in; ``username`` is lower case."""

    __tablename__ = "account"
    __table_args__ = register(UniqueConstraint("username"), readable=False)
    id: Mapped[IntKey]
    username: Mapped[Word]
    name: Mapped[Name]
    password_hash: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime | None]


class Grant(Base):
    """A role given to an account from a day to a day (inclusive)."""

    __tablename__ = "grant"
    __table_args__ = register(readable=False)
    id: Mapped[IntKey]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Word]
    first_day: Mapped[date]
    last_day: Mapped[date | None]


class GrantUnit(Base):
    """A unit of a grant's scope, with all that stands below it."""

    __tablename__ = "grant_unit"
    __table_args__ = register(readable=False)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class SignIn(Base):
    """A session on the server; ending it here kills a stolen cookie too."""

    __tablename__ = "sign_in"
    __table_args__ = register(UniqueConstraint("token_hash"), readable=False)
    id: Mapped[IntKey]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[Hash32]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A failed sign-in of an account name from an address, both kept as keyed hashes."""

    __tablename__ = "sign_in_failure"
    __table_args__ = register(
        Index(None, "username_hash", "at"),
        Index(None, "address_hash", "at"),
        readable=False,
    )
    id: Mapped[IntKey]
    username_hash: Mapped[Hash32]
    address_hash: Mapped[Hash32]
    at: Mapped[datetime]


class AuditEntry(Base):
    """Who looked at or changed what, and when; append-only; never an answer."""

    __tablename__ = "audit_entry"
    __table_args__ = register(Index(None, "at"), readable=False)
    id: Mapped[IntKey]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    action: Mapped[Word]
    subject: Mapped[Name]
