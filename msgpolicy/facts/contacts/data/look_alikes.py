"""Characters that stand in for a Latin letter or for a sign of an address, because they look like it.

What Unicode itself declares to be a form of another character (full width, mathematical, circled, superscript) and the
digits of all scripts need no entry here: contact_view.py folds them by their properties.
"""

from __future__ import annotations

# Each pair: the look-alikes, and what they look like, one to one.
_PAIRS = (
    # Cyrillic
    ("аеорсухіјѕԁһԛԝкѵӏүоё", "aeopcyxijsdhqwkvlyoe"),
    ("АВЕКМНОРСТУХІЈЅԌҺӀԚԜЁ", "ABEKMHOPCTYXIJSGHIQWE"),
    # Greek
    ("αγεηικνορτυχωϲϳ", "ayenikvoptuxwcj"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    # Armenian
    ("օոսհցզ", "onuhgq"),
    # Cherokee
    ("ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ", "ABCDEGHJKLMPRSTVWZ"),
    # Lisu
    ("ꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "BCDEFGHIJKLMNOPRSTUVWXYZ"),
    # Latin small capitals and letters of phonetic writing
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz"),
    ("ɑɡıɩȷʋİ", "agiijvI"),
    # White letters on black: circled, squared
    ("🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    # More of these and of rarer scripts, from Unicode's table of confusable characters (UTS 39, Unicode licence)
    # Cyrillic
    ("ҽꙇгѡ", "eirw"),
    # Greek
    ("σᴦϜͿϺͺ", "orFJMi"),
    # Armenian
    ("քռգաՕՏՍ", "fnqwOSU"),
    # Cherokee
    ("ᏏꮯᏧᏂꭵᎥꮁꮪꮩꮃꮓᏳᎡᏕᏔᎩᎽ", "bcdhiirsvwzGRSWYY"),
    # Coptic
    ("ⲥⲒⲟⲣⲅⲤⲎⲔⳐⲘⲚⲞⲢⲦⲬⲨ", "cIoprCHKLMNOPTXY"),
    # Canadian Aboriginal
    ("ᑲᖯᑯᕁᕽᗅᗷᗞᗪᖴᕼᒍᒪᗰᑭᖇᑌᐯ", "bbdxxABDDFHJLMPRUV"),
    # Latin
    ("ꬲꬵꞙẝᶃᴑꬽꭇꭈꞟꭎꭒɯɣᶌỿꭚꞴꞘꞲꞳ", "efffgoorruuuwyyyyBFJX"),
    # Deseret
    ("𐐽𐐬𐑈𐐕𐐛𐐄𐐠", "cosCLOS"),
    # Osage
    ("𐓪𐓶𐓂𐒴𐓎", "ouORU"),
    # Warang Citi
    ("𑣃𑣈𑣗𑣁𑣘𑣀𑣜𑣄𑢦𑢮𑣂𑢢𑢣𑢲𑢵𑢼𑢸𑢠𑢤𑢩", "ioosuvyzEEFFLLOTUVYZ"),
    # Old Italic
    ("𐌉𐌁𐌂𐌑𐌕𐌗", "lBCMTX"),
    # Carian
    ("𐊠𐊡𐊢𐊥𐋏𐊰𐊫𐊱𐊴𐊲", "ABCFHMOTXY"),
    # Lycian
    ("𐊊𐊂𐊆𐊇𐊒𐊕𐊖𐊗𐊐", "lBEFOPSTX"),
    # Elbasan
    ("𐔜𐔥𐔘𐔦𐔓𐔖𐔝𐔧", "CFKLNOVX"),
    # Tifinagh
    ("ⵏⴹⵔⵕⴸⵝ", "lEOQVX"),
    # Miao
    ("𖼨𖽀𖼖𖼵𖼺𖼊𖽂𖼈𖽃", "lALRSTUVY"),
    # Runes
    ("ᛁᛕᚷᛖ", "lKXM"),
    # Georgian
    ("ჿყ", "oy"),
    # Myanmar
    ("ဝ", "o"),
    # Malayalam, Ahom, Lisu
    ("ഠ𑜆𑜊𑜎𑜏ꓒ", "ovwwwd"),
    # Signs: full stops, plus, minus, slashes, colons, at
    ("。․܂۔", "...."),
    ("ㆍᆞ", "··"),
    ("➕", "+"),
    ("−⁃➖", "---"),
    ("⁄∕⧸", "///"),
    ("꞉∶ː", ":::"),
    ("＠﹫", "@@"),
)

LOOK_ALIKES: dict[str, str] = {odd: plain for odds, plains in _PAIRS for odd, plain in zip(odds, plains, strict=True)}

# Signs that are drawn as nothing, or as a space, though Unicode does not class them so.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
