//! The outline ("bookmarks"): every heading in the order in which it is read, nested as
//! the headings are, and open. The PDF library's own is flat, sorts by name within a page
//! and says with a string what must be a name.

use super::{catalog, string};
use crate::{
    DocumentError,
    layout::{Mark, NodeId, Page, Tree},
    template::SHEET,
};
use lopdf::{Document, Object, ObjectId, dictionary};
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

/// Writes the outline, if there are headings.
pub(super) fn write(
    document: &mut Document,
    tree: &Tree,
    pages: &[Page],
) -> Result<(), DocumentError> {
    let (entries, top) = nested(tree, &places(pages));
    if top.is_empty() {
        return Ok(());
    }
    let on: Vec<ObjectId> = document.get_pages().into_values().collect();
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    let ends = |kids: &[usize]| {
        kids.first()
            .zip(kids.last())
            .map(|(a, b)| (ids[*a], ids[*b]))
    };
    // How many entries there are under each, kids of kids too: what comes later is deeper.
    let mut under = vec![0_i64; entries.len()];
    for (i, entry) in entries.iter().enumerate().rev() {
        under[i] = entry.kids.iter().map(|kid| 1 + under[*kid]).sum();
    }
    for (i, entry) in entries.iter().enumerate() {
        let node = &tree.nodes[entry.node.0];
        let (page, height) = entry.place;
        let page = *on.get(page).ok_or(DocumentError::Structure("pages"))?;
        let place = ["XYZ".into(), Object::Null, height.into(), Object::Null];
        let dest: Vec<Object> = std::iter::once(page.into()).chain(place).collect();
        let mut item = dictionary! {
            "Title" => string(node.title.as_deref().unwrap_or_default()),
            "Parent" => entry.parent.map_or(root, |parent| ids[parent]),
            "Dest" => dest,
        };
        let siblings = entry.parent.map_or(&top, |parent| &entries[parent].kids);
        let own = siblings
            .iter()
            .position(|sibling| *sibling == i)
            .unwrap_or(0);
        if let Some(before) = own.checked_sub(1) {
            item.set("Prev", ids[siblings[before]]);
        }
        if let Some(after) = siblings.get(own + 1) {
            item.set("Next", ids[*after]);
        }
        if let Some((first, last)) = ends(&entry.kids) {
            item.set("First", first);
            item.set("Last", last);
            item.set("Count", under[i]);
        }
        document.set_object(ids[i], item);
    }
    let mut outline = dictionary! {
        "Type" => "Outlines",
        "Count" => i64::try_from(entries.len()).unwrap_or(0),
    };
    if let Some((first, last)) = ends(&top) {
        outline.set("First", first);
        outline.set("Last", last);
    }
    document.set_object(root, outline);
    let catalog = catalog(document)?;
    catalog.set("Outlines", root);
    catalog.set("PageMode", "UseOutlines");
    Ok(())
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
