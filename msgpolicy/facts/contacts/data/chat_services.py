"""Messengers and networks on which a buyer could be led away: names, hosts of chat links, URL schemes.

A host stands here only if a link to it opens a conversation or an invitation; pages of profiles are ordinary links.
`other_senses` are names that are words or letters of their own ("line", "signal", "wa"): they count only with clearer
signs than a name that means nothing else. `written` are names that are also found with typing errors, endings
("whatsappie"), signs in between ("w.h.a.t.s") and look-alike signs ("wh@ts"): long ones that resemble no other word.
`parted` are short ones, found only with one sign between all letters ("L-I-N-E").
"""

from __future__ import annotations

from typing import NamedTuple


class Service(NamedTuple):
    """One service. Names in lower case, joined by `|`; hosts include their subdomains."""

    name: str
    names: str
    other_senses: str = ""
    hosts: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    written: str = ""
    parted: str = ""


# Articles and prepositions that Arabic writes as one word with a name.
ARABIC_PREFIXES = ("", "ال", "بال", "عال", "لل", "وال", "ب", "ع", "و", "عل", "فال")

SERVICES = (
    Service(
        "whatsapp",
        "wattsap|wattsapp|whattsapp|whattsap|wassup me|watsup me|whatsup me|wotsapie|wotsapa|watsapie|wacapie|wacapa|"
        "łacapie|whatsup us|"
        "wazzap|wazap|whtsp|watsap|wotsapp|wotsap|vatsap|vatsapp|uatsap|uotsap|guats|vacap|łotsap|votsap|"
        "me appen|mij appen|ons appen|"
        "even appen|een appje|appje sturen|me een appje|"
        "whatsapp|whats app|what's app|whatsap|whatapp|whatsup app|wats app|what sapp|whatsapps|wassap|"
        "wassapp|watsup app|"
        "wapp|whatsaap|wasap|wasapp|guasap|guassap|guasapp|whatzapp|watzapp|wzp|wpp|zapzap|zap zap|whatsappje|"
        "green app|green chat app|green messaging app|green messenger|grüne app|grünen app|grüner app|grüne chat app|"
        "grünen messenger|appli verte|application verte|app verde|aplicación verde|aplicativo verde|groene app|"
        "zielona apka|zielonej apce|zieloną apkę|zielona aplikacja|gröna appen|yeşil uygulama|"
        "緑のアプリ|초록색 앱|초록 앱|"
        "التطبيق الأخضر|التطبيق الاخضر|hare app|hara app|hara wala app|แอปเขียว|แอพเขียว|แอปสีเขียว|แอพสีเขียว|"
        "ватсап|ватсапп|вотсап|вотсапп|вацап|вацапп|вацапе|ватсапе|вотсапе|"
        "واتساب|واتس اب|واتس آب|واتسآب|وتساب|واتس|وتس اب|واتسب|"
        "व्हाट्सएप|व्हाट्सऐप|व्हाट्सप्प|व्हाट्सअप|व्हाट्सप|वाट्सएप|वाट्सऐप|वाट्सअप|वॉट्सएप|वॉट्सऐप|वॉट्सअप|व्हॉट्सएप|"
        "व्हॉट्सऐप|वाट्सप|"
        "วอทส์แอป|วอทส์แอพ|วอตส์แอป|วอตส์แอพ|วอทแอป|วอทแอพ|วอตแอป|วอตแอพ|วอทซ์แอพ|"
        "ワッツアップ|ワッツアプ|ワツアップ|ワツアプ|왓츠앱|와츠앱|왓챕|왓츠업앱",
        "wa|wp|wsp|wap|appje|whats|wats|zap|вотс|app me|app mij|app ons|app even|app ff|app gerust|app maar|"
        "app naar|appen naar|appen op|appje naar|appje op|appje sturen",
        ("wa.me", "wa.link", "whatsapp.com"),
        ("whatsapp",),
        "whatsapp|watsapp",
    ),
    Service(
        "wechat",
        "wechat|weixin|wechat app|wei xin|微信|微信号|微信號|薇信|威信号|溦信|徽信号|v信|威芯|wei信|微x|"
        "有薇吗|有薇|有微吗|有微信|加薇信|v我|微我|wx我|薇我|"
        "绿泡泡|綠泡泡|绿色软件|加v|加微|加薇|"
        "加個微|加个微|加个v|加我v|加下v|ウィーチャット|위챗|вичат|wechatid|wechat-id|วีแชท|วีแชต|ويشات|وي شات|वीचैट",
        "we chat|wx|vx|v x|威信|徽信|my v|add v|add my v|our v|你v|您v|我v",
        ("u.wechat.com", "weixin.qq.com"),
        ("weixin", "wechat"),
        "wechat|weixin",
    ),
    Service(
        "line",
        "line@|line id|lineid|line app|line account|line oa|ไลน์|ไลน|ไอดีไลน์|ไลน์ไอดี|公式line|line公式|"
        "라인id|라인 아이디|"
        "加赖|加賴|我的賴|我的赖|賴id|ラインid|لاين ايدي|लाइन ऐप",
        "line|ライン|라인|賴|赖",
        ("line.me", "lin.ee"),
        ("line",),
        parted="line",
    ),
    Service(
        "telegram",
        "telegram|telegramm|telegrams|telegramu|telegramie|telegrama|telegran|telegrem|teleg|"
        "телеграм|телеграмм|телеграме|телеграмме|тележка|"
        "تيليجرام|تيليغرام|تلغرام|تليجرام|تلجرام|تليغرام|تيلجرام|تيليقرام|"
        "टेलीग्राम|टेलिग्राम|เทเลแกรม|เทเลแกม|텔레그램|텔레그렘|텔그램|テレグラム|テレグラ|电报群|電報群|飞机号|"
        "纸飞机",
        "paper plane|paper plane app|paper airplane|paper airplane app|papierflieger|papierflieger app|"
        "avion en papier|"
        "avión de papel|aviãozinho|papierowy samolot|papieren vliegtuigje|pappersplanet|"
        "tg|телега|телегу|тг|电报|電報|텔레|テレ",
        ("t.me", "telegram.me", "telegram.dog"),
        ("tg",),
        "telegram",
    ),
    Service(
        "viber",
        "purple app|purple chat app|lila app|lilane app|fialová appka|fioletowa apka|viberze|viberem|viber|"
        "вайбер|вайбере|فايبر|वाइबर|バイバー|바이버|ไวเบอร์",
        "",
        ("vb.me", "chats.viber.com"),
        ("viber",),
        "viber",
        "viber",
    ),
    Service(
        "kakaotalk",
        "kakaotalk|kakao talk|kakao id|kakao chat|kkt id|카카오톡|카카오 톡|카톡|까톡|깨톡|오픈카톡|"
        "오픈톡|오픈채팅|오픈 채팅|오카방|플친|"
        "カカオトーク|カカオトク|カトク|カカオid|คาเคา|كاكاو توك",
        "yellow bubble|yellow bubble app|yellow chat app|yellow app|노란 앱|노란톡|노란 말풍선|kakao|kkt|카카오|カカオ",
        ("open.kakao.com", "pf.kakao.com", "qr.kakao.com"),
        ("kakaotalk", "kakaolink"),
        "kakaotalk",
    ),
    Service("zalo", "zalo|zalô", "", ("zalo.me",), ("zalo",), parted="zalo"),
    Service(
        "signal",
        "signal messenger|signal app|signal-messenger|signal messanger",
        "signala|signalu|sygnala|sygnał messenger|signal|سيجنال|سيغنال|सिग्नल",
        ("signal.me", "signal.group"),
        ("sgnl",),
        parted="signal",
    ),
    Service(
        "skype",
        "skype|skypea|skypie|скайп|скайпе|سكايب|سكاي بي|स्काइप|スカイプ|스카이프|สไกป์",
        "",
        ("join.skype.com",),
        ("skype",),
        "skype",
        "skype",
    ),
    Service(
        "instagram",
        "instadan|instaya|instada|instagramdan|instagrama|"
        "instagram|insta|instagramie|instagramm|instgram|instagrm|istagram|insta dm|insta id|"
        "инстаграм|инстаграме|инстаграмм|инсте|"
        "انستغرام|انستقرام|انستجرام|إنستغرام|إنستقرام|إنستجرام|انستا|إنستا|انستكرام|انستغ|"
        "इंस्टाग्राम|इंस्टा|इन्स्टाग्राम|इन्स्टा|ไอจี|อินสตาแกรม|อินสตราแกรม|อินสตาแกม|ไอจีร้าน|"
        "インスタグラム|インスタ|인스타그램|인스타|인별",
        "ig|ins|инста|инсту",
        ("ig.me",),
        ("instagram",),
        "instagram",
        "insta",
    ),
    Service(
        "messenger",
        "facebook|fb|facebooku|facebook messenger|fb messenger|fb msgr|fb msg|fb chat|facebook msg|"
        "face book|fbook|messanger|book of faces|the f book|blue f app|"
        "фейсбук|фейсбуке|фб|в месенджер|فيسبوك|فيس بوك|فيسبوك ماسنجر|ماسنجر|مسنجر|ماسينجر|الفيس|"
        "फेसबुक|फ़ेसबुक|मैसेंजर|मेसेंजर|เฟซบุ๊ก|เฟสบุ๊ค|เฟซบุ๊ค|เฟสบุค|เฟสบุ๊ก|เฟส|เฟซ|"
        "フェイスブック|フェースブック|페이스북|페북|페메|페이스북 메신저|脸书|臉書",
        "blue app|blue chat app|blaue app|blauen app|messenger|msgr|facebook page|face|"
        "メッセンジャー|メッセ|메신저|แมสเซนเจอร์|อินบ็อกซ์",
        ("m.me", "messenger.com"),
        ("fb-messenger", "fb"),
        "facebook|messenger",
    ),
    Service(
        "snapchat",
        "snapchat|snap chat|snpachat|سناب شات|سنابشات|سناب تشات|سنابي|스냅챗|スナップチャット|スナチャ|"
        "स्नैपचैट|สแนปแชท|สแนปแชต",
        "snap|sc|ghost app|yellow ghost|سناب",
        written="snapchat",
    ),
    Service(
        "tiktok",
        "tiktok|tik tok|抖音|抖音号|تيك توك|تيكتوك|ティックトック|틱톡|тикток|टिकटॉक|ติ๊กต็อก",
        "",
        (),
        (),
        "tiktok",
    ),
    Service(
        "discord",
        "discord|дискорд|дискорде|디스코드|디코|ディスコード|ดิสคอร์ด|ديسكورد|डिस्कॉर्ड",
        "",
        ("discord.gg", "dsc.gg"),
        ("discord",),
    ),
    Service("qq", "qq号|qq號|qq群|加qq|扣扣|企鹅号|qq我|球球号|qq好友", "qq|q群|扣扣号|企鹅|球球"),
    Service("slack", "slack channel|slack workspace|slack group|slack-kanal", "slack"),
    Service("teams", "microsoft teams|ms teams|teams channel|teams call|teams meeting|teams-kanal", "teams"),
    Service(
        "zoom",
        "zoom call|zoom meeting|zoom session|zoom link|zoom-call|zoom-meeting|per zoom|über zoom|via zoom|par zoom|"
        "por zoom|su zoom|on zoom|over zoom",
        "",
        ("zoom.us",),
        ("zoommtg",),
    ),
    Service("threema", "threema", "", ("threema.id",), ("threema",)),
    Service(
        "imessage",
        "imessage|i message|facetime|face time|アイメッセージ|아이메시지",
        "",
        ("facetime.apple.com",),
        ("imessage", "facetime"),
    ),
    Service("hangouts", "google hangouts|google hangout|google chat|gchat|google meet", "hangouts|hangout"),
    Service("botim", "botim|بوتيم|بوت يم"),
    Service("imo", "imo app|imo messenger|ايمو|إيمو|इमो ऐप", "imo"),
    Service("kik", "kik messenger|kik app", "kik"),
    Service(
        "twitter",
        "bird app|the bird app|blue bird app|vogel app|appli de l'oiseau|app del pajarito",
        "twitter|ツイッター|트위터|تويتر|ทวิตเตอร์|推特",
    ),
    Service("vk", "vkontakte|вконтакте|вк", "vk"),
    Service("xiaohongshu", "小红书|小红书号|小紅書|rednote", "xhs"),
    Service("wangwang", "旺旺号|阿里旺旺|旺旺"),
)
