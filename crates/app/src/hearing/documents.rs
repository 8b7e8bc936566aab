//! Which documents the results of a hearing call for, and each one's finished
//! view. Which document a result calls for is data; nothing here knows one by name.

use super::{Room, known::Known, next, together::together};
use crate::{
    App, Error,
    case::present,
    document::{self, Viewed},
    ports::KeptDraft,
};
use contract::document::OrderView;
use domain::{
    account::Organisation,
    case::{Case, DefendantState, Party as CaseParty, in_custody},
    document::DeliveryRequest,
    hearing::HearingParty,
    now::{
        BAIL_MONITOR, DefendantFacts, DocumentCalledFor, Party, Recipient, documents_called_for,
        limits_for, missing_recipients, only, untold_results,
    },
    result::{Finding, JudicialResult},
    translation::{Going, Hold, Owed, hold_for},
};
use uuid::Uuid;
use vocabulary::{
    BailStatus, CaseId, Channel, DefendantId, DeliveryId, DocumentId, DocumentKind, Instant,
    OrganisationKind, fold_name,
};

/// What a next hearing asks for whoever lists it, in both of the source's spellings: no document
/// tells a defendant or a witness. Agencies that are notified still have it.
const FOR_LISTING: [&str; 5] = [
    "bookingPriority",
    "bookingType",
    "bookingpriority",
    "bookingtype",
    "reservedJudiciary",
];

/// A document that sharing asks for.
pub(super) struct Wanted {
    pub(super) id: DocumentId,
    pub(super) called: DocumentCalledFor,
    pub(super) case: CaseId,
    /// The other cases of the same person that it speaks of.
    pub(super) beside: Vec<HearingParty>,
    pub(super) view: OrderView,
    /// What it lacks in Welsh.
    pub(super) owed: Option<Owed>,
    pub(super) deliveries: Vec<DeliveryRequest>,
    /// The document whose place it takes.
    pub(super) replaces: Option<DocumentId>,
}

impl Wanted {
    /// Who its person is in a case; none if it does not speak of that case.
    pub(super) fn defendant_in(&self, case: CaseId) -> Option<DefendantId> {
        if case == self.case {
            return Some(self.called.defendant);
        }
        let own = self.beside.iter().find(|party| party.case_id == case);
        own.map(|party| party.defendant_id)
    }
}

/// The documents of all defendants, each about one person, and each under the id that it is
/// given.
pub(super) fn wanted(
    app: &App,
    (room, known): (&Room, &Known),
    results: &[JudicialResult],
    legal_adviser: &str,
    at: Instant,
    id: impl Fn(&Called<'_>) -> DocumentId,
) -> Result<Vec<Wanted>, Error> {
    let making = Making { app, room, known };
    let issued = Issued {
        id: DocumentId(Uuid::nil()),
        by: legal_adviser,
        at,
        amends: None,
    };
    let called = making.called_for(results).into_iter();
    let new = |called| {
        let id = id(&called);
        making.wanted(
            called,
            results,
            &Issued {
                id,
                ..issued.clone()
            },
        )
    };
    called.map(new).collect()
}

/// By whom, when and under which id a document is issued.
#[derive(Clone)]
pub(super) struct Issued<'a> {
    pub(super) id: DocumentId,
    pub(super) by: &'a str,
    pub(super) at: Instant,
    pub(super) amends: Option<document::Amends>,
}

/// A document that results call for, with the case and defendant it is about.
pub(super) struct Called<'a> {
    pub(super) case: &'a Case,
    pub(super) defendant: &'a DefendantState,
    /// The same person in other cases of the hearing, of which it speaks as well.
    pub(super) beside: Vec<(&'a Case, &'a DefendantState)>,
    pub(super) document: DocumentCalledFor,
}

impl<'a> Called<'a> {
    /// The person in each of its cases, the first one first.
    pub(super) fn parties(&self) -> impl Iterator<Item = (&'a Case, &'a DefendantState)> + '_ {
        let first = std::iter::once((self.case, self.defendant));
        first.chain(self.beside.iter().copied())
    }
}

/// What documents are made from, besides the results.
pub(super) struct Making<'a> {
    pub(super) app: &'a App,
    pub(super) room: &'a Room,
    pub(super) known: &'a Known,
}

/// To whom the documents of a draft go: while it has no line, nobody is asked for.
pub(super) async fn known_for(
    app: &App,
    room: &Room,
    kept: Option<&KeptDraft>,
) -> Result<Known, Error> {
    match kept {
        Some(kept) if !kept.lines.is_empty() => Known::of(app, room).await,
        _ => Ok(Known::default()),
    }
}

/// What stands between results and the people who must act on them.
pub(super) fn missing(
    app: &App,
    room: &Room,
    results: &[JudicialResult],
    known: &Known,
) -> Vec<Finding> {
    let catalogue = &app.catalogue;
    let of = |(case, defendant)| {
        let facts = facts(room, case, defendant, known);
        missing_recipients(
            (&catalogue.nows, &catalogue.subscriptions),
            &catalogue.results,
            results,
            &facts,
            (&**known, app.mailer.is_set_up()),
        )
    };
    let missing = room.defendants().flat_map(of);
    missing
        .chain(untold_results(&catalogue.untold, results))
        .chain(next::not_listed(results, &known.organisations))
        .chain(next::strands(app, room, results, known))
        .collect()
}

impl<'a> Making<'a> {
    /// The documents that results call for.
    pub(super) fn called_for(&self, results: &[JudicialResult]) -> Vec<Called<'a>> {
        let catalogue = &self.app.catalogue;
        let mut all: Vec<(DefendantId, Called<'a>)> = Vec::new();
        for (case, defendant) in self.room.defendants() {
            let facts = facts(self.room, case, defendant, self.known);
            let called =
                documents_called_for(&catalogue.nows, &catalogue.subscriptions, results, &facts);
            let person = self.room.person(defendant);
            let called = called.into_iter().map(|document| Called {
                case,
                defendant,
                beside: Vec::new(),
                document,
            });
            all.extend(called.map(|called| (person, called)));
        }
        let mut people: Vec<DefendantId> = all.iter().map(|(person, _)| *person).collect();
        people.sort_unstable();
        people.dedup();
        for person in people {
            // What sends somebody to prison in one case sends their letters of every case there.
            let theirs = all.iter_mut().filter(|(own, _)| *own == person);
            let documents = theirs.map(|(_, called)| &mut called.document).collect();
            to_where_they_are_held(documents, self.known);
        }
        together(all.into_iter().map(|(_, called)| called).collect())
    }

    /// The finished view of one of them.
    pub(super) fn view(
        &self,
        called: &Called<'_>,
        results: &[JudicialResult],
        issued: &Issued<'_>,
    ) -> Result<Viewed, Error> {
        let mut kept_from_them = called.document.withheld.clone();
        if called.document.kind != DocumentKind::Edt {
            let asked = results.iter().flat_map(|own| &own.prompts);
            let asked = asked.filter(|own| FOR_LISTING.contains(&own.reference.as_str()));
            kept_from_them.extend(asked.map(|own| own.reference.clone()));
        }
        let without: Vec<JudicialResult>;
        let results = if kept_from_them.is_empty() {
            results
        } else {
            let read = |own: &&JudicialResult| !kept_from_them.contains(&own.withheld_as());
            let rest = results.iter().filter(read);
            let rest = rest.map(|own| own.without(&kept_from_them));
            without = rest.collect();
            without.as_slice()
        };
        document::view(&document::Source {
            app: self.app,
            words: &self.known.words,
            id: issued.id,
            called: &called.document,
            case: called.case,
            defendant: called.defendant,
            beside: &called.beside,
            hearing: &self.room.hearing,
            court: self.known.organisations.iter().find(|o| {
                o.court
                    .as_ref()
                    .is_some_and(|c| c.id == self.room.hearing.court_id)
            }),
            fines_office: only(
                self.known
                    .organisations
                    .iter()
                    .filter(|o| o.kind == OrganisationKind::FinesOffice),
            ),
            results,
            legal_adviser: issued.by,
            at: issued.at,
            amends: issued.amends.clone(),
        })
    }

    /// One of them as it is asked for.
    pub(super) fn wanted(
        &self,
        called: Called<'_>,
        results: &[JudicialResult],
        issued: &Issued<'_>,
    ) -> Result<Wanted, Error> {
        let Viewed { view, owed } = self.view(&called, results, issued)?;
        let recipients = called.document.recipients.iter();
        let deliveries = recipients
            .map(|recipient| {
                let mut delivery = self.delivery(recipient, &called.document);
                if owed.is_some() {
                    delivery.held = self.held(&delivery, &called.document);
                }
                delivery
            })
            .collect();
        let replaced = issued.amends.as_ref().and_then(|a| a.replaces.as_ref());
        Ok(Wanted {
            id: issued.id,
            view,
            owed,
            case: called.case.id,
            beside: beside(&called),
            deliveries,
            replaces: replaced.map(|replaced| replaced.document_id),
            called: called.document,
        })
    }

    /// Whether it is carried to a mailbox or a system: what goes by e-mail, and what lies in the
    /// inbox of a recipient who wants it carried out as well.
    pub(super) fn carries(&self, request: &DeliveryRequest) -> bool {
        let mut known = self.known.organisations.iter();
        let wanted = request.channel == Channel::Inbox
            && known.any(|own| Some(own.id) == request.organisation && own.route.carries());
        wanted || request.channel == Channel::Email
    }

    fn delivery(&self, recipient: &Recipient, called: &DocumentCalledFor) -> DeliveryRequest {
        let known = self.known.organisation(recipient);
        let organisation = known.map(|own| own.id);
        let mailbox = recipient.mailbox().filter(|_| self.app.mailer.is_set_up());
        // Whoever has an inbox here gets it there, at once; others by the channel of the data.
        let channel = match (organisation, recipient.channel) {
            (_, Channel::FileOnly) => Channel::FileOnly,
            (Some(_), _) => Channel::Inbox,
            // Nobody here knows it: it goes to the mailbox that the court named, else by post.
            (None, Channel::Inbox) if mailbox.is_some() => Channel::Email,
            (None, Channel::Inbox) => Channel::FirstClassPost,
            (None, channel) => channel,
        };
        let catalogue = &self.app.catalogue;
        let limits = catalogue.now(called.now).map(|now| {
            let rows = &catalogue.delivery_limits;
            let urgent = called.prints_urgent;
            limits_for(rows, &recipient.subscription, now, channel, urgent)
        });
        // Whoever is no kind of organisation here (a local authority, the placement team) signs in
        // nowhere and acknowledges nothing: the court has an alarm until it records that they were
        // told.
        let by_the_court = recipient.organisation_kind.is_none() && channel != Channel::FileOnly;
        let acknowledgement_required =
            recipient.acknowledgement_required && (channel == Channel::Inbox || by_the_court);
        let mut limits = limits.unwrap_or_default();
        limits.acknowledged = limits.acknowledged.filter(|_| acknowledgement_required);
        // A letter that cannot be addressed waits for nothing: somebody must see to it now. To a
        // defendant of no fixed abode it is handed over in court.
        if recipient.party != "Defendant" && channel.by_post() && recipient.address.is_empty() {
            limits.delivered = Some(0);
        }
        let mut request = DeliveryRequest {
            id: DeliveryId(self.app.chance.id()),
            subscription: recipient.subscription.clone(),
            name: recipient.name.clone(),
            address: recipient.address.clone(),
            email: mailbox
                .filter(|_| channel == Channel::Email)
                .or_else(|| recipient.email.clone()),
            channel,
            organisation: organisation.filter(|_| channel == Channel::Inbox),
            carried: false,
            acknowledgement_required,
            urgent_minutes: called.urgent_minutes,
            limits,
            held: None,
        };
        request.carried = self.carries(&request);
        request
    }

    /// The minutes after which it alarms the court that a delivery waits for its Welsh; none
    /// goes at once, in English. The table decides (`reference/welsh_holds.csv`).
    fn held(&self, request: &DeliveryRequest, called: &DocumentCalledFor) -> Option<u32> {
        if request.channel == Channel::FileOnly {
            return None;
        }
        let going = Going {
            subscription: &request.subscription,
            now: &called.name,
            kind: called.kind,
            urgent: called.urgent_minutes.is_some() || request.limits.urgent,
            acknowledged: request.acknowledgement_required,
        };
        let rows = &self.app.catalogue.welsh_holds;
        match hold_for(rows, going, self.room.day()) {
            Hold::AtOnce => None,
            Hold::Until(minutes) => Some(minutes),
        }
    }
}

/// The other cases of a document, as the record has them.
fn beside(called: &Called<'_>) -> Vec<HearingParty> {
    let others = called.beside.iter();
    others
        .map(|(case, defendant)| HearingParty {
            case_id: case.id,
            defendant_id: defendant.charged.id,
        })
        .collect()
}

/// The letters of somebody whom a warrant of this hearing sends to prison go there and not
/// home: whoever holds a person hands over what is addressed to them (Criminal Procedure Rules
/// Part 4, service on a person in custody, unconfirmed).
fn to_where_they_are_held(called: Vec<&mut DocumentCalledFor>, known: &Known) {
    let warrants = called
        .iter()
        .filter(|own| own.kind == DocumentKind::Warrant);
    let mut recipients = warrants.flat_map(|own| &own.recipients);
    let is_prison = |own: &&Recipient| own.organisation_kind == Some(OrganisationKind::Prison);
    let Some(prison) = recipients.find(is_prison) else {
        return;
    };
    let of_directory = known.organisation(prison);
    let address = of_directory.map_or_else(|| prison.address.clone(), |o| o.address.printed());
    let name = prison.name.trim().to_owned();
    let held: Vec<String> = std::iter::once(name).chain(address).collect();
    let letters = called.into_iter().flat_map(|own| &mut own.recipients);
    for letter in letters.filter(|own| own.party == "Defendant" && own.channel.by_post()) {
        letter.address.clone_from(&held);
    }
}

fn facts(room: &Room, case: &Case, defendant: &DefendantState, known: &Known) -> DefendantFacts {
    let organisations = &known.organisations;
    let charged = &defendant.charged;
    let is_youth = charged
        .party
        .date_of_birth()
        .is_some_and(|born| born.is_under_18_on(room.day()));
    let mut parties = vec![Party {
        role: "Defendant".to_owned(),
        name: charged.party.name(),
        address: charged.address.printed(),
        email: charged.email.clone(),
        organisation: None,
    }];
    if let CaseParty::Person {
        parent_guardian: Some(parent),
        ..
    } = &charged.party
    {
        parties.push(Party {
            role: "ParentGuardian".to_owned(),
            name: parent.name.clone(),
            address: parent.address.printed(),
            email: None,
            organisation: None,
        });
    }
    if let Some(firm) = &defendant.represented_by
        && let Some(organisation) = organisations.iter().find(|o| o.id == firm.organisation)
    {
        parties.push(party("DefenceFirm", organisation));
    }
    let prosecutor = organisations
        .iter()
        .find(|o| o.ou_code.as_deref() == Some(case.prosecutor.ou_code.as_str()));
    parties.extend(prosecutor.map(|o| party("ProsecutionAuthority", o)));
    for (role, kind) in [
        ("PoliceForce", OrganisationKind::Police),
        ("Escort", OrganisationKind::Escort),
        ("FinesOffice", OrganisationKind::FinesOffice),
        ("WitnessCare", OrganisationKind::WitnessCare),
        ("LegalAidAgency", OrganisationKind::LegalAid),
        (
            "ElectronicMonitoring",
            OrganisationKind::ElectronicMonitoring,
        ),
    ] {
        // Of several it is the one that the court chose before in this case: whoever was told
        // that conditions count is told that they end. Otherwise nobody here knows which: then it
        // is not known, and sharing says so.
        let of_kind = || organisations.iter().filter(|o| o.kind == kind);
        let brought = prosecutor.filter(|o| o.kind == kind);
        let chosen = || {
            let name = present::chosen_before(defendant, role)?;
            of_kind().find(|o| fold_name(&o.name) == fold_name(&name))
        };
        let which = brought.or_else(|| only(of_kind())).or_else(chosen);
        parties.extend(which.map(|o| party(role, o)));
    }
    // Whoever fitted the tag must be told that there is nothing to monitor any more.
    let conditional_bail = present::on_conditions(defendant);
    if conditional_bail && let Some(name) = present::bail_monitored_by(defendant) {
        let kind = OrganisationKind::ElectronicMonitoring;
        parties.push(named(BAIL_MONITOR, name, kind, organisations));
    }
    // A prisoner who is let go, or who comes back with something new, is news to the prison.
    if in_custody(defendant.bail)
        && let Some(name) = present::held_at(defendant)
    {
        let kind = OrganisationKind::Prison;
        parties.push(named("DefendantCustody", name, kind, organisations));
    }
    let open = defendant.offences.iter().filter(|offence| {
        let mut results = offence.results.iter();
        !results.any(|(_, result)| result.is_final)
    });
    DefendantFacts {
        defendant: charged.id,
        day: room.day(),
        jurisdiction: room.hearing.jurisdiction,
        attendance: room.hearing.attendance_of(charged.id),
        is_youth,
        in_custody: in_custody(defendant.bail),
        // Before the first remand by a court, custody is at a police station.
        held_by_police: defendant.bail == BailStatus::Custody
            && case.hearings.first() == Some(&room.hearing.id),
        conditional_bail,
        open: open.map(|offence| offence.charged.id).collect(),
        // As the table says it: a hearing in Welsh, or a court in Wales.
        welsh: charged.hearing_in_welsh || known.in_wales,
        parties,
    }
}

/// Whom the record names, known here or by its name alone.
fn named(
    role: &str,
    name: String,
    kind: OrganisationKind,
    organisations: &[Organisation],
) -> Party {
    let mut of_kind = organisations.iter().filter(|own| own.kind == kind);
    let known = of_kind.find(|own| fold_name(&own.name) == fold_name(&name));
    known.map_or_else(
        || Party {
            role: role.to_owned(),
            name,
            ..Party::default()
        },
        |known| party(role, known),
    )
}

fn party(role: &str, organisation: &Organisation) -> Party {
    Party {
        role: role.to_owned(),
        name: organisation.name.clone(),
        address: organisation.address.printed(),
        email: organisation.email.clone(),
        organisation: Some(organisation.id),
    }
}
