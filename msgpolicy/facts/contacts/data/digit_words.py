"""Digits spelled out, by language: from nought to nine, alternatives for one digit joined by a slash.

`spoken_numbers.py` adds what is composed of them: two digits read as one number, words with a prefix.
"""

from __future__ import annotations

DIGIT_WORDS: dict[str, str] = {
    "en": "zero/oh/nought/naught one two three four five six seven eight nine/niner",
    "de": "null eins/ein/eine zwei/zwo drei vier fünf sechs sieben acht neun",
    "fr": "zéro un/une deux trois quatre cinq six sept huit neuf",
    "es": "cero uno/un dos tres cuatro cinco seis siete ocho nueve",
    "it": "zero uno/un due tre quattro cinque sei sette otto nove",
    "nl": "nul/nulletje een/één twee drie vier vijf zes zeven acht negen",
    "pl": "zero jeden/jedynka dwa/dwójka trzy/trójka cztery/czwórka pięć/piątka sześć/szóstka siedem/siódemka "
    "osiem/ósemka dziewięć/dziewiątka",
    "sv": "noll ett/en två tre fyra fem sex sju åtta nio/nie",
    "pt": "zero um/uma dois/duas três quatro cinco seis/meia sete oito nove",
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
    "ru": "ноль/нуль один два три четыре пять шесть семь восемь девять",
    "ja": "〇/零/ゼロ/ぜろ/れい/レイ/まる/マル 一/いち/イチ 二/に/ニ 三/さん/サン 四/よん/ヨン 五/ご/ゴ 六/ろく/ロク "
    "七/なな/ナナ/しち 八/はち/ハチ 九/きゅう/キュウ",
    "zh": "〇/零/洞 一/幺/壹/么 二/贰/两/貳/兩 三/叁/參 四/肆 五/伍 六/陆/陸 七/柒/拐 八/捌 九/玖",
    "ko": "영/공/제로 일/하나 이/둘 삼/셋 사/넷 오/다섯 육/륙/여섯 칠/일곱 팔/여덟 구/아홉",
    "ar": "صفر/زيرو واحد/وحدة/واحدة اثنان/اثنين/إثنان/اتنين/اثنتان ثلاثة/ثلاث/تلاتة/ثلاثه "
    "أربعة/اربعة/أربع/اربعه خمسة/خمس/خمسه ستة/ست/سته سبعة/سبع/سبعه ثمانية/ثماني/ثمان/تمانية/ثمانيه تسعة/تسع/تسعه",
    "th": "ศูนย์/สูญ หนึ่ง/เอ็ด สอง/โท สาม สี่ ห้า หก เจ็ด แปด เก้า",
    "hi": "शून्य/ज़ीरो/जीरो/सिफर एक/वन दो/टू तीन/थ्री चार/फोर/फ़ोर पांच/पाँच/फाइव/फ़ाइव छह/छः/छे/छ/सिक्स "
    "सात/सेवन/सेवेन आठ/एट नौ/नाइन",
    "hi-Latn": "zero/shunya/shoonya/jiro/sifar ek do/doh teen/tin char/chaar paanch/panch/paach "
    "chhe/chhah/chhai/che/cheh/chah/chhay/chha saat/sat aath/aat/ath nau/no/naw",
}

# "double five" is 55, "triple 0" is 000.
REPEAT_WORDS: dict[str, tuple[str, str]] = {
    "en": ("double", "triple|treble"),
    "de": ("doppel|doppelte|zweimal|zweimal die|zwei mal", "dreimal|dreifach|dreimal die|drei mal"),
    "fr": ("double|deux fois|deux fois le", "triple|trois fois|trois fois le"),
    "es": ("doble|dos veces", "triple|tres veces"),
    "it": ("doppio|doppia|due volte", "triplo|tripla|tre volte"),
    "nl": ("dubbel|dubbele|twee keer|tweemaal", "driedubbel|drie keer|driemaal"),
    "pl": ("podwójne|podwójna|dwa razy", "potrójne|potrójna|trzy razy"),
    "sv": ("dubbel|dubbelt|två gånger", "trippel|tre gånger"),
    "pt": ("duplo|dobro|duas vezes", "triplo|três vezes"),
    "tr": ("çift|iki kere|iki tane", "üç kere|üç tane"),
    "zh": ("两个|兩個", "三个|三個"),
    "hi": ("डबल", "ट्रिपल"),
    "hi-Latn": ("double|dabal", "triple"),
}

# Two digits read as one number: the words for 10 to 19, and those for 20, 30 … 90.
TEENS: dict[str, str] = {
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "de": "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "fr": "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "es": "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
    "it": "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "nl": "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
    "pl": "dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście "
    "dziewiętnaście",
    "sv": "tio elva tolv tretton fjorton femton sexton sjutton arton nitton",
    "pt": "dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito "
    "dezenove/dezanove",
    "ru": "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать "
    "девятнадцать",
    "hi": "दस ग्यारह बारह तेरह चौदह पंद्रह/पन्द्रह सोलह सत्रह अठारह उन्नीस",
    "hi-Latn": "das gyarah/gyaarah barah/baarah terah chaudah pandrah solah satrah atharah unnis",
}
TENS: dict[str, str] = {
    "en": "twenty thirty forty/fourty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante septante huitante/octante nonante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "pl": "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt "
    "dziewięćdziesiąt",
    "sv": "tjugo trettio fyrtio/förtio femtio sextio sjuttio åttio nittio",
    "pt": "vinte trinta quarenta cinquenta/cinqüenta sessenta setenta oitenta noventa",
    "tr": "yirmi otuz kırk elli altmış yetmiş seksen doksan",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "ar": "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين",
}
# How tens and a unit are joined ({t} tens, {u} unit), where no rule of its own in spoken_numbers.py says it.
JOINED: dict[str, str] = {
    "en": "{t}-{u}|{t} {u}",
    "de": "{u}und{t}|{u} und {t}",
    "es": "{t} y {u}",
    "it": "{t}{u}|{t} {u}",
    "nl": "{u}en{t}|{u}ën{t}|{u} en {t}",
    "pl": "{t} {u}",
    "sv": "{t}{u}|{t} {u}",
    "pt": "{t} e {u}|{t}-e-{u}",
    "tr": "{t}{u}|{t} {u}",
    "ru": "{t} {u}",
    "ar": "{u} و{t}|{u} و {t}",
}
# Noughts at the end of a number: "eight hundred".
HUNDREDS: dict[str, tuple[str, str]] = {
    "en": ("hundred", "thousand"),
    "de": ("hundert", "tausend"),
}
# A plus sign, as it is spoken.
PLUS_WORDS = "plus|più|piu|mais|más|mas|artı|arti|плюс|プラス|加|加号|플러스|زائد|บวก|प्लस|जमा"
# What joins the groups of a number that is told in turns: "0171, then 392".
THEN_WORDS = (
    "then|and then|followed by|next|dann|und dann|danach|anschließend|puis|et puis|ensuite|luego|y luego|después|"
    "poi|e poi|dopo|dan|en dan|daarna|potem|a potem|następnie|sedan|och sedan|därefter|depois|e depois|em seguida|"
    "sonra|ve sonra|ardından|потом|затем|а потом|然后|接着|次に|それから|그다음|그리고|ثم|แล้ว|แล้วก็|फिर|phir"
)
