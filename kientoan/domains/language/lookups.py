"""Vietnamese text in queries: searching without diacritics, sorting by the Vietnamese alphabet."""

from django.db.models import CharField, Func, Transform


class Fold(Transform):
    """`subject__fold__contains=fold("nghi quyet")`: lower-cased, without diacritics, đ as d."""

    function = "kt_fold"
    lookup_name = "fold"
    output_field = CharField()


class SortKey(Func):
    """`order_by(SortKey("name"))`: the Vietnamese alphabetical order, the same on every server."""

    function = "kt_sort_key"
    template = '%(function)s(%(expressions)s) COLLATE "C"'
    arity = 1
    output_field = CharField()
