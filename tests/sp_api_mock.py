"""Amazon's Messaging and Solicitations APIs as their models of August 2026 have them, small, on a socket.

Which operations there are, what their bodies may hold, and how long; what the model says otherwise only in words is not
checked. Requests are kept.
"""

from __future__ import annotations

import json
import re
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.threaded import answering

# Operation: most characters of its text (None: it has no text), and whether it has attachments.
OPERATIONS: dict[str, tuple[int | None, bool]] = {
    "confirmCustomizationDetails": (800, True),
    "confirmDeliveryDetails": (2000, False),
    "confirmOrderDetails": (2000, False),
    "confirmServiceDetails": (2000, False),
    "unexpectedProblem": (2000, False),
    "digitalAccessKey": (400, True),
    "legalDisclosure": (None, True),
    "warranty": (None, True),
    "invoice": (None, True),
}
_POST = re.compile(r"/(messaging|solicitations)/v1/orders/([^/?]+)/(messages|solicitations)/(\w+)(?:\?(.*))?")
_GET = re.compile(r"/(messaging|solicitations)/v1/orders/([^/?]+)(/attributes)?(\?.*)?")


class _Handler(BaseHTTPRequestHandler):
    server: Mock
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not _GET.fullmatch(self.path):
            return self._answer(404, {"errors": [{"code": "NotFound", "message": "no such resource"}]})
        self.server.got.append(self.path)
        return self._answer(200, {"payload": {"_links": {"actions": []}}})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        problem = self._problem(body)
        if problem:
            return self._answer(400, {"errors": [{"code": "InvalidInput", "message": problem}]})
        match = _POST.fullmatch(self.path)
        assert match
        self.server.posted.append((match[2], match[4], body))
        return self._answer(201, {})

    def _problem(self, body: dict[str, Any]) -> str | None:
        match = _POST.fullmatch(self.path)
        if match is None or (match[1] == "messaging" and "marketplaceIds=" not in (match[5] or "")):
            return "no such operation"
        if match[1] == "solicitations":
            return None if match[4] == "productReviewAndSellerFeedback" else "no such operation"
        if match[4] not in OPERATIONS:
            return "no such operation"
        most, files = OPERATIONS[match[4]]
        text = body.get("text")
        if text is not None and most is not None and not 1 <= len(text) <= most:
            return "text has a wrong length"
        for item in body.get("attachments", ()) if files else ():
            if not {"fileName", "uploadDestinationId"} <= item.keys():
                return "an attachment lacks a field"
        return None

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on standard error."""


class Mock(ThreadingHTTPServer):
    """`posted` holds order, operation and body of each message taken, `got` the paths that were read."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posted: list[tuple[str, str, dict[str, Any]]] = []
        self.got: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


def sp_api_mock() -> AbstractContextManager[Mock]:
    return answering(Mock())
