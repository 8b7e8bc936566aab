//! Organisations that register, and the people of those that have: joiners, movers, leavers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{
    AccountId, CaseId, Group, Instant, Jurisdiction, OrganisationId, OrganisationKind,
};

/// What must be accepted to register?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Terms {}

/// The terms of use, and the kinds of organisations that register.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TermsOfUse {
    /// Version.
    pub version: String,
    /// What they say.
    pub paragraphs: Vec<String>,
    /// Kinds, with their names.
    pub kinds: Vec<KindName>,
}

/// A kind of organisation, in words.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KindName {
    /// Kind.
    pub kind: OrganisationKind,
    /// In words.
    pub name: String,
}

/// What an organisation says of itself. What it may become of that is not said here: whatever
/// else is sent is refused.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// What it is.
    pub kind: OrganisationKind,
    /// Name.
    pub name: String,
    /// Address, line by line.
    pub address: Vec<String>,
    /// Postcode.
    pub postcode: String,
    /// E-mail address of the office.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Account numbers of contracts with the Legal Aid Agency.
    pub laa_contracts: Vec<String>,
    /// SRA or Bar number.
    pub regulator_number: Option<String>,
    /// OU code.
    pub ou_code: Option<String>,
    /// Whether it is one person alone.
    pub sole_practitioner: bool,
    /// Of a court house.
    pub jurisdiction: Option<Jurisdiction>,
    /// Of a court house.
    pub local_justice_area: Option<String>,
    /// Of a court house.
    pub courtrooms: u32,
    /// Full name of the accountable person.
    pub accountable_name: String,
    /// Their own e-mail address.
    pub accountable_email: String,
    /// What they are there.
    pub accountable_role: String,
    /// The version of the terms that is accepted.
    pub terms: String,
}

/// Register an organisation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// What it says of itself.
    pub said: Said,
}

/// Register another office of the organisation that one administers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RegisterOffice {
    /// What it says of itself; kind and accountable person are those of the head office.
    pub said: Said,
}

/// It is in the queue, or something is wrong with it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Registered {
    /// With which to ask what became of it; none if something is wrong.
    pub reference: Option<String>,
    /// What is wrong, field by field.
    pub wrong: Vec<WrongField>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WrongField {
    /// Field.
    pub field: String,
    /// What, and how to write it.
    pub what: String,
}

/// What became of a registration?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Its reference.
    pub reference: String,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RegistrationStatus {
    /// Name of the organisation.
    pub name: String,
    /// When it registered.
    pub at: Instant,
    /// `waiting`, `validated` or `refused`.
    pub standing: String,
    /// One sentence: what happened and what comes next.
    pub text: String,
}

/// Which registrations wait?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Queue {}

/// Registrations on which nobody has decided, oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Registrations {
    /// Registrations.
    pub items: Vec<Waiting>,
    /// How many wait, should they be more than are listed.
    #[ts(type = "number")]
    pub total: u64,
    /// A link that was just made and that no mail brings, because none leaves here.
    pub link: Option<Link>,
}

/// A registration that waits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Waiting {
    /// The organisation that it becomes.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
    /// Kind in words.
    pub kind: String,
    /// When it came.
    pub at: Instant,
    /// Everything it said, as label and value.
    pub said: Vec<(String, String)>,
    /// What somebody should look at before deciding.
    pub warnings: Vec<String>,
}

/// Let it in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Validate {
    /// Organisation.
    pub organisation_id: OrganisationId,
}

/// Do not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Refuse {
    /// Organisation.
    pub organisation_id: OrganisationId,
    /// Why, for whoever registered.
    pub reason: String,
}

/// Take in the two files of the onboarding form.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Organisations, as CSV.
    pub organisations: String,
    /// Their people, as CSV.
    pub users: String,
    /// Whether it is only looked at.
    pub check_only: bool,
}

/// What came of it: everything or nothing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Imported {
    /// Organisations that joined, or would.
    pub organisations: usize,
    /// People who were invited, or would be.
    pub people: usize,
    /// Whether anything was recorded.
    pub recorded: bool,
    /// What is wrong, in the order of the files.
    pub wrong: Vec<WrongRow>,
}

/// What is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WrongRow {
    /// `organisations` or `users`.
    pub file: String,
    /// Line; the heading is line 1.
    #[ts(type = "number")]
    pub line: u64,
    /// Column; empty for the whole line.
    pub column: String,
    /// What, and how to write it.
    pub what: String,
}

/// Which organisations are there?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct List {}

/// Organisations by name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Organisations {
    /// Organisations.
    pub items: Vec<OrganisationRow>,
}

/// An organisation in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OrganisationRow {
    /// Organisation.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
    /// Kind in words.
    pub kind: String,
    /// The organisation of which it is an office.
    pub office_of: Option<String>,
    /// How many people can sign in.
    pub active: usize,
    /// How many are suspended.
    pub suspended: usize,
}

/// Who is there?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// The organisation; none is one's own. Only HMCTS staff see another's.
    pub organisation_id: Option<OrganisationId>,
}

/// The people of an organisation with all its offices.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PeopleOf {
    /// The head office.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Offices, the head office first.
    pub offices: Vec<Office>,
    /// Roles that it may give.
    pub roles: Vec<Group>,
    /// People, by name; those who left last.
    pub people: Vec<PersonRow>,
    /// Whether mail leaves here; if not, links are shown.
    pub mail: bool,
}

/// An office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Office {
    /// Office.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
}

/// A person of an organisation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonRow {
    /// Account.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role in words.
    pub role: String,
    /// Groups.
    pub groups: Vec<Group>,
    /// Office.
    pub organisation_id: OrganisationId,
    /// `active`, `invited`, `suspended`, `idle` or `left`.
    pub standing: String,
    /// How it stands, one sentence.
    pub text: String,
    /// What may be done now: `resend`, `name`, `roles`, `suspend`, `reactivate`, `leave`.
    pub may: Vec<String>,
    /// Whether it is the person who asks.
    pub oneself: bool,
}

/// What does this person see, and why?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Account.
    pub account_id: AccountId,
}

/// What a person sees, and what would be left without anybody if they went.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WhatTheySee {
    /// Account.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// Cases with the reason.
    pub cases: Vec<SeenCase>,
    /// Whether there are more than are listed.
    pub more: bool,
    /// Why there are none, if so.
    pub none: String,
    /// What needs a new owner when they leave.
    pub needs_owner: Vec<NeedsOwner>,
    /// Colleagues who could take over.
    pub colleagues: Vec<Colleague>,
}

/// A case that a person sees.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SeenCase {
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: String,
    /// Defendants.
    pub defendants: Vec<String>,
    /// Why, one sentence.
    pub why: String,
    /// The policy that lets them.
    pub policy: String,
}

/// Who of an organisation with its offices could open a case, and why?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WhoOpens {
    /// Reference of the case.
    pub reference: String,
    /// Organisation; none is one's own.
    pub organisation_id: Option<OrganisationId>,
}

/// Those who could.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseOpeners {
    /// Reference.
    pub urn: String,
    /// People.
    pub people: Vec<CaseOpener>,
    /// How many more there are.
    #[ts(type = "number")]
    pub left_off: usize,
}

/// Somebody who could open a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseOpener {
    /// Account.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// Office.
    pub organisation: String,
    /// Why, one sentence.
    pub why: String,
    /// The policy that lets them.
    pub policy: String,
}

/// Something in one person's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NeedsOwner {
    /// What.
    pub what: String,
    /// Its reference.
    pub reference: String,
}

/// A colleague.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Colleague {
    /// Account.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// Whether they can open every case that the person can.
    pub opens: bool,
    /// The person's roles that they lack, and could be given with the work.
    pub lacks: Vec<Group>,
}

/// Invite a joiner.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// Office.
    pub organisation_id: OrganisationId,
    /// E-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Role in words.
    pub role: String,
    /// Groups.
    pub groups: Vec<Group>,
}

/// Send the link again; the one before is void.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Resend {
    /// Account.
    pub account_id: AccountId,
}

/// Show a new link, where no mail leaves.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowLink {
    /// Account.
    pub account_id: AccountId,
}

/// A link, shown once. The one before is void.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Link {
    /// For whom.
    pub email: String,
    /// The link.
    pub link: String,
    /// Until when it is good.
    pub until: Instant,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link { … }")
    }
}

/// Put a person's name right.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CorrectName {
    /// Account.
    pub account_id: AccountId,
    /// As it should be.
    pub name: String,
    /// Why; it is recorded.
    pub reason: String,
}

/// Take every second factor of a person away, who lost them together with the recovery codes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeFactorAway {
    /// Account.
    pub account_id: AccountId,
    /// Why, and how it was made sure who asks; it is recorded.
    pub reason: String,
}

/// Give an organisation another name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// Organisation or office.
    pub organisation_id: OrganisationId,
    /// From now on.
    pub name: String,
    /// Why; it is recorded.
    pub reason: String,
}

/// A mover: other roles, another office, or both.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangeRoles {
    /// Account.
    pub account_id: AccountId,
    /// Role in words.
    pub role: String,
    /// Groups.
    pub groups: Vec<Group>,
    /// Office.
    pub organisation_id: OrganisationId,
}

/// Suspend an account: its sessions end now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Suspend {
    /// Account.
    pub account_id: AccountId,
}

/// Let a suspended account in again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Reactivate {
    /// Account.
    pub account_id: AccountId,
}

/// A leaver: sessions end now, and what they saw to goes to a colleague.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Account.
    pub account_id: AccountId,
    /// The colleague who takes over; none: it is listed.
    pub colleague: Option<AccountId>,
    /// Whether the colleague is given the leaver's roles as well, all but administering: without
    /// them the cases may be closed to whoever carries on.
    pub with_roles: bool,
}

/// They left.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Left {
    /// Who is there now.
    pub people: PeopleOf,
    /// The colleague who was told that it is theirs now.
    pub handed_to: Option<String>,
    /// The roles that the colleague was given to carry on.
    pub roles: Vec<Group>,
    /// What they saw to, as far as it is in nobody's hands now.
    pub needs_owner: Vec<NeedsOwner>,
}
