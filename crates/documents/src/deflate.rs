//! Streams made small, all in the same way. What comes out depends on what went in and on
//! nothing that was deflated before.

use crate::DocumentError;
use flate2::{Compress, Compression, FlushCompress, Status};

/// The effort at which text is hardly smaller at any higher.
const LEVEL: u32 = 6;

/// What deflates one stream after the other: its tables are large, and made once.
pub(crate) struct Deflater(Compress);

impl Deflater {
    pub(crate) fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }

    /// The content, deflated, with zlib's head as PDF wants it.
    ///
    /// # Errors
    /// If the library fails.
    pub(crate) fn deflate(&mut self, content: &[u8]) -> Result<Vec<u8>, DocumentError> {
        self.0.reset();
        let mut out = Vec::with_capacity(content.len() / 2 + 64);
        loop {
            let read = usize::try_from(self.0.total_in()).unwrap_or(usize::MAX);
            let rest = content.get(read..).unwrap_or_default();
            let state = self
                .0
                .compress_vec(rest, &mut out, FlushCompress::Finish)
                .map_err(|error| DocumentError::Write(error.to_string()))?;
            if state == Status::StreamEnd {
                return Ok(out);
            }
            out.reserve(out.capacity().max(64));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Deflater;
    use std::io::Read;

    #[test]
    fn what_was_deflated_before_leaves_no_trace_and_nothing_is_lost() {
        let noise: Vec<u8> = (0..90_000_u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13).to_be_bytes()[3])
            .collect();
        let mut used = Deflater::new();
        for content in [noise.as_slice(), b"", b"word word word", &noise[..5_000]] {
            let deflated = used.deflate(content).unwrap();
            assert_eq!(deflated, Deflater::new().deflate(content).unwrap());
            let mut back = Vec::new();
            flate2::read::ZlibDecoder::new(deflated.as_slice())
                .read_to_end(&mut back)
                .unwrap();
            assert!(back == content);
        }
    }
}
