import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from second_opinion.drawings.logo import LogoError, read_logo

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 40 10">{}</svg>'
)


@pytest.fixture
def file(tmp_path):
    def write(content, name="logo.svg"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def picture(form, size=(80, 20), **options):
    written = io.BytesIO()
    Image.new("RGB", size, "#0b4f5c").save(written, format=form, **options)
    return written.getvalue()


def test_a_drawing_stays_as_it_is(file):
    source = DRAWING.format('<defs><path id="a" d="M0 0h4"/></defs><use href="#a"/>')

    assert read_logo(file(source)).svg == source


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_stands_in_a_drawing_of_its_shape(file, form):
    logo = read_logo(file(picture(form, size=(3000, 500)), "logo"))

    root = ElementTree.fromstring(logo.svg)
    assert root.get("viewBox") == "0 0 1200 200"
    assert logo.address.startswith("data:image/svg+xml;base64,")


def test_nothing_but_the_picture_is_left_of_a_picture(file):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"

    logo = read_logo(file(picture("JPEG", exif=exif), "logo.jpg"))

    assert b"taken at home" not in logo.svg.encode()


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<g onload="alert(1)"/>', "onload="),
        ('<image href="https://example.com/a.png"/>', "refers elsewhere"),
        ('<image xlink:href="//example.com/a.png"/>', "refers elsewhere"),
        ('<use href="other.svg#a"/>', "refers elsewhere"),
        ('<a href="javascript:alert(1)"/>', "refers elsewhere"),
        ("<style>@import 'https://example.com/a.css';</style>", "refers elsewhere"),
        ("<style>path {{ fill: url(https://example.com/a) }}</style>", "refers elsewhere"),
        ('<path style="fill: url( http://example.com/a)"/>', "refers elsewhere"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "refers elsewhere"),
        ("<g>", "no SVG that can be read"),
    ],
)
def test_a_drawing_that_runs_refers_elsewhere_or_is_broken_is_refused(file, inside, sentence):
    with pytest.raises(LogoError, match=sentence):
        read_logo(file(DRAWING.format(inside)))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1">&a;</svg>', "document type"),
        ("<html/>", "no SVG drawing"),
        ("<svg/>", "no SVG drawing"),
        (b"", "no PNG, JPEG or SVG"),
        (b"\x89PNG\r\n\x1a\nbroken", "no PNG, JPEG or SVG"),
        (picture("PNG")[:60], "no PNG, JPEG or SVG"),
        (picture("GIF"), "no PNG, JPEG or SVG"),
        (b"x" * 1_000_001, "the limit is 1 MB"),
        (picture("PNG", size=(5000, 4000)), "the limit is 16 million"),
    ],
    ids=["entity", "html", "no size", "empty", "broken", "cut off", "gif", "huge", "bomb"],
)
def test_what_is_no_logo_is_refused_in_a_sentence(file, content, sentence):
    with pytest.raises(LogoError, match=sentence) as refused:
        read_logo(file(content, "logo.png"))

    assert "logo.png" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LogoError, match=r"nowhere.png cannot be read"):
        read_logo(tmp_path / "nowhere.png")
