//! Reads a PDF as a screen reader does, by its tree and not by its pages, and
//! says what such a reader could not make sense of. Every heading of the tree must stand in
//! the outline, and nothing else.

use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// A document as it is read aloud.
pub(crate) struct Read {
    /// The tree, a line each, with the text of each node.
    pub(crate) tree: String,
    /// For each page the text that is an artifact.
    pub(crate) artifacts: Vec<String>,
    /// For each page the text that means something.
    pub(crate) pages: Vec<String>,
    /// The outline: how deep each entry stands, what it says and its page.
    pub(crate) outline: Vec<(usize, String, usize)>,
    /// Whatever is wrong with the tags, the outline, the widths or the letters.
    pub(crate) faults: Vec<String>,
}

struct Font {
    letters: BTreeMap<u16, String>,
    widths: BTreeMap<u16, i64>,
}

struct Reader<'a> {
    document: &'a Document,
    pages: Vec<ObjectId>,
    /// The text of each marked sequence of each page.
    marked: Vec<BTreeMap<i64, String>>,
    /// Sequences that the tree has named.
    named: BTreeSet<(usize, i64)>,
    /// The headings in order: level, text and page.
    headings: Vec<(usize, String, usize)>,
    read: Read,
}

/// Reads the bytes of a PDF.
pub(crate) fn read(bytes: &[u8]) -> Read {
    let document = Document::load_mem(bytes).expect("a PDF");
    let mut reader = Reader {
        document: &document,
        pages: document.page_iter().collect(),
        marked: Vec::new(),
        named: BTreeSet::new(),
        headings: Vec::new(),
        read: Read {
            tree: String::new(),
            artifacts: Vec::new(),
            pages: Vec::new(),
            outline: Vec::new(),
            faults: Vec::new(),
        },
    };
    for page in reader.pages.clone() {
        reader.page(page);
    }
    let catalog = document.catalog().expect("a catalog");
    let root = dictionary(&document, catalog.get(b"StructTreeRoot").expect("a tree"));
    reader.node(root.get(b"K").expect("a document node"), 0, None);
    reader.parents(root);
    reader.outline(catalog);
    for (page, marks) in reader.marked.iter().enumerate() {
        for number in marks
            .keys()
            .filter(|n| !reader.named.contains(&(page, **n)))
        {
            let fault = format!("page {page}: sequence {number} is in no node");
            reader.read.faults.push(fault);
        }
    }
    reader.read
}

/// The marked text of each page, in the order in which it is drawn.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    read(bytes).pages
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    let object = match object {
        Object::Reference(id) => document.get_object(*id).expect("the object"),
        other => other,
    };
    object.as_dict().expect("a dictionary")
}

impl Reader<'_> {
    fn fault(&mut self, text: String) {
        self.read.faults.push(text);
    }

    fn page(&mut self, page: ObjectId) {
        let number = self.marked.len();
        let fonts = self.fonts(page);
        let content = self.document.get_page_content(page);
        let content = Content::decode(&content).expect("operators");
        let (mut open, mut font): (Vec<Option<i64>>, Option<String>) = (Vec::new(), None);
        let (mut marks, mut artifact) = (BTreeMap::new(), String::new());
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" => {
                    let mcid = operation.operands[1]
                        .as_dict()
                        .ok()
                        .and_then(|d| d.get(b"MCID").ok());
                    open.push(mcid.and_then(|id| id.as_i64().ok()));
                }
                "BMC" => open.push(None),
                "EMC" => drop(open.pop()),
                "Tf" => {
                    font = operation.operands[0]
                        .as_name()
                        .ok()
                        .map(|n| String::from_utf8_lossy(n).into())
                }
                "f" | "S" | "B" if open.is_empty() => {
                    self.fault(format!("page {number}: painted outside of any mark"))
                }
                "TJ" => {
                    let font = font
                        .as_ref()
                        .and_then(|name| fonts.get(name))
                        .expect("a font");
                    let text = self.shown(&operation.operands[0], font);
                    match open.last() {
                        Some(Some(id)) => {
                            marks.entry(*id).or_insert_with(String::new).push_str(&text)
                        }
                        Some(None) => {
                            artifact.push_str(&text);
                            artifact.push('|');
                        }
                        None => self.fault(format!("page {number}: {text:?} outside of any mark")),
                    }
                }
                _ => {}
            }
        }
        let text: Vec<String> = marks.values().cloned().collect();
        self.read.pages.push(text.join("\n"));
        self.marked.push(marks);
        self.read.artifacts.push(artifact);
    }

    fn shown(&mut self, array: &Object, font: &Font) -> String {
        let mut text = String::new();
        for item in array.as_array().expect("an array") {
            let Ok(codes) = item.as_str() else { continue };
            for code in codes
                .chunks(2)
                .map(|two| u16::from_be_bytes([two[0], two[1]]))
            {
                match font.letters.get(&code) {
                    Some(letters) => text.push_str(letters),
                    None => self.fault(format!("glyph {code} stands for nothing")),
                }
                if !font.widths.contains_key(&code) {
                    self.fault(format!("glyph {code} has no width"));
                }
            }
        }
        text.replace('\u{200B}', "")
    }

    fn fonts(&mut self, page: ObjectId) -> BTreeMap<String, Font> {
        let fonts = self.document.get_page_fonts(page).expect("fonts");
        let mut read = BTreeMap::new();
        for (name, font) in fonts {
            let name = String::from_utf8_lossy(&name).into_owned();
            let unicode = font
                .get(b"ToUnicode")
                .and_then(Object::as_reference)
                .expect("letters");
            let unicode = self
                .document
                .get_object(unicode)
                .and_then(Object::as_stream)
                .expect("letters");
            let letters = letters(&unicode.decompressed_content().expect("letters"));
            let descendant = font
                .get(b"DescendantFonts")
                .and_then(Object::as_array)
                .expect("a font");
            let descendant = dictionary(self.document, &descendant[0]);
            let widths = widths(
                descendant
                    .get(b"W")
                    .and_then(Object::as_array)
                    .expect("widths"),
            );
            self.embedded(&name, descendant, &widths);
            read.insert(name, Font { letters, widths });
        }
        read
    }

    /// Compares the widths that the file states with those of the font program in it.
    fn embedded(&mut self, name: &str, font: &Dictionary, widths: &BTreeMap<u16, i64>) {
        let descriptor = dictionary(
            self.document,
            font.get(b"FontDescriptor").expect("a descriptor"),
        );
        let program = descriptor
            .get(b"FontFile2")
            .and_then(Object::as_reference)
            .expect("a program");
        let program = self
            .document
            .get_object(program)
            .and_then(Object::as_stream)
            .expect("a program");
        let program = program.decompressed_content().expect("a program");
        let table = |tag: &[u8]| {
            let count = usize::from(u16::from_be_bytes([program[4], program[5]]));
            let record = (0..count)
                .map(|i| 12 + 16 * i)
                .find(|at| &program[*at..at + 4] == tag);
            let at = record.expect("the table") + 8;
            u32::from_be_bytes(program[at..at + 4].try_into().expect("four bytes")) as usize
        };
        let word = |at: usize| u16::from_be_bytes([program[at], program[at + 1]]);
        let em = f64::from(word(table(b"head") + 18));
        let long = word(table(b"hhea") + 34);
        let metrics = table(b"hmtx");
        for (glyph, stated) in widths {
            let at = metrics + 4 * usize::from((*glyph).min(long - 1));
            let exact = f64::from(word(at)) * 1000.0 / em;
            if (exact - *stated as f64).abs() > 0.5 {
                self.fault(format!(
                    "{name}: glyph {glyph} is {exact} wide, {stated} is stated"
                ));
            }
        }
    }

    fn node(&mut self, object: &Object, depth: usize, page: Option<usize>) {
        let document = self.document;
        match object {
            Object::Integer(number) => {
                let page = page.expect("a page");
                self.named.insert((page, *number));
                let text = self.marked[page].get(number).cloned().unwrap_or_default();
                if text.is_empty() {
                    self.fault(format!("sequence {number} of page {page} is empty"));
                }
                self.read.tree.push_str(&text);
            }
            Object::Array(kids) => kids.iter().for_each(|kid| self.node(kid, depth, page)),
            _ => {
                let element = dictionary(document, object);
                let own = element.get(b"Pg").and_then(Object::as_reference).ok();
                let page = own
                    .and_then(|id| self.pages.iter().position(|p| *p == id))
                    .or(page);
                if let Ok(number) = element.get(b"MCID") {
                    self.node(number, depth, page);
                    return;
                }
                let role = element.get(b"S").and_then(Object::as_name).expect("a role");
                let lang = element
                    .get(b"Lang")
                    .and_then(Object::as_str)
                    .map(String::from_utf8_lossy);
                let lang = lang.map(|l| format!(" [{l}]")).unwrap_or_default();
                let role = String::from_utf8_lossy(role);
                let _ = write!(self.read.tree, "\n{}{role}{lang}: ", "  ".repeat(depth));
                let from = self.read.tree.len();
                if let Ok(kids) = element.get(b"K") {
                    self.node(kids, depth + 1, page);
                }
                if let Some(level) = role.strip_prefix('H').and_then(|level| level.parse().ok()) {
                    let words: Vec<&str> = self.read.tree[from..].split_whitespace().collect();
                    let page = page.expect("a page");
                    self.headings.push((level, words.join(" "), page));
                }
            }
        }
    }

    /// The outline must list the headings, each under the one that it belongs to.
    fn outline(&mut self, catalog: &Dictionary) {
        if let Ok(outline) = catalog.get(b"Outlines").and_then(Object::as_reference) {
            self.entries(outline, 0);
            let mode = catalog.get(b"PageMode").and_then(Object::as_name).ok();
            if mode != Some(b"UseOutlines".as_slice()) {
                let mode = mode.map(String::from_utf8_lossy);
                self.fault(format!("the page mode is {mode:?}"));
            }
        }
        let (mut open, mut expected): (Vec<usize>, _) = (Vec::new(), Vec::new());
        for (level, text, page) in &self.headings {
            while open.last().is_some_and(|above| above >= level) {
                open.pop();
            }
            expected.push((open.len(), text.clone(), *page));
            open.push(*level);
        }
        if self.read.outline != expected {
            let found = &self.read.outline;
            self.fault(format!(
                "the outline is {found:?}, the headings are {expected:?}"
            ));
        }
    }

    /// The entries under one of the outline; the answer is how many, with those under them.
    fn entries(&mut self, parent: ObjectId, depth: usize) -> i64 {
        let document = self.document;
        let above = document.get_dictionary(parent).expect("an outline");
        let id = |of: &Dictionary, key: &[u8]| of.get(key).and_then(Object::as_reference).ok();
        let (mut before, mut next, mut count) = (None, id(above, b"First"), 0);
        while let Some(own) = next {
            let entry = document.get_dictionary(own).expect("an entry");
            if id(entry, b"Parent") != Some(parent) || id(entry, b"Prev") != before {
                self.fault(format!("{own:?} of the outline is not where it says"));
            }
            let title = lopdf::decode_text_string(entry.get(b"Title").expect("a title"));
            let place = entry
                .get(b"Dest")
                .and_then(Object::as_array)
                .expect("a place");
            let page = place[0].as_reference().ok();
            let page = page.and_then(|page| self.pages.iter().position(|own| *own == page));
            let height = place[3].as_i64().expect("a height");
            if !(0..=842).contains(&height) {
                self.fault(format!(
                    "an entry of the outline leads off its page: {height}"
                ));
            }
            match page {
                Some(page) => {
                    let title = title.expect("a title");
                    self.read.outline.push((depth, title, page));
                }
                None => self.fault(format!("{title:?} of the outline has no page")),
            }
            count += 1 + self.entries(own, depth + 1);
            (before, next) = (Some(own), id(entry, b"Next"));
        }
        let stated = above.get(b"Count").and_then(Object::as_i64).unwrap_or(0);
        if id(above, b"Last") != before || stated != count {
            self.fault(format!(
                "{parent:?} of the outline states {stated} of {count}"
            ));
        }
        count
    }

    /// Every sequence must lead back to a node.
    fn parents(&mut self, root: &Dictionary) {
        let parents = dictionary(self.document, root.get(b"ParentTree").expect("parents"));
        let numbers = parents
            .get(b"Nums")
            .and_then(Object::as_array)
            .expect("numbers");
        for (page, pair) in numbers.chunks(2).enumerate() {
            let owners = self
                .document
                .get_object(pair[1].as_reference().expect("owners"));
            let owners = owners.and_then(Object::as_array).expect("owners").len();
            if owners != self.marked[page].len() {
                self.fault(format!(
                    "page {page}: {owners} owners for {} sequences",
                    self.marked[page].len()
                ));
            }
        }
    }
}

fn letters(cmap: &[u8]) -> BTreeMap<u16, String> {
    let text = String::from_utf8_lossy(cmap);
    let mut letters = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with('<')) {
        let parts: Vec<&str> = line
            .split(['<', '>', ' '])
            .filter(|p| !p.is_empty())
            .collect();
        if let [code, target] = parts[..] {
            let units: Vec<u16> = (0..target.len() / 4)
                .map(|i| u16::from_str_radix(&target[4 * i..4 * i + 4], 16).expect("a unit"))
                .collect();
            let code = u16::from_str_radix(code, 16).expect("a code");
            letters.insert(code, String::from_utf16_lossy(&units));
        }
    }
    letters
}

fn widths(array: &[Object]) -> BTreeMap<u16, i64> {
    let mut widths = BTreeMap::new();
    for pair in array.chunks(2) {
        let first = pair[0].as_i64().expect("a code");
        for (code, width) in (first..).zip(pair[1].as_array().expect("widths")) {
            widths.insert(
                u16::try_from(code).expect("a code"),
                width.as_i64().expect("a width"),
            );
        }
    }
    widths
}
