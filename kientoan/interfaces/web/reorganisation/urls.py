"""Addresses of the decisions that change the organisation."""

from django.urls import path

from . import applying, detail, duties, events, heads, listing, organs, previewing, wishes

urlpatterns = [
    path("", listing.decision_list, name="decision_list"),
    path("them/", heads.decision_add, name="decision_add"),
    path("khoi-phuc/", heads.decision_restore, name="decision_restore"),
    path("cho/", duties.succession_list, name="succession_list"),
    path("cho/hoan-tac/", duties.succession_undo, name="succession_undo"),
    path("<int:pk>/", detail.decision_detail, name="decision_detail"),
    path("<int:pk>/sua/", heads.decision_edit, name="decision_edit"),
    path("<int:pk>/xoa/", heads.decision_delete, name="decision_delete"),
    path("<int:pk>/xem-truoc/", previewing.decision_preview, name="decision_preview"),
    path("<int:pk>/ke-tuc/", wishes.decision_choose, name="decision_choose"),
    path("<int:pk>/co-quan/", organs.decision_organs, name="decision_organs"),
    path("<int:pk>/thuc-hien/", applying.decision_apply, name="decision_apply"),
    path("<int:pk>/ket-qua/", applying.decision_result, name="decision_result"),
    path("<int:pk>/lap-lai/", heads.decision_again, name="decision_again"),
    path("<int:pk>/huy/", applying.decision_undo, name="decision_undo"),
    path("<int:pk>/viec/", events.event_kind, name="event_kind"),
    path("<int:pk>/viec/hoan-tac/", events.event_restore, name="event_restore"),
    path("<int:pk>/viec/<int:event>/sua/", events.event_edit, name="event_edit"),
    path("<int:pk>/viec/<int:event>/bo/", events.event_remove, name="event_remove"),
    path("<int:pk>/viec/them/<slug:kind>/", events.event_add, name="event_add"),
]
