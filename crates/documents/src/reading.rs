//! What each page says, in the order in which it is read, and where it stands there: for
//! whoever listens or copies while the page itself is a picture. It says the same as the
//! tags of the PDF, from the same marks; it draws nothing and reads no PDF.

use crate::layout::{Geometry, LineRun, Mark, Page, Tree, Used};
use serde::Serialize;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A page as it is read. All lengths are in points, from the top left.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The same for pages that look the same.
    pub look: String,
    /// How wide the sheet is.
    pub width: f64,
    /// How high the sheet is.
    pub height: f64,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// What belongs together: a heading, a paragraph, a cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    /// The standard structure type; `Artifact` for what means nothing, such as a page's number.
    pub tag: &'static str,
    /// Its pieces, each on one line.
    pub pieces: Vec<Piece>,
}

/// Letters on one line in one size.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Piece {
    /// Where it begins.
    pub x: f64,
    /// Where its letters stand.
    pub baseline: f64,
    /// How long it is.
    pub width: f64,
    /// The size of its letters.
    pub size: f64,
    /// What it says.
    pub text: String,
}

/// Reads the pages.
pub(crate) fn read(pages: &[Page], tree: &Tree, used: &Used, sheet: Geometry) -> Vec<Reading> {
    pages
        .iter()
        .map(|page| Reading {
            look: look(page),
            width: rounded(sheet.width),
            height: rounded(sheet.height),
            blocks: blocks(page, tree, used),
        })
        .collect()
}

fn blocks(page: &Page, tree: &Tree, used: &Used) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut of = None;
    for mark in &page.marks {
        let Mark::Text {
            x,
            baseline,
            run,
            node,
        } = mark
        else {
            continue;
        };
        if of != Some(*node) {
            of = Some(*node);
            blocks.push(Block {
                tag: node.map_or("Artifact", |id| tree.nodes[id.0].role.tag()),
                pieces: Vec::new(),
            });
        }
        let units: i32 = run.glyphs.iter().map(|glyph| glyph.advance).sum();
        if let Some(block) = blocks.last_mut() {
            block.pieces.push(Piece {
                x: rounded(*x),
                baseline: rounded(*baseline),
                width: rounded(f64::from(units) * run.size / 1000.0),
                size: rounded(run.size),
                text: said(run, used),
            });
        }
    }
    blocks
}

/// What a run stands for, in the order in which it was typed.
fn said(run: &LineRun, used: &Used) -> String {
    let names = used.get(&run.face);
    let stands_for = |id: &u16| names.and_then(|names| names.get(id)).map(String::as_str);
    let ids = run.glyphs.iter().map(|glyph| &glyph.id);
    let clusters = run.glyphs.first().zip(run.glyphs.last());
    if clusters.is_some_and(|(first, last)| first.cluster > last.cluster) {
        ids.rev().filter_map(stands_for).collect()
    } else {
        ids.filter_map(stands_for).collect()
    }
}

/// A number of everything that is drawn on a page.
fn look(page: &Page) -> String {
    let mut all = DefaultHasher::new();
    for mark in &page.marks {
        match mark {
            Mark::Text {
                x, baseline, run, ..
            } => {
                let colour = (run.colour.0, run.colour.1, run.colour.2);
                let place = [*x, *baseline, run.size].map(f64::to_bits);
                (0, place, run.face as usize, colour).hash(&mut all);
                for glyph in &run.glyphs {
                    (glyph.id, glyph.advance, glyph.dx, glyph.dy).hash(&mut all);
                }
            }
            Mark::Fill {
                x,
                top,
                width,
                height,
                colour,
            } => {
                let place = [*x, *top, *width, *height].map(f64::to_bits);
                (1, place, (colour.0, colour.1, colour.2)).hash(&mut all);
            }
        }
    }
    format!("{:016x}", all.finish())
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
