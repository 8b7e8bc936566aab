//! Sizes, colours and the sheet. All lengths are in points.

use crate::fonts::Weight;

/// A colour in red, green and blue, each from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

/// The colours of a document. Every text on its ground has a contrast of at least 4.5 to 1.
pub(crate) mod ink {
    use super::Colour;

    /// Running text.
    pub(crate) const TEXT: Colour = Colour(0x0b, 0x0c, 0x0c);
    /// Headings and the rule under the court's name.
    pub(crate) const NAVY: Colour = Colour(0x16, 0x2a, 0x4a);
    /// Labels and what stands in the margins.
    pub(crate) const GREY: Colour = Colour(0x50, 0x5a, 0x5f);
    /// Thin rules.
    pub(crate) const RULE: Colour = Colour(0xb1, 0xb4, 0xb6);
    /// The ground of boxes.
    pub(crate) const BOX: Colour = Colour(0xf1, 0xf3, 0xf6);
    /// The ground of the head of a table.
    pub(crate) const HEAD: Colour = Colour(0xe3, 0xe8, 0xef);
    /// The bar beside a warning.
    pub(crate) const WARNING: Colour = Colour(0xa5, 0x1d, 0x11);
    /// The ground of a warning.
    pub(crate) const WARNING_BOX: Colour = Colour(0xfb, 0xee, 0xec);
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) size: f64,
    pub(crate) leading: f64,
    pub(crate) weight: Weight,
    pub(crate) colour: Colour,
}

impl Style {
    const fn new(size: f64, leading: f64, weight: Weight, colour: Colour) -> Self {
        Self {
            size,
            leading,
            weight,
            colour,
        }
    }

    pub(crate) const TITLE: Self = Self::new(20.0, 25.0, Weight::Bold, ink::NAVY);
    pub(crate) const TITLE_WELSH: Self = Self::new(14.0, 19.0, Weight::Regular, ink::NAVY);
    pub(crate) const COURT: Self = Self::new(14.0, 18.0, Weight::Bold, ink::NAVY);
    pub(crate) const HEADING: Self = Self::new(12.5, 17.0, Weight::Bold, ink::NAVY);
    pub(crate) const SUBHEADING: Self = Self::new(10.5, 15.0, Weight::Bold, ink::TEXT);
    pub(crate) const BODY: Self = Self::new(10.0, 14.5, Weight::Regular, ink::TEXT);
    pub(crate) const STRONG: Self = Self::new(10.0, 14.5, Weight::Bold, ink::TEXT);
    pub(crate) const CELL: Self = Self::new(9.25, 12.75, Weight::Regular, ink::TEXT);
    pub(crate) const CELL_STRONG: Self = Self::new(9.25, 12.75, Weight::Bold, ink::TEXT);
    pub(crate) const LABEL: Self = Self::new(8.5, 12.0, Weight::Regular, ink::GREY);
    pub(crate) const COLUMN: Self = Self::new(8.5, 12.0, Weight::Bold, ink::NAVY);
    pub(crate) const SMALL: Self = Self::new(7.75, 10.5, Weight::Regular, ink::GREY);

    /// How far below the top of its line the letters stand, so that capitals are in the middle.
    pub(crate) fn baseline(&self) -> f64 {
        self.leading / 2.0 + self.size * 0.357
    }
}

/// The sheet and its margins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Geometry {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) left: f64,
    /// Where text begins on the first page, and on every further one.
    pub(crate) top: (f64, f64),
    /// Where text ends, from the top of the sheet.
    pub(crate) bottom: f64,
}

impl Geometry {
    /// A4, upright.
    pub(crate) const A4: Self = Self {
        width: 595.28,
        height: 841.89,
        left: 56.0,
        top: (48.0, 66.0),
        bottom: 776.0,
    };

    /// The width of a full line.
    pub(crate) fn measure(&self) -> f64 {
        self.width - 2.0 * self.left
    }
}
