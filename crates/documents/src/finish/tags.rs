//! The tree of meaning: which marked sequence is a heading, which a cell.

use super::catalog;
use crate::{
    DocumentError,
    layout::{NodeId, Role, Scope, Tree},
};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// Writes the tree and ties every marked sequence to its node.
pub(super) fn write(
    document: &mut Document,
    tree: &Tree,
    sequences: &[Vec<NodeId>],
) -> Result<(), DocumentError> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.len() != sequences.len() {
        return Err(DocumentError::Structure("pages"));
    }
    let mut content: BTreeMap<NodeId, Vec<(usize, i64)>> = BTreeMap::new();
    for (page, nodes) in sequences.iter().enumerate() {
        for (number, node) in (0..).zip(nodes) {
            content.entry(*node).or_default().push((page, number));
        }
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = tree
        .nodes
        .iter()
        .map(|_| document.new_object_id())
        .collect();
    for (i, node) in tree.nodes.iter().enumerate() {
        let marked = content.get(&NodeId(i)).map_or(&[][..], Vec::as_slice);
        let home = marked.first().map(|(page, _)| *page);
        let mut kids: Vec<Object> = marked
            .iter()
            .map(|(page, number)| {
                if Some(*page) == home {
                    Object::Integer(*number)
                } else {
                    let pg = pages[*page];
                    dictionary! { "Type" => "MCR", "Pg" => pg, "MCID" => *number }.into()
                }
            })
            .collect();
        kids.extend(node.kids.iter().map(|kid| Object::Reference(ids[kid.0])));
        let parent = node.parent.map_or(root, |parent| ids[parent.0]);
        let mut element = dictionary! {
            "S" => node.role.tag(),
            "P" => parent,
            "K" => if kids.len() == 1 { kids.remove(0) } else { kids.into() },
        };
        if let Some(page) = home {
            element.set("Pg", pages[page]);
        }
        let parent_welsh = node.parent.is_some_and(|parent| tree.nodes[parent.0].welsh);
        if node.welsh && !parent_welsh {
            element.set("Lang", Object::string_literal("cy-GB"));
        }
        if let Role::HeadCell(scope) = node.role {
            let scope = match scope {
                Scope::Column => "Column",
                Scope::Row => "Row",
            };
            element.set("A", dictionary! { "O" => "Table", "Scope" => scope });
        }
        document.set_object(ids[i], element);
    }
    let parents = parents(document, &pages, sequences, &ids)?;
    document.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => ids[0],
            "ParentTree" => parents,
            "ParentTreeNextKey" => i64::try_from(pages.len()).unwrap_or(0),
        },
    );
    let catalog = catalog(document)?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}

/// From the sequences of each page back to the nodes, and the key to that on the page.
fn parents(
    document: &mut Document,
    pages: &[ObjectId],
    sequences: &[Vec<NodeId>],
    ids: &[ObjectId],
) -> Result<ObjectId, DocumentError> {
    let mut numbers: Vec<Object> = Vec::new();
    for (key, (page, nodes)) in (0_i64..).zip(pages.iter().zip(sequences)) {
        let owners: Vec<Object> = nodes.iter().map(|node| ids[node.0].into()).collect();
        numbers.push(key.into());
        numbers.push(document.add_object(owners).into());
        let page: &mut Dictionary = document
            .get_dictionary_mut(*page)
            .map_err(|_| DocumentError::Structure("page"))?;
        page.set("StructParents", key);
        page.set("Tabs", "S");
    }
    Ok(document.add_object(dictionary! { "Nums" => numbers }))
}
