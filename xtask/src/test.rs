//! `cargo xtask test`: every check there is, in the order in which they are cheap, each with its
//! name and its time; it stops at the first that fails and says how to run only that one again.
//!
//! It works from an empty target folder and installs what is missing. What cargo prints passes
//! through untouched, so that its own closing lines can be counted.

use crate::{
    build, desktop, generate, packages,
    process::{self, Failure, Outcome},
    repository::Repository,
    tidy, toolchain, ui,
};
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run only this step (may be repeated)
    #[arg(long, value_name = "STEP", value_enum)]
    only: Vec<Step>,
    /// Leave this step out (may be repeated)
    #[arg(long, value_name = "STEP", value_enum)]
    skip: Vec<Step>,
}

/// The steps, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Step {
    /// System packages that are missing
    Packages,
    /// rustfmt has nothing to say
    Fmt,
    /// The order of the house
    Tidy,
    /// The front end's types are what the contract says
    Generate,
    /// npm packages and ui/dist
    Ui,
    /// svelte-check
    UiCheck,
    /// Component tests of the front end
    UiTest,
    /// Clippy, warnings denied
    Clippy,
    /// The desktop app, the server and every test binary
    Build,
    /// Unit tests of every room
    Unit,
    /// Every store function on both databases
    Conformance,
    /// Given, when, then, through the real server
    Journeys,
    /// Documents, byte for byte
    Golden,
    /// The journey in the real window
    E2e,
}

impl Step {
    const ALL: [Self; 14] = [
        Self::Packages,
        Self::Fmt,
        Self::Tidy,
        Self::Generate,
        Self::Ui,
        Self::UiCheck,
        Self::UiTest,
        Self::Clippy,
        Self::Build,
        Self::Unit,
        Self::Conformance,
        Self::Journeys,
        Self::Golden,
        Self::E2e,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Packages => "packages",
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Generate => "generate",
            Self::Ui => "ui",
            Self::UiCheck => "ui-check",
            Self::UiTest => "ui-test",
            Self::Clippy => "clippy",
            Self::Build => "build",
            Self::Unit => "unit",
            Self::Conformance => "conformance",
            Self::Journeys => "journeys",
            Self::Golden => "golden",
            Self::E2e => "e2e",
        }
    }

    /// What has to be there before; these are free when nothing has changed.
    fn needs(self) -> &'static [Self] {
        match self {
            Self::Packages | Self::Fmt | Self::Tidy | Self::Generate | Self::Ui => &[],
            Self::UiCheck | Self::UiTest => &[Self::Ui],
            Self::Clippy | Self::Build => &[Self::Packages, Self::Ui],
            Self::Unit | Self::Conformance | Self::Journeys | Self::Golden | Self::E2e => {
                &[Self::Packages, Self::Ui, Self::Build]
            }
        }
    }

    fn perform(self, repository: &Repository) -> Outcome {
        match self {
            Self::Packages => {
                packages::ensure(&[packages::BUILD, packages::DESKTOP, packages::TESTS])
            }
            Self::Fmt => build::check_format(repository),
            Self::Tidy => tidy::tidy(repository),
            Self::Generate => generate::check(repository),
            Self::Ui => ui::ensure_built(repository),
            Self::UiCheck => ui::check(repository),
            Self::UiTest => ui::test(repository),
            Self::Clippy => build::lint(repository),
            Self::Build => {
                build::binaries(repository)?;
                build::tests(repository)?;
                desktop::ensure_driver(repository)
            }
            Self::Unit => build::run_unit(repository),
            Self::Conformance | Self::Journeys | Self::Golden => {
                process::succeed(&mut build::suite(repository, self.name()))
            }
            Self::E2e => {
                let mut suite = build::suite(repository, "e2e");
                suite.args(["--", "--test-threads=1"]);
                desktop::within(repository, &suite)
            }
        }
    }
}

pub(crate) fn test(repository: &Repository, arguments: &Arguments) -> Outcome {
    toolchain::check()?;
    let started = Instant::now();
    let mut times: Vec<(Step, Duration)> = Vec::new();
    for step in chosen(&arguments.only, &arguments.skip) {
        println!("\n== {} ==", step.name());
        let begun = Instant::now();
        let done = step.perform(repository);
        times.push((step, begun.elapsed()));
        if let Err(failure) = done {
            summary(&times, started.elapsed());
            return Err(Failure::new(format!(
                "step {name} failed: {failure}\nrun it again alone with: cargo xtask test --only {name}",
                name = step.name()
            )));
        }
        println!(
            "== {}: passed in {} ==",
            step.name(),
            seconds(begun.elapsed())
        );
    }
    summary(&times, started.elapsed());
    println!("every step passed");
    Ok(())
}

/// The steps to take, in order: those asked for with what they need, less those left out.
fn chosen(only: &[Step], skip: &[Step]) -> Vec<Step> {
    Step::ALL
        .into_iter()
        .filter(|step| {
            only.is_empty()
                || only.contains(step)
                || only.iter().any(|wanted| wanted.needs().contains(step))
        })
        .filter(|step| !skip.contains(step))
        .collect()
}

fn summary(times: &[(Step, Duration)], total: Duration) {
    println!("\nsteps:");
    for (step, time) in times {
        println!("  {:<12} {:>9}", step.name(), seconds(*time));
    }
    println!("  {:<12} {:>9}", "in all", seconds(total));
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn everything_runs_in_order_when_nothing_is_said() {
        assert_eq!(chosen(&[], &[]), Step::ALL);
    }

    #[test]
    fn one_step_brings_what_it_needs_and_nothing_else() {
        assert_eq!(
            chosen(&[Step::Golden], &[]),
            [Step::Packages, Step::Ui, Step::Build, Step::Golden]
        );
        assert_eq!(chosen(&[Step::Tidy], &[]), [Step::Tidy]);
    }

    #[test]
    fn a_step_that_is_skipped_is_skipped_even_when_it_is_needed() {
        assert_eq!(
            chosen(&[Step::Golden], &[Step::Packages]),
            [Step::Ui, Step::Build, Step::Golden]
        );
    }

    #[test]
    fn the_names_on_the_command_line_are_the_names_that_are_printed() {
        for step in Step::value_variants() {
            let value = step.to_possible_value().unwrap();
            assert_eq!(value.get_name(), step.name());
        }
        assert_eq!(Step::value_variants(), Step::ALL);
    }
}
