//! A day behind a result that asks for none, where the catalogue asks for it in
//! another one: `COLLO 28d` is a collection order, and the day to pay by
//! (`PDATE`). The repairs say which results those are; what is meant by the day
//! is shown with the answer, and only where nothing else was typed.

use super::Fill;
use crate::result::{
    FieldKind, ResultCatalogue, ResultDefinition, TypedDay,
    grammar::{Context, Given, How, Piece, missing, name::of_code, split, take},
};
use std::ops::Range;

/// The pieces, with the day of a result that asks for none in a piece of its own.
pub(in crate::result::grammar) fn days_apart<'c>(
    catalogue: &'c ResultCatalogue,
    context: &Context<'_>,
    text: &str,
    pieces: Vec<Piece<'c>>,
) -> Vec<Piece<'c>> {
    let typed = |piece: &Piece<'c>| piece.definition.map(|own| own.id);
    let mut there: Vec<_> = pieces.iter().filter_map(typed).collect();
    let own = context.lines.iter();
    let own = own.filter(|line| line.defendant == context.defendant);
    there.extend(own.map(|line| line.definition));

    let mut apart = Vec::new();
    for mut piece in pieces {
        let Some((definition, day)) = piece
            .definition
            .and_then(|own| Some((own, own.typed_day.as_ref()?)))
        else {
            apart.push(piece);
            continue;
        };
        let asked = of_code(catalogue, context, &day.result);
        let Some(asking) = asked.and_then(|own| asking(context, text, own, &piece)) else {
            apart.push(piece);
            continue;
        };
        let at = asking.range.clone();
        let rest = rest(text, &piece.range, &at);
        match rest.filter(|_| !there.contains(&asking.id())) {
            Some(rest) => {
                let first = at.start < rest.start;
                there.push(asking.id());
                piece.range = rest;
                piece.unread.clear();
                means(context, definition, day, &mut piece);
                let both = if first {
                    [asking.piece, piece]
                } else {
                    [piece, asking.piece]
                };
                apart.extend(both);
            }
            None => {
                let code = &day.result;
                for unread in &mut piece.unread {
                    unread.hint = Some(format!("A day is for {code}: say it there."));
                }
                apart.push(piece);
            }
        }
    }
    apart
}

/// The result that asks for the day.
struct Asking<'c> {
    definition: &'c ResultDefinition,
    range: Range<usize>,
    piece: Piece<'c>,
}

impl Asking<'_> {
    const fn id(&self) -> vocabulary::DefinitionId {
        self.definition.id
    }
}

/// What of a piece was not understood, read as the day that `definition` asks for.
fn asking<'c>(
    context: &Context<'_>,
    text: &str,
    definition: &'c ResultDefinition,
    piece: &Piece<'c>,
) -> Option<Asking<'c>> {
    let [unread] = piece.unread.as_slice() else {
        return None;
    };
    let range = unread.range.clone();
    let tokens = split::tokens(text, range.clone());
    let mut fill = Fill::new(context, text, definition, &tokens);
    fill.values();
    let [given] = fill.given.as_slice() else {
        return None;
    };
    let field = definition.field(&given.key)?;
    if !matches!(field.kind, FieldKind::Date) || fill.used.contains(&false) {
        return None;
    }
    let given = vec![given.clone()];
    let piece = Piece {
        range: range.clone(),
        name: range.start..range.start,
        definition: Some(definition),
        exact: piece.exact,
        candidates: Vec::new(),
        missing: Vec::new(),
        given,
        unread: Vec::new(),
        under: None,
    };
    let line = take::line_of(piece.answers());
    let missing = missing::of(definition, &line, context.jurisdiction);
    Some(Asking {
        definition,
        range,
        piece: Piece { missing, ..piece },
    })
}

/// Where the piece stands without the day; nothing if the day stands within it.
fn rest(text: &str, piece: &Range<usize>, day: &Range<usize>) -> Option<Range<usize>> {
    let between = |c: char| c == ',' || c.is_whitespace();
    if day.end == piece.end {
        let before = text[piece.start..day.start].trim_end_matches(between);
        return Some(piece.start..piece.start + before.len()).filter(|own| !own.is_empty());
    }
    if day.start == piece.start {
        let after = text[day.end..piece.end].trim_start_matches(between);
        return Some(piece.end - after.len()..piece.end).filter(|own| !own.is_empty());
    }
    None
}

/// Answers what is meant by the day, unless it is answered.
fn means(
    context: &Context<'_>,
    definition: &ResultDefinition,
    day: &TypedDay,
    piece: &mut Piece<'_>,
) {
    let Some((key, typed)) = &day.means else {
        return;
    };
    let field = definition.field(key);
    let free = field.filter(|own| piece.given.iter().all(|given| given.key != own.key));
    let Some(field) = free else { return };
    let Some(taken) = take::value(field, typed, context, true) else {
        return;
    };
    piece.given.push(Given {
        key: field.key.clone(),
        label: field.label.clone(),
        shown: take::shown(field, &taken.answers),
        answers: taken.answers,
        ranges: Vec::new(),
        how: How::Meant,
        also: Vec::new(),
    });
    piece.given.sort_by_key(|own| {
        let field = definition.field(&own.key);
        field.map(|field| field.sequence)
    });
    let line = take::line_of(piece.answers());
    piece.missing = missing::of(definition, &line, context.jurisdiction);
}
