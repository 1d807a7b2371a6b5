"""What one attached file is, does and says, asked for in a line; used by the tests of attachments."""

from __future__ import annotations

import io

import sample_files as samples
from pypdf import PdfReader, PdfWriter

from msgpolicy.facts.files.attachments import AttachmentFacts
from msgpolicy.message import Attachment

EXE = "application/vnd.microsoft.portable-executable"
DOCM = "application/vnd.ms-word.document.macroEnabled.12"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def facts(
    content: bytes | None = None, name: str | None = None, declared: str | None = None, **more
) -> AttachmentFacts:
    return AttachmentFacts(Attachment(filename=name, content_type=declared, content=content, **more))


def reasons(content: bytes, name: str | None = None) -> set[str]:
    return {action.reason for action in facts(content, name).actions or ()}


def text_of(content: bytes, name: str | None = None, declared: str | None = None) -> list[str]:
    return [page.text for page in facts(content, name, declared).pages or ()]


SCRIPT = "<</S/JavaScript/JS(app.beep\\(\\))>>"
EMBEDDED = {
    100: "<</Names[(a) 101 0 R]>>",
    101: "<</Type/Filespec/F({name})/UF({name})/EF<</F 102 0 R>>>>",
    102: "<</Type/EmbeddedFile/Length 1>>stream\na\nendstream",
}


def embedding(name: str) -> bytes:
    objects = {number: item.replace("{name}", name) for number, item in EMBEDDED.items()}
    return samples.pdf(catalog="/Names<</EmbeddedFiles 100 0 R>>", objects=objects)


def encrypted_pdf(password: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(samples.pdf("Invoice 12"))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
