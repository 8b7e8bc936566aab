//! Sets text in lines: greedy, ragged on the right, breaking where Unicode
//! allows, and inside a word only if the word is wider than the line.

use super::style::{Colour, Style};
use crate::{
    DocumentError,
    fonts::{Face, load},
    shape::{Glyph, Run, drawable, shape},
};
use std::{collections::BTreeMap, ops::Range};
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// What each used glyph of each face stands for.
pub(crate) type Used = BTreeMap<Face, BTreeMap<u16, String>>;

/// A piece of a paragraph in one style.
#[derive(Debug, Clone)]
pub(crate) struct Span<'a> {
    pub(crate) text: &'a str,
    pub(crate) style: Style,
}

impl<'a> Span<'a> {
    pub(crate) fn new(text: &'a str, style: Style) -> Self {
        Self { text, style }
    }
}

/// A piece of a line in one face, size and colour.
#[derive(Debug, Clone)]
pub(crate) struct LineRun {
    pub(crate) face: Face,
    pub(crate) size: f64,
    pub(crate) colour: Colour,
    /// From the beginning of the line.
    pub(crate) x: f64,
    pub(crate) glyphs: Vec<Glyph>,
}

/// A line as set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) runs: Vec<LineRun>,
    /// Without the spaces at its end.
    pub(crate) width: f64,
}

/// Sets lines and remembers which glyphs were used.
#[derive(Debug, Default)]
pub(crate) struct Typesetter {
    pub(crate) used: Used,
    /// Whether a glyph of a face is among those used: asked for every letter.
    known: BTreeMap<Face, Vec<bool>>,
}

struct Styled {
    run: Run,
    style: Style,
}

impl Typesetter {
    /// Sets a paragraph in lines no wider than `measure`.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn set(
        &mut self,
        spans: &[Span<'_>],
        measure: f64,
    ) -> Result<Vec<Line>, DocumentError> {
        let mut text = String::new();
        let mut runs: Vec<Styled> = Vec::new();
        for span in spans {
            let start = text.len();
            let piece = drawable(span.text);
            for mut run in shape(&piece, span.style.weight)? {
                self.remember(&run, &piece)?;
                run.range = run.range.start + start..run.range.end + start;
                for glyph in &mut run.glyphs {
                    glyph.cluster += start;
                }
                runs.push(Styled {
                    run,
                    style: span.style,
                });
            }
            text.push_str(&piece);
        }
        let advances = Advances::new(&text, &runs);
        Ok(advances
            .lines(&text, measure)
            .into_iter()
            .map(|range| line(&runs, &advances, &text, range))
            .collect())
    }

    /// How wide a text is on one line.
    ///
    /// # Errors
    /// If a face cannot be read.
    pub(crate) fn width(&mut self, spans: &[Span<'_>]) -> Result<f64, DocumentError> {
        let lines = self.set(spans, f64::INFINITY)?;
        Ok(lines.first().map_or(0.0, |line| line.width))
    }

    /// Remembers what the glyphs of a run stand for, for those who copy or listen.
    fn remember(&mut self, run: &Run, text: &str) -> Result<(), DocumentError> {
        let characters = &load(run.face)?.characters;
        let used = self.used.entry(run.face).or_default();
        let known = self.known.entry(run.face).or_default();
        let mut starts: Vec<usize> = Vec::new();
        for glyph in &run.glyphs {
            let id = usize::from(glyph.id);
            if known.len() <= id {
                known.resize(id + 1, false);
            }
            if std::mem::replace(&mut known[id], true) {
                continue;
            }
            if starts.is_empty() {
                starts.extend(run.glyphs.iter().map(|g| g.cluster));
                starts.sort_unstable();
                starts.dedup();
            }
            // A joined or ligated form has a character of its own in the face, but stands for
            // the letters it was typed with.
            let own = characters.get(&glyph.id).filter(|c| !is_form(**c));
            let stands_for = own.map_or_else(
                || {
                    let next = starts.partition_point(|start| *start <= glyph.cluster);
                    let end = starts.get(next).copied().unwrap_or(run.range.end);
                    let cluster = text.get(glyph.cluster..end).unwrap_or_default();
                    of_cluster(run, glyph, cluster)
                },
                char::to_string,
            );
            used.insert(glyph.id, stands_for);
        }
        Ok(())
    }
}

/// Whether a character is only another form of letters, kept by Unicode for old files.
fn is_form(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// What one glyph of a cluster stands for: the whole, if it is alone; else its share.
fn of_cluster(run: &Run, glyph: &Glyph, cluster: &str) -> String {
    let mut group: Vec<&Glyph> = run
        .glyphs
        .iter()
        .filter(|g| g.cluster == glyph.cluster)
        .collect();
    if run.level % 2 == 1 {
        group.reverse();
    }
    let place = group
        .iter()
        .position(|g| std::ptr::eq(*g, glyph))
        .unwrap_or(0);
    let share: String = if place + 1 == group.len() {
        cluster.chars().skip(place).collect()
    } else {
        cluster.chars().skip(place).take(1).collect()
    };
    // A glyph that adds no character of its own must still stand for something.
    if share.is_empty() {
        "\u{200B}".to_owned()
    } else {
        share
    }
}

/// How wide the text is up to each byte, and where clusters begin.
struct Advances {
    before: Vec<f64>,
    cluster: Vec<bool>,
}

impl Advances {
    fn new(text: &str, runs: &[Styled]) -> Self {
        let mut at = vec![0.0; text.len() + 1];
        let mut cluster = vec![false; text.len() + 1];
        for Styled { run, style } in runs {
            for glyph in &run.glyphs {
                at[glyph.cluster] += f64::from(glyph.advance) * style.size / 1000.0;
                cluster[glyph.cluster] = true;
            }
        }
        let mut sum = 0.0;
        for width in &mut at {
            let own = *width;
            *width = sum;
            sum += own;
        }
        Self {
            before: at,
            cluster,
        }
    }

    fn width(&self, range: Range<usize>) -> f64 {
        self.before[range.end] - self.before[range.start]
    }

    fn lines(&self, text: &str, measure: f64) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let (mut start, mut fits) = (0, 0);
        for (end, opportunity) in linebreaks(text) {
            loop {
                let trimmed = start + text[start..end].trim_end().len();
                if self.width(start..trimmed) <= measure + 0.01 {
                    fits = end;
                    break;
                }
                if fits == start {
                    fits = self.cut(start, end, measure);
                    if fits == end {
                        break;
                    }
                }
                lines.push(start..fits);
                start = fits;
            }
            if opportunity == BreakOpportunity::Mandatory {
                lines.push(start..end);
                (start, fits) = (end, end);
            }
        }
        if lines.is_empty() {
            lines.push(0..text.len());
        }
        lines
    }

    /// Where to cut a word that is wider than the line: after at least one cluster.
    fn cut(&self, start: usize, end: usize, measure: f64) -> usize {
        let mut cut = None;
        for at in start + 1..end {
            if self.cluster[at] {
                if cut.is_some() && self.width(start..at) > measure {
                    break;
                }
                cut = Some(at);
            }
        }
        cut.unwrap_or(end)
    }
}

fn line(runs: &[Styled], advances: &Advances, text: &str, range: Range<usize>) -> Line {
    let trimmed = range.start + text[range.clone()].trim_end().len();
    let mut parts: Vec<(u8, LineRun)> = Vec::new();
    for Styled { run, style } in runs {
        if run.range.end <= range.start || run.range.start >= range.end {
            continue;
        }
        let glyphs: Vec<Glyph> = if range.start <= run.range.start && run.range.end <= range.end {
            run.glyphs.clone()
        } else {
            run.glyphs
                .iter()
                .filter(|g| range.contains(&g.cluster))
                .cloned()
                .collect()
        };
        parts.push((
            run.level,
            LineRun {
                face: run.face,
                size: style.size,
                colour: style.colour,
                x: 0.0,
                glyphs,
            },
        ));
    }
    order(&mut parts);
    let mut x = 0.0;
    let runs = parts
        .into_iter()
        .map(|(_, mut run)| {
            run.x = x;
            let units: i32 = run.glyphs.iter().map(|g| g.advance).sum();
            x += f64::from(units) * run.size / 1000.0;
            run
        })
        .collect();
    Line {
        runs,
        width: advances.width(range.start..trimmed),
    }
}

/// The order of runs on a line, from left to right: rule L2 of the bidirectional algorithm.
fn order(parts: &mut [(u8, LineRun)]) {
    let highest = parts.iter().map(|(level, _)| *level).max().unwrap_or(0);
    for level in (1..=highest).rev() {
        let mut from = 0;
        while from < parts.len() {
            if parts[from].0 < level {
                from += 1;
                continue;
            }
            let length = parts[from..]
                .iter()
                .take_while(|(l, _)| *l >= level)
                .count();
            parts[from..from + length].reverse();
            from += length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, measure: f64) -> Vec<Line> {
        Typesetter::default()
            .set(&[Span::new(text, Style::BODY)], measure)
            .unwrap()
    }

    #[test]
    fn no_line_is_wider_than_its_measure_even_if_a_word_is() {
        let text = format!("{} and {}", "a".repeat(4000), "word ".repeat(1000));
        let lines = lines(&text, 300.0);
        assert!(lines.len() > 50);
        assert!(lines.iter().all(|line| line.width <= 300.5));
    }

    #[test]
    fn no_glyph_is_lost_when_lines_are_broken() {
        let text = "word ".repeat(500);
        let whole: usize = lines(&text, 1e9)
            .iter()
            .flat_map(|l| &l.runs)
            .map(|r| r.glyphs.len())
            .sum();
        let broken: usize = lines(&text, 200.0)
            .iter()
            .flat_map(|l| &l.runs)
            .map(|r| r.glyphs.len())
            .sum();
        assert_eq!(whole, broken);
        assert_eq!(whole, text.len());
    }

    #[test]
    fn a_line_feed_ends_a_line() {
        assert_eq!(lines("1 High Street\nNorthmoor\nNM1 1AA", 500.0).len(), 3);
        assert_eq!(lines("", 500.0).len(), 1);
    }

    #[test]
    fn what_a_ligature_stands_for_is_remembered_whole() {
        let mut setter = Typesetter::default();
        setter
            .set(&[Span::new("office fifth affix", Style::BODY)], 500.0)
            .unwrap();
        let used: Vec<_> = setter.used[&Face::Regular].values().cloned().collect();
        let all: String = used.concat();
        for c in "officefthax".chars() {
            assert!(all.contains(c), "{c} in {used:?}");
        }
        assert!(used.contains(&"ffi".to_owned()), "{used:?}");
    }
}
