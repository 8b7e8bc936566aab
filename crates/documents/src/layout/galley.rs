//! One long column of bands, before it is cut into pages. A band is what may
//! not be cut: a line of a paragraph, a row of a table.

use super::{
    style::{Colour, Style},
    tree::{NodeId, Role, Tree},
    typeset::{LineRun, Span, Typesetter},
};
use crate::{DocumentError, shape::drawable};

/// Something drawn, measured from the top left of its band, later of its page.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// Letters. Without a node they mean nothing: page numbers, repeated heads.
    Text {
        x: f64,
        baseline: f64,
        run: LineRun,
        node: Option<NodeId>,
    },
    /// A ground or a rule.
    Fill {
        x: f64,
        top: f64,
        width: f64,
        height: f64,
        colour: Colour,
    },
}

impl Mark {
    /// The same mark further down.
    pub(crate) fn lowered(mut self, by: f64) -> Self {
        match &mut self {
            Self::Text { baseline, .. } => *baseline += by,
            Self::Fill { top, .. } => *top += by,
        }
        self
    }
}

/// A slice of the column that stays in one piece.
#[derive(Debug, Clone, Default)]
pub(crate) struct Band {
    /// Space above it, which vanishes at the top of a page.
    pub(crate) above: f64,
    pub(crate) height: f64,
    pub(crate) marks: Vec<Mark>,
    /// It is not parted from the next.
    pub(crate) keep: bool,
    /// It begins the second page, if that has not begun.
    pub(crate) fresh_page: bool,
    /// The table whose head is repeated above it if it begins a page.
    pub(crate) table: Option<usize>,
    /// What says which row goes on, if it begins a page in the middle of one.
    pub(crate) goes_on: Option<usize>,
    /// How far what it shows reaches below its height: beside a cell that goes on, another
    /// piece may begin before this one ends.
    pub(crate) overhang: f64,
}

/// Where a paragraph stands in the column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placement {
    pub(crate) x: f64,
    pub(crate) width: f64,
    pub(crate) above: f64,
    /// Its last line stays with what follows.
    pub(crate) keep: bool,
}

/// The column, its meaning and the heads of its tables.
pub(crate) struct Galley {
    pub(crate) setter: Typesetter,
    pub(crate) tree: Tree,
    pub(crate) bands: Vec<Band>,
    pub(crate) heads: Vec<Vec<Band>>,
    /// What says, for each row that may be cut, which row goes on.
    pub(crate) continued: Vec<Band>,
    fresh_page: bool,
}

impl Galley {
    pub(crate) fn new() -> Self {
        Self {
            setter: Typesetter::default(),
            tree: Tree::new(),
            bands: Vec::new(),
            heads: Vec::new(),
            continued: Vec::new(),
            fresh_page: false,
        }
    }

    /// Adds a band, at the top of the second page if that was asked for.
    pub(crate) fn push(&mut self, mut band: Band) {
        band.fresh_page |= std::mem::take(&mut self.fresh_page);
        self.bands.push(band);
    }

    /// What comes next begins the second page, unless the first has overflowed into it.
    pub(crate) fn leave_first_page(&mut self) {
        self.fresh_page = true;
    }

    /// A paragraph under the node given, a band each line; never one line of it alone on a page.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn paragraph(
        &mut self,
        spans: &[Span<'_>],
        place: Placement,
        node: NodeId,
    ) -> Result<(), DocumentError> {
        let style = spans.first().map_or(Style::BODY, |span| span.style);
        let lines = self.setter.set(spans, place.width)?;
        let count = lines.len();
        for (i, line) in lines.into_iter().enumerate() {
            let last = i + 1 == count;
            self.push(Band {
                above: if i == 0 { place.above } else { 0.0 },
                height: style.leading,
                marks: line
                    .runs
                    .into_iter()
                    .map(|run| text(run, place.x, style.baseline(), Some(node)))
                    .collect(),
                keep: if last {
                    place.keep
                } else {
                    i == 0 || i + 2 == count
                },
                ..Band::default()
            });
        }
        Ok(())
    }

    /// A heading or paragraph of its own in the tree.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn block(
        &mut self,
        role: Role,
        spans: &[Span<'_>],
        place: Placement,
    ) -> Result<NodeId, DocumentError> {
        let node = self.tree.add(Tree::DOCUMENT, role);
        if matches!(role, Role::Heading(_)) {
            let text: String = spans.iter().map(|span| drawable(span.text)).collect();
            let words: Vec<&str> = text.split_whitespace().collect();
            self.tree.nodes[node.0].title = Some(words.join(" "));
        }
        self.paragraph(spans, place, node)?;
        Ok(node)
    }

    /// A list, each item with its label in the margin of the item.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn list(
        &mut self,
        items: &[String],
        numbered: bool,
        style: Style,
        place: Placement,
    ) -> Result<NodeId, DocumentError> {
        let list = self.tree.add(Tree::DOCUMENT, Role::List);
        let indent = if numbered { 22.0 } else { 15.0 };
        for (i, text_of_item) in items.iter().enumerate() {
            let item = self.tree.add(list, Role::Item);
            let label_node = self.tree.add(item, Role::ItemLabel);
            let body = self.tree.add(item, Role::ItemBody);
            let label = if numbered {
                format!("{}. ", i + 1)
            } else {
                "• ".to_owned()
            };
            let first = self.bands.len();
            self.paragraph(
                &[Span::new(text_of_item, style)],
                Placement {
                    x: place.x + indent,
                    width: place.width - indent,
                    above: if i == 0 { place.above } else { 3.0 },
                    keep: false,
                },
                body,
            )?;
            let lines = self.setter.set(&[Span::new(&label, style)], indent)?;
            if let (Some(band), Some(line)) = (self.bands.get_mut(first), lines.into_iter().next())
            {
                let marks = line
                    .runs
                    .into_iter()
                    .map(|run| text(run, place.x + 3.0, style.baseline(), Some(label_node)));
                band.marks.splice(0..0, marks);
            }
        }
        Ok(list)
    }

    /// A rule over the width given.
    pub(crate) fn rule(&mut self, x: f64, width: f64, thickness: f64, above: f64, colour: Colour) {
        self.push(Band {
            above,
            height: thickness,
            marks: vec![Mark::Fill {
                x,
                top: 0.0,
                width,
                height: thickness,
                colour,
            }],
            keep: true,
            ..Band::default()
        });
    }

    /// Whatever `fill` adds, on a ground with a bar at its left; the ground is cut where a page is.
    ///
    /// # Errors
    /// Those of `fill`.
    pub(crate) fn boxed(
        &mut self,
        x: f64,
        width: f64,
        above: f64,
        (ground, bar): (Colour, Colour),
        fill: impl FnOnce(&mut Self) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        const PADDING: f64 = 9.0;
        let start = self.bands.len();
        self.push(Band {
            above,
            height: PADDING,
            keep: true,
            ..Band::default()
        });
        fill(self)?;
        if let Some(last) = self.bands.last_mut() {
            last.keep = true;
        }
        self.push(Band {
            height: PADDING,
            ..Band::default()
        });
        for band in &mut self.bands[start + 1..] {
            // Inside a box the space above is part of the box, or its ground would show gaps.
            let above = std::mem::take(&mut band.above);
            band.height += above;
            let marks = std::mem::take(&mut band.marks);
            band.marks = marks.into_iter().map(|mark| mark.lowered(above)).collect();
        }
        for band in &mut self.bands[start..] {
            let sides = [(x, width, ground), (x, 3.0, bar)];
            let fills = sides.map(|(x, width, colour)| Mark::Fill {
                x,
                top: 0.0,
                width,
                // A hair of overlap, or a viewer shows seams between the slices.
                height: band.height + 0.2,
                colour,
            });
            band.marks.splice(0..0, fills);
        }
        Ok(())
    }

    /// Whatever `fill` adds stays on one page, if one page can hold it.
    ///
    /// # Errors
    /// Those of `fill`.
    pub(crate) fn together(
        &mut self,
        fill: impl FnOnce(&mut Self) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        let start = self.bands.len();
        fill(self)?;
        let end = self.bands.len().saturating_sub(1);
        for band in self.bands.get_mut(start..end).unwrap_or_default() {
            band.keep = true;
        }
        Ok(())
    }
}

impl Galley {
    /// What comes next stays with what is there.
    pub(crate) fn hold(&mut self) {
        if let Some(last) = self.bands.last_mut() {
            last.keep = true;
        }
    }

    /// What comes next may begin a page.
    pub(crate) fn release(&mut self) {
        if let Some(last) = self.bands.last_mut() {
            last.keep = false;
        }
    }
}

/// A run of a line as a mark.
pub(crate) fn text(run: LineRun, x: f64, baseline: f64, node: Option<NodeId>) -> Mark {
    Mark::Text {
        x: x + run.x,
        baseline,
        run,
        node,
    }
}
