"""What stands in a Word file, read back out of its parts without any office program."""

import io
import posixpath
import zipfile
from xml.etree import ElementTree

import docx
from docx.oxml.ns import qn

_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def text_of(made):
    """Every text in head, body and foot, in the order of the file."""
    opened = docx.Document(io.BytesIO(made))
    section = opened.sections[0]
    roots = (section.header._element, opened.element.body, section.footer._element)
    return "\n".join(_lines(root) for root in roots)


def faults_of(made):
    """What would make an office program offer to repair the file."""
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        names = set(file.namelist())
        roots = {name: ElementTree.fromstring(file.read(name)) for name in names if _is_xml(name)}
    return [
        *_untyped(names, roots["[Content_Types].xml"]),
        *(fault for name, root in roots.items() for fault in _unresolved(name, root, names)),
        *_same_numbers(roots["word/document.xml"]),
    ]


def _lines(root):
    """A paragraph is a line; a break and a tab inside it are white space."""
    found = []
    for paragraph in root.iter(qn("w:p")):
        pieces = [
            one.text or "" if one.tag == qn("w:t") else "\n"
            for one in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        ]
        found.append("".join(pieces))
    return "\n".join(found)


def _is_xml(name):
    return name.endswith((".xml", ".rels"))


def _untyped(names, types):
    defaults = {one.get("Extension") for one in types.iter(f"{_CONTENT}Default")}
    parts = {one.get("PartName", "")[1:] for one in types.iter(f"{_CONTENT}Override")}
    known = {name for name in names if name in parts or name.rpartition(".")[2] in defaults}
    yield from (f"no type: {name}" for name in names - known - {"[Content_Types].xml"})
    yield from (f"no part: {name}" for name in parts - names)


def _unresolved(name, root, names):
    """Relations that lead nowhere, and places that use one which is not there."""
    if name.endswith(".rels"):
        base = posixpath.dirname(posixpath.dirname(name))
        for one in root.iter(f"{_RELATED}Relationship"):
            target = one.get("Target")
            whole = target[1:] if target.startswith("/") else posixpath.join(base, target)
            if one.get("TargetMode") != "External" and posixpath.normpath(whole) not in names:
                yield f"{name} leads to {target}"


def links_in(made):
    """Names of the places that links of the text lead to."""
    body = docx.Document(io.BytesIO(made)).element.body
    return [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]


def _same_numbers(body):
    """Pictures and bookmarks are told apart by number, and links lead to bookmarks that exist."""
    for tag in (qn("wp:docPr"), qn("w:bookmarkStart")):
        key = "id" if tag == qn("wp:docPr") else qn("w:id")
        found = [one.get(key) for one in body.iter(tag)]
        yield from (f"{tag} {each} twice" for each in set(found) if found.count(each) > 1)
    marks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    links = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}
    yield from (f"link to {each}" for each in links - marks)
