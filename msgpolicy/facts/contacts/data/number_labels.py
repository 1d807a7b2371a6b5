"""Words that say what a number is, so that it is not taken for a phone number: by kind of number.

A kind lists its words for all languages; the word stands right before the number, or with small words in between.
"""

from __future__ import annotations

from msgpolicy.facts.contacts.data import phrases

NUMBER_LABELS: dict[str, str] = {
    "order": """
        order|order no|order nr|order number|order id|order ref|orders|purchase order|po no|bestellung|bestellnummer|
        bestellnr|bestell-nr|bestellungsnummer|auftrag|auftragsnummer|auftragsnr|auftrags-nr|commande|
        numéro de commande|n° de commande|no de commande|pedido|número de pedido|nº de pedido|ordine|numero ordine|
        numero d'ordine|numero dell'ordine|ordine n|bestelling|bestelnummer|ordernummer|zamówienie|zamówienia|
        zamówieniem|numer zamówienia|nr zamówienia|beställning|beställningsnummer|encomenda|número do pedido|
        número da encomenda|sipariş|siparişiniz|sipariş no|sipariş numarası|注文|ご注文|注文番号|ご注文番号|订单|
        订单号|訂單|訂單編號|订单编号|주문|주문번호|주문 번호|الطلب|طلب|طلبك|رقم الطلب|คำสั่งซื้อ|หมายเลขคำสั่งซื้อ|
        ออเดอร์|ऑर्डर|ऑर्डर नंबर|заказ|номер заказа|
        mã đơn|mã đơn hàng|đơn hàng|số đơn hàng|pesanan|nomor pesanan|no pesanan|kode pesanan
    """,
    "tracking": """
        tracking|tracking no|tracking nr|tracking number|tracking id|tracking code|track|shipment|shipment no|
        shipment number|shipment id|consignment|consignment number|waybill|airwaybill|air waybill|awb|parcel number|
        parcel no|parcel id|package number|package id|pro number|sendung|sendungsnummer|sendungsnr|sendungs-nr|
        sendungsverfolgung|sendungs-id|paketnummer|paketnr|paket-nr|trackingnummer|tracking-nr|trackingnr|
        trackingcode|frachtbrief|frachtbriefnummer|identcode|auftragsverfolgung|suivi|numéro de suivi|n° de suivi|
        numéro de colis|colis|bordereau|seguimiento|número de seguimiento|localizador|guía|número de guía|rastreo|
        envío|número de envío|numero di tracking|codice di tracking|numero di spedizione|spedizione|tracciamento|
        codice di tracciamento|lettera di vettura|ldv|track & trace|track and trace|zendingnummer|zendingsnummer|
        zending|verzendnummer|traceringsnummer|pakketnummer|przesyłka|przesyłki|przesyłkę|numer przesyłki|
        nr przesyłki|list przewozowy|listu przewozowego|numer listu przewozowego|numer śledzenia|śledzenia|paczka|
        paczki|numer paczki|nr paczki|kollinummer|kolli-id|spårningsnummer|spårning|spårnings-id|sändningsnummer|
        försändelse|paketnummer|rastreio|rastreamento|código de rastreio|código de rastreamento|número de rastreio|
        takip|takip no|takip numarası|takip kodu|kargo|kargo takip|kargo no|追跡番号|お問い合わせ番号|お問合せ番号|
        問い合わせ番号|伝票番号|送り状番号|配送番号|荷物番号|运单号|運單號|快递单号|物流单号|单号|單號|跟踪号|
        跟踪号码|追踪号|快递号|运单|운송장|운송장번호|운송장 번호|송장번호|송장|택배|رقم التتبع|التتبع|رقم الشحنة|
        الشحنة|رقم البوليصة|เลขพัสดุ|หมายเลขพัสดุ|เลขติดตาม|แทร็กกิ้ง|ट्रैकिंग|ट्रैकिंग नंबर|трек|трек-номер|
        накладная|
        mã vận đơn|vận đơn|mã bưu gửi|resi|nomor resi|no resi|kode resi|docket|docket no|bilty
    """,
    "reference": """
        ticket|ticket no|ticket number|ticket id|case|case no|case id|case number|ref|ref no|ref nr|reference|
        reference no|reference number|reference id|invoice|invoice no|invoice number|receipt|receipt no|
        customer number|customer no|customer id|customer|client|client id|rma|rma no|rma number|return id|
        return number|return no|claim|claim no|claim number|transaction|transaction id|transaction no|payment id|code|
        voucher|coupon|pin|id|user id|member no|member id|membership no|policy no|contract no|certificate no|
        licence no|license no|license number|patent|patent no|registration code|confirmation number|confirmation code|
        authorisation code|rechnung|rechnungsnummer|rechnungsnr|rechnungs-nr|re-nr|kundennummer|kundennr|kunden-nr|
        kdnr|kd-nr|kunde|vorgang|vorgangsnummer|ticketnummer|referenz|referenznummer|retourennummer|rücksendenummer|
        belegnummer|vertragsnummer|aktenzeichen|gutscheincode|facture|numéro de facture|n° de facture|numéro client|
        dossier|référence|numéro de dossier|réf|factura|número de factura|nº de factura|referencia|número de cliente|
        expediente|código|incidencia|fattura|numero fattura|riferimento|codice cliente|numero pratica|pratica|codice|
        factuur|factuurnummer|klantnummer|referentie|zaaknummer|retournummer|faktura|faktury|numer faktury|nr faktury|
        numer klienta|numer zgłoszenia|zgłoszenie|numer sprawy|kod|reklamacja|fakturanummer|kundnummer|ärende|
        ärendenummer|referensnummer|fatura|número da fatura|número do cliente|protocolo|nota fiscal|nf|fatura no|
        müşteri no|müşteri numarası|talep no|referans|referans no|kodu|お客様番号|受付番号|請求書番号|管理番号|
        会員番号|发票|发票号|客户编号|工单号|参考号|문의번호|접수번호|고객번호|송금번호|رقم الفاتورة|الفاتورة|
        رقم العميل|المرجع|เลขที่ใบแจ้งหนี้|หมายเลขลูกค้า|इनवॉइस|चालान|संदर्भ|счет|заявка|
        số hóa đơn|hóa đơn|mã khách hàng|mã phiếu|phiếu|biên lai|mã số|cccd|cmnd|nomor faktur|faktur|
        nomor pelanggan|nota|folio|trace number|arn
    """,
    "card": """
        card|card no|card number|credit card|debit card|visa|mastercard|amex|american express|kreditkarte|
        kartennummer|kartennr|carte bancaire|carte bleue|numéro de carte|tarjeta|número de tarjeta|carta di credito|
        numero carta|creditcard|kaartnummer|karta|karty|numer karty|kortnummer|bankkort|cartão|kredi kartı|
        kart numarası|カード番号|クレジットカード|卡号|信用卡|银行卡|카드번호|신용카드|بطاقة|رقم البطاقة|บัตรเครดิต|
        कार्ड|карта
    """,
    "product": """
        sku|asin|fnsku|ean|ean-code|gtin|upc|isbn|issn|barcode|item|item no|item number|item id|item nr|
        article number|article no|part no|part number|mpn|model|model no|model number|style no|product code|
        product id|product number|listing id|artikel|artikelnummer|artikelnr|artikel-nr|art.-nr|art-nr|artnr|art.nr|
        modell|modellnummer|materialnummer|produktnummer|bestandsnummer|article|modèle|référence produit|code article|
        code-barres|artículo|modelo|código de producto|código de barras|articolo|codice articolo|codice prodotto|
        modello|codice a barre|artikelcode|streepjescode|numer katalogowy|kod produktu|kod kreskowy|numer oferty|
        oferta|numer aukcji|artikelnummer|produktkod|streckkod|código do produto|ürün kodu|ürün no|barkod|型番|
        商品番号|商品コード|品番|バーコード|货号|型号|商品编号|条码|条形码|모델|모델명|상품번호|품번|바코드|
        رقم المنتج|الموديل|รหัสสินค้า|रुपये कोड|артикул|
        mã hàng|mã sản phẩm|nomor produk|kode produk|isbn-10|isbn-13|isbn 10|isbn 13|nsn|hs|hs code|hsn|hsn code|hts|
        hts code|taric|commodity code|customs code|customs tariff|tariff|tariff code|zolltarifnummer|warennummer|
        statistische warennummer|code sh|code douanier|nomenclature douanière|partida arancelaria|código arancelario|
        arancel|codice doganale|voce doganale|goederencode|kod cn|kod celny|kod taryfy celnej|tullkod|varukod|
        statistiskt nummer|ncm|código pautal|gtip|hsコード|税番|海关编码|商品编码|hs编码|hs코드|세번부호|
        البند الجمركي|พิกัดศุลกากร|mã hs|kode hs|тн вэд
    """,
    "serial": """
        serial|serial no|serial nr|serial number|s/n|sn|imei|meid|mac|mac address|batch|batch no|batch number|lot|
        lot no|seriennummer|seriennr|serien-nr|charge|chargennummer|numéro de série|n° de série|lot n|número de serie|
        lote|numero di serie|numero seriale|matricola|lotto|serienummer|numer seryjny|nr seryjny|numer partii|
        número de série|seri no|seri numarası|シリアル番号|製造番号|ロット|序列号|产品序列号|批号|시리얼|시리얼번호|
        일련번호|الرقم التسلسلي|หมายเลขซีเรียล|ซีเรียล|सीरियल नंबर|
        số seri|số sê-ri|số máy|số khung|số lô|lô|nomor seri|nomor batch|vin|fahrgestellnummer|serial reads
    """,
    "registration": """
        vat|vat no|vat nr|vat id|vat number|vat reg no|tax id|tax no|tax number|ein|eori|eori no|weee|weee-reg|
        weee-reg.-nr|weee no|lucid|lucid no|company number|company no|company reg|company registration number|
        registered number|registration number|registration no|reg no|reg. no|crn|abn|acn|gst|gst no|gstin|pan no|
        pan number|pan card|pan id|cin|ust|
        ust-id|ust-idnr|ust-id-nr|ust.-id|ust.-idnr|ust-ident-nr|uid|umsatzsteuer-id|
        umsatzsteuer-identifikationsnummer|steuernummer|steuer-nr|st.-nr|st-nr|hrb|hra|handelsregister|
        registergericht|ear|tva|n° tva|tva intracommunautaire|siret|siren|rcs|ape|naf|cif|nif|nie|iva|
        registro mercantil|p.iva|p. iva|piva|partita iva|codice fiscale|c.f|rea|kvk|kvk-nummer|kvk-nr|btw|btw-nummer|
        btw-nr|nip|regon|krs|bdo|org.nr|org nr|organisationsnummer|org-nr|momsnr|moms|momsregistreringsnummer|
        momsreg.nr|vat-nr|cnpj|cpf|nipc|
        contribuinte|inscrição estadual|vergi no|vergi numarası|vergi numaramız|vergi numarasına|vergi numarasıyla|
        vergi numaralı|vergi no'su|vergi nolu|vergi numaranız|vergi kimlik no|vergi kimlik numarası|vkn|mersis|
        mersis no|ticaret sicil no|法人番号|登録番号|
        事業者番号|许可番号|统一社会信用代码|税号|사업자등록번호|사업자번호|통신판매업신고번호|الرقم الضريبي|
        السجل التجاري|เลขประจำตัวผู้เสียภาษี|जीएसटी|инн|огрн|
        mst|mã số thuế|npwp|utr|mrn|zollnummer|nino|national insurance|sozialversicherungsnummer|personnummer|pesel|
        dni|numéro de sécu|tckn|tc kimlik no|tc kimlik numarası|tc kimlik|kimlik numarası|rfc|pedimento|curp
    """,
    "bank": """
        iban|bic|swift|account no|account number|acct|bank account|sort code|routing number|routing no|aba|
        kontonummer|konto|konto-nr|bankkonto|blz|bankleitzahl|rib|compte|numéro de compte|cuenta|número de cuenta|ccc|
        conto|conto corrente|rekening|rekeningnummer|numer konta|nr konta|rachunek|numer rachunku|bankgiro|plusgiro|
        clearingnummer|conta|agência|hesap no|口座番号|口座|银行账号|银行卡号|계좌|계좌번호|رقم الحساب|الحساب|
        เลขที่บัญชี|เลขบัญชี|खाता संख्या|
        số tài khoản|nomor rekening|no rekening|verwendungszweck|uetr
    """,
    "price": """
        amount|total|subtotal|sum|price|betrag|summe|preis|gesamtbetrag|gesamt|kwota|cena|suma|razem|montant|prix|
        somme|
        importe|precio|importo|prezzo|totale|bedrag|prijs|totaal|belopp|pris|summa|valor|preço|tutar|fiyat|toplam|
        金額|
        価格|合計|金额|价格|总计|금액|가격|합계|المبلغ|السعر|ราคา|ยอดรวม|राशि|मूल्य|сумма|цена
    """,
    "postal": """
        zip|zip code|postcode|post code|postal code|po box|p.o. box|plz|postleitzahl|postfach|code postal|
        boîte postale|bp|código postal|apartado|cap|casella postale|postbus|kod pocztowy|skrytka|postnummer|box|cep|
        caixa postal|posta kodu|郵便番号|〒|邮编|郵編|우편번호|الرمز البريدي|صندوق بريد|รหัสไปรษณีย์|पिन कोड|индекс|
        mã bưu điện|mã bưu chính|kode pos|pin code|pincode|hausnummer|postnummer
    """,
}

# What numbers of papers, customers and devices are called, by language, and how "number" is said with it ({}).
_THINGS: dict[str, tuple[str, str]] = {
    "en": (
        (
            "invoice|inv|job|part|spare part|delivery note|docket|quote|quotation|estimate|contract|meter|device|unit|"
            "machine|chassis|engine|booking|reservation|ticket|locker|collection|pickup|pick-up|statement|member|"
            "membership|policy|warranty|receipt|credit note|report|complaint|dispatch|despatch|carton|box|drawing|"
            "certificate|return|case|service|job card|catalogue|catalog|bill|loyalty card|room|purchase"
        ),
        "{} no|{} nr|{} number|{} num|{} #|{} code|{} id|{} ref|{} reference|{} pin",
    ),
    "de": (
        "rechnung|rechn|kd|kdn|kunde|auftr|best|lief|liefersch|teile|ersatzteil|gerät|ser|vorg",
        "{}.-nr|{}.nr|{}. nr|{}-nr",
    ),
    "fr": (
        (
            "facture|client|commande|d'article|lot|série|suivi|colis|dossier|contrat|devis|bon de livraison|reçu|pièce|"
            "compteur|modèle|article|produit|retour|avoir|ticket|adhérent|compte|réclamation|bon|appareil|bordereau"
        ),
        "n° {}|n° de {}|no {}|no de {}|numéro {}|numéro de {}|réf {}|réf. {}|référence {}|code {}",
    ),
    "es": (
        (
            "factura|cliente|pedido|lote|serie|seguimiento|envío|expediente|contrato|presupuesto|albarán|recibo|pieza|"
            "contador|modelo|artículo|producto|devolución|socio|cuenta|reclamación|aparato|orden|caso"
        ),
        (
            "nº {}|nº de {}|no de {}|n° {}|n° de {}|n.º {}|n.º de {}|núm. {}|núm. de {}|número {}|número de {}|ref. {}|"
            "código de {}|número del {}"
        ),
    ),
    "it": (
        (
            "fattura|cliente|ordine|lotto|serie|spedizione|pratica|contratto|preventivo|bolla|ricevuta|scontrino|pezzo|"
            "contatore|modello|articolo|prodotto|reso|socio|conto|reclamo|apparecchio|ddt|collo"
        ),
        "n° {}|nr {}|nr. {}|n. {}|numero {}|numero di {}|codice {}|rif. {}",
    ),
    "pl": (
        (
            "klienta|faktury|paragonu|artykułu|produktu|wyrobu|towaru|zamówienia|partii|seryjny|przesyłki|umowy|oferty|zgłoszenia|reklamacji|licznika|"
            "części|katalogowy|dokumentu|wz|rachunku|zwrotu|urządzenia|listu|polisy|referencyjny|ewidencyjny"
        ),
        "nr {}|nr. {}|numer {}|id {}|kod {}",
    ),
    "pt": (
        (
            "fatura|cliente|pedido|encomenda|lote|série|contrato|orçamento|guia|recibo|peça|contador|modelo|artigo|produto|"
            "devolução|sócio|conta|reclamação|nota|aparelho"
        ),
        (
            "nº {}|nº de {}|nº do {}|nº da {}|n.º {}|n.º de {}|n.º do {}|n.º da {}|número {}|número de {}|número do {}|"
            "número da {}|código de {}|código do {}|código da {}"
        ),
    ),
    "tr": (
        (
            "fatura|müşteri|sipariş|irsaliye|seri|parti|sözleşme|teklif|fiş|makbuz|parça|sayaç|model|ürün|iade|üye|hesap|"
            "şikayet|cihaz|gönderi|dosya|evrak"
        ),
        "{} no|{} nosu|{} numarası|{} numaranız|{} kodu",
    ),
    "ru": (
        (
            "счёта|счета|заказа|накладной|клиента|партии|договора|чека|детали|счётчика|счетчика|модели|товара|возврата|"
            "обращения|документа|посылки|серийный"
        ),
        "номер {}|№ {}|код {}",
    ),
    "ja": (
        (
            "請求書|納品書|領収書|伝票|お客様|顧客|会員|注文|受注|商品|部品|型式|製造|契約|見積|見積書|管理|返品|整理|荷物|"
            "出荷|機器|メーター|案件|保証書|予約"
        ),
        "{}番号|{}no|{}コード|{}id|{}ナンバー",
    ),
    "zh": (
        "发票|送货|订单|客户|快递|收据|合同|批次|产品|零件|型号|会员|退货|工单|保修|设备|序列|物流|包裹|货物|出库|单据",
        "{}号|{}号码|{}编号|{}单号|{}代码|{}码",
    ),
    "ko": (
        "주문|영수증|송장|고객|계약|견적|부품|제품|상품|모델|계량기|반품|회원|접수|관리|거래|청구서|명세서|기기|예약",
        "{}번호|{} 번호|{}코드|{} 코드",
    ),
    "ar": (
        (
            "الطلب|الفاتورة|العميل|الإيصال|الايصال|الشحنة|العقد|القطعة|المنتج|الجهاز|العداد|العضوية|الحجز|المرجع|التذكرة|"
            "الملف|البوليصة|السند|الدفعة|القضية"
        ),
        "رقم {}|كود {}|رمز {}",
    ),
    "th": (
        "คำสั่งซื้อ|ใบเสร็จ|ใบแจ้งหนี้|ใบกำกับภาษี|ใบส่งของ|ลูกค้า|สมาชิก|สัญญา|เครื่อง|มิเตอร์|ล็อต|พัสดุ|อะไหล่|สินค้า|ใบสั่งซื้อ",
        "หมายเลข{}|เลขที่{}|เลข{}|รหัส{}",
    ),
    "hi": (
        "ऑर्डर|बिल|रसीद|चालान|ग्राहक|इनवॉइस|मीटर|मॉडल|पार्ट|बैच|सीरियल|शिकायत|टिकट|अनुबंध|पार्सल|सदस्य|केस",
        "{} नंबर|{} नं|{} संख्या|{} क्रमांक|{} आईडी|{} कोड",
    ),
}

# Papers whose name alone says what the number behind it is.
_PAPERS = """
    delivery note|packing slip|packing list|docket|credit note|meter reading|part|spare part|lieferschein|gutschrift|
    packliste|zählerstand|bon de livraison|relevé du compteur|albarán|lectura del contador|bolla|ddt|ricevuta|
    scontrino|
    pakbon|leverbon|meterstand|paragon|wz|stan licznika|följesedel|kvitto|mätarställning|guia de remessa|
    nota de entrega|
    recibo|irsaliye|makbuz|накладная|чек|納品書|領収書|伝票|送货单|收据|出库单|영수증|명세서|거래명세서|إيصال|ใบเสร็จ|
    ใบส่งของ|रसीद|बिल|quittung|kassenbon|storno|reçu|devis|presupuesto|preventivo|offerte|offert|orçamento|teklif
"""


def _numbers_of_things() -> str:
    """All that is said so, without what has a kind of its own."""
    known = {word for table in NUMBER_LABELS.values() for word in phrases(table)}
    said = (
        pattern.replace("{}", thing)
        for things, patterns in _THINGS.values()
        for thing in things.split("|")
        for pattern in patterns.split("|")
    )
    return "|".join(word for word in [*phrases(_PAPERS), *said] if word not in known)


NUMBER_LABELS["reference"] += f"|{_numbers_of_things()}"

# With these a compound says that a number follows ("Zählernummer", "klantnr"); those of telephones are phone words.
NUMBER_ENDINGS = frozenset({"nummer", "nr"})

# Words that only say "number": they announce neither a phone number nor anything else.
NUMBER_WORDS = (
    "number|no|nr|num|#|numéro|n°|nº|número|numero|nummer|numer|numara|numarasını|numarasından|numaralı|"
    "số|nomor|番号|编号|號碼|号码|번호|رقم|หมายเลข|नंबर|номер|№"
)

# Carriers: an all-digit number near such a name is likely a tracking number.
CARRIERS = """
    dhl|ups|fedex|usps|dpd|gls|hermes|evri|tnt|yodel|inpost|royal mail|parcelforce|la poste|colissimo|chronopost|
    mondial relay|correos|seur|mrw|nacex|poste italiane|brt|bartolini|sda|postnl|bpost|postnord|bring|dachser|dsv|
    poczta polska|pocztex|fastway|australia post|auspost|canada post|purolator|ontrac|lasership|aramex|smsa|naqel|
    japan post|yamato|sagawa|ヤマト|佐川|日本郵便|ゆうパック|sf express|顺丰|圆通|中通|申通|韵达|菜鸟|cainiao|yanwen|
    4px|yunexpress|giao hàng nhanh|giao hàng tiết kiệm|viettel post|vnpost|jne|sicepat|anteraja|
    cj대한통운|한진|롯데택배|우체국|yurtiçi|aras|mng|ptt|sürat|ctt|correios|jadlog|loggi|blue dart|
    delhivery|ekart|xpressbees|dtdc|thailand post|kerry|flash express|ninja van|j&t|ozon|сдэк|новая почта
"""
