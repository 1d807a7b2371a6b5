"""Numbers that are no phone numbers: made by the published patterns of marketplaces, carriers and registers."""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random
from typing import NamedTuple

# In a pattern: # a digit, @ a capital letter, % either.
_SIGNS = {"#": string.digits, "@": string.ascii_uppercase, "%": string.digits + string.ascii_uppercase}


def _filled(pattern: str, random: Random) -> str:
    return "".join(random.choice(_SIGNS[char]) if char in _SIGNS else char for char in pattern)


def _gtin(random: Random, digits: int, start: str = "") -> str:
    body = start + "".join(random.choices(string.digits, k=digits - 1 - len(start)))
    total = sum(int(char) * (1 if place % 2 else 3) for place, char in enumerate(reversed(body)))
    return body + str(-total % 10)


def _s10(random: Random) -> str:
    serial = "".join(random.choices(string.digits, k=8))
    check = 11 - sum(int(char) * weight for char, weight in zip(serial, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    country = random.choice(["GB", "FR", "DE", "ES", "IT", "NL", "JP", "CN", "SE", "PL", "US", "KR", "TH", "PT"])
    whole = (
        random.choice("RCELV") + random.choice(string.ascii_uppercase),
        serial + str({10: 0, 11: 5}.get(check, check)),
    )
    written = "{}{}{}" if random.random() < 0.6 else "{} {} {}"
    return written.format(*whole, country)


def _isbn10(random: Random) -> str:
    body = "".join(random.choices(string.digits, k=9))
    check = -sum(int(char) * (10 - place) for place, char in enumerate(body)) % 11
    tail = "X" if check == 10 else str(check)
    return f"{body[0]}-{body[1:4]}-{body[4:]}-{tail}" if random.random() < 0.5 else body + tail


def _isbn13(random: Random) -> str:
    whole = _gtin(random, 13, random.choice(["978", "979"]))
    return f"{whole[:3]}-{whole[3]}-{whole[4:7]}-{whole[7:12]}-{whole[12]}" if random.random() < 0.5 else whole


_BBAN = {"DE": "#" * 18, "FR": "#" * 23, "ES": "#" * 20, "IT": "@" + "#" * 22, "NL": "@@@@" + "#" * 10, "PL": "#" * 24,
         "GB": "@@@@" + "#" * 14, "SE": "#" * 20, "BE": "#" * 12, "PT": "#" * 21, "AT": "#" * 16}  # fmt: skip


def _iban(random: Random) -> str:
    country = random.choice(list(_BBAN))
    bban = _filled(_BBAN[country], random)
    value = int("".join(str(int(char, 36)) for char in bban + country + "00"))
    whole = f"{country}{98 - value % 97:02}{bban}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4)) if random.random() < 0.6 else whole


class Kind(NamedTuple):
    """A kind of number. `label`: what announces it, by language; "" as language: in all. `bare`: also without."""

    name: str
    make: Callable[[Random], str]
    label: dict[str, str]
    bare: bool = False


def _any(*patterns: str) -> Callable[[Random], str]:
    return lambda random: _filled(random.choice(patterns), random)


_TRACKING = {
    "en": "tracking number", "de": "Sendungsnummer", "fr": "numéro de suivi", "es": "número de seguimiento",
    "it": "numero di spedizione", "nl": "zendingsnummer", "pl": "numer przesyłki", "sv": "spårningsnummer",
    "pt": "código de rastreio", "ja": "追跡番号", "zh": "运单号",
}  # fmt: skip
_ORDER = {
    "en": "order number", "de": "Bestellnummer", "fr": "numéro de commande", "es": "número de pedido",
    "it": "numero d'ordine", "nl": "bestelnummer", "pl": "numer zamówienia", "sv": "ordernummer",
    "pt": "número do pedido", "ja": "注文番号", "zh": "订单号",
}  # fmt: skip
_ARTICLE = {
    "en": "article number", "de": "Artikelnummer", "fr": "code article", "es": "código de producto",
    "it": "codice articolo", "nl": "artikelnummer", "pl": "numer katalogowy", "sv": "artikelnummer",
    "pt": "código do produto", "ja": "商品番号", "zh": "货号",
}  # fmt: skip
_SERIAL = {
    "en": "serial number", "de": "Seriennummer", "fr": "numéro de série", "es": "número de serie",
    "it": "numero di serie", "nl": "serienummer", "pl": "numer seryjny", "sv": "serienummer",
    "pt": "número de série", "ja": "製造番号", "zh": "序列号",
}  # fmt: skip
_VAT = {
    "en": "VAT number", "de": "USt-IdNr.", "fr": "numéro de TVA", "es": "NIF", "it": "partita IVA", "nl": "btw-nummer",
    "pl": "NIP", "sv": "momsregistreringsnummer", "pt": "NIF", "ja": "登録番号", "zh": "税号",
}  # fmt: skip
_PLAIN = dict.fromkeys(_ORDER, "")


def _carrier(name: str, *patterns: str, bare: bool = False) -> list[Kind]:
    """A carrier's number behind a word for tracking numbers, and behind the carrier's name."""
    make = _any(*patterns)
    return [Kind(f"parcel {name}", make, _TRACKING, bare), Kind(f"parcel {name}", make, {"": name}, bare)]


KINDS: list[Kind] = [
    *_carrier("UPS", "1Z%%%%%%%%########", "1Z %%% %%% ## #### ####", bare=True),
    *_carrier(
        "USPS", "94001#################", "9205 5### #### #### #### ##", "9270 1### #### #### #### ##", bare=True
    ),
    *_carrier("FedEx", "############", "7### #### ####", "###############", "96################"),
    *_carrier(
        "DHL",
        "##########",
        "JD01##############",
        "00340434############",
        "GM##################",
        "JJD#################",
    ),
    *_carrier("DPD", "##############", "0#### #### #### ##", "#### #### #### ##"),
    *_carrier("GLS", "###########", "############", "Z%%%%%%%"),
    *_carrier("Hermes", "H#00###############", "##############"),
    *_carrier("Evri", "################", "H00%%##########"),
    *_carrier("La Poste", "6A###########", "8R ##### ##### #", "LA#########FR"),
    *_carrier("Chronopost", "XX#########FR", "#############"),
    *_carrier("InPost", "########################", "6################ #######"),
    *_carrier("Correos", "PQ%%%%%%##########@", "PK%%%%##############@"),
    *_carrier("SEUR", "##############", "#########"),
    *_carrier("Poste Italiane", "############", "CX#########IT", "2UP##########"),
    *_carrier("BRT", "##############", "############"),
    *_carrier("PostNL", "3S@@@@#########", "3S%%%%%##########"),
    *_carrier("bpost", "323########################", "CD#########BE"),
    *_carrier("PostNord", "##########SE", "370###############"),
    *_carrier("Japan Post", "####-####-####", "############"),
    *_carrier("ヤマト", "####-####-####", "############"),
    *_carrier("SF Express", "SF#############", "############"),
    *_carrier("Aramex", "##########", "###########"),
    *_carrier("Canada Post", "################", "#### #### #### ####"),
    *_carrier("OnTrac", "C##############", "D10#############"),
    *_carrier("Amazon Logistics", "TBA############", "TBA#########000", bare=True),
    *_carrier("YunExpress", "YT################", bare=True),
    *_carrier("Royal Mail", "##############-####", "OT#########GB"),
    Kind("parcel S10", _s10, _TRACKING, bare=True),
    Kind("parcel S10", _s10, {"": "Royal Mail"}, bare=True),
    Kind("order Amazon", _any("###-#######-#######", "D##-#######-#######"), _ORDER, bare=True),
    Kind("order eBay", _any("##-#####-#####"), _ORDER, bare=True),
    Kind("order eBay", _any("############-#############"), _ORDER),
    Kind("order Walmart", _any("2000###-########", "108##########"), _ORDER),
    Kind("order Etsy", _any("##########"), _ORDER),
    Kind("order Shopify", _any("#####", "10####", "#1#####"), _ORDER),
    Kind("order Allegro", _any("########-####-11ee-8###-############", "##########"), _ORDER),
    Kind("order Zalando", _any("101##########", "10#########"), _ORDER),
    Kind("order Otto", _any("##########", "%%%%%%%%%%"), _ORDER),
    Kind("order AliExpress", _any("80##############", "300#############"), _ORDER),
    Kind("order Cdiscount", _any("##########%%%%%", "##########@@@@@"), _ORDER),
    Kind("order bol", _any("1#########", "C000######"), _ORDER),
    Kind("order Rakuten", _any("######-########-##########"), _ORDER),
    Kind("order Mercado Libre", _any("2000############"), _ORDER),
    Kind("order Shopee", _any("2######%%%%%%%"), _ORDER),
    Kind("article EAN", lambda random: _gtin(random, 13), _ARTICLE, bare=True),
    Kind("article EAN", lambda random: _gtin(random, 13), {"": "EAN"}),
    Kind("article UPC", lambda random: _gtin(random, 12), {"": "UPC"}, bare=True),
    Kind("article EAN-8", lambda random: _gtin(random, 8), {"": "EAN"}),
    Kind("article ASIN", _any("B0%%%%%%%%", "B0########"), {"": "ASIN"}, bare=True),
    Kind("article FNSKU", _any("X00%%%%%%%"), {"": "FNSKU"}, bare=True),
    Kind("article SKU", _any("@@-####-@@", "########", "#####-##", "@#######", "###.###.##", "## ## ###"), {"": "SKU"}),
    Kind(
        "article number", _any("########", "##########", "#######", "### ### ###", "###.###.##", "####-####"), _ARTICLE
    ),
    Kind("book ISBN-13", _isbn13, {"": "ISBN"}, bare=True),
    Kind("book ISBN-10", _isbn10, {"": "ISBN"}),
    Kind(
        "serial",
        _any("##########", "@@########", "############", "%%%%%%%%%%", "35##########", "####-####-####"),
        _SERIAL,
    ),
    Kind("serial IMEI", _any("35#############"), {"": "IMEI"}),
    Kind("IBAN", _iban, {"": "IBAN"}, bare=True),
    Kind(
        "VAT",
        _any(
            "DE#########",
            "FR ## #########",
            "ES@########",
            "IT###########",
            "NL#########B01",
            "PL##########",
            "SE##########01",
            "GB### #### ##",
            "##########",
            "###-###-##-##",
            "###########",
        ),
        _VAT,
    ),
    Kind("register", _any("HRB ######", "HRB ####", "HRA #####"), {"": "Handelsregister"}, bare=True),
    Kind("register", _any("### ### ### #####", "##############"), {"": "SIRET"}),
    Kind("register", _any("### ### ###", "#########"), {"": "SIREN"}),
    Kind("register", _any("0#######", "SC######"), {"": "Company No."}),
    Kind("register", _any("######-####"), {"": "Org.nr"}),
    Kind("register", _any("########"), {"": "KvK"}),
    Kind("register", _any("#########", "##############"), {"": "REGON"}),
    Kind("register", _any("##.###.###/0001-##"), {"": "CNPJ"}, bare=True),
    Kind("register", _any("DE########", "########"), {"": "WEEE-Reg.-Nr."}),
    Kind("register", _any("## ### ### ###"), {"": "ABN"}),
    Kind("date", _any("0#.1#.202#", "202#-0#-1#", "1#/0#/202#", "202#/1#/0#", "1#.0#.2#"), _PLAIN, True),
    Kind("time", _any("0#:3#-1#:4#", "0#.1#.202# 1#:3#", "202#-0#-1# 1#:0#", "202#-0#-1#T0#:1#:2#Z"), _PLAIN, True),
    Kind(
        "size",
        _any("##x##x## cm", "1## x 2## x 3## mm", "## x ## x ##", "#### mAh 1# V", "1### x 7## px"),
        _PLAIN,
        True,
    ),
    Kind("price", _any("#.###,## EUR", "€#,###.##", "$###.##", "## ### zł", "1# ### ### kr", "¥##,###"), _PLAIN, True),
    Kind("coordinates", _any("5#.######, 1#.######", "4#.#### N, 0#.#### W", "-3#.#####, 14#.#####"), _PLAIN, True),
    Kind("version", _any("1#.#.####.####", "v#.##.###", "10.0.#####.####", "firmware #.#.## build ####"), _PLAIN, True),
]

# A number that nobody introduces.
BARE: dict[str, tuple[str, str]] = {
    "en": ("We noted {n} and will get back to you.", "It says {n} on the box."),
    "de": ("Wir haben {n} notiert und kümmern uns darum.", "Auf dem Karton steht {n}."),
    "fr": ("Nous avons bien noté {n} et nous nous en occupons.", "Sur le carton il y a {n}."),
    "es": ("Hemos anotado {n} y nos ocupamos de ello.", "En la caja pone {n}."),
    "it": ("Abbiamo annotato {n} e ce ne occupiamo.", "Sulla scatola c'è scritto {n}."),
    "nl": ("Wij hebben {n} genoteerd en gaan ermee aan de slag.", "Op de doos staat {n}."),
    "pl": ("Zapisaliśmy {n} i zajmiemy się tym.", "Na kartonie jest napisane {n}."),
    "sv": ("Vi har noterat {n} och tar hand om det.", "På kartongen står det {n}."),
    "pt": ("Anotámos {n} e vamos tratar disso.", "Na caixa está escrito {n}."),
    "ja": ("{n}を確認いたしました。", "箱には{n}と書かれています。"),
    "zh": ("我们已记录{n},会尽快处理。", "箱子上写着{n}。"),
}
