"""The kinds of files: one media type for each, its other names, its file name extensions, and whether it runs.

Which kinds a marketplace permits is a ruleset's matter; here is only what the names mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["KINDS", "Kind", "canonical", "compatible", "is_text", "kind_of_extension", "runs"]


class Kind(NamedTuple):
    """A kind of file. `runs` is "executable", "script" or "html" when opening the file can run what is in it.

    `signed` kinds are always recognised by their bytes: other bytes are not of this kind. Those that are not (plain
    text, a script without a first line that tells) can only be recognised with the help of the name.
    """

    media_type: str
    extensions: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    runs: str = ""
    signed: bool = True


# media type | extensions | other names | how it runs. A `~` before the type: the bytes alone do not prove it.
_TABLE = """
application/pdf | pdf | application/x-pdf application/acrobat application/vnd.pdf text/pdf
application/rtf | rtf | text/rtf application/x-rtf text/richtext
application/postscript | ps eps ai | application/eps application/x-eps image/x-eps
application/msword | doc dot | application/vnd.msword application/x-msword application/doc
application/vnd.openxmlformats-officedocument.wordprocessingml.document | docx | application/docx
application/vnd.openxmlformats-officedocument.wordprocessingml.template | dotx
application/vnd.ms-word.document.macroEnabled.12 | docm
application/vnd.ms-word.template.macroEnabled.12 | dotm
application/vnd.ms-excel | xls xlt xla | application/msexcel application/x-msexcel application/x-excel application/xls
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet | xlsx | application/xlsx
application/vnd.openxmlformats-officedocument.spreadsheetml.template | xltx
application/vnd.ms-excel.sheet.macroEnabled.12 | xlsm
application/vnd.ms-excel.template.macroEnabled.12 | xltm
application/vnd.ms-excel.addin.macroEnabled.12 | xlam
application/vnd.ms-excel.sheet.binary.macroEnabled.12 | xlsb
application/vnd.ms-powerpoint | ppt pps pot | application/mspowerpoint application/x-mspowerpoint
application/vnd.openxmlformats-officedocument.presentationml.presentation | pptx
application/vnd.openxmlformats-officedocument.presentationml.slideshow | ppsx
application/vnd.openxmlformats-officedocument.presentationml.template | potx
application/vnd.ms-powerpoint.presentation.macroEnabled.12 | pptm
application/vnd.ms-powerpoint.slideshow.macroEnabled.12 | ppsm
application/vnd.ms-powerpoint.template.macroEnabled.12 | potm
application/vnd.ms-outlook | msg | application/x-msg
application/onenote | one | application/msonenote
application/ms-tnef | | application/vnd.ms-tnef application/x-tnef
application/vnd.oasis.opendocument.text | odt
application/vnd.oasis.opendocument.spreadsheet | ods
application/vnd.oasis.opendocument.presentation | odp
application/vnd.oasis.opendocument.graphics | odg
application/epub+zip | epub
application/x-ole-storage | | application/cdfv2 application/cdfv2-encrypted application/encrypted

image/jpeg | jpg jpeg jpe jfif | image/jpg image/pjpeg image/jfif
image/png | png | image/x-png
image/apng | apng | image/vnd.mozilla.apng
image/gif | gif
image/webp | webp
image/tiff | tif tiff | image/x-tiff image/tif
image/bmp | bmp dib | image/x-bmp image/x-ms-bmp image/x-windows-bmp
image/heic | heic heics | image/heic-sequence
image/heif | heif heifs | image/heif-sequence
image/avif | avif | image/avif-sequence
image/x-icon | ico cur | image/vnd.microsoft.icon image/ico
image/vnd.adobe.photoshop | psd | image/x-psd image/psd application/x-photoshop
image/svg+xml | svg | image/svg
image/jp2 | jp2 j2k jpx jpf j2c | image/jpx image/x-jp2 image/jpeg2000
image/jxl | jxl
image/x-icns | icns
image/wmf | wmf | image/x-wmf application/x-msmetafile windows/metafile
image/emf | emf | image/x-emf
image/vnd.djvu | djvu djv | image/x-djvu

application/zip | zip | application/x-zip-compressed application/x-zip multipart/x-zip
application/gzip | gz tgz svgz | application/x-gzip application/x-tgz
application/x-bzip2 | bz2 | application/bzip2 application/x-bzip
application/x-xz | xz | application/xz
application/zstd | zst | application/x-zstd
application/x-7z-compressed | 7z
application/vnd.rar | rar | application/x-rar application/x-rar-compressed
~ application/x-tar | tar | application/tar
application/x-lz4 | lz4
application/x-lzip | lz
application/vnd.sqlite3 | sqlite sqlite3 | application/x-sqlite3
application/x-msaccess | mdb accdb | application/msaccess application/vnd.ms-access
application/x-mobipocket-ebook | mobi azw azw3
application/vnd.ms-cab-compressed | cab | application/x-cab

application/xml | xml xsd xsl | text/xml
message/rfc822 | eml mht mhtml | application/x-mimearchive
text/calendar | ics ical | application/ics
text/vcard | vcf vcard | text/x-vcard
~ text/plain | txt text log
~ text/csv | csv tsv | text/x-csv application/csv text/comma-separated-values text/tab-separated-values
~ text/markdown | md markdown | text/x-markdown
~ text/css | css
~ application/json | json | text/json text/x-json
~ application/yaml | yaml yml | text/yaml text/x-yaml application/x-yaml
~ application/pkcs7-signature | p7s | application/x-pkcs7-signature
~ application/pkcs7-mime | p7m | application/x-pkcs7-mime
~ application/pgp-signature | asc sig | application/pgp-keys application/pgp-encrypted

audio/wav | wav | audio/x-wav audio/wave audio/vnd.wave
audio/ogg | ogg oga opus | application/ogg video/ogg
audio/flac | flac | audio/x-flac
audio/mp4 | m4a | audio/x-m4a
video/mp4 | mp4 m4v | video/x-m4v
video/quicktime | mov qt
video/x-matroska | mkv mka
video/webm | webm | audio/webm
video/3gpp | 3gp 3g2 | video/3gpp2 audio/3gpp
video/x-ms-asf | wmv wma asf | video/x-ms-wmv audio/x-ms-wma application/vnd.ms-asf
video/x-flv | flv
audio/aiff | aif aiff aifc | audio/x-aiff
audio/midi | mid midi | audio/x-midi
audio/amr | amr
audio/aac | aac | audio/x-aac audio/aacp audio/x-hx-aac-adts \
 audio/x-hx-aac-adif
video/x-msvideo | avi | video/avi video/msvideo
~ audio/mpeg | mp3 | audio/mp3 audio/x-mp3
~ video/mpeg | mpg mpeg
font/ttf | ttf ttc | font/sfnt application/x-font-ttf application/font-sfnt font/collection
font/otf | otf | application/vnd.ms-opentype application/x-font-otf
font/woff | woff | application/font-woff
font/woff2 | woff2 | application/font-woff2

text/html | html htm xhtml xht shtml | application/xhtml+xml | html
application/vnd.microsoft.portable-executable | exe dll scr cpl sys drv ocx efi com pif | application/x-dosexec \
 application/x-msdownload application/x-ms-dos-executable application/exe application/x-exe application/x-winexe \
 application/dos-exe application/x-msdos-program | executable
application/x-elf | elf | application/x-executable application/x-pie-executable application/x-sharedlib \
 application/x-object application/x-coredump | executable
application/x-mach-binary | dylib | application/x-mach-o | executable
application/java-archive | jar war | application/x-java-archive | executable
application/java-vm | class | application/x-java-applet application/x-java | executable
application/vnd.android.package-archive | apk | | executable
application/x-msi | msi msp | application/x-windows-installer | executable
application/x-ms-shortcut | lnk | application/x-mslnk | executable
application/wasm | wasm | | executable
application/vnd.debian.binary-package | deb | application/x-deb | executable
application/x-rpm | rpm | | executable
application/x-xar | pkg mpkg xar | application/vnd.apple.installer+xml | executable
~ application/x-apple-diskimage | dmg | | executable
application/x-iso9660-image | iso img | application/x-cd-image | executable
application/vnd.ms-htmlhelp | chm | | executable
application/vnd.adobe.flash.movie | swf | application/x-shockwave-flash | executable

~ text/javascript | js mjs jse | application/javascript application/x-javascript text/x-javascript \
 application/ecmascript text/ecmascript | script
~ text/vbscript | vbs vbe vb | text/x-vbscript application/x-vbs | script
~ application/x-bat | bat cmd | text/x-msdos-batch application/bat | script
~ application/x-powershell | ps1 psm1 psd1 | text/x-powershell | script
~ text/x-shellscript | sh bash zsh ksh csh command | application/x-sh application/x-shellscript text/x-sh | script
~ text/x-python | py pyw | text/x-script.python application/x-python application/x-python-code | script
~ text/x-perl | | application/x-perl | script
~ text/x-ruby | rb | application/x-ruby | script
~ text/x-php | php phtml phar | application/x-httpd-php application/x-php | script
~ application/hta | hta | | script
~ application/x-wsf | wsf wsh wsc sct | | script
~ application/x-ms-regedit | reg | | script
~ application/x-mswinurl | url website webloc desktop | application/internet-shortcut | script
~ application/x-applescript | scpt applescript | | script
~ application/x-ms-setup-information | inf scf library-ms search-ms settingcontent-ms | | script
"""


def _kinds() -> Iterator[Kind]:
    for line in _TABLE.replace("\\\n", "").splitlines():
        if line:
            name, extensions, aliases, how, *_ = (*(part.strip() for part in line.split("|")), "", "", "")
            signed = not name.startswith("~")
            yield Kind(name.lstrip("~ "), tuple(extensions.split()), tuple(aliases.split()), how, signed)


KINDS: dict[str, Kind] = {kind.media_type: kind for kind in _kinds()}

_BY_EXTENSION = {extension: kind for kind in KINDS.values() for extension in kind.extensions}
_BY_NAME = {name.lower(): kind.media_type for kind in KINDS.values() for name in (kind.media_type, *kind.aliases)}

# What mail programs and browsers write when they do not know; it claims nothing.
_NO_CLAIM = {
    "application/octet-stream",
    "application/x-octet-stream",
    "binary/octet-stream",
    "application/unknown",
    "application/x-unknown",
    "application/download",
    "application/x-download",
    "application/force-download",
    "application/x-force-download",
}

# A file of the left kind may bear the name of the right one: the same programs open both without asking.
_PASSES_FOR = {
    ("image/apng", "image/png"),
    ("image/png", "image/apng"),
    ("image/heic", "image/heif"),
    ("image/heif", "image/heic"),
    ("image/heif", "image/avif"),
    ("audio/mp4", "video/mp4"),
    ("video/mp4", "audio/mp4"),
    ("video/mp4", "video/quicktime"),
    ("video/quicktime", "video/mp4"),
    ("video/3gpp", "video/mp4"),
    ("video/mp4", "video/3gpp"),
    ("audio/mp4", "video/3gpp"),
    ("video/webm", "video/x-matroska"),
    ("video/x-matroska", "video/webm"),
    ("font/otf", "font/ttf"),
    ("font/ttf", "font/otf"),
    ("text/html", "application/xml"),
    ("text/html", "message/rfc822"),
    ("image/svg+xml", "application/xml"),
    ("image/svg+xml", "text/html"),
    ("application/xml", "text/html"),
    ("application/rtf", "application/msword"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/msword"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.ms-powerpoint"),
    # Windows declares every .csv as Excel's where Excel is installed.
    ("text/csv", "application/vnd.ms-excel"),
    ("text/plain", "application/vnd.ms-excel"),
}

_IN_A_ZIP = (
    "application/vnd.openxmlformats-",
    "application/vnd.oasis.",
    "application/epub+zip",
    "application/java-archive",
    "application/vnd.android.package-archive",
)


def canonical(media_type: str | None) -> str | None:
    """The one name used here for a declared media type (`image/jpg; name=x` is `image/jpeg`); None claims nothing."""
    name = (media_type or "").partition(";")[0].strip().lower()
    if "/" not in name or name in _NO_CLAIM:
        return None
    return _BY_NAME.get(name, name)


def kind_of_extension(extension: str) -> Kind | None:
    """The kind that a file name extension (without the dot, any case) stands for; None when it stands for none."""
    return _BY_EXTENSION.get(extension.lower())


def runs(media_type: str | None) -> str:
    """How a file of this type runs when opened: "executable", "script", "html"; empty when it does not, or unknown."""
    kind = KINDS.get(media_type or "")
    return kind.runs if kind else ""


def is_text(media_type: str) -> bool:
    """Whether files of this type are text that any editor shows."""
    return (
        media_type.startswith("text/")
        or media_type in ("application/json", "application/yaml", "application/xml", "image/svg+xml", "message/rfc822")
        or media_type == "application/pgp-signature"
        or runs(media_type) == "script"
    )


def compatible(claimed: str, found: str | None) -> bool:
    """Whether bytes found to be `found` (None: no kind that is recognised) may honestly be called `claimed`.

    Both are canonical. A type that is not in the table claims nothing that could be refuted.
    """
    kind = KINDS.get(claimed)
    if kind is None or claimed == found:
        return True
    if found is None:
        return not kind.signed
    if (found, claimed) in _PASSES_FOR:
        return True
    if found == "application/x-ole-storage":
        # What a password wraps an Office file in.
        return claimed.startswith(("application/vnd.openxmlformats-", "application/vnd.ms-", "application/msword"))
    if claimed == "application/zip":
        return found.startswith(_IN_A_ZIP) or "macroEnabled" in found
    if is_text(claimed) and is_text(found):
        # A text of a kind that bytes do not prove; and every text is a plain text.
        return claimed == "text/plain" or (found == "text/plain" and not kind.signed)
    return found not in KINDS and found.split("/")[0] == claimed.split("/")[0]
