//! Glyphs as operators: one show for a run, with a correction wherever the
//! shaped advance differs from the glyph's own.

use super::{Pen, rounded};
use crate::{
    DocumentError,
    fonts::{Face, Program, load, program, resource},
    layout::LineRun,
};
use printpdf::{DictItem, Op, PdfFontHandle, Point, Pt};
use std::sync::Arc;

impl Pen<'_> {
    /// Draws a run with its origin at `(x, y)`; `at` is the origin of the one before it.
    pub(super) fn run(
        &mut self,
        run: &LineRun,
        x: f64,
        y: f64,
        at: (f32, f32),
    ) -> Result<(f32, f32), DocumentError> {
        self.colour(run.colour);
        if self.font != Some((run.face, run.size)) {
            self.font = Some((run.face, run.size));
            self.ops.push(Op::SetFont {
                font: PdfFontHandle::External(resource(run.face)),
                size: rounded(run.size),
            });
        }
        let origin = (rounded(x).0, rounded(y).0);
        let step = |to: f32, from: f32| rounded(f64::from(to) - f64::from(from));
        self.ops.push(Op::SetTextCursor {
            pos: Point {
                x: step(origin.0, at.0),
                y: step(origin.1, at.1),
            },
        });
        self.show(run)?;
        Ok(origin)
    }

    fn show(&mut self, run: &LineRun) -> Result<(), DocumentError> {
        let advances = &load(run.face)?.advances;
        let program = self.program(run.face)?;
        let mut shown: Vec<DictItem> = Vec::new();
        let mut codes: Vec<u8> = Vec::with_capacity(2 * run.glyphs.len());
        let mut raised = 0;
        // How far the pen stands too far right, in thousandths of the size.
        let mut ahead = 0;
        for glyph in &run.glyphs {
            if glyph.dy != raised {
                self.flush(&mut shown, &mut codes);
                raised = glyph.dy;
                self.ops.push(Op::SetLineOffset {
                    multiplier: rounded(f64::from(raised) * run.size / 1000.0).0,
                });
            }
            ahead -= glyph.dx;
            if ahead != 0 {
                stretch(&mut shown, &mut codes);
                shown.push(DictItem::Int(i64::from(ahead)));
            }
            codes.extend(program.code(glyph.id).to_be_bytes());
            let own = advances.get(usize::from(glyph.id)).copied().unwrap_or(0);
            ahead = glyph.dx + own - glyph.advance;
        }
        self.flush(&mut shown, &mut codes);
        if raised != 0 {
            self.ops.push(Op::SetLineOffset {
                multiplier: Pt(0.0).0,
            });
        }
        Ok(())
    }

    fn program(&mut self, face: Face) -> Result<Arc<Program>, DocumentError> {
        if let Some(program) = self.programs.get(&face) {
            return Ok(Arc::clone(program));
        }
        let used = self
            .used
            .get(&face)
            .ok_or(DocumentError::Font(face.name()))?;
        let program = program(face, used)?;
        self.programs.insert(face, Arc::clone(&program));
        Ok(program)
    }

    /// Shows what was gathered. The library's own way writes each glyph as a string of its
    /// own; one string for a stretch is half as much to write, to deflate and to read.
    fn flush(&mut self, shown: &mut Vec<DictItem>, codes: &mut Vec<u8>) {
        stretch(shown, codes);
        if !shown.is_empty() {
            self.ops.push(Op::Unknown {
                key: "TJ".to_owned(),
                value: vec![DictItem::Array(std::mem::take(shown))],
            });
        }
    }
}

/// Glyphs between which nothing is corrected, as one string.
fn stretch(shown: &mut Vec<DictItem>, codes: &mut Vec<u8>) {
    if !codes.is_empty() {
        shown.push(DictItem::String {
            data: std::mem::take(codes),
            literal: true,
        });
    }
}
