"""Signing in: limited guessing, sessions that end, and what is written down."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain import sign_in
from kiosk.domain.errors import TooManyTries
from kiosk.domain.sign_in import IDLE, LONGEST, Outcome, wait_after
from kiosk.models.accounts import Account, AuditEntry, SignIn, SignInFailure
from tests import people
from tests.cast import NOON

KEY = b"a key of these tests"
MINUTE = timedelta(minutes=1)


def attempt(
    session: Session,
    *,
    username: str = "quantri",
    address: str = "192.0.2.1",
    right: bool = False,
    now: datetime = NOON,
) -> Outcome:
    begun = sign_in.begin(session, key=KEY, username=username, address=address, now=now)
    outcome = sign_in.conclude(session, attempt=begun, right=right, now=now)
    session.commit()
    return outcome


def admitted(session: Session) -> str:
    people.account(session, "quantri", "administrator")
    token = attempt(session, right=True).token
    assert token is not None
    return token


def opens(session: Session, token: str, now: datetime) -> bool:
    return sign_in.signed_in(session, token=token, now=now) is not None


def actions(session: Session) -> list[tuple[int | None, str]]:
    query = select(AuditEntry.account_id, AuditEntry.action).order_by(AuditEntry.id)
    return [(row.account_id, row.action) for row in session.execute(query)]


def test_the_store_keeps_no_token(session: Session) -> None:
    token = admitted(session)

    (kept,) = session.scalars(select(SignIn.token_hash))
    assert token.encode() not in kept
    assert kept == sign_in.token_hash(token)
    assert len(token) >= 43


def test_the_token_opens_the_account_that_signed_in(session: Session) -> None:
    token = admitted(session)

    found = sign_in.signed_in(session, token=token, now=NOON)

    assert found is not None
    assert (found.account.username, found.account.role) == ("quantri", "administrator")
    assert not opens(session, token + "x", NOON)


def test_a_session_ends_after_30_idle_minutes(session: Session) -> None:
    token = admitted(session)

    assert opens(session, token, NOON + IDLE - MINUTE)
    assert not opens(session, token, NOON + IDLE)


def test_use_keeps_a_session_awake_but_not_past_ten_hours(session: Session) -> None:
    token = admitted(session)
    now = NOON

    while now < NOON + LONGEST - IDLE / 2:
        now += IDLE / 2
        assert opens(session, token, now)
        sign_in.touch(session, token=token, now=now)

    assert not opens(session, token, NOON + LONGEST)


def test_the_last_use_needs_noting_once_a_minute(session: Session) -> None:
    token = admitted(session)

    early = sign_in.signed_in(session, token=token, now=NOON + MINUTE / 2)
    later = sign_in.signed_in(session, token=token, now=NOON + MINUTE)

    assert early is not None and not early.stale
    assert later is not None and later.stale


def test_signing_out_ends_the_session_on_the_server(session: Session) -> None:
    token = admitted(session)

    sign_in.sign_out(session, token=token, now=NOON)

    assert not opens(session, token, NOON)


def test_signing_out_leaves_other_devices_signed_in(session: Session) -> None:
    here = admitted(session)
    elsewhere = attempt(session, right=True).token
    assert elsewhere is not None

    sign_in.sign_out(session, token=here, now=NOON)

    assert opens(session, elsewhere, NOON)


def test_a_closed_account_is_out_at_once(session: Session) -> None:
    token = admitted(session)
    session.scalars(select(Account)).one().closed_at = NOON
    session.commit()

    assert not opens(session, token, NOON)
    assert attempt(session, right=True).kind == "refused"


def test_a_session_ends_with_the_last_day_granted(session: Session) -> None:
    people.account(session, "quantri", "administrator", last_day=date(2026, 6, 10))
    late = NOON + timedelta(hours=11, minutes=50)  # 23:50 in Hà Nội

    token = attempt(session, right=True, now=late).token

    assert token is not None
    assert not opens(session, token, late + 10 * MINUTE)


def test_the_right_password_without_a_grant_is_told_so(session: Session) -> None:
    people.account(session, "quantri")

    assert attempt(session, right=True) == Outcome("no_access")
    assert attempt(session, right=False) == Outcome("refused")


def test_a_stranger_and_a_wrong_password_are_refused_alike(session: Session) -> None:
    people.account(session, "quantri", "administrator")

    assert attempt(session) == attempt(session, username="nobody") == Outcome("refused")


def test_the_sixth_guess_at_an_account_waits_15_minutes(session: Session) -> None:
    people.account(session, "quantri", "administrator")
    for n in range(5):
        attempt(session, address=f"192.0.2.{n}")

    with pytest.raises(TooManyTries) as refused:
        attempt(session, address="192.0.2.9", right=True)
    session.rollback()

    assert refused.value.until == NOON + timedelta(minutes=15)
    assert attempt(session, right=True, now=refused.value.until).kind == "admitted"


def test_a_name_without_account_is_limited_the_same(session: Session) -> None:
    for n in range(5):
        attempt(session, username="nobody", address=f"192.0.2.{n}")

    with pytest.raises(TooManyTries):
        attempt(session, username="NoBody")


def test_the_21st_guess_from_an_address_waits(session: Session) -> None:
    for n in range(20):
        attempt(session, username=f"name{n}")

    with pytest.raises(TooManyTries):
        attempt(session, username="another")
    session.rollback()
    assert attempt(session, username="another", address="192.0.2.7").kind == "refused"


def test_the_wait_doubles_with_each_failure_up_to_four_hours() -> None:
    minutes = [
        wait_after(failures, limit=5).total_seconds() / 60 for failures in range(4, 12)
    ]

    assert minutes == [0, 15, 30, 60, 120, 240, 240, 240]


def test_the_right_password_takes_the_count_back(session: Session) -> None:
    people.account(session, "quantri", "administrator")
    for _ in range(4):
        attempt(session)

    attempt(session, right=True)

    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 0


def test_a_guess_counts_before_its_password_is_looked_at(session: Session) -> None:
    for _ in range(5):
        sign_in.begin(
            session, key=KEY, username="quantri", address="192.0.2.1", now=NOON
        )

    with pytest.raises(TooManyTries):
        sign_in.begin(
            session, key=KEY, username="quantri", address="192.0.2.1", now=NOON
        )


def test_failures_are_forgotten_after_a_day(session: Session) -> None:
    for _ in range(5):
        attempt(session)

    attempt(session, now=NOON + timedelta(hours=25))

    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 1


def test_failures_name_neither_person_nor_address(session: Session) -> None:
    attempt(session, username="matkhau-go-nham")

    (failure,) = session.scalars(select(SignInFailure))
    assert len(failure.username_hash) == len(failure.address_hash) == 32
    assert b"matkhau" not in failure.username_hash
    (subject,) = session.scalars(select(AuditEntry.subject))
    assert subject == ""


def test_coming_and_going_is_written_down(session: Session) -> None:
    token = admitted(session)
    (key,) = session.scalars(select(Account.id))

    attempt(session)
    attempt(session, username="nobody")
    sign_in.sign_out(session, token=token, now=NOON)
    sign_in.sign_out(session, token=token, now=NOON)

    assert actions(session) == [
        (key, "sign_in"),
        (key, "sign_in_refused"),
        (None, "sign_in_refused"),
        (key, "sign_out"),
    ]
