"""Extensions, and two immutable SQL functions for Vietnamese text.

They do not depend on ICU, on the locale of the server or on a text-search dictionary, so an index on them
is the same on the embedded PostgreSQL and on a server of one's own.
"""

import unicodedata

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

# Letters in alphabetical order; f, j, w, z stand where the Latin alphabet has them (QCVN and ICU agree).
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # ngang, huyền, hỏi, ngã, sắc, nặng
VOWELS = "aăâeêioôơuưy"


def forms():
    """Every lower-case letter with a tone: (written form, letter, index of the tone)."""
    for letter in LETTERS:
        yield letter, letter, 0
        if letter in VOWELS:
            for index, mark in enumerate(TONES[1:], start=1):
                yield unicodedata.normalize("NFC", letter + mark), letter, index


def base(letter):
    plain = unicodedata.normalize("NFD", letter)[0]
    return "d" if letter == "đ" else plain


def sql_function(name, body):
    return (
        f"CREATE OR REPLACE FUNCTION {name}(value text) RETURNS text "
        f"LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $kt$SELECT {body}$kt$;"
    )


def functions():
    every = list(forms())
    lower = [written for written, _, _ in every if not written.isascii()]
    upper = [written.upper() for written in lower]
    to_lower = (
        f"lower(translate(normalize(value, NFC), '{''.join(upper)}', '{''.join(lower)}') COLLATE \"C\")"
    )
    folded = "".join(base(letter) for written, letter, _ in every if not written.isascii())
    fold = f"translate({to_lower}, '{''.join(lower)}', '{folded}')"
    # One sortable ASCII character after the digits for each letter (; to [), then the tones of all letters as the second level.
    codes = {letter: chr(0x3B + index) for index, letter in enumerate(LETTERS)}
    written = "".join(form for form, _, _ in every)
    primary = "".join(codes[letter] for _, letter, _ in every)
    tones = "".join(str(tone) for _, _, tone in every)
    key = f"translate({to_lower}, '{written}', '{primary}') || chr(1) || translate({to_lower}, '{written}', '{tones}')"
    return sql_function("kt_fold", fold), sql_function("kt_sort_key", key)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        *[
            migrations.RunSQL(sql, f"DROP FUNCTION {name}(text)")
            for sql, name in zip(functions(), ("kt_fold", "kt_sort_key"), strict=True)
        ],
    ]
