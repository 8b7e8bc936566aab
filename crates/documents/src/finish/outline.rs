//! The outline ("bookmarks"): every heading in the order in which it is read, nested as
//! the headings are, and open. The PDF library's own is flat, sorts by name within a page
//! and says with a string what must be a name.

use super::file::{File, Number, number, reference, text};
use crate::{
    DocumentError,
    layout::{Mark, NodeId, Page, Tree},
    template::SHEET,
};
use std::collections::BTreeMap;

/// A heading among the others.
struct Entry {
    node: NodeId,
    level: u8,
    /// On which page, and how far above its foot.
    place: (usize, i64),
    parent: Option<usize>,
    kids: Vec<usize>,
}

/// Writes the outline, if there are headings; the answer is its root.
pub(super) fn write(
    file: &mut File,
    tree: &Tree,
    pages: &[Page],
    on: &[Number],
) -> Result<Option<Number>, DocumentError> {
    let (entries, top) = nested(tree, &places(pages));
    if top.is_empty() {
        return Ok(None);
    }
    let root = file.reserve();
    let ids: Vec<Number> = entries.iter().map(|_| file.reserve()).collect();
    // How many entries there are under each, kids of kids too: what comes later is deeper.
    let mut under = vec![0_i64; entries.len()];
    for (i, entry) in entries.iter().enumerate().rev() {
        under[i] = entry.kids.iter().map(|kid| 1 + under[*kid]).sum();
    }
    for (i, entry) in entries.iter().enumerate() {
        let title = tree.nodes[entry.node.0].title.as_deref();
        let (page, height) = entry.place;
        let page = *on.get(page).ok_or(DocumentError::Structure("pages"))?;
        let siblings = entry.parent.map_or(&top, |parent| &entries[parent].kids);
        let own = siblings.iter().position(|kid| *kid == i).unwrap_or(0);
        let before = own.checked_sub(1).and_then(|at| siblings.get(at));
        file.object(ids[i], |out| {
            out.extend(b"<</Title");
            text(out, title.unwrap_or_default());
            let parent = entry.parent.map_or(root, |parent| ids[parent]);
            link(out, b"/Parent", Some(parent));
            link(out, b"/Prev", before.map(|at| ids[*at]));
            link(out, b"/Next", siblings.get(own + 1).map(|at| ids[*at]));
            out.extend(b"/Dest[");
            reference(out, page);
            out.extend(b"/XYZ null ");
            number(out, height);
            out.extend(b" null]");
            ends(out, &entry.kids, &ids, under[i]);
        })?;
    }
    let all = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    file.object(root, |out| {
        out.extend(b"<</Type/Outlines");
        ends(out, &top, &ids, all);
    })?;
    Ok(Some(root))
}

fn link(out: &mut Vec<u8>, key: &[u8], to: Option<Number>) {
    if let Some(to) = to {
        out.extend(key);
        reference(out, to);
    }
}

/// The first and the last of what stands under an entry, how much there is, and its end.
fn ends(out: &mut Vec<u8>, kids: &[usize], ids: &[Number], count: i64) {
    if let (Some(first), Some(last)) = (kids.first(), kids.last()) {
        link(out, b"/First", Some(ids[*first]));
        link(out, b"/Last", Some(ids[*last]));
        out.extend(b"/Count ");
        number(out, count);
    }
    out.extend(b">>");
}

/// Where the first letters of each node stand: the page, and the height above its foot.
fn places(pages: &[Page]) -> BTreeMap<NodeId, (usize, i64)> {
    let mut places = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for mark in &page.marks {
            if let Mark::Text {
                baseline,
                run,
                node: Some(node),
                ..
            } = mark
            {
                // A little more than the letters are high, so that all of the line is seen.
                let top = SHEET.height - baseline + 1.5 * run.size;
                let top = top.min(SHEET.height).round() as i64;
                places.entry(*node).or_insert((number, top));
            }
        }
    }
    places
}

/// Each heading under the nearest one before it that stands higher; and those under none.
fn nested(tree: &Tree, places: &BTreeMap<NodeId, (usize, i64)>) -> (Vec<Entry>, Vec<usize>) {
    let (mut entries, mut top): (Vec<Entry>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut open: Vec<usize> = Vec::new();
    for (node, level) in tree.headings() {
        // A heading that says nothing is drawn nowhere.
        let Some(place) = places.get(&node).copied() else {
            continue;
        };
        while open
            .last()
            .is_some_and(|last| entries[*last].level >= level)
        {
            open.pop();
        }
        let parent = open.last().copied();
        let own = entries.len();
        match parent {
            Some(parent) => entries[parent].kids.push(own),
            None => top.push(own),
        }
        open.push(own);
        entries.push(Entry {
            node,
            level,
            place,
            parent,
            kids: Vec::new(),
        });
    }
    (entries, top)
}
