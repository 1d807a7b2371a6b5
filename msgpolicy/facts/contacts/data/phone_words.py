"""Words that announce a phone number or invite to get in touch, by language; the small words between them and it."""

from __future__ import annotations

PHONE_WORDS: dict[str, str] = {
    "en": """
        phone|phone no|phone nr|phone number|telephone|telephone number|tel|tel no|tel nr|ph|mobile|mobile no|
        mobile number|mob|cell|cell no|cell phone|cellphone|cell number|call|calling|ring|text us|text me|text to|sms|
        fax|fax no|fax number|hotline|helpline|toll free|toll-free|dial|voicemail|my number|our number|contact number|
        contact no|phone us|phone me|landline|contact|call or text|text or call|customer service line|
        customer service|customer care|customer support|support|support line|helpdesk|help desk|reach us|reach me|
        get us|get hold of us|just text|or text|and text|to text|please text|simply text|text him|text her|text my|
        text our|give us a buzz|give me a buzz|give me a bell|give us a bell|give me a shout|hit me up|area code|my #
    """,
    "de": """
        telefon|telefonnummer|telefonnr|tel-nr|tel.-nr|tel.nr|telefonisch|handy|handynummer|handynr|mobil|mobilnummer|
        mobiltelefon|rufnummer|anrufen|anruf|anrufe|rufen|durchwahl|festnetz|hotline|kundenhotline|servicehotline|
        servicenummer|kontakt|fax|telefax|rückruf|wählen sie|ruf|kundenservice|kundendienst|kundenbetreuung|erreichen|
        erreichbar|erreichen sie uns|nummer lautet|privatnummer|geschäftsnummer|büronummer|ladennummer|shopnummer|
        notfallnummer|kontaktnummer|festnetznummer|beratungsnummer|supportnummer|hotlinenummer|faxnummer|
        whatsappnummer|whatsapp-nummer|firmennummer|dienstnummer|sms-nummer|nebenstellennummer|telnr|mobilnr|handynr|
        vorwahl|durchklingeln|
        meine nummer|unsere nummer
    """,
    "fr": """
        téléphone|tél|téléphoner|téléphonez|portable|appelez|appeler|appelez-nous|appel|joindre|joignable|joignables|
        numéro de téléphone|fixe|fax|gsm|composez|ligne directe|contact|service client|service clients|
        service après-vente|contactez|contactez-nous|contacter|
        mon numéro|notre numéro|mon num
    """,
    "es": """
        teléfono|teléfonos|tfno|tlf|tlfn|telf|móvil|celular|cel|llame|llámenos|llama|llámanos|llamar|llamando|llamada|
        llámame|número de teléfono|marque|fax|línea directa|contacto|servicio al cliente|atención al cliente|
        contáctenos|contáctanos|contactar|
        mi número|nuestro número
    """,
    "it": """
        telefono|cellulare|cell|chiamare|chiamate|chiamateci|chiama|chiamaci|chiami|chiamata|telefonare|telefonateci|
        telefonaci|numero di telefono|numero verde|recapito telefonico|recapito|fax|fisso|contatto|contatti|
        servizio clienti|assistenza clienti|assistenza|contattateci|contattaci|contattare|
        il mio numero|il nostro numero
    """,
    "nl": """
        telefoon|telefoonnummer|tel.nr|telefoonnr|mobiel|mobiele nummer|bel|bellen|bel ons|belt|gsm|telefonisch|
        telefoonnr|mobielnummer|gsm-nummer|privénummer|contactnummer|servicenummer|winkelnummer|faxnummer|
        klantenservice lijn|fax|contact|klantenservice|contacteer|bereikbaar|bereiken|
        mijn nummer|ons nummer
    """,
    "pl": """
        telefon|telefonu|telefonem|numer telefonu|nr telefonu|nr tel|tel. kom|komórka|komórkę|komórkowy|kom|zadzwoń|
        zadzwonić|dzwoń|dzwonić|zadzwoni|telefonicznie|infolinia|infolinię|faks|stacjonarny|kontakt|kontaktu|
        obsługa klienta|obsługi klienta|biuro obsługi klienta|skontaktuj się|kontaktować|kontaktowy|
        mój numer|nasz numer|mój nr
    """,
    "sv": """
        telefon|telefonnummer|tfn|mobil|mobilnummer|mobiltelefon|ring|ringa|ring oss|växel|fax|kontakt|kundtjänst|
        kundservice|kontakta oss|nås|telefonnr|mobilnr|kontaktnummer|privatnummer|jobbnummer|faxnummer|
        kundtjänstnummer|
        mitt nummer|vårt nummer
    """,
    "pt": """
        telefone|telefones|telemóvel|celular|cel|fone|ligue|ligar|liga|ligue-nos|telefonar|telefone-nos|
        número de telefone|fax|linha direta|contato|contacto|serviço ao cliente|atendimento ao cliente|atendimento|
        contacte-nos|entre em contato|
        meu número|nosso número
    """,
    "tr": """
        telefon|telefonu|telefonla|telefondan|telefonumuz|telefonumuzdan|telefonunuzla|telefon numarası|
        telefon numaramız|cep|cep telefonu|gsm|ara|arayın|arayabilirsiniz|arayınız|numaramız|çağrı merkezi|faks|
        müşteri hattı|iletişim|müşteri hizmetleri|ulaşın|ulaşabilirsiniz|
        numaram
    """,
    "ja": """
        電話|お電話|電話番号|携帯|携帯電話|携帯番号|フリーダイヤル|ファックス|ファクス|連絡先|でんわ|テル|
        カスタマーサービス|カスタマーサポート|ご連絡|お問い合わせ先|
        私の番号|弊店の番号|当店の番号
    """,
    "zh": """
        电话|電話|手机|手機|手机号|手機號|致电|致電|拨打|撥打|打电话|联系电话|聯絡電話|热线|熱線|座机|传真|固话|客服|
        联系我们|联系|聯絡|联络|
        我的号码|我的號碼|我电话|我的电话|打这个|打给我|打我
    """,
    "ko": """
        전화|전화번호|연락처|휴대폰|핸드폰|휴대전화|문자|콜센터|고객센터|팩스|유선|고객지원|문의|
        제 번호|저희 번호
    """,
    "ar": """
        هاتف|الهاتف|هاتفنا|جوال|الجوال|موبايل|الموبايل|تلفون|اتصل|اتصلوا|اتصل بنا|للاتصال|رقم الهاتف|رقمنا|فاكس|
        خدمة العملاء|تواصل معنا|تواصل|
        رقمي
    """,
    "th": """
        โทร|โทรศัพท์|เบอร์โทร|เบอร์โทรศัพท์|เบอร์|มือถือ|สายด่วน|แฟกซ์|ฝ่ายบริการลูกค้า|ติดต่อ|คอลเซ็นเตอร์|
        เบอร์ผม|เบอร์ฉัน
    """,
    "hi": """
        फोन|फ़ोन|मोबाइल|मोबाईल|कॉल|फोन नंबर|फ़ोन नंबर|मोबाइल नंबर|दूरभाष|संपर्क नंबर|टेलीफोन|ग्राहक सेवा|संपर्क|
        हेल्पलाइन|
        मेरा नंबर|हमारा नंबर
    """,
    "hi-Latn": """
        call karein|call karen|call kare|call kijiye|call karo|phone karein|phone karen|phone kijiye|phone karo|
        mobile number|sampark|baat karein|baat karen|message karein|whatsapp karein|ring karein|
        mera number|hamara number|mera no
    """,
    "ru": """
        тел|телефон|телефону|телефона|номер телефона|звоните|позвоните|моб|мобильный|факс|служба поддержки|поддержка|
        свяжитесь|
        мой номер|наш номер
    """,
    "vi": """
        gọi|gọi số|điện thoại|số điện thoại|đt|sđt|liên hệ|alo|di động|nhắn tin|gọi điện|tổng đài|đường dây nóng
    """,
    "id": """
        telepon|telpon|telp|nelpon|hubungi|no hp|nomor hp|hp saya|ponsel|kontak|sms|wa|layanan pelanggan
    """,
}

# Words behind which people give their number without saying so: questions, help, the end of a letter.
INVITING_WORDS: dict[str, str] = {
    "en": """
        question|questions|query|queries|help|issue|issues|problem|problems|doubt|doubts|concern|concerns|assistance|
        regards|sincerely|yours truly|cheers|best wishes|get in touch|anything else|here for you|at your disposal
    """,
    "de": """
        frage|fragen|rückfrage|rückfragen|hilfe|helfen|problem|probleme|problemen|unklar|unklarheiten|anliegen|grüße|
        grüßen|gruß|mfg|zur verfügung
    """,
    "fr": """
        question|questions|souci|soucis|aide|aider|problème|problèmes|doute|besoin|cordialement|salutations|
        bien à vous|
        amicalement|à votre disposition
    """,
    "es": """
        duda|dudas|pregunta|preguntas|consulta|consultas|ayuda|ayudar|problema|problemas|saludo|saludos|atentamente|
        cordialmente|a su disposición
    """,
    "it": """
        domanda|domande|dubbio|dubbi|aiuto|problema|problemi|bisogno|saluti|cordialmente|a disposizione
    """,
    "nl": """
        vraag|vragen|hulp|helpen|probleem|problemen|groet|groeten|hoogachtend|tot uw dienst
    """,
    "pl": """
        pytanie|pytania|pytań|problem|problemu|problemów|pomoc|pomożemy|wątpliwości|pozdrawiam|pozdrawiamy|
        pozdrowienia|
        z poważaniem|do dyspozycji
    """,
    "sv": """
        fråga|frågor|hjälp|hjälper|problem|hälsningar|hälsning|mvh
    """,
    "pt": """
        dúvida|dúvidas|pergunta|perguntas|ajuda|ajudar|problema|problemas|cumprimentos|abraço|atenciosamente|
        cordialmente|ao dispor
    """,
    "tr": """
        soru|sorular|sorularınız|sorunuz|soruların|yardım|yardımcı|sorun|saygılarımla|saygılar|selamlar
    """,
    "ja": """
        質問|不明|困り|問い合わせ|よろしく|敬具
    """,
    "zh": """
        疑问|疑問|问题|問題|帮助|幫助|帮忙|咨询|此致|敬礼|祝好
    """,
    "ko": """
        질문|궁금|도움|문제|감사합니다|드림
    """,
    "ar": """
        سؤال|أسئلة|استفسار|استفسارات|مساعدة|مشكلة|تحيات|التحيات|تحياتي|احترام
    """,
    "th": """
        คำถาม|สงสัย|สอบถาม|ช่วยเหลือ|ปัญหา|เคารพ|นับถือ
    """,
    "hi": """
        सवाल|प्रश्न|मदद|सहायता|समस्या|सादर|भवदीय
    """,
    "hi-Latn": """
        sawaal|sawal|madad|sahayata|samasya|pareshani|dhanyavaad|saadar
    """,
    "ru": """
        вопрос|вопросы|вопросов|вопросам|помощь|проблема|проблемы|с уважением
    """,
}

# What may stand between such a word and its number, apart from punctuation: "call us at …", "Telefon ist die …".
LINKING_WORDS = """
    a al an are at au auf bei bi by call can ci cli da de del der die directly direkt do e email en es est et for gerne
    even ff gerust
    global het hours i il in is ist je jederzeit jest kom la le lautet line mail me mich mob mobile my n na naar nas
    nasz ni no nr nos nous num number numer numerem numero numéro número numara numarası nummer o of on ons or oss our
    op pelo per pod pour phone para på sie sind sur te tel telephone the then this to today toll today und uns unser
    unsere unter us using via you your zum zur è é à är bizi bitte free anytime now service customer support hotline
    whatsapp numarasını numarasından numaralı par pe ko ke ka ki liye hai hain hamara hamari hamare apna mera
    aap humein mujhe c is على رقم بنا الرقم هو नंबर पर करें है ที่ หมายเลข ได้ по номер номеру нам на
    số em anh chị qua theo vào cho giúp là nhé ke di saya kami ya
    mal doch einfach kurz am besten gleich heute abends moi toi donc plutôt vite svp me al nosotros mi ci pure mim
    lá lo la no aí gewoon dan pan pani państwo proszę śmiało wieczorem bara gärna till mig oss then now okay please
    just कीजिए कीजिये करो करे करिए
    reads says lautet has hat trägt bears porte tiene ha ma har tem war was are
"""
