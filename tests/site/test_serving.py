"""Starting the web processes."""

import argparse
import sys
from types import ModuleType

import pytest
from django.db import connections

from kientoan.site import serve


class _Connection:
    def __init__(self, seen: list[str]) -> None:
        self.close = lambda: seen.append("close")
        self.close_pool = lambda: seen.append("close_pool")


def test_no_open_pool_is_handed_to_the_web_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork has the sockets of a pool but not its threads: it would never get another connection."""
    seen: list[str] = []

    class Granian:
        def __init__(self, *_target: str, **_options: object) -> None:
            pass

        def serve(self) -> None:
            seen.append("serve")

    granian, constants = ModuleType("granian"), ModuleType("granian.constants")
    granian.__dict__["Granian"] = Granian
    constants.__dict__["Interfaces"] = argparse.Namespace(WSGI="wsgi")
    monkeypatch.setitem(sys.modules, "granian", granian)
    monkeypatch.setitem(sys.modules, "granian.constants", constants)
    monkeypatch.setattr(connections, "all", lambda initialized_only=False: [_Connection(seen)])
    serve._serve(argparse.Namespace(host="127.0.0.1", port=8000, workers=2))
    assert seen == ["close", "close_pool", "serve"]
