//! A receipt of service names a paper: nobody has one of a section that is closed to them, but
//! whoever served it.

use crate::{
    printouts::{of_case, refused, text},
    steps::{path_case, serve, serve_in, view},
};
use contract::Code;
use testkit::TestCourt;
use vocabulary::Group;

#[tokio::test]
async fn a_receipt_names_no_paper_of_a_section_that_its_reader_may_not_read() {
    let court = TestCourt::open().await;
    let cps = court.as_cps().await;
    let (case_id, _) = path_case(&cps).await;
    let case = view(&cps, case_id).await;
    serve(&cps, &case, "IDPC.pdf", 900).await;
    // What is not used is for the sides, not for the court that tries the case.
    serve_in(&cps, &case, "Unused material", ("Informant.pdf", 900)).await;
    let of_theirs = of_case(&cps, case_id).await;
    let receipt = |name: &str| {
        let named = |own: &&contract::printout::Offered| own.about.starts_with(name);
        of_theirs.iter().find(named).unwrap().printout.clone()
    };
    let (open, closed) = (receipt("IDPC.pdf"), receipt("Informant.pdf"));
    assert!(text(&cps, &closed).await.contains("Informant.pdf"));

    for group in [
        Group::LegalAdvisers,
        Group::CourtAdministrators,
        Group::CourtAssociate,
    ] {
        let staff = court.person(group, 0).await;
        let offered = of_case(&staff, case_id).await;
        let printouts: Vec<&str> = offered.iter().map(|own| own.printout.as_str()).collect();
        assert!(printouts.contains(&open.as_str()), "{group}: {offered:?}");
        assert!(
            !printouts.contains(&closed.as_str()),
            "{group}: {offered:?}"
        );
        assert_eq!(refused(&staff, &closed).await, Code::NotFound, "{group}");
        assert!(text(&staff, &open).await.contains("IDPC.pdf"));
    }
}
