"""The envelope: read as a whole or not at all, its items kept byte for byte."""

import json

import pytest

from kiosk.domain.protocol import (
    MOST_BYTES,
    RequestTooLarge,
    RequestUnreadable,
    parse_request,
)

HEAD = {"install": "ab" * 16, "nonce": "cd" * 16, "sent_at": 1_780_000_000_000}


def body(*items: str, **changes: object) -> bytes:
    head = json.dumps(HEAD | changes)
    return f'{head[:-1]}, "items": [{",".join(items)}]}}'.encode()


def test_items_are_kept_byte_for_byte() -> None:
    odd = '{ "b" : 1.0,\t"a":"\\u00e9"}'

    request = parse_request(body(odd, "[]"))

    assert request.items == (odd.encode(), b"[]")


def test_what_an_old_client_leaves_out_has_a_default() -> None:
    request = parse_request(body())

    assert (request.acked_through, request.gone, request.client) == (0, (), "")


def test_a_newer_client_is_heard() -> None:
    assert parse_request(body(battery=80)).items == ()


def test_changes_of_seats_are_kept_as_text_and_no_more_than_twenty() -> None:
    for note in ("", "\ud800"):
        request = parse_request(
            body(seats=[{"counter": n} for n in range(30)], note=note)
        )

        assert request.seats[19] == b'{"counter": 19}'
        assert len(request.seats) == 20


def test_one_lone_surrogate_does_not_spoil_the_other_items() -> None:
    bad, good = '{"comment" : "\\ud800"}', '{"a": [1, 2]}'

    request = parse_request(body(bad, good, gone=[[2, 3]]))

    assert request.items == (bad.encode(), good.encode())
    assert request.gone == ((2, 3),)


def test_the_lenient_splitter_reads_an_empty_list_of_items() -> None:
    assert parse_request(body(note="\ud800")).items == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"3",
        b"\xff\xfe{}",
        b'{"items": ' + b"[" * 100_000,
        body("1") + b" x",
        b'{"a": "\\ud800"} x',
        b'{"a": "\\ud800", "items": 3}',
        b'{"a": "\\ud800" "b": 1}',
        b'{"a": "\\ud800", "items": [1 2]}',
        b'{"\\ud800"}',
        body(install="short"),
        body(nonce="zz" * 16),
        body(sent_at=-1),
        body(sent_at="now"),
        body(gone=[[1]]),
        body(client="a b"),
        body('{"a": "\\ud800"}', install="short"),
    ],
)
def test_what_is_no_request_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(RequestUnreadable):
        parse_request(data)


def test_51_items_are_too_many_and_50_are_not() -> None:
    assert len(parse_request(body(*["1"] * 50)).items) == 50
    with pytest.raises(RequestTooLarge):
        parse_request(body(*["1"] * 51))


def test_over_256_kib_is_too_large() -> None:
    with pytest.raises(RequestTooLarge):
        parse_request(b" " * (MOST_BYTES + 1))


def test_an_upside_down_range_is_dropped() -> None:
    assert parse_request(body(gone=[[5, 3], [1, 1]])).gone == ((1, 1),)
