"""Judges files of every kind twice; prints what Python told of files, sockets and processes in the second round.

The first round loads what is loaded once (modules, libmagic's database, phone numbers). Run by test_nothing_leaves.py.
"""

from __future__ import annotations

import sys

import attached as hostile
import sample_files as samples

from msgpolicy import Attachment, Linter, Message, Report

NAMED = {
    "invoice.pdf": samples.pdf("Invoice 12", catalog="/OpenAction<</S/URI/URI(https://shop.example/a)>>"),
    "launch.pdf": samples.pdf(page="/Annots[<</Subtype/Link/A<</S/Launch/F(setup.exe)>>>>]"),
    "page.html": b"<html><img src='https://shop.example/a.gif'><link rel=stylesheet href='https://shop.example/a.css'>",
    "a.svg": samples.svg("<image href='https://shop.example/a.png'/><script>1</script>"),
    "entity.svg": b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='x'>&a;</svg>",
    "a.docm": samples.docx("Care", macros=True),
    "remote.docx": samples.docx(
        parts={
            "word/_rels/settings.xml.rels": hostile.RELATIONS.format(
                '<Relationship Id="r1" Type="a/attachedTemplate" Target="https://a.example/x" TargetMode="External"/>'
            )
        }
    ),
    "entity.docx": samples.docx(parts={"word/document.xml": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&b;</a>"}),
    "a.zip": samples.zipped({"../../setup.exe": "a"}),
    "inner.zip": samples.zipped({"../a.docx": samples.docx("Care", parts={"word/media/a.png": samples.png()})}),
    "a.tar": samples.tar({"../../a.txt": b"Care"}),
    "a.msg": samples.msg("Care", "Dust it.", {"../a.txt": b"Care"}),
    "winmail.dat": samples.tnef("Dust it.", {"../a.txt": b"Care"}),
    "a.rtf": rb"{\rtf1{\*\template https://shop.example/a.dotm}"
    rb'{\field{\*\fldinst INCLUDEPICTURE "https://shop.example/a.png"}}}',
    "dde.doc": samples.doc("\x13 DDEAUTO c:\\a.exe \x14\x15"),
    "a.xml": b"<?xml version='1.0'?><!DOCTYPE a SYSTEM 'https://shop.example/a.dtd'><a>&b;</a>",
    "a.xlsx": samples.xlsx(),
    "a.odt": samples.odt(),
    "a.doc": samples.ole("VBA", streams={"WordDocument": b""}),
    "a.exe": samples.exe(),
    "a.sh": b"#!/bin/sh\ntouch /tmp/here\n",
    "a.png": samples.png(),
    "a.jpg": samples.jpeg(),
    "a.gif": samples.gif(2),
    "a.webp": samples.webp(),
    "a.heic": samples.heic(),
    "a.tif": samples.tiff(),
    "a.eml": samples.eml("See https://shop.example/a"),
    "a.csv": samples.CSV,
    "a.txt": samples.TEXT.encode(),
    "noise.bin": bytes(range(256)) * 9,
    "noise.au": b".snd" + bytes(60),
    "empty.pdf": b"",
    "cut.pdf": samples.pdf("a")[:200],
}
HTML = """<html><head><base href="https://shop.example/"><style>@import url(https://shop.example/a.css);</style></head>
<body><img src="https://shop.example/open.gif?u=1" width="1" height="1"><iframe src="file:///etc/passwd"></iframe>
<a href="javascript:alert(1)">Track</a> {} call 020 7946 0018, www.shop.example</body></html>"""


def judge(more: str) -> Report:
    files = [Attachment(filename=more + name, content=content + more.encode()) for name, content in NAMED.items()]
    files += [Attachment(filename=more + name, content=content) for name, content in NAMED.items()]
    linter.check(Message(subject=more, text="See the files " + more, html=HTML.format(more), attachments=files))
    return linter.check(Message.from_email(samples.eml("See https://shop.example/a " + more)))


# Families of events, and single ones: what reaches the file system, the network, another process or new code.
FAMILIES = {"socket", "subprocess", "urllib", "ftplib", "smtplib", "http", "webbrowser", "shutil", "tempfile", "pty"}
EVENTS = {
    "open", "exec", "compile", "import", "ctypes.dlopen", "pickle.find_class", "marshal.loads", "os.system", "os.exec",
    "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.mkdir", "os.remove", "os.rename", "os.link",
    "os.symlink", "os.truncate", "os.chmod", "os.utime", "os.putenv",
}  # fmt: skip
told: list[tuple[str, str]] = []
watching = False


def listen(event: str, args: tuple[object, ...]) -> None:
    if watching and (event in EVENTS or event.partition(".")[0] in FAMILIES):
        told.append((event, repr(args)[:200]))


linter = Linter("amazon")
assert judge("").verdict
sys.addaudithook(listen)
watching = True
report = judge("b")
watching = False
assert report.verdict
print(*told, sep="\n")
