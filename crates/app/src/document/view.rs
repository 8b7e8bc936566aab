//! A document's finished view: its text filled from the results that it prints,
//! in words, with totals. What is printed here is printed for ever the same.

use super::{
    Ended, Source,
    held::{HeldFor, listed},
    money,
    next_hearing::{next_hearings, phrases},
    welsh::{Half, half, has_both},
};
use crate::Error;
use contract::document::{
    Addressee, ChargeRow, CourtHeading, DefendantHeading, Fact, OrderView, PrintLanguage, Tongue,
};
use documents::text::{Record, Signature, fill, one_line};
use domain::{
    account::Organisation,
    case::Party,
    now::Recipient,
    result::{Licence, licence_after},
    translation::Owed,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use vocabulary::{
    Attendance, Channel, Day, DocumentId, DocumentKind, Instant, Jurisdiction, OrganisationKind,
    fold_name,
};

/// A finished view, with what it lacks in Welsh if it is to be in both languages.
pub(crate) struct Viewed {
    pub(crate) view: OrderView,
    pub(crate) owed: Option<Owed>,
}

/// Makes the view. While anything of its Welsh is missing it is in English, and says that the
/// Welsh follows.
pub(crate) fn view(source: &Source<'_>) -> Result<Viewed, Error> {
    let text = source.app.texts.of(&source.called.name);
    let record = record(source);
    let values = values(source, &record);
    let filled = fill(text, Tongue::English, &values, &record);
    if !filled.missing.is_empty() {
        tracing::warn!(text = %text.file, missing = ?filled.missing, "a document lacks values");
    }
    let charged = &source.defendant.charged;
    let first = addressee(source);
    let copy_for = copies(source);
    let both = in_welsh(source) && has_both(source);
    let half = both.then(|| half(source, &values, &record, &filled));
    let half = half.transpose()?;
    let mut view = OrderView {
        document_id: source.id,
        now_name: source.called.name.clone(),
        title: text.title_of(&values).to_owned(),
        title_welsh: None,
        kind: source.called.kind,
        language: PrintLanguage::English,
        court: court(source),
        ordered_on: source.hearing.starts_at.day(),
        amended_on: source.amends.as_ref().map(|amends| amends.on),
        issued_at: source.at,
        case_references: source.references(),
        legal_adviser: source.legal_adviser.to_owned(),
        addressee: Addressee {
            name: first.map_or_else(|| charged.party.name(), |r| r.name.clone()),
            address: first.map_or_else(
                || charged.address.printed(),
                |first| written_to(first, &source.called.recipients),
            ),
        },
        defendant: defendant(source),
        plain: filled.plain,
        legal: filled.legal,
        welsh_pending: both,
        welsh: None,
        replaces: source.amends.as_ref().and_then(|a| a.replaces.clone()),
        superseded: None,
        copy_for,
        verification_code: verification_code(source),
    };
    let owed = match half {
        Some(Half::Whole(half)) => {
            half.beside(&mut view);
            None
        }
        Some(Half::Lacking(owed)) => Some(*owed),
        None => None,
    };
    Ok(Viewed { view, owed })
}

/// Whether its Welsh stands beside its English: documents, or the hearing itself, were asked for
/// in Welsh, or the court is in Wales (Welsh Language Act 1993 s.22).
fn in_welsh(source: &Source<'_>) -> bool {
    let charged = &source.defendant.charged;
    let ou_code = source.court.and_then(|court| court.ou_code.as_deref());
    let in_wales = ou_code.is_some_and(|code| source.app.catalogue.in_wales(code));
    in_wales || charged.documents_in_welsh || charged.hearing_in_welsh
}

/// To whom the document is addressed: the first who must act on it. The case file is nobody,
/// and the escort hands it over with the person to whoever it is for (decision 0053). A witness
/// is addressed though nothing goes to them from here: who asked for them serves it.
fn addressee<'a>(source: &'a Source<'_>) -> Option<&'a Recipient> {
    addressed(&source.called.recipients)
}

fn addressed(recipients: &[Recipient]) -> Option<&Recipient> {
    let somebody = || recipients.iter().filter(|own| own.party != "CaseFile");
    somebody()
        .find(|own| own.organisation_kind != Some(OrganisationKind::Escort))
        .or_else(|| somebody().next())
        .or_else(|| recipients.first())
}

/// Where the addressee is written to. Who is only named on what goes to others is not: they need
/// not know where a witness lives.
fn written_to(first: &Recipient, all: &[Recipient]) -> Vec<String> {
    let goes_out = |own: &Recipient| own.channel != Channel::FileOnly;
    if !goes_out(first) && all.iter().any(goes_out) {
        Vec::new()
    } else {
        first.address.clone()
    }
}

/// Everybody who gets a copy, nobody twice.
fn copies(source: &Source<'_>) -> String {
    named_once(&source.called.recipients)
}

fn named_once(recipients: &[Recipient]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for recipient in recipients {
        let folded = fold_name(&recipient.name);
        if names.iter().all(|name| fold_name(name) != folded) {
            names.push(&recipient.name);
        }
    }
    names.join("; ")
}

/// A short code from the document's id and day: the court can confirm it.
fn verification_code(source: &Source<'_>) -> String {
    code_of(source.id, source.at)
}

/// The same for any document.
pub(crate) fn code_of(id: DocumentId, at: Instant) -> String {
    let digest = Sha256::digest(format!("{id}/{at}"));
    let code = hex::encode_upper(&digest[..6]);
    format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..])
}

fn court(source: &Source<'_>) -> CourtHeading {
    let organisation = source.court;
    CourtHeading {
        name: source.hearing.court_name.clone(),
        name_welsh: None,
        address: organisation
            .map(|o| o.address.printed())
            .unwrap_or_default(),
        local_justice_area: organisation.and_then(|o| o.court.as_ref()?.local_justice_area.clone()),
    }
}

fn defendant(source: &Source<'_>) -> DefendantHeading {
    let charged = &source.defendant.charged;
    let mut further = Vec::new();
    if let Party::Person {
        nationality,
        driver_number,
        national_insurance_number,
        ethnicity,
        observed_ethnicity,
        ..
    } = &charged.party
    {
        let known = &source.app.catalogue.nationalities;
        let nationality = nationality.as_ref().map(|code| match known.get(code) {
            Some(named) => format!("{named} ({code})"),
            None => code.clone(),
        });
        let words = &source.app.catalogue.list_words;
        let word = |list: &str, code: &str| {
            let mut known = words.iter().filter(|own| own.list == list);
            let known = known.find(|own| own.code.eq_ignore_ascii_case(code));
            known.map_or_else(|| code.to_owned(), |own| own.label.clone())
        };
        let ethnicity = ethnicity
            .as_ref()
            .map(|code| word("selfDefinedEthnicity", code));
        let observed = observed_ethnicity.map(|seen| word("observedEthnicity", &seen.to_string()));
        for (flag, label, value) in [
            ("Nationality", "Nationality", &nationality),
            ("DefendantEthnicity", "Ethnicity, as stated", &ethnicity),
            ("DefendantEthnicity", "Ethnicity, as observed", &observed),
            ("DriverNumber", "Driver number", driver_number),
            (
                "DefendantNINO",
                "National Insurance number",
                national_insurance_number,
            ),
        ] {
            if let Some(value) = value.as_ref().filter(|_| source.includes(flag)) {
                further.push(Fact::new(label, value.clone()));
            }
        }
    }
    if let Party::Person { gender, .. } = &charged.party
        && source.includes("DefendantGender")
    {
        match gender {
            1 => further.push(Fact::new("Gender", "Male")),
            2 => further.push(Fact::new("Gender", "Female")),
            _ => {}
        }
    }
    let telephone = ["DefendantMobileNumber", "DefendantLandlineNumber"];
    if let Some(number) = &charged.telephone
        && telephone.iter().any(|flag| source.includes(flag))
    {
        further.push(Fact::new("Telephone", number.clone()));
    }
    let mut markers: Vec<&str> = Vec::new();
    for marker in source.parties().flat_map(|(case, _)| &case.markers) {
        if !markers.contains(&marker.as_str()) {
            markers.push(marker);
        }
    }
    if source.includes("CaseMarkers") && !markers.is_empty() {
        further.push(Fact::new("Case markers", markers.join("; ")));
    }
    if let Some(pnc) = charged.pnc_id.as_ref().filter(|_| source.includes("PNCID")) {
        further.push(Fact::new("PNC ID", pnc.clone()));
    }
    let private = goes_to_somebody_else(source);
    // Agencies know a defendant by this number; of documents, the definition says which show it.
    let numbered = source.includes("DefendantASN") || source.called.kind == DocumentKind::Edt;
    DefendantHeading {
        name: charged.party.name(),
        date_of_birth: charged.party.date_of_birth().filter(|_| !private),
        // A protected person's copy does not show where the defendant lives, nor the other way round.
        address: if private {
            Vec::new()
        } else {
            charged.address.printed()
        },
        asn: charged.asn.clone().filter(|_| numbered),
        further,
    }
}

/// Whether the defendant gets no copy like this one: then "you" is somebody else. Their solicitors
/// read what is made for them.
fn for_others(source: &Source<'_>) -> bool {
    let mut recipients = source.called.recipients.iter();
    !recipients.any(|own| own.party == "Defendant")
}

/// Whether a private person other than the defendant gets this document.
fn goes_to_somebody_else(source: &Source<'_>) -> bool {
    source.called.recipients.iter().any(|r| {
        r.organisation_kind.is_none()
            && r.organisation.is_none()
            && !matches!(
                r.party.as_str(),
                "Defendant"
                    | "ParentGuardian"
                    | "CaseFile"
                    | "Fixed"
                    | "hospital"
                    | "nameOfLocalAuthority"
                    // Who records a licence or executes a warrant must know of whom it is.
                    | "localauthoritynameandaddress"
                    | "warrantExecutionAllocatedTo"
            )
    })
}

fn record(source: &Source<'_>) -> Record {
    let several = !source.beside.is_empty();
    let charges = source
        .offences()
        .map(|(case, offence)| {
            let charged = &offence.charged;
            let mut further = Vec::new();
            if let Some(day) = source.convicted_on(offence) {
                further.push(Fact::new("Convicted on", day.in_words()));
            }
            if let Some(code) = charged
                .dvla_code
                .as_ref()
                .filter(|_| source.includes("DVLAOffenceCode"))
            {
                further.push(Fact::new("Endorsement code", code.clone()));
            }
            if let Some(mark) = &charged.vehicle_registration
                && source.includes("VehicleRegistration")
            {
                further.push(Fact::new("Vehicle", mark.clone()));
            }
            ChargeRow {
                number: charged.number,
                case_reference: several.then(|| case.urn.to_string()),
                code: Some(charged.code.clone()),
                title: charged.title.clone(),
                wording: charged.wording.clone(),
                legislation: Some(charged.legislation.clone()).filter(|text| !text.is_empty()),
                plea: offence.plea.as_ref().map(|plea| plea.label.clone()),
                verdict: offence.verdict.as_ref().map(domain::case::Verdict::named),
                further,
                results: source
                    .shown(Some(charged.id))
                    .into_iter()
                    .map(|own| source.told(own))
                    .collect(),
            }
        })
        .collect();
    Record {
        blocks: Vec::new(),
        charges,
        results: {
            let shown = source.shown(None).into_iter();
            shown.map(|own| source.told(own)).collect()
        },
        money: money::table(source),
        next_hearings: next_hearings(source.printed()),
        signature: Some(Signature {
            name: source.legal_adviser.to_owned(),
            office: match source.hearing.jurisdiction {
                Jurisdiction::Magistrates => "Legal adviser, by order of the court",
                Jurisdiction::Crown => "Officer of the Crown Court, by order of the court",
            }
            .to_owned(),
            on: source
                .amends
                .as_ref()
                .map_or_else(|| source.hearing.starts_at.day(), |amends| amends.on),
            lines: vec![source.hearing.court_name.clone()],
        }),
    }
}

/// The values of a text's parameters: standard ones, then every answered prompt
/// of the printed results, then which results there are.
fn values(source: &Source<'_>, record: &Record) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for result in source.printed() {
        values.insert(format!("result.{}", result.code), "yes".to_owned());
        let ticks = |value: &str| {
            if value.is_empty() {
                "yes".to_owned()
            } else {
                value.to_owned()
            }
        };
        let answers = result
            .prompts
            .iter()
            .map(|prompt| (prompt.reference.clone(), ticks(&prompt.value)));
        let own: BTreeMap<String, String> = answers.collect();
        let parts = result
            .answers
            .iter()
            .filter(|(reference, _)| !own.contains_key(*reference));
        for (reference, value) in own.iter().chain(parts) {
            let kept = values.entry(reference.clone()).or_default();
            if kept.is_empty() {
                kept.clone_from(value);
            } else if !kept.split("; ").any(|one| one == value) {
                kept.push_str("; ");
                kept.push_str(value);
            }
        }
    }
    for (name, group) in [
        ("bailConditions", "Bail conditions"),
        ("communityRequirements", "Community Requirement"),
    ] {
        let lines: Vec<String> = source
            .printed()
            .filter(|result| result.groups.iter().any(|own| own == group))
            .map(|result| one_line(&source.told(result)))
            .collect();
        values.insert(name.to_owned(), lines.join("\n"));
    }
    // Of several offences the limit that expires first is the one that lets somebody out.
    let of_theirs = source.results.iter().filter(|own| source.is_theirs(own));
    let limits = of_theirs.filter_map(|result| {
        let day = result.answers.get("CTLDATE")?;
        let mut prompts = result.prompts.iter();
        let printed = prompts.find(|prompt| prompt.reference == "CTLDATE")?;
        Some((day, printed.value.clone()))
    });
    if let Some((_, limit)) = limits.min() {
        values.insert("custodyTimeLimit".to_owned(), limit);
    }
    let held = HeldFor::of(source);
    if !held.care.is_empty() {
        values.insert("inCare".to_owned(), "yes".to_owned());
    }
    if held.is_mixed() {
        for (name, of) in [("careFor", &held.care), ("custodyFor", &held.custody)] {
            let listed = listed(source, of, |own| own.title.clone());
            values.insert(name.to_owned(), listed);
        }
    }
    values.extend(standard(source, record));
    values
}

/// An organisation with where it is reached, on one line.
fn reached(organisation: &Organisation) -> String {
    let mut parts = vec![organisation.name.clone()];
    parts.extend(organisation.address.printed());
    parts.extend(organisation.email.clone());
    parts.join(", ")
}

fn standard(source: &Source<'_>, record: &Record) -> Vec<(String, String)> {
    let charged = &source.defendant.charged;
    let yes = |holds: bool| {
        if holds {
            "yes".to_owned()
        } else {
            String::new()
        }
    };
    let list = |items: Vec<&str>| items.join(", ");
    let hearing = source.hearing;
    let today = hearing.starts_at.day();
    let born = charged.party.date_of_birth();
    let next = record.next_hearings.first();
    let next_day = next.and_then(|n| n.day).map(vocabulary::Day::in_words);
    let next_time = next.and_then(|n| n.time.clone()).unwrap_or_default();
    let mut theirs = source.results.iter().filter(|own| source.is_theirs(own));
    let custody = theirs.any(|r| {
        domain::case::in_custody(r.post_hearing_custody_status)
            || r.answers.keys().any(|key| key.starts_with("prison"))
    });
    let court_address = source
        .court
        .map(|o| o.address.printed().join(", "))
        .unwrap_or_default();
    let amended = source.amends.as_ref().map(|amends| amends.on);
    let ended = source.amends.as_ref().and_then(|a| a.ended.as_ref());
    let text_of = |of: fn(&Ended) -> String| ended.map(of).unwrap_or_default();
    let first = addressee(source);
    let licence = licence_after(source.printed(), today);
    let total = record
        .money
        .as_ref()
        .map(|m| m.total.to_string())
        .unwrap_or_default();
    [
        (
            "addresseeName",
            first.map(|r| r.name.clone()).unwrap_or_default(),
        ),
        (
            "amendedDate",
            amended.map(Day::in_words).unwrap_or_default(),
        ),
        (
            "amendmentReason",
            text_of(|e| e.reason.in_words().to_owned()),
        ),
        ("caseReferences", source.references().join(", ")),
        ("courtAddress", court_address),
        ("courtName", hearing.court_name.clone()),
        (
            "crownCourt",
            yes(hearing.jurisdiction == Jurisdiction::Crown),
        ),
        ("defendantAddress", charged.address.printed().join(", ")),
        (
            "defendantDateOfBirth",
            born.map(vocabulary::Day::in_words).unwrap_or_default(),
        ),
        ("defendantName", charged.party.name()),
        ("endedDocument", text_of(|e| e.name.clone())),
        ("endedDocumentDate", text_of(|e| e.issued_on.in_words())),
        ("endedDocumentId", text_of(|e| e.document_id.to_string())),
        (
            "finesOffice",
            source.fines_office.map(reached).unwrap_or_default(),
        ),
        ("forOthers", yes(for_others(source))),
        ("inCustody", yes(custody)),
        ("legalAdviser", source.legal_adviser.to_owned()),
        ("licenceEnds", yes(licence == Some(Licence::Ends))),
        ("licenceRevives", yes(licence == Some(Licence::Revives))),
        (
            "localJusticeArea",
            source
                .court
                .and_then(|o| o.court.as_ref()?.local_justice_area.clone())
                .unwrap_or_default(),
        ),
        (
            "magistratesCourt",
            yes(hearing.jurisdiction == Jurisdiction::Magistrates),
        ),
        (
            "nextHearing",
            phrases(&record.next_hearings, Tongue::English),
        ),
        (
            "nextHearingCourt",
            next.map(|n| n.court.clone()).unwrap_or_default(),
        ),
        ("nextHearingDate", next_day.unwrap_or_default()),
        ("nextHearingTime", next_time),
        (
            "offenceTitles",
            list(record.charges.iter().map(|c| c.title.as_str()).collect()),
        ),
        ("orderDate", today.in_words()),
        (
            "organisation",
            yes(matches!(charged.party, Party::Organisation { .. })),
        ),
        ("paymentTerms", money::terms(source).join(" ")),
        ("prosecutorName", source.case.prosecutor.name.clone()),
        (
            "resultSummary",
            list(source.printed().map(|r| r.label.as_str()).collect()),
        ),
        (
            "seenByVideo",
            yes(hearing.attendance_of(charged.id) == Some(Attendance::ByVideo)),
        ),
        ("totalToPay", total),
        ("waysToPay", money::ways_to_pay(source, Tongue::English)),
        (
            "youth",
            yes(born.is_some_and(|born| born.is_under_18_on(today))),
        ),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipient(party: &str, name: &str, channel: Channel) -> Recipient {
        Recipient {
            subscription: party.to_owned(),
            party: party.to_owned(),
            organisation_kind: None,
            organisation: None,
            name: name.to_owned(),
            address: vec!["3 Quay Street".to_owned()],
            email: None,
            channel,
            acknowledgement_required: false,
            split_key: None,
            user_groups: std::collections::BTreeSet::new(),
        }
    }

    #[test]
    fn a_witness_is_addressed_before_who_looks_after_them_and_named_once() {
        let all = [
            recipient("CaseFile", "Case file", Channel::FileOnly),
            recipient("witnessName", "Morwen Pryce", Channel::FileOnly),
            recipient(
                "parentOfWitnessNameAndAddress",
                "morwen pryce",
                Channel::FileOnly,
            ),
            recipient("WitnessCare", "Marches Witness Care Unit", Channel::Inbox),
        ];
        let first = addressed(&all).expect("somebody");
        assert_eq!(first.name, "Morwen Pryce");
        assert!(written_to(first, &all).is_empty());
        assert_eq!(written_to(first, &all[..3]), ["3 Quay Street"]);
        assert_eq!(
            named_once(&all),
            "Case file; Morwen Pryce; Marches Witness Care Unit"
        );
        assert_eq!(written_to(&all[3], &all), ["3 Quay Street"]);
    }

    #[test]
    fn the_escort_is_addressed_only_where_nobody_else_is() {
        let mut escort = recipient("escort", "Northway Escort Services", Channel::Inbox);
        escort.organisation_kind = Some(OrganisationKind::Escort);
        let prison = recipient("prison", "HMP Fallowdene", Channel::Inbox);
        let both = [escort.clone(), prison.clone()];
        assert_eq!(addressed(&both), Some(&prison));
        assert_eq!(addressed(std::slice::from_ref(&escort)), Some(&escort));
    }
}
