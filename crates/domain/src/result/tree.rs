//! Which line belongs under which. A legal adviser types one result after the
//! other; the catalogue says where each belongs, so nobody has to.

use super::{ResultCatalogue, ResultDefinition, ResultLine, Rule};
use std::collections::HashMap;
use vocabulary::{Day, DefendantId, DefinitionId, OffenceId};

/// One line with its definition and its place.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    /// The line.
    pub line: &'a ResultLine,
    /// Its definition; `None` if the catalogue does not hold it.
    pub definition: Option<&'a ResultDefinition>,
    /// The index of the line it belongs under.
    pub parent: Option<usize>,
}

/// The lines of a hearing day in their places.
#[derive(Debug, Clone)]
pub struct Tree<'a> {
    /// The lines, in the order they were typed.
    pub nodes: Vec<Node<'a>>,
}

impl<'a> Tree<'a> {
    /// Finds the place of every line: as said, or else under the nearest line
    /// of the same defendant (and offence) whose definition asks for it,
    /// directly or through a heading.
    #[must_use]
    pub fn new(catalogue: &'a ResultCatalogue, lines: &'a [ResultLine], day: Day) -> Self {
        let definitions: Vec<_> = lines
            .iter()
            .map(|line| catalogue.definition(line.definition))
            .collect();
        let at: HashMap<_, _> = lines.iter().map(|line| line.id).zip(0..).collect();
        let mut search = Search::new(catalogue, lines, &definitions, day);
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let said = line.parent.and_then(|id| at.get(&id).copied());
            let said = said.filter(|at| *at != index);
            let parent = said.or_else(|| search.parent_of(index));
            nodes.push(Node {
                line,
                definition: definitions[index],
                parent,
            });
        }
        let mut tree = Self { nodes };
        tree.cut_circles();
        tree
    }

    /// The lines above one, nearest first.
    pub fn above(&self, index: usize) -> impl Iterator<Item = &Node<'a>> {
        let mut at = self.nodes[index].parent;
        std::iter::from_fn(move || {
            let node = &self.nodes[at?];
            at = node.parent;
            Some(node)
        })
    }

    /// A circle of parents would never end: the line that closes it is cut loose.
    fn cut_circles(&mut self) {
        for start in 0..self.nodes.len() {
            let mut at = start;
            let mut steps = 0;
            while let Some(parent) = self.nodes[at].parent {
                steps += 1;
                if steps > self.nodes.len() || parent == start {
                    self.nodes[at].parent = None;
                    break;
                }
                at = parent;
            }
        }
    }
}

/// The search for parents, over the lines of each defendant. A hearing day of
/// thirty defendants has hundreds of lines of few kinds, so how strongly one kind
/// asks for another is worked out once.
struct Search<'a, 'b> {
    catalogue: &'a ResultCatalogue,
    lines: &'a [ResultLine],
    definitions: &'b [Option<&'a ResultDefinition>],
    day: Day,
    /// The lines of each defendant that others can stand under, and those of each offence.
    parents: HashMap<DefendantId, Vec<usize>>,
    at_offence: HashMap<(DefendantId, Option<OffenceId>), Vec<usize>>,
    strengths: HashMap<(DefinitionId, DefinitionId), Option<u8>>,
}

impl<'a, 'b> Search<'a, 'b> {
    fn new(
        catalogue: &'a ResultCatalogue,
        lines: &'a [ResultLine],
        definitions: &'b [Option<&'a ResultDefinition>],
        day: Day,
    ) -> Self {
        let mut parents: HashMap<_, Vec<usize>> = HashMap::new();
        let mut at_offence: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, line) in lines.iter().enumerate() {
            if definitions[index].is_some_and(|own| !own.children.is_empty()) {
                parents.entry(line.defendant).or_default().push(index);
                let target = (line.defendant, line.offence);
                at_offence.entry(target).or_default().push(index);
            }
        }
        Self {
            catalogue,
            lines,
            definitions,
            day,
            parents,
            at_offence,
            strengths: HashMap::new(),
        }
    }

    fn parent_of(&mut self, index: usize) -> Option<usize> {
        let line = &self.lines[index];
        let own = self.definitions[index]?;
        let mut best: Option<((u8, usize), usize)> = None;
        // A line of an offence stands under one of it or of none; one of none under any.
        let of = |offence| self.at_offence.get(&(line.defendant, offence));
        let candidates: Vec<usize> = match line.offence {
            None => self.parents.get(&line.defendant)?.clone(),
            own => {
                let both = of(own).into_iter().chain(of(None));
                both.flatten().copied().collect()
            }
        };
        for other in candidates {
            let Some(definition) = self.definitions[other].filter(|_| other != index) else {
                continue;
            };
            let strength = *self
                .strengths
                .entry((definition.id, own.id))
                .or_insert_with(|| asks_for(self.catalogue, definition, own, self.day, 0));
            let Some(strength) = strength else {
                continue;
            };
            // Nearest before, then nearest after.
            let distance = if other < index {
                index - other
            } else {
                other - index + self.lines.len()
            };
            if best.is_none_or(|(key, _)| (strength, distance) < key) {
                best = Some(((strength, distance), other));
            }
        }
        best.map(|(_, at)| at)
    }
}

/// How strongly a definition asks for another (0 is strongest); `None` if it does not.
pub(super) fn asks_for(
    catalogue: &ResultCatalogue,
    definition: &ResultDefinition,
    child: &ResultDefinition,
    day: Day,
    depth: u8,
) -> Option<u8> {
    if depth > 4 {
        return None;
    }
    catalogue
        .children(definition, day)
        .filter_map(|(rule, known)| {
            let known = known?;
            let own = if rule.rule == Rule::Optional { 1 } else { 0 };
            if known.id == child.id {
                return Some(own);
            }
            known
                .is_heading()
                .then(|| asks_for(catalogue, known, child, day, depth + 1))?
                .map(|s| s.max(own))
        })
        .min()
}
