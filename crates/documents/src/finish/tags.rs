//! The tree of meaning: which marked sequence is a heading, which a cell.

use super::file::{File, Number, number, reference};
use crate::{
    DocumentError,
    layout::{Node, NodeId, Role, Scope, Tree},
};

/// Writes the tree and ties every marked sequence to its node; the answer is the root.
/// Each page has its own place among `pages` as the key under which its sequences stand.
pub(super) fn write(
    file: &mut File,
    tree: &Tree,
    sequences: &[Vec<NodeId>],
    pages: &[Number],
) -> Result<Number, DocumentError> {
    // What belongs to each node: the page and the number of the sequence there.
    let mut marked: Vec<Vec<(usize, usize)>> = vec![Vec::new(); tree.nodes.len()];
    for (page, nodes) in sequences.iter().enumerate() {
        for (number, node) in nodes.iter().enumerate() {
            marked[node.0].push((page, number));
        }
    }
    let root = file.reserve();
    let ids: Vec<Number> = tree.nodes.iter().map(|_| file.reserve()).collect();
    for (i, node) in tree.nodes.iter().enumerate() {
        let parent_welsh = node.parent.is_some_and(|parent| tree.nodes[parent.0].welsh);
        let parent = node.parent.map_or(root, |parent| ids[parent.0]);
        file.object(ids[i], |out| {
            out.extend(b"<</S/");
            out.extend(node.role.tag().as_bytes());
            out.extend(b"/P");
            reference(out, parent);
            kids(out, node, &marked[i], &ids, pages);
            if let Some((page, _)) = marked[i].first() {
                out.extend(b"/Pg");
                reference(out, pages[*page]);
            }
            if node.welsh && !parent_welsh {
                out.extend(b"/Lang(cy-GB)");
            }
            if let Role::HeadCell(scope) = node.role {
                out.extend(match scope {
                    Scope::Column => b"/A<</O/Table/Scope/Column>>".as_slice(),
                    Scope::Row => b"/A<</O/Table/Scope/Row>>",
                });
            }
            out.extend(b">>");
        })?;
    }
    let parents = parents(file, sequences, &ids)?;
    file.object(root, |out| {
        out.extend(b"<</Type/StructTreeRoot/K");
        reference(out, ids[0]);
        out.extend(b"/ParentTree");
        reference(out, parents);
        out.extend(b"/ParentTreeNextKey ");
        number(out, as_number(pages.len()));
        out.extend(b">>");
    })?;
    Ok(root)
}

/// What a node holds: its sequences, then the nodes under it.
fn kids(
    out: &mut Vec<u8>,
    node: &Node,
    marked: &[(usize, usize)],
    ids: &[Number],
    pages: &[Number],
) {
    out.extend(b"/K[");
    let home = marked.first().map(|(page, _)| *page);
    for (page, sequence) in marked {
        if Some(*page) == home {
            out.push(b' ');
            number(out, as_number(*sequence));
        } else {
            out.extend(b"<</Type/MCR/Pg");
            reference(out, pages[*page]);
            out.extend(b"/MCID ");
            number(out, as_number(*sequence));
            out.extend(b">>");
        }
    }
    for kid in &node.kids {
        reference(out, ids[kid.0]);
    }
    out.push(b']');
}

/// From the sequences of each page back to the nodes.
fn parents(
    file: &mut File,
    sequences: &[Vec<NodeId>],
    ids: &[Number],
) -> Result<Number, DocumentError> {
    let mut owners = Vec::with_capacity(sequences.len());
    for nodes in sequences {
        owners.push(file.add(|out| {
            out.push(b'[');
            nodes.iter().for_each(|node| reference(out, ids[node.0]));
            out.push(b']');
        })?);
    }
    file.add(|out| {
        out.extend(b"<</Nums[");
        for (key, owners) in owners.iter().enumerate() {
            out.push(b' ');
            number(out, as_number(key));
            reference(out, *owners);
        }
        out.extend(b"]>>");
    })
}

fn as_number(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
