"""The archive of a small shop with few customers, in which every rule across messages finds something; all invented."""

from __future__ import annotations

import csv
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

from msgpolicy import Linter, Message
from tests.audit_archives import PHONE, POLITE, lines, mail, mailbox

KEY = b"0123456789abcdef0123456789abcdef"
SETTINGS = {"daily_cap_messages": 1, "mass_buyers": 3}
TIMEZONE = "Europe/Berlin"
TODAY = date(2026, 11, 22)
ACROSS = {
    "repeat-review-request", "late-reply", "unanswered-message", "daily-cap-exceeded", "mass-message",
    "contact-after-stop",
}  # fmt: skip
ASKS = "Please leave us a review of your kettle."
STOP = "Please stop sending me messages."
QUESTIONS = ["Where is my parcel?", STOP, "Wo ist mein Paket?", "¿Dónde está mi paquete?"]
# Before and after the policy changed: November 2020, March 2021, April 2025.
MONTHS = ("2020-09", "2021-01", "2025-04", "2026-09", "2026-10")
LANGUAGES = {
    "de": "Guten Tag, bitte hinterlassen Sie eine Bewertung für Ihren Wasserkocher. Vielen Dank und viele Grüße.",
    "fr": "Bonjour, veuillez nous appeler au +33 1 99 00 12 34 à propos de votre bouilloire. Merci beaucoup.",
    "es": "Hola, por favor escriba una reseña de cinco estrellas sobre su hervidor. Muchas gracias por su compra.",
    "it": "Buongiorno, la preghiamo di scrivere a negozio@shop.example per il suo bollitore. Grazie mille.",
    "nl": "Hallo, laat alstublieft een beoordeling achter over uw waterkoker. Hartelijk dank voor uw bestelling.",
    "pl": "Dzień dobry, prosimy o wystawienie opinii o czajniku. Dziękujemy za zakupy w naszym sklepie.",
    "sv": "Hej, besök gärna https://shop.example/rabatt för mer information om din vattenkokare. Tack så mycket.",
    "tr": "Merhaba, su ısıtıcınız hakkında lütfen bir değerlendirme yazın. Siparişiniz için teşekkür ederiz.",
    "ja": "お世話になっております。電気ケトルのレビューをお書きいただけますと幸いです。よろしくお願いいたします。",
    "ar": "مرحبا، نرجو منكم كتابة تقييم للغلاية الكهربائية. شكرا جزيلا لكم على طلبكم من متجرنا.",
    "pt": "Olá, por favor deixe uma avaliação da sua chaleira. Muito obrigado pela sua compra na nossa loja.",
}


def message(number: int, chance: random.Random) -> dict[str, Any]:
    """A message of which much is known or nothing."""
    by_buyer = chance.random() < 0.3
    own: list[tuple[str | None, str]] = [("en", PHONE), ("en", POLITE), (None, ASKS), ("en", ASKS)]
    texts = [*own, (None, f"Your number is {number}."), chance.choice(list(LANGUAGES.items()))]
    language, text = (None, chance.choice(QUESTIONS)) if by_buyer else chance.choice(texts)
    moment = f"{MONTHS[number % 30 % len(MONTHS)]}-{chance.randint(22, 28):02}T{chance.randint(0, 23):02}:30:00"
    record: dict[str, Any] = {
        "id": f"m-{number}",
        "direction": "buyer_to_seller" if by_buyer else "seller_to_buyer",
        "channel": chance.choice(["email", "email", "web", "sp_api", None]),
        "marketplace": chance.choice(["amazon.de", "amazon.de", "amazon.com", "market.example", None]),
        "kind": chance.choice(["proactive", "reply", None]) if not by_buyer else None,
        "sent_at": moment + chance.choice(["+02:00", "Z", ""]),
        "thread_id": chance.choice([f"t{number % 40}", None]),
        "order": {"id": f"305-1234567-{number % 30:07}"} if chance.random() < 0.8 else None,
        "buyer": {"id": f"b{number % 30}"} if chance.random() < 0.8 else None,
        "sender": chance.choice(["shop@shop.example", None]) if not by_buyer else None,
        "account": {"daily_order_average": 0.5} if chance.random() < 0.5 else None,
        "language": language,
        "text": text,
    }
    if chance.random() < 0.05:
        record["sent_at"] = None
    if chance.random() < 0.1:
        record["history"] = {"review_requests": 1, "sent_today": 3, "last_buyer_message_at": "2026-08-30T10:00:00Z"}
    return {name: value for name, value in record.items() if value is not None}


def make_archive(folder: Path) -> list[str]:
    """JSONL with broken lines and messages that are there twice, CSV, Parquet, and a mailbox.

    Beside it `key`, `context.csv` and `exceptions.yaml`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = random.Random(7)
    records = [message(number, chance) for number in range(560)]
    (folder / "a.jsonl").write_bytes(lines(records) + b'{"text": 5}\nnot json\n' + lines(records[3:9]))
    columns = ["id", "direction", "kind", "sent_at", "thread_id", "order.id", "buyer.id", "text"]
    flat = [
        {
            **{name: record.get(name) for name in columns},
            "order.id": record.get("order", {}).get("id"),
            "buyer.id": record.get("buyer", {}).get("id"),
        }
        for record in (message(number, chance) for number in range(1000, 1060))
    ]
    with (folder / "b.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(flat[:30])
    pq.write_table(pa.Table.from_pylist(flat[30:]), folder / "c.parquet")
    (folder / "shop@shop.example.mbox").write_bytes(mailbox(mail(n, PHONE if n % 3 else POLITE) for n in range(1, 13)))
    (folder / "key").write_bytes(KEY)
    (folder / "context.csv").write_text(
        "order.id,order.completed_at,buyer.language\n"
        + "".join(f"305-1234567-{n:07},2026-09-0{n}T10:00:00Z,de\n" for n in range(1, 9)),
        encoding="utf-8",
    )
    said = Linter("amazon", draft=False).check(Message(text=ASKS)).signals
    (folder / "exceptions.yaml").write_text(
        "schema: 1\nsuppressions:\n"
        + _exception("phone-number", 'sender: "@shop.example"')
        + _exception("repeat-review-request", f'text: "{said.text}"'),
        encoding="utf-8",
    )
    return [str(folder / name) for name in ("a.jsonl", "b.csv", "c.parquet", "shop@shop.example.mbox")]


def _exception(rule: str, scope: str) -> str:
    why = "  reason: It was agreed so.\n  author: kim@shop.example\n  until: 2027-06-01\n"
    return f"- rule: {rule}\n  {scope}\n{why}"


def decide(path: Path, violations: list[dict[str, Any]], templates: dict[tuple[str, int], str]) -> None:
    """Writes decisions about some of these violations: by wording, by template, by message, and one for nothing."""
    phone = next(row for row in violations if row["rule"] == "phone-number" and row["status"] == "active")
    other = next(row for row in violations if row["rule"] == "external-link" and row["status"] == "active")
    across = [row for row in violations if row["scope"] == "conversation" and row["status"] == "active"]
    about: list[dict[str, Any]] = [
        {"rule": "phone-number", "fingerprint": phone["fingerprint"]},
        {"rule": "external-link", "template": templates[other["file"], other["number"]]},
        *({"rule": row["rule"], "file": row["file"], "number": row["number"]} for row in across[::5]),
        {"rule": "phone-number", "fingerprint": "0" * 20},
    ]
    who = {
        "status": "false-alarm",
        "by": "Kim Doe",
        "when": "2026-11-20",
        "why": "It is our own number +49 30 23125 001.",
    }
    path.write_text("".join(json.dumps({**entry, **who}) + "\n" for entry in about), encoding="utf-8")
