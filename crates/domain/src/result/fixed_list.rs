//! Fixed lists: the words a court may choose from.

use vocabulary::Day;

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// What may be typed.
    pub code: String,
    /// What is printed.
    pub value: String,
    /// The same in Welsh, if the source has it.
    pub welsh_value: Option<String>,
    /// The first day on which it may be chosen; `None` is always.
    pub start: Option<Day>,
    /// The last; `None` is open.
    pub end: Option<Day>,
}

impl ListItem {
    /// Whether it may be chosen in a hearing on this day.
    #[must_use]
    pub fn in_force(&self, day: Day) -> bool {
        in_force((self.start, self.end), day)
    }
}

/// Whether a day is in a period of which either end may be open.
#[must_use]
pub fn in_force((start, end): (Option<Day>, Option<Day>), day: Day) -> bool {
    start.is_none_or(|start| start <= day) && end.is_none_or(|end| day <= end)
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
    /// The item that is meant by its code or its words, whatever the case and the day.
    #[must_use]
    pub fn item(&self, text: &str) -> Option<&ListItem> {
        named(self.items.iter(), text)
    }

    /// The same among those that may be chosen on a day.
    #[must_use]
    pub fn item_on(&self, text: &str, day: Day) -> Option<&ListItem> {
        named(self.on(day), text)
    }

    /// The items that may be chosen in a hearing on this day, in order.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &ListItem> + Clone {
        self.items.iter().filter(move |item| item.in_force(day))
    }
}

fn named<'a>(
    items: impl Iterator<Item = &'a ListItem> + Clone,
    text: &str,
) -> Option<&'a ListItem> {
    let text = text.trim();
    let by_code = items
        .clone()
        .find(|item| item.code.eq_ignore_ascii_case(text));
    by_code.or_else(|| {
        let mut items = items;
        items.find(|item| item.value.to_lowercase() == text.to_lowercase())
    })
}
