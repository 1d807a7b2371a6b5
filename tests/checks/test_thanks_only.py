"""What remains of a message when thanks, greetings and offers of help are set aside."""

from __future__ import annotations

import pytest

from msgpolicy.linter import Linter
from msgpolicy.message import Message


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter("amazon")


def is_thanks_only(linter: Linter, text: str) -> bool:
    record = {"kind": "proactive", "marketplace": "amazon.com", "attachments": [], "text": text}
    return "thanks-only" in {violation.rule for violation in linter.check(Message.from_dict(record)).violations}


@pytest.mark.parametrize(
    "text",
    [
        "Thank you! Any questions? Just ask.",
        "Dear Mr Lane, thank you for your order. If there is a problem with your order, just write to us. Regards, Ann",
        "Many thanks for shopping with us. Because of customers like you our small shop is open.",
        "Thank you for your order! My grandfather opened the mill in 1961, and the wheel still turns every single day.",
        "Vielen Dank für Ihre Bestellung! Haben Sie Fragen? Wir helfen gern.",
    ],
)
def test_topics_inside_an_offer_of_help_say_nothing(linter: Linter, text: str) -> None:
    assert is_thanks_only(linter, text)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your order. There is a problem with your order: the blue thread is out of the list.",
        "Danke für Ihre Bestellung. Dürfen wir die Grußkarte mit „Alles Liebe, Lena“ bedrucken?",
        # A portrait of the shop, and something that the order needs.
        "Thank you! My grandfather opened the mill in 1961. The bag weighs 250 grams more than the page says.",
        "Thank you. Which of the two lids did you want?",
        # All that is asked stands in the sentence that ends the message.
        "Could you please rate our product on Amazon, best regards, Ann",
    ],
)
def test_what_is_asked_or_told_remains(linter: Linter, text: str) -> None:
    assert not is_thanks_only(linter, text)
