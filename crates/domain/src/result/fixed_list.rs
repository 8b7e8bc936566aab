//! Fixed lists: the words a court may choose from.

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// What may be typed.
    pub code: String,
    /// What is printed.
    pub value: String,
    /// The same in Welsh, if the source has it.
    pub welsh_value: Option<String>,
}

/// A list of words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FixedList {
    /// Its id in the source.
    pub id: String,
    /// Its items, in order.
    pub items: Vec<ListItem>,
    /// Ours, because the source has none: not verified.
    pub unverified: bool,
}

impl FixedList {
    /// The item that is meant by its code or its words, whatever the case.
    #[must_use]
    pub fn item(&self, text: &str) -> Option<&ListItem> {
        let text = text.trim();
        self.items
            .iter()
            .find(|item| item.code.eq_ignore_ascii_case(text))
            .or_else(|| {
                self.items
                    .iter()
                    .find(|item| item.value.to_lowercase() == text.to_lowercase())
            })
    }
}
