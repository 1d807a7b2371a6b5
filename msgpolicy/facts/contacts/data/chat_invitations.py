"""How people ask each other onto a messenger, by language. A name without a handle is a contact only with such words.

Entries are lower case, parted by `|`; a `*` stands for any further letters.
"""

from __future__ import annotations

from typing import NamedTuple


class Invitation(NamedTuple):
    """Words before the name of a messenger: verbs, then within a few words one of `links`, then perhaps one of `own`.

    Without links the name follows within `reach` code points.
    """

    verbs: str
    links: str = ""
    own: str = ""
    reach: int = 25


_EN_VERBS = """
    add|contact|message|msg|mesage|text|txt|dm|pm|inbox|ping|reach|call|find|follow|join|hit up|hit|send|tell|show|
    write|
    write to|talk to|speak to|chat with|talk with|speak with|connect with|get in touch with|get hold of|reach out to|
    shoot|drop|give|get|leave|look up|search for|video call|facetime|forward|reply to|answer|invite
"""
_EN_VERBS_WITH_OBJECT = "|".join(
    f"{' '.join(verb.split())} {someone}"
    for verb in _EN_VERBS.split("|")
    for someone in ("me", "us", "our *", "the seller", "the shop", "my *", "him", "her")
)
_EN_LINKS = "on|via|over|through|thru|by|using|at|in|with|to|onto"
_EN_TOGETHER = "|".join(
    f"{opening} {verb}"
    for opening in (
        *("lets", "let's", "let us", "can we", "could we", "we can", "we could", "shall we", "we should", "we better"),
        *(
            "wanna",
            "want to",
            "happy to",
            "rather",
            "prefer to",
            "better",
            "easier to",
            "i can",
            "we'll",
            "i'll",
            "ill",
        ),
        *("i will", "we will", "u can", "you can", "you could", "you may", "can you", "can u", "could you", "could u"),
        *("please", "pls", "plz", "just", "or", "also"),
    )
    for verb in (
        *(
            "talk",
            "chat",
            "text",
            "speak",
            "discuss *",
            "continue",
            "carry on",
            "move",
            "move *",
            "switch",
            "go",
            "hop",
        ),
        *("take this", "take it", "connect", "do this", "do it", "sort *", "come", "jump", "meet", "message", "msg"),
        *("write", "reach out", "get in touch", "video call", "call", "send *", "share *", "find *", "use", "contact"),
        *("reply", "answer", "ask", "get help", "help *", "explain *", "show *", "deal", "order", "pay", "arrange *"),
    )
)

BEFORE: dict[str, tuple[Invitation, ...]] = {
    "en": (
        Invitation(_EN_VERBS_WITH_OBJECT, _EN_LINKS, "our|my|the|ur|your|this"),
        Invitation(_EN_VERBS_WITH_OBJECT),
        Invitation(
            """
            chat|contact|get in touch|reach out|stay in touch|keep in touch|available|reachable|talk|support|easier|
            quicker|faster|prefer to chat|active|online|respond|reply faster|answer faster|hmu|inbox|conversation
        """,
            "on|via|over|through",
            "our|my",
        ),
        Invitation(_EN_TOGETHER, "on|via|over|through|to|onto|by|in", "our|my|ur|your|the"),
        Invitation("scan"),
        Invitation(
            "look me|look us|your number|ur number|same number|same nr|my number|our number|check your|check ur|"
            "sent you|sent u|added you|added u|messaged you|messaged u|wrote you|wrote u|wrote to you|texted you|"
            "texted u|dmed you|request|try me|try us|catch me|catch us|join us|join me|look for us|look for me|hmu|"
            "reach out|you can find me|u can find me|slide|best",
            "on|via|over|through|in|into",
            "our|my|the",
        ),
        Invitation("add|add our|add my|add the seller's|join our|join my|dm|use our|use my|save my|save our", reach=1),
    ),
    "de": (
        Invitation(
            """
            schreib*|kontaktier*|erreich*|füg*|hinzufüg*|meld*|adde*|add|folg*|find*|chatt*|ruf*|wend*|kontakt*|
            sprech*|
            support|scann*|tret*|texte*|simse*|schick*|send*|klär*|regel*|besprech*|weiterschreib*|reden|rede|red|
            quatsch*|
            such*|kommunizier*|gib|geben sie|frag*|antwort*|ping*|hau*|austausch*
        """,
            "per|über|ueber|auf|via|bei|in|unter|mit|zu|aufs|übers",
            "unser*|mein*|dein*|ihr*|das|den|die",
        ),
        Invitation("schreib*|kontaktier*|scann*|adde|adden"),
        Invitation(
            "hab dir|habe dir|hab dich|habe dich|habe ihnen|haben ihnen", "per|über|auf|via|bei|in", "den|der|die"
        ),
    ),
    "fr": (
        Invitation(
            """
            contactez*|contacter|contacte*|écrivez*|écrire|écris*|ajoutez*|ajoute|ajoutes|ajouter|rejoignez*|rejoins|
            joignez*|joindre|suivez*|suis|retrouvez*|retrouve*|appelez*|appelle*|discut*|parl*|joignable*|disponible*|
            envoyez*|envoie*|envoyer|scannez*|passez|passer|passons|continu*|cherchez|cherche|mp|dm|répond*|laissez|
            laisse|échang*|on se voit|on se capte|tchat*|trouve*
        """,
            "sur|par|via|avec|le|à|en",
            "notre|le|mon|ton|votre",
        ),
        Invitation("ajout*", reach=12),
        Invitation("je t'ai|je vous ai|on t'a|on vous a|nous vous avons", "sur|par|via"),
    ),
    "es": (
        Invitation(
            """
            contáct*|contact*|escríb*|escrib*|agrég*|agreg*|añád*|anad*|síguenos|síganos|sígueme|encuéntr*|encontr*|
            busc*|búsc*|háblan*|habl*|te he|le he|te mandé|te agregué|te escribí|le escribí|le mandé|llám*|mánd*|
            mand*|envíe*|envía*|envia*|enví*|únete|únase|escane*|comuní*|comuníq*|chate*|chat*|
            pas*|respond*|contest*|seguim*|sigamos|pregunt*|dej*|háblame|hablam*|charl*|arregl*|quedam*
        """,
            "por|vía|via|en|a través de|al|a|con|de",
            "nuestro|mi|el|tu|su|un",
        ),
        Invitation("agrég*|agreg*|añád*", reach=14),
    ),
    "it": (
        Invitation(
            """
            contatt*|scriv*|aggiung*|segui*|trova*|trovi*|chiama*|chatta*|parl*|invia*|invii*|mand*|scansion*|raggiung*|
            unisc*|sent*|ti ho|le ho|vi ho|cercam*|cerca*|passa*|spost*|rispond*|continu*|pass*|chied*
        """,
            "su|via|tramite|con|per|al|nel|sul|il|attraverso|in",
            "nostro|mio|tuo|suo|un",
        ),
        Invitation("aggiung*", reach=14),
    ),
    "nl": (
        Invitation(
            """
            app me|app mij|app ons|app maar|app gerust|appen|appt|stuur*|sturen|contact*|neem contact|bereik*|voeg*|
            volg*|vind*|chat*|schrijf*|bel*|scan*|
            heb je een|heb u een|praat|praten|verder|berichtje|zoek*|toevoegen|overleg*|mail*|reageer*|antwoord*|dm|
            regel*
        """,
            "via|op|over|per|met|aan|in|een|naar",
            "onze|ons|mijn|je|jouw|uw",
        ),
        Invitation(
            "app me|app mij|app ons|app even|app ff|app maar|app gerust|appen|voeg|stuur een|"
            "stuur me een|stuur mij een|stuur ons een|stuur even een",
            reach=20,
        ),
    ),
    "pl": (
        Invitation(
            """
            napisz*|napiszę|napisałem|napisałam|wysłałem|wysłałam|dodałem|dodałam|pisz*|pisać|napisać|dodaj*|dodać|
            kontakt*|skontaktuj*|skontaktować|znajdź*|znajdz*|
            obserwuj*|
            zadzwoń*|zadzwon*|dzwoń|dołącz*|wyślij*|wyslij*|wyślę|wyśle|podeślij*|podeśl*|zeskanuj*|rozmaw*|
            porozmawiaj*|
            pogad*|gadać|gadaj|czat*|odezwij*|odezwać|prześlij*|przejdźmy|przejdzmy|przenieś*|dogad*|odpisz*|
            odpisuj*|łap|
            zapraszam*|szukaj|zaproś|zapros|daj znać
        """,
            "na|przez|w|we|do|poprzez|za pomocą|po",
            "nasz*|mój|mojego|twojego|twój",
        ),
        Invitation("dodaj*|zeskanuj*"),
    ),
    "sv": (
        Invitation(
            """
            skrev till dig|har skickat|skriv*|kontakta*|lägg till|adda*|nå|följ|hitta*|chatta*|ring|skicka*|skanna*|
            hör av|höra av|prata*|ta det|
            ta kontakt|meddela*|messa*|dm:a|sök*|svara*|fortsätt*|snacka*|kör|ta
        """,
            "på|via|över|med|till|genom|i",
            "vår*|min|mitt|din",
        ),
        Invitation("adda*|lägg till", reach=12),
    ),
    "pt": (
        Invitation(
            """
            te mandei|te adicionei|te chamei|contact*|contat*|escrev*|escreva*|adicion*|add|siga*|segue*|encontr*|
            ach*|procur*|fal*|cham*|lig*|mand*|
            envi*|escane*|pass*|respond*|continu*|convers*|combin*|deix*|atend*|entr*|mensag*|pergunt*|manda*
        """,
            "por|pelo|pela|via|no|na|em|através do|ao|o|com|pro|ou",
            "nosso|meu|seu|teu|um",
        ),
        Invitation("adicion*", reach=12),
    ),
    "tr": (
        Invitation("yaz*|ulaş*|ulas*|ekle*|mesaj at*|mesaj gönder*|iletişim*|konuş*|gel*|takip et*|bul*", reach=20),
    ),
    "ru": (
        Invitation(
            """
            пишите|напишите|пиши|напиши|свяжитесь|добавьте|добавляйте|добавь|звоните|подпишитесь|найдите|связь|
            скинь|скиньте|пришлите|давайте|перейдем|перейдём|общаться
        """,
            "в|на|через|по",
            "наш*|мой",
        ),
    ),
    "ar": (
        Invitation(
            "تواصل*|راسل*|اتصل*|أضف*|اضف*|ضيف*|ارسل*|أرسل*|كلم*|كلّم*|تابع*|للتواصل|ابعث*|ابعت*|دز*|حاك*|نتكلم|خلينا*|"
            "نكمل|اكتب*|تلاق*|رد*|ابحث*|تلقان*",
            "على|عبر|من خلال|علي|في|ع|عن طريق",
        ),
        Invitation("أضف*|اضف*|ضيف*|للتواصل|كلم*|راسل*|تواصل*|ابعت*|ابعث*|ارسل*|أرسل*|تلاقيني|تلقاني", reach=16),
    ),
    "zh": (
        Invitation(
            "加|添加|联系|聯繫|聯絡|联络|扫|掃|关注|關注|搜|搜索|私信|咨询|諮詢|加我|加我们|发|發|聊|说|"
            "說|谈|談|走|用|上|换|換|转|轉|"
            "留|留个|找|给我|給我|来|來|问|問|进|進",
            reach=10,
        ),
    ),
    "th": (Invitation(("แอด|ทัก|ติดต่อ|เพิ่ม|ส่งข้อความ|คุย|สแกน|ส่ง|ขอ|ถาม|สอบถาม|โทร|ตอบ|แชท|เข้า|หา|สั่ง"), reach=14),),
    "ja": (
        Invitation(
            "追加|友だち|友達|登録|公式|お問い合わせ|お問合せ|ご連絡|連絡先|連絡は|詳しくは|続きは|"
            "やり取りは|やりとりは|検索",
            reach=10,
        ),
    ),
    "ko": (Invitation("문의|연락|추가|상담|문의는|연락은|자세한 건|대화는|저희|제|혹시", reach=10),),
    "id": (Invitation("hubungi|kirim|kontak|cari|chat aja|chat|lanjut|ngobrol|tanya|japri|bisa dm|wa ke", reach=14),),
    "vi": (Invitation("nhắn|kết bạn|gọi|liên hệ|tìm", reach=14),),
    "hi": (
        Invitation("sampark|likho|likhe|bhejo|bheje|bhej do|baat karo|baat kare", reach=16),
        Invitation("संपर्क|मैसेज|संदेश|बात|जोड़ें|ऐड|भेजें|भेजो", reach=16),
    ),
}

# Words right before the name that make it one's own, or ask whether the other has it. They invite only where no other
# noun follows the name ("do you have WhatsApp?", not "do you have WhatsApp stickers?").
HAVE: dict[str, str] = {
    "en": """
        do you have|do u have|have you got|have u got|u have|you have|you got|u got|got|do you use|do u use|you use|
        u use|are you on|are u on|r u on|you on|u on|im on|i'm on|i am on|we are on|we're on|im also on|add my|
        add our|
        your|ur|what's your|whats your|whats ur|what is your|give me your|send me your|tell me your|drop your|drop ur|
        i have|i got|we have|have|here is my|here's my|heres my|this is my|my|our|is on|also on|we use|i use|
        add * on|search * on|search for * on|search * * on|look up * on|look for * on|find * on|follow * on|
        message * on|
    * is best on|quicker on|faster on|easier on|active on|responsive on|quicker via|faster via|easier via|
    quicker over|
    easier over|my name on|my user on|my nick on|use
    """,
    "de": """
        hast du|haste|habt ihr|haben sie|nutzt du|nutzen sie|benutzt du|benutzen sie|bist du auf|bist du bei|
        sind sie bei|sind sie auf|dein|deine|deinen|ihr|ihre|mein|meine|unser|unsere|unserem|meinem|deinem|
        ich bin auf|
        ich bin bei|bin auf|bin bei|sind auf|sind bei|lieber über|lieber per|lieber auf|einfacher über|einfacher per|
        einfacher auf|schneller über|schneller per|schneller auf|aktiver auf|schneller bei|besser über|besser per|
        besser auf|gerne per|gern per|
        gerne über|gern über|auch per|auch über|auch auf|oder per|oder über|oder auf|geht über|geht per|haben auch|
        habe auch|hab auch|hab|habe|du|sie
    """,
    "fr": """
        votre numéro|ton numéro|vous avez|avez vous|avez-vous|tu as|t as|t'as|as tu|as-tu|vous êtes sur|êtes vous sur|
        es tu sur|t es sur|
        tu es sur|t'es sur|je suis sur|nous sommes sur|on est sur|plus * sur|plus * par|
        plutôt sur|mieux sur|mieux par|votre|ton|mon|notre|j'ai|j ai|on a|vous utilisez|tu utilises|
        passez moi votre|donnez moi votre|c'est quoi ton|aussi sur|voir sur
    """,
    "es": """
        tu número|su número|tu número de|su número de|tienes|tiene|tenes|tenés|tienen|teneis|tenéis|usas|usa|usan|
        estas en|estás en|está en|estoy en|estamos en|
        mi|tu|nuestro|mejor por|mejor en|más * por|mas * por|más * en|mas * en|
        pásame tu|pasame tu|dame tu|deme su|tengo|tenemos|me encuentras en|nos encuentra en|cuál es tu|cual es tu
    """,
    "it": """
        numero|suo numero|tuo numero|il suo numero di|il tuo numero di|contatto|hai|ha|avete|usi|usa|usate|sei su|
        è su|siete su|sono su|siamo su|il tuo|il suo|tuo|suo|il mio|mio|nostro|
        il nostro|meglio su|più * su|piu * su|dammi il tuo|
        mi dai il tuo|ce l'hai|ce l hai|ho|abbiamo|uso|mi trovi su|mi trova su|ci trovi su|ci trova su|anche su
    """,
    "nl": """
        je nummer|uw nummer|heb je|heb jij|hebt u|heeft u|hebben jullie|gebruik je|gebruikt u|zit je op|zit u op|
        ben je op|ik zit op|
        wij zitten op|we zitten op|je|jouw|uw|mijn|onze|makkelijker via|makkelijker op|sneller via|sneller op|
        handiger via|liever via|liever op|kan via|mag via|ik heb|we hebben|kan ook via|ook via
    """,
    "pl": """
        swojego|twojego|pański|pani|podaj swojego|podaj mi|podasz swojego|masz|jest pan na|jest pani na|są państwo na|
        ma pan|ma pani|macie|mają państwo|maja panstwo|używasz|uzywasz|
        jesteś na|jestes na|jestem na|jesteśmy na|
        twój|twoj|mój|moj|mojego|nasz|naszego|pański|łatwiej na|latwiej na|łatwiej przez|szybciej na|szybciej przez|
        wygodniej na|wolę na|wole na|lepiej na|lepiej przez|podaj|podaj swój|podasz|mam|mamy|mogę na|też na
    """,
    "sv": """
        har du|har ni|använder du|använder ni|finns du på|finns ni på|är du på|är ni på|jag finns på|vi finns på|
        jag är på|ditt|din|er|ert|min|mitt|vår|vårt|enklare på|enklare via|lättare på|lättare via|smidigare på|
        smidigare via|snabbare på|snabbare via|hellre på|hellre via|ta det på|ta det via|jag har|vi har
    """,
    "pt": """
        seu número|seu numero|seu número de|qual o|qual teu|você tem|voce tem|vc tem|vcs tem|tem|têm|tens|usa|usas|
        está no|esta no|ta no|tá no|estou no|estamos no|to no|
        tô no|seu|teu|meu|nosso|o meu|o seu|melhor no|melhor pelo|mais * no|mais * pelo|
        mais rápido no|mais rapido no|passa seu|passa o seu|manda seu|qual seu|qual o seu|qual é o seu|pelo|pro|
        no meu|
        lá no|la no|tenho|temos|me acha no|me encontra no
    """,
    "tr": "benim|bizim|sizin|senin|sende|sizde|bende|bizde",
    "ru": "есть|у вас есть|у тебя есть|мой|наш|ваш|я в|мы в|лучше в|удобнее в|давайте в",
    "ar": (
        "عندك|عندكم|لديك|لديكم|هل لديك|هل عندك|معك|رقم|رقمك|حسابي|حسابنا|عندي|عندنا|افضل|أفضل|احسن|اسهل|أسهل|"
        "هذا|اعطني|عطني|ممكن"
    ),
    "zh": "有没有|有沒有|有|你的|您的|我的|我们的|我們的|给个|給個|方便|方便加|留下|能不能用|可以用",
    "ja": "私の|当店の|うちの|弊社の|こちらの|お客様の",
    "ko": "제|저희|제가|개인|혹시|우리|고객님",
    "th": "มี|ขอ|ของร้าน|ของเรา|ทาง|ใน|ผ่าน|ที่|เล่น|ใช้",
    "hi": """
        aapka|apka|aapke|tumhara|mera|hamara|humara|apna|mere|kya aap|aap|koi|आपका|आपके|मेरा|हमारा|हमारे|अपना|मेरे|
        क्या आप
    """,
}

# Networks that people read: "follow us on Instagram" asks for no talk, unless an account is named.
FEEDS = "instagram|messenger|tiktok|twitter|xiaohongshu|vk"
# Such askings: to follow, which names the network as a way to reach the seller, and to have a look, which does not.
FOLLOW = """
    follow*|zaobserw*|abonnier*|subscri*|abonn*|suscr*|iscriv*|folg*|suiv*|segu*|sígu*|siga*|siga-nos|volg*|obserw*|
    följ*|takip*|フォロー|关注|關注|팔로우|تابع*|ติดตาม
"""
LOOK = """
    join us|visit|see us|see our|check out|check our|look at our|find inspiration|like us|besuch*|schau*|visit*|
    entdeck*|
    retrouvez toute*|découvr*|descubr*|visita*|scopri*|bezoek|ontdek|zapraszam*|odwiedź*|zajrzyj*|besök*|kolla in|
    conhe*|
    ziyaret*|ご覧|見て|看看|구경|زور*|เยี่ยมชม
"""

# What may follow the name in such a case: small words, and words for a number or an account.
FREE = """
    aja|saja|ya|kak|nhé|nha|ạ|so|and|or|then|to|too|pls|plz|please|it|its|it's|i|ill|i'll|i'm|im|we|you|u|there|
    instead|number|no|nr|account|
    id|handle|
    name|if|for|as|by|thx|thanks|tks|maybe|cos|cuz|because|is|are|ok|also|at|when|with|now|bro|dear|sir|friend|rn|btw|
    messenger|chat|username|user|contact|dm|not|same|but|where|just|which|can|that|would|works|better|today|
    und|oder|dann|da|ist|ich|wir|bitte|auch|schicken|nummer|falls|wenn|sonst|weil|geht|lieber|drauf|an|name|
    et|ou|je|c'est|c est|cest|pour|alors|svp|stp|on|ça|ca|si|est|nous|mon|numéro|sinon|merci|comme|
    y|o|soy|así|asi|te|le|lo|por|para|es|mi|somos|puedo|donde|entonces|gracias|número|numero|me|
    e|così|cosi|ti|le|per|io|sono|è|se|che|allora|grazie|posso|oppure|
    en|dan|ik|wij|want|of|kan|makkelijker|daar|ben|is|zijn|nummer|even|graag|
    i|albo|lub|to|wyślę|wysle|podeślę|podesle|prześlę|jestem|tam|bo|żeby|szybciej|numer|dla|jako|proszę|
    och|eller|så|jag|vi|för|då|är|heter|nummer|där|annars|kan|tack|
    ou|eu|sou|mando|pra|para|que|aí|ai|lá|la|te|número|por|daí|assim|aqui|
    var|mı|mi|mu|mü|varmı|varmi|yok|ve|veya|oradan|numaranız|numaran|hesabım|adresim|kullanıyor|yazın|yaz|
    hai|ho|he|pe|par|pr|se|kya|number|no|karo|kar|kro|krdo|par|use|wala|है|हैं|क्या|पर|से|नंबर|हो|तो|
    и|или|я|мы|там|на|тогда|есть|номер|
    او|أو|و|عشان|علشان|حتى|رقم|لو|اذا|من|ارسل|افضل|أفضل|احسن|اسهل|
    there|sent|btw|asap|como|come|als|som|comme|que|it|them|über|for|ici|me|um|per|vous|tu|ti|du|sie|ihr|he|hum|aap|
    mai|main
"""
# Beside words for goods, "talk on Skype" tells what the goods are good for. Then only "me" and "us" invite.
GOODS = """
    smartwatch*|shows messages|show messages|displays|shows the|zeigt|anzeigt|zeigen nachrichten|affiche|affichent|
    muestra|
    mostra i messaggi|mostra mensagens|mostra as|toont|pokazuje|wyświetla|visar meddelanden|visar notiser|
    visar aviseringar|gösterir|gösteriyor|表示|通知|显示|顯示|
    号が|m巻|釣り|リール|糸の|
    알림을|تعرض|दिखाता|แสดง|
    聯名|联名|周邊|周边|公仔|熊大|เขียนว่า|ลายเสื้อ|headset*|headphone*|earbud*|earphone*|microphone*|mic|webcam*|
    camera*|speaker*|compatible|sticker*|logo*|print*|
    poster*|
    case|holder|button*|icon*|emoji*|keyboard*|adapter*|driver*|app works|works with|notification*|toy|plush|
    mug with|
    kopfhörer|mikrofon|kamera|kompatib*|aufkleber|hülle|tastatur|casque|micro|caméra|compatible*|autocollant*|coque|
    auriculares|micrófono|cámara|pegatina*|funda|cuffie|microfono|telecamera|adesivo|adesivi|cover|koptelefoon|
    microfoon|
    hoesje|słuchawki|słuchawek|mikrofon|kamera|kompatybil*|naklejk*|etui|hörlurar|klistermärk*|skal|fone|microfone|
    capinha|
    kulaklık|uyumlu|çıkartma|سماعة|سماعات|كاميرا|ملصق*|متوافق*|貼紙|贴纸|耳机|耳機|ステッカー|イヤホン|ヘッドセット|
    스티커|이어폰|헤드셋|
    สติกเกอร์|หูฟัง|स्टिकर|हेडसेट
"""
# The writer, who is to be written to.
WRITER = """
    me|us|our|my|mir|uns|mich|moi|nous|mij|ons|mnie|nas|nami|nam|mi|mig|oss|mim|comigo|conosco|bana|bize|bizi|mujhe|
    hume|
    humein|m'*|escríbe*|mánda*|agréga*|contácta*|scrivi*|contatta*|manda*|aggiungi*
"""


# Such words at the end of a clause only: they are others elsewhere ("an image", "look at it").
AFTER_AT_END = {"de": "an", "tr": "at"}


class Reply(NamedTuple):
    """Words behind the name: endings and small words of `joins`, then within a few words one of `verbs`.

    is_joined: one of the joins has to be there.
    """

    verbs: str
    joins: str = ""
    is_joined: bool = False


AFTER: dict[str, Reply] = {
    "en": Reply(
        "works best|works for me|works great|is my main|is fastest|best for me|is where|"
        "is easier|is quicker|is faster|is best|is better|works better|works too|so i can|so we can|"
        "and i'll|and ill|and i will|then i|"
        "number so|number pls|number please"
    ),
    "de": Reply(
        "schreiben|schreibst|schreibt|schreib|kontaktieren|erreichen|hinzufügen|anschreiben|melden|meldest|meld|"
        "am schnellsten|am einfachsten|am besten|geht immer|"
        "reden|klären|besprechen|schicken|senden|texten|chatten|geht auch|wäre einfacher|ist einfacher|geht schneller|"
        "verfügbar|erreichbar|besser|adden"
    ),
    "nl": Reply("sturen|appen|schrijven|toevoegen|bereiken|praten|overleggen|contacten|kan ook|is makkelijker|regelen"),
    "fr": Reply("c'est plus simple|c plus simple|c est plus simple|plus rapide|si vous voulez|si tu veux|ça marche"),
    "es": Reply("es más fácil|es mas facil|mejor|es mejor|más rápido|mas rapido|si quieres|si quiere|te parece"),
    "it": Reply("che faccio prima|è più comodo|è più veloce|se vuoi|se vuole|se preferisce|va bene lo stesso"),
    "pl": Reply(
        "będzie szybciej|bedzie szybciej|szybciej|będzie łatwiej|napisz*|pisz|napisać|dodaj|można pisać|łatwiej|"
        "jeśli możesz|odezwij"
    ),
    "sv": Reply("går bra|går snabbare|är enklare|är smidigare|så skickar jag|istället|i stället|funkar"),
    "pt": Reply("é mais fácil|e mais facil|fica melhor|é melhor|mais rápido|mais rapido|se quiser|me chama|chama"),
    "tr": Reply(
        "yaz*|ulaş*|ulas*|iletişim*|iletisim*|ekle*|mesaj at*|mesaj gönder*|mesaj*|ara|arayın|"
        "arayabilirsiniz|takip ed*|"
        "numaranız*|numaran|numaranı|adınız|kullanıcı adın*|"
        "konuş*|konus*|gönder*|gonder*|atın|atin|bana at|dm at|devam ed*|var mı|var mi|varmı|varmi|görüş*|gorus*|"
        "bulabil*|geçelim|daha kolay",
        "'dan|'den|'tan|'ten|dan|den|tan|ten|üzerinden|ile|hattı|hattımız*|da|de|a|e",
    ),
    "ja": Reply(
        "追加|友だち|友達|登録|連絡|問い合わせ|問合せ|メッセージ|送って|送り|相談|フォロー|検索|やり取り|"
        "やりとり|交換|ありますか|お持ち|"
        "ございますか|ございましたら|お使いで|お使いですか|持って|使って|教えて|DM|dm|ください|お話|話しましょう|どうぞ|いかが|できますか|に移|の方が|"
        "のほうが|まで|聞いて|返信します|対応します|やって|してます|していますか|使えますか|使ってますか|入れて"
    ),
    "ko": Reply(
        "연락|추가|문의|친구|메시지|메세지|상담|주세요|주시|팔로우|하세요|있으세요|있나요|쓰세요|"
        "쓰시나요|보내|디엠|dm|친추|얘기|이야기|"
        "대화|가능|할까요|드릴게요|알려|이 편|가 편|말씀|톡"
    ),
    "zh": Reply(
        "联系|聯繫|聯絡|联络|加我|加我们|加我們|加一下|咨询|諮詢|沟通|溝通|聊|扫码|掃碼|二维码|客服|群|"
        "吗|嗎|说|說|谈|談|好吗|发你|发我|發你|發我|"
        "转|找我|找我们|上说|上聊|号多少|号是|号吗|号发|号码|多少|是多少|方便|好友|私"
    ),
    "hi": Reply(
        "संपर्क|संदेश|मैसेज|जोड़|लिखें|कॉल|बात कर|भेज|ऐड|नंबर|है क्या|बताइए|दे दो|दीजिए|करें|करो",
        "पर|से|के माध्यम से",
    ),
    "hi-Latn": Reply(
        "msg|message|messege|mesage|baat|contact|add|call|dm|bhej*|likh*|ping|karo|kare|karein|krdo|kro|kar do|kar lo|"
        "hai kya|number|dedo|de do|dijiye|batao|bataye|aa jao|aajao|aao|chat|milte|reply|connect|video",
        "pe|par|pr|se|p|ka number|ka no|number",
        is_joined=True,
    ),
    "hi-Latn-asked": Reply(
        "kar dijiye|kar do|kar de|kar dena|kar dijiyega|kijiye|kariye|kardo|krdo|kar lijiye|"
        "kya hai|kya he|kya h|hai kya|hai kiya|he kya|hai aapke|hai aapka|use karte|use karti|chalate|id kya|h kya"
    ),
    "th": Reply(
        "ติดต่อ|ทักมา|แอดมา|สอบถาม|ไหม|มั้ย|มาได้|มานะ|ได้เลย|ได้นะ|คุย|ทัก|แอด|ส่งมา|ส่ง|ง่ายกว่า|"
        "เร็วกว่า|ดีกว่า|สะดวกกว่า|ไอดี|แล้วกัน|นะคะ|นะครับ"
    ),
    "ar": Reply(
        "للتواصل|تواصل*|راسل*|كلم*|ارسل*|أرسل*|ابعت*|ابعث*|افضل|أفضل|احسن|أحسن|اسهل|أسهل|اسرع|أسرع|خاص|رقم|ضيف*|اضف*|"
        "عشان|نتكلم|نكمل"
    ),
    "id": Reply("aja|saja|kak|dulu"),
    "vi": Reply("nhé|nha|mình|ạ"),
    "ru": Reply("напишите|пишите|напиши|пиши|удобнее|есть"),
}
# Names that are ordinary words in small letters: "my line" and "do you have signal" ask nobody to write there.
ORDINARY = "line|signal|face|hangout|hangouts|imo|slack|teams"
# "WhatsApp us": right behind the name, and not "WhatsApp us is …".
NAME_AS_VERB = """
    the shop|the store|the office|the workshop|us|me|him|her|it to me|it to us|it over|them to me|them to us|
    that to me|the pic*|a pic*|the photo*
"""

# "our Telegram channel", "unsere Facebook-Seite": a place to go to, named as one's own.
OWN = """
    we have a|we have an|we've got a|we've a|there is a|theres a|i run a|wir haben eine|es gibt eine|nous avons un|
    on a un|
    tenemos un|abbiamo un|we hebben een|wij hebben een|mamy|vi har en|temos um|
    our|my|unser*|mein*|notre|mon|ma|nuestro|nuestra|mi|nostro|il nostro|mio|onze|ons|mijn|nasz*|mój|moj|moje|vår|
    min|mitt|
    nosso|nossa|meu|minha|наш*|мой|benim|bizim|我的|我们的|我們的|本店|店铺|店家|当店|私の|うちの|弊社|제|저희|내|
    ของร้าน|ของเรา|
    ร้าน|mera|mere|hamara|humara|मेरा|हमारा|حسابي|حسابنا|رقمي|رقمنا
"""
PLACES = """
    group|channel|page|account|profile|number|contact|community|server|chat|support|gruppe|kanal|seite|konto|nummer|
    groupe|chaîne|compte|numéro|grupo|canal|página|cuenta|número|gruppo|canale|pagina|numero|groep|kanaal|grupa|
    grupie|grupy|grupę|kanał|profil|strona|numer|grupp|gruppen|sida|conta|perfil|groupchat|groepje|groepsapp|
    grubumuz*|
    grubu|グループ|群|그룹|단톡|قروب|جروب|กลุ่ม|ग्रुप
"""

# Words that take an invitation of that language back, before the name in the same clause …
NOT_BEFORE: dict[str, str] = {
    "en": """
        not|no|never|cannot|can't|don't|doesn't|won't|isn't|aren't|can’t|don’t|doesn’t|won’t|isn’t|aren’t|nor|neither|
        without|instead of|cant|dont|doesnt|wont|isnt|arent|nobody|unable|avoid|rather than|stop|couldn't|couldnt|
        shouldn't|mustn't|forbid*|prohibit*|banned|scam*|fake|nt
    """,
    "de": (
        "nicht|nie|niemals|kein*|ohne|statt|anstatt|weder|nix|verboten|untersagt|untersagen|betrüger*|betrug|anstelle"
    ),
    "fr": "pas le droit de|pas autorisé* à|ne|n'*|pas|jamais|aucun*|sans|interdit*|au lieu|plutôt que|arnaque*",
    "es": "no|ni|nunca|tampoco|sin|ningún|ninguna|jamás|prohib*|estafa*|en lugar de|en vez de",
    "it": "non|mai|nessun*|senza|vietat*|invece di|truff*|né",
    "nl": "niet|geen|noch|nooit|zonder|in plaats van|verboden|oplichters",
    "pl": "nie|nigdy|żadn*|zadn*|bez|ani|zamiast|zabron*|zabran*|oszust*",
    "sv": "inte|varken|aldrig|inget|ingen|inga|utan|ej|istället för|förbjud*|bedrägeri",
    "pt": "não|nao|nunca|nem|nenhum*|sem|jamais|ñ|proib*|golpe|em vez de",
    "tr": "değil|degil|yok|hiçbir|asla|yasak*",
    "ru": "не|нет|никогда|без",
    "hi-Latn-asked": "nahi|nahin|nhi|mat|bina",
    "id": "tidak|bukan|jangan|nggak|gak|tanpa|belum",
    "vi": "không|đừng|chưa|chẳng",
    "ar": "لا|لم|لن|ليس|بدون|ما|ممنوع|غير|مو|مش|ولا",
    "hi": "नहीं|मत|बिना|nahi|nahin|nhi|mat|bina|न",
}
# Languages whose words for "not" are looked for together: short texts do not tell them apart.
NEAR_LANGUAGES = (("fr", "es", "it", "pt"), ("en", "de", "nl", "sv"))
NOT_BEFORE_UNSPACED = "不|没|沒|無|无|未|勿|别|別|ไม่|ห้าม|อย่า|않|못|말고|禁止|请勿|詐欺|诈骗"
# … and behind it.
NOT_AFTER = """
    is not|are not|isn't|isnt|cannot|not available|not possible|not allowed|is forbidden|doesn't|doesnt|don't|dont|
    won't|
    nicht|niet|geen|değil|degil|yok|nie|inte|não|nao|नहीं|nahi|nahin|nhi|mat|vermiyoruz|kullanm*|yapm*|ulaşam*|pas|
    interdit|لا|غير|ممنوع|न करें|मत
"""
NOT_AFTER_UNSPACED = "ません|ない|できかね|おらず|できず|せず|않|못|없|不|ไม่|안 |안합|無法|无法|お断り|禁止"
# Words with "not" that deny nothing; "ませんか" asks politely, and 不 is part of a question.
NOT_DENYING = """
    (?:do not|don't|dont|don’t|no need to) (?:hesitate|forget|worry|mind|be shy|be afraid|wait)|why (?:not|don't you|
    dont you|dont u)|
    no (?:nosso|meu|seu|teu|grupo|pv|direct|celular)|
    if not|or not|no (?:problem|prob|problems|probs|worries|stress|rush|fees|fee|extra|charge|doubt|bother)|not only|
    (?:zögern|vergessen) sie nicht|zöger nicht|kein problem|keine sorge|ohne (?:gebühren|probleme)|wenn nicht|
    falls nicht|
    n'hésit\\w+|n'oubli\\w+|pas de (?:souci|problème|probleme)s?|sans (?:souci|problème|frais|commission)|
    no (?:dud\\w+|te preocupes|hay problema|pasa nada)|sin (?:problema|compromiso|comisiones)|si no|
    non (?:esit\\w+|preoccup\\w+|c'è problema)|senza (?:problemi|impegno|commissioni)|se no|se non|
    aarzel niet|geen (?:probleem|zorgen)|zonder (?:kosten|problemen)|nie wahaj\\w*|nie ma (?:problemu|sprawy)|
    bez (?:problemu|obaw|prowizji)|jak nie|jeśli nie|tveka inte|inga problem|om inte|não (?:hesite|exite|se preocupe)|
    nao (?:hesite|se preocupe)|sem (?:problema|taxa)s?|se (?:não|nao)|çekinme\\w*|sorun değil|ませんか|ないですか|
    ないでしょうか|
    没问题|沒問題|不好意思|要不|好不好|能不能|可不可以|有没有|有沒有|方不方便|不如|不然|ไม่เป็นไร|ไม่ต้องห่วง|
    ได้ไหม|문제없|
    لا تتردد\\w*|لا مشكلة|koi baat nahi|nahi to|नहीं तो|कोई बात नहीं|不方便的话
"""
# Before a "not" in its clause these make a condition of it: "if you cannot open it write me on …".
IF = """
    if|in case|when|unless|cuz|because|since|as|cos|wenn|falls|weil|si|se|als|omdat|jeśli|jesli|jak|gdy|bo|om|
    eftersom|
    caso|quando|porque|eğer|eger|لو|اذا|إذا|لان|agar|अगर|如果|要是|若|もし|cuando|quand|car|comme|da
"""
# Between a "not" and the invitation these tell the two apart: "cannot send it here write me on …".
APART = """
    here|hier|ici|aquí|aqui|acá|aca|qui|tu|tutaj|här|burada|buradan|yaha|yahan|यहाँ|यहां|هنا|so|but|then|just|sonst|
    also|dann|lieber|donc|alors|mais|pero|entonces|ma|quindi|allora|maar|dus|dan|więc|wiec|ale|lepiej|men|så|mas|
    então|entao|ama|lekin|لكن|ف
"""

# Words between a name and the handle behind it: "WeChat ID: …", "Telegram is @…".
HANDLE_WORDS = """
    id|ids|handle|name|user|username|account|acc|acct|contact|number|nr|no|us|me|at|is|are|as|under|my|i'm|im|i am|
    its|it's|
    called|to|and|add|on|search|find|lookup|kontakt|nutzername|benutzername|konto|nummer|unter|ist|lautet|bin|ich|
    ich bin|
    heiße|heisse|als|identifiant|pseudo|compte|est|c'est|cest|c est|je suis|suis|moi c'est|sous|usuario|cuenta|es|soy|
    como|mi|utente|è|sono|io sono|come|gebruikersnaam|ben|ik ben|onder|użytkownik|nazwa|to|jestem|jako|pod|
    användarnamn|är|
    jag heter|heter|som|utilizador|usuário|conta|é|sou|eu sou|kullanıcı|adı|adresim|hesabım|ben|ismim|ник|логин|я|как|
    是|为|為|号|號|账号|帳號|我是|叫|搜|アカウント|アイディー|は|아이디|아이디는|계정|이름|는|은|ไอดี|ชื่อ|حساب|
    حسابي|معرف|اسمي|
    هو|على|आईडी|hai|naam|mera|id hai
"""
# Between a handle and the name behind it: "mug_shop on Telegram".
HANDLE_LINKS = """
    on|at|via|in|over|auf|bei|im|sur|en|su|op|na|w|på|no|pe|par|pr|por|per|है|पर|على|ع|在|の|で|ที่|ใน
"""
# Of these: what says that a handle follows, and what says "is".
HANDLE_SAID = """
    id|ids|handle|username|user|nutzername|benutzername|identifiant|pseudo|usuario|utente|gebruikersnaam|użytkownik|
    användarnamn|utilizador|usuário|kullanıcı|ник|логин|号|號|账号|帳號|アカウント|아이디|아이디는|계정|ไอดี|حساب|
    حسابي|معرف|
    आईडी
"""
# "As" and "under" announce a handle only in an invitation.
AS = "as|als|como|come|jako|som|comme|under|unter|sous|onder|pod"
IS = """
    is|ist|est|es|è|é|är|to|是|为|為|i'm|im|i am|its|it's|soy|sono|ben|bin|jestem|sou|suis|c'est|cest|heter|我是|叫|
    搜|search|
    find|add|my|mi|ich|is|は|hai|هو|اسمي|는|은|eu sou|me|unter|called
"""
# Plain words that may stand behind "Instagram:" without being an account.
STATES = """
    yes|no|available|unavailable|compatible|supported|works|working|ready|included|none|on|off|online|blocked|
    installed|
    required|optional|only|free|new|see|photo|post|story|image|picture|logo|sticker|print|design|black|blue|green|
    white|pink|
    ja|nein|kompatibel|verfügbar|oui|non|si|sí|tak|nie|nej|sim|não|evet|hayır|strong|weak|good|bad|ok|the|a|and|or|
    with|for|
    not|this|it|is|are|we|you|please|pls|thanks|text|video|call|calls|message|messages|number|order
"""
# Before a name in its sentence: what others asked or might ask for. "You asked if …", "If somebody wants to …".
REPORTED = """
    you asked|you wrote|you mentioned|you want to|you wanted to|you would like to|you'd prefer|your question|
    asks you|ask you to|asked you to|tells you|told you|wants you|offers you|anyone|anybody|somebody|someone|
    Sie fragten|sie haben gefragt|Ihre Frage|jemand*|quelqu'un|vous avez demandé|vous demandez|
    alguien|usted preguntó|nos preguntó|qualcuno|ha chiesto se|iemand|u vroeg|je vroeg|ktoś|ktokolwiek|pytał pan|
    pytała pani|zapytał*|någon|du frågade|ni frågade|alguém|alguem|você perguntou|voce perguntou|birisi|biri|
    誰か|如果有人|有人|누군가|누가|شخص|أحد|احد|koi aapko|agar koi|कोई|ใครก็ตาม|หากมีคน|ถ้ามีคน
"""
# Before a name, in its clause, these thank for what the reader offered.
THANKED = """
    thanks for|thank you for|thx for|danke für|vielen dank für|merci pour|merci de|gracias por|grazie per|
    bedankt voor|
    dank voor|dziękuję za|dziękujemy za|dzięki za|tack för|obrigado por|obrigada por|obrigado pelo|obrigada pelo|
    obrigado pela|obrigada pela|teşekkür*|شكرا على|شكراً على|धन्यवाद|शुक्रिया|ありがとう|谢谢您|感谢您|謝謝您|감사|
    ขอบคุณ
"""
# Right behind a question these refuse what it asks for.
REFUSED = """
    no|nope|sorry|unfortunately|i'm afraid|im afraid|we can't|we cannot|we cant|we are not|we're not|that's not|
    thats not|
    that is not|not possible|not allowed|nein|leider|geht nicht|das geht|dürfen wir|non|malheureusement|désolé*|
    ce n'est pas|lo siento|lamentablemente|no es posible|purtroppo|mi dispiace|nee|helaas|dat kan|nie|niestety|
    przykro|nej|tyvärr|não|nao|infelizmente|hayır|maalesef|üzgün*|申し訳|すみません|いいえ|抱歉|对不起|不可以|不行|
    不好意思|
    죄송*|아니요|아니오|عذرا|عذراً|للأسف|لا|nahi|nahin|maaf|sorry|नहीं|क्षमा|माफ|ขออภัย|ขอโทษ|ไม่ได้|ไม่สามารถ
"""
# But not these.
REFUSED_NOT = """
    no worries|no worry|no problem|no prob*|no rush|no stress|no need|no fee*|no doubt|sorry for|sorry about|
    no hay prob*|
    nie ma|no pasa|non c'è|não tem problema
"""
