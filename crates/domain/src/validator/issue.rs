//! What a rule found, in words: the row's sentences with the names and days filled in.

use super::{
    draft::{Draft, Group, Groups},
    rule::{Reach, ValidatorRule},
};
use vocabulary::Severity;

/// One thing that a rule found, of one or more offences or of a defendant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// `DR-SENT-001/AC2`.
    pub id: String,
    /// `DR-SENT-001`.
    pub rule: String,
    /// Blocks or warns.
    pub severity: Severity,
    /// What it is told of.
    pub reach: Reach,
    /// What is wrong, of all of them together; `{defendants}` stands for the names,
    /// so that one sentence can serve several issues.
    pub summary: String,
    /// Whom it affects, by name.
    pub name: Option<String>,
    /// The codes of the results it is about, as they were typed.
    pub codes: Vec<String>,
    /// The offences, or the defendant.
    pub affected: Vec<Affected>,
}

/// An offence, or a defendant, that an issue affects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// Its id; of a defendant the master id, if there is one.
    pub id: String,
    /// The title of an offence, the name of a defendant.
    pub title: Option<String>,
    /// The line to correct: its place in the draft.
    pub line: usize,
    /// The answer to correct, by the reference of its prompt.
    pub field: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Issue {
    /// What is wrong, with the names.
    #[must_use]
    pub fn message(&self) -> String {
        let names: Vec<&str> = self.name.as_deref().into_iter().collect();
        self.summed_up(&names)
    }

    /// The same sentence for these people.
    #[must_use]
    pub fn summed_up(&self, names: &[&str]) -> String {
        let listed = match names {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        };
        self.summary.replace(DEFENDANTS, &listed)
    }
}

/// The place of everybody who is affected, in the sentence of a rule for all of them.
const DEFENDANTS: &str = "{defendants}";

/// A rule at work: what it reads, and where its issues go.
pub(super) struct Found<'a> {
    pub(super) rule: &'a ValidatorRule,
    pub(super) draft: &'a Draft,
    pub(super) groups: &'a Groups<'a>,
    issues: &'a mut Vec<Issue>,
}

/// An offence or defendant that is affected, before its sentence is filled in.
pub(super) struct Part<'a> {
    pub(super) id: &'a str,
    pub(super) line: usize,
    pub(super) field: Option<&'a str>,
    pub(super) words: Vec<(&'static str, String)>,
}

impl<'a> Found<'a> {
    pub(super) fn new(
        rule: &'a ValidatorRule,
        draft: &'a Draft,
        groups: &'a Groups<'a>,
        issues: &'a mut Vec<Issue>,
    ) -> Self {
        Self {
            rule,
            draft,
            groups,
            issues,
        }
    }

    /// Does the rule speak of this line?
    pub(super) fn speaks_of(&self, line: usize) -> bool {
        self.draft.lines[line].is_one_of(&self.rule.results)
    }

    /// Adds an issue about a person's lines; nothing if no part is affected.
    pub(super) fn add(&mut self, group: &Group, lines: &[usize], parts: Vec<Part<'_>>) {
        let Some(first) = parts.first() else { return };
        let summary = if self.rule.summary.is_empty() {
            &self.rule.message
        } else {
            &self.rule.summary
        };
        let summary = self.filled(summary, group, first);
        let affected = parts
            .iter()
            .map(|part| Affected {
                id: part.id.to_owned(),
                title: match self.rule.reach {
                    Reach::Offence => self.title(part.id).map(|(title, _)| title.to_owned()),
                    Reach::Defendant => Some(group.name.clone()),
                },
                line: part.line,
                field: part.field.map(str::to_owned),
                message: self.filled(&self.rule.message, group, part),
                hint: self.filled(&self.rule.hint, group, part),
            })
            .collect();
        let mut codes: Vec<String> = Vec::new();
        for line in lines {
            let code = &self.draft.lines[*line].code;
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        self.issues.push(Issue {
            id: self.rule.id.clone(),
            rule: self.rule.family().to_owned(),
            severity: self.rule.severity,
            reach: self.rule.reach,
            summary,
            name: Some(group.name.clone()),
            codes,
            affected,
        });
    }

    fn title(&self, offence: &str) -> Option<(&str, &str)> {
        self.groups.titles.get(offence).copied()
    }

    /// A sentence of the row with its words.
    fn filled(&self, sentence: &str, group: &Group, part: &Part<'_>) -> String {
        let (title, code) = self.title(part.id).unwrap_or(("the offence", ""));
        let named = self.draft.lines[part.line].named();
        let mut words = vec![("{defendant}", group.name.as_str()), ("{result}", &named)];
        if self.rule.reach == Reach::Offence {
            words.extend([("{offence}", title), ("{offence_code}", code)]);
        }
        words.extend(
            part.words
                .iter()
                .map(|(word, value)| (*word, value.as_str())),
        );
        fill(sentence, &words)
    }
}

/// The sentence with its words, each put in once: what was sent is text, whatever
/// brackets it has.
fn fill(sentence: &str, words: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((word, value)) = words.iter().find(|(word, _)| rest.starts_with(word)) {
            // The one word that is put in later.
            filled.push_str(&value.replace(DEFENDANTS, "defendants"));
            rest = &rest[word.len()..];
        } else {
            filled.push('{');
            rest = &rest[1..];
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_put_in_once_and_never_read_again() {
        let words = [
            ("{offence}", "{offence}{result}{defendants}"),
            ("{result}", "Fine"),
        ];
        assert_eq!(
            fill("{result} for {offence}; {unknown} {defendants}", &words),
            "Fine for {offence}{result}defendants; {unknown} {defendants}"
        );
    }
}
