//! Glyphs as operators: one show for a run, with a correction wherever the
//! shaped advance differs from the glyph's own.

use super::{Pen, resource, rounded};
use crate::{DocumentError, fonts::load, layout::LineRun};
use printpdf::{Codepoint, Op, PdfFontHandle, Point, Pt, TextItem};

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
        let remapper = self.faces.entry(run.face).or_default();
        let names = self.used.get(&run.face);
        let mut shown: Vec<TextItem> = Vec::new();
        let mut codes: Vec<Codepoint> = Vec::with_capacity(run.glyphs.len());
        let mut raised = 0;
        // How far the pen stands too far right, in thousandths of the size.
        let mut ahead = 0;
        for glyph in &run.glyphs {
            if glyph.dy != raised {
                flush(&mut shown, &mut codes);
                if !shown.is_empty() {
                    self.ops.push(Op::ShowText {
                        items: std::mem::take(&mut shown),
                    });
                }
                raised = glyph.dy;
                self.ops.push(Op::SetLineOffset {
                    multiplier: rounded(f64::from(raised) * run.size / 1000.0).0,
                });
            }
            ahead -= glyph.dx;
            if ahead != 0 {
                match codes.last_mut() {
                    Some(last) => last.offset = ahead as f32,
                    None => shown.push(TextItem::Offset(ahead as f32)),
                }
            }
            let stands_for = names.and_then(|names| names.get(&glyph.id)).cloned();
            codes.push(Codepoint {
                gid: remapper.remap(glyph.id),
                offset: 0.0,
                cid: stands_for,
            });
            let own = advances.get(usize::from(glyph.id)).copied().unwrap_or(0);
            ahead = glyph.dx + own - glyph.advance;
        }
        flush(&mut shown, &mut codes);
        self.ops.push(Op::ShowText { items: shown });
        if raised != 0 {
            self.ops.push(Op::SetLineOffset {
                multiplier: Pt(0.0).0,
            });
        }
        Ok(())
    }
}

fn flush(shown: &mut Vec<TextItem>, codes: &mut Vec<Codepoint>) {
    if !codes.is_empty() {
        shown.push(TextItem::GlyphIds(std::mem::take(codes)));
    }
}
