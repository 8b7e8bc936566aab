//! What the court knows when it looks at a submission: its court houses, who
//! may prosecute, the offences, and the short lists. Gathered once, so that
//! the checks stay pure.

use crate::{App, Error};
use domain::account::{Court, Organisation};
use reference::Catalogue;
use std::{collections::BTreeMap, sync::Arc};
use vocabulary::{Jurisdiction, OrganisationKind};

/// What is known of an offence code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceFacts {
    /// Title.
    pub title: String,
    /// Welsh title.
    pub title_welsh: Option<String>,
    /// Legislation.
    pub legislation: String,
    /// `Summary`, `Either Way`, `Indictable`.
    pub mode_of_trial: String,
    /// Longest penalty.
    pub max_penalty: Option<String>,
    /// DVLA code.
    pub dvla_code: Option<String>,
}

impl OffenceFacts {
    fn of(known: &reference::OffenceDefinition) -> Self {
        Self {
            title: known.title.clone(),
            title_welsh: known.welsh_title.clone(),
            legislation: known.legislation.clone(),
            mode_of_trial: known.mode_of_trial.clone(),
            max_penalty: Some(known.max_penalty.clone()).filter(|text| !text.is_empty()),
            dvla_code: known.dvla_code.clone(),
        }
    }
}

/// What the court knows.
#[derive(Clone)]
pub struct Knowledge {
    /// Court houses by OU code, in capitals.
    courts: BTreeMap<String, (String, Court)>,
    /// Names of prosecuting authorities by OU code, in capitals.
    prosecutors: BTreeMap<String, String>,
    /// Offences and short lists.
    catalogue: Arc<Catalogue>,
}

impl std::fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Knowledge")
            .field("courts", &self.courts.keys())
            .finish_non_exhaustive()
    }
}

impl Knowledge {
    /// Gathers it from the record and the catalogue.
    ///
    /// # Errors
    /// If the organisations cannot be read.
    pub async fn gather(app: &App) -> Result<Self, Error> {
        let organisations = app.index.organisations().await?;
        Ok(Self::of(&organisations, Arc::clone(&app.catalogue)))
    }

    /// The same from organisations and a catalogue at hand.
    #[must_use]
    pub fn of(organisations: &[Organisation], catalogue: Arc<Catalogue>) -> Self {
        let prosecutors = catalogue
            .prosecutors
            .iter()
            .filter_map(|known| Some((known.ou_code.clone()?, known.name.clone())))
            .collect();
        let mut known = Self {
            courts: BTreeMap::new(),
            prosecutors,
            catalogue,
        };
        for organisation in organisations {
            let Some(code) = organisation.ou_code.as_deref().map(str::to_ascii_uppercase) else {
                continue;
            };
            match (organisation.kind, &organisation.court) {
                (OrganisationKind::Court, Some(court)) => {
                    known
                        .courts
                        .insert(code, (organisation.name.clone(), court.clone()));
                }
                (OrganisationKind::Prosecutor | OrganisationKind::Police, _) => {
                    known.prosecutors.insert(code, organisation.name.clone());
                }
                _ => {}
            }
        }
        known
    }

    /// The magistrates' court house with this OU code that has a room to sit in.
    #[must_use]
    pub fn first_court(&self, ou_code: &str) -> Option<(&str, &Court)> {
        let (name, court) = self.courts.get(&ou_code.to_ascii_uppercase())?;
        let sits = court.jurisdiction == Jurisdiction::Magistrates && !court.rooms.is_empty();
        sits.then_some((name.as_str(), court))
    }

    /// The name of a prosecuting authority.
    #[must_use]
    pub fn prosecutor(&self, ou_code: &str) -> Option<&str> {
        self.prosecutors
            .get(&ou_code.to_ascii_uppercase())
            .map(String::as_str)
    }

    /// What is known of an offence code. A code that is known without its last
    /// letter is that offence attempted, aided, conspired or incited
    ///; a conspiracy is triable on indictment only (Criminal
    /// Law Act 1977 s.1).
    #[must_use]
    pub fn offence(&self, code: &str) -> Option<OffenceFacts> {
        let code = code.to_ascii_uppercase();
        if let Some(known) = self.catalogue.offence(&code) {
            return Some(OffenceFacts::of(known));
        }
        let suffix = code.chars().last()?;
        let (prefix, prefix_welsh) = match suffix {
            'A' => ("Attempt", "Ymgais"),
            'B' => ("Aid, abet, counsel or procure", "Cynorthwyo ac annog"),
            'C' => ("Conspire", "Cynllwynio"),
            'I' => ("Incite", "Annog"),
            _ => return None,
        };
        let mut facts = OffenceFacts::of(self.catalogue.offence(code.get(..7)?)?);
        facts.title = format!("{prefix}: {}", facts.title);
        facts.title_welsh = facts
            .title_welsh
            .map(|title| format!("{prefix_welsh}: {title}"));
        if suffix == 'C' {
            "Indictable".clone_into(&mut facts.mode_of_trial);
            facts.max_penalty = None;
        }
        Some(facts)
    }

    /// Whether a short list (`caseMarker`, `summonsCode`, `selfDefinedEthnicity`) holds a code.
    #[must_use]
    pub fn listed(&self, list: &str, code: &str) -> bool {
        self.catalogue
            .list_words
            .iter()
            .any(|word| word.list == list && word.code == code)
    }
}
