"""Digits spelled out, by language: from nought to nine, alternatives for one digit joined by a slash."""

from __future__ import annotations

DIGIT_WORDS: dict[str, str] = {
    "en": "zero/oh/nought one two three four five six seven eight nine",
    "de": "null eins/ein zwei/zwo drei vier fünf sechs sieben acht neun",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "nl": "nul een/één twee drie vier vijf zes zeven acht negen",
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "sv": "noll ett/en två tre fyra fem sex sju åtta nio",
    "pt": "zero um/uma dois/duas três quatro cinco seis/meia sete oito nove",
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
    "ru": "ноль один два три четыре пять шесть семь восемь девять",
    "ja": "〇/零/ゼロ 一 二 三 四 五 六 七 八 九",
    "zh": "〇/零/〇 一/幺/壹 二/贰 三/叁 四/肆 五/伍 六/陆 七/柒 八/捌 九/玖",
    "ko": "영/공 일 이 삼 사 오 육 칠 팔 구",
    "ar": "صفر واحد اثنان/اثنين ثلاثة اربعة/أربعة خمسة ستة سبعة ثمانية تسعة",
    "th": "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
    "hi": "शून्य एक दो तीन चार पांच/पाँच छह/छः सात आठ नौ",
}

# "double five" is 55.
REPEAT_WORDS = {"double": 2, "triple": 3, "doppel": 2, "doble": 2, "doppio": 2}
