"""The units for systemd: their commands are ours, and systemd finds no fault with them."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from msgpolicy.arguments import parse

UNITS = sorted((Path(__file__).parents[1] / "contrib" / "systemd").glob("*.service"))


def settings(unit: Path) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(unit, encoding="utf-8")
    return parser["Service"]


def test_there_is_one_for_each_service() -> None:
    assert [unit.stem for unit in UNITS] == ["msgpolicy-milter", "msgpolicy-serve", "msgpolicy-smtp"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_the_command_is_one_of_ours_and_takes_the_options_told(unit: Path) -> None:
    program, *arguments = settings(unit)["ExecStart"].split()
    assert program == "/opt/msgpolicy/bin/msgpolicy"
    assert arguments.pop() == "$MSGPOLICY_OPTIONS"
    [told] = re.findall(r'"MSGPOLICY_OPTIONS=([^"]*)"', unit.read_text(encoding="utf-8"))
    called = parse([*arguments, *told.split()])
    assert called.gate == "/etc/msgpolicy/gate.toml"
    assert f"docs/hooks-{'http' if unit.stem.endswith('serve') else arguments[0]}.md" in unit.read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_all_are_hardened_alike(unit: Path) -> None:
    first = UNITS[0].read_text(encoding="utf-8").partition("DynamicUser=")[2]
    assert unit.read_text(encoding="utf-8").partition("DynamicUser=")[2] == first
    assert settings(unit)["MemoryDenyWriteExecute"] == "yes"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_finds_no_fault(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    copy = tmp_path / unit.name
    text = unit.read_text(encoding="utf-8")
    copy.write_text(text.replace("/opt/msgpolicy/bin/msgpolicy", sys.executable), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", str(copy)],
        capture_output=True,
        text=True,
    )
    assert judged.returncode == 0, judged.stdout[-500:]


_WITHOUT_WRITABLE_CODE = """
import ctypes, mmap, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) != 0:  # PR_SET_MDWE, from Linux 6.3 on
    sys.exit(77)
try:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
except PermissionError:
    pass
else:
    sys.exit("it is not in force")
from msgpolicy import Message
from msgpolicy.hooks import Gate
data = open(sys.argv[1], "rb").read()
decision = Gate({"time_budget": 300}, record=lambda line: None).decide(data)
print(decision.failure, [entry.rule for entry in decision.report.not_evaluated if entry.why == "crash"])
"""


@pytest.mark.slow
def test_the_libraries_need_no_memory_that_is_writable_and_executable(tmp_path: Path) -> None:
    from email.message import EmailMessage

    from PIL import Image

    mail = EmailMessage()
    mail["From"], mail["To"] = "service@shop.example", "a1b2c3@marketplace.amazon.de"
    mail["Subject"] = "Order 305-1234567-1234567"
    mail.set_content("Guten Tag, rufen Sie an: +49 30 901820.")
    mail.add_alternative("<style>p {color: red}</style><p>Hello <a href='http://x.example'>you</a></p>", subtype="html")
    Image.new("RGB", (40, 40), "white").save(tmp_path / "x.png")
    Image.new("RGB", (40, 40), "white").save(tmp_path / "x.pdf")
    for name, kind in (("x.png", ("image", "png")), ("x.pdf", ("application", "pdf"))):
        mail.add_attachment((tmp_path / name).read_bytes(), maintype=kind[0], subtype=kind[1], filename=name)
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_WRITABLE_CODE, str(tmp_path / "mail.eml")],
        capture_output=True,
        text=True,
        cwd=UNITS[0].parents[2],
    )
    if done.returncode == 77:
        pytest.skip("the kernel cannot be asked for it")
    assert (done.returncode, done.stdout) == (0, "None []\n"), done.stderr
