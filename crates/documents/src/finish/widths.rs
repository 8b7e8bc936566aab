//! The advance of every glyph, exact: the library cuts fractions off, and a
//! file whose widths disagree with its fonts fails every checker.

use crate::DocumentError;
use lopdf::{Document, Object};
use std::collections::BTreeMap;

/// Replaces the widths of each embedded font.
pub(super) fn write(
    document: &mut Document,
    widths: &BTreeMap<String, Vec<i64>>,
) -> Result<(), DocumentError> {
    let lack = || DocumentError::Structure("fonts");
    let page = document.page_iter().next().ok_or_else(lack)?;
    let fonts: BTreeMap<String, lopdf::ObjectId> = document
        .get_page_fonts(page)
        .map_err(|_| lack())?
        .into_keys()
        .map(|name| String::from_utf8_lossy(&name).into_owned())
        .filter_map(|name| font_id(document, page, &name).map(|id| (name, id)))
        .collect();
    for (name, exact) in widths {
        let id = fonts.get(name).ok_or_else(lack)?;
        let font = document.get_dictionary_mut(*id).map_err(|_| lack())?;
        let descendant = font
            .get_mut(b"DescendantFonts")
            .and_then(Object::as_array_mut)
            .ok()
            .and_then(|array| array.first_mut())
            .and_then(|first| first.as_dict_mut().ok())
            .ok_or_else(lack)?;
        let list: Vec<Object> = exact.iter().map(|width| Object::Integer(*width)).collect();
        descendant.set("W", vec![Object::Integer(0), list.into()]);
    }
    Ok(())
}

/// The object of a font, by its resource name.
fn font_id(document: &Document, page: lopdf::ObjectId, name: &str) -> Option<lopdf::ObjectId> {
    let page = document.get_dictionary(page).ok()?;
    let resources = document
        .get_dictionary(page.get(b"Resources").ok()?.as_reference().ok()?)
        .ok()?;
    let fonts = document
        .get_dictionary(resources.get(b"Font").ok()?.as_reference().ok()?)
        .ok()?;
    fonts.get(name.as_bytes()).ok()?.as_reference().ok()
}
