//! Places text on pages. It knows no PDF: what comes out is marks with
//! positions and a tree of what they mean, which any engine could draw.

mod galley;
mod pages;
mod style;
mod table;
mod tree;
mod typeset;

pub(crate) use galley::{Galley, Mark, Placement};
pub(crate) use pages::{Page, paginate};
pub(crate) use style::{Colour, Geometry, Style, ink};
pub(crate) use table::{Cell, CellText, Column};
pub(crate) use tree::{Node, NodeId, Role, Scope, Tree};
pub(crate) use typeset::{LineRun, Span, Typesetter, Used};
