//! The faces that documents are set in, and which of them draws a character.
//! They ship unaltered beside this file; a document carries only the glyphs it uses.

mod program;
mod subset;

pub(crate) use program::{Program, program, resource};
use subset::cut;

use crate::DocumentError;
use harfrust::{Font, GlyphId, ShaperFont};
use std::{collections::BTreeMap, sync::OnceLock};
use unicode_script::{Script, UnicodeScript};

macro_rules! faces {
    ($($face:ident $file:literal,)*) => {
        /// A face, in the order in which documents embed them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Face { $(#[doc = $file] $face),* }

        impl Face {
            /// The file's bytes.
            pub(crate) const fn bytes(self) -> &'static [u8] {
                match self { $(Self::$face => include_bytes!(concat!("../../fonts/", $file, ".ttf"))),* }
            }

            /// The face's own name.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$face => $file),* }
            }
        }

        const FACES: usize = [$(Face::$face),*].len();
    };
}

faces! {
    Regular "NotoSans-Regular",
    Bold "NotoSans-Bold",
    Arabic "NotoSansArabic-Regular",
    ArabicBold "NotoSansArabic-Bold",
    Hebrew "NotoSansHebrew-Regular",
    Devanagari "NotoSansDevanagari-Regular",
    Bengali "NotoSansBengali-Regular",
    Gurmukhi "NotoSansGurmukhi-Regular",
    Gujarati "NotoSansGujarati-Regular",
    Tamil "NotoSansTamil-Regular",
    Georgian "NotoSansGeorgian-Regular",
    Armenian "NotoSansArmenian-Regular",
    Thai "NotoSansThai-Regular",
    Ethiopic "NotoSansEthiopic-Regular",
}

/// How heavy the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Running text.
    Regular,
    /// Headings, labels and totals.
    Bold,
}

/// A face read once for the life of the process.
pub(crate) struct Loaded {
    pub(crate) font: Font,
    /// Which character a glyph stands for on its own.
    pub(crate) characters: BTreeMap<u16, char>,
    /// Each glyph's own advance, in thousandths of the size.
    pub(crate) advances: Vec<i32>,
}

/// The face, read.
///
/// # Errors
/// If the file that ships with this program is damaged.
pub(crate) fn load(face: Face) -> Result<&'static Loaded, DocumentError> {
    static LOADED: [OnceLock<Option<Loaded>>; FACES] = [const { OnceLock::new() }; FACES];
    LOADED[face as usize]
        .get_or_init(|| {
            let font = Font::new(face.bytes(), 0)?;
            let mut characters = BTreeMap::new();
            for (code, glyph) in font.charmap().unicodes() {
                if let (Some(c), Ok(id)) = (char::from_u32(code), u16::try_from(glyph.to_u32())) {
                    characters.entry(id).or_insert(c);
                }
            }
            let advances = advances(&font);
            Some(Loaded {
                font,
                characters,
                advances,
            })
        })
        .as_ref()
        .ok_or(DocumentError::Font(face.name()))
}

fn advances(font: &Font) -> Vec<i32> {
    let em = f64::from(font.units_per_em());
    let sizes = ShaperFont::new(font);
    (0..font.num_glyphs())
        .map(|glyph| {
            let units = sizes.glyph_h_advance(GlyphId::new(glyph));
            (f64::from(units) * 1000.0 / em).round() as i32
        })
        .collect()
}

/// Whether the face draws the character.
pub(crate) fn draws(face: Face, c: char) -> bool {
    load(face).is_ok_and(|loaded| {
        loaded
            .font
            .charmap()
            .map_unicode(c)
            .is_some_and(|glyph| glyph.to_u32() != 0)
    })
}

/// The face of the given weight that draws a character, or `None` if none that ships does.
pub(crate) fn face_for(c: char, weight: Weight) -> Option<Face> {
    let latin = match weight {
        Weight::Regular => Face::Regular,
        Weight::Bold => Face::Bold,
    };
    if matches!(c, ' '..='~') || draws(latin, c) {
        return Some(latin);
    }
    let other = match (c.script(), weight) {
        (Script::Arabic, Weight::Regular) => Face::Arabic,
        (Script::Arabic, Weight::Bold) => Face::ArabicBold,
        (Script::Hebrew, _) => Face::Hebrew,
        (Script::Devanagari, _) => Face::Devanagari,
        (Script::Bengali, _) => Face::Bengali,
        (Script::Gurmukhi, _) => Face::Gurmukhi,
        (Script::Gujarati, _) => Face::Gujarati,
        (Script::Tamil, _) => Face::Tamil,
        (Script::Georgian, _) => Face::Georgian,
        (Script::Armenian, _) => Face::Armenian,
        (Script::Thai, _) => Face::Thai,
        (Script::Ethiopic, _) => Face::Ethiopic,
        // Marks and punctuation shared by scripts: whichever face has them.
        (Script::Common | Script::Inherited, _) => {
            return [Face::Arabic, Face::Devanagari, Face::Hebrew]
                .into_iter()
                .find(|face| draws(*face, c));
        }
        _ => return None,
    };
    draws(other, c).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_written_in_the_languages_of_the_courts_have_a_face() {
        let names = "Siân Ŵyn Ŷŷŵ Łukasz Żółć Gökçe İğdır Nguyễn Thị Ánh Дарья Ђорђе Ελένη \
            محمد علی اکبر יעל राजेश রহমান ਗੁਰਪ੍ਰੀਤ પટેલ தமிழ் გიორგი Արամ สมชาย አበበ";
        for c in names.chars().filter(|c| !c.is_whitespace()) {
            assert!(face_for(c, Weight::Regular).is_some(), "{c:?}");
            assert!(face_for(c, Weight::Bold).is_some(), "{c:?} in bold");
        }
    }

    #[test]
    fn a_character_that_no_shipped_face_draws_is_known_as_such() {
        assert_eq!(face_for('王', Weight::Regular), None);
    }
}
