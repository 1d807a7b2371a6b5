"""Endings of host names, and how far a bare `word.ending` in running text may be taken for a host.

Whether an ending exists at all is the public suffix list's business; this is about what else it might be: the next
sentence ("arrived.It"), a file ("photo.zip"), an abbreviation ("Co.Ltd").
"""

from __future__ import annotations

from msgpolicy.facts.contacts.data import phrases, words

# Reserved for examples and private nets (RFC 2606, RFC 6761, RFC 7686); real enough to be meant as an address.
RESERVED = frozenset({"example", "invalid", "onion", "test"})

# Endings that are hardly ever anything else. All others need a path, a context or a host that looks like one.
PLAIN = words(
    """
    com net org edu gov mil int info biz eu asia mobi name pro travel coop museum jobs aero cat shop store online
    site website xyz top club vip tech cloud dev io co cc tv ly gg gl uk de fr nl pl cz sk ro bg rs gr cy dk fi ee
    lv lt lu ru ua kz ch jp kr cn tw hk sg th vn id au nz za ng ke eg tr ae sa qa kw jo lb pk bd lk br mx ar cl uy
    ve ec ca
    """
)

# Endings that are also words or abbreviations of some language, so that a missing space makes a false host.
ALSO_WORDS = words(
    """
    ac ad al am an as at ba be by da die do du ed el en er es et ga ge ha he hr hu ie il im in is it ist je ki la
    le li lo ma me mi mo mu my na ne nu no nr oh or pa pe ph pm pr ps pt re se si sm st su sv ta te to tu um un us
    va vi wo ya ye ze zu able best bet blue book box buy call cam cash center chat city click codes cool country
    date day deals delivery direct dog eco email express fail fan fans fast fit free fun gift gifts give gives
    global gold green group guide help here home hot house how international land life like link live living love
    market me media men menu mom money moscow name network new news now one page parts party pay phone photo
    photos pink place plus post press red rent repair report rest review reviews run safe sale save school sexy
    shoes show size social space spot star stream style support sure surf team test tips today tools total toys
    trade training tube vision vote wang watch win wine work works world wow yes you zero zone
    """
)

# Endings that are kinds of files, programs or companies first: only with a scheme, "www." or a path.
ALSO_FILES = words(
    """
    zip mov md py sh rs ps cab ai app ml pub so java swift bat bz gz ltd inc llc gmbh sarl srl corp limited
    company
    """
)

# What looks like a host and is none.
NO_HOSTS = words(
    """
    xn--hz2b13s8pc.com xn--hz2b13s8pc.xn--mk1bu44c
    asp.net vb.net ado.net paint.net quantum.net m.in p.es p.de z.de tel.no ref.no order.no art.no item.no inv.no
    nr.no serial.no model.no part.no for.example an.example see.example co.ltd co.inc etc.it etc.in and.co
    fritz.box easy.box o2.box
    """
)

# Endings as they are spoken, in other scripts.
SPOKEN_ENDINGS = {
    **dict.fromkeys(("ком", "コム", "どっとこむ", "康姆", "컴", "콤", "كوم", "कॉम", "काम", "คอม"), "com"),
    **dict.fromkeys(("нэт", "ネット", "넷", "نت", "नेट", "เน็ต"), "net"),
    **dict.fromkeys(("орг", "オーグ", "오알지", "اورج", "ऑर्ग"), "org"),
    **dict.fromkeys(("ру",), "ru"),
    **dict.fromkeys(("инфо", "インフォ", "인포"), "info"),
    **dict.fromkeys(("шоп", "ショップ", "샵", "शॉप", "ช็อป"), "shop"),
    **dict.fromkeys(("юа",), "ua"),
    **dict.fromkeys(("ทีเอช",), "th"),
    **dict.fromkeys(("ジェーピー", "ジェイピー"), "jp"),
    **dict.fromkeys(("케이알",), "kr"),
    **dict.fromkeys(("इन",), "in"),
}

# Free mail providers: "name at one of these" is an address even where other signs are missing.
MAIL_PROVIDERS = words(
    """
    gmail googlemail hotmail outlook live msn yahoo ymail rocketmail icloud me mac aol proton protonmail tutanota
    gmx web freenet t-online mail zoho yandex qq 163 126 sina foxmail naver daum hanmail kakao orange wanadoo
    laposte free sfr libero virgilio tiscali alice hotmail terra uol bol wp onet interia o2 seznam rambler inbox
    comcast verizon att btinternet sky talktalk telia telenet ziggo kpnmail hushmail fastmail rediffmail docomo
    ezweb softbank
    """
)

# Those whose names are words of no language and no program's: "name at gmail" says enough.
UNMISTAKABLE_PROVIDERS = words(
    "gmail googlemail hotmail yahoo ymail rocketmail icloud protonmail tutanota gmx t-online foxmail hanmail rediffmail"
)

# Words that end a sentence rather than name a host, should the next sentence follow without a space.
SENTENCE_ENDS = words(
    """
    address again any arrived away back before best better box broken call can care change check correct damaged
    day days delay delayed delivered delivery done email enough fast feedback fine free friday fully gift good
    happy help here home hours immediately inconvenience info information invoice issue it item items label later
    long lost mail me message missing monday much name needed now number offer on order ordered orders out paid
    parcel patience payment person phone photo photos pieces possible price problem problems product quality
    question questions quickly reason received refund refunded regards replacement reply return returned review
    right saturday seller sent service set shipment shipped shipping size soon sorry stars stock store sunday
    support thanks that them there this time today tomorrow track tracking trouble understanding up update us used
    warehouse way week weeks well work working wrong yesterday yet you yourself adresse angekommen artikel
    bestellung danke da dank erhalten ersatz geduld geliefert grüße hilfe ihnen lieferung morgen nachricht nicht
    paket problem rechnung retoure sendung uns verschickt versendet ware woche adiós artículo colis commande
    envoyé factura facture gracias livraison merci mensaje nous paquete pedido producto produit recibido
    remboursement reçu vous arrivato consegnato ordine pacco prodotto ricevuto grazie spedito bedankt bestelling
    dank ontvangen pakket verzonden dziękuję paczka przesyłka wysłane zamówienie beställning paket skickat tack
    encomenda enviado obrigado obrigada pedido recebido
    midnight noon
    ok okay yes yep no thx tks ty pls plz approx govt dept incl excl etc vs esp asap bijv incl obs aprox núm pág vb
    bzw usw evtl ggf inkl zzgl max min ca vgl osv dvs itd itp np tzn wg ecc ex cf env enz evt mvg
    """
)

# Providers as their names sound, with endings of languages that have them, and in other scripts.
SPOKEN_PROVIDERS = {
    **dict.fromkeys(
        phrases(
            "g mail|g-mail|gee mail|gee-mail|geemail|gmaila|gmailu|gmailem|gmailie|gmail'da|gmail'dan|gmail'im|gmailim|"
            "جيميل|جي ميل|جوجل ميل|जीमेल|जी मेल|जीमैल|ジーメール|Gメール|지메일|쥐메일|จีเมล|จีเมล์|"
            "джимейл|жмейл|гмейл|гмайл|谷歌邮箱|谷歌邮件|谷歌信箱"
        ),
        "gmail.com",
    ),
    **dict.fromkeys(
        phrases("hot mail|hot-mail|هوتميل|هوت ميل|हॉटमेल|ホットメール|핫메일|ฮอตเมล|хотмейл"), "hotmail.com"
    ),
    **dict.fromkeys(phrases("ياهو|याहू|雅虎邮箱"), "yahoo.com"),
    **dict.fromkeys(phrases("네이버|네이버 메일"), "naver.com"),
    **dict.fromkeys(phrases("яндекс|яндексе"), "yandex.ru"),
    **dict.fromkeys(phrases("qq邮箱|qq信箱"), "qq.com"),
    **dict.fromkeys(phrases("163邮箱|网易邮箱"), "163.com"),
}
