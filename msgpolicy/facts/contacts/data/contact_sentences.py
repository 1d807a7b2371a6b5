"""Words of the sentences in which people hand out an address or a number: "send the photos to …", "… まで".

Entries are lower case, parted by `|`; a `*` stands for any further letters. A sentence is short and often sloppy, so
that its language is not asked for: the tables of all languages are looked for together.
"""

from __future__ import annotations

# What the reader is to do, or the writer will do there.
DOING = """
    call|calls|ring|text|txt|sms|dial|write|msg|message|contact|reach|reached|reachable|drop|shoot|send|forward|
    submit|
    ping|buzz|holler|shout|hit|ask|speak|talk|tell|say|reply|respond|answer|answers|give|get|add|find|use|try|order|
    pay|transfer|upload|share|leave|pop|phone to|email to|mail to|quote|google|backwards|
    ruf*|anruf*|anzuruf*|durchruf*|klingel*|telefonier*|schreib*|schick*|sende|senden|sendet|send|maile|mailen|mailt|
    simse*|texte|texten|meld*|wend*|kontaktier*|erreich*|frag*|adde|adden|funk*|wähl*|sprech*|sprich|verlang*|
    antworte*|
    nimm|nehmen|gib|geben|hinterlass*|zahl|zahle|zahlen|überweis*|
    appel*|rappel*|télépho*|contactez|contacter|contacte|écri*|envoy*|adressez|adresser|transmet*|joind*|joign*|
    laiss*|
    demande|demandez|répond*|pass|passe|passez|donn*|composez|compose|parl*|discut*|ajout*|joignable*|faites|convenir|
    llam*|llám*|escrib*|escríb*|mand*|mánd*|enví*|envi*|contacta*|contácta*|contacte*|comuníq*|comunic*|habl*|hábl*|
    marc*|márc*|timbr*|pregunt*|consult*|respond*|contest*|remit*|haz|hazme|pase|pasa*|pása*|avis*|deja|deje|déja*|
    telefone*|atiend*|
    chiam*|telefon*|scriv*|invi|invia*|invii|inviare|contatt*|sent*|rispond*|chied*|cerchi|cerca|spedisc*|gira|giri|
    girami|passi|passami|messaggia*|compon*|squill*|raggiung*|
    bel|bellen|belt|belletje|app|appen|appt|mailen|schrijf*|schrijv*|stuur*|sturen|contacteer*|vraag|vragen|sms|smsen|
    bereik*|reageer*|draai|geef|
    zadzwo*|dzwoń*|dzwon*|przedzwo*|oddzwo*|pisz*|pisać|napisz*|napisać|wyślij*|wysłać|wysyła*|prześl*|przesyła*|
    podeśl*|ślij|kontaktuj*|kontaktować|skontakt*|odezw*|zgłaszaj*|kieruj*|pytaj*|pytać|daj|łap|złap*|wykręć*|mailuj*|
    odpisz*|
    ringa|ringer|skriv*|mejla*|maila*|skicka*|skickas|smsa|messa|slå|kontakta*|hör|höra|fråga*|prata*|svara*|nå|
    når|nås|
    lämna|sänd*|
    liga|ligar|ligue|liguem|ligando|escrev*|encaminh*|contat*|contacte|fal*|cham*|entre|entra|pergunt*|passa|passe|
    disca|disque|remet*|atend*|procur*|manda*|toque|
    ara|arayın*|arayabil*|arar*|ararsan*|araman*|yaz*|gönder*|gonder*|ulaş*|ulas*|mesaj at*|mail at*|atın|atar*|
    atabil*|
    iletişim*|iletin|iletebil*|sorun|sorabil*|çaldır*|konuş*|görüş*|danış*|
    звони*|позвони*|пиши*|напиши*|свяж*|присыл*|пришл*|отправ*|скин*|набер*|обращ*|
    gọi|nhắn|gửi|liên hệ|viết|hỏi|inbox|alo|nhá|
    hubungi|telepon|telpon|kirim*|chat|tanya*|kabari|kontak kami|
    karo|kro|kare|karein|kijiye|kijiyega|bhej*|likho|likhe|likhiye|baat|batao|bata|puch*|pooch*|milao|lagao|
    dijiye|dena|
    sampark
"""
# The same in scripts that write no spaces, or grow other words onto theirs.
DOING_WITHIN = """
    ください|下さい|お電話|電話して|電話を|連絡を|連絡く|ご連絡|連絡は|お送り|送って|送付|メールして|
    お問い合わせく|お問い合わせを|
    問い合わせて|お願い|いただ|頂け|頂き|お寄せ|どうぞ|かけて|お知らせ|ご注文|ご相談|お待ち|ご一報|
    联系我|联系我们|联系他|可联系|请联系|联系就|联系即|聯繫我|聯絡我|請聯|发到|發到|发给|發給|发送|發送|打给|
    打給|打電話|打电话|
    致电|致電|拨打|撥打|拨这|撥這|请拨|請撥|加我|加好友|找我|找他|写信|寫信|寄到|寄给|寄給|传到|傳到|传给|傳給|
    发邮件|發郵件|
    请|請|麻烦|麻煩|问我|問我|打这|打這|随时打|隨時打|打来|打來|打我|打過|打过|call我|直接|留言|回电|回電|告诉|告訴|
    发我|發我|沟通|溝通|唔該|
    연락 주|연락주|연락 부탁|연락해|연락하|연락 바|전화 주|전화주|전화하|전화 걸|전화해|전화 한|전화 부탁|
    문의해|문의하|
    문의 주|문의주|문의 바|문의 부탁|보내|주세요|주시면|주십|하시면|하세요|부탁|걸어|문자 주|문자주|문자 남|
    말씀|남겨|
    โทรมา|โทรหา|โทรได้|โทรเลย|โทรไป|โทรคุย|โทรถาม|ทักมา|ทักได้|ส่งมา|ส่งรูป|ส่งไป|ส่งเข้า|ส่งที่|แอด|
    สอบถามได้|ได้ที่|มาที่|ไปที่|แจ้ง|
    เมลมา|เมล์มา|อีเมลมา|คุยกับ|ถามได้|
    اتصل|تتصل|كلم|راسل|تواصل|ارسل|أرسل|ابعث|ابعت|اكتب|دق على|دقي|رن علي|رنلي|حاكي|حاكين|
    कॉल|फोन कर|फ़ोन कर|फोन लगा|बात कर|भेज|लिख|मैसेज|संपर्क कर|सम्पर्क कर|पूछ|मिलाइ|मिलाओ|बता|डायल|ईमेल कर|
    मेल कर|दीजिए|कीजिए|
    करें|करो|लीजिए
"""
# Who speaks to whom: in a signature there are none of these.
SPEAKING = """
    i|i'll|ill|i'm|im|me|my|we|us|our|u|please|pls|plz|kindly|just|there|anytime|any time|instead|is|it's|its|thats|
    that's|where|he|she|they|
    ich|mir|mich|wir|uns|mein*|unser*|bitte|du|dir|kannst|kannste|könnt|können|einfach|gerne|gern|dort|da|dann|lieber|
    direkt|ist|wenn|falls|
    je|moi|nous|mon|ma|notre|vous|tu|te|toi|svp|stp|si|est|c'est|là|directement|
    yo|mi|nos|nuestro|nuestra|usted|por favor|porfa|es|está|ahí|allí|directo|directamente|le|lo|mejor|así|
    io|ci|mio|mia|nostro|nostra|noi|lei|per favore|se|è|lì|così|direttamente|meglio|pure|
    ik|mij|ons|onze|wij|je|jij|graag|even|ff|als|dan|daar|direct|gerust|maar|
    mnie|nam|nas|mój|moj*|nasz*|pan|pani|państwo|proszę|jeśli|jak|jest|tam|wtedy|lepiej|bezpośrednio|się|
    jag|mig|oss|min|mitt|vår|vårt|vi|du|ni|gärna|om|så|är|där|
    eu|mim|meu|minha|nosso|nossa|você|voce|vc|é|lá|aí|direto|só|qualquer|
    bana|bize|beni|bizi|benim|bizim|ben|biz|lütfen|lutfen|oradan|
    saya|kami|aku|kak|ya|tolong|silakan|bisa|aja|langsung|em|mình|anh|chị|bạn|nhé|ạ|nha|
    mujhe|mera|mere|hum|hume|humein|hamara|aap|мне|нам|мой|наш|пожалуйста
"""
# Right before an address or a number, in a sentence: "the photos to …", "Besser an …", "desainnya kirim ke …".
TOWARDS = """
    to|at|on|via|by|through|under|using|an|unter|auf|per|über|bei|à|au|sur|par|a|al|en|por|su|allo|naar|op|aan|
    onder|na|
    pod|przez|do|till|på|över|para|pra|pro|em|no|pelo|nesse|neste|esse|ke|lewat|qua|đến|tới|số|на|по|
    على|الى|إلى|عبر|ع|علي
"""
TOWARDS_WITHIN = "发到|發到|寄到|传到|傳到|发给|發給|去|拨|撥|打|至|ที่"
# Right behind it: case endings and the like. "… にお送り", "… पर भेजिए", "… adresine".
TOWARDS_BEHIND = """
    ['’]?(?:y?[ae]|[dt][ae]n)\\b|adresine|adresinden|adresi(?:mize|me)|numarasından|numarasını|numaraya|numaradan|
    numarasına|numaralı|üzerinden|hattından|
    へ|に|まで|宛|にて|으로|로|에|번으로|번호로|पर|को|pe\\b|par\\b|pr\\b|ko\\b
"""
# Nouns that announce an address or a number, in signatures as in sentences.
LABELS = """
    tel|phone|telephone|mobile|mob|cell|fax|mail|email|e-mail|e|fon|telefon|telefono|teléfono|telefone|téléphone|tél|
    handy|mobil|portable|gsm|móvil|movil|cel|celular|cellulare|telefoon|telefonnummer|mobiltelefon|kom|komórka|
    komorka|
    epost|e-post|mejl|telefone|telemóvel|courriel|correo|posta|eposta|e-posta|telp|hp|đt|sđt|whatsapp|telegram|signal|
    line|skype|viber|wechat|threema|instagram|insta|facebook|messenger|snapchat|discord|id|nr|no|number|nummer|numer|
    hotline|support|service|team|office|shop|store|sales|info|contact|kontakt|web|www|und|and|et|y|e|en|i|och|
    โทร|โทรศัพท์|เบอร์โทร|เบอร์|มือถือ|電話|電話番号|携帯|电话|手机|手機|전화|전화번호|연락처|휴대폰|
    هاتف|الهاتف|جوال|الجوال|موبايل|फोन|फ़ोन|मोबाइल|điện thoại|телефон|тел|моб|telefono fisso|
    or|oder|de|
    von|van|of|the|du|des|der|die|das|la|le|les|el|los|da|do|dos|von|zu|zum|für|for|regards|groet|mvg|vg|gr
"""
# Before an address these tell what was done or whose it is: nobody is asked to write there.
REPORTING = """
    sent|emailed|mailed|forwarded|received|from|you gave|you left|you entered|your email|your e-mail|your number|
    your phone|your address|your mail|
    geschickt|gesendet|gesandt|verschickt|weitergeleitet|erhalten|von|ihre nummer|ihre mail*|ihre e-mail*|ihre email*|
    ihre telefonnummer|deine nummer|deine mail*|
    envoyé|envoyée|envoyés|reçu|transmis|votre numéro|votre mail|votre adresse|votre e-mail|votre email|ton numéro|
    enviado|hemos enviado|recibido|su correo|su número|tu correo|tu número|su teléfono|
    inviato|inviata|mandato|ricevuto|il suo numero|la sua mail|il tuo numero|la sua email|
    gestuurd|verstuurd|ontvangen|uw nummer|je nummer|uw e-mail*|uw mail*|
    wysłaliśmy|wysłałem|wysłałam|wysłano|otrzymaliśmy|pana numer|pani numer|państwa numer|twój numer|
    skickat|skickade|mottagit|ditt nummer|din mejl|din e-post|
    enviei|enviamos|recebemos|seu número|seu numero|seu email|seu e-mail|
    gönderdik|gönderildi|numaranız*|e-postanız*|aapka number|aapka email
"""
REPORTING_WITHIN = "お客様の|ご登録|您的|你的|已发|已發|고객님|보냈|رقمك|بريدك|إيميلك|आपका|आपके|ของคุณ|ของลูกค้า"
# Others than the seller who may be asked, in their own matters.
OTHERS = """
    its service|its support|its hotline|its number|its customer|their|maker|maker's|makers|deren|dessen|leur|
    leurs|loro|
    amazon*|carrier|courier|dhl|ups|fedex|usps|dpd|gls|hermes|bank|police|manufacturer|hersteller|transporteur|
    transportista|corriere|kurier*|bezorger|vervoerder|transportadora|correios|kargo|アマゾン|亚马逊|亞馬遜|
    아마존|أمازون|
    امازون|अमेज़न|अमेजन|แอมะซอน|อเมซอน
"""

# To buy or order at a link. Nouns for what was ordered are none.
BUYING = """
    buy|buying|purchase|shop|get it|get them|get yours|grab|reorder|check out at|
    bestellen|bestell|bestelle|bestellst|kaufen|kauf|kaufe|hol|holen|holst|ordern|
    commandez|commander|achetez|acheter|achète|commandes|prenez|
    pida|pídelo|pídela|pidelo|pidela|pídalo|pedirlo|pedirla|cómpralo|cómprelo|compralo|comprelo|comprar|
    comprarlo|compre|
    cómprala|encárgalo|encárguelo|
    lo ordini|la ordini|li ordini|ordini pure|ordini su|ordini sul|lo ordina|ordina su|lo compri|la compri|lo compra|
    lo prenda|lo prende|ordinare|ordinalo|ordinarlo|ordinate|acquistare|acquistarlo|compra|compralo|comprarlo|
    comprare|compri|prendere|
    bestel|besteld|koop|kopen|
    zamów|zamówi|zamówisz|zamówicie|zamówić|zamawiać|zamawiaj|zamawiaj*|kup|kupi|kupić|kupuj*|kupisz|
    beställ|beställa|beställer|köp|köpa|handla|
    compre|comprar|compra|peça|pede|pedir|encomende|encomendar|
    satın al*|sipariş ver*|alın|alabilir*|
    закажите|заказать|купить|купите|mua|đặt hàng|đặt|pesan|beli|order lewat|kharid*|mangwa*|manga lo|mangva*|
    le lo|le lijiye
"""
BUYING_WITHIN = """
    より安|お安く|更便宜|比较便宜|比較便宜|더 저렴|더 싸|أرخص|ارخص|ถูกกว่า|सस्ता|सस्ते|सस्ती|
    からご注文|でご注文|にてご注文|よりご注文|ご注文くだ|ご注文いただ|ご注文頂|ご注文を|注文して|お買い求め|購入|
    買って|买|買|下单|下單|拍|订购|訂購|주문하|주문해|구매하|구매해|사시|
    สั่งซื้อที่|สั่งซื้อได้|สั่งซื้อผ่าน|สั่งซื้อจาก|สั่งซื้อเลย|สั่งซื้อตรง|สั่งซื้อทาง|สั่งได้|สั่งตรง|สั่งที่|
    สั่งจาก|ซื้อได้|ซื้อที่|
    اطلب|تطلب|اشتر|تشتر|मंगा|मँगा|खरीद|ख़रीद|ऑर्डर कर|ले लीजिए
"""
# Before "order" where it is a verb.
BEFORE_VERBS = """
    next time|time|to|can|could|may|might|should|must|will|would|you|u|we|they|and|or|just|please|pls|then|better|
    always|simply|also|
    directly|rather|instead|you'll|you'd|they'll|i'd|now|there|here|again|online
"""
# What a link at which to buy is better for.
CHEAPER = """
    cheaper|markup|mark-up|lower price|better price|half the price|without the fees|without the fee|
    günstiger|billiger|preiswerter|moins cher|moins chère|moins chers|más barato|más barata|sale más barato|
    costa meno|costano meno|più economico|meno caro|goedkoper|tientje minder|taniej|billigare|mais barato|mais barata|
    mais em conta|daha ucuz*|daha uygun fiyat*|lebih murah|rẻ hơn|дешевле|sasta|saste|sasti
"""
# Before such a word, or behind it: what was ordered or is ordered here.
BOUGHT = """
    your|ur|this|that|the|an|our|last|his|her|for|of|before you|when you|thanks for|thank you for|
    deine|ihre|diese|die|
    gracias por|gracias por su|su|tu|la|grazie per|sua|tua|obrigado pela|obrigada pela|sua
"""
