"""Words by which a writer speaks of using a messenger with the reader, in whatever order: "WhatsApp wäre mir lieber".

Entries are lower case, parted by `|`; a `*` stands for any further letters.
"""

from __future__ import annotations

# The writer.
ME = """
    i|i'm|im|i'll|ill|me|my|we|we're|us|our|lets|let's|
    ich|mir|mich|mein*|wir|uns|unser*|je|j'ai|moi|mon|nous|notre|on|yo|me|mi|nos|nuestr*|tengo|tenemos|te|
    io|ci|noi|mio|nostr*|abbiamo|ti|ik|mij|ons|onze|wij|mnie|nam|nas|mój|moj*|nasz*|mam|mamy|wyślę|jag|mig|oss|
    min|vi|vår|
    eu|mim|meu|minha|nosso|nossa|tenho|temos|bana|bize|ben|biz|benim|bizim|saya|kami|aku|em|mình|
    mujhe|hum|main|mera|hamara|mne|мне|нам|мы|я
"""
ME_WITHIN = """
    私|当店|弊社|我|저희|제가|저는|저한테|انا|أنا|احنا|نحن|معي|معنا|لي|ผม|ดิฉัน|เรา|หนู|ทางร้าน|हम|मैं|
मुझे|हमारे|हमें
"""

# What is said of a better way to talk.
EASIER = """
    easiest|fastest|quickest|simplest|einfachsten|besten|schnellsten|le plus simple|le mieux|lo más fácil|lo mejor|
    la cosa più semplice|makkelijkst|snelst|handigst|enklast|snabbast|smidigast|o mais fácil|o melhor|en kolayı|
    en hızlısı|
    faster|easier|quicker|better|best|prefer|rather|instead|handier|simpler|fine with me|works for me|
    schneller|einfacher|lieber|besser|leichter|bequemer|angenehmer|
    plus simple|plus rapide|plus facile|préfère|préférable|mieux|plutôt|pratique|
    más fácil|más rápido|mejor|prefiero|más cómodo|mas facil|mas rapido|
    più facile|più comodo|più veloce|meglio|preferisco|preferirei|prima|
    makkelijker|sneller|handiger|liever|fijner|beter|łatwiej|szybciej|wygodniej|wolę|lepiej|najlepiej|najszybciej|
    lättare|snabbare|smidigare|enklare|hellre|bättre|mais fácil|mais rápido|melhor|prefiro|mais prático|
    daha hızlı|daha kolay|daha iyi|daha rahat|lebih cepat|lebih mudah|lebih enak|cepat|nhanh hơn|tiện hơn|dễ hơn|
    удобнее|быстрее|лучше|проще|jaldi|aasan|better hai|easy hai
"""
EASIER_WITHIN = (
    "早い|便利|楽です|スムーズ|方便|更快|快点|快一点|比较快|比較快|好沟通|빠르|빨라|편하|편해|나아요|낫|أسهل|"
    "اسهل|أسرع|اسرع|أفضل|افضل|احسن|"
    "ง่ายกว่า|เร็วกว่า|สะดวก|जल्दी|आसान|बेहतर"
)

# To come along.
JOINING = """
    join|join it|join us|request to join|beitreten|tretet|tritt|komm|kommen sie|rejoignez|rejoins|únete|únase|
    unirse|unisciti|
    si unisca|entra|entri|entre|word lid|dołącz*|gå med|katıl*|gabung|tham gia|вступайте|join kar|jud jao|aa jao|
    aajao|
    put you in|put u in|add you|add u|adding you|let you in|invite you|an invite|invite link|einladen|einladung|
    lade sie|
    lade dich|lad dich|nehme sie|nehme dich|nehm dich|füge sie|füge dich|hinzufügen|vous ajoute*|vous invite*|
    t'ajoute|
    t'invite|une invitation|le agreg*|la agreg*|lo agreg*|te agreg*|te añado|le añado|le invito|te invito|le meto|
    te meto|
    la aggiung*|ti aggiung*|lo aggiung*|la invito|ti invito|aggiungerla|aggiungerti|toevoegen|voeg je|voeg u|
    nodig je|
    nodig u|uitnodigen|uitnodiging|dodam|dodamy|dodać|zaproszę|zapraszam*|lägger till|lägga till|bjuder in|
    bjuda in|
    te adiciono|adiciono|adicionar você|te coloco|coloco você|te convido|ekleyeyim|ekleyelim|ekliyorum|
    eklerim|davet ed*|
    add kar*|jod deta|jod dete|jod dunga|jod du|jod dein
"""
JOINING_WITHIN = (
    "参加|ご登録|招待|进群|進群|进来|進來|拉你|拉您|入群|邀请您|邀請您|加您进|加您進|들어오|참여|초대|انضم|أضيفك|اضيفك|نضيفك|ندعوك|أدعوك|"
    "เข้ากลุ่ม|เข้ามา|ดึงเข้า|เชิญ|जुड़|जोड़|आ जाइए|आ जाओ|ऐड कर"
)

# Right behind a name, where no noun follows.
VERBS_BEHIND = """
    wäre|geht|geht's|gehts|würde|works|most|only|often|usually|always|all|any|if|so|ok|okay|would|serait|marche|
    sería|sarebbe|va|
    zou|gaat|byłby|byłoby|najlepiej|vore|går|seria|olur|daha|kalau|aja|saja|ya|kak|cho|nhé|nha|ạ|pe|par|hai|ho|
    too|day|right
"""
# Right before a name these say where a thing comes from, or how to log in.
FROM = """
    from|von|aus|depuis|de|del|desde|dalla|dall'|van|uit|z|ze|från|do|da|di|of|with|mit|avec|con|met|med|com|
    for|für|pour|
    para|per|voor|dla|för|wie|like|comme|como|come|zoals|jak|som
"""

# Goods on which the names stand, or which show or need the service.
GOODS = """
    tee|mug|mugs|cup|cups|pillow*|book|books|tablet*|watch|speaker|bag|bags|uhr|tasche|tasse|kissen|buch|
    montre|sac|reloj|
    bolso|bolsa|taza|libro|orologio|borsa|tazza|horloge|tas|mok|zegarek|torba|kubek|klocka*|väska*|mugg|relógio|
    caneca|
    çanta|kupa|腕時計|時計|玩具|시계|الساعة|شنطة|นาฬิกา|กระเป๋า|เสื้อ|घड़ी|
    shirt*|t-shirt*|hoodie*|badge*|patch|patches|pin|pins|keychain*|
    plug and play|compatible|kompatib*|compatibil*|compatível|uyumlu|
    paperback*|costume*|backup*|log in|login|sign in|signs in|logging in|install*|settings|version|update*|
    calls on|anmelden|einloggen|schriftzug|druck|lettering|
    connexion|connecter|imprimé|impression|estampado|iniciar sesión|
    notific*|stampa|accedere|opdruk|inloggen|zegark*|nadruk*|napis*|
    zalogow*|tryck|logga in|estampa|baskı|giriş yap|
    柄|デザイン|ログイン|印刷|グッズ|手表|手錶|图案|圖案|印花|登录|登入|
    무늬|디자인|로그인|스마트워치|엽서|
    طباعة|تسجيل الدخول|تصميم|ลาย|เข้าสู่ระบบ|टी-शर्ट|प्रिंट|लॉगिन
"""
# Warnings, and words of those who keep to the rules.
WARNING = """
    scam*|fraud*|fake*|phish*|pretend*|claim*|claiming|imperson*|suspicious|report|rules|policy|policies|
    guidelines|allowed|
    permitted|betrug*|betrüg*|regeln|richtlinie*|vorschrift*|erlaubt|verboten|arnaque*|règles|règlement|
    autorisé*|interdit*|
    estaf*|fraude*|normas|reglas|permit*|prohib*|truff*|regole|regolamento|consentit*|vietat*|oplicht*|regels|
    toegestaan|
    verboden|oszust*|zasad*|regulamin*|zabron*|dozwol*|bedräg*|regler|tillåt*|förbjud*|golpe*|regras|política*|
    proibid*|
    dolandır*|kural*|yasak*|penipu*|aturan|lừa đảo|quy định|niyam|allowed nahi|политик*|правил*|мошен*
"""
WARNING_WITHIN = """
    詐欺|規約|規定|禁止|诈骗|詐騙|骗|騙|规定|規則|规则|사기|사칭|규정|정책|احتيال|نصب|سياسة|قوانين|มิจฉาชีพ|กฎ|
    นโยบาย|धोखा|ठग|नियम|
    नीति
"""
