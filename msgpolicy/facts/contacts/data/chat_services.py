"""Messengers and networks on which a buyer could be led away: names, hosts of chat links, URL schemes.

A host stands here only if a link to it opens a conversation or an invitation; pages of profiles are ordinary links.
`other_senses` are names that are words or letters of their own ("line", "signal"): they count only with clearer signs
than a name that means nothing else.
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


SERVICES = (
    Service(
        "whatsapp",
        "whatsapp|whats app|what's app|whatsap|watsapp|whatapp|whattsapp|wattsapp|whatsup app|whatsapps|ватсап|вотсап|"
        "вацап|واتساب|واتس اب|واتس آب|الواتساب|الواتس|واتس|व्हाट्सएप|व्हाट्सऐप|व्हाट्सप्प|วอทส์แอป|วอทส์แอพ|วอตส์แอป|"
        "ワッツアップ|왓츠앱|와츠앱|whatsapp'tan|whatsapptan|whatsappa|whatsappie",
        "wa",
        ("wa.me", "wa.link", "whatsapp.com"),
        ("whatsapp",),
    ),
    Service(
        "wechat",
        "wechat|weixin|微信|微信号|微信號|薇信|v信|威芯|ウィーチャット|위챗|вичат|wechatid|wechat-id",
        "we chat|wx|vx|v x|加v",
        ("u.wechat.com", "weixin.qq.com"),
        ("weixin", "wechat"),
    ),
    Service(
        "line",
        "line@|line id|lineid|line app|ไลน์|ไอดีไลน์|ไลน์ไอดี|公式line|line公式|라인id",
        "line|ライン|라인",
        ("line.me", "lin.ee"),
        ("line",),
    ),
    Service(
        "telegram",
        "telegram|telegramm|telegramu|telegramie|telegrama|телеграм|телеграмм|телеграме|تيليجرام|تيليغرام|تلغرام|"
        "تليجرام|تلجرام|التلغرام|टेलीग्राम|เทเลแกรม|텔레그램|テレグラム|电报群|飞机号",
        "tg|телега",
        ("t.me", "telegram.me", "telegram.dog"),
        ("tg",),
    ),
    Service("viber", "viber|вайбер|فايبر|वाइबर|バイバー|바이버", "", ("vb.me", "chats.viber.com"), ("viber",)),
    Service(
        "kakaotalk",
        "kakaotalk|kakao talk|kakao|카카오톡|카톡|오픈카톡|カカオトーク|カカオ",
        "",
        ("open.kakao.com", "pf.kakao.com", "qr.kakao.com"),
        ("kakaotalk", "kakaolink"),
    ),
    Service("zalo", "zalo", "", ("zalo.me",), ("zalo",)),
    Service(
        "signal", "signal messenger|signal app|signal-messenger", "signal", ("signal.me", "signal.group"), ("sgnl",)
    ),
    Service("skype", "skype|skypea|skypie|скайп|سكايب|स्काइप|スカイプ|스카이프", "", ("join.skype.com",), ("skype",)),
    Service(
        "instagram",
        "instagram|instagrama|instagramie|instagramm|инстаграм|انستغرام|انستقرام|انستجرام|इंस्टाग्राम|ไอจี|อินสตาแกรม|"
        "インスタグラム|インスタ|인스타그램|인스타",
        "insta|ig|ins",
        ("ig.me",),
        ("instagram",),
    ),
    Service(
        "messenger",
        "facebook|facebooku|facebook messenger|fb messenger|фейсбук|فيسبوك|الفيسبوك|ماسنجر|फेसबुक|मैसेंजर|เฟซบุ๊ก|"
        "เฟสบุ๊ค|フェイスブック|페이스북|脸书|臉書",
        "messenger|fb|facebook page",
        ("m.me", "messenger.com"),
        ("fb-messenger", "fb"),
    ),
    Service("snapchat", "snapchat|سناب شات|سنابشات|스냅챗|スナップチャット", "snap|سناب"),
    Service("tiktok", "tiktok|tik tok|抖音|抖音号|تيك توك|ティックトック|틱톡|тикток", "", (), ()),
    Service("discord", "discord|дискорд|디스코드|ディスコード", "", ("discord.gg", "dsc.gg"), ("discord",)),
    Service("qq", "qq号|qq號|qq群|加qq|扣扣|企鹅号", "qq|q群"),
    Service("threema", "threema", "", ("threema.id",), ("threema",)),
    Service("imessage", "imessage|facetime|face time", "", ("facetime.apple.com",), ("imessage", "facetime")),
    Service("botim", "botim|بوتيم"),
    Service("kik", "kik messenger", "kik"),
    Service("twitter", "", "twitter"),
    Service("xiaohongshu", "小红书|小红书号", "xhs"),
    Service("wangwang", "旺旺号|阿里旺旺|旺旺"),
)
