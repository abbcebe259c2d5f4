"""The kinds of charts: plain values in, Altair charts out. The chapters decide which figures go in.

Margins are computed from numbers of letters, never measured (see :mod:`baocao.present.theme`). Every mark for a figure
has name and value as its description, which the book's script shows at the pointer.
"""

from baocao.present.charts.bars import bars, columns
from baocao.present.charts.bullets import bullet_bars, bullet_height
from baocao.present.charts.grids import grid_row_height, heat_map, state_grid
from baocao.present.charts.marks import Bar, Bullet, Panel, Tile
from baocao.present.charts.panels import PANEL_HEIGHT, PANELS_A_ROW, panels, strips

__all__ = [
    "PANELS_A_ROW",
    "PANEL_HEIGHT",
    "Bar",
    "Bullet",
    "Panel",
    "Tile",
    "bars",
    "bullet_bars",
    "bullet_height",
    "columns",
    "grid_row_height",
    "heat_map",
    "panels",
    "state_grid",
    "strips",
]
