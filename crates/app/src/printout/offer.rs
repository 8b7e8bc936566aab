//! Which printouts a person may have: of a court's day, and of a case. The screen
//! offers these and nothing else; whoever asks for one is asked again.

use super::{list, memorandum, receipt, register};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::{sight, veil::CasesOf},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    printout::{CasePrintouts, CourtChoice, CourtPrintouts, OfCase, OfCourt, Offered, RoomChoice},
};
use domain::account::Organisation;
use vocabulary::{Day, ListKind, OrganisationKind, Printout};

#[async_trait]
impl UseCase for OfCourt {
    /// The lists and registers of a court house on a day.
    async fn answer(self, app: &App, who: &Caller) -> Result<CourtPrintouts, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewPrintouts, &Facts::default())?;

        let mut organisations = app.index.organisations().await?;
        organisations.sort_by_key(|o| (o.id != person.organisation.id, o.name.clone()));
        let courts: Vec<CourtChoice> = organisations.iter().filter_map(choice).collect();
        let chosen = match self.court_id {
            Some(id) => courts.iter().find(|court| court.court_id == id),
            None => courts.first(),
        };
        if chosen.is_none() && self.court_id.is_some() {
            return Err(Problem::not_found().into());
        }
        let today = app.chance.now().day();
        let day = self.day.unwrap_or(today);
        let room = self.courtroom_id.filter(|id| {
            chosen.is_some_and(|court| court.rooms.iter().any(|room| room.courtroom_id == *id))
        });

        let mut printouts = Vec::new();
        if let Some(court) = chosen {
            let of = organisations.iter().find(|one| {
                one.court
                    .as_ref()
                    .is_some_and(|own| own.id == court.court_id)
            });
            for kind in ListKind::ALL {
                let (action, name) = list::of_kind(kind);
                let wanted = Printout::List {
                    kind,
                    court: court.court_id,
                    day,
                    room,
                };
                let facts = relation::to_court(person, court.court_id);
                if relation::may(app, person, action, &facts).allowed {
                    printouts.push(offered(wanted, name, about_list(kind), &court.name, day));
                }
            }
            if let Some(of) = of {
                registers(app, person, of, &organisations, day, &mut printouts);
            }
        }
        informants(app, person, &organisations, day, &mut printouts);
        Ok(CourtPrintouts {
            court_id: chosen.map(|court| court.court_id),
            courtroom_id: room,
            courts,
            day,
            today,
            printouts,
        })
    }
}

fn choice(organisation: &Organisation) -> Option<CourtChoice> {
    let court = organisation.court.as_ref()?;
    Some(CourtChoice {
        court_id: court.id,
        name: organisation.name.clone(),
        rooms: court
            .rooms
            .iter()
            .map(|(courtroom_id, name)| RoomChoice {
                courtroom_id: *courtroom_id,
                name: name.clone(),
            })
            .collect(),
    })
}

fn offered(printout: Printout, name: &str, about: &str, of: &str, day: Day) -> Offered {
    let pdf = !matches!(printout, Printout::InformantRegister { .. });
    let ending = if pdf { "pdf" } else { "csv" };
    Offered {
        printout: printout.to_string(),
        name: name.to_owned(),
        about: about.to_owned(),
        file: format!("{name}, {of}, {day}.{ending}"),
        pdf,
    }
}

const fn about_list(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Public => {
            "For everybody: times, names and kinds of hearing, without what must not be public."
        }
        ListKind::Standard => {
            "For the press and those who work with the courts: name, age, address, charges and restrictions."
        }
        ListKind::Bench => {
            "For the bench: each defendant with charges, pleas, verdicts, bail and representation."
        }
        ListKind::Prison => {
            "For prisons: who is to appear, from which prison, in person or by video."
        }
    }
}

fn registers(
    app: &App,
    person: &SignedIn,
    court: &Organisation,
    organisations: &[Organisation],
    day: Day,
    printouts: &mut Vec<Offered>,
) {
    let Some(id) = court.court.as_ref().map(|court| court.id) else {
        return;
    };
    let of = |youth| Printout::CourtRegister {
        court: id,
        day,
        youth,
    };
    let here = relation::to_court(person, id);
    if relation::may(app, person, Action::ReadCourtRegister, &here).allowed {
        let about = "For the court: every result of the day, with its amendments.";
        printouts.push(offered(
            of(false),
            "Court register",
            about,
            &court.name,
            day,
        ));
    }
    let team = register::team_of(app, court, organisations);
    let own = team.and_then(|(_, team)| team);
    let facts = Facts {
        recipient: own.is_some_and(|team| team.id == person.organisation.id),
        ..here
    };
    if relation::may(app, person, Action::ReadYouthRegister, &facts).allowed {
        let about = "For the youth offending team: every result of the day about people under 18.";
        printouts.push(offered(
            of(true),
            "Youth court register",
            about,
            &court.name,
            day,
        ));
    }
}

fn informants(
    app: &App,
    person: &SignedIn,
    organisations: &[Organisation],
    day: Day,
    printouts: &mut Vec<Offered>,
) {
    let authorities = organisations
        .iter()
        .filter(|one| one.kind == OrganisationKind::Prosecutor && one.ou_code.is_some());
    for authority in authorities {
        let facts = Facts {
            prosecuting: authority.id == person.organisation.id,
            ..Facts::default()
        };
        if relation::may(app, person, Action::ReadInformantRegister, &facts).allowed {
            let wanted = Printout::InformantRegister {
                authority: authority.id,
                day,
            };
            let where_of = match person.organisation.kind {
                OrganisationKind::Court => "at your court house",
                _ => "at every court house",
            };
            let about = format!(
                "For {}: its results of the day {where_of}, as a file of values.",
                authority.name
            );
            printouts.push(offered(
                wanted,
                "Informant register",
                &about,
                &authority.name,
                day,
            ));
        }
    }
}

#[async_trait]
impl UseCase for OfCase {
    /// Extracts, memoranda and receipts of a case.
    async fn answer(self, app: &App, who: &Caller) -> Result<CasePrintouts, Error> {
        let person = who.person()?;
        let (case, ..) = sight::case(app, person, self.case_id).await?;
        let urn = case.urn.to_string();
        let mut printouts = Vec::new();
        let mut offer = |wanted: Printout, name: &str, about: String, of: &str| {
            printouts.push(Offered {
                printout: wanted.to_string(),
                name: name.to_owned(),
                about,
                file: format!("{name}, {of}, {urn}.pdf"),
                pdf: true,
            });
        };
        for defendant in &case.defendants {
            let id = defendant.charged.id;
            let name = defendant.charged.party.name();
            let facts = relation::to_defendant(person, &case, Some(id));
            let may = |action| relation::may(app, person, action, &facts).allowed;
            if may(Action::ReadExtract) {
                let wanted = Printout::Extract {
                    case: case.id,
                    defendant: id,
                };
                let about = format!("{name}: every hearing, plea and result.");
                offer(wanted, "Court extract", about, &name);
            }
            let convicted = memorandum::convictions(defendant).next().is_some();
            if convicted && may(Action::ReadMemorandum) {
                let wanted = Printout::Memorandum {
                    case: case.id,
                    defendant: id,
                };
                let about = format!("{name}: convictions only, to be signed by the court.");
                offer(wanted, "Memorandum of conviction", about, &name);
            }
        }
        for material in &case.materials {
            if receipt::has(app, person, &case, material) {
                let wanted = Printout::MaterialReceipt {
                    material: material.id,
                };
                let about = format!(
                    "{}: served by {}.",
                    material.name, material.organisation_name
                );
                offer(wanted, "Receipt of service", about, &material.name);
            }
        }
        let documents = app.ledger.documents(&case.documents).await?;
        let cases = CasesOf::documents(app, &documents).await?;
        for document in documents {
            if cases.open(app, person, Action::ReadReceipt, &document, None) {
                let wanted = Printout::DocumentReceipt {
                    document: document.id,
                };
                let about = format!("{}: sent by the court.", document.name);
                offer(wanted, "Receipt of service", about, &document.name);
            }
        }
        let facts = relation::to_case(person, &case);
        let restricts = relation::may(app, person, Action::RestrictListing, &facts);
        Ok(CasePrintouts {
            kept_off_lists: case.kept_off_lists.is_some(),
            may_restrict_listing: restricts.allowed,
            printouts,
        })
    }
}
