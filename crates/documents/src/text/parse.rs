//! Reads the format that the head of `text` describes, and says on which line it is not kept.

use super::{TextError, template::Template};

/// What the first lines of a file say about it.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) nows: Vec<String>,
    pub(super) title: String,
    /// Titles that stand in its place where a parameter has a value, each with its line.
    pub(super) titles_if: Vec<(String, String, usize)>,
    pub(super) title_welsh: Option<String>,
    pub(super) welsh_awaited: bool,
    pub(super) sources: Vec<String>,
    pub(super) unverified: Vec<String>,
    pub(super) handling: Option<String>,
    pub(super) nothing: Option<String>,
}

/// A section of the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) heading: Template,
    pub(super) parts: Vec<Part>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Heading(Template),
    Paragraph(Template),
    List(bool, Vec<Template>),
    Facts(Vec<(Template, Template)>),
    Place(Directive),
}

/// A place at which something of the record is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Directive {
    /// What the record holds, of a printout.
    Record,
    /// The offences with their results.
    Offences,
    /// Results that belong to no offence.
    Results,
    /// Every result, without the offence that it is for.
    Orders,
    /// The sums of money.
    Money,
    /// The next hearing.
    NextHearing,
    /// By whose authority.
    Signature,
}

impl Part {
    pub(super) fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Heading(text) | Self::Paragraph(text) => vec![text],
            Self::List(_, items) => items.iter().collect(),
            Self::Facts(facts) => facts.iter().flat_map(|(l, v)| [l, v]).collect(),
            Self::Place(_) => Vec::new(),
        }
    }
}

#[derive(PartialEq)]
enum Place {
    Nowhere,
    Plain,
    Legal,
}

struct Reader<'a> {
    file: &'a str,
    line: usize,
    place: Place,
    plain: Vec<Section>,
    legal: Vec<Part>,
    /// Whether the last line belongs to a list or facts that the next may go on.
    open: bool,
}

/// Reads a file.
pub(super) fn parse(
    file: &str,
    source: &str,
) -> Result<(Front, Vec<Section>, Vec<Part>), TextError> {
    let mut lines = source.lines().enumerate();
    let front = front(file, &mut lines)?;
    let mut reader = Reader {
        file,
        line: 0,
        place: Place::Nowhere,
        plain: Vec::new(),
        legal: Vec::new(),
        open: false,
    };
    for (i, line) in lines {
        reader.line = i + 1;
        reader.read(line.trim_end())?;
    }
    if reader.legal.is_empty() {
        return Err(reader.wrong("a text needs a part `# legal`"));
    }
    Ok((front, reader.plain, reader.legal))
}

fn front<'a>(
    file: &str,
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
) -> Result<Front, TextError> {
    let wrong = |line: usize, message: String| TextError {
        file: file.to_owned(),
        line,
        message,
    };
    if lines.next().map(|(_, line)| line.trim_end()) != Some("---") {
        return Err(wrong(1, "the first line must be `---`".to_owned()));
    }
    let mut front = Front::default();
    for (i, line) in lines {
        let line = line.trim();
        if line == "---" {
            if front.nows.is_empty() || front.title.is_empty() || front.sources.is_empty() {
                let message = "`now:`, `title:` and `source:` are needed before the second `---`";
                return Err(wrong(i + 1, message.to_owned()));
            }
            return Ok(front);
        }
        let Some((key, value)) = line.split_once(':') else {
            return Err(wrong(i + 1, format!("`{line}` is not `key: value`")));
        };
        let value = value.trim().to_owned();
        match key.trim() {
            "now" => front.nows.push(value),
            "title" => front.title = value,
            "title-if" => {
                let Some((name, title)) = value.split_once(' ') else {
                    let message = "`title-if` is `title-if: parameter The title`";
                    return Err(wrong(i + 1, message.to_owned()));
                };
                let title = title.trim().to_owned();
                front.titles_if.push((name.to_owned(), title, i + 1));
            }
            "title-cy" => front.title_welsh = Some(value),
            "welsh" if value == "awaiting translation check" => front.welsh_awaited = true,
            "welsh" => {
                let message = "the only thing to say of the Welsh is `awaiting translation check`";
                return Err(wrong(i + 1, message.to_owned()));
            }
            "source" => front.sources.push(value),
            "unverified" => front.unverified.push(value),
            "handling" => front.handling = Some(value),
            "nothing" => front.nothing = Some(value),
            other => {
                return Err(wrong(
                    i + 1,
                    format!("`{other}` is no key of the front matter"),
                ));
            }
        }
    }
    Err(wrong(1, "the front matter has no second `---`".to_owned()))
}

impl Reader<'_> {
    fn wrong(&self, message: &str) -> TextError {
        TextError {
            file: self.file.to_owned(),
            line: self.line,
            message: message.to_owned(),
        }
    }

    fn template(&self, text: &str) -> Result<Template, TextError> {
        Template::parse(text.trim(), self.line).map_err(|message| self.wrong(&message))
    }

    fn read(&mut self, line: &str) -> Result<(), TextError> {
        let number = line.split_once(". ").is_some_and(|(number, _)| {
            !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
        });
        if line.is_empty() {
            self.open = false;
            return Ok(());
        }
        if let Some(part) = line.strip_prefix("# ") {
            self.place = match part {
                "plain" => Place::Plain,
                "legal" => Place::Legal,
                _ => return Err(self.wrong("a part is `# plain` or `# legal`")),
            };
        } else if let Some(heading) = line.strip_prefix("## ") {
            self.heading(heading)?;
        } else if let Some(item) = line.strip_prefix("- ") {
            self.item(false, item)?;
        } else if number {
            let item = line.split_once(". ").map_or("", |(_, item)| item);
            self.item(true, item)?;
        } else if let Some(fact) = line.strip_prefix("= ") {
            self.fact(fact)?;
        } else if let Some(name) = line.strip_prefix('@') {
            self.directive(name)?;
        } else {
            let paragraph = self.template(line)?;
            self.open = false;
            self.parts()?.push(Part::Paragraph(paragraph));
        }
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), TextError> {
        let heading = self.template(text)?;
        match self.place {
            Place::Plain => self.plain.push(Section {
                heading,
                parts: Vec::new(),
            }),
            Place::Legal => self.legal.push(Part::Heading(heading)),
            Place::Nowhere => return Err(self.wrong("a heading before `# plain` or `# legal`")),
        }
        self.open = false;
        Ok(())
    }

    fn parts(&mut self) -> Result<&mut Vec<Part>, TextError> {
        match self.place {
            Place::Legal => Ok(&mut self.legal),
            Place::Plain if !self.plain.is_empty() => {
                let last = self.plain.len() - 1;
                Ok(&mut self.plain[last].parts)
            }
            Place::Plain | Place::Nowhere => {
                Err(self.wrong("this needs a heading `## ...` before it"))
            }
        }
    }

    fn item(&mut self, numbered: bool, text: &str) -> Result<(), TextError> {
        let item = self.template(text)?;
        let open = std::mem::replace(&mut self.open, true);
        let parts = self.parts()?;
        match parts.last_mut() {
            Some(Part::List(kind, items)) if open && *kind == numbered => items.push(item),
            _ => parts.push(Part::List(numbered, vec![item])),
        }
        Ok(())
    }

    fn fact(&mut self, text: &str) -> Result<(), TextError> {
        if self.place != Place::Legal {
            return Err(self.wrong("facts stand in `# legal`"));
        }
        let Some((label, value)) = text.split_once(':') else {
            return Err(self.wrong("a fact is `= Label: value`"));
        };
        let fact = (self.template(label)?, self.template(value)?);
        let open = std::mem::replace(&mut self.open, true);
        let parts = self.parts()?;
        match parts.last_mut() {
            Some(Part::Facts(facts)) if open => facts.push(fact),
            _ => parts.push(Part::Facts(vec![fact])),
        }
        Ok(())
    }

    fn directive(&mut self, name: &str) -> Result<(), TextError> {
        let directive = match name {
            "record" => Directive::Record,
            "offences" => Directive::Offences,
            "results" => Directive::Results,
            "orders" => Directive::Orders,
            "money" => Directive::Money,
            "next-hearing" => Directive::NextHearing,
            "signature" => Directive::Signature,
            _ => {
                return Err(self
                    .wrong("a place is @offences, @results, @orders, @money, @next-hearing, @signature or, in a printout, @record"));
            }
        };
        if self.place != Place::Legal {
            return Err(self.wrong("places stand in `# legal`"));
        }
        self.open = false;
        self.parts()?.push(Part::Place(directive));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Text;
    use std::collections::BTreeSet;

    const GOOD: &str = "---\nnow: Absolute Discharge\ntitle: Absolute discharge\nsource: SA20 s.79\n---\n\
        # plain\n## What the court decided\nThe court discharged you\nabsolutely.\n\n- one\n- two\n\n\
        # legal\n@offences\n= Period: {period}\n@signature\n";

    #[test]
    fn a_text_is_read_with_its_sections() {
        let text = Text::parse("a.md", GOOD).unwrap();
        assert_eq!(text.nows, ["Absolute Discharge"]);
        assert_eq!(text.parameters().collect::<Vec<_>>(), [("period", 16)]);
    }

    #[test]
    fn an_unknown_parameter_is_named_with_its_file_and_line() {
        let text = Text::parse("a.md", GOOD).unwrap();
        let error = text.check(&BTreeSet::new()).unwrap_err();
        assert!(
            error.to_string().starts_with("a.md:16: {period}"),
            "{error}"
        );
        text.check(&["period".to_owned()].into()).unwrap();
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        for (wrong, line) in [
            (GOOD.replace("# plain", "# plan"), 6),
            (GOOD.replace("@offences", "@offenses"), 15),
            (GOOD.replace("{period}", "{period"), 16),
            (GOOD.replace("absolutely.", "absolutely {"), 9),
            (GOOD.replace("source: ", "sauce: "), 4),
        ] {
            assert_eq!(
                Text::parse("a.md", &wrong).unwrap_err().line,
                line,
                "{wrong}"
            );
        }
    }
}
