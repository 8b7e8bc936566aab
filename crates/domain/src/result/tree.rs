//! Which line belongs under which. A legal adviser types one result after the
//! other; the catalogue says where each belongs, so nobody has to.

use super::{ResultCatalogue, ResultDefinition, ResultLine, Rule};
use vocabulary::{Day, ResultLineId};

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
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let said = line
                .parent
                .and_then(|id| position(lines, id))
                .filter(|at| *at != index);
            let parent = said.or_else(|| found(catalogue, lines, &definitions, index, day));
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

fn position(lines: &[ResultLine], id: ResultLineId) -> Option<usize> {
    lines.iter().position(|line| line.id == id)
}

fn found(
    catalogue: &ResultCatalogue,
    lines: &[ResultLine],
    definitions: &[Option<&ResultDefinition>],
    index: usize,
    day: Day,
) -> Option<usize> {
    let line = &lines[index];
    let own = definitions[index]?;
    let mut best: Option<((u8, usize), usize)> = None;
    for (other, candidate) in lines.iter().enumerate() {
        let fits = other != index
            && candidate.defendant == line.defendant
            && (candidate.offence == line.offence
                || candidate.offence.is_none()
                || line.offence.is_none());
        let Some(definition) = definitions[other].filter(|own| fits && !own.children.is_empty())
        else {
            continue;
        };
        let Some(strength) = asks_for(catalogue, definition, own, day, 0) else {
            continue;
        };
        // Nearest before, then nearest after.
        let distance = if other < index {
            index - other
        } else {
            other - index + lines.len()
        };
        if best.is_none_or(|(key, _)| (strength, distance) < key) {
            best = Some(((strength, distance), other));
        }
    }
    best.map(|(_, at)| at)
}

/// How strongly a definition asks for another (0 is strongest); `None` if it does not.
fn asks_for(
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
