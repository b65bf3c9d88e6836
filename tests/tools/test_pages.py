"""The page checker itself: a good page passes, and each planted fault is named."""

import pytest

from tests.markup import parse
from tests.pages import problems

GOOD = """<!doctype html>
<html lang="vi"><head><title>Trang</title></head><body><main>
<h1>Phường <b>Trúc Bạch</b></h1>
<form method="post"><input type="hidden" name="csrf_token" value="x">
<label for="n">Tên</label><input id="n" aria-describedby="h"><p id="h">Gợi ý</p>
<label>Ô <select></select></label><button>Xong</button></form>
<form><input aria-label="Tìm"></form><a href="#n"><img src="/a.png" alt="Về đầu"></a>
<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><p lang="en">Four words of English</p>
<script type="application/json">{"a": 1}</script><script src="/static/a.js"></script>
</main></body></html>"""


def faults(source: str) -> list[str]:
    root, broken = parse(source)
    return [*broken, *problems(root, "vi")]


def test_a_good_page_has_no_problem() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('lang="vi"', 'lang="en"', "<html> does not say lang='vi'"),
        ("<title>Trang</title>", "<title></title>", "1 <title>"),
        ("</h1>", "</h1><h1>Hai</h1>", "2 <h1>"),
        ("Gợi ý</p>", "Gợi ý", "</form> where <p"),
        ('id="h"', 'id="n"', "id 'n' is there 2 times"),
        ('id="h"', 'id="g"', "nothing has the id 'h'"),
        ('href="#n"', 'href="#m"', "nothing has the id 'm'"),
        ('for="n"', 'for="h"', '<input id="n" aria-describedby="h"> has no label'),
        ("Ô <select>", "<select>", "<select> has no label"),
        (' aria-label="Tìm"', "", "<input> has no label"),
        ("<button>Xong", "<button>", "<button> has no name"),
        (' alt="Về đầu"', "", "has no alt"),
        (' name="csrf_token"', "", "sends no CSRF token"),
        ("<form><input", '<form><input name="csrf_token"', "in the address"),
        ("<b>", '<b style="color: red">', "carries style"),
        ("<b>", "<style>b {}</style><b>", "carries style"),
        ("<button>", '<button onclick="go()">', ": onclick"),
        (' type="application/json"', "", "is an inline script"),
        ('href="#n"', 'href="javascript:go()"', "href is a script"),
        ('src="/static/a.js"', 'src="//elsewhere/a.js"', "comes from another host"),
        (
            "Gợi ý",
            "This is not translated",
            "'This is not translated' is not translated",
        ),
        ('alt="Về đầu"', 'alt="Back to the top"', "is not translated"),
        ("<b>", '<b id="x" id="y">', "has an attribute twice"),
    ],
)
def test_a_planted_fault_is_named(right: str, wrong: str, named: str) -> None:
    assert right in GOOD

    found = faults(GOOD.replace(right, wrong, 1))

    assert any(named in problem for problem in found), found
