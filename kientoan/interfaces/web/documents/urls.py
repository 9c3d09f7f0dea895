"""Addresses of the register and of the reading page."""

from django.urls import path

from . import annotations, deciding, editing, effects, matrix, neighbours, reading, register, states, validity

urlpatterns = [
    path("", register.document_list, name="document_list"),
    path("nhap/", register.document_upload, name="document_upload"),
    path("moi/", register.document_create, name="document_create"),
    path("hieu-luc/", validity.document_in_force, name="document_in_force"),
    path("tac-dong/<int:pk>/sua/", effects.effect_edit, name="effect_edit"),
    path("tac-dong/<int:pk>/bo/", effects.effect_remove, name="effect_remove"),
    path("<int:pk>/tac-dong/", effects.effect_add, name="effect_add"),
    path("<int:pk>/tac-dong/de-xuat/", effects.effect_decide, name="effect_decide"),
    path("<int:pk>/ngay-hieu-luc/", effects.first_day_keep, name="first_day_keep"),
    path("<int:pk>/quan-he/", neighbours.relation_graph, name="relation_graph"),
    path("<int:pk>/duoc-vien-dan/", neighbours.document_cited_by, name="document_cited_by"),
    path("<int:pk>/", register.document_detail, name="document_detail"),
    path("<int:pk>/sua/", register.document_edit, name="document_edit"),
    path("<int:pk>/tep/", register.document_file, name="document_file"),
    path("<int:pk>/chu-giai/", annotations.document_annotations, name="document_annotations"),
    path("<int:pk>/vao-so/", states.document_enter, name="document_enter"),
    path("<int:pk>/thu-hoi/", states.document_withdraw, name="document_withdraw"),
    path("<int:pk>/xoa/", states.document_delete, name="document_delete"),
    path("<int:pk>/gan-tep/", states.document_attach, name="document_attach"),
    path("<int:pk>/nhan-dang/", states.document_recognise, name="document_recognise"),
    path("<int:pk>/nhan-dang/tien-do/", states.document_progress, name="document_progress"),
    path("<int:pk>/vien-dan/<int:citation>/", states.citation_choose, name="citation_choose"),
    path("<int:pk>/doc/", reading.document_read, name="document_read"),
    path("<int:pk>/doc/danh-sach/", reading.passage_list, name="passage_list"),
    path("<int:pk>/doc/them/", editing.passage_add, name="passage_add"),
    path("<int:pk>/doc/nhan-chac/", deciding.passage_accept_sure, name="passage_accept_sure"),
    path("<int:pk>/doc/bang/", matrix.passage_matrix, name="passage_matrix"),
    path("<int:pk>/doc/giao/", deciding.document_hand_down, name="document_hand_down"),
    path("<int:pk>/doc/hoan-tac/", deciding.passage_undo, name="passage_undo"),
    path("doan/<int:pk>/", reading.passage_item, name="passage_item"),
    path("doan/<int:pk>/nhan/", deciding.passage_accept, name="passage_accept"),
    path("doan/<int:pk>/bo/", deciding.passage_drop, name="passage_drop"),
    path("doan/<int:pk>/tra-lai/", deciding.passage_reopen, name="passage_reopen"),
    path("doan/<int:pk>/gop/", editing.passage_join, name="passage_join"),
    path("doan/<int:pk>/tach/", editing.passage_split, name="passage_split"),
    path("doan/<int:pk>/sua/", editing.passage_edit, name="passage_edit"),
]
