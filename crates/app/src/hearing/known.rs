//! Who may be sent a document, and what is known in Welsh: asked for once for everything that a
//! draft makes, with the hearings that it might take from the list. Of a hearing that has nothing to do with Wales no Welsh is looked up.

use super::{Room, next};
use crate::{App, Error};
use domain::{
    hearing::{Hearing, NextListed},
    now::Directory,
    translation::Words,
};
use std::{ops::Deref, sync::Arc};

/// The directory, with the Welsh that translators gave.
#[derive(Default)]
pub(super) struct Known {
    directory: Arc<Directory>,
    pub(super) words: Arc<Words>,
    /// Whether the court is in Wales.
    pub(super) in_wales: bool,
    /// Whether any document of this hearing is to be in both languages.
    pub(super) in_welsh: bool,
    /// Hearings that the results shared before listed, and in which somebody types already.
    pub(super) typed_ahead: Vec<(NextListed, Hearing)>,
}

impl Known {
    pub(super) async fn of(app: &App, room: &Room) -> Result<Self, Error> {
        let directory = app.index.directory().await?;
        let court = room.hearing.court_id;
        let courts = directory.organisations.iter();
        let mut courts = courts.filter(|own| own.court.as_ref().is_some_and(|c| c.id == court));
        let in_wales = courts.any(|own| {
            let code = own.ou_code.as_deref();
            code.is_some_and(|code| app.catalogue.in_wales(code))
        });
        let in_welsh = in_wales
            || room
                .defendants()
                .any(|(_, own)| own.charged.documents_in_welsh || own.charged.hearing_in_welsh);
        let words = if in_welsh {
            app.ledger.words().await?.unwrap_or_default()
        } else {
            Arc::default()
        };
        Ok(Self {
            directory,
            words,
            in_wales,
            in_welsh,
            typed_ahead: next::typed_ahead(app, room).await?,
        })
    }
}

impl Deref for Known {
    type Target = Directory;
    fn deref(&self) -> &Directory {
        &self.directory
    }
}
