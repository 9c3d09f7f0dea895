"""The shell of every page: menu, day, language, notices, refusals; and the tags that write values."""

import re
from datetime import date
from decimal import Decimal
from gettext import GNUTranslations

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form as Form_
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxMiddleware

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import Installation, Registration, Role, Unit, UnitVersion
from kientoan.domains.plans.models import Task
from kientoan.domains.temporal.models import Stale
from kientoan.interfaces.web import errors, notices, statuses, wording
from kientoan.interfaces.web.widgets import NumberField
from kientoan.site.catalogue import LOCALE, compile_catalogue
from tests.conftest import NOW, PASSWORD, START, Cast

TODAY = date(2018, 6, 30)


def rendered(source: str, **context: object) -> str:
    """The template with the context, as a page would show it."""
    request = RequestFactory().get(str(context.pop("at", "/")))
    return Template(source).render(Context({"request": request, **context}))


# --- writing values


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (Decimal("1234.56"), None, "1.234,56", "1,234.56"),
        (Decimal("7.250000"), None, "7,25", "7.25"),
        (Decimal("1234567"), 2, "1.234.567,00", "1,234,567.00"),
        (Decimal("100"), None, "100", "100"),
        (0, None, "0", "0"),
        (Decimal("0.000000"), None, "0", "0"),
        (0.5, 1, "0,5", "0.5"),
        (-12, None, "-12", "-12"),
    ],
)
def test_a_number_is_written_in_the_language_of_the_page(value, decimals, vi, en):
    with translation.override("vi"):
        assert wording.number_text(value, decimals) == vi
    with translation.override("en"):
        assert wording.number_text(value, decimals) == en


def test_a_missing_number_is_a_dash_with_words_and_never_zero():
    shown = rendered("{{ value|number:2 }}", value=None)
    assert "–" in shown
    assert "chưa có số liệu" in shown
    assert "0" not in shown


def test_a_wrong_name_in_a_template_is_not_taken_for_a_missing_number():
    with pytest.raises(TypeError):
        rendered("{{ no_such_thing|number }}")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2018, 7, 3), "còn 3 ngày"),
        (date(2018, 6, 30), "hạn là hôm nay"),
        (date(2018, 6, 25), "quá hạn 5 ngày"),
        (None, "chưa rõ thời hạn"),
    ],
)
def test_the_time_left_is_said_in_words(due, words):
    assert rendered("{{ due|days_from:today }}", due=due, today=TODAY) == words


@pytest.mark.parametrize(
    ("start", "end", "frequency", "words"),
    [
        (date(2018, 1, 1), date(2019, 1, 1), "year", "Năm 2018"),
        (date(2018, 4, 1), date(2018, 7, 1), "quarter", "Quý II/2018"),
        (date(2018, 7, 1), date(2019, 1, 1), "half", "6 tháng cuối năm 2018"),
        (date(2018, 12, 1), date(2019, 1, 1), None, "Tháng 12/2018"),
        (date(2018, 2, 5), date(2018, 3, 1), None, "Từ 05/02/2018 đến 28/02/2018"),
    ],
)
def test_a_period_has_its_usual_name(start, end, frequency, words):
    assert wording.period_text(start, end, frequency) == words


def test_every_state_has_a_word_and_a_drawing():
    for kind, looks in statuses.LOOKS.items():
        for state, look in looks.items():
            shown = rendered("{% status kind state %}", kind=kind, state=state)
            assert str(look.word) in shown
            assert "<svg" in shown


def test_an_unknown_state_is_refused_by_name():
    with pytest.raises(KeyError, match="no look for 'task' 'lost'"):
        rendered('{% status "task" "lost" %}')


def test_the_pager_keeps_the_filters():
    page = Paginator(range(100), 10).get_page(2)
    assert 'href="?unit=5&amp;page=3"' in rendered("{% pager page %}", page=page, at="/?unit=5&page=2")


def test_a_sorted_column_says_so_and_its_link_turns_the_order():
    shown = rendered('{% sort_header "due" "Thời hạn" %}', at="/?sort=due&page=4")
    assert 'aria-sort="ascending"' in shown
    assert 'href="?sort=-due"' in shown


# --- who sees what


def test_the_start_page_leads_a_stranger_to_sign_in(cast):
    assert Client().get("/").url.startswith("/login/")


def test_every_role_has_a_start_page_with_home_in_its_menu(cast, signed_in):
    for user in (cast.officer, cast.clerk, cast.admin, cast.reporter, cast.head):
        page = signed_in(user).get("/")
        assert page.status_code == 200
        assert page.context["menu"][0].entry.name == "home"
        assert user.full_name in page.content.decode()


@pytest.mark.parametrize("address", ["/to-chuc/", "/sap-xep/", "/can-bo/"])
def test_the_menu_shows_where_one_is_also_beside_the_first_address(cast, signed_in, address):
    page = signed_in(cast.admin).get(address).content.decode()
    menu = re.findall(r'<ul class="menu">.*?</ul>', page, re.DOTALL)
    current = [address for one in menu for address in re.findall(r'href="([^"]+)" aria-current="page"', one)]
    assert set(current) == {"/to-chuc/"}


def test_an_account_without_a_role_is_told_whom_to_ask(cast, signed_in):
    page = signed_in(cast.nobody).get("/")
    assert [link.entry.name for link in page.context["menu"]] == ["home"]
    assert "Tài khoản chưa có vai trò" in page.content.decode()


# --- the day and the language


def test_the_day_looked_at_is_shown_when_it_is_not_today(cast, signed_in):
    client = signed_in(cast.officer)
    assert "Đang xem theo ngày" not in client.get("/").content.decode()
    assert "15/01/2018" in client.get("/?day=15/01/2018").content.decode()
    assert "Đang xem theo ngày" in client.get("/").content.decode()
    assert "Đang xem theo ngày" not in client.get("/?day=").content.decode()


def test_an_example_says_that_it_is_one(cast, signed_in):
    assert "Dữ liệu ví dụ" in signed_in(cast.officer).get("/").content.decode()
    Installation.objects.update(example_day=None)
    assert "Dữ liệu ví dụ" not in signed_in(cast.officer).get("/").content.decode()


def test_the_language_is_kept_with_the_account(cast, signed_in):
    client = signed_in(cast.officer)
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    cast.officer.refresh_from_db()
    assert cast.officer.language == "en"
    assert '<html lang="en">' in client.get("/").content.decode()


def test_an_unknown_language_changes_nothing(cast, signed_in):
    signed_in(cast.officer).post("/ngon-ngu/", {"language": "xx", "next": "/"})
    cast.officer.refresh_from_db()
    assert cast.officer.language == "vi"


def test_a_notice_can_be_taken_back(cast, signed_in, rf):
    request = signed_in(cast.officer).get("/").wsgi_request
    notices.tell(request, "Đã giao.", undo="/undo/1/")
    (message,) = get_messages(request)
    shown = rendered('{% include "components/messages.html" %}', messages=[message])
    assert 'action="/undo/1/"' in shown
    assert "Hoàn tác" in shown


# --- refusals


def answer_to(client: Client, exception: Exception, **post: str) -> HttpResponse:
    """The page that the middleware makes of an exception in a view."""
    request = client.get("/").wsgi_request
    if post:
        request.method, request.POST = "POST", post_data(post)
    answer = errors.ErrorPageMiddleware(lambda _: HttpResponse()).process_exception(request, exception)
    assert answer is not None
    return answer


def post_data(values: dict[str, str]) -> object:
    return RequestFactory().post("/", values).POST


def test_a_refusal_names_the_roles_that_would_do(cast, signed_in):
    answer = answer_to(signed_in(cast.reporter), NotAllowed(Role.MONITOR, Role.LEADER))
    assert answer.status_code == 403
    assert "Chuyên viên theo dõi" in answer.content.decode()
    assert "Lãnh đạo" in answer.content.decode()


def test_a_late_save_shows_what_changed_and_keeps_ones_own_words(cast, signed_in):
    changes = {"name": ("Sở Y tế", "Sở Y tế và Dân số"), "row_version": (3, 4)}
    own = "Một đoạn dài đã gõ mà không được mất."
    answer = answer_to(signed_in(cast.officer), Stale(changes, model=UnitVersion), note=own)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Tên đơn vị" in text
    assert "<del>Sở Y tế</del>" in text
    assert "<ins>Sở Y tế và Dân số</ins>" in text
    assert own in text
    assert 'name="row_version" value="4"' in text


def test_an_absent_page_says_what_to_do(cast, signed_in):
    answer = signed_in(cast.officer).get("/no-such-page/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_words(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    answer = client.post("/ngon-ngu/", {"language": "en"})
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hạn" in answer.content.decode()


def test_an_error_of_ours_gives_a_code_to_quote(rf, caplog):
    answer = errors.server_error(rf.get("/x/"))
    code = caplog.records[-1].args[0]
    assert answer.status_code == 500
    assert code in answer.content.decode()


# --- the page of components


def test_the_page_of_components_is_for_developers_only(cast, settings):
    assert Client().get("/_style/").status_code == 404
    settings.DEBUG = True
    assert Client().get("/_style/").status_code == 200


def test_the_font_rules_name_only_files_that_exist(db):
    answer = Client().get("/fonts.css")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css"


# --- home and search


def make_task(cast: Cast, title: str, due: date, lead: Unit | None = None) -> Task:
    """A task that the city gave."""
    return Task.objects.create(
        title=title, origin_note="Kết luận giao ban", assigner_unit=cast.city,
        lead_unit=lead or cast.district,
        due_date=due, start_date=START, handed_down_at=NOW, created_at=NOW,
    )  # fmt: skip


def test_home_shows_what_waits_and_what_is_late(cast, signed_in):
    make_task(cast, "Rà soát trạm y tế", date(2018, 6, 20))
    text = signed_in(cast.reporter).get("/").content.decode()
    assert "Rà soát trạm y tế" in text
    assert "chậm 10 ngày" in text
    assert "Nhiệm vụ quá hạn" in text


def test_home_does_not_call_late_what_was_reported_in_time(cast, signed_in):
    task = make_task(cast, "Rà soát trạm y tế", date(2018, 6, 20))
    Task.objects.filter(pk=task.pk).update(state="awaiting_approval", last_report_date=date(2018, 6, 19))
    text = signed_in(cast.officer).get("/").content.decode()
    assert "Rà soát trạm y tế" in text
    assert "chậm" not in text
    assert "quá hạn" not in text


def test_home_shows_nothing_of_others(cast, signed_in):
    make_task(cast, "Rà soát trạm y tế", date(2018, 6, 20))
    assert "Rà soát" not in signed_in(cast.outsider).get("/").content.decode()


def test_home_costs_a_steady_number_of_queries(cast, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.reporter)
    for number in range(30):
        make_task(cast, f"Việc số {number}", date(2018, 7, 1))
    with django_assert_max_num_queries(26):
        client.get("/")


def test_search_finds_without_diacritics_what_the_viewer_may_see(cast, signed_in):
    make_task(cast, "Rà soát trạm y tế phường", date(2018, 7, 20))
    found = signed_in(cast.reporter).get("/tim-kiem/?q=tram+y+te").content.decode()
    assert "Rà soát trạm y tế phường" in found
    hidden = signed_in(cast.outsider).get("/tim-kiem/?q=tram+y+te").content.decode()
    assert "Rà soát" not in hidden
    assert "Không tìm thấy gì" in hidden


def test_search_finds_units_and_a_task_by_its_number(cast, signed_in):
    task = make_task(cast, "Tiêm chủng mở rộng", date(2018, 7, 20))
    client = signed_in(cast.officer)
    assert "Quận Ninh Kiều" in client.get("/tim-kiem/?q=ninh kieu").content.decode()
    assert "Tiêm chủng" in client.get(f"/tim-kiem/?q=%23{task.pk}").content.decode()


def test_search_finds_a_unit_by_its_code_and_a_person_by_name(cast, signed_in):
    client = signed_in(cast.outsider)
    page = client.get("/tim-kiem/?q=31117").content.decode()
    assert "Phường Cái Khế" in page
    assert "Quận Ninh Kiều" not in page[page.index("<main") :]
    person = client.get("/tim-kiem/?q=dang+thu+truong").content.decode()
    assert "Đặng Thủ Trưởng" in person
    assert "Chủ tịch UBND quận, Quận Ninh Kiều" in person


def test_search_of_a_code_gives_the_unit_that_had_it_on_the_day(cast, signed_in):
    page = signed_in(cast.outsider).get("/tim-kiem/?q=31117&day=2010-01-01").content.decode()
    assert "Phường Cái Khế" not in page


def test_search_shows_neither_units_nor_people_to_who_has_no_role(cast, signed_in):
    nobody = signed_in(User.objects.create_user("moi", PASSWORD, full_name="Người Mới"))
    for text in ("31117", "ninh+kieu", "dang+thu+truong"):
        assert "Không tìm thấy gì" in nobody.get(f"/tim-kiem/?q={text}").content.decode(), text


def test_an_empty_search_asks_for_words(cast, signed_in):
    answer = signed_in(cast.officer).get("/tim-kiem/?q=+")
    assert answer.status_code == 200
    assert "Không tìm thấy" not in answer.content.decode()


# --- language parts and the policy of the pages


def test_the_english_parts_agree_and_are_complete_for_the_shell(tmp_path):
    (tmp_path / "en.d").mkdir()
    for part in (LOCALE / "en.d").glob("*.po"):
        (tmp_path / "en.d" / part.name).write_bytes(part.read_bytes())
    assert compile_catalogue(tmp_path)
    assert not compile_catalogue(tmp_path)
    with (tmp_path / "en" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        english = GNUTranslations(file)
    for words in ("Việc của tôi", "Quá hạn", "Không tìm thấy trang này", "Chuyên viên theo dõi"):
        assert english.gettext(words) != words


def test_every_text_of_the_frame_has_its_english(cast, signed_in):
    cast.officer.language = "en"
    cast.officer.save()
    text = signed_in(cast.officer).get("/no-such-page/").content.decode()
    vietnamese = {
        "Việc của tôi",
        "Đăng xuất",
        "Xem theo ngày",
        "Không tìm thấy",
        "Dữ liệu ví dụ",
        "Đến nội dung",
    }
    assert not [words for words in vietnamese if words in text]
    assert "Page not found" in text


def test_a_stranger_reads_vietnamese_whatever_the_browser_asks_for(cast):
    client = Client(headers={"accept-language": "en-US"})
    assert '<html lang="vi">' in client.get("/no-such-page/").content.decode()
    client.cookies["django_language"] = "en"
    assert '<html lang="en">' in client.get("/no-such-page/").content.decode()
    client.cookies["django_language"] = "no"
    assert '<html lang="vi">' in client.get("/no-such-page/").content.decode()


@pytest.mark.parametrize("text", ["31/02/2018", "hôm qua", "01/01/0018", "2018-13-01"])
def test_what_is_no_day_is_told_and_changes_nothing(cast, signed_in, text):
    client = signed_in(cast.officer)
    client.get("/", {"day": "15/01/2018"})
    page = client.get("/", {"day": text})
    assert "không phải là ngày xem được" in page.content.decode()
    assert page.context["day"] == date(2018, 1, 15)


def test_pages_run_no_scripts_but_our_own(cast, signed_in):
    answer = signed_in(cast.officer).get("/")
    assert "script-src 'self';" in answer["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", answer.content.decode())


def test_a_refusal_of_a_part_of_a_page_goes_into_the_notices(cast, rf):
    request = rf.get("/", headers={"hx-request": "true"})
    request.user, request.viewer = cast.reporter, cast.viewer(cast.reporter)
    HtmxMiddleware(lambda _: HttpResponse())(request)
    answer = errors.forbidden(request, NotAllowed(Role.MONITOR))
    assert answer.status_code == 403
    assert answer["HX-Retarget"] == "#notices"
    assert "<html" not in answer.content.decode()


def test_search_finds_a_draft_of_which_neither_type_nor_issuer_is_known(cast, signed_in):
    draft = Document.objects.create(subject="Về tinh giản biên chế", registered_at=NOW)
    Registration.objects.create(unit=cast.city, document=draft)
    assert "tinh giản biên chế" in signed_in(cast.clerk).get("/tim-kiem/?q=tinh+gian").content.decode()
    assert "tinh giản" not in signed_in(cast.outsider).get("/tim-kiem/?q=tinh+gian").content.decode()


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [("vi", "1.234,56", "1234.56"), ("vi", "7,25", "7.25"), ("en", "1,234.56", "1234.56"), ("vi", " ", None)],
)
def test_a_number_is_typed_as_the_page_writes_it(language, typed, value):
    with translation.override(language):
        read = NumberField(required=False).clean(typed)
        assert read == (None if value is None else Decimal(value))


def test_an_unclear_number_is_refused_with_the_remedy():
    with translation.override("vi"), pytest.raises(ValidationError, match=r"ví dụ 7,25"):
        NumberField().clean("7.25")


def test_a_number_in_a_form_comes_back_as_the_page_writes_it():
    class Form(Form_):
        value = NumberField()

    with translation.override("vi"):
        assert 'value="7,25"' in str(Form(initial={"value": Decimal("7.250000")}))
        assert 'value="bảy"' in str(Form({"value": "bảy"}))
        assert 'value="0"' in str(Form(initial={"value": Decimal("0")}))


def test_home_leads_the_monitor_to_the_documents_that_wait(cast, signed_in):
    for subject, state in (("Văn bản đang chờ", "proposed"), ("Văn bản đã xong", "accepted")):
        document = Document.objects.create(subject=subject, registered_at=NOW, text="abc")
        Registration.objects.create(unit=cast.city, document=document)
        Passage.objects.create(document=document, kind="task", start=0, end=3, quote="abc", state=state)
    client = signed_in(cast.officer)
    (tile,) = (item for item in client.get("/").context["waiting"] if "chờ xác nhận" in str(item.words))
    assert tile.count == 1
    listed = client.get(tile.url).content.decode()
    assert "Văn bản đang chờ" in listed
    assert "Văn bản đã xong" not in listed
