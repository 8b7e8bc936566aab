//! Tables and other things side by side. A row stays in one piece unless it is
//! taller than half a page; then it is cut, cell by cell, between its pieces: a label stays
//! with its value, and what begins something with the first line of it. On the next page it
//! says again which row goes on.

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
/// A row that goes on is named with so many letters at most: two lines.
const NAME: usize = 160;

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
    /// It is not parted from the beginning of the next.
    pub(crate) keep: bool,
}

/// A cell: where it stands, what it says, what it means.
pub(crate) struct Cell<'a> {
    pub(crate) x: f64,
    pub(crate) width: f64,
    pub(crate) right: bool,
    pub(crate) texts: Vec<CellText<'a>>,
    pub(crate) node: Option<NodeId>,
}

/// Lines of a cell that are not parted.
struct Piece {
    top: f64,
    bottom: f64,
    marks: Vec<Mark>,
}

/// Paragraphs of so many lines are not cut; of longer ones, two lines at the beginning and at
/// the end are not parted.
const SHORT: usize = 4;

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
        let mut pieces: Vec<Piece> = Vec::new();
        for cell in cells {
            let mut y = padding;
            let mut kept = false;
            for (i, paragraph) in cell.texts.iter().enumerate() {
                y += if i == 0 { 0.0 } else { paragraph.above };
                let style = paragraph.spans.first().map_or(Style::CELL, |s| s.style);
                let mut spans = paragraph.spans.clone();
                if i + 1 < cell.texts.len() {
                    // What follows is another paragraph of the same cell: words must not join.
                    spans.push(Span::new(" ", style));
                }
                let lines = self.setter.set(&spans, cell.width)?;
                let count = lines.len();
                for (n, line) in lines.into_iter().enumerate() {
                    let indent = if cell.right {
                        cell.width - line.width
                    } else {
                        0.0
                    };
                    let marks: Vec<Mark> = line
                        .runs
                        .into_iter()
                        .map(|run| text(run, cell.x + indent, y + style.baseline(), cell.node))
                        .collect();
                    let bottom = y + style.leading;
                    let together = if n == 0 {
                        kept
                    } else {
                        count <= SHORT || n == 1 || n + 1 == count
                    };
                    match pieces.last_mut().filter(|_| together) {
                        Some(piece) => {
                            piece.bottom = bottom;
                            piece.marks.extend(marks);
                        }
                        None => pieces.push(Piece {
                            top: y,
                            bottom,
                            marks,
                        }),
                    }
                    y = bottom;
                }
                kept = paragraph.keep;
            }
        }
        let height = pieces.iter().map(|p| p.bottom).fold(0.0, f64::max) + padding;
        if height <= TALLEST {
            return Ok(vec![Band {
                above,
                height,
                marks: pieces.into_iter().flat_map(|p| p.marks).collect(),
                ..Band::default()
            }]);
        }
        Ok(sliced(pieces, height, above))
    }

    /// A table with a head that is repeated on every page it reaches; `continued` is the word
    /// for a row that goes on.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn table(
        &mut self,
        columns: &[Column<'_>],
        rows: &[Vec<Vec<CellText<'_>>>],
        place: Placement,
        continued: &str,
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
            if bands.len() > 1 {
                let (number, name) = named(row);
                let indent = if number.is_empty() {
                    0.0
                } else {
                    columns.first().map_or(0.0, |first| first.width)
                };
                let name = format!("{name} ({continued})");
                self.names_its_row(&mut bands, (&number, &name), indent, place)?;
            }
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
                    keep: false,
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
        continued: &str,
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
                    keep: false,
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
                    keep: false,
                }],
                node: Some(self.tree.add(row, Role::Cell)),
            };
            let above = if i == 0 { place.above } else { 0.0 };
            let padding = if ruled { 3.5 } else { 1.0 };
            let mut bands = self.side_by_side(&[label_cell, value_cell], padding, above)?;
            if ruled {
                underline(&mut bands, place.x, place.width);
            }
            if bands.len() > 1 {
                let said = format!("{} ({continued})", label.as_ref());
                self.names_its_row(&mut bands, ("", &said), 0.0, place)?;
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

    /// Says of a row that is cut which it is, for every page that it goes on to: its number, if
    /// it has one, and from `indent` on its name.
    fn names_its_row(
        &mut self,
        bands: &mut [Band],
        (number, name): (&str, &str),
        indent: f64,
        place: Placement,
    ) -> Result<(), DocumentError> {
        const ABOVE: f64 = 4.0;
        let x = place.x + PADDING;
        let style = Style::LABEL;
        let width = place.width - indent - 2.0 * PADDING;
        let mut row = Band {
            height: ABOVE,
            keep: true,
            ..Band::default()
        };
        for line in self.setter.set(&[Span::new(name, style)], width)? {
            let baseline = row.height + style.baseline();
            let runs = line.runs.into_iter();
            row.marks
                .extend(runs.map(|run| text(run, x + indent, baseline, None)));
            row.height += style.leading;
        }
        let lines = self.setter.set(&[Span::new(number, style)], indent)?;
        let runs = lines.into_iter().take(1).flat_map(|line| line.runs);
        let runs = runs.map(|run| text(run, x, ABOVE + style.baseline(), None));
        row.marks.splice(0..0, runs);
        row.height += ABOVE;
        for band in bands.iter_mut().skip(1) {
            band.goes_on = Some(self.continued.len());
        }
        self.continued.push(row);
        Ok(())
    }
}

/// What names a row: its number, if its first cell is one, and what begins the cell after it;
/// else what its first cell begins with.
fn named(row: &[Vec<CellText<'_>>]) -> (String, String) {
    let of = |cell: Option<&Vec<CellText<'_>>>| -> String {
        let first = cell.and_then(|cell| cell.first());
        let spans = first.map(|first| first.spans.iter());
        spans.into_iter().flatten().map(|span| span.text).collect()
    };
    let first = of(row.first());
    let numbered = first.chars().all(|c| c.is_ascii_digit());
    let (number, name) = if numbered {
        (first, of(row.get(1)))
    } else {
        (String::new(), first)
    };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.char_indices().nth(NAME) {
        Some((end, _)) => (number, format!("{}…", &name[..end])),
        None => (number, name),
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

/// Cuts a tall row between the pieces of its cells. Each begins where its cell goes on, so that
/// the pieces of one cell may begin beside those of another; the first of each cell stay
/// together, and so do the last two.
fn sliced(mut pieces: Vec<Piece>, height: f64, above: f64) -> Vec<Band> {
    // What begins at the same height stays in the order of the cells.
    pieces.sort_by(|one, other| one.top.total_cmp(&other.top));
    let tops: Vec<f64> = pieces.iter().map(|piece| piece.top).collect();
    let first = tops.first().copied().unwrap_or_default();
    let count = pieces.len();
    let of = |(i, piece): (usize, Piece)| {
        let top = if i == 0 { 0.0 } else { piece.top };
        let bottom = tops.get(i + 1).copied().unwrap_or(height);
        let begins = tops.get(i + 1).is_some_and(|next| *next <= first + 0.01);
        Band {
            above: if i == 0 { above } else { 0.0 },
            height: bottom - top,
            overhang: (piece.bottom - bottom).max(0.0),
            marks: piece
                .marks
                .into_iter()
                .map(|mark| mark.lowered(-top))
                .collect(),
            keep: i + 1 < count && (begins || i + 2 == count),
            ..Band::default()
        }
    };
    pieces.into_iter().enumerate().map(of).collect()
}
