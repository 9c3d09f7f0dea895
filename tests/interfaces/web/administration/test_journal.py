"""The journal page: in words, filtered, within scope, with the check of the seals."""

from datetime import date

from django.db import connection

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.audit.operations import record
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Role
from kientoan.domains.reorganisation.operations import pass_on_what_came_later
from kientoan.interfaces.web.administration.acts import VERBS, spoken
from tests.conftest import DAY, NOW, PASSWORD, START, Cast
from tests.domains.plans.making import given
from tests.domains.reorganisation import making


def text_of(page) -> str:
    text = str(page.content.decode())
    return text[text.index("</form>", text.index('class="filters"')) :]


def test_acts_are_told_in_words_with_names(cast: Cast, signed_in, django_assert_max_num_queries) -> None:
    client = signed_in(cast.admin)
    client.get("/")
    with django_assert_max_num_queries(19):
        page = text_of(client.get("/quan-tri/nhat-ky/"))
    assert "Giao vai trò" in page
    assert "đơn vị: Quận Ninh Kiều" in page
    assert "vai trò: Thủ trưởng đơn vị" in page


def test_a_change_is_told_with_both_values(cast: Cast) -> None:
    operations.update_account(
        account=cast.reporter, details=operations.AccountDetails("reporter", "Võ Thị Báo Cáo"), seen={},
        viewer=cast.viewer(cast.admin), at=NOW,
    )  # fmt: skip
    act = spoken(Entry.objects.order_by("-id")[:1], DAY)[0]
    assert act.facts == ("họ và tên: Võ Báo Cáo → Võ Thị Báo Cáo",)
    assert act.url == f"/quan-tri/tai-khoan/{cast.reporter.pk}/"


def test_an_unknown_act_keeps_its_own_name(cast: Cast) -> None:
    entries = [record(actor=None, verb="task.jump", at=NOW), record(actor=None, verb="strange", at=NOW)]
    assert [act.words for act in spoken(entries, DAY)] == ["Nhiệm vụ: jump", "strange"]


def test_what_other_parts_write_in_their_own_way_is_no_trouble(cast: Cast) -> None:
    odd = {
        "start": 120,
        "unit": "Sở Y tế",
        "changed": ["a", "b"],
        "parent": [1],
        "text": {"a": 1},
        "count": 0,
    }
    act = spoken([record(actor=None, verb="task.urged", at=NOW, detail=odd)], DAY)[0]
    assert act.words == "Nhiệm vụ: Đôn đốc"
    assert act.facts == ("đơn vị: Sở Y tế", "đơn vị cấp trên: 1", "từ ngày: 120", "số lượng: 0")


def test_every_act_of_the_organisation_has_words() -> None:
    for verb in ("account.create", "role.grant", "unit.establish", "membership.appoint", "person.create"):
        assert verb in VERBS


def test_entries_are_filtered_by_person_act_and_day(cast: Cast, signed_in) -> None:
    record(actor=cast.officer, verb="account.sign_in", at=NOW, subject=cast.officer)
    record(actor=cast.reporter, verb="account.sign_out", at=NOW, subject=cast.reporter)
    client = signed_in(cast.admin)
    page = text_of(client.get("/quan-tri/nhat-ky/?who=theo+doi"))
    assert "Đăng nhập" in page
    assert "Đăng xuất" not in page
    assert "Giao vai trò" not in text_of(client.get("/quan-tri/nhat-ky/?verb=account"))
    assert "Chưa có gì trong nhật ký" in text_of(client.get("/quan-tri/nhat-ky/?last_day=01/01/2001"))
    assert "Đăng xuất" in text_of(client.get(f"/quan-tri/nhat-ky/?actor={cast.reporter.pk}"))


def test_a_district_administrator_reads_only_the_acts_of_the_district(cast: Cast, signed_in) -> None:
    local = User.objects.create_user("quantri.nk", PASSWORD, full_name="Mai Quản Trị Quận")
    operations.grant_role(
        user=local, role=Role.ADMIN, unit=cast.district, start=START, end=None, by=None, at=NOW
    )
    record(actor=cast.reporter, verb="account.sign_in", at=NOW, subject=cast.reporter)
    record(actor=cast.outsider, verb="account.sign_in", at=NOW, subject=cast.outsider)
    page = text_of(signed_in(local).get("/quan-tri/nhat-ky/?check=1"))
    assert "Võ Báo Cáo" in page
    assert "Bùi Quận Khác" not in page
    assert "niêm phong còn nguyên" not in page


def test_the_check_says_whole_or_from_where_broken(cast: Cast, signed_in) -> None:
    client = signed_in(cast.admin)
    page = client.get("/quan-tri/nhat-ky/?check=1").content.decode()
    assert "Mọi niêm phong còn nguyên" in page
    entry = record(actor=cast.officer, verb="task.close", at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_entry SET verb = 'x' WHERE id = %s", [entry.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    page = client.get("/quan-tri/nhat-ky/?check=1").content.decode()
    assert f"Nhật ký đã bị sửa từ mục số {entry.pk}" in page


def test_what_passed_on_by_itself_is_told_in_words(cast: Cast, signed_in) -> None:
    wards = making.make_wards(cast)
    making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district, date(2018, 12, 1)))
    given(cast, wards.one)
    pass_on_what_came_later(day=date(2018, 12, 1), at=NOW)
    page = text_of(signed_in(cast.admin).get("/quan-tri/nhat-ky/"))
    assert "Chuyển nghĩa vụ đơn vị nhận thêm trước ngày kết thúc" in page
    assert "decision." not in page
