"""How "@" and "." are spelled out, words that announce an e-mail address or a web page; by language."""

from __future__ import annotations

from msgpolicy.facts.contacts.data import words

AT_WORDS: dict[str, str] = {
    "en": "at|at sign|at-sign|at symbol|a t|at the rate|at the rate of|at the rate sign|at d rate",
    "de": "ät|klammeraffe|klammeraffen|at|at-zeichen|atzeichen|affe|affenschwanz",
    "fr": "arobase|arobas|arrobase|arobaze|a commercial|à commercial|a rond",
    "es": "arroba|arrobas|aroba|signo arroba",
    "it": "chiocciola|chiocciolina|chioccola|chiocciolla",
    "nl": "apenstaartje|apenstaart|apestaartje|slingeraap|at",
    "pl": "małpa|małpka|malpa|malpka|znak małpy|at",
    "sv": "snabel-a|snabela|snabel a|alfakrull|kanelbulle|at",
    "pt": "arroba",
    "tr": "et işareti|at işareti|kuyruklu a|güzel a|at",
    "ru": "собака|собачка|эт",
    "ja": "アットマーク|あっとまーく|アット|あっと|＠マーク",
    "zh": "艾特|爱特|圈|小老鼠|圈a|at符号",
    "ko": "골뱅이|골벵이|앳|엣|에트",
    "ar": "آت|ات|أت|علامة آت",
    "th": "แอท|แอต|แอด|แอ็ท|แอ็ต|แอ๊ด|แอ็ด|เครื่องหมายแอท",
    "hi": "एट|ऐट|अट|एट द रेट|ऐट द रेट|एट दी रेट|ऐट दी रेट|at द rate",
    "id": "at|keong",
    "vi": "a còng|a móc|a vòng|a còng @|a cong|còng",
    "cs": "zavináč",
    "hu": "kukac",
    "ro": "arond|coadă de maimuță",
    "el": "παπάκι",
    "uk": "равлик|песик",
}

DOT_WORDS: dict[str, str] = {
    "en": "dot|d0t|d o t|d.o.t|period|full stop|fullstop",
    "de": "punkt|pkt|dot",
    "fr": "point|dot",
    "es": "punto",
    "it": "punto|puntino",
    "nl": "punt|dot",
    "pl": "kropka|kropeczka|dot",
    "sv": "punkt|dot",
    "pt": "ponto",
    "tr": "nokta",
    "ru": "точка|тчк|дот",
    "ja": "ドット|どっと",
    "zh": "点|點",
    "ko": "닷|점|쩜|도트",
    "ar": "دوت|نقطة|نقطه",
    "th": "ดอท|ดอต|ด็อท|ด็อต|ดอด|จุด",
    "hi": "डॉट|डाट|डोट|डॉट्|बिंदु",
    "id": "titik",
    "vi": "chấm|dấu chấm|cham",
    "cs": "tečka|tecka",
    "hu": "pont",
    "ro": "punct",
    "el": "τελεία",
    "uk": "крапка",
}

# Endings that go on a sentence behind a word for a dot: "el punto de", "um ponto com", "that point is".
GOES_ON = {
    "dot": words("at be is in no to do"),
    "point": words("de me se es it us at be hu ie in is to no my do"),
    **dict.fromkeys(("punto", "puntino"), words("de me se es")),
    "ponto": words("com de me se es"),
    "punt": words("de me at be es is in"),
    "punkt": words("es me it is in no to do"),
    "punct": words("de"),
    "nokta": words("de da"),
}
# Words for a dot that mean it only before these.
ONLY_BEFORE = {
    **dict.fromkeys(("period", "full stop", "fullstop"), words("com")),
    "pont": words("com net org eu hu"),
    **dict.fromkeys(("cham", "chấm"), words("com vn net org")),
}

# Signs between the parts of a mailbox's name, as they are spoken.
UNDERSCORE_WORDS = (
    "underscore|under score|unterstrich|tiret bas|tiret du bas|tiret d'en bas|barre du bas|souligné|"
    "underscore tiret|guion bajo|guión bajo|trattino basso|"
    "liggend streepje|laag streepje|onderstreepje|"
    "raya baja|barra baja|subrayado|sottolineato|garis bawah|gạch dưới|"
    "podkreślnik|podkreślenie|podłoga|understreck|sublinhado|underline|alt çizgi|alt tire|нижнее подчеркивание|"
    "нижнее подчёркивание|подчеркивание|アンダーバー|アンダースコア|下划线|底线|밑줄|언더바|شرطة سفلية|अंडरस्कोर|"
    "ขีดล่าง|อันเดอร์สกอร์"
)
HYPHEN_WORDS = (
    "dash|hyphen|bindestrich|minus|tiret|guion|guión|trattino|streepje|myślnik|bindestreck|hífen|traço|"
    "tire|strip|tanda hubung|gạch ngang|gạch nối|kısa çizgi|тире|минус|дефис|ハイフン|横杠|하이픈"
)

# A slash, as it is spoken before a path.
SLASH_WORDS = (
    "slash|forward slash|schrägstrich|slash|barre oblique|barra|barra oblicua|barra obliqua|schuine streep|ukośnik|"
    "snedstreck|taksim|слэш|слеш|косая черта|スラッシュ|斜杠|슬래시|سلاش|شرطة مائلة|स्लैश|ทับ|สแลช|gạch chéo|garis miring"
)

MAIL_WORDS = """
    mail|mails|e-mail|e-mails|email|emails|emailing|mailto|gmail|e-mail-adresse|mailadresse|mailen|e-mailen|schreiben|
    schreiben sie|write to|courriel|mél|écrivez|écrire|mejl|e-post|e-posta|eposta|correo|correo electrónico|escriba|
    escríbanos|escribir|scrivere|scriveteci|scrivici|posta|indirizzo|adres|adres e-mail|napisz|pisz|pisać|napisać|
    mailowo|correio|escreva|maila|yazın|mailadres|contact us at|inbox|メール|邮箱|邮件|電郵|이메일|메일|بريد|ايميل|
    الايميل|อีเมล|อีเมล์|ईमेल|почта|contact|kontakt|contacto|contatto|contato|contactez|iletişim|お問い合わせ|联系|문의
"""

SITE_WORDS = """
    visit|website|web site|site|web|webshop|web shop|homepage|home page|online|url|link|webseite|internetseite|
    besuchen|besuchen sie|besuche|onlineshop|online-shop|shop|store|page|visitez|site web|boutique|rendez-vous sur|
    visite|visita|visitad|visitare|visitate|visitez|tienda|sito|sito web|negozio|bezoek|winkel|strona|stronie|stronę|
    odwiedź|sklep|sklepie|besök|hemsida|webbplats|butik|loja|ziyaret|sitemiz|sitesi|go to|check out|see us at|
    order at|order on|buy at|buy on|shop at|find us at|find us on|ホームページ|サイト|ウェブサイト|网站|官网|网址|
    홈페이지|사이트|موقع|الموقع|เว็บไซต์|เว็บ|वेबसाइट
"""

# Small words before a host: "on shop.example", "bei shop.example"; by language.
HOST_PREPOSITIONS = {
    "en": words("at on via from by to from: see: web: www:"),
    "de": words("auf unter bei über von via"),
    "fr": words("sur chez par en dans via"),
    "es": words("en por"),
    "it": words("su da di via"),
    "nl": words("op via bij"),
    "pl": words("na w z przez"),
    "sv": words("på hos från"),
    "pt": words("em no na pelo do"),
}

# Endings of hosts that are words of the same languages, so that a missing space behind a full stop makes false hosts:
# "por padrão.se quiser". The Portuguese "com" is left out, for hosts that end so are the more frequent.
ENDINGS_AS_WORDS = {
    "en": words("am an as at be best do for fun here in is it me my new no now one so to us you"),
    "de": words("am an da der die du er es im in ist ja mit so zu"),
    "fr": words("au ce de du es et il je la le les ne si sa se te tu un"),
    "es": words("al de el en es ha la le me mi no se si su te tu un va ya"),
    "it": words("al ci da do il in la le li me mi ne se si so su te tu va"),
    "nl": words("als de en er het in is je me nu om so te"),
    "pl": words("co do ma mi my na no po se si to tu za ze"),
    "sv": words("de en er nu om se so"),
    "pt": words("as ao de do da em la me na no os se si te tu um"),
}

# Words before a spelled-out dot that are no name of a host: "the dot", "zum Punkt in …", "un point de vente".
NO_LABELS = words(
    """
    bu şu هذه هذا تلك
    each every dies diesem dieser jedem jeder einem ce cette chaque premier este ese cada primer primo ogni questo
    neste nesse esse primeiro dit dat elk elke ieder iedere den denna detta varje każda każdy ta mỗi setiap
    early e-mail and or und oder ou y lub och eller en of ve veya dan và with plus than like mit avec con med met
    add put by type use followed einfach dahinter after behind ajoutez añade aggiungi dodaj
    a al am an ao at au ce de dem den der die du een el en het il im is it la le les o of ok polka que red s sur
    ten the this that to um un una une w zu zum
    """
)

# What stands before "at" or "@" without being a name: "find us at …", "available at …".
NO_LOCAL_PARTS = words(
    """
    us me you it him her them we now here online available order orders ordered buy bought shop store visit look
    sold sell selling find found see one more page website site team also only directly directly: anytime and or
    lives live living sits sit stays hosted posted kept stored listed lies stands waiting ready up shown hidden
    liegt steht stehen lebt wohnt staat ligt leży stoi ligger está se trouve
    is are was be stay out not price sale deal deals down up back there this that all price: today tomorrow noon
    midnight home work
    ziyaret takip kontrol sipariş siparis test tercih kabul davet
    uns mich sie ihn jetzt hier erhältlich kaufen bestellen seite nous moi vous disponible nos
    mí usted noi voi ons mij u nas mnie oss mig nós mim contact-us
    """
)

# Names of mailboxes that shops use.
ROLES = words(
    """
    info service support sales contact help shop hello hallo office admin mail email post team orders order
    returns refund customer customerservice customercare kundenservice kontakt bestellung biuro sklep zamowienia
    pomoc ventas tienda contacto ayuda soporte vendite assistenza ordini contatto contatti commandes boutique
    klantenservice verkoop butik kundtjanst contato vendas loja atendimento destek siparis satis iletisim noreply
    no-reply webmaster billing invoice feedback review reviews seller store warranty garantie
    """
)
