//! Permission of whoever prosecutes, on a sensitive case of their own authority: who gives it, to
//! whom, what it opens and what not, and each way in which it ends.

use crate::{
    people::{PASSWORD, sign_in},
    steps::{path_case, serve, view},
    veil::{access, break_glass, controller, make_sensitive, opens, set},
};
use app::account::{NewAccount, NewOrganisation, add_organisation, open_account};
use client::{Bytes, Client};
use contract::{
    Code, Problem,
    access::{CaseAccess, Give, OfCase, Openings, TakeBack},
    audit::{Report, Subject},
    case::CaseAtAGlance,
    notice,
    organisation::{ChangeRoles, Leave},
    prosecution::{Assign, Unassign},
};
use testkit::TestCourt;
use vocabulary::{
    AccountId, CaseId, CasePermission, Day, Group, MaterialId, OrganisationId, OrganisationKind,
};

/// In charge of the case at the authority that brought it.
const LEAD: &str = "kofi.marsh@cps-ashmere.example.test";
/// Prosecutes there.
const COLLEAGUE: &str = "gita.rowe@cps-ashmere.example.test";
const ADVOCATE: &str = "rosalind.quaye@fivewells.example.test";
const ADVISER: &str = "ada.wren@court.example.test";
const BOTH: [Group; 2] = [Group::Cps, Group::OrganisationAdministrator];

struct Ground {
    court: TestCourt,
    case_id: CaseId,
    paper: MaterialId,
    /// The case as the colleague saw it before it became sensitive.
    before: CaseAtAGlance,
    authority: OrganisationId,
}

async fn account(court: &TestCourt, email: &str) -> domain::account::Account {
    let found = court.state.app.index.account_by_email(email).await;
    found.unwrap().unwrap()
}

async fn becomes(court: &TestCourt, email: &str, groups: &[Group]) {
    let own = account(court, email).await;
    let roles = ChangeRoles {
        account_id: own.id,
        role: own.role.clone(),
        groups: groups.to_vec(),
        organisation_id: own.organisation,
    };
    let staff = court.as_administrator().await;
    staff.organisation_change_roles(&roles).await.unwrap();
}

async fn joins(court: &TestCourt, email: &str, at: OrganisationId, groups: &[Group]) {
    let new = NewAccount {
        email: email.to_owned(),
        name: "Gita Rowe".to_owned(),
        role: "Prosecutor".to_owned(),
        organisation: at,
        groups: groups.to_vec(),
        password: PASSWORD.to_owned(),
    };
    open_account(&court.state.app, new).await.unwrap();
}

async fn ground() -> Ground {
    let court = TestCourt::open().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    becomes(&court, LEAD, &BOTH).await;
    let authority = account(&court, LEAD).await.organisation;
    joins(&court, COLLEAGUE, authority, &[Group::Cps]).await;
    let colleague = sign_in(&court, COLLEAGUE).await;
    let glance = view(&colleague, case_id).await;
    serve(&colleague, &glance, "IDPC.pdf", 2_000).await;
    let before = view(&colleague, case_id).await;
    make_sensitive(&court, case_id).await;
    Ground {
        paper: before.materials[0].material_id,
        court,
        case_id,
        before,
        authority,
    }
}

impl Ground {
    async fn lead(&self) -> Client {
        self.court.sign_in(LEAD).await
    }

    async fn give(
        &self,
        giver: &Client,
        email: &str,
        until: Option<Day>,
    ) -> Result<CaseAccess, Problem> {
        let give = Give {
            case_id: self.case_id,
            email: email.to_owned(),
            permission: CasePermission::Deputy,
            defendant_id: None,
            until,
            reason: "Prepares the trial.".to_owned(),
        };
        giver.access_give(&give).await
    }

    async fn take_back(&self, giver: &Client, email: &str) -> Result<CaseAccess, Problem> {
        let back = TakeBack {
            case_id: self.case_id,
            account_id: account(&self.court, email).await.id,
            defendant_id: None,
            reason: "Somebody else prosecutes.".to_owned(),
        };
        giver.access_take_back(&back).await
    }

    async fn assign(&self, until: Option<Day>) -> AccountId {
        let assign = Assign {
            case_id: self.case_id,
            email: ADVOCATE.to_owned(),
            until,
            confirmed: false,
        };
        let lead = self.lead().await;
        lead.prosecution_assign(&assign).await.unwrap();
        account(&self.court, ADVOCATE).await.id
    }

    async fn reads(&self, client: &Client) -> Option<Code> {
        let id = self.paper.to_string();
        let read = client.download(Bytes::Material, &id);
        read.await.err().map(|problem| problem.code)
    }

    /// The same court on another day.
    async fn on(mut self, day: Day) -> Self {
        self.court.config.today = Some(day);
        self.court = self.court.restarted().await;
        self
    }
}

#[tokio::test]
async fn a_prosecutor_with_permission_opens_the_case_without_a_reason_until_it_is_taken_back() {
    let ground = ground().await;
    let (case_id, today) = (ground.case_id, ground.court.today());
    let colleague = sign_in(&ground.court, COLLEAGUE).await;
    assert_eq!(opens(&colleague, case_id).await, Err(Code::ReasonNeeded));
    // Whoever gives it need not open the case, and is offered who could have it.
    let lead = ground.lead().await;
    assert_eq!(opens(&lead, case_id).await, Err(Code::ReasonNeeded));
    let seen = access(&lead, case_id).await;
    let offered: Vec<_> = seen.offered.iter().map(|own| own.email.as_str()).collect();
    assert_eq!(offered, [COLLEAGUE]);
    assert!(seen.for_prosecution && !seen.may_lift && !seen.may_make_sensitive);

    let given = ground.give(&lead, COLLEAGUE, None).await.unwrap();
    let own = &given.permissions[0];
    assert!(own.in_force, "{own:?}");
    // For the time of an assignment, and whatever was chosen as what it is.
    assert_eq!(own.until, Some(today.plus_days(28)));
    assert_eq!(own.until, Some(seen.usual_until));
    assert_eq!(own.permission, CasePermission::Access);
    assert!(own.organisation.as_deref().unwrap().starts_with("CPS"));
    let twice = ground.give(&lead, COLLEAGUE, None).await.unwrap_err();
    assert_eq!(twice.reference.as_deref(), Some("permitted_already"));

    // It is the case as it was before it became sensitive: no section more, no paper more.
    let now = view(&colleague, case_id).await;
    let shown = |of: &CaseAtAGlance| {
        let papers: Vec<_> = of.materials.iter().map(|own| own.material_id).collect();
        let people: Vec<_> = of.defendants.iter().map(|own| own.defendant_id).collect();
        (papers, people, of.sections.clone(), of.may.clone())
    };
    assert_eq!(shown(&now), shown(&ground.before));
    assert_eq!(ground.reads(&colleague).await, None);
    serve(&colleague, &now, "Served.pdf", 1_000).await;
    // Nobody has anything to review; that it was opened is in the record.
    let controller = controller(&ground.court).await;
    let queue = controller.access_openings(&Openings {}).await.unwrap();
    assert!(queue.openings.is_empty() && queue.reviews, "{queue:?}");
    let report = Report {
        about: Subject::Case,
        which: now.urn.to_string(),
        from: today,
        to: today,
        after: None,
    };
    let auditor = ground.court.person(Group::Auditors, 0).await;
    let lines = auditor.audit_report(&report).await.unwrap().lines;
    let opened = |what: &str| {
        lines
            .iter()
            .any(|own| own.who.contains("Gita") && own.what == what)
    };
    assert!(opened("case viewed"), "{lines:#?}");
    let said = lines.iter().find(|own| own.what == "permission given");
    assert!(said.unwrap().to.contains(", until "), "{said:?}");

    ground.take_back(&lead, COLLEAGUE).await.unwrap();
    assert_eq!(opens(&colleague, case_id).await, Err(Code::ReasonNeeded));
    assert_eq!(ground.reads(&colleague).await, Some(Code::ReasonNeeded));
    break_glass(&colleague, case_id).await.unwrap();
}

#[tokio::test]
async fn what_is_given_to_a_prosecutor_ends_with_its_last_day_and_when_they_leave() {
    let ground = ground().await;
    let (case_id, today) = (ground.case_id, ground.court.today());
    // The court gives it as well.
    let controller_ = controller(&ground.court).await;
    for wrong in [today.plus_days(-1), today.plus_days(367)] {
        let refused = ground.give(&controller_, COLLEAGUE, Some(wrong)).await;
        let refused = refused.unwrap_err().reference;
        assert_eq!(refused.as_deref(), Some("last_day_wrong"));
    }
    let last = today.plus_days(2);
    ground
        .give(&controller_, COLLEAGUE, Some(last))
        .await
        .unwrap();
    // They hear that they have it; the reason was written for the court.
    let colleague = sign_in(&ground.court, COLLEAGUE).await;
    let told = colleague.notice_list(&notice::List {}).await.unwrap().items;
    let told: Vec<_> = told
        .iter()
        .filter(|own| own.title.contains("permission given"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].body.contains("gave you permission"), "{told:?}");
    assert!(!told[0].body.contains("Prepares"), "{told:?}");

    let ground = ground.on(last).await;
    let colleague = sign_in(&ground.court, COLLEAGUE).await;
    assert_eq!(opens(&colleague, case_id).await, Ok(()));
    let ground = ground.on(last.plus_days(1)).await;
    let colleague = sign_in(&ground.court, COLLEAGUE).await;
    assert_eq!(opens(&colleague, case_id).await, Err(Code::ReasonNeeded));
    let controller = controller(&ground.court).await;
    assert!(!access(&controller, case_id).await.permissions[0].in_force);
    // What has ended is given anew, and replaced.
    let given = ground.give(&controller, COLLEAGUE, None).await.unwrap();
    assert_eq!(given.permissions.len(), 1);
    assert_eq!(opens(&colleague, case_id).await, Ok(()));

    // Whoever does not prosecute any more has it no more, and has it not back.
    becomes(
        &ground.court,
        COLLEAGUE,
        &[Group::OrganisationAdministrator],
    )
    .await;
    assert!(!access(&controller, case_id).await.permissions[0].in_force);
    becomes(&ground.court, COLLEAGUE, &[Group::Cps]).await;
    let leave = Leave {
        account_id: account(&ground.court, COLLEAGUE).await.id,
        colleague: None,
        with_roles: false,
    };
    let staff = ground.court.as_administrator().await;
    staff.organisation_leave(&leave).await.unwrap();
    assert_eq!(opens(&colleague, case_id).await, Err(Code::SignedOut));
    assert!(access(&controller, case_id).await.permissions.is_empty());
}

#[tokio::test]
async fn an_advocate_has_permission_while_the_case_is_assigned_to_them() {
    let ground = ground().await;
    let (case_id, today) = (ground.case_id, ground.court.today());
    let lead = ground.lead().await;
    // Not before it is.
    let refused = ground.give(&lead, ADVOCATE, None).await.unwrap_err();
    assert_eq!(refused.code, Code::BadRequest);
    break_glass(&lead, case_id).await.unwrap();
    let account_id = ground.assign(Some(today.plus_days(9))).await;
    let advocate = ground.court.sign_in(ADVOCATE).await;
    assert_eq!(opens(&advocate, case_id).await, Err(Code::ReasonNeeded));
    let offered = access(&lead, case_id).await.offered;
    assert!(
        offered.iter().any(|own| own.email == ADVOCATE),
        "{offered:?}"
    );
    ground
        .give(&lead, ADVOCATE, Some(today.plus_days(20)))
        .await
        .unwrap();
    let seen = view(&advocate, case_id).await;
    assert!(
        seen.sections.is_empty() && seen.may == ["view_people"],
        "{:?}",
        seen.may
    );
    assert_eq!(ground.reads(&advocate).await, None);

    // It ends with the assignment, and does not come back with another one.
    let take = Unassign {
        case_id,
        account_id,
    };
    lead.prosecution_unassign(&take).await.unwrap();
    assert_eq!(opens(&advocate, case_id).await, Err(Code::NotFound));
    assert_eq!(ground.reads(&advocate).await, Some(Code::NotFound));
    ground.assign(Some(today.plus_days(9))).await;
    assert_eq!(opens(&advocate, case_id).await, Err(Code::ReasonNeeded));
    ground
        .give(&lead, ADVOCATE, Some(today.plus_days(20)))
        .await
        .unwrap();
    assert_eq!(opens(&advocate, case_id).await, Ok(()));

    let ground = ground.on(today.plus_days(9)).await;
    let advocate = ground.court.sign_in(ADVOCATE).await;
    assert_eq!(opens(&advocate, case_id).await, Ok(()));
    let ground = ground.on(today.plus_days(10)).await;
    let advocate = ground.court.sign_in(ADVOCATE).await;
    assert_eq!(opens(&advocate, case_id).await, Err(Code::NotFound));
    assert_eq!(ground.reads(&advocate).await, Some(Code::NotFound));
    let lead = ground.lead().await;
    assert!(!access(&lead, case_id).await.permissions[0].in_force);
    break_glass(&lead, case_id).await.unwrap();
    ground.assign(None).await;
    assert_eq!(opens(&advocate, case_id).await, Err(Code::ReasonNeeded));
}

/// Neither of another authority, nor of another side, nor by somebody who is not in charge.
#[tokio::test]
async fn nobody_else_is_given_it_and_nobody_else_gives_it_for_the_prosecution() {
    let ground = ground().await;
    let (court, case_id) = (&ground.court, ground.case_id);
    let other = NewOrganisation {
        kind: OrganisationKind::Prosecutor,
        name: "Weir Conservancy".to_owned(),
        address: vec!["1 Weir Street".to_owned(), "Ashmere".to_owned()],
        postcode: Some("AM2 7PB".to_owned()),
        email: Some("office@weir.example.test".to_owned()),
        ou_code: Some("B97ZZ00".to_owned()),
    };
    let other = add_organisation(&court.state.app, other).await.unwrap();
    let (elsewhere, theirs) = ("bea.lowe@weir.example.test", "nils.orr@weir.example.test");
    let prosecutes = Group::NonCpsProsecutors;
    let leads = [prosecutes, Group::OrganisationAdministrator];
    joins(court, elsewhere, other.id, &leads).await;
    joins(court, theirs, other.id, &[prosecutes]).await;

    // To another authority there is no such case, whatever it asks and whoever is named.
    let stranger = sign_in(court, elsewhere).await;
    for email in [theirs, COLLEAGUE] {
        let refused = ground.give(&stranger, email, None).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
    let of = OfCase {
        case: ground.before.urn.to_string(),
    };
    let refused = stranger.access_of_case(&of).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);

    // Whoever prosecutes and is in charge of nothing is told why, and so is whoever is in charge
    // and does not prosecute.
    let colleague = sign_in(court, COLLEAGUE).await;
    break_glass(&colleague, case_id).await.unwrap();
    let refused = ground.give(&colleague, LEAD, None).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);
    let refused = refused.why.unwrap();
    assert!(refused.contains("Organisation administrator"), "{refused}");
    becomes(court, COLLEAGUE, &[Group::OrganisationAdministrator]).await;
    let manager = sign_in(court, COLLEAGUE).await;
    let refused = ground.give(&manager, LEAD, None).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    becomes(court, COLLEAGUE, &[Group::Cps]).await;

    let lead = ground.lead().await;
    let controller = controller(court).await;
    let nobody = "nobody@cps-ashmere.example.test";
    let firm = "iris.thorne@thornevale.example.test";
    for (giver, emails) in [
        (&lead, &[theirs, firm, ADVOCATE, ADVISER, nobody][..]),
        (&controller, &[theirs, firm, ADVOCATE, nobody][..]),
    ] {
        let mut said = Vec::new();
        for email in emails {
            let refused = ground.give(giver, email, None).await.unwrap_err();
            assert_eq!(refused.code, Code::BadRequest, "{email}");
            said.push((refused.title, refused.hint));
        }
        // An address tells nobody whether there is such an account.
        said.dedup();
        assert_eq!(said.len(), 1, "{said:?}");
    }
    let own = ground.give(&lead, LEAD, None).await.unwrap_err();
    assert_eq!(own.code, Code::NotPermitted);

    // What courts gave, and why the case is sensitive, is not theirs.
    ground.give(&controller, ADVISER, None).await.unwrap();
    let seen = access(&lead, case_id).await;
    assert!(seen.permissions.is_empty() && seen.openings.is_empty());
    let why = seen.sensitive.unwrap();
    assert!(!why.contains("witness"), "{why}");
    let back = ground.take_back(&lead, ADVISER).await.unwrap_err();
    assert_eq!(back.reference.as_deref(), Some("no_permission"));
    for sensitive in [false, true] {
        let set = set(&lead, case_id, sensitive).await.unwrap_err();
        assert_eq!(set, Code::NotPermitted);
    }
    let queue = lead.access_openings(&Openings {}).await.unwrap();
    assert!(queue.openings.is_empty() && !queue.reviews);

    // And what somebody was given as one of the authority counts nowhere else.
    ground.give(&lead, COLLEAGUE, None).await.unwrap();
    assert_ne!(ground.authority, other.id);
    let moves = ChangeRoles {
        account_id: account(court, COLLEAGUE).await.id,
        role: "Prosecutor".to_owned(),
        groups: vec![prosecutes],
        organisation_id: other.id,
    };
    let staff = court.as_administrator().await;
    if staff.organisation_change_roles(&moves).await.is_ok() {
        let moved = sign_in(court, COLLEAGUE).await;
        assert_eq!(opens(&moved, case_id).await, Err(Code::NotFound));
        let seen = access(&lead, case_id).await.permissions;
        assert!(seen.iter().all(|own| !own.in_force), "{seen:?}");
    }
}
