"""What bears a number of its own: parts, drawings, papers, batches. Such a word right before digits says what they are,
unless a telephone is spoken of before ("call about the lamp: …").
"""

from __future__ import annotations

THING_WORDS: dict[str, str] = {
    "en": """
        part|parts|piece|kit|kits|o-ring|belt|drive belt|hose|pump|plate says|tag says|sticker says|label says|
        stamp says|box says|hinge|spring|screw|bolt|gasket|seal|valve|filter|bracket|adapter|cartridge|blade|knob|
        fuse|bearing|insert|module|board|plate|panel|drawing|sheet|pattern|sticker|label|shade|colour|color|
        dye lot|fabric|yarn|thread|tin|roll|bag|carton|pallet|container|crate|size|sizes|style|series|type|
        version|gauge|key|lock|reading|readings|meter reading|meter readings|barcodes|tariff heading|text on the mug|
        engraving|the words|format
    """,
    "de": """
        teil|teile|ersatzteil|ersatzteile|bauteil|bauteile|scharnier|riemen|keilriemen|schlauch|o-ring|feder|schraube|
        dichtung|ventil|filter|halter|
        adapter|kartusche|klinge|knopf|sicherung|einsatz|modul|platine|platte|zeichnung|blatt|schnittmuster|
        aufkleber|etikett|farbe|farbton|dose|rolle|beutel|karton|palette|größe|baureihe|serie|typ|ausführung|
        schlüssel|
        schloss|patrone|stoff|garn|schraubensatz|zählerstände|siegel|pfandsiegel|plombe|verwendungszweck|bausatz|set|
        satz|relais|format
    """,
    "fr": """
        pièce|pièces|pièce détachée|charnière|courroie|durite|joint torique|ressort|vis|joint|vanne|filtre|adaptateur|
        cartouche|lame|bouton|
        fusible|module|carte mère|plaque|plan|étiquette|teinte|coloris|bain|rouleau|sachet|carton|palette|taille|
        série|type|clé|serrure|kit|lot|lots
    """,
    "es": """
        pieza|piezas|recambio|recambios|repuesto|bisagra|correa|manguera|junta tórica|muelle|tornillo|junta|válvula|
        filtro|soporte|adaptador|
        cartucho|cuchilla|fusible|módulo|placa|plano|patrón|etiqueta|tono|color|rollo|bolsa|palé|talla|serie|tipo|
        llave|cerradura|kit|medidas|folio
    """,
    "it": """
        ricambio|ricambi|pezzo|pezzi|cerniera|cinghia|tubo|o-ring|molla|vite|guarnizione|valvola|filtro|supporto|
        adattatore|cartuccia|lama|
        fusibile|modulo|scheda|piastra|disegno|etichetta|tinta|colore|rotolo|sacchetto|scatola|bancale|taglia|serie|
        tipo|
        chiave|serratura|kit|bolletta|polizza|misure
    """,
    "nl": """
        onderdeel|onderdelen|scharnier|riem|v-snaar|slang|o-ring|veer|schroef|bout|pakking|klep|filter|houder|adapter|
        patroon|knop|zekering|
        module|printplaat|plaat|tekening|sticker|etiket|kleur|tint|rol|zak|zakje|doos|pallet|maat|serie|type|
        sleutel|slot|set|verfbad|artikelen
    """,
    "pl": """
        część|części|zawias|pasek|wąż|oring|sprężyna|śruba|uszczelka|zawór|filtr|uchwyt|adapter|wkład|ostrze|pokrętło|
        bezpiecznik|
        łożysko|moduł|płytka|rysunek|etykieta|kolor|odcień|rolka|worek|karton|rozmiar|seria|serii|typ|klucz|zamek|
        zestaw|partia|partii|plomba|modelu
    """,
    "sv": """
        reservdel|reservdelen|gångjärn|rem|kilrem|slang|o-ring|filtret|remmen|fjäder|skruv|packning|packningen|ventil|
        filter|fäste|adapter|
        blad|säkring|modul|platta|ritning|etikett|färg|nyans|rulle|påse|kartong|pall|storlek|serie|typ|nyckel|lås|
        sats|parti
    """,
    "pt": """
        peça|peças|dobradiça|correia|mangueira|anel|mola|parafuso|vedante|válvula|filtro|suporte|adaptador|cartucho|
        lâmina|fusível|módulo|placa|
        desenho|etiqueta|cor|rolo|saco|caixa|palete|tamanho|série|tipo|chave|fechadura|kit|medidas
    """,
    "tr": """
        parça|parçası|yedek parça|menteşe|kayış|hortum|o-ring|yay|vida|conta|vana|filtre|tutucu|adaptör|kartuş|bıçak|
        sigorta|rulman|modül|
        plaka|çizim|etiket|renk|rulo|torba|koli|palet|beden|seri|tip|anahtar|kilit|set|fiş|makbuz|parti
    """,
    "ru": """
        деталь|детали|запчасть|петля|пружина|винт|прокладка|клапан|фильтр|держатель|картридж|чертеж|чертёж|этикетка|
        цвет|
        оттенок|рулон|пакет|коробка|размер|серия|тип|ключ|замок|комплект|партия
    """,
    "ja": "部品|パーツ|交換部品|型|図面|品名|色番|箱|キー|鍵|セット|サイズ|ネジ|フィルター|カートリッジ|管番",
    "zh": "配件|零件|部件|备件|图纸|色号|箱号|钥匙|套件|尺寸|螺丝|滤芯|标签|批次",
    "ko": "부품|부속|도면|색상|박스|열쇠|세트|사이즈|나사|필터|카트리지|라벨|로트",
    "ar": "قطعة|القطعة|قطعة غيار|رقم القطعة|رسم|ملصق|لون|درجة|لفة|كيس|كرتون|مقاس|طراز|مفتاح|قفل|طقم|دفعة",
    "th": "อะไหล่|ชิ้นส่วน|ชิ้น|แบบ|สี|ม้วน|ถุง|กล่อง|ไซส์|ขนาด|กุญแจ|ชุด|ล็อต|น็อต|ไส้กรอง|ฉลาก|บานพับ",
    "hi": "पार्ट|पुर्जा|पुर्ज़ा|हिस्सा|नक्शा|लेबल|रंग|शेड|रोल|बैग|डिब्बा|साइज|चाबी|ताला|सेट|लॉट|बैच",
    "hi-Latn": "purja|purza|hissa|rang|dibba|chabi|tala|docket|bilty",
    "vi": "phụ tùng|linh kiện|bản vẽ|nhãn|màu|cuộn|túi|thùng|cỡ|chìa khóa|ổ khóa|bộ",
    "id": "suku cadang|gambar|warna|gulung|kantong|dus|ukuran|kunci|gembok|set|seri",
}

# What is written on a thing; near a number that nobody announces, it says that the number stands there.
INSCRIPTION_WORDS: dict[str, str] = {
    "en": """
        engraved|engraving|stamped|embossed|etched|printed on|sticker says|label says|on the label|on the sticker|
        on the underside|on the bottom|on the base|on the back|on the rim|on the lid|on the box
    """,
    "de": """
        eingraviert|graviert|eingeprägt|geprägt|eingestanzt|aufgedruckt|auf dem etikett|auf dem aufkleber|unterseite|
        auf dem boden|auf der rückseite|im rahmen|am deckel|auf dem karton|ablesen
    """,
    "fr": "gravé|gravée|imprimé|estampillé|sur l'étiquette|sous le socle|au dos|sur la boîte|carte de fidélité",
    "es": "grabado|grabada|impreso|estampado|en la etiqueta|en la base|en el reverso|en el fondo|en la caja",
    "it": "inciso|incisa|stampato|impresso|sull'etichetta|sul fondo|sul retro|sotto la base|sulla scatola",
    "nl": "gegraveerd|gedrukt|op het label|op het etiket|op de onderkant|op de achterkant|op de doos",
    "pl": "wygrawerowane|wygrawerowany|wytłoczone|nadrukowane|na etykiecie|na spodzie|na odwrocie|na pudełku",
    "sv": "graverat|stämplat|tryckt|på etiketten|på undersidan|på baksidan|på kartongen",
    "pt": "gravado|gravada|impresso|na etiqueta|no fundo|na base|no verso|na caixa",
    "tr": "kazınmış|basılmış|etikette|etiketinde|altında yazan|arkasında yazan|kutunun üstünde|yazıyor",
    "ru": "выгравировано|напечатано|на этикетке|на дне|на обороте|на коробке",
    "ja": "刻印|印字|底面|裏面|ラベルに|箱に記載",
    "zh": "刻的|刻着|印着|底部|背面|标签上|包装上",
    "ko": "각인|새겨진|바닥에|뒷면|라벨에|상자에|적혀",
    "ar": "محفور|مطبوع|مكتوب|على الملصق|أسفل القطعة|على الظهر",
    "th": "สลัก|พิมพ์ไว้|ใต้ฐาน|ก้น|ด้านหลัง|บนฉลาก|เขียนว่า",
    "hi": "खुदा|छपा|लेबल पर|नीचे लिखा|लिखा है",
    "hi-Latn": "likha hai|chhapa|label par|niche likha",
    "vi": "dưới đáy|mặt sau|trên nhãn|in trên|khắc",
    "id": "terukir|tercetak|di label|di bawah|di belakang kemasan",
}
