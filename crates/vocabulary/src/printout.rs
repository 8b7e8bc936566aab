//! How a printout is asked for: which one, of what, in one word that fits in an
//! address, for instance `public-list.<court>.2026-11-26`.

use crate::{
    CaseId, CourtId, CourtroomId, Day, DefendantId, DocumentId, MaterialId, OrganisationId,
};
use std::{fmt, str::FromStr};

/// For whom a court list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// Anybody.
    Public,
    /// The press, the police and others who work with the courts.
    Standard,
    /// The magistrates or the judge.
    Bench,
    /// The prisons that produce the defendants.
    Prison,
}

impl ListKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Public, Self::Standard, Self::Bench, Self::Prison];

    /// The first part of the word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public-list",
            Self::Standard => "standard-list",
            Self::Bench => "bench-list",
            Self::Prison => "prison-list",
        }
    }
}

/// A printout that somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Printout {
    /// The list of a court house, or one room of it, on a day.
    List {
        /// Which.
        kind: ListKind,
        /// Court house.
        court: CourtId,
        /// Day.
        day: Day,
        /// One room.
        room: Option<CourtroomId>,
    },
    /// The results of a day at a court house; all of them, or those of people under 18.
    CourtRegister {
        /// Court house.
        court: CourtId,
        /// Day.
        day: Day,
        /// Only people under 18.
        youth: bool,
    },
    /// The results of a day in the cases of one prosecuting authority, as values.
    InformantRegister {
        /// Prosecuting authority.
        authority: OrganisationId,
        /// Day.
        day: Day,
    },
    /// All that courts did in one defendant's case.
    Extract {
        /// Case.
        case: CaseId,
        /// Defendant.
        defendant: DefendantId,
    },
    /// What a defendant was convicted of.
    Memorandum {
        /// Case.
        case: CaseId,
        /// Defendant.
        defendant: DefendantId,
    },
    /// That a paper was served.
    MaterialReceipt {
        /// Paper.
        material: MaterialId,
    },
    /// That a notice, order or warrant was sent.
    DocumentReceipt {
        /// Document.
        document: DocumentId,
    },
}

impl fmt::Display for Printout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List {
                kind,
                court,
                day,
                room,
            } => {
                write!(f, "{}.{court}.{day}", kind.as_str())?;
                room.map_or(Ok(()), |room| write!(f, ".{room}"))
            }
            Self::CourtRegister { court, day, youth } => {
                let kind = if *youth {
                    "youth-register"
                } else {
                    "court-register"
                };
                write!(f, "{kind}.{court}.{day}")
            }
            Self::InformantRegister { authority, day } => {
                write!(f, "informant-register.{authority}.{day}")
            }
            Self::Extract { case, defendant } => write!(f, "extract.{case}.{defendant}"),
            Self::Memorandum { case, defendant } => write!(f, "memorandum.{case}.{defendant}"),
            Self::MaterialReceipt { material } => write!(f, "receipt.{material}"),
            Self::DocumentReceipt { document } => write!(f, "document-receipt.{document}"),
        }
    }
}

/// What is no printout.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no such printout")]
pub struct NoPrintout;

impl FromStr for Printout {
    type Err = NoPrintout;

    fn from_str(text: &str) -> Result<Self, NoPrintout> {
        fn read<T: FromStr>(part: Option<&str>) -> Result<T, NoPrintout> {
            part.and_then(|part| part.parse().ok()).ok_or(NoPrintout)
        }
        let mut parts = text.split('.');
        let kind = parts.next().unwrap_or_default();
        let list = ListKind::ALL.into_iter().find(|own| own.as_str() == kind);
        let printout = match (list, kind) {
            (Some(kind), _) => Self::List {
                kind,
                court: read(parts.next())?,
                day: read(parts.next())?,
                room: parts.next().map(|room| read(Some(room))).transpose()?,
            },
            (None, "court-register" | "youth-register") => Self::CourtRegister {
                court: read(parts.next())?,
                day: read(parts.next())?,
                youth: kind == "youth-register",
            },
            (None, "informant-register") => Self::InformantRegister {
                authority: read(parts.next())?,
                day: read(parts.next())?,
            },
            (None, "extract") => Self::Extract {
                case: read(parts.next())?,
                defendant: read(parts.next())?,
            },
            (None, "memorandum") => Self::Memorandum {
                case: read(parts.next())?,
                defendant: read(parts.next())?,
            },
            (None, "receipt") => Self::MaterialReceipt {
                material: read(parts.next())?,
            },
            (None, "document-receipt") => Self::DocumentReceipt {
                document: read(parts.next())?,
            },
            _ => return Err(NoPrintout),
        };
        // One printout has one word: what else could be read as it is none.
        if parts.next().is_some() || printout.to_string() != text {
            return Err(NoPrintout);
        }
        Ok(printout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "018f6f00-0000-7000-8000-000000000001";

    #[test]
    fn every_printout_has_one_word() {
        for word in [
            format!("public-list.{A}.2026-11-26"),
            format!("bench-list.{A}.2026-11-26.{A}"),
            format!("court-register.{A}.2026-11-26"),
            format!("youth-register.{A}.2026-11-26"),
            format!("informant-register.{A}.2026-11-26"),
            format!("extract.{A}.{A}"),
            format!("memorandum.{A}.{A}"),
            format!("receipt.{A}"),
            format!("document-receipt.{A}"),
        ] {
            assert_eq!(word.parse::<Printout>().unwrap().to_string(), word);
        }
    }

    #[test]
    fn what_is_no_printout_is_not_read_as_one() {
        for word in [
            "",
            "public-list",
            "public-list.x.2026-11-26",
            "receipt.../secrets",
        ] {
            assert_eq!(word.parse::<Printout>(), Err(NoPrintout), "{word}");
        }
        let trailing = format!("receipt.{A}.more");
        assert_eq!(trailing.parse::<Printout>(), Err(NoPrintout));
        let loose = format!("receipt.{}", A.to_uppercase().replace("7000", "7ABC"));
        assert_eq!(loose.parse::<Printout>(), Err(NoPrintout));
    }
}
