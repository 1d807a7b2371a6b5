"""Digits spelled out, by language: from nought to nine, alternatives for one digit joined by a slash.

`spoken_numbers.py` adds what is composed of them: two digits read as one number, words with a prefix.
"""

from __future__ import annotations

DIGIT_WORDS: dict[str, str] = {
    "en": "zero/oh/nought/naught/zer0 one/wun two three/thre four five/fiv/fiv3 six/siks seven/sevn eight nine/niner",
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
    "ja": "〇/零/ゼロ/ぜろ/れい/レイ/まる/マル 一/いち/イチ/壱/壹 二/に/ニ/弐/ニー/にー 三/さん/サン/参 四/よん/ヨン "
    "五/ご/ゴ/伍/ゴー/ごー 六/ろく/ロク 七/なな/ナナ/しち/漆 八/はち/ハチ/捌 九/きゅう/キュウ/キュー/きゅー/玖",
    "zh": "〇/零/洞 一/幺/壹/么 二/贰/两/貳/兩/弍 三/叁/參/叄/仨 四/肆 五/伍 六/陆/陸 七/柒/拐 八/捌 九/玖/勾",
    "ko": "영/공/제로 일/하나 이/둘 삼/셋 사/넷 오/다섯 육/륙/여섯 칠/일곱 팔/여덟 구/아홉",
    "ar": "صفر/زيرو واحد/وحدة/واحدة اثنان/اثنين/إثنان/اتنين/اثنتان ثلاثة/ثلاث/تلاتة/ثلاثه "
    "أربعة/اربعة/أربع/اربعه خمسة/خمس/خمسه ستة/ست/سته سبعة/سبع/سبعه ثمانية/ثماني/ثمان/تمانية/ثمانيه تسعة/تسع/تسعه",
    "th": "ศูนย์/สูญ/ศูน/สูน/ซีโร่ หนึ่ง/นึง/หนึง/เอ็ด สอง/โท สาม สี่ ห้า หก เจ็ด แปด เก้า",
    "hi": "शून्य/ज़ीरो/जीरो/सिफर एक/वन दो/टू तीन/थ्री चार/फोर/फ़ोर पांच/पाँच/फाइव/फ़ाइव छह/छः/छे/छ/सिक्स "
    "सात/सेवन/सेवेन आठ/एट नौ/नाइन",
    # English digits are mixed in.
    "hi-Latn": "zero/shunya/shoonya/jiro/ziro/sifar/oh ek/one do/doh/two teen/tin/three char/chaar/four "
    "paanch/panch/paach/five chhe/chhah/chhai/che/cheh/chah/chhay/chha/six saat/sat/seven aath/aat/ath/eight "
    "nau/no/naw/nine",
    "vi": "không/hông một/mốt hai ba bốn/tư năm/lăm sáu bảy/bẩy tám chín",
    "id": "nol/kosong satu dua tiga empat lima enam tujuh delapan sembilan",
}

# "double five" is 55, "triple 0" is 000.
REPEAT_WORDS: dict[str, tuple[str, str]] = {
    "en": ("double", "triple|treble|tripple"),
    "de": ("doppel|doppelte|zweimal|zweimal die|zwei mal", "dreimal|dreifach|dreimal die|drei mal"),
    "fr": ("double|deux fois|deux fois le", "triple|trois fois|trois fois le"),
    "es": ("doble|dos veces", "triple|tres veces"),
    "it": ("doppio|doppia|due volte", "triplo|tripla|tre volte"),
    "nl": ("dubbel|dubbele|twee keer|tweemaal", "driedubbel|drie keer|driemaal"),
    "pl": ("podwójne|podwójna|dwa razy", "potrójne|potrójna|trzy razy"),
    "sv": ("dubbel|dubbelt|två gånger", "trippel|tre gånger"),
    "pt": ("duplo|dobro|duas vezes", "triplo|três vezes"),
    "tr": ("çift|iki kere|iki tane|iki adet", "üç kere|üç tane|üç adet"),
    "ru": ("дважды|два раза|двойная", "трижды|три раза"),
    "ja": ("ダブル|二つの|二個の", "トリプル|三つの|三個の"),
    "zh": ("两个|兩個", "三个|三個"),
    "ko": ("더블", "트리플"),
    "ar": ("دبل|مرتين", "تربل|ثلاث مرات"),
    "th": ("ดับเบิล|ดับเบิ้ล", "ทริปเปิล|ทริปเปิ้ล"),
    "hi": ("डबल|दो बार", "ट्रिपल|तीन बार"),
    "hi-Latn": ("double|dabal|do baar", "triple|teen baar"),
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
# From 20 to 99; hardly two of them are composed alike.
PAIRS_IN_HINDI = """
    बीस इक्कीस बाईस/बाइस तेईस/तेइस चौबीस पच्चीस छब्बीस सत्ताईस/सत्ताइस अट्ठाईस/अट्ठाइस उनतीस तीस इकतीस/इकत्तीस
    बत्तीस तैंतीस/तेंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चौवालीस/चवालीस
    पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन/तिरेपन चौवन पचपन छप्पन सत्तावन अट्ठावन/अठावन
    उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर
    छिहत्तर सतहत्तर अठहत्तर उनासी/उन्यासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी/अठासी
    नवासी नब्बे इक्यानवे/इक्यानबे बानवे/बानबे तिरानवे/तिरानबे चौरानवे/चौरानबे पचानवे/पंचानवे/पचानबे
    छियानवे/छियानबे सत्तानवे/सत्तानबे अट्ठानवे/अठानवे/अट्ठानबे निन्यानवे/निन्यानबे
"""
PAIRS_IN_HINGLISH = """
    bees/bis ikkis/ikkees bais/baees teis chaubis/chaubees pachis/pachees chhabbis/chabbis sattais attais/atthais
    untis/unatees tees/tis ikattis/iktis battis/battees taintis chauntis paintis chhattis/chattis saintis
    adtis/artis untalis chalis/chaalis iktalis bayalis taintalis chauvalis/chavalis paintalis/paintalees chhiyalis
    saintalis adtalis unchas pachas/pachaas ikyavan/ikavan bavan/baavan tirpan/tirepan chauvan pachpan
    chhappan/chappan sattavan atthavan/athavan unsath sixty iksath basath tirsath chausath painsath chhiyasath
    sadsath adsath unhattar sattar ikhattar bahattar tihattar chauhattar pachhattar/pachattar chhihattar
    satattar/sathattar athattar/athhattar unasi assi ikyasi/ikasi bayasi tirasi chaurasi pachasi chhiyasi sattasi
    athasi/atthasi navasi nabbe ikyanve/ikanve banve/baanve tiranve chauranve pachanve/panchanve chhiyanve
    sattanve atthanve/athanve ninyanve/ninanve
"""
# Whole hundreds (`word:digit`), and what makes hundreds of the digit before it; in one word with others or apart.
HUNDREDS: dict[str, str] = {
    "en": "hundred",
    "de": "hundert",
    "fr": "cent cents",
    "es": "cien:1 ciento:1 doscientos:2 doscientas:2 trescientos:3 trescientas:3 cuatrocientos:4 cuatrocientas:4 "
    "quinientos:5 quinientas:5 seiscientos:6 seiscientas:6 setecientos:7 setecientas:7 ochocientos:8 ochocientas:8 "
    "novecientos:9 novecientas:9",
    "it": "cento",
    "nl": "honderd",
    "pl": "sto:1 dwieście:2 trzysta:3 czterysta:4 pięćset:5 sześćset:6 siedemset:7 osiemset:8 dziewięćset:9",
    "sv": "hundra",
    "pt": "cem:1 cento:1 duzentos:2 duzentas:2 trezentos:3 trezentas:3 quatrocentos:4 quatrocentas:4 quinhentos:5 "
    "quinhentas:5 seiscentos:6 seiscentas:6 setecentos:7 setecentas:7 oitocentos:8 oitocentas:8 novecentos:9 "
    "novecentas:9",
    "tr": "yüz",
    "ru": "сто:1 двести:2 триста:3 четыреста:4 пятьсот:5 шестьсот:6 семьсот:7 восемьсот:8 девятьсот:9",
    "ar": "مئة:1 مائة:1 مية:1 ميه:1 مئتان:2 مئتين:2 مائتين:2 ميتين:2 ثلاثمئة:3 ثلاثمائة:3 تلتمية:3 أربعمئة:4 "
    "أربعمائة:4 اربعمية:4 ربعمية:4 خمسمئة:5 خمسمائة:5 خمسمية:5 ستمئة:6 ستمائة:6 ستمية:6 سبعمئة:7 سبعمائة:7 "
    "سبعمية:7 ثمانمئة:8 ثمانمائة:8 تمنمية:8 تسعمئة:9 تسعمائة:9 تسعمية:9",
    "th": "ร้อย",
    "hi": "सौ",
    "hi-Latn": "sau",
    "ja": "百",
    "zh": "百 佰",
    "ko": "백",
    "vi": "trăm",
    "id": "ratus seratus:1",
}
# Noughts at the end of a number: "five thousand".
THOUSAND = {"en": "thousand", "de": "tausend"}
# That a number stands from its end to its beginning.
BACKWARD_WORDS = """
    backwards|backward|in reverse|reversed|reverse order|back to front|right to left|rückwärts|von hinten|umgekehrt|
    von rechts nach links|à l'envers|à rebours|de droite à gauche|al revés|de derecha a izquierda|de atrás para|
    al contrario|da destra a sinistra|all'indietro|achterstevoren|omgekeerd|van achter naar voren|od tyłu|wspak|
    od końca|od prawej|baklänges|bakifrån|ao contrário|de trás para|de trás pra|tersten|sondan başa|задом наперед|
    задом наперёд|наоборот|с конца|逆から|逆に|逆順|後ろから|反过来|反過來|倒过来|倒過來|倒着|倒著|从后往前|거꾸로|
    뒤에서부터|بالعكس|بالمقلوب|من اليمين لليسار|กลับหลัง|จากหลังมาหน้า|ย้อนหลัง|उल्टा|उलटा|ulta|đọc ngược|terbalik|
    dari belakang
"""
# A plus sign, as it is spoken.
PLUS_WORDS = "plus|più|piu|mais|más|mas|artı|arti|плюс|プラス|加|加号|플러스|زائد|بلس|บวก|प्लस|जमा|cộng|tambah"
# What joins the groups of a number that is told in turns: "0171, then 392".
THEN_WORDS = (
    "then|next|middle|beginning|the end|end is|ends|begin with|begins with|start with|starts with|follow with|end with|"
    "area code|prefix|mitte|anfang|ende ist|vorwahl|milieu|la fin|indicatif|medio|mitad|final|mezzo|prefisso|fine|"
    "midden|einde|środek|początek|koniec|mitten|slutet|meio|fim|orta|ortası|sonu|"
    "followed by|last|nächste|nächsten|letzte|letzten|prochains|derniers|siguientes|últimos|últimas|ultime|"
    "laatste|volgende|następne|ostatnie|nästa|sista|próximos|sonraki|son|after that|finally|lastly|continues with|"
    "goes on with|ends in|ends with|ending in|weiter mit|endet auf|endet mit|se termine par|finit par|continúa con|"
    "termina en|acaba en|continua con|finisce con|eindigt op|gaat verder met|kończy się na|slutar på|slutar med|"
    "continua com|termina em|dann|danach|anschließend|gefolgt von|zum schluss|schließlich|puis|ensuite|suivi de|"
    "enfin|luego|después|seguido de|finalmente|al final|poi|dopo|seguito da|infine|alla fine|dan|daarna|vervolgens|"
    "gevolgd door|tenslotte|potem|następnie|na końcu|na koniec|dalej|sedan|därefter|följt av|till sist|depois|"
    "em seguida|por fim|no fim|sonra|ardından|en son|потом|затем|далее|в конце|然后|然後|接着|再|中间|中間|最后|最後|"
    "前三位|后四位|次に|それから|続いて|つぎに|最後に|그다음|그리고|다음|마지막|ثم|بعدها|وبعدها|بعدين|แล้ว|แล้วก็|"
    "ต่อด้วย|ตามด้วย|फिर|उसके बाद|phir|uske baad|rồi|tiếp theo|lalu|kemudian|rest|the rest|der rest|le reste|"
    "el resto|il resto|de rest|reszta|resten|o resto|gerisi|кончается на|остальное|剩下|残り|나머지|والباقي|وينتهي|"
    "ที่เหลือ|बाकी|baaki"
)
# A sign between the groups of a number, as it is spoken.
SIGN_WORDS = (
    "dot|point|period|pause|comma|punkt|komma|virgule|punto|coma|virgola|punt|kropka|przecinek|ponto|vírgula|nokta|"
    "точка|点|點|ドット|점|نقطة|จุด|dash|hyphen|minus|space|slash|bindestrich|strich|leerzeichen|schrägstrich|tiret|"
    "espace|guion|guión|espacio|trattino|spazio|streepje|spatie|myślnik|kreska|spacja|bindestreck|streck|mellanslag|"
    "hífen|traço|espaço|tire|boşluk|дефис|тире|пробел|ハイフン|横杠|杠|空格|하이픈|다시|شرطة|ขีด|डैश|gạch"
)
# What may stand beside those: "and then the last ones are".
FILLING_WORDS = (
    "and|the|is|are|it|in|with|ends|ending|year|three|four|digits|drei|vier|ziffern|remaining|continues|goes on|"
    "comes|number|und|die|der|das|ist|am|ende|noch|kommt|nummer|et|le|la|les|fin|numéro|y|el|las|los|chiffres|cifras|"
    "número|e|il|lo|cifre|numero|en|het|de|eind|i|a|o|numer|och|sist|os|as|ve|son|и|номер|と|が|は|是|و|ال|และ|और|"
    "aur|và|dan"
)
