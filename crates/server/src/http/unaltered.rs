//! Bytes of the record on their way out are what they were when they came in: a file lies
//! in a folder under its own hash, and whoever can write there must not be able to put
//! another paper in its place. The last piece leaves only if all of them together have that
//! hash, so that nobody ever has an altered file whole.

use axum::body::Bytes;
use futures::{Stream, StreamExt, stream::unfold};
use sha2::{Digest, Sha256};
use std::io;

/// What has been read, and the piece that is held back.
struct Reading<S> {
    pieces: S,
    seen: Sha256,
    held: Option<Bytes>,
    sha256: String,
    over: bool,
}

/// The same pieces, and an error instead of the last if they are not what the hash says.
pub(super) fn unaltered<S>(
    pieces: S,
    sha256: &str,
) -> impl Stream<Item = io::Result<Bytes>> + use<S>
where
    S: Stream<Item = io::Result<Bytes>> + Unpin,
{
    let reading = Reading {
        pieces,
        seen: Sha256::new(),
        held: None,
        sha256: sha256.to_owned(),
        over: false,
    };
    unfold(reading, |mut reading| async move {
        while !reading.over {
            match reading.pieces.next().await {
                Some(Ok(piece)) => {
                    reading.seen.update(&piece);
                    if let Some(before) = reading.held.replace(piece) {
                        return Some((Ok(before), reading));
                    }
                }
                Some(Err(error)) => {
                    reading.over = true;
                    return Some((Err(error), reading));
                }
                None => {
                    reading.over = true;
                    let last = reading.held.take();
                    if is(&reading.sha256, reading.seen.clone()) {
                        return last.map(|last| (Ok(last), reading));
                    }
                    tracing::error!(object = reading.sha256, "an object is not what it was");
                    return Some((Err(io::Error::other("altered")), reading));
                }
            }
        }
        None
    })
}

fn is(sha256: &str, seen: Sha256) -> bool {
    hex::encode(seen.finalize()) == sha256
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{executor::block_on, stream::iter};

    fn received(pieces: &[&'static [u8]], of: &[u8]) -> (Vec<u8>, bool) {
        let pieces: Vec<_> = pieces
            .iter()
            .map(|own| Ok(Bytes::from_static(own)))
            .collect();
        let sha256 = hex::encode(Sha256::digest(of));
        let all: Vec<_> = block_on(unaltered(iter(pieces), &sha256).collect());
        let whole = all.iter().all(Result::is_ok);
        let bytes = all.into_iter().flatten().flatten().collect();
        (bytes, whole)
    }

    #[test]
    fn what_is_as_it_was_arrives_whole_and_in_order() {
        for pieces in [&[&b"one "[..], b"two ", b"three"][..], &[b"one two three"]] {
            let got = received(pieces, b"one two three");
            assert_eq!(got, (b"one two three".to_vec(), true));
        }
        assert_eq!(received(&[], b""), (Vec::new(), true));
    }

    #[test]
    fn what_was_altered_cut_or_lengthened_never_arrives_whole() {
        for pieces in [
            &[&b"one "[..], b"too ", b"three"][..],
            &[b"one ", b"two "],
            &[b"one ", b"two ", b"three", b"!"],
            &[b"One two three"],
            &[],
        ] {
            let (_, whole) = received(pieces, b"one two three");
            assert!(!whole, "{pieces:?}");
        }
    }
}
