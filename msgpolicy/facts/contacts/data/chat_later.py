"""How an account is told, or an invitation comes, some words behind a messenger's name.

Entries are lower case, parted by `|`; a `*` stands for any further letters.
"""

from __future__ import annotations

# The place that was named: "… on Signal. Write to me there."
THERE = """
    there|that app|over there|on it|dort|da|dorthin|drüben|là|là-bas|dessus|allí|alli|ahí|ahi|allá|lì|li|daar|
    daarop|
    tam|där|lá|ali|por lá|orada|oradan|oraya|там|di sana|disana|ở đó|bên đó|wahan|waha|wahin|udhar
"""
THERE_WITHIN = (
    "そちら|そこ|あちら|那边|那邊|那里|那裡|那儿|上面|거기|그쪽|그리로|هناك|هناگ|ที่นั่น|ทางนั้น|ตรงนั้น|वहाँ|वहां|वहीं|उधर"
)

# What somebody does who looks for an account.
SEARCHING = """
    add me|add us|add the shop|add my|find me|find us|search|search for|look me|look us|look for|follow|dm|pm me|
    adde|adden|add mich|such|suche|suchen|suchst|such mich|finde mich|findest mich|finden mich|finden uns|findest uns|
    folge|folgen|hinzufügen|
    ajoute*|cherche*|recherche*|suis moi|suivez moi|trouve moi|trouvez moi|
    agrég*|agreg*|añád*|búscam*|busca|busque|buscar|búscanos|búsqueme|sígu*|encuéntr*|
    aggiung*|cerca|cercami|cerchi|cercaci|seguimi|trovi|trovami|mi trova|ci trova|
    voeg me|voeg ons|zoek|zoek me|zoek op|zoeken|volg|vind me|vind ons|
    dodaj|dodać|szukaj|wyszukaj|wpisz|znajdź|znajdzie|znajdziesz|obserwuj|
    adda|lägg till|sök|sök på|söka|följ|hitta|hittar|
    adiciona|adicione|procura|procure|procurar|busca|me acha|me encontra|segue|siga|
    ekle|ekleyin|arat*|aratıp|ara|arayın|bul|bulun|bulabilir*|takip et*|katılın|
    добавь|добавьте|ищите|найдите|cari|cari aja|tambahkan|follow|tìm|kết bạn|
    search karo|search kar|dhundo|dhoond*|add karo|add kar|jud jao
"""
SEARCHING_WITHIN = """
    検索|追加|フォロー|友だち|搜|搜索|查找|加我|加好友|添加|关注|關注|找我|검색|추가|팔로우|팔로|친추|디엠|
    ค้นหา|แอด|เพิ่มเพื่อน|ตามได้|
    ابحث|بحث|ضيف|اضف|أضف|تابع|सर्च|खोज|ऐड|जोड़|जुड़|फॉलो
"""

# Right before an account that is told by a name: "under harbor.ruth", "come liutaio", "mein Name da: …".
NAMED = """
    as|under|called|username|user name|user|handle|account|nick|nickname|name|my name|name is|id|id is|search|
    search for|look up|look for|look me up as|
    als|unter|name|nutzername|benutzername|heiße|heisse|heiß|such|suche|name da|name dort|
    sous|pseudo|nom|identifiant|cherchez|cherche|sous le nom|comme|
    como|usuario|nombre|busca|busque|con el nombre|
    come|utente|nome|cerca|cerchi|con il nome|
    onder|als|gebruikersnaam|naam|zoek|zoek op|
    jako|pod nazwą|nazwa|nick|szukaj|wpisz|użytkownik|
    som|under|namn|användarnamn|sök|sök på|heter|
    como|nome|usuário|usuario|procura|procure|
    adı|adıyla|kullanıcı adı|ismiyle|isim|nama|tên|naam|naam se|имя|ник|как|là|adalah
"""

# To write to a network, not only to follow it.
WRITING = """
    write|message us|message me|msg|dm|dms|pm|text us|text me|chat|contact us|ask us|ask me|call|talk|inbox|
    schreib*|nachricht|nachrichten|frag|fragen|melde|meldet|melden|kontaktieren|
    écri*|message|mp|contactez|envoyez|envoie|
    escríb*|escrib*|mensaje|mensajes|mándam*|mandam*|háblam*|
    scriv*|messaggio|messaggi|contatta*|mandami|
    schrijf*|stuur|stuurt|berichtje|app|
    napisz*|pisz*|wiadomość|odezwij*|
    skriv*|meddelande|skicka|
    escrev*|mensagem|mensagens|chama|manda|
    yazın|yazabilir*|yazarsan*|mesaj|mesaja|ulaşın|ulaşabilir*|
    пиши*|напиши*|tanya|nhắn|likho|likhiye|message karo|msg karo|msg kar|dm karo
"""
WRITING_WITHIN = """
    メッセージ|ご連絡|聞いて|私信|联系|聯繫|聯絡|咨询|諮詢|디엠|메시지|메세지|연락|ทักมา|ทักได้|ส่งข้อความ|
    อินบ็อก|راسل|تواصل|كلم|اكتب|
    मैसेज|लिख|संपर्क
"""
