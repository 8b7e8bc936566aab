//! Several servers on one record keep one order, and each believes the others.

use crate::{
    court::{OU_CODE, Office, Paper, append, command, noon, part},
    ground::Ground,
};
use app::ports::{Courts, Expected, Fault, Index, Ledger};
use domain::{
    Event, Stream, StreamKind,
    rules::{RULES, RulesEvent},
    validator::Lowered,
};
use futures::future::join_all;
use vocabulary::OrganisationKind;

on_both! {
    async fn two_appenders_keep_one_order_without_a_gap(ground: &Ground) {
        let other = ground.another_server().await;
        let papers: Vec<Paper> = (0..60).map(|_| Paper::new()).collect();
        let outcomes = join_all(papers.iter().enumerate().map(|(n, paper)| {
            let store = if n % 2 == 0 { &ground.store } else { &other };
            async move {
                let created = append(store, paper.stream(), vec![paper.created()]).await?;
                append(store, paper.stream(), vec![paper.pleaded(noon().day())]).await?;
                Ok::<_, Fault>(created)
            }
        }))
        .await;
        for outcome in outcomes {
            outcome.unwrap();
        }
        let positions = ground.value("select count(*) from ledger_event where position <= 120").await;
        assert_eq!(positions, "120");
        let found = other.verify().await.unwrap();
        assert_eq!((found.events, found.bad), (120, None));
    }

    async fn what_one_server_recorded_the_other_knows_at_once(ground: &Ground) {
        let other = ground.another_server().await;
        let paper = Paper::new();
        append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        // Both remember version 1 now; then one of them goes on alone.
        append(&other, paper.stream(), vec![paper.pleaded(noon().day())]).await.unwrap();
        append(&ground.store, paper.stream(), vec![paper.pleaded(noon().day().plus_days(1))]).await.unwrap();
        let stale = other
            .append(command(vec![part(paper.stream(), Expected::Version(2), vec![
                paper.pleaded(noon().day().plus_days(2)),
            ])]))
            .await;
        assert_eq!(stale.unwrap_err(), Fault::Stale { stream: paper.stream().to_string(), found: 3 });
        let case = other.case(paper.case).await.unwrap().unwrap();
        assert_eq!((case.version, Some(case)), (3, ground.store.case(paper.case).await.unwrap()));
    }

    async fn a_rule_that_one_server_records_as_lowered_the_other_asks_so_at_once(ground: &Ground) {
        let other = ground.another_server().await;
        assert_eq!(other.lowered_rules().await.unwrap(), None);
        let stream = Stream::new(StreamKind::Rules, RULES);
        for (to, version) in [(Lowered::Warning, 1), (Lowered::Off, 2)] {
            let lowered = RulesEvent::RuleLowered {
                rule: "DR-AGE-007".to_owned(),
                to,
                by: "Ada Wren".to_owned(),
                reason: "Incident 41".to_owned(),
            };
            append(&ground.store, stream, vec![Event::Rules(lowered)]).await.unwrap();
            let known = other.lowered_rules().await.unwrap().unwrap();
            assert_eq!((known.of("DR-AGE-007").unwrap().to, known.version), (to, version));
        }
    }

    async fn the_same_command_to_two_servers_is_recorded_once(ground: &Ground) {
        let other = ground.another_server().await;
        let paper = Paper::new();
        let sent = command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]);
        let outcomes =
            join_all((0..10).map(|n| if n % 2 == 0 { &ground.store } else { &other }).map(|store| {
                store.append(sent.clone())
            }))
            .await;
        assert_eq!(outcomes.iter().filter(|o| !o.as_ref().unwrap().repeated).count(), 1);
        assert_eq!(ground.store.events(paper.stream(), 0).await.unwrap().len(), 1);
    }

    async fn people_who_joined_through_one_server_are_told_by_the_other(ground: &Ground) {
        let other = ground.another_server().await;
        let (one, two) = (Paper::new(), Paper::new());
        append(&ground.store, one.stream(), vec![one.created()]).await.unwrap();
        let prosecutor = Office::open(&other, OrganisationKind::Prosecutor, Some(OU_CODE)).await;
        let firm = Office::open(&other, OrganisationKind::DefenceFirm, None).await;
        append(&ground.store, two.stream(), vec![two.created()]).await.unwrap();
        let associated = two.associated(two.first, firm.organisation);
        append(&ground.store, two.stream(), vec![associated]).await.unwrap();
        assert_eq!(ground.store.notices(prosecutor.active, noon().day(), 9).await.unwrap().len(), 1);
    }

    async fn two_servers_share_one_set_of_keys(ground: &Ground) {
        let paper = Paper::new();
        append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        let other = ground.another_server().await;
        assert!(other.case(paper.case).await.unwrap().is_some());
        let signed = other.checkpoint().await.unwrap();
        assert_eq!(ground.store.verify().await.unwrap().checkpoint, Some(signed));
    }

    async fn what_one_server_commits_is_announced_by_the_other_too(ground: &Ground) {
        let prosecutor = Office::open(&ground.store, OrganisationKind::Prosecutor, Some(OU_CODE)).await;
        let other = ground.another_server().await;
        let mut here = ground.store.commits();
        let mut there = other.commits();
        // The other server begins to listen on its own time; so things happen until it has heard.
        let heard = async {
            loop {
                let committed = there.recv().await.unwrap();
                if let Some(touched) = committed.touched.first() {
                    break touched.clone();
                }
            }
        };
        let busy = async {
            loop {
                let paper = Paper::new();
                append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        let heard = tokio::select! {
            heard = heard => heard,
            () = busy => unreachable!(),
        };
        assert!(heard.tag.starts_with("case:") || heard.tag == "everything", "{}", heard.tag);
        assert!(heard.courts == Courts::All && heard.organisations.contains(&prosecutor.organisation));
        // At home each commit is announced once: its own note does not come back.
        let mut positions = Vec::new();
        while let Ok(committed) = here.try_recv() {
            positions.push(committed.position);
        }
        let mut once = positions.clone();
        once.dedup();
        assert_eq!(positions, once);
    }
}
