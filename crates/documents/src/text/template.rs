//! A sentence with parameters and parts that may vanish.

use std::collections::BTreeMap;

/// A sentence with parameters and parts that may vanish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    line: usize,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Parameter(String),
    /// Stays if all its parameters have values and all its conditions hold.
    Optional(Vec<Condition>, Vec<Piece>),
}

/// What must hold for a part to stay.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition {
    /// Whether it is to hold, or not to.
    wanted: bool,
    /// The parameter that has a value.
    name: String,
    /// What its value says, if that is asked.
    says: Option<String>,
}

impl Condition {
    /// Reads `?name`, `!name`, `?name=word`, of which the sign was read.
    fn parse(wanted: bool, text: &str) -> Result<Self, String> {
        let (own, says) = match text.split_once('=') {
            Some((own, says)) => (own, Some(says.to_lowercase())),
            None => (text, None),
        };
        Ok(Self {
            wanted,
            name: name(own)?,
            says: says.as_deref().map(name).transpose()?,
        })
    }

    fn holds(&self, values: &BTreeMap<String, String>) -> bool {
        let holds = value(values, &self.name).is_some_and(|value| {
            let said = value.to_lowercase();
            self.says.as_ref().is_none_or(|word| said.contains(word))
        });
        holds == self.wanted
    }
}

/// What is printed for a value that was never recorded.
const MISSING: &str = "[not recorded]";

impl Template {
    /// Reads a sentence.
    ///
    /// # Errors
    /// With a message, if a bracket is not closed or a name is none.
    pub(super) fn parse(text: &str, line: usize) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("[[") {
            let (before, after) = rest.split_at(start);
            pieces.extend(words(before)?);
            let Some((inside, tail)) = after[2..].split_once("]]") else {
                return Err("a part that begins with [[ has no ]] on its line".to_owned());
            };
            if inside.contains("[[") {
                return Err("a part that may vanish cannot hold another".to_owned());
            }
            pieces.push(optional(inside)?);
            rest = tail;
        }
        if rest.contains("]]") {
            return Err("]] without [[ before it".to_owned());
        }
        pieces.extend(words(rest)?);
        Ok(Self { line, pieces })
    }

    /// Its parameters, each with the line.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut names = Vec::new();
        collect(&self.pieces, &mut names);
        names.into_iter().map(|name| (name, self.line))
    }

    /// The sentence with its values, or `None` if nothing of it is left.
    pub(super) fn fill(
        &self,
        values: &BTreeMap<String, String>,
        missing: &mut Vec<String>,
    ) -> Option<String> {
        let mut out = String::new();
        for piece in &self.pieces {
            write(piece, values, missing, &mut out);
        }
        let tidy = out.split_whitespace().collect::<Vec<_>>().join(" ");
        let tidy = tidy
            .replace(" .", ".")
            .replace(" ,", ",")
            .replace(" ;", ";");
        (!tidy.is_empty()).then_some(tidy)
    }

    /// An item of a list: several, if it is nothing but a parameter whose value has several lines.
    pub(super) fn fill_items(
        &self,
        values: &BTreeMap<String, String>,
        missing: &mut Vec<String>,
    ) -> Vec<String> {
        if let [Piece::Parameter(name)] = self.pieces.as_slice() {
            let lines = value(values, name).unwrap_or_default().lines();
            return lines
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect();
        }
        self.fill(values, missing).into_iter().collect()
    }

    /// Whether all its parameters outside of vanishing parts have values.
    pub(super) fn complete(&self, values: &BTreeMap<String, String>) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Parameter(name) => value(values, name).is_some(),
            Piece::Words(_) | Piece::Optional(..) => true,
        })
    }
}

fn value<'a>(values: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    values
        .get(name)
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
}

fn write(
    piece: &Piece,
    values: &BTreeMap<String, String>,
    missing: &mut Vec<String>,
    out: &mut String,
) {
    match piece {
        Piece::Words(words) => out.push_str(words),
        Piece::Parameter(name) => match value(values, name) {
            Some(value) => out.push_str(value),
            None => {
                missing.push(name.clone());
                out.push_str(MISSING);
            }
        },
        Piece::Optional(conditions, pieces) => {
            let mut names = Vec::new();
            collect(pieces, &mut names);
            let stays = names.iter().all(|name| value(values, name).is_some())
                && conditions.iter().all(|one| one.holds(values));
            if stays {
                for piece in pieces {
                    write(piece, values, missing, out);
                }
            }
        }
    }
}

fn collect<'a>(pieces: &'a [Piece], names: &mut Vec<&'a str>) {
    for piece in pieces {
        match piece {
            Piece::Words(_) => {}
            Piece::Parameter(name) => names.push(name),
            Piece::Optional(conditions, inside) => {
                names.extend(conditions.iter().map(|one| one.name.as_str()));
                collect(inside, names);
            }
        }
    }
}

fn optional(inside: &str) -> Result<Piece, String> {
    let mut conditions = Vec::new();
    let mut text = inside;
    // One condition after the other: `[[?this !that ...]]` needs both.
    while let Some((sign, rest)) = condition(text) {
        let end = rest.find([' ', ',']).unwrap_or(rest.len());
        conditions.push(Condition::parse(sign == '?', &rest[..end])?);
        text = &rest[end..];
    }
    let pieces = words(text)?;
    let parameters = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Parameter(_)));
    if conditions.is_empty() && !parameters {
        return Err("a part that may vanish needs a {parameter} or a condition".to_owned());
    }
    Ok(Piece::Optional(conditions, pieces))
}

/// The sign of a condition, if the text begins with one, and what follows it.
fn condition(text: &str) -> Option<(char, &str)> {
    let text = text.strip_prefix(' ').unwrap_or(text);
    let sign = text.chars().next().filter(|c| matches!(c, '?' | '!'))?;
    Some((sign, &text[1..]))
}

fn words(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        let Some((inside, tail)) = after.split_once('}') else {
            return Err("a parameter that begins with { has no } on its line".to_owned());
        };
        pieces.push(Piece::Parameter(name(inside)?));
        rest = tail;
    }
    if rest.contains('}') {
        return Err("} without { before it".to_owned());
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

fn name(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    if text.is_empty() || !text.chars().all(fits) {
        return Err(format!("{text:?} is no name of a parameter"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, values: &[(&str, &str)]) -> (Option<String>, Vec<String>) {
        let values = values
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        let mut missing = Vec::new();
        let template = Template::parse(text, 1).unwrap();
        (template.fill(&values, &mut missing), missing)
    }

    #[test]
    fn an_optional_part_vanishes_with_its_parameter() {
        let text = "You must pay {sum}[[ by {date}]].";
        assert_eq!(
            filled(text, &[("sum", "£5"), ("date", "3 May")]).0.unwrap(),
            "You must pay £5 by 3 May."
        );
        assert_eq!(
            filled(text, &[("sum", "£5"), ("date", " ")]).0.unwrap(),
            "You must pay £5."
        );
    }

    #[test]
    fn a_condition_chooses_between_two_wordings() {
        let text = "The order lasts [[?period for {period}]][[!period until further order]].";
        assert_eq!(
            filled(text, &[("period", "2 years")]).0.unwrap(),
            "The order lasts for 2 years."
        );
        assert_eq!(
            filled(text, &[]).0.unwrap(),
            "The order lasts until further order."
        );
    }

    #[test]
    fn of_several_conditions_each_must_hold() {
        let text =
            "[[?magistrates !others You can appeal.]][[?magistrates ?others {name} can appeal.]]";
        let name = ("name", "Robin Alder");
        assert_eq!(
            filled(text, &[("magistrates", "yes"), name]).0.unwrap(),
            "You can appeal."
        );
        let others = [("magistrates", "yes"), ("others", "yes"), name];
        assert_eq!(filled(text, &others).0.unwrap(), "Robin Alder can appeal.");
        assert_eq!(filled(text, &[name]).0, None);
    }

    #[test]
    fn a_condition_can_ask_what_a_value_says() {
        let text = "[[?basis=convict Under one Act.]][[?basis=acquit Under another.]]";
        let said = |basis| filled(text, &[("basis", basis)]).0;
        assert_eq!(said("On conviction").unwrap(), "Under one Act.");
        assert_eq!(said("Acquitted").unwrap(), "Under another.");
        assert_eq!(filled(text, &[]).0, None);
    }

    #[test]
    fn a_missing_value_is_printed_as_missing_and_reported() {
        let (text, missing) = filled("For {period}.", &[]);
        assert_eq!(text.unwrap(), "For [not recorded].");
        assert_eq!(missing, ["period"]);
    }

    #[test]
    fn a_list_has_an_item_for_each_line_of_a_value() {
        let values = [("all".to_owned(), "one\n\ntwo".to_owned())].into();
        let template = Template::parse("{all}", 1).unwrap();
        assert_eq!(
            template.fill_items(&values, &mut Vec::new()),
            ["one", "two"]
        );
        assert!(
            template
                .fill_items(&BTreeMap::new(), &mut Vec::new())
                .is_empty()
        );
    }

    #[test]
    fn a_bracket_left_open_is_refused() {
        assert!(Template::parse("Pay {sum", 1).is_err());
        assert!(Template::parse("Pay [[ {sum}", 1).is_err());
        assert!(Template::parse("Pay [[ never ]]", 1).is_err());
        assert!(Template::parse("Pay }", 1).is_err());
    }
}
