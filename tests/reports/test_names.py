"""The order of Vietnamese names; the words are those that PostgreSQL's ICU was asked to sort."""

from reports.names import person_key, place_key, short_names

SHUFFLED = "Ơn Dân Bạ An Em Bà Ông Ba Đông Ấp Bá Đồng Oanh Bã Ăn Đa-Kao Bả"
SORTED = "An Ăn Ấp Ba Bà Bả Bã Bá Bạ Dân Đa-Kao Đông Đồng Em Oanh Ông Ơn"


def test_places_stand_in_the_order_of_a_vietnamese_dictionary() -> None:
    words = SORTED.split()

    assert sorted(SHUFFLED.split(), key=place_key) == words


def test_people_stand_by_their_given_names() -> None:
    people = ["Trần Quốc Bảo", "Nguyễn Thị Ánh", "Phạm Văn Dũng", "Lê Thu Ân", "Đỗ Bảo"]

    found = sorted(people, key=person_key)

    assert [each.split()[-1] for each in found] == ["Ánh", "Ân", "Bảo", "Bảo", "Dũng"]
    assert found[2:4] == ["Đỗ Bảo", "Trần Quốc Bảo"]


def test_spelling_of_accents_makes_no_difference() -> None:
    composed, decomposed = "Ánh", "A\u0301nh"

    assert place_key(composed) == place_key(decomposed)


def test_an_empty_name_sorts_too() -> None:
    assert max(["An", "", " "], key=person_key) == "An"


def test_a_word_that_all_share_is_left_out_where_room_is_short() -> None:
    assert short_names(["Phường Phúc Xá", "Phường Kim Mã"]) == ["Phúc Xá", "Kim Mã"]
    assert short_names(["Phường Phúc Xá", "Xã Yên Bài"]) == [
        "Phường Phúc Xá",
        "Xã Yên Bài",
    ]
    assert short_names(["Phường", "Phường Kim Mã"]) == ["Phường", "Phường Kim Mã"]
    assert short_names(["Phường Kim Mã"]) == ["Phường Kim Mã"]
