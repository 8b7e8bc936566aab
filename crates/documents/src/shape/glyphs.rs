//! Shapes runs. The one file that knows the shaping library.

use super::itemise::{Item, itemise};
use crate::{
    DocumentError,
    fonts::{Face, Weight, load},
};
use harfrust::{Buffer, Direction, ShapeOptions, ShapePlan, ShaperFont, Tag};
use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use unicode_script::Script;

/// A glyph at its place after the one before it, in thousandths of the font size.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    /// Its number in the face.
    pub(crate) id: u16,
    /// The byte of the text at which its cluster begins.
    pub(crate) cluster: usize,
    /// How far the next glyph is.
    pub(crate) advance: i32,
    /// How far it is moved to the right.
    pub(crate) dx: i32,
    /// How far it is raised.
    pub(crate) dy: i32,
}

/// A shaped run. Glyphs are in the order in which they are drawn, left to right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub(crate) face: Face,
    pub(crate) level: u8,
    pub(crate) range: Range<usize>,
    pub(crate) glyphs: Vec<Glyph>,
}

/// Shapes a text in one weight.
///
/// # Errors
/// If a face cannot be read or the library refuses a run.
pub(crate) fn shape(text: &str, weight: Weight) -> Result<Vec<Run>, DocumentError> {
    itemise(text, weight)
        .into_iter()
        .map(|item| shape_item(text, item))
        .collect()
}

fn shape_item(text: &str, item: Item) -> Result<Run, DocumentError> {
    let font = &load(item.face)?.font;
    let rtl = item.level % 2 == 1;
    let direction = if rtl {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    };
    let script = script(item.script);
    let plan = plan(item.face, font, direction, script);
    let mut buffer = Buffer::new();
    for (at, c) in text[item.range.clone()].char_indices() {
        let cluster = u32::try_from(item.range.start + at).unwrap_or(u32::MAX);
        buffer.push(u32::from(c), cluster);
    }
    buffer.set_content_type(Some(harfrust::ContentType::Unicode));
    buffer.set_direction(direction);
    buffer.set_script(script);
    harfrust::shape(
        &ShaperFont::new(font),
        &mut buffer,
        ShapeOptions::new().plan(Some(&plan)),
    )
    .map_err(|e| DocumentError::Shaping(e.to_string()))?;
    let em = i32::from(font.units_per_em());
    let thousandths = |units: i32| {
        if em == 1000 {
            units
        } else {
            (f64::from(units) * 1000.0 / f64::from(em)).round() as i32
        }
    };
    let glyphs = buffer
        .glyph_infos()
        .iter()
        .zip(buffer.glyph_positions())
        .map(|(info, position)| Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            cluster: usize::try_from(info.cluster).unwrap_or(0),
            advance: thousandths(position.x_advance),
            dx: thousandths(position.x_offset),
            dy: thousandths(position.y_offset),
        })
        .collect();
    Ok(Run {
        face: item.face,
        level: item.level,
        range: item.range,
        glyphs,
    })
}

fn script(script: Script) -> Option<harfrust::Script> {
    let name = match script {
        Script::Common | Script::Inherited | Script::Unknown => "Latn",
        other => other.short_name(),
    };
    let tag: [u8; 4] = name.as_bytes().try_into().ok()?;
    harfrust::Script::from_iso15924_tag(Tag::new(&tag))
}

type Plans = Mutex<HashMap<(Face, bool, Option<harfrust::Script>), Arc<ShapePlan>>>;

/// Plans are the same for every document, and making one costs more than using it.
fn plan(
    face: Face,
    font: &harfrust::Font,
    direction: Direction,
    script: Option<harfrust::Script>,
) -> Arc<ShapePlan> {
    static PLANS: OnceLock<Plans> = OnceLock::new();
    let mut plans = PLANS
        .get_or_init(Plans::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let key = (face, direction == Direction::RightToLeft, script);
    let plan = plans
        .entry(key)
        .or_insert_with(|| Arc::new(ShapePlan::new(font, direction, script, None, &[])));
    Arc::clone(plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_letters_join_and_run_from_right_to_left() {
        let runs = shape("محمد", Weight::Regular).unwrap();
        let clusters: Vec<_> = runs[0].glyphs.iter().map(|g| g.cluster).collect();
        assert!(
            clusters.windows(2).all(|pair| pair[0] >= pair[1]),
            "{clusters:?}"
        );
        let alone = shape("م", Weight::Regular).unwrap();
        assert_ne!(runs[0].glyphs.last().unwrap().id, alone[0].glyphs[0].id);
    }

    #[test]
    fn no_letter_with_any_mark_becomes_an_empty_box() {
        let letters = "aж\u{03B1}\u{05D0}\u{0628}\u{0915}\u{0995}\u{0A15}\u{0A95}\u{0B95}\u{10D0}\u{0531}\u{0E01}\u{1200}\u{738B}\u{0C15}";
        let marks = ('\u{0300}'..='\u{036F}')
            .chain("\u{0654}\u{0670}\u{0951}\u{1DC4}\u{20D0}\u{200C}\u{200D}\u{034F}".chars());
        for mark in marks {
            for letter in letters.chars() {
                let typed = format!("{letter}{mark}n");
                let text = crate::shape::drawable(&typed);
                for weight in [Weight::Regular, Weight::Bold] {
                    let runs = shape(&text, weight).unwrap();
                    let boxes = runs.iter().flat_map(|r| &r.glyphs).filter(|g| g.id == 0);
                    assert_eq!(boxes.count(), 0, "{typed:?} as {text:?}");
                }
            }
        }
    }

    #[test]
    fn a_mark_typed_after_its_letter_makes_the_same_word_as_the_letter_with_its_mark() {
        let width = |text: &str| -> i32 {
            let runs = shape(text, Weight::Regular).unwrap();
            runs.iter().flat_map(|r| &r.glyphs).map(|g| g.advance).sum()
        };
        assert_eq!(width("Sia\u{0302}n"), width("Siân"));
    }
}
