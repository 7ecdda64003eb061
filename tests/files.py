"""Real files of every kind that candidates send, small, with somebody's traces in them."""

import zipfile
from io import BytesIO

import pikepdf
import pymupdf
from PIL import Image

TRACE = "Zqauthor"  # who wrote it, where it was taken
WORD_PARTS = {
    "[Content_Types].xml": "<Types/>",
    "docProps/core.xml": f"<cp><dc:creator>{TRACE}</dc:creator></cp>",
    "docProps/app.xml": f"<Company>{TRACE}</Company>",
    "word/document.xml": f'<w:ins w:author="{TRACE}">Zqtext</w:ins>',
    "word/comments.xml": f"<w:comment w:author='{TRACE}' w:initials=\"{TRACE}\"/>",
}
OPEN_PARTS = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": f"<text>Zqtext<dc:creator>{TRACE}</dc:creator></text>",
    "meta.xml": f"<meta:initial-creator>{TRACE}</meta:initial-creator>",
}


def pdf(text="", *, password=""):
    """One page; the text is its content, where it can be found again."""
    made = pikepdf.new()
    page = made.add_blank_page()
    page.obj.Contents = made.make_stream(f"% {text}\n".encode())
    made.docinfo["/Author"] = TRACE
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [TRACE]
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.attachments["a.txt"] = TRACE.encode()
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=TRACE, Contents="x"
    )
    page.obj.Annots = pikepdf.Array([made.make_indirect(note)])
    written = BytesIO()
    locked = pikepdf.Encryption(owner=password, user=password) if password else False
    made.save(written, encryption=locked, compress_streams=False)
    return written.getvalue()


def picture(kind="JPEG", *, size=(8, 4)):
    """Lying on its side, as telephones write it, with where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter to show it
    exif[0x013B] = TRACE
    exif.get_ifd(0x8825)[1] = "N"
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, format=kind, exif=exif)
    return written.getvalue()


def archive(parts, **more):
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**parts, **more}.items():
            made.writestr(name, content)
    return written.getvalue()


def word(**more):
    return archive(WORD_PARTS, **more)


def open_document(**more):
    return archive(OPEN_PARTS, **more)


def text_of(content):
    """The text of a page that `pdf` made."""
    with pikepdf.open(BytesIO(content)) as read:
        return read.pages[0].Contents.read_bytes().decode()


FACE = (201, 32, 64)  # what somebody looks like, as a colour


def cv(text):
    """One page with its text and a picture of who wrote it."""
    face = BytesIO()
    Image.new("RGB", (30, 20), FACE).save(face, format="PNG")
    with pymupdf.open() as made:
        page = made.new_page()
        page.insert_text((72, 72), text)
        page.insert_image(pymupdf.Rect(300, 72, 360, 112), stream=face.getvalue())
        return made.tobytes()


def shows_face(content):
    """Whether a page of a PDF, or a picture, has that colour in it."""
    with pymupdf.open(stream=content) as document:
        drawn = b"".join(page.get_pixmap().samples for page in document)
    return FACE in zip(*[iter(drawn)] * 3, strict=True)


def member(content, name):
    """What lies in an archive under this name."""
    with zipfile.ZipFile(BytesIO(content)) as read:
        return read.read(name)
