"""Languages: evidence by script and function words, presence of a phrase's language, and being sure of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import phrase_view
from msgpolicy.facts.words.languages import Evidence, FunctionWords, is_surely, languages_present
from tests.checks.support import lexicon

WORDS = FunctionWords({"en": ["the", "and", "is"], "de": ["und", "die", "ist"], "sv": ["och", "die"]})


def read(text: str) -> Evidence:
    return lexicon().function_words.evidence(phrase_view(Reading("text", text, text)).text)


class TestEvidence:
    def test_words_are_counted_for_each_of_their_languages(self) -> None:
        found = WORDS.evidence("die lampe und die box and")
        assert found == Evidence({"de": 3, "sv": 2, "en": 1}, 6)
        assert found.top == 3

    def test_two_spellings_that_are_one_when_folded_count_once(self) -> None:
        words = FunctionWords({"pt": ["a", "a", "os"], "en": ["the"]})
        assert words.evidence("a the").counts == {"pt": 1, "en": 1}

    def test_only_whole_words_count(self) -> None:
        assert WORDS.evidence("theory candle undies island the's") == Evidence({}, 5)

    @pytest.mark.parametrize("text", ["", "  ", "4711 !?", "305-1234567-1234567"])
    def test_no_words(self, text: str) -> None:
        assert WORDS.evidence(text) == Evidence({}, 0)
        assert WORDS.evidence(text).top == 0

    @pytest.mark.parametrize(
        ("text", "languages"),
        [
            ("ご注文の商品です", {"ja"}),
            ("注文商品の発送通知です", {"ja"}),  # mostly Han, and kana beside it
            ("您的订单已经发货请查收谢谢", {"zh"}),
            ("您的订单已经发货请查收谢谢您的支持与理解の", {"zh"}),  # one kana in a decorative place
            ("주문하신 상품", {"ko"}),
            ("طلبك في الطريق", {"ar"}),
            ("คำสั่งซื้อของคุณ", {"th"}),
            ("आपका ऑर्डर", {"hi"}),
        ],
    )
    def test_scripts_tell_the_language(self, text: str, languages: set[str]) -> None:
        assert set(WORDS.evidence(text).counts) == languages

    def test_letters_of_a_script_and_function_words_are_not_added(self) -> None:
        japanese = FunctionWords({"ja": ["の"]})
        assert japanese.evidence("の の").counts == {"ja": 2}

    def test_function_words_may_outnumber_the_letters_of_their_script(self) -> None:
        words = FunctionWords({"zh": ["abc"]})
        assert words.evidence("abc abc abc 中").counts == {"zh": 3}


class TestPresence:
    NOTHING = Evidence({}, 0)

    @pytest.mark.parametrize(
        ("sentence", "message", "present"),
        [
            (
                {"en": 4, "de": 2},
                {"en": 9, "de": 5},
                True,
            ),  # half of the strongest suffices, where the message has it too
            ({"en": 4, "de": 2}, {"en": 9, "de": 4}, False),  # a few words shared with another
            ({"en": 2, "de": 2}, {"en": 99}, True),  # one of the strongest
            ({"en": 5, "de": 2}, {"de": 99}, False),  # the sentence decides where it can
            ({"en": 2}, {"de": 9}, False),
            ({"en": 1}, {"en": 8, "de": 2}, True),  # too short: a quarter of the message's strongest
            ({"en": 1}, {"en": 9, "de": 2}, False),
            ({"de": 1}, {"en": 9}, False),
            ({}, {"en": 1}, True),  # nothing tells: every language may be meant
            ({}, {}, True),
        ],
    )
    def test_of_german(self, sentence: dict[str, int], message: dict[str, int], present: bool) -> None:
        (languages,) = languages_present([Evidence(sentence, 9)], Evidence(message, 99))
        assert (languages is None or "de" in languages) is present

    @pytest.mark.parametrize(
        ("message", "present"),
        [({"ja": 9}, {"zh", "ja"}), ({"zh": 9}, {"zh"}), ({"ja": 9, "zh": 40}, {"zh"}), ({}, {"zh"})],
    )
    def test_a_line_of_han_characters_is_japanese_where_the_message_is(
        self, message: dict[str, int], present: set[str]
    ) -> None:
        assert list(languages_present([Evidence({"zh": 5}, 1)], Evidence(message, 99))) == [present]


class TestSurely:
    @pytest.mark.parametrize(
        ("counts", "language"),
        [
            ({"de": 6}, "de"),
            ({"de": 5}, None),
            ({"de": 10, "en": 4}, "de"),
            ({"de": 10, "en": 5}, None),
            ({"de": 10, "sv": 4, "en": 4}, "de"),
            ({"en": 4, "de": 10}, "de"),
            ({}, None),
        ],
    )
    def test_a_language_has_to_lead_clearly(self, counts: dict[str, int], language: str | None) -> None:
        assert is_surely(Evidence(counts, 99)) == language

    def test_bounds_can_be_set(self) -> None:
        assert is_surely(Evidence({"de": 2}, 9), words=2) == "de"
        assert is_surely(Evidence({"de": 10, "en": 5}, 99), share=0.5) == "de"


# Ordinary service mail in languages whose function words the lexicons know.
LETTERS = {
    "en": "We need the colour that you would like before we can send the lamp to you with the rest of the order.",
    "de": "Wir brauchen noch die Farbe, die Sie möchten, bevor wir das Paket mit dem Rest an Sie senden können.",
    "pl": "Dziękujemy za wiadomość. Bardzo nam przykro, że lampa dotarła do Pani uszkodzona. Możemy wysłać Pani nową "
    "lampę lub zwrócić kwotę zamówienia. Nie trzeba odsyłać do nas tego artykułu.",
    "fr": "Nous vous remercions de votre message. Nous sommes désolés que la lampe soit arrivée cassée. Nous pouvons "
    "vous envoyer une nouvelle lampe ou vous rembourser. Il n'est pas nécessaire de nous renvoyer l'article.",
    "it": "Ci dispiace che la lampada sia arrivata rotta. Il corriere ci ha informato che il pacco è stato danneggiato "
    "durante la consegna. Possiamo inviarle una nuova lampada oppure rimborsarle l'importo dell'ordine.",
    "nl": "Het spijt ons dat de lamp kapot is aangekomen. Wij kunnen u een nieuwe lamp sturen of het bedrag van de "
    "bestelling terugbetalen. Kunt u ons laten weten wat u liever heeft?",
}


@pytest.mark.parametrize("language", LETTERS)
def test_a_short_letter_is_enough(language: str) -> None:
    assert is_surely(read(LETTERS[language])) == language


@pytest.mark.parametrize(
    "text",
    [
        LETTERS["en"] + "\n" + LETTERS["de"],
        "De la lámpara, para la cocina",  # shared by Spanish, Portuguese, French
        "Invoice 4711 and EAN 4006381333931",
        "OK",
    ],
)
def test_what_does_not_tell_is_not_guessed(text: str) -> None:
    assert is_surely(read(text)) is None


@given(st.text(max_size=200))
def test_any_text_has_evidence(text: str) -> None:
    found = read(text)
    assert found.words >= 0
    assert all(count > 0 for count in found.counts.values())
    assert not ("ja" in found.counts and "zh" in found.counts)
