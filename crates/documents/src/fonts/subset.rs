//! Cuts the glyphs that a document uses out of a face, without the screen
//! hints, which weigh more than the letters and which no reader of today uses.
//! The shipped files stay as they are.

use super::Face;
use crate::DocumentError;
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// A font program with the used glyphs only.
pub(crate) struct Subset {
    /// The program.
    pub(crate) bytes: Vec<u8>,
    /// The name under which it is embedded, with the six letters that mark a subset.
    pub(crate) name: String,
}

/// Cuts the glyphs of `remapper` out of `face`.
///
/// # Errors
/// If the face is damaged.
pub(crate) fn cut(face: Face, remapper: &GlyphRemapper) -> Result<Subset, DocumentError> {
    let fault = |reason: &str| DocumentError::Subset(face.name(), reason.to_owned());
    let hinted = subsetter::subset(face.bytes(), 0, remapper).map_err(|e| fault(&e.to_string()))?;
    let bytes = without_hints(&hinted).ok_or_else(|| fault("its tables are not as expected"))?;
    Ok(Subset {
        name: format!("{}+{}", letters(&bytes), face.name()),
        bytes,
    })
}

/// Six capital letters from the content, so that two different subsets differ in name.
fn letters(bytes: &[u8]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (0..6)
        .map(|i| char::from(b'A' + u8::try_from((hash >> (8 * i)) % 26).unwrap_or(0)))
        .collect()
}

type Table = [u8; 4];

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<usize> {
    let value = u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?);
    usize::try_from(value).ok()
}

fn without_hints(font: &[u8]) -> Option<Vec<u8>> {
    let mut tables: BTreeMap<Table, Vec<u8>> = BTreeMap::new();
    for record in 0..usize::from(u16_at(font, 4)?) {
        let at = 12 + 16 * record;
        let tag: Table = font.get(at..at + 4)?.try_into().ok()?;
        let (start, length) = (u32_at(font, at + 8)?, u32_at(font, at + 12)?);
        if !matches!(&tag, b"fpgm" | b"prep" | b"cvt ") {
            tables.insert(tag, font.get(start..start + length)?.to_vec());
        }
    }
    let long = u16_at(tables.get(b"head")?, 50)? != 0;
    let (glyphs, offsets) = bare_glyphs(tables.get(b"glyf")?, tables.get(b"loca")?, long)?;
    tables.insert(*b"glyf", glyphs);
    tables.insert(*b"loca", offsets);
    write(font.get(..4)?, tables)
}

/// The outlines without their instructions, and where each begins.
fn bare_glyphs(glyf: &[u8], loca: &[u8], long: bool) -> Option<(Vec<u8>, Vec<u8>)> {
    let offset = |i: usize| {
        if long {
            u32_at(loca, 4 * i)
        } else {
            u16_at(loca, 2 * i).map(|half| 2 * usize::from(half))
        }
    };
    let count = loca.len() / if long { 4 } else { 2 };
    let (mut glyphs, mut offsets) = (Vec::with_capacity(glyf.len()), Vec::new());
    for i in 0..count {
        if long {
            offsets.extend(u32::try_from(glyphs.len()).ok()?.to_be_bytes());
        } else {
            offsets.extend(u16::try_from(glyphs.len() / 2).ok()?.to_be_bytes());
        }
        if i + 1 < count {
            let glyph = glyf.get(offset(i)?..offset(i + 1)?)?;
            if !glyph.is_empty() {
                bare_glyph(glyph, &mut glyphs)?;
            }
            if glyphs.len() % 2 == 1 {
                glyphs.push(0);
            }
        }
    }
    Some((glyphs, offsets))
}

const HAS_INSTRUCTIONS: u16 = 0x0100;

fn bare_glyph(glyph: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let contours = u16_at(glyph, 0)?.cast_signed();
    if contours >= 0 {
        let ends = 10 + 2 * usize::try_from(contours).ok()?;
        let rest = ends + 2 + usize::from(u16_at(glyph, ends)?);
        out.extend(glyph.get(..ends)?);
        out.extend([0, 0]);
        out.extend(glyph.get(rest..)?);
        return Some(());
    }
    // A glyph made of others: its parts, with the flag for instructions cleared.
    out.extend(glyph.get(..10)?);
    let mut at = 10;
    loop {
        let flags = u16_at(glyph, at)?;
        let arguments = if flags & 0x0001 == 0 { 2 } else { 4 };
        let scale = match flags & 0x00c8 {
            0x0008 => 2,
            0x0040 => 4,
            0x0080 => 8,
            _ => 0,
        };
        let end = at + 4 + arguments + scale;
        out.extend((flags & !HAS_INSTRUCTIONS).to_be_bytes());
        out.extend(glyph.get(at + 2..end)?);
        at = end;
        if flags & 0x0020 == 0 {
            return Some(());
        }
    }
}

fn write(version: &[u8], mut tables: BTreeMap<Table, Vec<u8>>) -> Option<Vec<u8>> {
    tables.get_mut(b"head")?.get_mut(8..12)?.fill(0);
    let count = u16::try_from(tables.len()).ok()?;
    let selector = count.checked_ilog2()?;
    let range = 16 * 2u16.pow(selector);
    let mut font = version.to_vec();
    for value in [
        count,
        range,
        u16::try_from(selector).ok()?,
        16 * count - range,
    ] {
        font.extend(value.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut head = 0;
    for (tag, table) in &tables {
        if tag == b"head" {
            head = offset;
        }
        font.extend(tag);
        font.extend(checksum(table).to_be_bytes());
        font.extend(u32::try_from(offset).ok()?.to_be_bytes());
        font.extend(u32::try_from(table.len()).ok()?.to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    for table in tables.values() {
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&font));
    font.get_mut(head + 8..head + 12)?
        .copy_from_slice(&adjustment.to_be_bytes());
    Some(font)
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subset_is_small_and_two_different_ones_have_two_names() {
        let mut few = GlyphRemapper::new();
        (36..62).for_each(|glyph| {
            few.remap(glyph);
        });
        let first = cut(Face::Regular, &few).unwrap();
        assert!(first.bytes.len() < 12_000, "{}", first.bytes.len());
        few.remap(100);
        let second = cut(Face::Regular, &few).unwrap();
        assert_ne!(first.name, second.name);
        assert_eq!(checksum(&second.bytes), 0xB1B0_AFBA);
    }
}
