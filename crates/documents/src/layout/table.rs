//! Tables and other things side by side. A row stays in one piece unless it is
//! taller than half a page; then it is cut between lines.

use super::{
    galley::{Band, Galley, Mark, Placement, text},
    style::{Style, ink},
    tree::{NodeId, Role, Scope, Tree},
    typeset::Span,
};
use crate::DocumentError;

/// Rows taller than this are cut between lines, in points: about half a page.
const TALLEST: f64 = 340.0;
const PADDING: f64 = 5.0;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column<'a> {
    pub(crate) title: &'a str,
    pub(crate) width: f64,
    /// Sums of money stand on the right.
    pub(crate) right: bool,
}

/// A paragraph in a cell.
#[derive(Debug, Clone)]
pub(crate) struct CellText<'a> {
    pub(crate) spans: Vec<Span<'a>>,
    pub(crate) above: f64,
}

/// A cell: where it stands, what it says, what it means.
pub(crate) struct Cell<'a> {
    pub(crate) x: f64,
    pub(crate) width: f64,
    pub(crate) right: bool,
    pub(crate) texts: Vec<CellText<'a>>,
    pub(crate) node: Option<NodeId>,
}

struct Placed {
    top: f64,
    bottom: f64,
    marks: Vec<Mark>,
}

impl Galley {
    /// Cells side by side, as one band or, if they are too tall for that, several.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn side_by_side(
        &mut self,
        cells: &[Cell<'_>],
        padding: f64,
        above: f64,
    ) -> Result<Vec<Band>, DocumentError> {
        let mut placed = Vec::new();
        for cell in cells {
            let mut y = padding;
            for (i, paragraph) in cell.texts.iter().enumerate() {
                y += if i == 0 { 0.0 } else { paragraph.above };
                let style = paragraph.spans.first().map_or(Style::CELL, |s| s.style);
                let mut spans = paragraph.spans.clone();
                if i + 1 < cell.texts.len() {
                    // What follows is another paragraph of the same cell: words must not join.
                    spans.push(Span::new(" ", style));
                }
                for line in self.setter.set(&spans, cell.width)? {
                    let indent = if cell.right {
                        cell.width - line.width
                    } else {
                        0.0
                    };
                    let marks = line
                        .runs
                        .into_iter()
                        .map(|run| text(run, cell.x + indent, y + style.baseline(), cell.node))
                        .collect();
                    placed.push(Placed {
                        top: y,
                        bottom: y + style.leading,
                        marks,
                    });
                    y += style.leading;
                }
            }
        }
        let height = placed.iter().map(|p| p.bottom).fold(0.0, f64::max) + padding;
        if height <= TALLEST {
            return Ok(vec![Band {
                above,
                height,
                marks: placed.into_iter().flat_map(|p| p.marks).collect(),
                ..Band::default()
            }]);
        }
        Ok(sliced(placed, height, above))
    }

    /// A table with a head that is repeated on every page it reaches.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn table(
        &mut self,
        columns: &[Column<'_>],
        rows: &[Vec<Vec<CellText<'_>>>],
        place: Placement,
    ) -> Result<NodeId, DocumentError> {
        let table = self.tree.add(Tree::DOCUMENT, Role::Table);
        let head = self.head(columns, place, table)?;
        let number = self.heads.len();
        for band in head.clone() {
            self.push(band);
        }
        self.heads.push(head.into_iter().map(repeated).collect());
        let body = self.tree.add(table, Role::TableBody);
        for row in rows {
            let row_node = self.tree.add(body, Role::Row);
            let mut x = place.x;
            let mut cells = Vec::new();
            for (column, texts) in columns.iter().zip(row) {
                cells.push(Cell {
                    x: x + PADDING,
                    width: column.width - 2.0 * PADDING,
                    right: column.right,
                    texts: texts.clone(),
                    node: Some(self.tree.add(row_node, Role::Cell)),
                });
                x += column.width;
            }
            let mut bands = self.side_by_side(&cells, PADDING, 0.0)?;
            underline(&mut bands, place.x, place.width);
            for mut band in bands {
                band.table = Some(number);
                self.push(band);
            }
        }
        if place.keep
            && let Some(last) = self.bands.last_mut()
        {
            last.keep = true;
        }
        Ok(table)
    }

    fn head(
        &mut self,
        columns: &[Column<'_>],
        place: Placement,
        table: NodeId,
    ) -> Result<Vec<Band>, DocumentError> {
        let head = self.tree.add(table, Role::TableHead);
        let row = self.tree.add(head, Role::Row);
        let mut x = place.x;
        let mut cells = Vec::new();
        for column in columns {
            cells.push(Cell {
                x: x + PADDING,
                width: column.width - 2.0 * PADDING,
                right: column.right,
                texts: vec![CellText {
                    spans: vec![Span::new(column.title, Style::COLUMN)],
                    above: 0.0,
                }],
                node: Some(self.tree.add(row, Role::HeadCell(Scope::Column))),
            });
            x += column.width;
        }
        let mut bands = self.side_by_side(&cells, PADDING - 1.0, place.above)?;
        for band in &mut bands {
            band.keep = true;
            band.marks.insert(
                0,
                Mark::Fill {
                    x: place.x,
                    top: 0.0,
                    width: place.width,
                    height: band.height,
                    colour: ink::HEAD,
                },
            );
        }
        Ok(bands)
    }

    /// Labels with their values, a row each, the label heading its row.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn facts(
        &mut self,
        facts: &[(impl AsRef<str>, &str)],
        place: Placement,
        ruled: bool,
    ) -> Result<(), DocumentError> {
        let table = self.tree.add(Tree::DOCUMENT, Role::Table);
        let label_width = (place.width * 0.32).min(150.0);
        for (i, (label, value)) in facts.iter().enumerate() {
            let row = self.tree.add(table, Role::Row);
            let label_cell = Cell {
                x: place.x,
                width: label_width - 8.0,
                right: false,
                texts: vec![CellText {
                    spans: vec![Span::new(
                        label.as_ref(),
                        Style {
                            leading: Style::CELL.leading,
                            ..Style::LABEL
                        },
                    )],
                    above: 0.0,
                }],
                node: Some(self.tree.add(row, Role::HeadCell(Scope::Row))),
            };
            let value_cell = Cell {
                x: place.x + label_width,
                width: place.width - label_width,
                right: false,
                texts: vec![CellText {
                    spans: vec![Span::new(value, Style::CELL)],
                    above: 0.0,
                }],
                node: Some(self.tree.add(row, Role::Cell)),
            };
            let above = if i == 0 { place.above } else { 0.0 };
            let padding = if ruled { 3.5 } else { 1.0 };
            let mut bands = self.side_by_side(&[label_cell, value_cell], padding, above)?;
            if ruled {
                underline(&mut bands, place.x, place.width);
            }
            if i + 1 < facts.len().min(3)
                && let Some(last) = bands.last_mut()
            {
                last.keep = true;
            }
            for band in bands {
                self.push(band);
            }
        }
        if place.keep
            && let Some(last) = self.bands.last_mut()
        {
            last.keep = true;
        }
        Ok(())
    }
}

/// A thin rule under a row.
fn underline(bands: &mut [Band], x: f64, width: f64) {
    if let Some(last) = bands.last_mut() {
        last.marks.push(Mark::Fill {
            x,
            top: last.height - 0.5,
            width,
            height: 0.5,
            colour: ink::RULE,
        });
    }
}

/// A head as it stands on a further page: the same to look at, nothing to read aloud again.
fn repeated(mut band: Band) -> Band {
    for mark in &mut band.marks {
        if let Mark::Text { node, .. } = mark {
            *node = None;
        }
    }
    band.above = 0.0;
    band.keep = true;
    band
}

/// Cuts a tall row wherever no line of any cell is cut.
fn sliced(mut placed: Vec<Placed>, height: f64, above: f64) -> Vec<Band> {
    let mut cuts: Vec<f64> = placed.iter().map(|p| p.bottom).collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    cuts.retain(|cut| {
        !placed
            .iter()
            .any(|p| p.top + 0.01 < *cut && *cut < p.bottom - 0.01)
    });
    let mut bands = Vec::new();
    let mut top = 0.0;
    let count = cuts.len();
    for (i, cut) in cuts.into_iter().enumerate() {
        let last = i + 1 == count;
        let bottom = if last { height } else { cut };
        let (mine, rest): (Vec<_>, Vec<_>) =
            placed.into_iter().partition(|p| p.bottom <= cut + 0.01);
        placed = rest;
        bands.push(Band {
            above: if i == 0 { above } else { 0.0 },
            height: bottom - top,
            marks: mine
                .into_iter()
                .flat_map(|p| p.marks)
                .map(|mark| mark.lowered(-top))
                .collect(),
            keep: !last && (i == 0 || i + 2 == count),
            ..Band::default()
        });
        top = bottom;
    }
    bands
}
