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
    # Signs: full stops, plus, minus, slashes, colons, at
    ("。․܂۔", "...."),
    ("➕", "+"),
    ("−⁃➖", "---"),
    ("⁄∕⧸", "///"),
    ("꞉∶ː", ":::"),
    ("＠﹫", "@@"),
)

LOOK_ALIKES: dict[str, str] = {odd: plain for odds, plains in _PAIRS for odd, plain in zip(odds, plains, strict=True)}

# Signs that are drawn as nothing, or as a space, though Unicode does not class them so.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
