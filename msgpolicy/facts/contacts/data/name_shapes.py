"""How the long names of messengers are written wrong, with endings or in disguise; names: chat_services.py."""

from __future__ import annotations

# Endings of names in Polish, Turkish, German, Dutch and Swedish, and what German, Dutch and Swedish join to them.
ENDINGS = r"""
    a|u|ie|em|om|owi|ze|y|ach|owy|owym|ka|
    en|n|t|s|st|ar|ade|ad|je|
    '?(?:[ıiuü]?m|[ıiuü]n)?(?:[ıiuü]z)?(?:[dt][ae]n?|n?[ıiuü]|y?[ae]|l[ae])?|
    -?(?:nummer|nr|gruppe|groep|grupp|kanal|kanaal|profil|profiel|seite|pagina|sida|account|konto|chat|nachricht|kontakt)
"""
# Other words that are one slip of the pen away from a name.
OTHER_WORDS = """
    webchat wechsat telegraf telegraph telegrafo messager messagers telegraphs faceboot facehook
"""
# Least letters of a name of which a slip of the pen is still told from other words.
LEAST_FOR_SLIPS = 7
# Signs that are taken for a letter.
LIKE = {
    "a": "aàáâãäå@4",
    "c": "c(",
    "e": "eèéêë3€",
    "g": "g9q",
    "i": "iìíîï1!l|",
    "k": "k",
    "l": "l1|!",
    "o": "oòóôõö0",
    "s": "s$5z",
    "t": "t7+",
    "b": "b8",
    "u": "uùúûüv",
}
