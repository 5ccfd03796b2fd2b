"""The CSV in LibreOffice itself, opened as by a double click: texts whole, formulas text."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from fieldlog.store.database import writing
from fieldlog.store.tables import Place
from tests.review.test_exports import export, lines

FORMULA = '=1+1;"å ä ö"'
SEMICOLONS_UTF8_ALL = "CSV:59,34,76,1"
PATIENCE_S = 300


def opened(csv: bytes, folder: Path) -> list[tuple]:
    """The rows as LibreOffice has them once it has opened the file."""
    file = folder / "log.csv"
    file.write_bytes(csv)
    own = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [shutil.which("soffice"), own, "--headless", f"--infilter={SEMICOLONS_UTF8_ALL}",
         "--convert-to", "xlsx", "--outdir", folder, file],
        check=True, capture_output=True, timeout=PATIENCE_S,
    )  # fmt: skip
    return list(openpyxl.load_workbook(folder / "log.xlsx").active.iter_rows())


@pytest.mark.libreoffice
def test_libreoffice_opens_the_csv_and_a_formula_stays_text(sara, evening, tmp_path):
    with writing() as session:
        session.execute(sa.update(Place).where(Place.code == "HAG").values(name=FORMULA))
    answer = export(sara, "csv")
    head, *rows = opened(answer.data, tmp_path)
    names = [cell.value for cell in head]
    assert (names[0], "Platskod" in names) == ("Slag", True)
    places = [row[names.index("Plats")] for row in rows]
    ours = [cell for cell in places if cell.value and "1+1" in str(cell.value)]
    assert ours
    assert {cell.data_type for cell in ours} == {"s"}
    assert all("å ä ö" in cell.value for cell in ours)
    times = [row[names.index("Tid")] for row in rows[: len(lines(answer))]]
    assert {cell.is_date for cell in times} == {True}
