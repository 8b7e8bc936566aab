//! The bytes of a file: its objects, each written once and in the order in which they
//! come. Streams stand by themselves; whatever else there is is packed a thousand together
//! and deflated, and a table in the same form says where each is (PDF 1.5 and later).

use crate::{DocumentError, deflate::Deflater};
use lopdf::{Object, StringFormat};
use std::{fmt::Write as _, io::Write as _};

/// How many objects are packed together at most.
const TOGETHER: usize = 1_000;

/// The number of an object, by which others refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(u32);

/// Where an object is.
#[derive(Debug, Clone, Copy)]
enum Place {
    Nowhere,
    At(usize),
    In { pack: Number, index: usize },
}

/// A file while it is written.
pub(super) struct File {
    bytes: Vec<u8>,
    /// By number, from nought, which is no object.
    places: Vec<Place>,
    pack: Pack,
    deflater: Deflater,
}

/// Objects that are packed next.
#[derive(Default)]
struct Pack {
    number: Option<Number>,
    objects: Vec<u8>,
    /// Which object begins where.
    starts: Vec<(Number, usize)>,
}

impl File {
    pub(super) fn new() -> Self {
        Self {
            // The second line tells whoever moves the file that it is not text.
            bytes: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(),
            places: vec![Place::Nowhere],
            pack: Pack::default(),
            deflater: Deflater::new(),
        }
    }

    /// A number for an object that is written later.
    pub(super) fn reserve(&mut self) -> Number {
        self.places.push(Place::Nowhere);
        Number(u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX))
    }

    /// Writes the object of a number.
    ///
    /// # Errors
    /// If deflating fails.
    pub(super) fn object(
        &mut self,
        number: Number,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), DocumentError> {
        let pack = match self.pack.number {
            Some(pack) => pack,
            None => {
                let pack = self.reserve();
                self.pack.number = Some(pack);
                pack
            }
        };
        let index = self.pack.starts.len();
        self.places[number.0 as usize] = Place::In { pack, index };
        self.pack.starts.push((number, self.pack.objects.len()));
        write(&mut self.pack.objects);
        self.pack.objects.push(b'\n');
        if index + 1 == TOGETHER {
            self.close_pack()?;
        }
        Ok(())
    }

    /// Writes an object; the answer is its number.
    ///
    /// # Errors
    /// If deflating fails.
    pub(super) fn add(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Result<Number, DocumentError> {
        let number = self.reserve();
        self.object(number, write)?;
        Ok(number)
    }

    /// Writes a stream and deflates it.
    ///
    /// # Errors
    /// If deflating fails.
    pub(super) fn deflated(&mut self, content: &[u8]) -> Result<Number, DocumentError> {
        let content = self.deflater.deflate(content)?;
        let number = self.reserve();
        self.stream(number, b"/Filter/FlateDecode", &content);
        Ok(number)
    }

    /// Writes a stream as it is, with what its dictionary says beside its length.
    pub(super) fn stream(&mut self, number: Number, says: &[u8], content: &[u8]) {
        self.places[number.0 as usize] = Place::At(self.bytes.len());
        let Number(own) = number;
        let length = content.len();
        let out = &mut self.bytes;
        // Writing to memory does not fail.
        let _ = write!(out, "{own} 0 obj\n<<");
        out.extend(says);
        let _ = writeln!(out, "/Length {length}>>stream");
        out.extend(content);
        out.extend(b"\nendstream\nendobj\n");
    }

    /// Writes what the PDF library made: objects that refer to each other by their places
    /// in the list. The answer is the number of the first.
    ///
    /// # Errors
    /// If deflating fails.
    pub(super) fn import(&mut self, objects: &[Object]) -> Result<Number, DocumentError> {
        let numbers: Vec<Number> = objects.iter().map(|_| self.reserve()).collect();
        for (number, object) in numbers.iter().zip(objects) {
            match object {
                Object::Stream(stream) => {
                    let mut says = Vec::new();
                    for (key, value) in stream.dict.iter().filter(|(key, _)| *key != b"Length") {
                        entry(&mut says, key, value, &numbers);
                    }
                    self.stream(*number, &says, &stream.content);
                }
                other => self.object(*number, |out| value(out, other, &numbers))?,
            }
        }
        numbers
            .first()
            .copied()
            .ok_or(DocumentError::Structure("fonts"))
    }

    fn close_pack(&mut self) -> Result<(), DocumentError> {
        let pack = std::mem::take(&mut self.pack);
        let Some(number) = pack.number else {
            return Ok(());
        };
        let mut content = Vec::with_capacity(pack.objects.len() + 10 * pack.starts.len());
        for (Number(own), start) in &pack.starts {
            let _ = write!(content, "{own} {start} ");
        }
        let (count, first) = (pack.starts.len(), content.len());
        content.extend(pack.objects);
        let content = self.deflater.deflate(&content)?;
        let says = format!("/Type/ObjStm/N {count}/First {first}/Filter/FlateDecode");
        self.stream(number, says.as_bytes(), &content);
        Ok(())
    }

    /// Writes the table of places, and what is needed to begin to read.
    ///
    /// # Errors
    /// If deflating fails.
    pub(super) fn end(
        mut self,
        catalog: Number,
        information: Number,
        id: &[u8],
    ) -> Result<Vec<u8>, DocumentError> {
        self.close_pack()?;
        let table = self.reserve();
        let at = self.bytes.len();
        self.places[table.0 as usize] = Place::At(at);
        let wide = (1..8)
            .find(|wide| at as u64 >> (8 * wide) == 0)
            .unwrap_or(8);
        let mut content = Vec::with_capacity((3 + wide) * self.places.len());
        for place in &self.places {
            let (kind, at, index) = match place {
                Place::Nowhere => (0, 0, usize::MAX),
                Place::At(at) => (1, *at, 0),
                Place::In { pack, index } => (2, pack.0 as usize, *index),
            };
            content.push(kind);
            content.extend(&(at as u64).to_be_bytes()[8 - wide..]);
            content.extend(u16::try_from(index).unwrap_or(u16::MAX).to_be_bytes());
        }
        let content = self.deflater.deflate(&content)?;
        let mut says = format!(
            "/Type/XRef/Size {}/W[1 {wide} 2]/Root {} 0 R/Info {} 0 R/ID[",
            self.places.len(),
            catalog.0,
            information.0
        )
        .into_bytes();
        hexadecimal(&mut says, id);
        hexadecimal(&mut says, id);
        says.extend(b"]/Filter/FlateDecode");
        self.stream(table, &says, &content);
        let _ = writeln!(self.bytes, "startxref\n{at}\n%%EOF");
        Ok(self.bytes)
    }
}

/// Writes a whole number.
pub(super) fn number(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), value.unsigned_abs());
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend(&digits[at..]);
}

/// Writes a reference, with a space before it.
pub(super) fn reference(out: &mut Vec<u8>, to: Number) {
    out.push(b' ');
    number(out, i64::from(to.0));
    out.extend(b" 0 R");
}

/// Writes text as PDF has it outside of pages: plain if it can be, else in UTF-16 with its mark.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        literal(out, text.as_bytes());
        return;
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_be_bytes).collect();
    hexadecimal(out, &bytes);
}

/// Writes bytes in parentheses.
pub(super) fn literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            b'\r' => out.extend(b"\\r"),
            other => out.push(*other),
        }
    }
    out.push(b')');
}

fn hexadecimal(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push(b'<');
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
    out.push(b'>');
}

fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

fn entry(out: &mut Vec<u8>, key: &[u8], of: &Object, numbers: &[Number]) {
    name(out, key);
    out.push(b' ');
    value(out, of, numbers);
}

/// Writes a value of the PDF library's; what refers to nothing of the list is null.
fn value(out: &mut Vec<u8>, of: &Object, numbers: &[Number]) {
    match of {
        Object::Null | Object::Stream(_) => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(own) => number(out, *own),
        Object::Real(own) => {
            let mut digits = String::new();
            let _ = write!(digits, "{own}");
            out.extend(digits.as_bytes());
        }
        Object::Name(own) => name(out, own),
        Object::String(own, StringFormat::Literal) => literal(out, own),
        Object::String(own, StringFormat::Hexadecimal) => hexadecimal(out, own),
        Object::Array(items) => {
            out.push(b'[');
            for item in items {
                value(out, item, numbers);
                out.push(b' ');
            }
            out.push(b']');
        }
        Object::Dictionary(own) => {
            out.extend(b"<<");
            own.iter()
                .for_each(|(key, item)| entry(out, key, item, numbers));
            out.extend(b">>");
        }
        Object::Reference((place, _)) => match numbers.get(*place as usize) {
            Some(to) => reference(out, *to),
            None => out.extend(b"null"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Document, dictionary};

    #[test]
    fn more_objects_than_one_pack_holds_are_all_found_again() {
        let mut file = File::new();
        let numbers: Vec<Number> = (0..2_500)
            .map(|i| file.add(|out| text(out, &format!("({i}) \\ ŵ"))).unwrap())
            .collect();
        let stream = dictionary! { "Length" => 99, "Beside" => Object::Reference((0, 0)) };
        let imported = [
            Object::Array(vec![
                Object::Reference((1, 0)),
                Object::Reference((7, 0)),
                Object::Real(-1.5),
                Object::Name(b"a b".to_vec()),
                Object::string_literal("a)\\"),
                true.into(),
            ]),
            Object::Stream(lopdf::Stream::new(stream, b"content".to_vec())),
        ];
        let first = file.import(&imported).unwrap();
        let catalog = file.add(|out| out.extend(b"<</Type/Catalog>>")).unwrap();
        let bytes = file.end(catalog, first, b"id").unwrap();
        let read = Document::load_mem(&bytes).unwrap();
        for (i, Number(number)) in numbers.iter().enumerate() {
            let own = read.get_object((*number, 0)).unwrap();
            let said = lopdf::decode_text_string(own).unwrap();
            assert_eq!(said, format!("({i}) \\ ŵ"));
        }
        let array = read.get_object((first.0, 0)).unwrap().as_array().unwrap();
        let stream = read.get_object(array[0].as_reference().unwrap()).unwrap();
        assert_eq!(stream.as_stream().unwrap().content, b"content");
        let beside = stream.as_stream().unwrap().dict.get(b"Beside").unwrap();
        assert_eq!(beside.as_reference().unwrap(), (first.0, 0));
        assert_eq!(array[1], Object::Null);
        assert_eq!(array[2], Object::Real(-1.5));
        assert_eq!(array[3], Object::Name(b"a b".to_vec()));
        assert_eq!(array[4].as_str().unwrap(), b"a)\\");
        assert_eq!(array[5], true.into());
    }

    #[test]
    fn numbers_are_written_whole() {
        for value in [0, 7, -20, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            number(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }
}
