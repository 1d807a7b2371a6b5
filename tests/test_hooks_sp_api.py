"""The guard of python-amazon-sp-api, with that client itself, over HTTP against a mock of Amazon's models."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("sp_api", reason="the extra sp-api is not installed")

from sp_api.base import Marketplaces
from sp_api.base.exceptions import SellingApiBadRequestException

from msgpolicy.hooks import Gate, HeldError, RefusedError
from msgpolicy.hooks.sp_api import AsyncMessaging, AsyncSolicitations, Messaging, Solicitations, send_anyway
from tests.sp_api_mock import OPERATIONS, Mock, sp_api_mock

ORDER = "305-1234567-1234567"
KEYS = {"refresh_token": "r", "lwa_app_id": "a", "lwa_client_secret": "s"}
METHODS = {
    "confirmCustomizationDetails": "confirm_customization_details",
    "confirmDeliveryDetails": "create_confirm_delivery_details",
    "confirmOrderDetails": "create_confirm_order_details",
    "confirmServiceDetails": "create_confirm_service_details",
    "unexpectedProblem": "create_unexpected_problem",
    "digitalAccessKey": "create_digital_access_key",
    "legalDisclosure": "create_legal_disclosure",
    "warranty": "create_warranty",
    "invoice": "send_invoice",
}
PDF = {"uploadDestinationId": "sc/1.pdf", "fileName": "invoice.pdf"}
PROBLEM = "The lamp broke in our warehouse. Would you like another one, or your money back?"

MODEL = Path(__file__).parents[2] / "shared/data/messaging.json"

lines: list[dict[str, Any]] = []


class Tokens:
    """Stands in for Amazon's login."""

    def __init__(self, **_: Any) -> None:
        pass

    def get_auth(self) -> Any:
        return SimpleNamespace(access_token="t")


class AsyncTokens(Tokens):
    async def get_auth(self) -> Any:
        return SimpleNamespace(access_token="t")

    async def close(self) -> None:
        pass


@cache
def gate(**settings: Any) -> Gate:
    return Gate({"time_budget": 300, **settings}, record=lambda line: lines.append(json.loads(line)))


@pytest.fixture
def mock() -> Iterator[Mock]:
    lines.clear()
    with sp_api_mock() as made:
        yield made


def client(kind: Callable[..., Any], mock: Mock, **options: Any) -> Any:
    tokens = AsyncTokens if kind in (AsyncMessaging, AsyncSolicitations) else Tokens
    options.setdefault("gate", gate())
    made = kind(marketplace=Marketplaces.DE, credentials=KEYS, auth_token_client_class=tokens, **options)
    made.endpoint = mock.url
    return made


def least(operation: str) -> dict[str, Any]:
    """A body that the operation takes."""
    text, files = OPERATIONS[operation]
    body: dict[str, Any] = {}
    if text is not None:
        body["text"] = "Which name shall we print on it?" if operation == "confirmCustomizationDetails" else PROBLEM
    if files and text is None:
        body["attachments"] = [PDF]
    return body


@pytest.mark.parametrize("operation", METHODS)
def test_what_each_operation_takes_is_posted(mock: Mock, operation: str) -> None:
    with client(Messaging, mock) as messaging:
        getattr(messaging, METHODS[operation])(ORDER, body=least(operation))
    ((order, posted, body),) = mock.posted
    assert (order, posted) == (ORDER, operation)
    assert {key: body[key] for key in least(operation)} == least(operation)
    assert (lines[0]["hook"], lines[0]["id"]) == ("sp-api", f"{ORDER}:{operation}")
    assert lines[0]["receipt"]["ruleset"] == "amazon-sp-api"


@pytest.mark.parametrize(("operation", "most"), [(name, most) for name, (most, _) in OPERATIONS.items() if most])
def test_a_text_longer_than_the_operation_takes_is_not_posted(mock: Mock, operation: str, most: int) -> None:
    with client(Messaging, mock) as messaging:
        send = getattr(messaging, METHODS[operation])
        with pytest.raises(RefusedError) as caught:
            send(ORDER, body={"text": "a" * (most + 1)})
        assert "message-length" in caught.value.decision.rules
    assert mock.posted == []


@pytest.mark.parametrize(
    ("operation", "body", "rule"),
    [
        ("unexpectedProblem", {"text": "Write to me at anna@shop.example."}, "email-address"),
        ("unexpectedProblem", {"text": "Call +1 206 555 0100."}, "phone-number"),
        ("unexpectedProblem", {"text": "<b>The lamp</b> broke."}, "html-not-allowed"),
        ("unexpectedProblem", {"text": ""}, "text-missing"),
        ("unexpectedProblem", {}, "text-missing"),
        ("invoice", {"text": "Your invoice.", "attachments": [PDF]}, "text-not-allowed"),
        ("invoice", {"attachments": []}, "attachment-count"),
        ("invoice", {}, "attachment-count"),
        ("warranty", {"attachments": [PDF] * 6}, "attachment-count"),
        ("confirmOrderDetails", {"text": PROBLEM, "attachments": [PDF]}, "attachment-count"),
    ],
)
def test_what_breaks_the_policy_is_not_posted(mock: Mock, operation: str, body: dict[str, Any], rule: str) -> None:
    with client(Messaging, mock) as messaging, pytest.raises(RefusedError) as caught:
        getattr(messaging, METHODS[operation])(ORDER, body=body)
    assert rule in caught.value.decision.rules
    assert mock.posted == []


@pytest.mark.parametrize("method", ["create_negative_feedback_removal", "create_amazon_motors"])
def test_operations_that_ended_are_not_posted(mock: Mock, method: str) -> None:
    with client(Messaging, mock) as messaging, pytest.raises(RefusedError) as caught:
        getattr(messaging, method)(ORDER, body={"text": "Hello"})
    assert "operation-not-available" in caught.value.decision.rules
    assert mock.posted == []


def test_calls_that_read_go_through_unjudged(mock: Mock) -> None:
    with client(Messaging, mock) as messaging:
        messaging.get_messaging_actions_for_order(ORDER)
        messaging.get_attributes(ORDER)
    with client(Solicitations, mock) as solicitations:
        solicitations.get_solicitation_actions_for_order(ORDER)
    assert len(mock.got) == 3
    assert lines == []


def test_a_solicitation_is_judged_by_what_is_known_of_the_order(mock: Mock) -> None:
    def facts(order: str) -> dict[str, Any]:
        assert order == ORDER
        return {"order": {"status": "Shipped"}, "history": {"review_requests": 1}}

    with client(Solicitations, mock, facts=facts) as solicitations, pytest.raises(RefusedError) as caught:
        solicitations.create_product_review_and_seller_feedback_solicitation(ORDER)
    assert "repeat-review-request" in caught.value.decision.rules
    assert mock.posted == []
    with client(Solicitations, mock) as solicitations:
        solicitations.create_product_review_and_seller_feedback_solicitation(ORDER)
    assert [posted[1] for posted in mock.posted] == ["productReviewAndSellerFeedback"]


def test_facts_do_not_change_what_is_judged_and_their_errors_are_the_callers(mock: Mock) -> None:
    with client(Messaging, mock, facts=lambda order: {"text": PROBLEM}) as messaging, pytest.raises(RefusedError):
        messaging.create_unexpected_problem(ORDER, body={"text": "Call +1 206 555 0100."})
    with client(Messaging, mock, facts=lambda order: {}[order]) as messaging, pytest.raises(KeyError):
        messaging.create_unexpected_problem(ORDER, body={"text": PROBLEM})
    assert mock.posted == []


@pytest.mark.parametrize("body", [{"text": 1}, {"text": PROBLEM, "attachments": [1]}, {"attachments": "a"}, ["a"], "a"])
def test_a_body_that_cannot_be_read_is_held(mock: Mock, body: Any) -> None:
    with client(Messaging, mock) as messaging, pytest.raises(HeldError) as caught:
        messaging.create_unexpected_problem(ORDER, body=body)
    assert caught.value.decision.failure == "unreadable"
    assert mock.posted == []


def test_send_anyway_is_for_what_is_inside(mock: Mock) -> None:
    bad = {"text": "Call +1 206 555 0100."}
    with client(Messaging, mock, gate=gate(send_anyway="all")) as messaging:
        with send_anyway("agreed with the support", by="anna"):
            messaging.create_unexpected_problem(ORDER, body=dict(bad))
        with pytest.raises(RefusedError):
            messaging.create_unexpected_problem(ORDER, body=dict(bad))
    assert len(mock.posted) == 1
    assert lines[0]["override"] == {"reason": "agreed with the support", "by": "anna", "allowed": True}


def test_dry_run_posts_what_it_would_refuse_and_the_api_refuses(mock: Mock) -> None:
    with client(Messaging, mock, gate=gate(dry_run=True)) as messaging:
        with pytest.raises(SellingApiBadRequestException):
            messaging.create_digital_access_key(ORDER, body={"text": "a" * 401})
        messaging.create_unexpected_problem(ORDER, body={"text": "Call +1 206 555 0100."})
    assert len(mock.posted) == 1
    assert [line["judged"] for line in lines] == ["refuse", "refuse"]


def test_an_order_id_with_odd_signs_is_judged_as_it_is(mock: Mock) -> None:
    with client(Messaging, mock) as messaging:
        messaging.create_unexpected_problem("a/b?c", body={"text": PROBLEM})
    assert lines[0]["id"] == "a/b?c:unexpectedProblem"
    assert mock.posted[0][0] == "a%2Fb%3Fc"


def test_the_clients_for_asyncio_ask_too(mock: Mock) -> None:
    async def run() -> None:
        async with client(AsyncMessaging, mock) as messaging:
            await messaging.get_attributes(ORDER)
            await messaging.create_unexpected_problem(ORDER, body={"text": PROBLEM})
            with pytest.raises(RefusedError):
                await messaging.create_unexpected_problem(ORDER, body={"text": "Call +1 206 555 0100."})
        async with client(AsyncSolicitations, mock) as solicitations:
            await solicitations.create_product_review_and_seller_feedback_solicitation(ORDER)

    asyncio.run(run())
    assert [posted[1] for posted in mock.posted] == ["unexpectedProblem", "productReviewAndSellerFeedback"]


@pytest.mark.skipif(not MODEL.exists(), reason="Amazon's model is not here")
def test_the_mock_is_as_amazons_model() -> None:
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    found = {}
    for path, methods in model["paths"].items():
        if "post" in methods:
            name = next(p["schema"]["$ref"] for p in methods["post"]["parameters"] if p["in"] == "body").split("/")[-1]
            fields = model["definitions"][name]["properties"]
            found[path.rpartition("/")[2]] = (fields.get("text", {}).get("maxLength"), "attachments" in fields)
    assert found == OPERATIONS
