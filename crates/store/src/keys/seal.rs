//! Sealing: ChaCha20-Poly1305 with a random nonce in front. What a sealed thing
//! belongs to is part of the seal, so that no body can be moved to another place.

use crate::{error::StoreError, keys::random};
use chacha20poly1305::{
    ChaCha20Poly1305, Key, Nonce,
    aead::{Aead, KeyInit, Payload},
};

const NONCE: usize = 12;

/// A key that seals. It is never printed.
#[derive(Clone)]
pub(crate) struct DataKey(pub(super) [u8; 32]);

impl DataKey {
    /// Its bytes, for a secret that is shared with somebody.
    pub(crate) const fn bytes(&self) -> [u8; 32] {
        self.0
    }
}

/// Seals `plain` so that it opens only under the same label.
pub(crate) fn seal(key: &DataKey, label: &str, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce: [u8; NONCE] = random()?;
    let payload = Payload {
        msg: plain,
        aad: label.as_bytes(),
    };
    let sealed = ChaCha20Poly1305::new(&Key::from(key.0))
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|_| StoreError::Keys("a body is too long to seal".to_owned()))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what was sealed under that label; anything else is `None`.
pub(crate) fn open(key: &DataKey, label: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE>()?;
    ChaCha20Poly1305::new(&Key::from(key.0))
        .decrypt(
            &Nonce::from(*nonce),
            Payload {
                msg: body,
                aad: label.as_bytes(),
            },
        )
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_body_opens_only_in_its_own_place() {
        let key = DataKey([7; 32]);
        let sealed = seal(&key, "case/1 1", b"guilty").unwrap();
        assert_eq!(
            open(&key, "case/1 1", &sealed).as_deref(),
            Some(&b"guilty"[..])
        );
        assert_eq!(open(&key, "case/1 2", &sealed), None);
        assert_eq!(open(&DataKey([8; 32]), "case/1 1", &sealed), None);
        let mut altered = sealed;
        altered[20] ^= 1;
        assert_eq!(open(&key, "case/1 1", &altered), None);
        assert_eq!(open(&key, "case/1 1", b"short"), None);
    }
}
