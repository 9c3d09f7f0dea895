"""Is this Vietnamese? Scores words by the structure of the Vietnamese syllable.

A syllable is onset + rime + tone; the sets of onsets and rimes are closed, and a rime that
ends in c, ch, p, t takes only the tones sắc and nặng. Text decoded with the wrong character
set breaks these rules in nearly every accented word, so the share of accented words that
keep them tells right decodings from wrong ones.
"""

import re
import unicodedata
from functools import lru_cache

_ONSETS = frozenset(
    {"", *re.findall(r"\w+", "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")}
)
_RIMES = frozenset(
    re.findall(
        r"\w+",
        """
        a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en
        eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
        yêm yên yêng yêt yêu y ynh ych yt yn yp ys o oa oac oach oai oam oan oang oanh oao oap oat oay oăc
        oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm
        ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêu uy uya uych uyên uyêt uynh uyt
        uyu uơ uôc uôi uôm uôn uông uôt uăn uăng uăt uăc uao uay uau uan uang uanh uach uac uat uai uam ue
        uen uet ueo ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
        """,
    )
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")
_STOPPED = re.compile(r"(?:ch|c|p|t)$")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Say whether `word` (NFC) has the form of one Vietnamese syllable."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word.casefold()):
        (tones if char in _TONES else letters).append(char)
    if len(tones) > 1:
        return False
    base = unicodedata.normalize("NFC", "".join(letters))
    for cut in range(min(3, len(base) - 1), -1, -1):
        onset, rime = base[:cut], base[cut:]
        if onset in _ONSETS and (rime in _RIMES or (onset == "qu" and "u" + rime in _RIMES)):
            return not _STOPPED.search(rime) or not tones or tones[0] in "\u0301\u0323"
    return base in {"gi", "gin", "đăk", "lăk"}  # gì, gìn; Đắk Lắk keeps its k


def score_text(text: str) -> tuple[float, int]:
    """Return (share of accented words that are Vietnamese syllables, number of accented words).

    An accented word holds a letter outside ASCII. The share is 0.0 where there are none.
    """
    good = total = 0
    for word in _WORD.findall(text[:200_000]):
        if not word.isascii():
            total += 1
            good += is_syllable(word) and not _mixed_case(word)
    return (good / total if total else 0.0), total


def _mixed_case(word: str) -> bool:
    """Wrong decodings scatter capitals inside a word (`NghÞ`, `ViÖt`); writers do not."""
    tail = word[1:]
    return tail != tail.lower() and word != word.upper()
