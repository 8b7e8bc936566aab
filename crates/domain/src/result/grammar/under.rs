//! What belongs under what, by the rules of the tree: a piece goes under the
//! line or piece that asks for it. What is ordered once for the defendant stands
//! for itself: it serves every offence, and goes with none.

use super::{Context, Piece, Under};
use crate::result::{ResultCatalogue, ResultDefinition, ResultLine, Tree};
use vocabulary::ResultLineId;

/// The results typed before that may ask for others here, oldest first.
pub(super) fn open<'c>(
    catalogue: &'c ResultCatalogue,
    context: &Context<'_>,
) -> Vec<&'c ResultDefinition> {
    let here = context.lines.iter().filter(|line| {
        line.defendant == context.defendant
            && (line.offence == context.offence || line.offence.is_none())
    });
    here.filter_map(|line| catalogue.definition(line.definition))
        .filter(|own| !own.children.is_empty())
        .collect()
}

/// Says under what each piece belongs.
pub(super) fn attach(catalogue: &ResultCatalogue, context: &Context<'_>, pieces: &mut [Piece<'_>]) {
    let before = context.lines.len();
    let mut lines: Vec<ResultLine> = context.lines.to_vec();
    let mut places: Vec<usize> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Some(definition) = piece.definition else {
            continue;
        };
        places.push(at);
        lines.push(ResultLine {
            id: ResultLineId::derived(&context.defendant.0, &format!("piece {at}")),
            definition: definition.id,
            defendant: context.defendant,
            offence: context
                .offence
                .filter(|_| !ResultCatalogue::is_once(definition)),
            parent: None,
            answers: piece.answers(),
        });
    }
    let tree = Tree::new(catalogue, &lines, context.day);
    for (nth, at) in places.iter().enumerate() {
        let node = &tree.nodes[before + nth];
        let once = node.definition.is_some_and(ResultCatalogue::is_once);
        let parent = node.parent.filter(|_| !once);
        let parent = parent.filter(|parent| lines[*parent].offence == node.line.offence);
        pieces[*at].under = parent.map(|parent| match parent.checked_sub(before) {
            Some(piece) => Under::Piece(places[piece]),
            None => Under::Line(lines[parent].id),
        });
    }
}
