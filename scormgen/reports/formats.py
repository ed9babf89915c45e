"""Recognises files that are not CSV, such as spreadsheets, PDFs and web pages, by their content: the name may be
wrong.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from scormgen.problems.report import Place, Report

_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (.ods)",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "an OpenDocument spreadsheet (.ots)",
}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # files of Office before 2007, and those with a password
_STARTS: Mapping[bytes, str] = {
    b"%PDF-": "a PDF document",
    b"\x89PNG\r\n": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"7z\xbc\xaf\x27\x1c": "a compressed file (7z)",
    b"Rar!": "a compressed file (RAR)",
    b"{\\rtf": "a text document (RTF)",
}


def is_table(path: str, content: bytes, report: Report) -> bool:
    """Whether a file may be CSV; adds D006 for a spreadsheet and D007 for a file without a table."""
    spreadsheet, other = recognise(content)
    if spreadsheet:
        report.add("D006", Place(path), what=spreadsheet)
    elif other:
        report.add("D007", Place(path), what=other)
    return not spreadsheet and not other


def recognise(content: bytes) -> tuple[str, str]:
    """What a file is, as a spreadsheet or as another kind of file; ('', '') if it may be text."""
    if content.startswith(_COMPOUND):
        return "an old Excel workbook (.xls), or one with a password", ""
    if content.startswith(b"PK\x03\x04"):
        return _in_zip(content)
    for start, name in _STARTS.items():
        if content.startswith(start):
            return "", name
    head = content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not head.startswith(b"<"):
        return "", ""
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"office:document" in head:
        return "a spreadsheet as XML", ""
    return "", "a web page (HTML)" if b"<html" in head or b"<!doctype html" in head or b"<table" in head else "XML"


def _in_zip(content: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                kind = _OPEN_DOCUMENT.get(archive.read("mimetype").strip())
                if kind:
                    return kind, ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        names = set()
    if any(name.startswith("xl/") for name in names):
        return f"an Excel workbook ({'.xlsb' if 'xl/workbook.bin' in names else '.xlsx'})", ""
    return "", "a zip archive"
