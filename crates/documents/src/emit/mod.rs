//! From marks to PDF operators. Everything painted is either in a marked
//! sequence that belongs to a node of the tree, or an artifact.

mod text;

use crate::{
    DocumentError,
    fonts::{Face, Program},
    layout::{Colour, Geometry, Mark, NodeId, Page, Tree, Used},
};
use printpdf::{Color, DictItem, Mm, Op, PdfDocument, PdfPage, Pt, Rect, Rgb};
use std::{collections::BTreeMap, sync::Arc};

/// A document made of operators, and what each marked sequence belongs to.
pub(crate) struct Emitted {
    pub(crate) document: PdfDocument,
    /// For each page the nodes of its marked sequences, by number.
    pub(crate) sequences: Vec<Vec<NodeId>>,
    /// The faces that the pages show.
    pub(crate) programs: BTreeMap<Face, Arc<Program>>,
}

/// Writes the pages as operators.
///
/// # Errors
/// If a face cannot be read or cut.
pub(crate) fn emit(
    pages: &[Page],
    tree: &Tree,
    used: &Used,
    sheet: Geometry,
) -> Result<Emitted, DocumentError> {
    let mut pen = Pen {
        tree,
        used,
        height: sheet.height,
        programs: BTreeMap::new(),
        ops: Vec::new(),
        colour: None,
        font: None,
    };
    let mut document = PdfDocument::new("");
    let mut sequences = Vec::new();
    for page in pages {
        sequences.push(pen.page(page)?);
        let ops = std::mem::take(&mut pen.ops);
        (pen.colour, pen.font) = (None, None);
        document.pages.push(PdfPage::new(Mm(210.0), Mm(297.0), ops));
    }
    Ok(Emitted {
        document,
        sequences,
        programs: pen.programs,
    })
}

/// Two decimals are a sixtieth of what the eye can see, and keep the file small.
fn rounded(value: f64) -> Pt {
    Pt(((value * 100.0).round() / 100.0) as f32)
}

struct Pen<'a> {
    tree: &'a Tree,
    used: &'a Used,
    height: f64,
    programs: BTreeMap<Face, Arc<Program>>,
    ops: Vec<Op>,
    colour: Option<Colour>,
    font: Option<(Face, f64)>,
}

impl Pen<'_> {
    /// Draws a page; the answer names the node of each marked sequence.
    fn page(&mut self, page: &Page) -> Result<Vec<NodeId>, DocumentError> {
        let mut sequences = Vec::new();
        self.fills(page);
        let mut marks = page
            .marks
            .iter()
            .filter(|m| matches!(m, Mark::Text { .. }))
            .peekable();
        while let Some(Mark::Text { node, .. }) = marks.peek() {
            let node = *node;
            match node {
                Some(id) => {
                    let number = i64::try_from(sequences.len()).unwrap_or(0);
                    sequences.push(id);
                    self.begin(
                        self.tree.nodes[id.0].role.tag(),
                        "MCID",
                        DictItem::Int(number),
                    );
                }
                None => self.begin("Artifact", "Type", DictItem::Name(b"Pagination".to_vec())),
            }
            self.ops.push(Op::StartTextSection);
            let mut at = (0.0, 0.0);
            while let Some(Mark::Text {
                x, baseline, run, ..
            }) = marks.next_if(|m| matches!(m, Mark::Text { node: n, .. } if *n == node))
            {
                at = self.run(run, *x, self.height - baseline, at)?;
            }
            self.ops.push(Op::EndTextSection);
            self.ops.push(Op::EndMarkedContent);
        }
        Ok(sequences)
    }

    /// Grounds and rules come first, all in one artifact: they lie under the letters.
    fn fills(&mut self, page: &Page) {
        let mut open = false;
        for mark in &page.marks {
            let Mark::Fill {
                x,
                top,
                width,
                height,
                colour,
            } = mark
            else {
                continue;
            };
            if !open {
                self.ops.push(Op::BeginMarkedContent {
                    tag: "Artifact".to_owned(),
                });
                open = true;
            }
            self.colour(*colour);
            let mut rectangle = Rect::from_xywh(
                rounded(*x),
                rounded(self.height - top - height),
                rounded(*width),
                rounded(*height),
            );
            rectangle.mode = Some(printpdf::PaintMode::Fill);
            self.ops.push(Op::DrawRectangle { rectangle });
        }
        if open {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn begin(&mut self, tag: &str, key: &str, value: DictItem) {
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict {
                map: [(key.to_owned(), value)].into(),
            },
        });
    }

    fn colour(&mut self, colour: Colour) {
        if self.colour != Some(colour) {
            self.colour = Some(colour);
            let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
            self.ops.push(Op::SetFillColor {
                col: Color::Rgb(Rgb::new(
                    part(colour.0),
                    part(colour.1),
                    part(colour.2),
                    None,
                )),
            });
        }
    }
}
