"""Reads the bytes of a guide as text, or says which encoding they seem to be in."""

from __future__ import annotations

import codecs
import re

from content.catalog.guide.fault import GuideError

MAX_BYTES = 1_000_000  # a thick book; drawings take a while each to straighten

_MARKS = (  # the longer mark first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CANDIDATES = (("EUC-JP", "euc_jp"), ("Shift_JIS (cp932)", "cp932"))
_ICONV = {"EUC-JP": "EUC-JP", "Shift_JIS (cp932)": "CP932"}
_KANA = re.compile("[\u3041-\u30fc]")
_MOJIBAKE = re.compile("[\uff61-\uff9f\ue000-\uf8ff\x80-\x9f]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_SAMPLE = 200_000  # bytes or characters are enough to tell an encoding by


def decode(data: bytes) -> str:
    """Return the guide as text with `\\n` line ends, without a byte order mark.

    Raises GuideError when it is empty, too large, binary or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise GuideError(
            None,
            f"the guide has {len(data):,} bytes, and {MAX_BYTES:,} are the most that is read",
            "split it into several guides, one course each",
        )
    _refuse_other_encodings(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise GuideError(None, "the guide is empty", "write some chapters in it first")
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        what = f"a control character (code {ord(control[0])}) stands here"
        raise GuideError(line, what, "remove it; if the file is no text at all, choose another")
    return text


def _refuse_other_encodings(data: bytes) -> None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise _convert(name, name)
    sample = data[:_SAMPLE]
    if b"\x1b$" in sample:
        raise _convert("ISO-2022-JP", "ISO-2022-JP")
    if b"\x00" in sample:
        codec = _wide(sample)
        if codec:
            raise _convert(codec, codec)
        raise GuideError(
            None, "this is a binary file, not a text", "choose the Markdown file of the guide"
        )


def _wide(sample: bytes) -> str:
    """Return the kind of UTF-16 whose line ends stand in `sample`, or nothing."""
    if len(sample) % 2 == 0 or len(sample) == _SAMPLE:
        for name, newline, codec in (
            ("UTF-16LE", b"\n\x00", "utf-16-le"),
            ("UTF-16BE", b"\x00\n", "utf-16-be"),
        ):
            text = sample.decode(codec, errors="replace")
            if newline in sample and "\ufffd" not in text and not _CONTROL.search(text):
                return name
    return ""


def _not_utf8(data: bytes, place: int) -> GuideError:
    for name, codec in _CANDIDATES:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if _reads_as_japanese(text[:_SAMPLE]):
            return _convert(name, _ICONV[name])
    line = data.count(b"\n", 0, place) + 1
    return GuideError(
        line,
        f"the byte {data[place]:#04x} does not belong in UTF-8",
        "save the guide as UTF-8 in your editor",
    )


def _reads_as_japanese(text: str) -> bool:
    foreign = len(_FOREIGN.findall(text))
    kana = len(_KANA.findall(text))
    return kana >= foreign * 0.2 and len(_MOJIBAKE.findall(text)) <= foreign * 0.05


def _convert(name: str, codec: str) -> GuideError:
    return GuideError(
        None,
        f"this looks like {name}, not UTF-8",
        f"convert it with: iconv -f {codec} -t UTF-8 GUIDE.md > GUIDE.utf8.md",
    )
