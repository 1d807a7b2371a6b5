"""The tables of an audit for spreadsheets: `--export csv` and `--export xlsx`. No cell of them is ever a formula."""

from msgpolicy.audit.spreadsheets.csv_files import write_csv
from msgpolicy.audit.spreadsheets.xlsx_file import write_xlsx

# What writes a format into the folder of an audit whose report is made.
EXPORTS = {"csv": write_csv, "xlsx": write_xlsx}

__all__ = ["EXPORTS", "write_csv", "write_xlsx"]
