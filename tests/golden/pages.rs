//! What the pages look like: each document's pages side by side, in sixteen greys and
//! small, as a picture that a person can compare at a glance. The exact bytes are told
//! beside; here it is enough that nothing has moved, so that another processor may
//! round differently.

use crate::expected;
use hayro::{
    PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings,
    hayro_syntax::Pdf, render, vello_cpu::color::palette::css::WHITE,
};
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter};
use std::{fs, io::Cursor, path::Path};

/// Half a picture point for each point of the page: words can still be made out.
const SCALE: f32 = 0.5;
/// By how many of sixteen greys a point may differ.
const SAME: u8 = 3;

/// Pages side by side: a grey from 0 to 15 for each point, row by row.
struct Picture {
    width: usize,
    height: usize,
    greys: Vec<u8>,
}

/// Says where the pages differ from the picture of this name, or draws it anew if asked to.
pub(crate) fn compare(name: &str, pdf: &[u8]) -> Result<(), String> {
    let found = Picture::of(pdf);
    let path = expected::folder().join(format!("{name}.png"));
    if expected::anew() {
        return fs::write(path, found.png()).map_err(|e| e.to_string());
    }
    let golden = Picture::read(&path).map_err(|why| format!("{name}.png: {why}"))?;
    let Some(where_) = golden.difference(&found) else {
        return Ok(());
    };
    let left = expected::leave(&format!("{name}.png"), &found.png());
    Err(format!(
        "{name}.png: {where_}; what was found is in {}",
        left.display()
    ))
}

impl Picture {
    fn of(pdf: &[u8]) -> Self {
        let pdf = Pdf::new(pdf.to_vec()).expect("a PDF");
        let cache = RenderCache::new();
        let fonts = InterpreterSettings::default();
        let settings = PixmapSettings {
            x_scale: SCALE,
            y_scale: SCALE,
            bg_color: WHITE,
        };
        let pages: Vec<_> = pdf
            .pages()
            .iter()
            .map(|page| render(page, &cache, &fonts, &RenderSettings::default(), &settings))
            .collect();
        let height = pages.iter().map(|page| usize::from(page.height())).max();
        let height = height.expect("a page");
        let width = pages.iter().map(|page| usize::from(page.width())).sum();
        let mut greys = vec![15; width * height];
        let mut left = 0;
        for page in &pages {
            let across = usize::from(page.width());
            for (y, row) in page.data_as_u8_slice().chunks(4 * across).enumerate() {
                for (x, point) in row.chunks(4).enumerate() {
                    greys[y * width + left + x] = grey(point);
                }
            }
            left += across;
        }
        Self {
            width,
            height,
            greys,
        }
    }

    fn read(path: &Path) -> Result<Self, String> {
        let bytes = fs::read(path).map_err(|e| e.to_string())?;
        let mut reader = Decoder::new(Cursor::new(bytes))
            .read_info()
            .map_err(|e| e.to_string())?;
        let mut packed = vec![0; reader.output_buffer_size().ok_or("too large")?];
        let info = reader.next_frame(&mut packed).map_err(|e| e.to_string())?;
        let (width, height) = (info.width as usize, info.height as usize);
        let greys = packed
            .chunks(width.div_ceil(2))
            .take(height)
            .flat_map(|row| row.iter().flat_map(|two| [two >> 4, two & 15]).take(width))
            .collect();
        Ok(Self {
            width,
            height,
            greys,
        })
    }

    fn png(&self) -> Vec<u8> {
        let packed: Vec<u8> = self
            .greys
            .chunks(self.width)
            .flat_map(|row| {
                row.chunks(2)
                    .map(|two| two[0] << 4 | two.get(1).unwrap_or(&0))
            })
            .collect();
        let mut bytes = Vec::new();
        let (width, height) = (self.width as u32, self.height as u32);
        let mut encoder = Encoder::new(&mut bytes, width, height);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::Four);
        encoder.set_compression(Compression::High);
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header().expect("a head");
        writer.write_image_data(&packed).expect("the points");
        writer.finish().expect("an end");
        bytes
    }

    /// Where the first point stands that differs, if one does.
    fn difference(&self, other: &Self) -> Option<String> {
        let size = |picture: &Self| (picture.width, picture.height);
        if size(self) != size(other) {
            return Some(format!("it is {:?}, not {:?}", size(other), size(self)));
        }
        let differs = |at: &usize| self.greys[*at].abs_diff(other.greys[*at]) > SAME;
        let all: Vec<usize> = (0..self.greys.len()).filter(differs).collect();
        let first = all.first()?;
        let (x, y) = (first % self.width, first / self.width);
        Some(format!(
            "{} points differ, the first at {x}, {y}",
            all.len()
        ))
    }
}

/// How light a point is, as people see it.
fn grey(point: &[u8]) -> u8 {
    let [red, green, blue] = [0, 1, 2].map(|part| u32::from(point[part]));
    u8::try_from((red * 3 + green * 6 + blue) / 10 / 16).unwrap_or(15)
}

#[test]
fn a_line_that_moved_is_seen() {
    let view = crate::fixtures::two_pages();
    let before = Picture::of(&documents::render(&view).expect("a document"));
    assert_eq!(before.difference(&before), None);
    let mut moved = view.clone();
    moved.plain.remove(0);
    let after = Picture::of(&documents::render(&moved).expect("a document"));
    assert!(before.difference(&after).is_some());
    let mut word = view;
    word.addressee.name = "Robin Elder".to_owned();
    let after = Picture::of(&documents::render(&word).expect("a document"));
    assert!(before.difference(&after).is_some());
}
