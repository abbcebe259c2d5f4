"""What the benchmarks run: a notebook of 15 cells over a CSV, with 4 tables and 3 charts as SVG."""

from __future__ import annotations

import random
from pathlib import Path

_CHART = """\
chart{n} = alt.Chart(frame.groupby("{by}", as_index=False)["value"].sum()).mark_bar().encode(x="value:Q", y="{by}:N")
SVG(vl_convert.vegalite_to_svg(chart{n}.to_dict()))"""

CELLS = (
    "import altair as alt\nimport pandas as pd\nimport vl_convert\nfrom IPython.display import SVG, Markdown",
    "frame = pd.read_csv(path)",
    "Markdown(f'Đơn vị {unit}: {len(frame)} dòng')",
    "frame.describe()",
    "frame.groupby('area')['value'].agg(['sum', 'count'])",
    _CHART.format(n=1, by="area"),
    "frame.groupby('form')['value'].agg(['sum', 'count'])",
    _CHART.format(n=2, by="form"),
    "frame.pivot_table(index='area', columns='form', values='value', aggfunc='sum')",
    _CHART.format(n=3, by="day"),
    "total = int(frame['value'].sum())",
    "print(f'Tổng: {total}')",
    "assert total >= 0",
    "Markdown(f'**{total}**')",
)


def write_table(path: Path, rows: int) -> None:
    """Write a table with this many rows, the same at each call."""
    numbers = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("area,form,day,value\n")
        for _ in range(rows):
            one = f"II.{numbers.randint(1, 10)},III.{numbers.randint(1, 6)},{numbers.randint(1, 28)}"
            file.write(f"{one},{numbers.randint(0, 500)}\n")


def write_notebook(path: Path) -> None:
    """Write the notebook, with its parameters in the first cell."""
    import nbformat  # noqa: PLC0415 - not needed by processes that only run notebooks
    from nbformat.v4 import new_code_cell, new_notebook  # noqa: PLC0415

    first = new_code_cell("path = ''\nunit = ''", id="parameters", metadata={"tags": ["parameters"]})
    cells = [first, *(new_code_cell(source, id=f"c{i}") for i, source in enumerate(CELLS))]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
