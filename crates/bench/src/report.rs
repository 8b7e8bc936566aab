//! One line of JSON a benchmark. A goal that is missed is said as plainly as
//! one that is met.

use crate::rounds::Rounds;
use serde_json::{Map, Value, json};

/// What the ratio of work to floor should come to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    AtLeast(f64),
    AtMost(f64),
}

impl Goal {
    fn met(self, ratio: f64) -> bool {
        match self {
            Self::AtLeast(least) => ratio >= least,
            Self::AtMost(most) => ratio <= most,
        }
    }

    fn in_words(self) -> String {
        match self {
            Self::AtLeast(least) => format!("ratio >= {least}"),
            Self::AtMost(most) => format!("ratio <= {most}"),
        }
    }

    fn worst(self, ratios: &[f64]) -> f64 {
        let pick = match self {
            Self::AtLeast(_) => f64::min,
            Self::AtMost(_) => f64::max,
        };
        ratios.iter().copied().reduce(pick).unwrap_or(f64::NAN)
    }
}

/// What a benchmark came to.
pub(crate) struct Report {
    line: Map<String, Value>,
    met: bool,
    void: bool,
}

impl Report {
    /// The line of a benchmark whose goal is a ratio.
    pub(crate) fn new(bench: &str, unit: &str, rounds: &Rounds, n: usize, goal: Goal) -> Self {
        let ratio = median(&rounds.ratios());
        let mut line = Map::new();
        for (name, value) in [
            ("bench", json!(bench)),
            ("value", rounded(median(&rounds.values()))),
            ("unit", json!(unit)),
            ("floor", rounded(median(&rounds.floors()))),
            ("ratio", rounded(ratio)),
            ("n", json!(n)),
            ("worst", rounded(goal.worst(&rounds.ratios()))),
            ("rounds", json!(rounds.kept.len())),
            ("load", rounded(rounds.load)),
            ("void", json!(rounds.void)),
            ("goal", json!(goal.in_words())),
        ] {
            line.insert(name.to_owned(), value);
        }
        Self {
            line,
            met: goal.met(ratio),
            void: rounds.void,
        }
    }

    /// One more thing that was found.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.line.insert(name.to_owned(), value.into());
        self
    }

    /// A goal that is another than the ratio.
    pub(crate) fn goal(mut self, condition: &str, met: bool) -> Self {
        self.line.insert("goal".to_owned(), condition.into());
        self.met = met;
        self
    }

    /// A further condition of the goal.
    pub(crate) fn and(mut self, condition: &str, met: bool) -> Self {
        let goal = self
            .line
            .get("goal")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let goal = format!("{goal}, {condition}");
        self.line.insert("goal".to_owned(), goal.into());
        self.met &= met;
        self
    }

    /// Prints it.
    #[allow(clippy::print_stdout, reason = "the line is what this program is for")]
    pub(crate) fn print(mut self) {
        // A void run has neither met nor missed its goal.
        let met = if self.void {
            Value::Null
        } else {
            self.met.into()
        };
        self.line.insert("met".to_owned(), met);
        println!("{}", Value::Object(self.line));
    }
}

/// The middle of some figures.
pub(crate) fn median(figures: &[f64]) -> f64 {
    percentile(figures, 50)
}

/// The figure that so many per cent of them do not exceed.
pub(crate) fn percentile(figures: &[f64], per_cent: usize) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len().saturating_sub(1) * per_cent + 50) / 100;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// Four digits say what there is to say.
pub(crate) fn rounded(figure: f64) -> Value {
    if figure == 0.0 || !figure.is_finite() {
        return json!(figure);
    }
    let scale = 10_f64.powi(3 - figure.abs().log10().floor() as i32);
    json!((figure * scale).round() / scale)
}
