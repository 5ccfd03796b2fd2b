"""A photo in an event: made anew on the phone, sent after its record, told of until it is there."""

import struct
from hashlib import sha256

from playwright.sync_api import expect

from tests.browser.stored import rows, until

PICTURE = "docs/fieldlog.png"
LAMP = "Trasig eller svag belysning"
WHERE_AND_WHEN = b"N 59 25 42 E 17 56 53 2026:11:23 01:02:03"


def test_a_photo_is_made_small_and_says_nothing_of_where_and_when(
    shared_stack, new_phone, tmp_path
):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    camera = tmp_path / "IMG_0001.jpg"
    camera.write_bytes(with_exif(jpeg(phone.page, 4000, 3000)))
    assert WHERE_AND_WHEN in camera.read_bytes()
    phone.context.set_offline(True)
    begin(phone)
    phone.page.locator("input[type=file]").set_input_files(camera)
    expect(phone.page.get_by_role("img", name="Foto 1")).to_be_visible()
    phone.button("Spara händelsen").tap()
    phone.tab("Mina")
    event = phone.page.get_by_role("listitem").filter(has_text="Händelse")
    expect(event).to_contain_text("1 foto väntar")

    [blob] = latest(phone)["body"]["blobs"]
    [photo] = rows(phone, "photoBytes")
    stored = bytes(photo["bytes"])
    assert sha256(stored).hexdigest() == blob["sha256"]
    assert (len(stored), "image/jpeg") == (blob["size"], blob["mime"])
    assert b"Exif" not in stored
    assert WHERE_AND_WHEN not in stored
    assert size_of(stored) == (1600, 1200)

    phone.context.set_offline(False)
    phone.button("Skicka nu").tap()
    expect(event).to_contain_text("Hos noden")


def test_at_the_centre_the_photo_waits_no_more(fresh_stack, new_phone):
    phone = new_phone(fresh_stack.centre.url)
    phone.enrol(fresh_stack.code("alice"))
    begin(phone)
    phone.page.locator("input[type=file]").set_input_files(PICTURE)
    expect(phone.page.get_by_role("img", name="Foto 1")).to_be_visible()
    phone.button("Spara händelsen").tap()
    phone.tab("Mina")
    event = phone.page.get_by_role("listitem").filter(has_text="Händelse")
    expect(event).to_contain_text("Hos centralen")
    expect(event.get_by_text("1 foto", exact=True)).to_be_visible()


def test_a_photo_can_be_taken_away_and_what_is_no_picture_is_refused(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    begin(phone)
    chooser = phone.page.locator("input[type=file]")
    chooser.set_input_files("pyproject.toml")
    expect(phone.page.get_by_text("Bilden gick inte att läsa")).to_be_visible()
    chooser.set_input_files(PICTURE)
    expect(phone.page.get_by_text("Bilden gick inte att läsa")).to_have_count(0)
    phone.button("Ta bort foto 1").tap()
    phone.button("Spara händelsen").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Händelsen sparad")
    assert latest(phone)["body"]["blobs"] == []


def test_a_hand_quicker_than_the_phone_loses_no_photo(phone):
    arrive(phone)
    phone.page.evaluate(SLOW)
    for where, save in ((begin, "Spara händelsen"), (begin_fault, LAMP)):
        where(phone)
        phone.page.locator("input[type=file]").set_input_files(PICTURE)
        expect(phone.page.get_by_text("Fotot görs klart")).to_be_visible()
        phone.button(save).tap()
        phone.page.evaluate("() => window.drawn()")
        expect(phone.page.get_by_role("status").last).to_contain_text("Händelsen sparad")
        assert len(latest(phone)["body"]["blobs"]) == 1


def test_where_photos_are_switched_off_none_is_taken_and_those_taken_still_arrive(
    fresh_stack, new_phone
):
    centre = fresh_stack.centre
    phone = new_phone(centre.url)
    phone.enrol(fresh_stack.code("alice"))
    begin(phone)
    phone.page.locator("input[type=file]").set_input_files(PICTURE)
    expect(phone.page.get_by_role("img", name="Foto 1")).to_be_visible()
    until(phone, lambda: any("photos" in row["value"] for row in rows(phone, "drafts")))

    centre.stop()
    centre.phone_photos = False
    centre.start()
    phone.reload()
    expect_no_camera(phone)
    expect(phone.page.get_by_role("img", name="Foto 1")).to_be_visible()
    phone.button("Spara händelsen").tap()
    phone.tab("Mina")
    event = phone.page.get_by_role("listitem").filter(has_text="Händelse")
    expect(event.get_by_text("1 foto", exact=True)).to_be_visible()

    phone.close()
    phone.open(offline=True)
    begin(phone)
    expect_no_camera(phone)


def expect_no_camera(phone) -> None:
    expect(phone.page.get_by_text("Din organisation har stängt av foton.")).to_be_visible()
    expect(phone.page.locator("input[type=file]")).to_have_count(0)


DRAWN = """async ([width, height]) => {
  const canvas = Object.assign(document.createElement("canvas"), {width, height});
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#8a6";
  pen.fillRect(0, 0, width / 2, height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.5));
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""


# A large picture on a cheap phone: it is drawn when the test says so.
SLOW = """() => {
  const { createImageBitmap } = window;
  window.createImageBitmap = async (file) => {
    await new Promise((drawn) => Object.assign(window, { drawn }));
    return createImageBitmap(file);
  };
}"""


def arrive(phone) -> None:
    phone.button("Här nu – Rotebro station").last.tap()
    expect(phone.running).to_be_visible()


def begin_fault(phone) -> None:
    phone.tab("Nu")
    phone.link("Fel på platsen").tap()


def begin(phone) -> None:
    """An event about the place, up to its photo."""
    phone.tab("Händelse")
    phone.link("Platsen").tap()
    phone.choose(LAMP)


def latest(phone) -> dict:
    """The row of the record written last."""
    return rows(phone, "records")[-1]


def jpeg(page, width: int, height: int) -> bytes:
    return bytes(page.evaluate(DRAWN, [width, height]))


def with_exif(plain: bytes) -> bytes:
    """The same picture, as a camera would have written it."""
    segment = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + WHERE_AND_WHEN
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height, from the start of the frame."""
    at = 2
    while picture[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + struct.unpack(">H", picture[at + 2 : at + 4])[0]
    height, width = struct.unpack(">HH", picture[at + 5 : at + 9])
    return width, height
