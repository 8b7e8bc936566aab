//! The live preview: the same view as the server's, set by the same crate, so
//! that what is seen is what will be issued. Kept in memory only, and not for long.

use crate::picture::Picture;
use contract::{Code, Problem, document::OrderView};
use documents::Reading;
use serde::Serialize;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many previews are kept.
const KEPT: usize = 20;
/// How many pictures: those of a few pages at one size, and those that they replace.
const PICTURES: usize = 8;

/// A preview that was made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Preview {
    key: String,
    pages: Vec<Reading>,
}

/// Which picture: of which preview, which page, how wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) key: String,
    pub(crate) page: usize,
    pub(crate) width: u16,
}

/// The last previews' bytes, and the pictures that were drawn of them.
#[derive(Default)]
pub(crate) struct Previews(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    made: u64,
    last: VecDeque<(String, Arc<Vec<u8>>)>,
    pictures: VecDeque<(Wanted, Arc<Picture>)>,
}

impl Previews {
    /// The bytes of a preview, if it is still kept.
    fn get(&self, key: &str) -> Option<Arc<Vec<u8>>> {
        self.lock().get(key)
    }

    /// Forgets all: the next person must not see them.
    pub(crate) fn clear(&self) {
        let mut kept = self.lock();
        kept.last.clear();
        kept.pictures.clear();
    }

    fn keep(&self, bytes: Vec<u8>) -> String {
        let mut kept = self.lock();
        kept.made += 1;
        let key = kept.made.to_string();
        kept.last.push_back((key.clone(), Arc::new(bytes)));
        if kept.last.len() > KEPT {
            kept.last.pop_front();
        }
        key
    }

    fn picture(&self, wanted: &Wanted) -> Option<Arc<Picture>> {
        let kept = self.lock();
        let found = kept.pictures.iter().rev().find(|(of, _)| of == wanted);
        found.map(|(_, picture)| picture.clone())
    }

    fn keep_picture(&self, of: Wanted, picture: Arc<Picture>) {
        let mut kept = self.lock();
        // Everything may have been forgotten while it was drawn.
        if kept.get(&of.key).is_none() {
            return;
        }
        kept.pictures.push_back((of, picture));
        if kept.pictures.len() > PICTURES {
            kept.pictures.pop_front();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn get(&self, key: &str) -> Option<Arc<Vec<u8>>> {
        let found = self.last.iter().find(|(kept, _)| kept == key);
        found.map(|(_, bytes)| bytes.clone())
    }
}

/// Sets a view, on a thread where it holds up nothing.
pub(crate) async fn make(previews: &Previews, view: Box<OrderView>) -> Result<Preview, Problem> {
    let making = tokio::task::spawn_blocking(move || {
        documents::render_to_read(&view).map_err(|error| error.to_string())
    });
    match making.await.unwrap_or_else(|error| Err(error.to_string())) {
        Ok((bytes, pages)) => Ok(Preview {
            key: previews.keep(bytes),
            pages,
        }),
        Err(reason) => Err(not_made(&reason)),
    }
}

/// The picture of a page, as what has changed since the picture of it that the window
/// shows, if that is still kept.
pub(crate) async fn picture(
    previews: &Previews,
    wanted: Wanted,
    shown: Option<String>,
) -> Result<Vec<u8>, Problem> {
    let pdf = previews.get(&wanted.key).ok_or_else(Problem::not_found)?;
    let before = shown.and_then(|key| {
        previews.picture(&Wanted {
            key,
            ..wanted.clone()
        })
    });
    let (page, width) = (wanted.page, wanted.width);
    let drawing = tokio::task::spawn_blocking(move || {
        let picture = Picture::draw(pdf, page, width)?;
        let bytes = picture.after(before.as_deref());
        Some((Arc::new(picture), bytes))
    });
    let drawn = drawing
        .await
        .map_err(|error| not_made(&error.to_string()))?;
    let (picture, bytes) = drawn.ok_or_else(Problem::not_found)?;
    previews.keep_picture(wanted, picture);
    Ok(bytes)
}

fn not_made(reason: &str) -> Problem {
    tracing::error!(reason, "a preview could not be made");
    Problem::new(
        Code::Fault,
        "The preview could not be made.",
        "Go on without it; tell your organisation's support.",
    )
    .because("Nothing you entered is lost.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(key: &str) -> Wanted {
        Wanted {
            key: key.to_owned(),
            page: 1,
            width: 100,
        }
    }

    #[test]
    fn the_last_twenty_previews_are_kept() {
        let previews = Previews::default();
        let keys: Vec<String> = (0..=20).map(|number| previews.keep(vec![number])).collect();
        assert_eq!(previews.get(&keys[0]), None);
        assert_eq!(previews.get(&keys[1]).unwrap().as_slice(), [1]);
        assert_eq!(previews.get(&keys[20]).unwrap().as_slice(), [20]);
        previews.clear();
        assert_eq!(previews.get(&keys[20]), None);
    }

    #[test]
    fn a_picture_is_forgotten_with_its_preview_even_if_it_was_being_drawn() {
        let previews = Previews::default();
        let key = previews.keep(Vec::new());
        previews.keep_picture(wanted(&key), Arc::default());
        assert!(previews.picture(&wanted(&key)).is_some());
        previews.clear();
        assert!(previews.picture(&wanted(&key)).is_none());
        previews.keep_picture(wanted(&key), Arc::default());
        assert!(previews.picture(&wanted(&key)).is_none());
    }

    #[test]
    fn the_last_eight_pictures_are_kept() {
        let previews = Previews::default();
        let key = previews.keep(Vec::new());
        for page in 0..=PICTURES {
            let of = Wanted {
                page,
                ..wanted(&key)
            };
            previews.keep_picture(of, Arc::default());
        }
        let kept = |page| {
            let of = Wanted {
                page,
                ..wanted(&key)
            };
            previews.picture(&of).is_some()
        };
        assert_eq!((kept(0), kept(1), kept(PICTURES)), (false, true, true));
    }
}
