"""The message record: what a caller knows about one message, validated and frozen all the way down.

A missing fact is unknown and stays so; nothing here guesses. Names and meanings follow the contract
(docs/contract.md); times carry an offset from UTC, sizes are bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import Meta

from msgpolicy.typed import Problem, RecordError, as_plain, build, freeze, nearest

__all__ = ["Account", "Attachment", "Buyer", "History", "Message", "MessageError", "Order"]

Direction = Literal["seller_to_buyer", "buyer_to_seller"]
Kind = Literal["proactive", "reply"]
Channel = Literal["email", "web", "sp_api"]

# ISO 3166-1 alpha-2, the 249 codes in use.
CountryCode = Literal[
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD",
    "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA",
    "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE",
    "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA",
    "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK",
    "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP",
    "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT",
    "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS",
    "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ",
    "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS",
    "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST",
    "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW",
    "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA",
    "ZM", "ZW",
]  # fmt: skip
Country = Annotated[CountryCode, Meta(description="ISO 3166-1 alpha-2 country code in capitals, such as `DE` or `GB`.")]

# BCP 47: a primary subtag, then script, region and variants.
Language = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{2,8})*$",
        description="BCP 47 language tag, such as `de` or `de-DE`.",
    ),
]
Instant = Annotated[datetime, Meta(tz=True, description="RFC 3339 time with an offset from UTC.")]
Count = Annotated[int, Meta(ge=0)]

# Amazon's own words for an order's status (Orders API model); a near miss is a mistake, another word is kept.
ORDER_STATUSES = (
    "Pending",
    "Unshipped",
    "PartiallyShipped",
    "Shipped",
    "Canceled",
    "Unfulfillable",
    "InvoiceUnconfirmed",
    "PendingAvailability",
)


class MessageError(RecordError):
    """A message record that cannot be used; `problems` lists every bad field and why."""


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Validates in the constructor too, with every problem named; msgspec alone would accept any type there."""

    def __post_init__(self) -> None:
        fields = {name: getattr(self, name) for name in self.__struct_fields__}
        shape = _shape_of(type(self))
        value, problems = build(shape, fields)
        if value is None:
            raise MessageError(problems)
        for name in self.__struct_fields__:
            item = getattr(value, name)
            if item is not fields[name]:
                msgspec.structs.force_setattr(self, name, freeze(item))
        problems = list(self._problems())
        if problems:
            raise MessageError(problems)

    def _problems(self) -> Iterator[Problem]:
        return iter(())


_SHAPES: dict[type, type] = {}


def _shape_of(cls: type[_Record]) -> type:
    """The same fields without __post_init__, so that msgspec can check the values that a constructor was given."""
    shape = _SHAPES.get(cls)
    if shape is None:
        hints = get_type_hints(cls, include_extras=True)
        fields = [(field.name, hints[field.name], field.default) for field in msgspec.structs.fields(cls)]
        shape = _SHAPES[cls] = msgspec.defstruct(
            cls.__name__, fields, frozen=True, kw_only=True, forbid_unknown_fields=True
        )
    return shape


class Attachment(_Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file that travels with the message. `size` is in bytes; without `content` it is believed."""

    filename: str | None = None
    content_type: str | None = None
    content: bytes | None = None
    size: Count | None = None
    purpose: str | None = None

    @property
    def byte_count(self) -> int | None:
        """Size in bytes: of the content where it is here, else as declared; None when neither is known."""
        return len(self.content) if self.content is not None else self.size


class Order(_Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The order that the message is about. `channel` says who fulfils: MFN the seller, AFN Amazon."""

    id: str | None = None
    status: str | None = None
    channel: Literal["MFN", "AFN"] | None = None
    category: str | None = None
    purchased_at: Instant | None = None
    shipped_at: Instant | None = None
    delivered_at: Instant | None = None
    completed_at: Instant | None = None
    earliest_delivery: Instant | None = None
    latest_delivery: Instant | None = None
    custom: bool | None = None
    bulky: bool | None = None
    digital: bool | None = None
    home_service: bool | None = None

    def _problems(self) -> Iterator[Problem]:
        if self.status is not None and self.status not in ORDER_STATUSES:
            hint = nearest(self.status, ORDER_STATUSES)
            if hint.startswith("did you mean"):
                yield Problem(("status",), f"{self.status!r} is not Amazon's word for an order status", hint)


class Buyer(_Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The buyer: language of preference, country, and whether unsolicited messages are declined."""

    id: str | None = None
    name: str | None = None
    language: Language | None = None
    country: Country | None = None
    opted_out: bool | None = None


class Account(_Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The seller's account: where it is registered, who may write, and how much it sells (orders a day)."""

    id: str | None = None
    country: Country | None = None
    approved_senders: tuple[str, ...] | None = None
    daily_order_average: Annotated[float, Meta(ge=0, le=1_000_000_000)] | None = None  # infinity is no count
    restricted: bool | None = None


class History(_Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was sent before this message: review requests for this order, messages today, the buyer's last message."""

    review_requests: Count | None = None
    sent_today: Count | None = None
    last_buyer_message_at: Instant | None = None


class Message(_Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One message between a seller and a buyer.

    Needs some `text`, `html`, `subject` or an attachment; with channel `sp_api` it may have none. None means unknown;
    an empty tuple of attachments means that there are none.

    Raises:
        MessageError: a field has a wrong type or value; all of them are listed.
    """

    schema: Literal[1] = 1
    id: str | None = None
    thread_id: str | None = None
    in_reply_to: str | None = None
    direction: Direction = "seller_to_buyer"
    kind: Kind | None = None
    channel: Channel = "email"
    reason: str | None = None
    marketplace: str | None = None
    sent_at: Instant | None = None
    sender: str | None = None
    recipient: str | None = None
    subject: str | None = None
    text: str | None = None
    html: str | None = None
    language: Language | None = None
    attachments: tuple[Attachment, ...] | None = None
    order: Order | None = None
    buyer: Buyer | None = None
    account: Account | None = None
    history: History | None = None
    available_reasons: tuple[str, ...] | None = None
    extra: dict[str, Any] | None = None

    def _problems(self) -> Iterator[Problem]:
        for name in ("subject", "text", "html"):
            value = getattr(self, name)
            if value is not None and not value.isascii() and _has_surrogate(value):
                yield Problem((name,), "holds half of a surrogate pair", "send well-formed Unicode text")
        if self.channel != "sp_api" and not (self.text or self.html or self.subject or self.attachments):
            yield Problem((), "the message is empty", "give it some text, html, subject or an attachment")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Message:
        """A message from plain data, as the contract writes it (times as RFC 3339 strings, content as base64).

        Raises:
            MessageError: the record cannot be used; every bad field is listed.
        """
        if not isinstance(data, Mapping):
            raise MessageError([Problem((), f"expected an object, got {type(data).__name__}")])
        # An absent fact may be written as null everywhere, also where there is a default.
        message, problems = build(cls, {key: item for key, item in data.items() if item is not None})
        if message is None:
            raise MessageError(problems)
        return message

    @classmethod
    def from_json(cls, data: bytes | str) -> Message:
        """A message from one JSON object.

        Raises:
            MessageError: not JSON, or the record cannot be used; every bad field is listed.
        """
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return cls.from_dict(_plain_json(data))

    @classmethod
    def from_email(cls, data: bytes, *, context: Mapping[str, Any] | None = None) -> Message:
        """A message from raw e-mail (RFC 5322 with MIME); `context` adds facts that mail cannot carry, and wins.

        Raises:
            MessageError: nothing of the mail can be read, or the context is not a valid record.
        """
        from msgpolicy.facts.mail.reading import read_email

        return read_email(data, context=context)

    def to_dict(self) -> dict[str, Any]:
        """Plain data without the unknown fields; `Message.from_dict` gives the same message back."""
        plain: dict[str, Any] = msgspec.to_builtins(as_plain(self))
        return plain

    def to_json(self) -> bytes:
        """One JSON object in UTF-8; `Message.from_json` gives the same message back."""
        return msgspec.json.encode(as_plain(self))


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _plain_json(data: bytes | str) -> Any:
    """The JSON value, read by the standard library, whose errors name line and column."""
    import json

    try:
        return json.loads(data)
    except UnicodeDecodeError as error:
        raise MessageError([Problem((), f"byte {error.start} is not UTF-8", "save the file as UTF-8")]) from None
    except RecursionError:
        raise MessageError([Problem((), "is nested too deeply")]) from None
    except ValueError as error:
        raise MessageError([Problem((), f"not JSON: {error}", "one JSON object per message")]) from None
