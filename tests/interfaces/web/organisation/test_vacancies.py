"""Vacant posts and the cross-check of offices."""

from io import BytesIO

from openpyxl import load_workbook

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import MembershipKind, Person
from tests.conftest import DAY, NOW, START, Cast
from tests.interfaces.web.organisation.test_editing import appointment, text_of

LIST = "/to-chuc/khuyet/"


def leave(cast: Cast) -> None:
    held = cast.district_head_post.memberships.get()
    operations.change_membership(
        membership=held, start=START, end=DAY, seen={}, viewer=cast.viewer(cast.admin), at=NOW
    )


def test_a_vacant_post_says_since_when_and_who_acts(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    leave(cast)
    acting = Person.objects.create(full_name="Châu Phụ Trách")
    operations.appoint(person=acting, post=cast.district_head_post, start=DAY, kind=MembershipKind.ACT)
    client = signed_in(cast.outsider)
    client.get("/")
    with django_assert_max_num_queries(22):
        page = text_of(client.get(LIST))
    assert "Chủ tịch UBND quận" in page
    assert "30/06/2018" in page
    assert "Châu Phụ Trách" in page
    assert "Giám đốc Sở Y tế" in page
    assert "chưa ghi ai từng giữ" in page
    assert "Ghi người giữ" not in page


def test_the_day_before_the_post_was_held(cast: Cast, signed_in) -> None:
    leave(cast)
    page = text_of(signed_in(cast.outsider).get(f"{LIST}?day=2018-06-29"))
    assert "Chủ tịch UBND quận" not in page


def test_the_list_is_filtered_by_unit_rank_and_words(cast: Cast, signed_in) -> None:
    leave(cast)
    client = signed_in(cast.admin)
    below = text_of(client.get(f"{LIST}?unit={cast.district.pk}"))
    assert "Chủ tịch UBND quận" in below
    assert "Giám đốc Sở Y tế" not in below
    assert "Giám đốc Sở Y tế" in text_of(client.get(f"{LIST}?q=so y te"))
    assert "Giám đốc Sở Y tế" in text_of(client.get(f"{LIST}?unit=so+y+te&sort=-since"))
    assert "Không có chức danh khuyết nào như vậy" in text_of(client.get(f"{LIST}?rank=deputy"))
    wrong = client.get(f"{LIST}?unit=khong+co")
    assert wrong.status_code == 422
    assert "Không có đơn vị nào tên" in text_of(wrong)


def test_the_officer_is_led_to_the_appointment(cast: Cast, signed_in) -> None:
    page = text_of(signed_in(cast.admin).get(LIST))
    assert f"/chuc-danh/{cast.department_head_post.pk}/giu-chuc/" in page


def test_the_list_goes_to_excel_with_the_same_filters(cast: Cast, signed_in) -> None:
    leave(cast)
    response = signed_in(cast.outsider).get(f"/to-chuc/khuyet.xlsx?unit={cast.district.pk}")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    found = [row for row in rows if "Chủ tịch UBND quận" in row]
    assert len(found) == 1
    assert not any("Giám đốc Sở Y tế" in row for row in rows)


def test_without_a_role_nothing_is_shown(cast: Cast, signed_in) -> None:
    for address in (LIST, "/to-chuc/khuyet.xlsx", "/to-chuc/kiem-tra/"):
        assert signed_in(cast.nobody).get(address).url == "/ho-so/"


def second_department(cast: Cast):
    works = operations.establish_unit(
        name="Sở Xây dựng", kind="department", level="province", start=START,
        parents={"government": cast.committee},
    )  # fmt: skip
    return operations.create_post(unit=works, title="Giám đốc Sở Xây dựng", rank="head", start=START)


def test_who_heads_two_bodies_is_warned_about_but_not_stopped(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    post = second_department(cast)
    operations.appoint(person=cast.leader.person, post=cast.department_head_post, start=START)
    client = signed_in(cast.admin)
    chosen = appointment("Lê Lãnh Đạo", person=str(cast.leader.person.pk))
    page = client.post(f"/chuc-danh/{post.pk}/giu-chuc/", chosen, follow=True)
    assert "Cần xem lại" in text_of(page)
    assert post.memberships.count() == 1
    assert "Giám đốc Sở Xây dựng" in text_of(client.get(f"/can-bo/{cast.leader.person.pk}/"))
    with django_assert_max_num_queries(22):
        checks = text_of(client.get("/to-chuc/kiem-tra/"))
    assert "Lê Lãnh Đạo" in checks
    assert "không phải quy định của pháp luật" in checks
    assert "Lê Lãnh Đạo" not in text_of(client.get("/to-chuc/kiem-tra/?day=2018-06-29"))


def test_too_many_deputies_are_named_with_the_rule(cast: Cast, signed_in) -> None:
    for number in range(4):
        post = operations.create_post(
            unit=cast.department, title=f"Phó Giám đốc {number}", rank="deputy", start=START
        )
        person = Person.objects.create(full_name=f"Phó Thứ {number}")
        operations.appoint(person=person, post=post, start=START)
    page = text_of(signed_in(cast.outsider).get("/to-chuc/kiem-tra/"))
    assert "Nghị định 24/2014/NĐ-CP" in page
    assert f"/to-chuc/{cast.department.pk}/" in page.split("Nhiều cấp phó")[1].split("Các quy tắc")[0]
