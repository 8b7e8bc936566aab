//! Bytes: kept whole under their hash, or not at all.

use crate::{court::fresh, ground::Ground};
use app::ports::{Fault, Objects};
use futures::stream::{self, Stream, StreamExt};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::{self, Read, Seek},
    path::Path,
    sync::Arc,
};
use store::{Incoming, Inspect, Objection, ReceiveError, Received, Store};
use tokio::io::AsyncReadExt;

const LIMIT: u64 = 10_000_000;

fn pdf(bytes: usize) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend((0..bytes.saturating_sub(file.len())).map(|n| (n % 251) as u8));
    file
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn announced(name: &str, bytes: &[u8]) -> Incoming {
    Incoming {
        id: fresh(),
        name: name.to_owned(),
        bytes: Some(bytes.len() as u64),
        sha256: Some(sha256(bytes)),
        limit: LIMIT,
    }
}

fn body(bytes: &[u8]) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + use<> {
    stream::iter(
        bytes
            .chunks(60_000)
            .map(|piece| Ok(piece.to_vec()))
            .collect::<Vec<_>>(),
    )
}

async fn receive(
    store: &Store,
    incoming: Incoming,
    bytes: &[u8],
) -> Result<Received, ReceiveError> {
    store.receive(incoming, body(bytes), None).await
}

/// Files anywhere in the object folder.
fn files(folder: &Path) -> usize {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

/// Somebody who objects to every file, after reading it from its first byte to its last.
#[derive(Debug)]
struct Objector(Objection, Vec<u8>);

impl Inspect for Objector {
    fn inspect(&self, file: &mut fs::File) -> Result<(), Objection> {
        let mut read = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut read).unwrap();
        assert_eq!(read, self.1);
        Err(self.0.clone())
    }
}

on_both! {
    async fn a_file_to_which_somebody_objects_is_not_kept(ground: &Ground) {
        let bytes = pdf(2_500_000);
        let found = Objection::Harmful { found: "Some-Worm".to_owned() };
        let inspector = Arc::new(Objector(found.clone(), bytes.clone()));
        let incoming = announced("IDPC.pdf", &bytes);
        let refused = ground.store.receive(incoming.clone(), body(&bytes), Some(inspector)).await;
        assert_eq!(refused, Err(ReceiveError::Objected(found)));
        assert_eq!(files(&ground.path("objects")), 0);
        assert!(receive(&ground.store, incoming, &bytes).await.is_ok());
    }

    async fn an_upload_is_kept_under_its_hash(ground: &Ground) {
        let bytes = pdf(3_500_000);
        let received = receive(&ground.store, announced("IDPC.pdf", &bytes), &bytes).await.unwrap();
        assert_eq!(received, Received {
            sha256: sha256(&bytes),
            bytes: 3_500_000,
            mime: "application/pdf".to_owned(),
        });
        let (mut file, length) = ground.store.open_object(&received.sha256).await.unwrap().unwrap();
        assert_eq!(length, 3_500_000);
        let mut read = Vec::new();
        file.read_to_end(&mut read).await.unwrap();
        assert!(read == bytes);
        // The same bytes again are the same object.
        let again = Incoming { bytes: None, sha256: None, ..announced("copy.pdf", &bytes) };
        assert_eq!(receive(&ground.store, again, &bytes).await.unwrap(), received);
        assert_eq!(files(&ground.path("objects")), 1);
    }

    async fn an_upload_that_is_not_right_leaves_nothing_behind(ground: &Ground) {
        let store = &ground.store;
        let bytes = pdf(200_000);
        let whole = announced("IDPC.pdf", &bytes);
        let short = receive(store, Incoming { id: fresh(), ..whole.clone() }, &bytes[..150_000]).await;
        assert_eq!(short, Err(ReceiveError::Truncated { received: 150_000 }));
        let lost = body(&bytes[..120_000])
            .chain(stream::iter([Err(io::ErrorKind::ConnectionReset.into())]));
        let lost = store.receive(Incoming { bytes: None, ..whole.clone() }, lost, None).await;
        assert_eq!(lost, Err(ReceiveError::Truncated { received: 120_000 }));
        let mut altered = bytes.clone();
        altered[100_000] ^= 1;
        let wrong = receive(store, whole.clone(), &altered).await;
        assert_eq!(wrong, Err(ReceiveError::WrongHash { found: sha256(&altered) }));
        let mut long = bytes.clone();
        long.push(0);
        let long = receive(store, whole.clone(), &long).await;
        assert_eq!(long, Err(ReceiveError::TooLarge { limit: 200_000 }));
        let over = Incoming { limit: 199_999, ..whole.clone() };
        assert_eq!(receive(store, over, &bytes).await, Err(ReceiveError::TooLarge { limit: 199_999 }));
        let unannounced = Incoming { limit: 199_999, bytes: None, ..whole.clone() };
        assert_eq!(receive(store, unannounced, &bytes).await, Err(ReceiveError::TooLarge { limit: 199_999 }));
        let text = b"just some words";
        let wrong = receive(store, announced("IDPC.pdf", text), text).await;
        assert_eq!(wrong, Err(ReceiveError::WrongType {
            named: "pdf".to_owned(),
            found: "plain text".to_owned(),
        }));
        let nothing = receive(store, announced("empty.pdf", b""), b"").await;
        assert!(matches!(nothing, Err(ReceiveError::WrongType { .. })));
        assert_eq!(files(&ground.path("objects")), 0);
    }

    async fn no_space_while_bytes_are_written_leaves_nothing_behind(ground: &Ground) {
        let bytes = pdf(3_000_000);
        // In the middle of the file, not at its first byte: it is written by the mebibyte.
        ground.settings.faults.no_space_in_object(2);
        let refused = receive(&ground.store, announced("IDPC.pdf", &bytes), &bytes).await;
        assert_eq!(refused, Err(ReceiveError::NoSpace));
        ground.settings.faults.no_space_in_object(1);
        assert_eq!(ground.store.put(bytes.clone()).await, Err(Fault::NoSpace));
        assert_eq!(files(&ground.path("objects")), 0);
        assert!(receive(&ground.store, announced("IDPC.pdf", &bytes), &bytes).await.is_ok());
    }

    async fn a_caller_that_goes_away_in_the_middle_leaves_nothing_behind(ground: &Ground) {
        let bytes = pdf(2_500_000);
        let never_ends = body(&bytes).chain(stream::pending());
        let store = ground.store.clone();
        let incoming = Incoming { bytes: None, sha256: None, ..announced("IDPC.pdf", &bytes) };
        let task = tokio::spawn(async move { store.receive(incoming, never_ends, None).await });
        let folder = ground.path("objects");
        while files(&folder) == 0 {
            tokio::task::yield_now().await;
        }
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        // The writing thread sees that nobody asks any more.
        while files(&folder) > 0 {
            tokio::task::yield_now().await;
        }
    }

    async fn what_a_killed_server_left_is_swept_up_at_the_next_opening(ground: &Ground) {
        let left = ground.path("objects/incoming/left.part");
        fs::write(&left, b"half of a file").unwrap();
        // Another server's upload at work is not swept up.
        let at_work = ground.path("objects/incoming/at-work.part");
        let file = fs::File::create(&at_work).unwrap();
        file.lock().unwrap();
        drop(ground.another_server().await);
        assert!(!left.exists());
        assert!(at_work.exists());
    }

    async fn what_was_exchanged_in_its_place_is_not_got(ground: &Ground) {
        let bytes = pdf(5_000);
        let name = ground.store.put(bytes.clone()).await.unwrap();
        assert_eq!(name, sha256(&bytes));
        let path = ground.path("objects").join(&name[..2]).join(&name[2..4]).join(&name);
        let mut other = bytes.clone();
        other[4_000] ^= 1;
        fs::write(&path, other).unwrap();
        assert!(matches!(ground.store.get(&name).await, Err(Fault::Broken(_))));
        fs::write(&path, &bytes).unwrap();
        assert_eq!(ground.store.get(&name).await.unwrap(), Some(bytes));
    }

    async fn documents_are_put_and_got(ground: &Ground) {
        let bytes = pdf(5_000);
        let hash = ground.store.put(bytes.clone()).await.unwrap();
        assert_eq!(hash, sha256(&bytes));
        assert_eq!(ground.store.put(bytes.clone()).await.unwrap(), hash);
        assert_eq!(ground.store.get(&hash).await.unwrap(), Some(bytes));
        assert_eq!(ground.store.get(&"0".repeat(64)).await.unwrap(), None);
        assert!(ground.store.open_object(&"0".repeat(64)).await.unwrap().is_none());
        for name in ["../keys/wrapping.key", "", &hash.to_uppercase()] {
            assert!(ground.store.open_object(name).await.unwrap().is_none());
            assert_eq!(ground.store.get(name).await.unwrap(), None);
        }
    }
}
