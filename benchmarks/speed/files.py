"""Attachments: an invoice as a PDF, a text, a picture."""

from __future__ import annotations

from random import Random

from benchmarks.mail.envelopes import png


def attachment(random: Random, order: str) -> tuple[str, str, bytes]:
    """Name, media type and content of a file about an order."""
    lines = [f"Invoice for order {order}"]
    lines += [f"{random.randint(1, 9)} x item {random.randint(1, 99)}: {random.randint(1, 90)}.95" for _ in range(12)]
    kind = random.choice(("pdf", "pdf", "txt", "png"))
    if kind == "pdf":
        return "invoice.pdf", "application/pdf", _pdf(lines)
    if kind == "txt":
        return "invoice.txt", "text/plain", "\n".join(lines).encode()
    return "invoice.png", "image/png", png(random, 60, 40, noisy=False)


def _pdf(lines: list[str]) -> bytes:
    """One page with these lines (no brackets or backslashes in them)."""
    text = "BT /F1 11 Tf 50 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    font = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font {font} >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("ascii")
