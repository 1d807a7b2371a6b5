"""Shapes of numbers that are no phone numbers, in the order in which they are looked for.

Each shape: its kind, the fewest digits that it has, its pattern, and the name of the test in numbers.py or checksums.py
that it must pass besides. Patterns see one line of the contact view, with ASCII classes (a Han letter ends a number as
a space does); repeats are bounded or possessive.
"""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """One shape of number. `needs` are signs of which one stands in each: elsewhere it need not be looked for."""

    kind: str
    digits: int
    pattern: str
    test: str = ""
    needs: str = ""


# Among what a shape needs: a letter, or anything that is not ASCII.
LETTER = "a"

# Told by their shape alone.
EXACT = (
    # Amazon: 3, 7 and 7 digits; digital orders start with a letter.
    Shape("order-id", 17, r"(?<!\d)\d{3}-\d{7}-\d{7}(?!\d)", needs="-"),
    Shape("amazon-digital-order-id", 16, r"(?i)(?<!\w)D\d{2}-\d{7}-\d{7}(?!\d)", needs="-"),
    Shape("uuid", 1, r"(?i)(?<!\w)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\w)", needs="-"),
    Shape("iban", 4, r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", "iban", needs=LETTER),
    Shape(
        "iban",
        4,
        r"(?i)(?<!\w)[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: \d{4}){2,7}(?: \d{1,3})?)(?!\w)",
        "iban",
        needs=LETTER,
    ),
    # UPS; the postal union's S10; PostNL, DHL, Amazon, SF, Yun, Cainiao, Colissimo; USPS; DHL and GS1 freight units.
    Shape("tracking", 8, r"(?i)(?<!\w)1Z(?: ?[0-9A-Z]){16}(?!\w)", needs=LETTER),
    Shape("tracking", 9, r"(?i)(?<!\w)[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?[A-Z]{2}(?!\w)", "upu_s10", needs=LETTER),
    Shape("tracking", 9, r"(?i)(?<!\w)[A-Z]{2} ?\d{4} ?\d{4} ?\d ?[A-Z]{2}(?!\w)", "upu_s10", needs=LETTER),
    Shape(
        "tracking",
        9,
        r"(?i)(?<!\w)(?:3S[A-Z0-9]{9,18}|J(?:JD|D|VGL)\d{14,24}|TB[A-Z]\d{12}|SF\d{12,15}|YT\d{16})(?!\w)",
        needs=LETTER,
    ),
    Shape(
        "tracking",
        12,
        r"(?i)(?<!\w)(?:LP\d{14,16}|H\d{19}|T\d{15}|\d[A-Z]\d{11}|PQ[A-Z0-9]{6}\d{7,15}[A-Z])(?!\w)",
        needs=LETTER,
    ),
    Shape("tracking", 12, r"(?<!\w)\d[A-Z] \d{5} \d{5} \d(?!\d)", needs=LETTER),
    Shape("tracking", 20, r"(?<!\d)9[1-5]\d{2}(?: ?\d{4}){4}(?: ?\d{2})(?!\d)"),
    Shape("tracking", 20, r"(?<!\d)00\d{18}(?!\d)", "gtin"),
    Shape("tracking", 20, r"(?<!\d)(?:420\d{5}(?:\d{4})?)?9[2-5]\d{20}(?!\d)"),
    Shape("isbn", 13, r"(?<!\d)97[89][ -]?\d{1,5}[ -]\d{1,7}[ -]\d{1,6}[ -]\d(?!\d)", "gtin", needs=" -"),
    Shape("ebay-order-id", 12, r"(?<![\d-])\d{2}-\d{5}-\d{5}(?![\d-])", needs="-"),
    Shape("walmart-order-id", 15, r"(?<!\d)2000\d{3}-\d{8}(?!\d)", needs="-"),
    Shape("mercadolibre-order-id", 16, r"(?<!\d)2000\d{12}(?!\d)"),
    # VAT numbers of the EU as they are written with the country in front
    Shape(
        "registration",
        8,
        r"(?<!\w)(?:FR ?(?:\d{2}|[A-Z]\d|\d[A-Z]|[A-Z]{2}) ?\d{3} ?\d{3} ?\d{3}|DE ?\d{3} ?\d{3} ?\d{3}|ATU ?\d{8}|"
        r"BE ?[01]\d{3}[. ]?\d{3}[. ]?\d{3}|NL ?\d{9} ?B ?\d{2}|PL ?\d{10}|IT ?\d{11}|SE ?\d{12}|"
        r"ES ?[A-Z]\d{7}[A-Z0-9]|"
        r"GB ?\d{3} ?\d{4} ?\d{2}|CHE-?\d{3}\.\d{3}\.\d{3})(?!\w)",
        needs=LETTER,
    ),
    # Rakuten: shop, day, number
    Shape("order", 24, r"(?<!\d)\d{6}-20\d{6}-\d{10}(?!\d)", needs="-"),
    # Brazil's register of companies
    Shape("registration", 14, r"(?<!\d)\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}(?!\d)", needs="/"),
    # An Amazon order id with other separators or none: meant as one, but not written as one.
    Shape("order-id-suspected", 17, r"(?<!\d)\d{3}[ ._/-]{0,3}\d{7}[ ._/-]{0,3}\d{7}(?!\d)"),
)

# A value after a word that says what it is ("customer number: K 123-456").
LABELLED = (
    r"(?<!\w)(?:[A-Z]{1,5}[ ./-]?)?(?P<digits>\d)[\dA-Z]{0,30}(?:[ ./-](?:[A-Z]{1,4}[ ./-])?\d[\dA-Z]{0,30}){0,8}"
)

# Told only by a carrier's name or a word for parcels in the same sentence.
PARCEL = r"(?<![\d+])(?:\d{8}|\d{10,12}|\d{14,15}|\d{18}|\d{20,28}|\d{4,5}(?:[ -]\d{4}){2,6}(?:[ -]?\d{1,3})?)(?!\d)"

CARD = r"(?<![\d-])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}[ -]\d{6}[ -]\d{4,5})(?![\d-])"

GTIN = r"(?<!\d)\d{12,14}(?!\d)"

_MONEY = (
    r"(?:US\$|CA\$|AU\$|HK\$|NT\$|MX\$|R\$|S\$|A\$|C\$|[$€£¥₹₽₺₩฿₫₴₪]|EUR|USD|GBP|CAD|AUD|JPY|INR|PLN|SEK|NOK|DKK|CHF|"
    r"CZK|HUF|TRY|BRL|MXN|SGD|AED|SAR|EGP|ZAR|CNY|RMB|HKD|TWD|KRW|THB|VND|IDR|PHP|MYR|RON|BGN|UAH|RUB|KZT|ILS|QAR|"
    r"KWD|BHD|OMR|JOD|MAD|TND|NGN|KES|COP|CLP|ARS|PEN|UYU|NZD|ISK|zł|zl|kr|Rs\.?|руб\.?|元|円|원|บาท|रुपये|ريال|درهم)"
)
_AMOUNT = r"(?:\d{1,3}(?:[.,' ]\d{3}){1,4}|\d{1,9})(?:[.,]\d{1,2})?"
# Units of length, mass, volume, electricity, data, time, count.
_UNIT = (
    r"(?:mm|cm|dm|km|m|in|inch|inches|zoll|ft|feet|yd|kg|g|mg|lb|lbs|oz|ml|cl|l|ltr|litres?|liters?|gal|w|kw|v|a|ah|mah|"
    r"wh|kwh|hz|khz|mhz|ghz|rpm|db|lm|lux|k|nm|bar|psi|pa|gb|tb|mb|kb|dpi|ppi|mp|px|p|fps|°c|°f|°|c|f|"
    r"days?|tage?n?|hours?|hrs?|min|sec|st|pcs|pc|stk|stück|szt|pièces|uds|pz|pezzi|stuks|adet|個|枚|本|件|个|개)"
)
_DECIMAL = r"(?!0\d)\d{1,5}(?:[.,]\d{1,3})?"
# Patterns are ASCII, but "0390 före" is no temperature.
_WORD_ENDS = r"(?![\w\u00c0-\u024f])"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"

# Everyday numbers; tried after all others, because parts of those look like them.
EVERYDAY = (
    Shape("asin", 1, r"(?<!\w)(?:B0[0-9A-Z]{8}|X00[0-9A-Z]{7})(?!\w)", needs=LETTER),
    Shape(
        "date",
        5,
        rf"(?<![\d./-])(?:19|20)\d{{2}}([-/.])\s?{_MONTH}\1\s?{_DAY}"
        rf"(?:[T ]{_CLOCK}(?:\.\d{{1,6}})?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?(?!\d)(?![./-]\d)",
        needs="-/.",
    ),
    Shape("date", 4, rf"(?<![\d./-]){_DAY}([./-])\s?{_MONTH}\1\s?(?:19|20)\d{{2}}(?!\d)(?![./-]\d)", needs="-/."),
    Shape("date", 4, rf"(?<![\d./-]){_MONTH}([./-]){_DAY}\1(?:19|20)\d{{2}}(?!\d)(?![./-]\d)", needs="-/."),
    Shape(
        "date",
        4,
        rf"(?<![\d./-])(?<!\d )(?:{_DAY}([./-]){_MONTH}\1|{_MONTH}([/-]){_DAY}\2)\d{{2}}(?!\d)(?![ ./-]\d(?!\d?[:h]))",
        needs="-/.",
    ),
    Shape("date", 3, rf"(?:\d{{4}}\s?[年년]\s?)?{_MONTH}\s?[月월]\s?{_DAY}\s?[日일号]", needs=LETTER),
    Shape("date", 8, r"(?<![\d+])20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", "unannounced"),
    Shape("time", 3, rf"(?<![\d:]){_CLOCK}(?:\s?-\s?{_CLOCK})?(?!\d)", needs=":"),
    Shape(
        "time",
        3,
        r"(?i)(?<![\d.])(?:[01]?\d|2[0-4])[.h][0-5]\d(?:\s?-\s?(?:[01]?\d|2[0-4])[.h][0-5]\d)?\s?(?:uhr|h|hrs|godz|a\.?m|p\.?m)\b",
        needs=".hH",
    ),
    Shape(
        "time",
        8,
        r"(?<![\d+])(?:[01]\d|2[0-4])(?:00|15|30|45)\s?-\s?(?:[01]\d|2[0-4])(?:00|15|30|45)(?!\d)",
        "unannounced",
        needs="-",
    ),
    Shape("ip-address", 4, r"(?<![\d.])\d{1,3}(?:\.(?:0|[1-9]\d{0,2})){3}(?![\d.])", "ip_address", needs="."),
    Shape(
        "coordinates",
        8,
        r"(?<![\d.])[+-]?\d{1,3}\.\d{3,10}°?\s?[NS]?[,;/ ]\s?[+-]?\d{1,3}\.\d{3,10}(?![\d.])",
        needs=".",
    ),
    Shape("coordinates", 4, r"(?<!\d)\d{1,3}°\s?\d{1,2}['′](?:\s?\d{1,2}(?:\.\d+)?[\"″])?", needs="°"),
    Shape(
        "standard",
        3,
        r"(?<!\w)(?:EN|ISO|IEC|DIN|ASTM|ANSI|IEEE|RFC|UL|BS|NF|UNI|PN)(?:[ /-](?:EN|ISO|IEC))?"
        r"[ -]?\d{2,6}(?:[-:.]\d{1,4}){0,3}",
        needs=LETTER,
    ),
    Shape(
        "version",
        2,
        r"(?i)(?<![\w.])(?:v|ver\.?|version|firmware|fw|rev\.?|release|build) ?\d{1,6}(?:\.\d{1,6}){0,4}(?![\w])",
        needs=LETTER,
    ),
    Shape("version", 9, r"(?<![\d./+-])\d{1,2}\.\d\.\d{3,5}\.\d{1,5}(?![\d./-])", "unannounced", needs="."),
    Shape(
        "version",
        3,
        r"(?<![\d./-])(?<!\d )(?!\d\d(?:\.\d\d){3})\d{1,2}\.\d{1,3}\.\d{1,2}(?:\.\d{1,2})?(?![\d./-]| \d)",
        "unannounced",
        needs=".",
    ),
    Shape("price", 1, rf"(?i)(?<!\w){_MONEY}\s?{_AMOUNT}(?!\d)", needs="$" + LETTER),
    Shape("price", 1, rf"(?i)(?<!\d)(?<!\d[ .,'/-]){_AMOUNT}\s?{_MONEY}(?!\w)", needs="$" + LETTER),
    Shape("amount", 6, r"(?<!\d)(?<!\d[ .,'/-])\d{1,3}(?:[.,' ]\d{3}){1,4}[.,]\d{2}(?!\d)(?![ .,/-]\d)", needs=".,"),
    Shape("percentage", 1, r"(?<!\d)(?<!\d[ .,/-])\d{1,3}(?:[.,]\d{1,2})?\s?[%‰]", needs="%‰"),
    Shape(
        "size",
        2,
        rf"(?i)(?<!\d)(?<!\d[ .,/*-]){_DECIMAL}\s?{_UNIT}?(?:\s?[x×*]\s?{_DECIMAL}\s?{_UNIT}?){{1,3}}{_WORD_ENDS}",
        needs="xX×*",
    ),
    Shape("size", 1, rf"(?i)(?<!\d)(?<!\d[ .,/-])(?<!\d [/-] ){_DECIMAL}\s?{_UNIT}{_WORD_ENDS}", needs=LETTER),
    Shape("code", 1, r"(?<![\w@+.-])[A-Za-z0-9]++(?:[-_/][A-Za-z0-9]++)*+(?![\w@])", "code", needs=LETTER),
    Shape("long", 16, r"(?<!\d)\d{16,}+"),
)
