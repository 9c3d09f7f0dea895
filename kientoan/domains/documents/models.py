"""Official documents: who issued them, their files and text, their structure, and what was found in them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.language.lookups import Fold
from kientoan.domains.temporal.models import Versioned, tracked


class Side(models.TextChoices):
    STATE = "state", _("Chính quyền")
    PARTY = "party", _("Đảng")
    FRONT = "front", _("Mặt trận, đoàn thể")


class Urgency(models.TextChoices):
    """edXML Priority, QCVN 102:2016/BTTTT."""

    NORMAL = "0", _("Thường")
    URGENT = "1", _("Khẩn")
    VERY_URGENT = "2", _("Thượng khẩn")
    EXPRESS = "3", _("Hỏa tốc")


class PolicyField(models.Model):
    """A field of work (lĩnh vực): finance, health, party building …"""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("tên lĩnh vực"), max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class DocumentType(models.Model):
    """A type of official document (loại văn bản), e.g. NQ Nghị quyết; source: NĐ 30/2020, HD 36-HD/VPTW."""

    abbreviation = models.CharField(max_length=12)  # '' for công văn of the state side
    name = models.CharField(max_length=100, unique=True)
    name_en = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name


class Issuer(models.Model):
    """A body that issues documents (cơ quan ban hành)."""

    name = models.CharField(_("cơ quan ban hành"), max_length=255, unique=True)
    symbol = models.CharField(_("ký hiệu"), max_length=30, blank=True)  # 'TU', 'UBND', 'TTg'
    side = models.CharField(max_length=10, choices=Side, default=Side.STATE)

    def __str__(self) -> str:
        return self.name


class StoredFile(models.Model):
    """The bytes of a file, kept once: the hash is its identity."""

    sha256 = models.CharField(max_length=64, unique=True)
    file = models.FileField(upload_to="")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    REGISTERED = "registered", _("Đã vào sổ")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


@tracked
class Document(Versioned):
    """An official document. Key: type + number + issuer + date, because numbers restart each year
    (state side) or each term (Party side). `number` is the whole sign, e.g. '04-NQ/TW'.

    A draft may lack type and issuer (they were not found, nobody has filled them in yet); what stands in the
    register has both.
    """

    type = models.ForeignKey(
        DocumentType, models.PROTECT, null=True, related_name="+", verbose_name=_("loại văn bản")
    )
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, null=True, related_name="+", verbose_name=_("cơ quan ban hành")
    )
    issued_date = models.DateField(_("ngày ban hành"), null=True)
    effective_date = models.DateField(_("ngày hiệu lực"), null=True, blank=True)
    expiry_date = models.DateField(_("ngày hết hiệu lực"), null=True, blank=True)
    signer = models.CharField(_("người ký"), max_length=200, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=300, blank=True)
    subject = models.TextField(_("trích yếu"))
    field = models.ForeignKey(
        PolicyField, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lĩnh vực")
    )
    urgency = models.CharField(_("độ khẩn"), max_length=2, choices=Urgency, default=Urgency.NORMAL)
    state = models.CharField(max_length=12, choices=DocumentState, default=DocumentState.DRAFT)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)  # NFC; every span points into it
    source_map = models.JSONField(default=list, blank=True)  # pages: [number, start, end]
    warnings = models.JSONField(default=list, blank=True)
    read_at = models.DateTimeField(null=True)
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "number", "issuer", "issued_date"],
                condition=~models.Q(number="") & models.Q(type__isnull=False, issuer__isnull=False),
                nulls_distinct=False,
                name="document_key",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(type__isnull=False, issuer__isnull=False),
                name="document_registered_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["-issued_date", "-id"]),
            GinIndex(OpClass(Fold("subject"), "gin_trgm_ops"), name="document_subject_fold"),
            GinIndex(OpClass(Fold("number"), "gin_trgm_ops"), name="document_number_fold"),
        ]

    def __str__(self) -> str:
        return f"{self.type or _('Văn bản chưa rõ loại')} {self.number}".strip()


class RecognitionState(models.TextChoices):
    WAITING = "waiting", _("Chờ nhận dạng chữ")
    RUNNING = "running", _("Đang nhận dạng chữ")
    DONE = "done", _("Đã nhận dạng chữ")
    FAILED = "failed", _("Không nhận dạng được")


class Recognition(models.Model):
    """The recognition of letters (OCR) of a scanned document: a job one need not wait for."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="recognition")
    state = models.CharField(max_length=10, choices=RecognitionState, default=RecognitionState.WAITING)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=30, blank=True)  # of the reader's `UnreadableFile`
    message = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document_id} {self.state}"


class Provision(models.Model):
    """A part of a document (phần, chương, điều, khoản, điểm …) at its place in the text."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="provisions")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    eid = models.CharField(max_length=200)  # Akoma Ntoso eId: art_5__para_2__point_a
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=30, blank=True)
    heading = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "eid"], name="provision_eid"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="provision_span"),
        ]

    def __str__(self) -> str:
        return self.eid


class PassageKind(models.TextChoices):
    TASK = "task", _("Nhiệm vụ")
    TARGET = "target", _("Chỉ tiêu")
    DEADLINE = "deadline", _("Thời hạn")
    CITATION = "citation", _("Viện dẫn")


class PassageState(models.TextChoices):
    PROPOSED = "proposed", _("Chờ xác nhận")
    ACCEPTED = "accepted", _("Đã nhận")
    DROPPED = "dropped", _("Đã bỏ")


@tracked
class Passage(Versioned):
    """Something found in a document, by the reader or by a person, with its exact span and words.

    `reading` is what the reader said and never changes; `data` is what stands after a person's corrections
    (same keys as the reader's JSON). Tasks and targets point here as their origin.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="passages")
    provision = models.ForeignKey(Provision, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=PassageKind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    reading = models.JSONField(null=True)  # None: added by a person
    data = models.JSONField(default=dict)
    rule = models.CharField(max_length=60, blank=True)
    confidence = models.FloatField(null=True)
    state = models.CharField(max_length=10, choices=PassageState, default=PassageState.PROPOSED)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["start", "end", "id"]
        indexes = [models.Index(fields=["document", "kind", "state"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="passage_span"),
        ]

    def __str__(self) -> str:
        return self.quote[:60]


class Decision(models.Model):
    """One decision of a person on passages, kept so that it can be undone.

    `before` holds the passages as they were (state, span, data); `created` the ids of those it made.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="decisions")
    verb = models.CharField(max_length=12)  # accept, drop, edit, add, join, split
    before = models.JSONField(default=list)
    created = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["document", "by", "-id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.document_id}"


class Relation(models.TextChoices):
    BASIS = "basis", _("Căn cứ")
    IMPLEMENTS = "implements", _("Thực hiện")
    AMENDS = "amends", _("Sửa đổi, bổ sung")
    REPLACES = "replaces", _("Thay thế")
    REPEALS = "repeals", _("Bãi bỏ")
    GUIDES = "guides", _("Hướng dẫn")
    ATTACHED = "attached", _("Kèm theo")
    REFERS = "refers", _("Dẫn chiếu")


class ResolvedBy(models.TextChoices):
    """Why a citation means the document it points to."""

    KEY = "key", _("số và ngày trùng")
    YEAR = "year", _("số mang năm, chỉ một văn bản có số này")
    PLACE = "place", _("cùng số, ngày; chọn theo địa phương của cơ quan ban hành")
    TERM = "term", _("cùng số, cùng cấp ủy, cùng nhiệm kỳ")
    MENTION = "mention", _("văn bản này đã nêu đủ số, ngày ở chỗ khác")
    PERSON = "person", _("do người chọn")


class Citation(models.Model):
    """One document cites another; `cited` is None while the cited one is not in the register.

    What a person chose (`chosen_at`) stays as it is, also "none of them"; the program no longer touches it.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="citations")
    passage = models.OneToOneField(Passage, models.CASCADE, null=True, related_name="citation")
    cited = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="cited_by")
    relation = models.CharField(max_length=12, choices=Relation, default=Relation.REFERS)
    type_name = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=60, blank=True)
    issued_date = models.DateField(null=True)
    resolved_by = models.CharField(max_length=10, choices=ResolvedBy, blank=True)
    chosen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(Upper("number"), name="citation_number"),
            models.Index(fields=["cited", "relation"], name="citation_cited"),
        ]

    def __str__(self) -> str:
        return f"{self.type_name} {self.number}".strip()


class EffectKind(models.TextChoices):
    AMENDS = "amends", _("Sửa đổi, bổ sung")
    REPLACES = "replaces", _("Thay thế")
    REPEALS = "repeals", _("Bãi bỏ")


class EffectState(models.TextChoices):
    CONFIRMED = "confirmed", _("Đã xác nhận")
    REFUSED = "refused", _("Không phải")


@tracked
class Effect(Versioned):
    """What one document does to the validity of another, as a person confirmed or refused it.

    `parts` empty: the whole document; else the provisions it says ("khoản 2 Điều 5"). `from_date` None: not
    known. `citation` is the place in the text from which it was proposed; None: entered by hand.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="effects")
    affected = models.ForeignKey(Document, models.CASCADE, related_name="affected_by")
    kind = models.CharField(_("tác động"), max_length=10, choices=EffectKind)
    parts = models.CharField(_("phần bị tác động"), max_length=300, blank=True)
    from_date = models.DateField(_("từ ngày"), null=True, blank=True)
    citation = models.ForeignKey(Citation, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=EffectState, default=EffectState.CONFIRMED)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "affected", "kind", "parts"], name="effect_once"),
            models.CheckConstraint(
                condition=~models.Q(document=models.F("affected")), name="effect_on_another_document"
            ),
        ]
        indexes = [models.Index(fields=["affected", "state", "from_date"])]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.affected_id}"
