//! A page of a preview as points, drawn from the bytes of the PDF itself. While somebody
//! types, the window gets no more of a page than what has changed on it: reading the whole
//! PDF again at each key would keep it busy longer than drawing. Papers and documents that
//! are read, not typed, go to the window's own reader as they are.

use hayro::{
    PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings,
    hayro_syntax::Pdf, render, vello_cpu::color::palette::css::WHITE,
};
use std::sync::Arc;

/// Each point is red, green, blue and how much it covers, which is all: paper is white.
const DEEP: usize = 4;

/// No page is drawn wider than this, whatever is asked for.
pub(crate) const WIDEST: u16 = 3000;

/// A page, drawn.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Picture {
    width: usize,
    height: usize,
    points: Vec<u8>,
}

/// A part of a picture.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

impl Picture {
    /// Draws a page, counted from 1, so many points wide. There is none if the PDF has no
    /// such page.
    pub(crate) fn draw(pdf: Arc<Vec<u8>>, page: usize, width: u16) -> Option<Self> {
        let pdf = Pdf::new(pdf).ok()?;
        let page = pdf.pages().get(page.checked_sub(1)?)?;
        // A hair more, because what does not fill a point is cut off.
        let scale = (f32::from(width.min(WIDEST)) + 0.01) / page.render_dimensions().0;
        let drawn = render(
            page,
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &PixmapSettings {
                x_scale: scale,
                y_scale: scale,
                bg_color: WHITE,
            },
        );
        Some(Self {
            width: usize::from(drawn.width()),
            height: usize::from(drawn.height()),
            points: drawn.data_as_u8_slice().to_vec(),
        })
    }

    /// What the window needs to show this picture where it shows another, or none: six
    /// numbers (the size of the whole; where the part stands, and its size), then its points.
    pub(crate) fn after(&self, before: Option<&Self>) -> Vec<u8> {
        let part = self.changed(before);
        let numbers = [
            self.width,
            self.height,
            part.x,
            part.y,
            part.width,
            part.height,
        ];
        let mut bytes = Vec::with_capacity(4 * numbers.len() + DEEP * part.width * part.height);
        for number in numbers {
            bytes.extend(u32::try_from(number).unwrap_or(0).to_le_bytes());
        }
        let (left, right) = (DEEP * part.x, DEEP * (part.x + part.width));
        for row in self.rows().skip(part.y).take(part.height) {
            bytes.extend_from_slice(&row[left..right]);
        }
        bytes
    }

    fn rows(&self) -> impl DoubleEndedIterator<Item = &[u8]> + ExactSizeIterator {
        self.points.chunks_exact(DEEP * self.width.max(1))
    }

    /// The least part outside of which both are the same.
    fn changed(&self, before: Option<&Self>) -> Part {
        let size = |one: &Self| (one.width, one.height);
        let Some(before) = before.filter(|before| size(before) == size(self)) else {
            return Part {
                x: 0,
                y: 0,
                width: self.width,
                height: self.height,
            };
        };
        let rows = || self.rows().zip(before.rows());
        let differs = |(new, old): (&[u8], &[u8])| new != old;
        let Some(top) = rows().position(differs) else {
            return Part {
                x: 0,
                y: 0,
                width: 0,
                height: 0,
            };
        };
        let below = rows().rev().position(differs).unwrap_or(0);
        let height = self.height - below - top;
        let (mut left, mut right) = (self.width, 0);
        for (new, old) in rows().skip(top).take(height) {
            let points = || new.chunks_exact(DEEP).zip(old.chunks_exact(DEEP));
            let Some(first) = points().position(|(new, old)| new != old) else {
                continue;
            };
            let after = points().rev().position(|(new, old)| new != old);
            left = left.min(first);
            right = right.max(self.width - after.unwrap_or(0));
        }
        Part {
            x: left,
            y: top,
            width: right - left,
            height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn white(width: usize, height: usize) -> Picture {
        let points = vec![255; DEEP * width * height];
        Picture {
            width,
            height,
            points,
        }
    }

    fn inked(mut picture: Picture, at: &[(usize, usize)]) -> Picture {
        for (x, y) in at {
            picture.points[DEEP * (y * picture.width + x)] = 0;
        }
        picture
    }

    #[test]
    fn of_a_page_that_changed_only_the_part_that_did_is_sent() {
        let before = white(6, 5);
        let after = inked(white(6, 5), &[(4, 1), (2, 3)]);
        let bytes = after.after(Some(&before));
        assert_eq!(bytes.len(), 24 + 3 * 3 * DEEP);
        let number = |at: usize| u32::from_le_bytes(bytes[4 * at..4 * at + 4].try_into().unwrap());
        let numbers: Vec<u32> = (0..6).map(number).collect();
        assert_eq!(numbers, [6, 5, 2, 1, 3, 3]);
        // The first row of the part ends with the point that was inked.
        assert_eq!(bytes[24 + 2 * DEEP], 0);
    }

    #[test]
    fn of_a_page_that_did_not_change_nothing_is_sent() {
        assert_eq!(white(6, 5).after(Some(&white(6, 5))).len(), 24);
    }

    #[test]
    fn a_page_of_another_size_or_without_one_before_is_sent_whole() {
        let whole = 24 + 6 * 5 * DEEP;
        assert_eq!(white(6, 5).after(Some(&white(5, 6))).len(), whole);
        assert_eq!(white(6, 5).after(None).len(), whole);
    }

    #[test]
    fn a_page_that_is_not_there_has_no_picture() {
        let nothing = Arc::new(b"no PDF".to_vec());
        assert_eq!(Picture::draw(nothing, 1, 100), None);
    }
}
