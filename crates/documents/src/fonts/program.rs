//! A face as a document embeds it. The letters of ordinary English and Welsh are cut out of
//! the two Latin faces and deflated once in the life of the process, for every document that
//! needs no other: most. Which of the two a document gets depends on what it says alone.

use super::{Face, cut, load};
use crate::{
    DocumentError,
    deflate::Deflater,
    layout::{Span, Style, Typesetter},
};
use lopdf::{Document, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Pt, TextItem,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};
use subsetter::GlyphRemapper;

/// What nearly every document needs, and ligatures as they are typed.
const ORDINARY: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 \
    !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ £§©°·½¼¾–—‘’“”•… ÂÊÎÔÛŴŶ âêîôûŵŷ ÀÁÄÈÉËÌÍÏÑÒÓÖÙÚÜÇ \
    àáäèéëìíïñòóöùúüçẁẃẅỳýÿ f ff fi fl ffi ffl";

/// A font program and all that belongs to it.
pub(crate) struct Program {
    /// The code of each glyph, by its number in the face.
    codes: Vec<u16>,
    /// Its objects: the font first. They refer to each other by their places here.
    pub(crate) objects: Vec<Object>,
}

impl Program {
    /// The code by which a page shows the glyph; that of the missing glyph if it is not here.
    pub(crate) fn code(&self, glyph: u16) -> u16 {
        self.codes.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    fn new(face: Face, glyphs: &BTreeMap<u16, String>) -> Result<Self, DocumentError> {
        let mut remapper = GlyphRemapper::new();
        let mut codes = Vec::new();
        let shown = glyphs
            .iter()
            .map(|(glyph, stands_for)| {
                let code = remapper.remap(*glyph);
                codes.resize(usize::from(*glyph) + 1, 0);
                codes[usize::from(*glyph)] = code;
                Codepoint {
                    gid: code,
                    offset: 0.0,
                    cid: Some(stands_for.clone()),
                }
            })
            .collect();
        let advances = &load(face)?.advances;
        let widths = remapper
            .remapped_gids()
            .map(|old| advances.get(usize::from(old)).copied().unwrap_or(0))
            .map(|width| Object::Integer(i64::from(width)))
            .collect();
        let subset = cut(face, &remapper)?;
        let mut font = ParsedFont::from_bytes(&subset.bytes, 0, &mut Vec::new())
            .ok_or(DocumentError::Font(face.name()))?;
        font.font_name = Some(subset.name);
        Ok(Self {
            codes,
            objects: objects(face, font, shown, widths)?,
        })
    }
}

/// The program for the glyphs that a document uses of a face.
///
/// # Errors
/// If the face is damaged.
pub(crate) fn program(
    face: Face,
    used: &BTreeMap<u16, String>,
) -> Result<Arc<Program>, DocumentError> {
    if let Some((glyphs, program)) = ordinary(face)
        && used
            .iter()
            .all(|(id, stands_for)| glyphs.get(id) == Some(stands_for))
    {
        return Ok(Arc::clone(program));
    }
    Program::new(face, used).map(Arc::new)
}

type Ordinary = (BTreeMap<u16, String>, Arc<Program>);

/// The ordinary letters of a Latin face.
fn ordinary(face: Face) -> Option<&'static Ordinary> {
    static REGULAR: OnceLock<Option<Ordinary>> = OnceLock::new();
    static BOLD: OnceLock<Option<Ordinary>> = OnceLock::new();
    let (once, style) = match face {
        Face::Regular => (&REGULAR, Style::BODY),
        Face::Bold => (&BOLD, Style::STRONG),
        _ => return None,
    };
    once.get_or_init(|| {
        let mut setter = Typesetter::default();
        setter.set(&[Span::new(ORDINARY, style)], f64::MAX).ok()?;
        let glyphs = setter.used.remove(&face)?;
        let program = Program::new(face, &glyphs).ok()?;
        Some((glyphs, Arc::new(program)))
    })
    .as_ref()
}

/// The resource name of a face: ours, because the library's own are numbered
/// through the life of the process and no two files would be alike.
pub(crate) fn resource(face: Face) -> FontId {
    FontId(format!("T{}", face as usize))
}

/// What the library makes of a font of which these glyphs are shown, with widths that are
/// exact: it cuts fractions off, and a file whose widths disagree with its fonts fails
/// every checker.
fn objects(
    face: Face,
    font: ParsedFont,
    shown: Vec<Codepoint>,
    widths: Vec<Object>,
) -> Result<Vec<Object>, DocumentError> {
    let lack = || DocumentError::Structure("fonts");
    let mut document = PdfDocument::new("");
    let id = resource(face);
    let operators = vec![
        Op::StartTextSection,
        Op::SetFont {
            font: PdfFontHandle::External(id.clone()),
            size: Pt(10.0),
        },
        Op::ShowText {
            items: vec![TextItem::GlyphIds(shown)],
        },
        Op::EndTextSection,
    ];
    document.resources.fonts.map.insert(id, PdfFont::new(font));
    document
        .pages
        .push(PdfPage::new(Mm(210.0), Mm(297.0), operators));
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        ..PdfSaveOptions::default()
    };
    let mut made = document.to_lopdf_document(&options, &mut Vec::new());
    let font = made.objects.iter().find(|(_, object)| {
        let named = object.as_dict().and_then(|own| own.get(b"Subtype"));
        named.and_then(Object::as_name).ok() == Some(b"Type0")
    });
    let font = *font.ok_or_else(lack)?.0;
    let mut objects = gathered(&mut made, font).ok_or_else(lack)?;
    let descendant = objects[0]
        .as_dict_mut()
        .and_then(|font| font.get_mut(b"DescendantFonts"))
        .and_then(Object::as_array_mut)
        .ok()
        .and_then(|all| all.first_mut()?.as_dict_mut().ok())
        .ok_or_else(lack)?;
    descendant.set("W", vec![Object::Integer(0), widths.into()]);
    let mut deflater = Deflater::new();
    for object in &mut objects {
        if let Object::Stream(stream) = object {
            stream.content = deflater.deflate(&stream.content)?;
            stream.dict.set("Filter", "FlateDecode");
        }
    }
    Ok(objects)
}

/// An object and all it refers to, each reference now a place in the list.
fn gathered(document: &mut Document, first: ObjectId) -> Option<Vec<Object>> {
    let (mut order, mut objects) = (vec![first], Vec::new());
    while let Some(id) = order.get(objects.len()) {
        let mut object = document.objects.remove(id)?;
        relink(&mut object, &mut order);
        objects.push(object);
    }
    Some(objects)
}

fn relink(object: &mut Object, order: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => {
            let place = order.iter().position(|own| own == id);
            let place = place.unwrap_or_else(|| {
                order.push(*id);
                order.len() - 1
            });
            *id = (u32::try_from(place).unwrap_or(u32::MAX), 0);
        }
        Object::Array(items) => items.iter_mut().for_each(|item| relink(item, order)),
        Object::Dictionary(own) => own.iter_mut().for_each(|(_, item)| relink(item, order)),
        Object::Stream(own) => own
            .dict
            .iter_mut()
            .for_each(|(_, item)| relink(item, order)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(text: &str) -> BTreeMap<u16, String> {
        let mut setter = Typesetter::default();
        setter.set(&[Span::new(text, Style::BODY)], 500.0).unwrap();
        setter.used.remove(&Face::Regular).unwrap()
    }

    #[test]
    fn ordinary_words_share_one_program_and_others_have_their_own() {
        let program = |text: &str| program(Face::Regular, &used(text)).unwrap();
        let (one, other) = (program("Fined £250.00, Siân."), program("An affidavit"));
        assert!(Arc::ptr_eq(&one, &other));
        let polish = program("Łukasz Żółć");
        assert!(!Arc::ptr_eq(&one, &polish));
        assert_eq!(polish.objects, program("Łukasz Żółć").objects);
        let own = used("Łukasz Żółć");
        assert!(own.keys().all(|glyph| polish.code(*glyph) > 0));
    }

    #[test]
    fn a_glyph_that_stands_for_something_else_than_usual_is_not_taken_for_the_usual() {
        let mut other = used("fine");
        *other.values_mut().next().unwrap() = "x".to_owned();
        let own = program(Face::Regular, &other).unwrap();
        assert!(!Arc::ptr_eq(
            &own,
            &program(Face::Regular, &used("fine")).unwrap()
        ));
    }
}
