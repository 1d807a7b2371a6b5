"""Sound and film: kinds whose first bytes say too little, told by what their headers hold."""

from __future__ import annotations

import regex

from msgpolicy.later import regex_later

__all__ = ["mp4_kind", "mpeg_audio_kind", "tells_webm"]

# The major brand of an ISO base media file ("ftyp" box), or for images one of its compatible brands.
_BRANDS = (
    (regex_later(rb"heic|heix|heim|heis|hevc|hevx"), "image/heic"),
    (regex_later(rb"avif|avis"), "image/avif"),
    (regex_later(rb"mif1|msf1"), "image/heif"),
    (regex_later(rb"jp2 |jpx |jpm "), "image/jp2"),
    (regex_later(rb"jxl "), "image/jxl"),
    (regex_later(rb"qt  "), "video/quicktime"),
    (regex_later(rb"M4A |M4B |M4P "), "audio/mp4"),
    (regex_later(rb"3g[2efghprs].|3gp."), "video/3gpp"),
)
# What a track of an MP4 file holds.
_TRACK = regex_later(rb"hdlr.{8}(vide|soun)", regex.DOTALL)
# Tracks of a file that are looked at.
_MAX_TRACKS = 64

# Kilobits a second by version and layer, samples a second by version (ISO/IEC 11172-3 and 13818-3).
_RATES = {
    (1, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES[2, 3] = _RATES[2, 2]
_SAMPLES = (44100, 48000, 32000)


def mp4_kind(content: bytes) -> str:
    """The media type of an ISO base media file: by its brands, else by what its tracks hold."""
    brands = content[8:12] + content[16 : min(int.from_bytes(content[:4], "big"), 256)]
    for brand, media_type in _BRANDS:
        if brand.match(brands) or (media_type.startswith("image") and brand.search(brands)):
            return media_type
    tracks = set()
    for count, match in enumerate(_TRACK.finditer(content)):
        if count == _MAX_TRACKS:
            break
        tracks.add(match.group(1))
    return "audio/mp4" if tracks == {b"soun"} else "video/mp4"


def tells_webm(content: bytes) -> bool:
    """Whether a Matroska file says that it keeps to WebM."""
    return b"\x42\x82\x84webm" in content[:256]


def mpeg_audio_kind(content: bytes) -> str | None:
    """The media type of MPEG audio without a tag before it: two frames that follow each other; else None."""
    if content[:1] != b"\xff" or len(content) < 8:
        return None
    if content[1] & 0xF6 == 0xF0:  # ADTS has no layer
        length = (content[3] & 3) << 11 | content[4] << 3 | content[5] >> 5
        return "audio/aac" if length > 7 and _follows(content, length) else None
    length = _frame_length(content[:4])
    return "audio/mpeg" if length and _follows(content, length) else None


def _follows(content: bytes, length: int) -> bool:
    return content[length : length + 1] == b"\xff" and (content[length + 1] ^ content[1]) & 0xFE == 0


def _frame_length(header: bytes) -> int:
    """Bytes of the MPEG audio frame that begins so; 0 for what is no such frame."""
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    rate, samples, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if header[1] < 0xE0 or version == 1 or layer == 4 or not 0 < rate < 15 or samples == 3:
        return 0
    bits = 1000 * _RATES[1 if version == 3 else 2, layer][rate - 1]
    frequency = _SAMPLES[samples] // (1 if version == 3 else 2 if version == 2 else 4)
    if layer == 1:
        return (12 * bits // frequency + padding) * 4
    return (72 if layer == 3 and version != 3 else 144) * bits // frequency + padding
