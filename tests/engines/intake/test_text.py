"""Plain text: exactly the file's own letters, whatever character set they came in."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientoan.engines.reader.intake import MAX_CHARACTERS, UnreadableFile, extract_text, megabytes
from kientoan.engines.reader.intake.encodings import _TCVN3, _VNI_MARKS, _VNI_SINGLE, from_tcvn3, from_vni
from kientoan.engines.reader.intake.syllables import is_syllable

from .files import DECREE

_TO_TCVN3 = {letter: code for code, letter in _TCVN3.items()}
_TO_VNI = {letter: code for code, letter in _VNI_SINGLE.items()} | {
    letter: base + mark for base, marks in _VNI_MARKS.items() for mark, letter in marks.items()
}


def in_tcvn3(text: str) -> bytes:
    """Write `text` in TCVN3; it has no accented capitals but the seven of the alphabet."""
    return "".join(_TO_TCVN3.get(c, _TO_TCVN3.get(c.lower(), c)) for c in text).encode("latin-1")


def in_vni(text: str) -> bytes:
    """Write `text` in VNI; a capital takes a capital mark."""
    written = ((_TO_VNI.get(c) or (_TO_VNI[c.lower()].upper() if c.lower() in _TO_VNI else c)) for c in text)
    return "".join(written).encode("latin-1")


def in_windows_1258(text: str) -> bytes:
    """Write `text` in windows-1258, where tones stand after their letter."""
    written = b""
    for letter in text:
        base = "".join(
            c for c in unicodedata.normalize("NFD", letter) if c not in "\u0300\u0301\u0303\u0309\u0323"
        )
        tones = "".join(
            c for c in unicodedata.normalize("NFD", letter) if c in "\u0300\u0301\u0303\u0309\u0323"
        )
        written += (unicodedata.normalize("NFC", base) + tones).encode("cp1258")
    return written


@pytest.mark.parametrize("text", [DECREE, DECREE.replace("\n", "\r\n"), "  Kế hoạch\t\n\n\n  số 5 \n"])
def test_utf8_text_is_kept_to_the_letter(text):
    read = extract_text(text.encode(), name="a.txt")
    assert (read.text, read.encoding, read.media_type, read.warnings) == (text, "utf-8", "text/plain", ())


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (DECREE.encode("utf-8-sig"), "utf-8"),
        (unicodedata.normalize("NFD", DECREE).encode(), "utf-8"),
        (DECREE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + DECREE.encode("utf-16-be"), "utf-16"),
        (DECREE.encode("utf-16-le"), "utf-16"),
        (in_windows_1258(DECREE), "windows-1258"),
        (in_vni(DECREE), "vni"),
        (DECREE.encode().decode("latin-1").encode(), "utf-8 (hai lần)"),
    ],
)
def test_each_character_set_gives_the_same_text(data, encoding):
    read = extract_text(data, name="a.txt")
    assert (read.text, read.encoding) == (DECREE, encoding)


def test_tcvn3_is_converted_and_said():
    read = extract_text(in_tcvn3(DECREE), name="a.txt")
    assert read.text == DECREE.replace(
        "Ủ", "ủ"
    )  # TCVN3 draws toned capitals with another font, not another code
    assert read.encoding == "tcvn3"
    assert "TCVN3" in read.warnings[0]


def test_blocks_cover_the_lines():
    read = extract_text(b"  M\xe1\xbb\xa5c I\r\n\r\n  Vi\xe1\xbb\x87c\r\n", name="a.txt")
    assert [read.text[b.start : b.end] for b in read.blocks] == ["Mục I", "Việc"]
    assert read.block_at(read.text.index("iệc")).start == read.text.index("Việc")
    assert read.block_at(0) is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00\x01\x02" * 500, "binary"),
        (b"The committee shall report before 30 November.", "not_vietnamese"),
        ("Комитет должен отчитаться до конца месяца, не позднее срока".encode(), "not_vietnamese"),
        ("Комитет должен отчитаться до конца месяца".encode("cp1251"), "encoding"),
    ],
)
def test_a_file_that_is_no_vietnamese_text_is_refused(data, code):
    with pytest.raises(UnreadableFile) as caught:
        extract_text(data, name="a.txt")
    assert caught.value.code == code
    assert caught.value.message_vi.endswith(".")
    assert caught.value.remedy_vi.endswith(".")


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "giếng",
        "khuya",
        "ngoằn",
        "Đắk",
        "ủy",
        "uỷ",
        "hoà",
        "gìn",
        "gì",
        "quốc",
        "ươm",
        "ý",
    ],
)
def test_vietnamese_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ViÖt", "àc", "nghỉch", "hßa", "thùc", "ªn", "qả", "tiẻp"])
def test_what_breaks_the_syllable_is_not_one(word):
    assert not is_syllable(word)


@given(st.text(alphabet=sorted(_TCVN3.values()) + list("abcdeo ")))
def test_tcvn3_goes_there_and_back(text):
    assert from_tcvn3(in_tcvn3(text).decode("latin-1")) == text


@given(
    st.lists(st.sampled_from(["người", "Ơn", "ướt", "đặng", "quỹ", "kỵ", "lĩnh", "ĐỂ", "ẴM", "hoà", "nghỉ"]))
)
def test_vni_goes_there_and_back(words):
    text = " ".join(words)
    assert from_vni(in_vni(text).decode("latin-1")) == text


@given(st.binary(max_size=400).filter(lambda data: not data.startswith(b"{\\rtf")))
@settings(deadline=None)
def test_any_bytes_give_text_or_a_said_refusal(data):
    try:
        outcome = extract_text(data, name="x.txt", ocr=False).text
    except UnreadableFile as refusal:
        outcome = refusal.code and refusal.remedy_vi
    assert outcome


def test_a_text_longer_than_any_document_is_refused() -> None:
    line = "Sở Tài chính báo cáo kết quả trước ngày 15/3/2018.\n"
    with pytest.raises(UnreadableFile) as refused:
        extract_text((line * (MAX_CHARACTERS // len(line) + 1)).encode(), name="dai.txt")
    assert refused.value.code == "too_long"
    assert "5,1 triệu" in refused.value.message_vi


@pytest.mark.parametrize(
    ("size", "said"), [(50 * 1024 * 1024 + 1, "50,1"), (50 * 1024 * 1024, "50,0"), (1, "0,1")]
)
def test_what_is_over_a_limit_reads_so(size: int, said: str) -> None:
    assert megabytes(size) == said
