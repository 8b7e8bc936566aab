//! The register as a document: the finished view of one register, for the prison
//! that gets it. Labels are ours; what stands beside them is the record's.

use crate::document::code_of;
use contract::document::{
    Addressee, Block, ChargeRow, CourtHeading, DefendantHeading, Fact, NextHearing, OrderView,
    PrintLanguage, PrintedResult, Replaced,
};
use domain::register::{Counsel, Offence, RegisterEntry, RegisterSheet, SheetOffence};
use uuid::Uuid;
use vocabulary::{Day, DocumentId, DocumentKind, Instant};

/// The namespace of the ids of these documents.
const SHEETS: Uuid = Uuid::from_u128(0x3e95_77d0_a1c4_4f28_8b0e_62f9_d74b_15ac);
/// Nobody is held by a register.
const NO_AUTHORITY: &str = "Without a warrant, this register is no authority to detain.";
/// What stands where the record says nothing.
const NOTHING: &str = "None recorded";

/// The finished view of a register that was made at `at`, for a prison. An
/// earlier one of the same defendant is named: the later takes its place.
#[must_use]
pub fn sheet_view(
    entry: &RegisterEntry,
    at: Instant,
    earlier: Option<Instant>,
    prison: &Addressee,
) -> OrderView {
    let (register, sheet) = (&entry.register, &entry.sheet);
    let hearing = &register.hearing;
    let urn = &register.prosecution_case.case_urn;
    let id_at = |at: Instant| {
        let name = format!("{}/{urn}/{}/{at}", hearing.id, register.defendant.id);
        DocumentId::derived(&SHEETS, &name)
    };
    let id = id_at(at);
    OrderView {
        document_id: id,
        now_name: "Prison court register".to_owned(),
        title: "Prison court register".to_owned(),
        title_welsh: None,
        kind: DocumentKind::Notice,
        language: PrintLanguage::English,
        court: CourtHeading {
            name: sheet.court.clone(),
            name_welsh: None,
            address: sheet.court_address.clone(),
            local_justice_area: sheet.local_justice_area.clone(),
        },
        ordered_on: hearing.hearing_date.unwrap_or_else(|| at.day()),
        amended_on: earlier.map(|_| at.day()),
        issued_at: at,
        case_references: vec![urn.clone()],
        legal_adviser: String::new(),
        addressee: prison.clone(),
        defendant: DefendantHeading {
            name: sheet.defendant.clone(),
            date_of_birth: sheet.date_of_birth,
            address: sheet.address.clone(),
            asn: sheet.asn.clone(),
            further: about_the_defendant(sheet),
        },
        plain: Vec::new(),
        legal: blocks(entry),
        welsh: None,
        welsh_pending: false,
        replaces: earlier.map(|earlier| Replaced {
            document_id: id_at(earlier),
            issued_on: earlier.day(),
            reason: None,
            translated: false,
        }),
        superseded: None,
        copy_for: prison.name.clone(),
        verification_code: code_of(id, at),
    }
}

fn about_the_defendant(sheet: &RegisterSheet) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: Option<String>| {
        facts.extend(value.map(|value| Fact::new(label, value)));
    };
    fact("Age on the day", sheet.age.map(|age| age.to_string()));
    fact("Gender", sheet.gender.as_deref().map(in_words));
    fact("Nationality", sheet.nationality.clone());
    let aliases = sheet.aliases.join(", ");
    fact("Other names", (!aliases.is_empty()).then_some(aliases));
    if let Some((name, address)) = &sheet.parent_or_guardian {
        let whole: Vec<&str> = std::iter::once(name.as_str())
            .chain(address.iter().map(String::as_str))
            .collect();
        fact("Parent or guardian", Some(whole.join(", ")));
    }
    facts
}

fn blocks(entry: &RegisterEntry) -> Vec<Block> {
    let (register, sheet) = (&entry.register, &entry.sheet);
    let mut blocks = vec![
        Block::paragraph(NO_AUTHORITY),
        Block::Facts {
            heading: Some("The hearing".to_owned()),
            facts: of_the_hearing(entry),
        },
    ];
    // What a prison looks for first.
    blocks.extend(sheet.next_hearings.iter().map(|next| Block::NextHearing {
        hearing: NextHearing {
            court: next.court.clone(),
            address: next.address.clone(),
            room: next.room.clone(),
            day: next.at.map(Instant::day),
            time: next.at.map(Instant::clock),
            week_commencing: None,
            hearing_type: next.kind.clone(),
            notes: Vec::new(),
        },
    }));
    blocks.push(Block::Facts {
        heading: Some("Who appeared".to_owned()),
        facts: who_appeared(sheet),
    });
    if !register.offences.is_empty() {
        blocks.push(heading("Offences"));
        blocks.push(charges(&register.offences, &sheet.offences));
    }
    blocks.extend(results(
        "About the defendant as a whole",
        &sheet.results_of_defendant,
    ));
    blocks.extend(results("About the case as a whole", &sheet.results_of_case));
    for (application, texts) in register.court_applications.iter().zip(&sheet.applications) {
        let kind = application.kind.as_deref().unwrap_or("Application");
        blocks.push(Block::Facts {
            heading: Some("Application".to_owned()),
            facts: vec![
                Fact::new("Type", kind),
                Fact::new(
                    "Reference",
                    application.reference.as_deref().unwrap_or(NOTHING),
                ),
            ],
        });
        blocks.extend(results("Decision", &texts.results));
        if !application.offences.is_empty() {
            blocks.push(charges(&application.offences, &texts.offences));
        }
    }
    blocks
}

fn of_the_hearing(entry: &RegisterEntry) -> Vec<Fact> {
    let (register, sheet) = (&entry.register, &entry.sheet);
    let hearing = &register.hearing;
    let text = |value: Option<&str>| value.unwrap_or(NOTHING).to_owned();
    let held = register
        .custody_location
        .as_ref()
        .and_then(|place| place.name.as_deref());
    let markers: Vec<&str> = register
        .prosecution_case
        .case_markers
        .iter()
        .filter_map(|marker| marker.description.as_deref())
        .collect();
    let mut facts = vec![
        Fact::new("Type of hearing", text(hearing.hearing_type.as_deref())),
        Fact::new(
            "Court",
            match hearing.jurisdiction.as_deref() {
                Some("MAGISTRATES") => "Magistrates' court".to_owned(),
                Some("CROWN") => "Crown Court".to_owned(),
                other => text(other),
            },
        ),
        Fact::new("Defendant attended", text(sheet.attendance.as_deref())),
        Fact::new("Held before the hearing at", text(held)),
        Fact::new("Custody status of the case", custody(&sheet.custody_after)),
    ];
    let named: Vec<&str> = sheet
        .prisons
        .iter()
        .map(String::as_str)
        .filter(|name| held != Some(*name))
        .collect();
    if !named.is_empty() {
        facts.push(Fact::new("Prison named by a result", named.join(", ")));
    }
    if !markers.is_empty() {
        facts.push(Fact::new("Markers of the case", markers.join(", ")));
    }
    facts
}

/// The codes of bail and custody in words; whatever is none stays as it is.
fn custody(status: &str) -> String {
    match status {
        "A" | "Not Applicable" => "Not applicable",
        "B" => "Conditional bail",
        "C" => "In custody",
        "L" => "In the care of a local authority",
        "P" => "Conditional bail, once its conditions are met before release",
        "R" => "Arrested again after release on bail",
        "S" => "In secure accommodation",
        "U" => "Unconditional bail",
        other => other,
    }
    .to_owned()
}

fn who_appeared(sheet: &RegisterSheet) -> Vec<Fact> {
    let counsel = |all: &[Counsel]| {
        let all: Vec<String> = all
            .iter()
            .map(|one| match &one.status {
                Some(status) => format!("{} ({status})", one.name),
                None => one.name.clone(),
            })
            .collect();
        if all.is_empty() {
            NOTHING.to_owned()
        } else {
            all.join(", ")
        }
    };
    vec![
        Fact::new("Prosecutor", sheet.prosecutor.as_deref().unwrap_or(NOTHING)),
        Fact::new("For the prosecution", counsel(&sheet.prosecution)),
        Fact::new(
            "Solicitors on record",
            sheet.solicitor.as_deref().unwrap_or(NOTHING),
        ),
        Fact::new("For the defence", counsel(&sheet.defence)),
    ]
}

fn heading(text: &str) -> Block {
    Block::Heading {
        text: text.to_owned(),
    }
}

fn results(heading: &str, texts: &[String]) -> Option<Block> {
    (!texts.is_empty()).then(|| Block::Results {
        heading: Some(heading.to_owned()),
        rows: texts.iter().map(|text| printed(text)).collect(),
    })
}

/// A result's text begins with its code and name on a line of their own. Whoever reads the
/// register reads names, and days as people say them; the published text stays as it is.
fn printed(text: &str) -> PrintedResult {
    let (label, rest) = text.split_once('\n').unwrap_or((text, ""));
    PrintedResult {
        label: without_code(label.trim()).to_owned(),
        text: in_plain_words(rest.trim()),
        prompts: Vec::new(),
    }
}

/// `IMP - Imprisonment` without its code.
fn without_code(label: &str) -> &str {
    let code = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    };
    match label.split_once(" - ") {
        Some((first, name)) if code(first) && !name.is_empty() => name,
        _ => label,
    }
}

/// Days such as `07/12/2026` in words, and the units of periods in small letters.
fn in_plain_words(text: &str) -> String {
    let lines = text.lines().map(line_in_plain_words);
    lines.collect::<Vec<_>>().join("\n")
}

fn line_in_plain_words(line: &str) -> String {
    let mut before_is_number = false;
    let word = |word: &str| {
        let whole = word.trim_end_matches(['.', ',', ';', ':', ')']);
        let after = &word[whole.len()..];
        let said = match day_of(whole) {
            Some(day) => day.in_words(),
            None if before_is_number && is_unit(whole) => whole.to_lowercase(),
            None => whole.to_owned(),
        };
        before_is_number = !whole.is_empty() && whole.chars().all(|c| c.is_ascii_digit());
        format!("{said}{after}")
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn day_of(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text.split('/').collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    let fits = |part: &str, length: usize| {
        part.len() == length && part.chars().all(|c| c.is_ascii_digit())
    };
    let whole = fits(day, 2) && fits(month, 2) && fits(year, 4);
    whole.then(|| format!("{year}-{month}-{day}").parse().ok())?
}

fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "Year"
            | "Years"
            | "Month"
            | "Months"
            | "Week"
            | "Weeks"
            | "Day"
            | "Days"
            | "Hour"
            | "Hours"
            | "Minute"
            | "Minutes"
    )
}

fn charges(offences: &[Offence], texts: &[SheetOffence]) -> Block {
    let rows = offences
        .iter()
        .zip(texts)
        .zip(1u32..)
        .map(|((offence, words), number)| ChargeRow {
            number,
            case_reference: None,
            code: offence.code.clone(),
            title: offence.title.clone().unwrap_or_default(),
            wording: offence.wording.clone().unwrap_or_default(),
            legislation: offence.offence_legislation.as_deref().map(one_line),
            plea: offence
                .plea_value
                .as_deref()
                .map(|plea| match offence.plea_date {
                    Some(day) => format!("{}, {}", in_words(plea), day.in_words()),
                    None => in_words(plea),
                }),
            verdict: verdict(offence),
            further: further(offence),
            results: words.results.iter().map(|text| printed(text)).collect(),
        })
        .collect();
    Block::Charges { rows }
}

/// The verdict; who pleaded guilty was found so by no verdict.
fn verdict(offence: &Offence) -> Option<String> {
    let admitted = offence.plea_value.as_deref() == Some("GUILTY");
    let of_guilt = |verdict: &String| verdict.eq_ignore_ascii_case("found guilty");
    let verdict = offence.verdict.clone();
    verdict.filter(|verdict| !(admitted && of_guilt(verdict)))
}

fn further(offence: &Offence) -> Vec<Fact> {
    let day = |day: Option<Day>| day.map(Day::in_words);
    let facts = [
        ("Offence code", offence.code.clone()),
        (
            "Indicated plea",
            offence.indicated_plea_value.as_deref().map(in_words),
        ),
        ("Allocation", offence.allocation_decision.clone()),
        ("Convicted", day(offence.conviction_date)),
    ];
    facts
        .into_iter()
        .filter_map(|(label, value)| Some(Fact::new(label, value?)))
        .collect()
}

/// Without the gaps that the offence tables have within a sentence.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `NOT_GUILTY` as people read it.
fn in_words(word: &str) -> String {
    let lower = word.replace('_', " ").to_lowercase();
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_prints_names_without_codes_and_days_in_words() {
        let result = printed(
            "ORDREV - Order revoked\nThe order of 20/04/2026 was revoked. Prison for 12 Weeks, \
             from 07/12/2026.\nAt 10:30 in Courtroom 1.",
        );
        assert_eq!(result.label, "Order revoked");
        assert_eq!(
            result.text,
            "The order of 20 April 2026 was revoked. Prison for 12 weeks, from 7 December \
             2026.\nAt 10:30 in Courtroom 1."
        );
        for kept in ["Costs - of the day", "Imprisonment", "A - ", "99/99/2026"] {
            assert_eq!(printed(kept).label, kept.trim());
            assert_eq!(in_plain_words(kept), kept);
        }
    }
}
