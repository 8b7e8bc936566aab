//! Who is at work on a record, and whether it can keep files.

use crate::ground::Ground;
use store::StoreError;

fn is_in_use<T>(outcome: Result<T, StoreError>) -> bool {
    matches!(outcome, Err(StoreError::InUse(_)))
}

on_both! {
    async fn servers_are_at_work_together_and_a_rebuild_alone(ground: &Ground) {
        let other = ground.another_server().await;
        let (one, two) = (ground.store.begin_serving().unwrap(), other.begin_serving().unwrap());
        assert!(is_in_use(other.keep_servers_away()));
        drop(one);
        assert!(is_in_use(ground.store.keep_servers_away()));
        drop(two);
        let alone = ground.store.keep_servers_away().unwrap();
        assert!(is_in_use(other.begin_serving()));
        assert!(is_in_use(other.keep_servers_away()));
        drop(alone);
        other.begin_serving().unwrap();
    }

    async fn a_batch_of_the_post_is_written_by_one_alone_beside_the_servers(ground: &Ground) {
        let other = ground.another_server().await;
        let _served = other.begin_serving().unwrap();
        let posting = ground.store.begin_posting().unwrap();
        assert!(is_in_use(other.begin_posting()));
        drop(posting);
        other.begin_posting().unwrap();
    }

    async fn files_are_ready_while_they_can_be_written(ground: &Ground) {
        ground.store.files_ready().await.unwrap();
        let incoming = ground.path("objects/incoming");
        std::fs::remove_dir_all(&incoming).unwrap();
        std::fs::write(&incoming, "").unwrap();
        assert!(matches!(ground.store.files_ready().await, Err(StoreError::Files { .. })));
        std::fs::remove_file(&incoming).unwrap();
        std::fs::create_dir(&incoming).unwrap();
        ground.store.files_ready().await.unwrap();
    }
}
