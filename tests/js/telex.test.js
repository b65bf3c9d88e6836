// Vietnamese as people type it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { telex, withTone, written } from "../../static/js/lib/telex.js";

const typed = (keys) => Array.from(keys).reduce((text, key) => (/[a-z]/i.test(key) ? telex(text, key) : text + key), "");

const WORDS = [
  ["casn booj", "cán bộ"],
  ["chaof ooong", "chào oong"],
  ["oong/baf", "ông/bà"],
  ["ddungs meejn", "đúng mện"],
  ["giari thichs rox", "giải thích rõ"],
  ["dduwowcj", "được"],
  ["dduocwj", "được"],
  ["nguwowif", "người"],
  ["phuwowngf", "phường"],
  ["thuwr tucj", "thử tục"],
  ["Nguyeenx", "Nguyễn"],
  ["quas", "quá"],
  ["gif", "gì"],
  ["gios", "gió"],
  ["hoaf", "hòa"],
  ["hoanf", "hoàn"],
  ["hoafn", "hoàn"],
  ["thuys", "thúy"],
  ["khuyrnh", "khuỷnh"],
  ["muaw", "mưa"],
  ["luwu", "lưu"],
  ["hoawcj", "hoặc"],
  ["tieengs", "tiếng"],
  ["tienges", "tiếng"],
  ["nhw vaayj", "như vậy"],
  ["DDEEN", "ĐÊN"],
  ["DdiEens", "ĐiẾn"],
  ["khoeo", "khoeo"],
  ["cuar toi", "của toi"],
  ["kieemr tra", "kiểm tra"],
  ["nghieeng", "nghiêng"],
  ["ngoafi", "ngoài"],
  ["xoas", "xóa"],
  ["owr", "ở"],
];

for (const [keys, word] of WORDS) {
  test(`${keys} is ${word}`, () => {
    assert.equal(typed(keys), word);
  });
}

test("a key pressed again takes its change back and stands itself", () => {
  assert.equal(typed("ass"), "as");
  assert.equal(typed("aaa"), "aa");
  assert.equal(typed("ddd"), "dd");
  assert.equal(typed("uww"), "uw");
  assert.equal(typed("as") + "", "á");
});

test("another tone key changes the tone, z takes it off", () => {
  assert.equal(typed("asf"), "à");
  assert.equal(typed("toans" + "z"), "toan");
});

test("consonants alone are never changed, nor is what stands after them", () => {
  assert.equal(typed("xs"), "xs");
  assert.equal(typed("TTHC"), "TTHC");
  assert.equal(telex("3 ", "s"), "3 s");
});

test("a tone key of the screen puts a tone on and takes it off", () => {
  assert.equal(withTone("hoa", "\u0300"), "hòa");
  assert.equal(withTone("hòa", "\u0300"), "hoa");
  assert.equal(withTone("hòa", "\u0301"), "hóa");
  assert.equal(withTone("đ", "\u0300"), "đ");
});

test("a letter written later moves the tone to where it belongs", () => {
  assert.equal(written("hòa", "n"), "hoàn");
  assert.equal(written("ưo", "n"), "ươn");
  assert.equal(written("tiê", "n"), "tiên");
});

test("text before the syllable stays as it is, composed", () => {
  assert.equal(telex("Rấ\u0074 tot", "s"), "Rất tót");
});
