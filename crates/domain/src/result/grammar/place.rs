//! A name and address as somebody types it in one breath: `Imogen Farrow, 7
//! Orchard Way, Ashmere, AM6 3PL`. The name comes first; a post code is known
//! by its shape; the rest are the lines of the address.

use crate::result::Part;
use std::collections::BTreeMap;
use vocabulary::fold_name;

const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame"];

/// The answers of the parts; `None` if nothing of it can be placed.
pub(super) fn read(parts: &[Part], typed: &str) -> Option<BTreeMap<String, String>> {
    let mut said: Vec<&str> = typed
        .split([',', '\n'])
        .map(str::trim)
        .filter(|own| !own.is_empty())
        .collect();
    let of = |kind: &str| {
        parts
            .iter()
            .find(|part| part.part == kind && !part.hidden)
            .map(|part| part.reference.clone())
    };
    let mut answers = BTreeMap::new();
    if parts.iter().any(Part::is_name) && !said.is_empty() {
        name(said.remove(0), &of, &mut answers)?;
    }
    if said.last().is_some_and(|last| is_post_code(last))
        && let Some(reference) = of("PostCode")
    {
        answers.insert(reference, said.pop()?.to_uppercase());
    }
    let lines: Vec<String> = (1..=5)
        .filter_map(|number| of(&format!("AddressLine{number}")))
        .collect();
    for (at, line) in said.iter().enumerate() {
        // More lines than the order has stand together on the last.
        let reference = lines.get(at).or_else(|| lines.last())?;
        let all: &mut String = answers.entry(reference.clone()).or_default();
        if !all.is_empty() {
            all.push_str(", ");
        }
        all.push_str(line);
    }
    (!answers.is_empty()).then_some(answers)
}

fn name(
    said: &str,
    of: &dyn Fn(&str) -> Option<String>,
    answers: &mut BTreeMap<String, String>,
) -> Option<()> {
    let mut words: Vec<&str> = said.split_whitespace().collect();
    let title = words
        .first()
        .is_some_and(|word| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str()));
    let (organisation, last) = (of("OrganisationName"), of("LastName"));
    let person = last.is_some() && (title || organisation.is_none() || person_like(&words));
    if !person {
        answers.insert(organisation?, said.to_owned());
        return Some(());
    }
    if title && let Some(reference) = of("Title") {
        answers.insert(reference, words.remove(0).to_owned());
    }
    answers.insert(last?, words.pop()?.to_owned());
    let first = of("FirstName");
    if let Some(reference) = first.filter(|_| !words.is_empty()) {
        answers.insert(reference, words.join(" "));
    }
    Some(())
}

/// Two or three words of letters, none of which only a body bears.
fn person_like(words: &[&str]) -> bool {
    const BODIES: [&str; 18] = [
        "ltd",
        "limited",
        "plc",
        "llp",
        "council",
        "services",
        "company",
        "trust",
        "association",
        "agency",
        "office",
        "stores",
        "society",
        "school",
        "college",
        "hospital",
        "police",
        "bank",
    ];
    (2..=3).contains(&words.len())
        && words.iter().all(|word| {
            // Folded, so that a letter with its mark beside it is a letter.
            let letters = fold_name(&word.replace('.', ""));
            let named = letters.chars().all(|c| c.is_alphabetic() || c == ' ');
            named && !letters.is_empty() && !BODIES.contains(&letters.as_str())
        })
}

/// `AM6 3PL`: letters and digits in the shape of a British post code.
fn is_post_code(typed: &str) -> bool {
    let Some((out, inward)) = typed.trim().split_once(' ') else {
        return false;
    };
    let inward: Vec<char> = inward.trim().chars().collect();
    let out: Vec<char> = out.chars().collect();
    inward.len() == 3
        && inward[0].is_ascii_digit()
        && inward[1..].iter().all(char::is_ascii_alphabetic)
        && (2..=4).contains(&out.len())
        && out[0].is_ascii_alphabetic()
        && out.iter().all(char::is_ascii_alphanumeric)
        && out.iter().any(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(kinds: &[&str]) -> Vec<Part> {
        kinds
            .iter()
            .map(|kind| Part {
                reference: (*kind).to_owned(),
                label: (*kind).to_owned(),
                part: (*kind).to_owned(),
                required: false,
                hidden: false,
            })
            .collect()
    }

    const ADDRESS: [&str; 3] = ["AddressLine1", "AddressLine2", "PostCode"];

    #[test]
    fn a_person_is_named_first_and_last() {
        let mut kinds = vec!["OrganisationName", "Title", "FirstName", "LastName"];
        kinds.extend(ADDRESS);
        let read = read(
            &parts(&kinds),
            "Ms Imogen Farrow, 7 Orchard Way, Ashmere, am6 3pl",
        )
        .unwrap();
        let given: Vec<_> = read.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(
            given,
            [
                "AddressLine1=7 Orchard Way",
                "AddressLine2=Ashmere",
                "FirstName=Imogen",
                "LastName=Farrow",
                "PostCode=AM6 3PL",
                "Title=Ms"
            ]
        );
    }

    #[test]
    fn a_person_is_a_person_in_any_script_and_however_marks_are_written() {
        let kinds = ["OrganisationName", "FirstName", "LastName", "AddressLine1"];
        for (first, last) in [
            ("Jose\u{301}", "Nun\u{303}ez"),
            ("Jos\u{e9}", "Nu\u{f1}ez"),
            ("O\u{323}la\u{301}", "Ade\u{301}bayo\u{300}"),
            (
                "\u{645}\u{62d}\u{645}\u{651}\u{64e}\u{62f}",
                "\u{627}\u{644}\u{623}\u{62d}\u{645}\u{62f}",
            ),
            ("Siobhan", "O'Connor-Wren"),
        ] {
            let read = read(&parts(&kinds), &format!("{first} {last}, 7 Orchard Way")).unwrap();
            assert_eq!(read.get("FirstName").map(String::as_str), Some(first));
            assert_eq!(read.get("LastName").map(String::as_str), Some(last));
            assert!(!read.contains_key("OrganisationName"), "{read:?}");
        }
        let read = read(&parts(&kinds), "Unit 4, 7 Orchard Way").unwrap();
        assert_eq!(read["OrganisationName"], "Unit 4");
    }

    #[test]
    fn a_body_is_named_as_a_whole_and_more_lines_than_fit_stay_together() {
        let mut kinds = vec!["OrganisationName"];
        kinds.extend(ADDRESS);
        let read = read(
            &parts(&kinds),
            "Quill Stores Ltd, Unit 4, Canal Wharf, Ashmere",
        )
        .unwrap();
        assert_eq!(read["OrganisationName"], "Quill Stores Ltd");
        assert_eq!(read["AddressLine2"], "Canal Wharf, Ashmere");
        assert!(!read.contains_key("PostCode"));
    }

    #[test]
    fn an_address_without_a_place_for_it_is_not_read() {
        assert_eq!(
            read(&parts(&["OrganisationName"]), "Quill Stores, Ashmere"),
            None
        );
        assert_eq!(read(&parts(&ADDRESS), ""), None);
    }
}
