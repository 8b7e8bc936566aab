//! A hearing that is kept here, in the form of the published hearing-resulted event, as
//! far as the register reads it. It decides nothing: which register is called for and what
//! stands in it are the domain's. A person is known here in each of their cases alone, so
//! the defendant is their own master.

use super::shared::Sharing;
use crate::{App, case::present, hearing};
use domain::{
    account::Organisation,
    case::{Address, Case, DefendantState, OffenceState, Party, PersonName, in_custody},
    result::{FieldKind, JudicialPrompt, JudicialResult, Level, Printed},
};
use serde_json::{Value, json};
use vocabulary::{BailStatus, Jurisdiction, fold_name};

/// The prompt by which the register's rules know a prison.
const PRISON: &str = "prisonOrganisationName";
/// The same where the catalogue's source has no reference: a prison by its name alone.
const PRISON_BY_NAME: &str = "prison";

pub(super) struct Kept<'a> {
    pub(super) app: &'a App,
    pub(super) sharing: &'a Sharing<'a>,
}

impl Kept<'_> {
    pub(super) fn published(&self) -> Value {
        let hearing = self.sharing.hearing;
        let day = hearing.starts_at.day().to_string();
        let attendance: Vec<Value> = hearing
            .attendance
            .iter()
            .map(|(defendant, how)| {
                json!({
                    "defendantId": defendant.0,
                    "attendanceDays": [{"day": day, "attendanceType": how.as_str()}],
                })
            })
            .collect();
        let of_defendants: Vec<Value> = self
            .sharing
            .results
            .iter()
            .filter(|result| self.level(result) == Level::Defendant)
            .map(|result| {
                json!({
                    "masterDefendantId": result.defendant.0,
                    "judicialResult": self.result(result),
                })
            })
            .collect();
        let cases: Vec<Value> = self.sharing.cases.iter().map(|c| self.case(c)).collect();
        json!({
            "sharedTime": self.sharing.at,
            "hearing": {
                "id": hearing.id.0,
                "type": {"description": hearing.kind},
                "jurisdictionType": match hearing.jurisdiction {
                    Jurisdiction::Magistrates => "MAGISTRATES",
                    Jurisdiction::Crown => "CROWN",
                },
                "courtCentre": self.court(),
                "hearingDays": [{"sittingDay": day}],
                "defendantAttendance": attendance,
                "defendantJudicialResults": of_defendants,
                "prosecutionCases": cases,
            },
        })
    }

    fn court(&self) -> Value {
        let hearing = self.sharing.hearing;
        let house = self
            .sharing
            .organisations
            .iter()
            .find(|own| own.court.as_ref().is_some_and(|c| c.id == hearing.court_id));
        let mut court = house.map_or_else(|| json!({}), |house| self.house(house));
        court["id"] = json!(hearing.court_id.0);
        court["name"] = json!(hearing.court_name);
        court["roomName"] = json!(hearing.courtroom_name);
        court
    }

    fn house(&self, house: &Organisation) -> Value {
        let court = house.court.as_ref();
        let code = house.ou_code.as_deref();
        json!({
            "id": court.map(|court| court.id.0),
            "code": code,
            "name": house.name,
            "lja": {"ljaName": court.and_then(|court| court.local_justice_area.as_deref())},
            "welshCourtCentre": code.is_some_and(|code| self.app.catalogue.in_wales(code)),
            "address": address(&house.address),
        })
    }

    fn case(&self, case: &Case) -> Value {
        let defendants: Vec<Value> = case
            .defendants
            .iter()
            .filter(|own| {
                let mut parties = self.sharing.hearing.parties.iter();
                parties.any(|party| party.defendant_id == own.charged.id)
            })
            // A prison is told nothing of somebody whose results all wait.
            .filter(|own| {
                let id = own.charged.id;
                let mut left_out = self.sharing.left_out.iter();
                let mut results = self.sharing.results.iter();
                results.any(|result| result.defendant == id)
                    || left_out.all(|target| target.defendant != id)
            })
            .map(|own| self.defendant(case, own))
            .collect();
        let markers = case.markers.iter();
        json!({
            "id": case.id.0,
            "prosecutionCaseIdentifier": {
                "caseURN": case.urn.as_str(),
                "prosecutionAuthorityName": case.prosecutor.name,
            },
            "prosecutor": {"prosecutorName": case.prosecutor.name},
            "caseMarkers": markers
                .map(|marker| json!({"markerTypeDescription": marker}))
                .collect::<Vec<_>>(),
            "defendants": defendants,
        })
    }

    fn defendant(&self, case: &Case, own: &DefendantState) -> Value {
        let charged = &own.charged;
        let results = self.sharing.results.iter();
        let of_case: Vec<Value> = results
            .filter(|result| result.defendant == charged.id && self.level(result) == Level::Case)
            .map(|result| self.result(result))
            .collect();
        let offences: Vec<Value> = own.offences.iter().map(|o| self.offence(own, o)).collect();
        let mut defendant = json!({
            "id": charged.id.0,
            "masterDefendantId": charged.id.0,
            "defendantCaseJudicialResults": of_case,
            "offences": offences,
            "associatedDefenceOrganisation": own.represented_by.as_ref().map(|firm| {
                json!({"defenceOrganisation": {"organisation": {"name": firm.name}}})
            }),
        });
        // A body has no person in it, and no register.
        if let Party::Person {
            aliases,
            parent_guardian,
            ..
        } = &charged.party
        {
            defendant["aliases"] = aliases.iter().map(named).collect();
            defendant["associatedPersons"] = parent_guardian
                .iter()
                .map(|parent| {
                    json!({
                        "role": "ParentGuardian",
                        "person": {
                            "lastName": parent.name,
                            "address": address(&parent.address),
                        },
                    })
                })
                .collect();
            defendant["personDefendant"] = json!({
                "arrestSummonsNumber": charged.asn,
                "custodialEstablishment": self.held(case, own),
                "personDetails": self.person(own),
            });
        }
        defendant
    }

    fn person(&self, own: &DefendantState) -> Value {
        let Party::Person {
            name,
            date_of_birth,
            gender,
            nationality,
            ..
        } = &own.charged.party
        else {
            return Value::Null;
        };
        let known = &self.app.catalogue.nationalities;
        let mut person = named(name);
        person["dateOfBirth"] = json!(date_of_birth);
        person["gender"] = json!(match gender {
            1 => "MALE",
            2 => "FEMALE",
            9 => "NOT_SPECIFIED",
            _ => "NOT_KNOWN",
        });
        person["nationalityDescription"] = json!(
            nationality
                .as_ref()
                .map(|code| known.get(code).unwrap_or(code))
        );
        person["address"] = address(&own.charged.address);
        person
    }

    /// Where they were held when the hearing began. Before the first remand by a court,
    /// custody is at a police station.
    fn held(&self, case: &Case, own: &DefendantState) -> Value {
        if let Some(name) = present::held_at(own).filter(|_| in_custody(own.bail)) {
            return json!({"custody": "Prison", "name": name});
        }
        let first = case.hearings.first() == Some(&self.sharing.hearing.id);
        if own.bail == BailStatus::Custody && first {
            return json!({"custody": "Police Station"});
        }
        Value::Null
    }

    fn offence(&self, own: &DefendantState, offence: &OffenceState) -> Value {
        let charged = &offence.charged;
        let results: Vec<&JudicialResult> = self
            .sharing
            .results
            .iter()
            .filter(|result| {
                result.defendant == own.charged.id
                    && result.offence == Some(charged.id)
                    && self.level(result) == Level::Offence
            })
            .collect();
        let today = self.sharing.hearing.starts_at.day();
        let convicted = results.iter().any(|result| result.convicted);
        let before = offence.convicted_beside(results.iter().copied());
        let plea = offence.plea.as_ref();
        let verdict = offence.verdict.as_ref();
        json!({
            "offenceCode": charged.code,
            "offenceTitle": charged.title,
            "wording": charged.wording,
            "startDate": charged.committed_from,
            "endDate": charged.committed_to,
            "listingNumber": charged.number,
            "convictionDate": before.or(convicted.then_some(today)),
            "plea": plea.map(|plea| json!({"pleaValue": plea.value, "pleaDate": plea.day})),
            "verdict": verdict.map(|own| json!({"verdictType": {"description": own.named()}})),
            "offenceLegislation": charged.legislation,
            "judicialResults": results.iter().map(|r| self.result(r)).collect::<Vec<_>>(),
        })
    }

    /// Where a result stands. One on no offence is the defendant's.
    fn level(&self, result: &JudicialResult) -> Level {
        match (result.level, result.offence) {
            (Level::Offence, None) => Level::Defendant,
            (level, _) => level,
        }
    }

    /// The results under another whose answers the event gives with it: so the prison that
    /// the whole term names stands with each sentence that is part of it.
    fn rolled_up<'r>(&'r self, result: &JudicialResult) -> Vec<&'r JudicialResult> {
        let mut found: Vec<&JudicialResult> = Vec::new();
        let mut parents = vec![result.line];
        while let Some(parent) = parents.pop() {
            let under = self.sharing.results.iter().filter(|own| {
                let definition = self.app.catalogue.results.definition(own.definition);
                own.parent == Some(parent)
                    && definition.is_some_and(|definition| definition.roll_up_prompts)
            });
            for own in under {
                if !found.iter().any(|known| known.line == own.line) {
                    found.push(own);
                    parents.push(own.line);
                }
            }
        }
        found
    }

    fn result<'r>(&'r self, result: &'r JudicialResult) -> Value {
        // What the source keeps for some user groups is on nobody's copy that is not theirs;
        // prisons are none of them (`now_user_groups.csv`).
        let own = |result: &'r JudicialResult| {
            let prompts = result.prompts.iter();
            prompts
                .filter(|prompt| prompt.only_for.is_empty())
                .map(move |prompt| (result, prompt))
        };
        let prompts: Vec<(&JudicialResult, &JudicialPrompt)> = own(result)
            .chain(self.rolled_up(result).into_iter().flat_map(own))
            .collect();
        let mut text = format!("{} - {}", result.code, result.label);
        for (_, prompt) in &prompts {
            text.push('\n');
            text.push_str(&prompt.label);
            if !prompt.value.is_empty() {
                text.push_str(": ");
                text.push_str(&prompt.value);
            }
        }
        let prompts = prompts
            .into_iter()
            .flat_map(|(of, own)| self.prompt(of, own));
        let definition = self.app.catalogue.results.definition(result.definition);
        json!({
            "publishedForNows": definition.is_some_and(|own| own.published_for_nows),
            "cjsCode": result.cjs_code,
            "judicialResultTypeId": result.definition.0,
            "label": result.label,
            "resultText": text,
            "postHearingCustodyStatus": result.post_hearing_custody_status.as_str(),
            "judicialResultPrompts": prompts.collect::<Vec<_>>(),
            "nextHearing": self.next_hearing(result),
        })
    }

    /// A name and address is one question here and several prompts in the event.
    fn prompt(&self, result: &JudicialResult, own: &JudicialPrompt) -> Vec<Value> {
        let one = |reference: &str, label: &str, value: &str| json!({"promptReference": reference, "label": label, "value": value});
        let definition = self.app.catalogue.results.definition(result.definition);
        let field = definition.and_then(|definition| definition.field(&own.reference));
        if let Some(field) = field
            && let FieldKind::NameAddress { parts } = &field.kind
        {
            return parts
                .iter()
                .filter(|part| field.printed == Printed::Whole || part.is_name())
                .filter_map(|part| {
                    let answer = result.answers.get(&part.reference)?;
                    (!answer.trim().is_empty())
                        .then(|| one(&part.reference, &part.label, answer.trim()))
                })
                .collect();
        }
        let reference = match own.reference.as_str() {
            PRISON_BY_NAME => PRISON,
            other => other,
        };
        vec![one(reference, &own.label, &own.value)]
    }

    fn next_hearing(&self, result: &JudicialResult) -> Value {
        let Some(next) = &result.next_hearing else {
            return Value::Null;
        };
        let starts_at = hearing::starts_at(next);
        let listed = self.sharing.listed.iter().find(|one| {
            Some(one.starts_at) == starts_at && one.defendants.contains(&result.defendant)
        });
        let name = fold_name(&next.court);
        let house = self
            .sharing
            .organisations
            .iter()
            .find(|own| own.court.is_some() && fold_name(&own.name) == name);
        let mut court = house.map_or_else(
            || {
                let lines = Address {
                    lines: next.address.clone(),
                    postcode: None,
                };
                json!({"name": next.court, "address": address(&lines)})
            },
            |house| self.house(house),
        );
        court["roomName"] = json!(next.courtroom);
        json!({
            "bookingReference": listed.map(|one| one.hearing_id.0),
            "listedStartDateTime": starts_at,
            "type": {"description": next.hearing_type},
            "courtCentre": court,
        })
    }
}

fn named(name: &PersonName) -> Value {
    let middle = name.forenames.get(1..).unwrap_or_default().join(" ");
    json!({
        "title": name.title,
        "firstName": name.forenames.first(),
        "middleName": Some(middle).filter(|middle| !middle.is_empty()),
        "lastName": name.surname,
    })
}

fn address(own: &Address) -> Value {
    let mut address = json!({"postcode": own.postcode});
    for (number, line) in own.lines.iter().enumerate().take(5) {
        address[format!("address{}", number + 1)] = json!(line);
    }
    address
}
