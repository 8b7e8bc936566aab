//! A small court for the tests: invented organisations and people, one case,
//! one hearing, one document, and the events that concern them.

use app::ports::{Append, Appended, Expected, Fault, Ledger, StreamAppend};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::{Account, AccountEvent, Organisation},
    case::{Address, CaseEvent, Defendant, Offence, Party, PersonName, Prosecutor},
    document::{DeliveryRequest, DocumentEvent},
    hearing::{HearingEvent, HearingParty},
    now::Limits,
};
use std::sync::atomic::{AtomicU64, Ordering};
use store::Store;
use vocabulary::{
    AccountId, AmendmentReason, BailStatus, CaseId, Channel, CourtId, CourtroomId, Day,
    DefendantId, DeliveryId, DocumentId, DocumentKind, Group, HearingId, InitiationCode, Instant,
    Jurisdiction, MaterialId, OffenceId, OrganisationId, OrganisationKind, RepresentationBasis,
    Urn,
};

/// An id that no other test has.
pub(crate) fn fresh<T: std::str::FromStr>() -> T {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    match format!("{:08x}-0000-7000-8000-{n:012x}", std::process::id()).parse() {
        Ok(id) => id,
        Err(_) => panic!("{n} made no id"),
    }
}

pub(crate) fn noon() -> Instant {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

pub(crate) fn case_stream(case: CaseId) -> Stream {
    Stream::new(StreamKind::Case, case.0)
}

pub(crate) fn part(stream: Stream, expected: Expected, events: Vec<Event>) -> StreamAppend {
    StreamAppend {
        stream,
        expected,
        key: stream.id,
        events,
    }
}

pub(crate) fn command(streams: Vec<StreamAppend>) -> Append {
    Append {
        command: fresh(),
        moment: Moment {
            at: noon(),
            by: Actor::Service,
        },
        streams,
        answer: serde_json::json!({ "done": true }),
    }
}

/// Appends events to one stream, whatever its version.
pub(crate) async fn append(
    store: &Store,
    stream: Stream,
    events: Vec<Event>,
) -> Result<Appended, Fault> {
    store
        .append(command(vec![part(stream, Expected::Any, events)]))
        .await
}

/// A case with two defendants that exists only on paper yet.
pub(crate) struct Paper {
    pub(crate) case: CaseId,
    pub(crate) urn: Urn,
    pub(crate) first: DefendantId,
    pub(crate) second: DefendantId,
    pub(crate) offence: OffenceId,
    pub(crate) other_offence: OffenceId,
}

pub(crate) const OU_CODE: &str = "B76CP00";

impl Paper {
    pub(crate) fn new() -> Self {
        let case: CaseId = fresh();
        let tail = case.to_string().replace('-', "").to_uppercase();
        let urn = Urn::parse(&format!("76{}{}", &tail[4..8], &tail[24..])).unwrap();
        Self {
            case,
            urn,
            first: fresh(),
            second: fresh(),
            offence: fresh(),
            other_offence: fresh(),
        }
    }

    pub(crate) fn stream(&self) -> Stream {
        case_stream(self.case)
    }

    pub(crate) fn created(&self) -> Event {
        Event::Case(CaseEvent::CaseCreated {
            case_id: self.case,
            urn: self.urn.clone(),
            initiation: InitiationCode::Charge,
            prosecutor: Prosecutor {
                ou_code: OU_CODE.to_owned(),
                name: "Northbridge Prosecution Service".to_owned(),
                informant: None,
            },
            markers: Vec::new(),
            defendants: vec![
                defendant(self.first, "Siân", "Vaughan", self.offence),
                defendant(self.second, "Owen", "Marsh", self.other_offence),
            ],
            submission: None,
        })
    }

    pub(crate) fn served(&self, defendant: Option<DefendantId>, by: OrganisationId) -> Event {
        let material: MaterialId = fresh();
        Event::Case(CaseEvent::MaterialServed {
            material_id: material,
            defendant_id: defendant,
            section: "IDPC".to_owned(),
            name: "bundle.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            bytes: 5,
            sha256: "0".repeat(64),
            organisation: by,
            organisation_name: "Northbridge Prosecution Service".to_owned(),
        })
    }

    pub(crate) fn associated(&self, defendant: DefendantId, firm: OrganisationId) -> Event {
        Event::Case(CaseEvent::DefenceAssociated {
            defendant_id: defendant,
            organisation: firm,
            organisation_name: "Pell & Harrow".to_owned(),
            basis: RepresentationBasis::CourtAppointed,
            instructed_on: None,
            awaited: None,
        })
    }

    pub(crate) fn pleaded(&self, day: Day) -> Event {
        Event::Case(CaseEvent::PleaEntered {
            hearing_id: fresh(),
            offence_id: self.offence,
            plea: "GUILTY".to_owned(),
            label: "Guilty".to_owned(),
            guilty: true,
            day,
        })
    }

    pub(crate) fn resulted(&self, hearing: HearingId, day: Day) -> Event {
        Event::Case(CaseEvent::CaseResulted {
            hearing_id: hearing,
            day,
            results: Vec::new(),
            bail: Vec::new(),
        })
    }

    pub(crate) fn amended(&self, hearing: HearingId, day: Day) -> Event {
        Event::Case(CaseEvent::CaseResultsAmended {
            hearing_id: hearing,
            day,
            version: 2,
            reason: AmendmentReason::RecordedWrongly,
            replaced: Vec::new(),
            results: Vec::new(),
            deleted: Vec::new(),
            bail: vec![(self.first, BailStatus::Custody)],
        })
    }

    pub(crate) fn heard_in(&self, hearing: HearingId) -> Event {
        Event::Case(CaseEvent::HearingAdded {
            hearing_id: hearing,
            kind: "First hearing".to_owned(),
            court: "Northbridge Magistrates' Court, Courtroom 2".to_owned(),
            day: noon().day(),
            time: "12:00".to_owned(),
            court_id: None,
        })
    }

    pub(crate) fn documented(&self, document: DocumentId) -> Event {
        Event::Case(CaseEvent::DocumentAdded {
            document_id: document,
            name: "Warrant of commitment".to_owned(),
            kind: DocumentKind::Warrant,
            defendant_id: self.first,
        })
    }

    pub(crate) fn listed(&self, hearing: HearingId, room: &Room, starts_at: Instant) -> Event {
        Event::Hearing(HearingEvent::HearingListed {
            hearing_id: hearing,
            jurisdiction: Jurisdiction::Magistrates,
            kind: "First hearing".to_owned(),
            court_id: room.court,
            court_name: "Northbridge Magistrates' Court".to_owned(),
            courtroom_id: room.room,
            courtroom_name: "Courtroom 2".to_owned(),
            starts_at,
            parties: vec![
                HearingParty {
                    case_id: self.case,
                    defendant_id: self.first,
                },
                HearingParty {
                    case_id: self.case,
                    defendant_id: self.second,
                },
            ],
        })
    }
}

fn defendant(id: DefendantId, forename: &str, surname: &str, offence: OffenceId) -> Defendant {
    Defendant {
        id,
        prosecutor_reference: "D1".to_owned(),
        asn: None,
        pnc_id: None,
        cro_number: None,
        confirmed_as: Vec::new(),
        told_apart: Vec::new(),
        party: Party::Person {
            name: PersonName {
                title: None,
                forenames: vec![forename.to_owned()],
                surname: surname.to_owned(),
            },
            aliases: Vec::new(),
            date_of_birth: Some("1990-02-03".parse().unwrap()),
            gender: 9,
            nationality: None,
            language_needs: None,
            specific_needs: None,
            national_insurance_number: None,
            driver_number: None,
            ethnicity: None,
            observed_ethnicity: None,
            parent_guardian: None,
        },
        address: Address::default(),
        email: None,
        telephone: None,
        documents_in_welsh: false,
        hearing_in_welsh: false,
        bail: BailStatus::Unconditional,
        bail_conditions: None,
        offences: vec![Offence {
            id: offence,
            number: 1,
            code: "TH68001".to_owned(),
            title: "Theft from a shop".to_owned(),
            title_welsh: None,
            legislation: "Contrary to section 1 of the Theft Act 1968.".to_owned(),
            wording: "Stole a coat.".to_owned(),
            wording_welsh: None,
            mode_of_trial: "Either Way".to_owned(),
            max_penalty: None,
            dvla_code: None,
            committed_from: "2026-10-01".parse().unwrap(),
            committed_to: None,
            date_code: 1,
            location: None,
            charged_on: None,
            arrested_on: None,
            vehicle_registration: None,
        }],
    }
}

/// A court room.
pub(crate) struct Room {
    pub(crate) court: CourtId,
    pub(crate) room: CourtroomId,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            court: fresh(),
            room: fresh(),
        }
    }
}

/// An organisation with two people, one of them suspended.
pub(crate) struct Office {
    pub(crate) organisation: OrganisationId,
    pub(crate) active: AccountId,
    pub(crate) suspended: AccountId,
}

impl Office {
    pub(crate) async fn open(store: &Store, kind: OrganisationKind, ou_code: Option<&str>) -> Self {
        let office = Self {
            organisation: fresh(),
            active: fresh(),
            suspended: fresh(),
        };
        let organisation = Organisation {
            id: office.organisation,
            kind,
            name: format!("Office {}", office.organisation),
            address: Address::default(),
            email: None,
            ou_code: ou_code.map(str::to_owned),
            court: None,
            route: domain::account::Route::default(),
            profile: domain::account::Profile::default(),
            signing_in: domain::account::SigningIn::default(),
        };
        let stream = Stream::new(StreamKind::Account, office.organisation.0);
        let joined = Event::Account(AccountEvent::OrganisationAdded(organisation));
        append(store, stream, vec![joined]).await.unwrap();
        for id in [office.active, office.suspended] {
            let stream = Stream::new(StreamKind::Account, id.0);
            append(store, stream, vec![opened(id, office.organisation)])
                .await
                .unwrap();
        }
        let stream = Stream::new(StreamKind::Account, office.suspended.0);
        let suspended = Event::Account(AccountEvent::AccountSuspended {
            account: office.suspended,
            by_service: false,
        });
        append(store, stream, vec![suspended]).await.unwrap();
        office
    }

    pub(crate) fn person(&self) -> Actor {
        Actor::Person {
            account: self.active,
            name: "Rhiannon Ford".to_owned(),
            organisation: self.organisation,
            from: None,
            under: None,
        }
    }
}

pub(crate) fn opened(id: AccountId, organisation: OrganisationId) -> Event {
    Event::Account(AccountEvent::AccountOpened(Account {
        id,
        email: format!("{id}@example.test"),
        name: "Rhiannon Ford".to_owned(),
        role: "Solicitor".to_owned(),
        organisation,
        groups: vec![Group::DefenceLawyers],
        active: true,
        life: domain::account::Life::default(),
    }))
}

/// A document that goes to one inbox and one letter box.
pub(crate) struct Warrant {
    pub(crate) document: DocumentId,
    pub(crate) to_inbox: DeliveryId,
    pub(crate) by_post: DeliveryId,
}

impl Warrant {
    pub(crate) fn new() -> Self {
        Self {
            document: fresh(),
            to_inbox: fresh(),
            by_post: fresh(),
        }
    }

    pub(crate) fn stream(&self) -> Stream {
        Stream::new(StreamKind::Document, self.document.0)
    }

    pub(crate) fn requested(
        &self,
        paper: &Paper,
        hearing: HearingId,
        prison: OrganisationId,
    ) -> Event {
        let to = |id: DeliveryId, channel: Channel, organisation: Option<OrganisationId>| {
            DeliveryRequest {
                id,
                subscription: "prison".to_owned(),
                name: "HMP Fenwick".to_owned(),
                address: Vec::new(),
                email: None,
                channel,
                organisation,
                acknowledgement_required: true,
                urgent_minutes: None,
                limits: Limits {
                    delivered: Some(5),
                    acknowledged: (channel == Channel::Inbox).then_some(5),
                    urgent: true,
                },
                carried: false,
                held: None,
            }
        };
        Event::Document(DocumentEvent::DocumentRequested {
            document_id: self.document,
            now: fresh(),
            name: "Warrant of commitment".to_owned(),
            kind: DocumentKind::Warrant,
            hearing_id: hearing,
            case_id: paper.case,
            defendant_id: paper.first,
            view: serde_json::json!({ "title": "Warrant of commitment" }),
            deliveries: vec![
                to(self.to_inbox, Channel::Inbox, Some(prison)),
                to(self.by_post, Channel::FirstClassPost, None),
            ],
            split_key: None,
            replaces: None,
            welsh: None,
            beside: Vec::new(),
        })
    }

    pub(crate) fn superseded(&self) -> Event {
        Event::Document(DocumentEvent::DocumentSuperseded {
            by: Some(fresh()),
            cancelled_by: None,
            reason: AmendmentReason::RecordedWrongly,
            untold: Vec::new(),
        })
    }

    pub(crate) fn marked(&self, sha256: &str) -> Event {
        Event::Document(DocumentEvent::SupersededCopyMade {
            sha256: sha256.to_owned(),
            bytes: 950,
        })
    }

    pub(crate) fn made(&self) -> Event {
        Event::Document(DocumentEvent::DocumentMade {
            sha256: "1".repeat(64),
            bytes: 900,
        })
    }

    pub(crate) fn advanced(&self, delivery: DeliveryId, state: vocabulary::DeliveryState) -> Event {
        Event::Document(DocumentEvent::DeliveryAdvanced {
            delivery_id: delivery,
            state,
            note: None,
        })
    }
}
