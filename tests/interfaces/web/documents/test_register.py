"""The register in the browser: list, upload, entering, editing, withdrawing, the file."""

from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.documents.models import Document, DocumentState, Passage, Recognition
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.models import Registration
from tests.conftest import NOW, Cast
from tests.domains.documents.texts import DIRECTIVE

from .conftest import SignIn


def named(data: bytes, name: str) -> BytesIO:
    file = BytesIO(data)
    file.name = name
    return file


def upload(client: Client, cast: Cast, *files: BytesIO, text: str = ""):
    return client.post("/van-ban/nhap/", {"unit": cast.city.pk, "file": list(files), "text": text})


def page_text(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.mark.parametrize("address", ["", "{}/", "{}/doc/", "{}/tep/"])
def test_an_outsider_of_the_register_sees_no_draft(
    cast: Cast, signed_in: SignIn, draft: Document, address: str
) -> None:
    for user in (cast.outsider, cast.nobody, cast.reporter):
        page = signed_in(user).get(f"/van-ban/{address.format(draft.pk)}")
        if address:
            assert page.status_code == 404
        else:
            assert "02/CT-UBND" not in page_text(page)


@pytest.mark.parametrize(
    "address", ["{}/sua/", "{}/xoa/", "{}/gan-tep/", "{}/doc/nhan-chac/", "{}/doc/giao/"]
)
def test_those_below_read_and_do_not_write(
    cast: Cast, signed_in: SignIn, document: Document, address: str
) -> None:
    client = signed_in(cast.outsider)
    assert client.get(f"/van-ban/{document.pk}/").status_code == 200
    assert client.get(f"/van-ban/{address.format(document.pk)}").status_code == 403


@pytest.mark.parametrize("act", ["vao-so", "thu-hoi", "xoa", "nhan-dang"])
def test_those_below_change_nothing(cast: Cast, signed_in: SignIn, document: Document, act: str) -> None:
    page = signed_in(cast.outsider).post(f"/van-ban/{document.pk}/{act}/")
    assert page.status_code == 403
    document.refresh_from_db()
    assert document.state == DocumentState.REGISTERED


def test_who_has_no_register_does_not_upload(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.reporter)
    assert client.get("/van-ban/nhap/").status_code == 403
    assert upload(client, cast, named(DIRECTIVE.encode(), "ct.txt")).status_code == 403
    assert not Document.objects.exists()


def test_the_empty_register_says_what_to_do(cast: Cast, signed_in: SignIn) -> None:
    assert "Sổ văn bản còn trống" in page_text(signed_in(cast.clerk).get("/van-ban/"))


@pytest.mark.parametrize(
    "words", ["02/CT", "siết chặt kỷ luật", "siet chat ky luat", "UY BAN NHAN DAN can tho"]
)
def test_the_list_is_searched_with_and_without_diacritics(
    cast: Cast, signed_in: SignIn, document: Document, words: str
) -> None:
    client = signed_in(cast.clerk)
    assert "02/CT-UBND" in page_text(client.get("/van-ban/", {"q": words}))
    assert "Không có văn bản nào khớp" in page_text(client.get("/van-ban/", {"q": words + " xyz"}))


@pytest.mark.parametrize(
    ("name", "fits", "other"),
    [("year", "2018", "2017"), ("state", "registered", "draft"), ("sort", "-number", "number")],
)
def test_the_list_is_filtered(
    cast: Cast, signed_in: SignIn, document: Document, name: str, fits: str, other: str
) -> None:
    client = signed_in(cast.clerk)
    assert "02/CT-UBND" in page_text(client.get("/van-ban/", {name: fits}))
    page = page_text(client.get("/van-ban/", {name: other}))
    assert ("02/CT-UBND" in page) == (name in ("sort", "year"))  # a year without documents is no choice


def test_the_list_takes_a_fixed_number_of_queries(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.clerk)
    for number in range(60):
        text = DIRECTIVE.replace("02/CT-UBND", f"{number + 10}/CT-UBND")
        registering.take_file(
            viewer=cast.viewer(cast.clerk), unit=cast.city, data=text.encode(), name="a.txt", at=NOW
        )
    with django_assert_max_num_queries(22):
        page = client.get("/van-ban/")
    assert "1–50" in page_text(page)
    assert page.content.count(b"/CT-UBND</a>") == 50


def test_one_file_is_read_and_shown(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.clerk)
    answer = upload(client, cast, named(DIRECTIVE.encode(), "ct.txt"))
    document = Document.objects.get()
    assert answer.url == f"/van-ban/{document.pk}/"
    page = page_text(client.get(answer.url))
    assert "Chỉ thị 02/CT-UBND" in page
    assert "Vào sổ" in page


def test_many_files_get_their_own_answers(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.clerk)
    page = page_text(
        upload(
            client,
            cast,
            named(DIRECTIVE.encode(), "tot.txt"),
            named(b"", "rong.docx"),
            named(b"%PDF-1.7 x", "hong.pdf"),
            named(DIRECTIVE.encode(), "lap-lai.txt"),
            named((DIRECTIVE + "\n").encode(), "ban-khac.txt"),
            named(b"Only English letters here.", "english.txt"),
        )
    )
    assert Document.objects.count() == 1
    assert "Đã đọc thành dự thảo" in page
    assert "Tệp rỗng" in page
    assert "Tệp này đã có trong sổ" in page
    assert "cùng loại, số, cơ quan và ngày đã có trong sổ" in page
    assert "Không thấy chữ tiếng Việt có dấu" in page
    assert page.count("Cách xử lý:") == 3


def test_pasted_text_is_read(cast: Cast, signed_in: SignIn) -> None:
    answer = upload(signed_in(cast.clerk), cast, text=DIRECTIVE)
    assert answer.status_code == 302
    assert Document.objects.get().number == "02/CT-UBND"


def test_nothing_sent_is_said(cast: Cast, signed_in: SignIn) -> None:
    answer = upload(signed_in(cast.clerk), cast)
    assert answer.status_code == 422
    assert "Chọn ít nhất một tệp" in page_text(answer)


def test_a_huge_file_is_not_read(cast: Cast, signed_in: SignIn) -> None:
    page = page_text(upload(signed_in(cast.clerk), cast, named(b"x" * (50 * 1024 * 1024 + 1), "to.pdf")))
    assert "nặng 50,1 MB, quá giới hạn 50 MB" in page
    assert not Document.objects.exists()


def test_a_draft_of_another_unit_is_not_shown(cast: Cast, signed_in: SignIn, draft: Document) -> None:
    from kientoan.domains.organisation.operations import grant_role
    from tests.conftest import START

    grant_role(
        user=cast.outsider, role="clerk", unit=cast.other_district, start=START, end=None, by=None, at=NOW
    )
    answer = signed_in(cast.outsider).post(
        "/van-ban/nhap/",
        {"unit": cast.other_district.pk, "file": [named(DIRECTIVE.encode(), "ct.txt")], "text": ""},
    )
    page = page_text(answer)
    assert "Đơn vị khác đang nhập văn bản này" in page
    assert f"/van-ban/{draft.pk}/" not in page
    assert Registration.objects.count() == 1


def test_a_scan_says_how_to_install_what_is_missing(
    cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Missing:
        def __call__(self) -> None:
            return None

        def cache_clear(self) -> None: ...

    monkeypatch.setattr("kientoan.domains.documents.jobs.find_tesseract", Missing())
    client = signed_in(cast.clerk)
    answer = upload(client, cast, named(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "quet.png"))
    page = page_text(client.get(answer.url))
    assert "apt install tesseract-ocr tesseract-ocr-vie" in page
    assert Recognition.objects.get().state == "failed"


def test_a_document_is_registered_by_hand(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.clerk)
    kind = client.get("/van-ban/moi/").context["form"].fields["type"].queryset.get(name="Nghị quyết")
    values = {
        "unit": cast.city.pk, "type": kind.pk, "number": "04 - NQ/TW", "issuer": "Ban Chấp hành Trung ương",
        "issued_date": "30/10/2016", "subject": "Tăng cường xây dựng Đảng", "urgency": "0",
    }  # fmt: skip
    answer = client.post("/van-ban/moi/", values)
    document = Document.objects.get()
    assert answer.url == f"/van-ban/{document.pk}/"
    assert (document.number, document.state) == ("04-NQ/TW", DocumentState.REGISTERED)
    again = client.post("/van-ban/moi/", values)
    assert again.status_code == 422
    assert f'href="/van-ban/{document.pk}/"' in page_text(again)
    later = client.post("/van-ban/moi/", {**values, "issued_date": "30/10/2026"})  # another term
    assert later.status_code == 302


def test_a_wrong_form_names_its_fields(cast: Cast, signed_in: SignIn) -> None:
    answer = signed_in(cast.clerk).post(
        "/van-ban/moi/", {"unit": cast.city.pk, "issued_date": "31/02/2018", "urgency": "0"}
    )
    assert answer.status_code == 422
    assert {"type", "issuer", "subject", "issued_date"} <= set(answer.context["form"].errors)
    assert not Document.objects.exists()


def test_a_draft_enters_the_register(cast: Cast, signed_in: SignIn, draft: Document) -> None:
    client = signed_in(cast.clerk)
    client.post(f"/van-ban/{draft.pk}/vao-so/")
    draft.refresh_from_db()
    assert draft.state == DocumentState.REGISTERED
    assert signed_in(cast.reporter).get(f"/van-ban/{draft.pk}/").status_code == 200


def test_what_is_missing_is_asked_before_entering(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.clerk)
    upload(client, cast, text="Giao các phòng chuẩn bị hội nghị tổng kết năm.\n")
    document = Document.objects.get()
    answer = client.post(f"/van-ban/{document.pk}/vao-so/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/van-ban/{document.pk}/sua/"
    assert "còn thiếu loại văn bản, cơ quan ban hành" in page_text(answer)


def edit(client: Client, document: Document, **changes: object):
    form = client.get(f"/van-ban/{document.pk}/sua/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    days = {key: value.strftime("%d/%m/%Y") for key, value in values.items() if hasattr(value, "strftime")}
    values = {key: getattr(value, "pk", value) or "" for key, value in values.items()}
    return client.post(
        f"/van-ban/{document.pk}/sua/",
        {**values, **days, "row_version": document.row_version, **changes},
    )


def test_the_second_editor_sees_what_changed(cast: Cast, signed_in: SignIn, document: Document) -> None:
    first, second = signed_in(cast.clerk), signed_in(cast.officer)
    assert edit(first, document, subject="Trích yếu của người thứ nhất").status_code == 302
    answer = edit(second, document, subject="Trích yếu của người thứ hai")
    assert answer.status_code == 409
    assert "Trích yếu của người thứ nhất" in page_text(answer)
    assert "Trích yếu của người thứ hai" in page_text(answer)
    document.refresh_from_db()
    assert document.subject == "Trích yếu của người thứ nhất"


def test_a_document_is_withdrawn_and_brought_back(cast: Cast, signed_in: SignIn, document: Document) -> None:
    client = signed_in(cast.clerk)
    client.post(f"/van-ban/{document.pk}/thu-hoi/")
    assert signed_in(cast.reporter).get(f"/van-ban/{document.pk}/").status_code == 404
    client.post(f"/van-ban/{document.pk}/vao-so/")
    assert signed_in(cast.reporter).get(f"/van-ban/{document.pk}/").status_code == 200


def test_a_draft_is_deleted_after_a_preview(cast: Cast, signed_in: SignIn, draft: Document) -> None:
    client = signed_in(cast.clerk)
    assert "Sẽ xóa hẳn" in page_text(client.get(f"/van-ban/{draft.pk}/xoa/"))
    client.post(f"/van-ban/{draft.pk}/xoa/")
    assert not Document.objects.exists()
    assert not Passage.objects.exists()


def test_a_registered_document_is_not_deleted(cast: Cast, signed_in: SignIn, document: Document) -> None:
    assert signed_in(cast.clerk).post(f"/van-ban/{document.pk}/xoa/").status_code == 409
    assert Document.objects.exists()


def test_the_file_comes_back_as_it_was(cast: Cast, signed_in: SignIn, document: Document) -> None:
    answer = signed_in(cast.reporter).get(f"/van-ban/{document.pk}/tep/")
    assert b"".join(answer.streaming_content) == DIRECTIVE.encode()
    assert 'filename="ct02.txt"' in answer["Content-Disposition"]


def test_the_page_of_a_document_shows_its_history_to_the_register_only(
    cast: Cast, signed_in: SignIn, document: Document
) -> None:
    assert "Trần Văn Thư" in page_text(signed_in(cast.clerk).get(f"/van-ban/{document.pk}/"))
    assert "Trần Văn Thư" not in page_text(signed_in(cast.reporter).get(f"/van-ban/{document.pk}/"))


def test_the_page_takes_a_fixed_number_of_queries(
    cast: Cast,
    signed_in: SignIn,
    document: Document,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(cast.officer)
    with django_assert_max_num_queries(34):
        client.get(f"/van-ban/{document.pk}/")
