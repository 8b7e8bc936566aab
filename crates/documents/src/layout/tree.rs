//! What the marks on the pages mean: the tree that a screen reader follows.

/// A node of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(crate) usize);

/// To what a heading cell applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Column,
    Row,
}

/// The kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Document,
    Heading(u8),
    Paragraph,
    List,
    Item,
    ItemLabel,
    ItemBody,
    Table,
    TableHead,
    TableBody,
    Row,
    HeadCell(Scope),
    Cell,
}

impl Role {
    /// The standard structure type.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(_) => "H3",
            Self::Paragraph => "P",
            Self::List => "L",
            Self::Item => "LI",
            Self::ItemLabel => "Lbl",
            Self::ItemBody => "LBody",
            Self::Table => "Table",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::Row => "TR",
            Self::HeadCell(_) => "TH",
            Self::Cell => "TD",
        }
    }
}

/// A node with its place in the tree.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) role: Role,
    pub(crate) parent: Option<NodeId>,
    pub(crate) kids: Vec<NodeId>,
    /// Whether it is in Welsh.
    pub(crate) welsh: bool,
    /// What it says, if it is a heading: the outline says the same.
    pub(crate) title: Option<String>,
}

/// All nodes; the first is the document.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
}

impl Tree {
    /// The document's own node.
    pub(crate) const DOCUMENT: NodeId = NodeId(0);

    /// A tree that holds only the document.
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Node {
                role: Role::Document,
                parent: None,
                kids: Vec::new(),
                welsh: false,
                title: None,
            }],
        }
    }

    /// Adds a node as the last child of `parent`.
    pub(crate) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len());
        let welsh = self.nodes[parent.0].welsh;
        self.nodes[parent.0].kids.push(id);
        self.nodes.push(Node {
            role,
            parent: Some(parent),
            kids: Vec::new(),
            welsh,
            title: None,
        });
        id
    }

    /// The headings with their levels, in the order in which they are read.
    pub(crate) fn headings(&self) -> Vec<(NodeId, u8)> {
        let (mut headings, mut open) = (Vec::new(), vec![Self::DOCUMENT]);
        while let Some(id) = open.pop() {
            let node = &self.nodes[id.0];
            if let Role::Heading(level) = node.role {
                headings.push((id, level));
            }
            open.extend(node.kids.iter().rev());
        }
        headings
    }

    /// Says that a node is in Welsh.
    pub(crate) fn set_welsh(&mut self, node: NodeId) {
        self.nodes[node.0].welsh = true;
    }
}
