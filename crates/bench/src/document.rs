//! `document`: the two-page order as a tagged PDF, the same bytes every time:
//! CPU time of one thread for one document.
//!
//! The floor is deflating the same bytes: every stream of that PDF that is
//! compressed, unpacked beforehand and compressed again the same way. Only what is
//! deflated once for all documents, the ordinary letters of the fonts, can go below it.

#[allow(dead_code, reason = "the golden tests use the rest")]
#[path = "../../../tests/golden/fixtures.rs"]
mod fixtures;

use crate::{
    Outcome, machine,
    report::{Goal, Report, percentile, rounded},
    rounds::interleaved,
};
use flate2::{Compression, write::ZlibEncoder};
use sha2::{Digest, Sha256};
use std::{io::Write, time::Duration};

/// Documents in a round.
const MADE: usize = 100;
/// How many milliseconds of CPU one may take.
const MOST: f64 = 10.0;

pub(crate) async fn run() -> Outcome {
    let view = fixtures::two_pages();
    let pdf = documents::render(&view)?;
    let parsed = lopdf::Document::load_mem(&pdf)?;
    let tagged = parsed.catalog()?.get(b"StructTreeRoot").is_ok();
    let pages = parsed.get_pages().len();
    let streams = compressed(&parsed);
    let plain: usize = streams.iter().map(Vec::len).sum();
    let mut all = Vec::new();
    let mut same = true;
    let rounds = interleaved(
        "document",
        &[],
        async || {
            let mut round = Vec::with_capacity(MADE);
            for _ in 0..MADE {
                let begun = machine::thread_cpu();
                for stream in &streams {
                    let room = Vec::with_capacity(stream.len() / 2);
                    let mut encoder = ZlibEncoder::new(room, Compression::new(6));
                    encoder.write_all(stream)?;
                    std::hint::black_box(encoder.finish()?);
                }
                round.push(millis(begun));
            }
            Ok(percentile(&round, 50))
        },
        async || {
            let mut round = Vec::with_capacity(MADE);
            for _ in 0..MADE {
                let begun = machine::thread_cpu();
                let made = documents::render(&view)?;
                round.push(millis(begun));
                same &= made == pdf;
            }
            all.extend_from_slice(&round);
            Ok(percentile(&round, 50))
        },
    )
    .await?;
    let p50 = percentile(&all, 50);
    Report::new("document", "ms", &rounds, all.len(), Goal::AtMost(f64::MAX))
        .goal("value <= 10 ms of CPU", p50 <= MOST)
        .and("the same bytes every time", same)
        .and("tagged", tagged)
        .and("two pages", pages == 2)
        .with("p99_ms", rounded(percentile(&all, 99)))
        .with("bytes", pdf.len())
        .with("deflated_bytes", plain)
        .with("sha256", hex::encode(Sha256::digest(&pdf)))
        .print();
    Ok(())
}

fn millis(begun: Duration) -> f64 {
    (machine::thread_cpu() - begun).as_secs_f64() * 1_000.0
}

/// What the compressed streams of a PDF hold.
fn compressed(pdf: &lopdf::Document) -> Vec<Vec<u8>> {
    pdf.objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Filter").is_ok())
        .filter_map(|stream| stream.decompressed_content().ok())
        .collect()
}
