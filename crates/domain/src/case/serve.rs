//! Papers are served on a case.

use super::{Case, CaseEvent};
use crate::Refusal;
use vocabulary::{DefendantId, MaterialId, OrganisationId, mime_of};

/// A file, received whole, that somebody serves.
#[derive(Debug, Clone)]
pub struct NewMaterial {
    /// Id it will have.
    pub id: MaterialId,
    /// One defendant's, or the case's.
    pub defendant: Option<DefendantId>,
    /// Section.
    pub section: String,
    /// File name.
    pub name: String,
    /// MIME type, read from the bytes.
    pub mime: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: String,
    /// Serving organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
}

/// Signs that would lead a name out of its folder, break a line, or turn the
/// direction of writing so that an ending reads as another.
fn not_for_a_name(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(sign, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Decides whether the papers are served.
///
/// # Errors
/// If there is no such defendant, the name is empty, or the same bytes were
/// served in the same section before.
pub fn serve_material(case: &Case, new: &NewMaterial) -> Result<Vec<CaseEvent>, Refusal> {
    if new.defendant.is_some_and(|id| case.defendant(id).is_none()) {
        return Err(Refusal::new(
            "no_such_defendant",
            "This case has no such defendant.",
            "Open the case again and choose one of its defendants.",
        ));
    }
    if new.name.trim().is_empty() || new.name.chars().count() > 255 {
        return Err(Refusal::new(
            "name_not_usable",
            "The file's name is empty or longer than 255 characters.",
            "Give the file a shorter name and serve it again.",
        ));
    }
    if new.name.chars().any(not_for_a_name) {
        return Err(Refusal::new(
            "name_not_usable",
            "The file's name holds signs that no file name may hold.",
            "Give the file a plain name, without slashes, and serve it again.",
        ));
    }
    if mime_of(&new.name) != Some(new.mime.as_str()) {
        return Err(Refusal::new(
            "name_not_usable",
            "The file's name has another ending than the file that arrived.",
            "Keep the ending that the file has on your computer, and serve it again.",
        ));
    }
    let served_before = case.materials.iter().find(|m| {
        m.sha256 == new.sha256 && m.section == new.section && m.defendant_id == new.defendant
    });
    if let Some(before) = served_before {
        return Err(Refusal::new(
            "served_before",
            format!("The same file was served before, as {}.", before.name),
            "There is nothing more to do. If you meant another file, choose that one.",
        ));
    }
    Ok(vec![CaseEvent::MaterialServed {
        material_id: new.id,
        defendant_id: new.defendant,
        section: new.section.clone(),
        name: new.name.clone(),
        mime: new.mime.clone(),
        bytes: new.bytes,
        sha256: new.sha256.clone(),
        organisation: new.organisation,
        organisation_name: new.organisation_name.clone(),
    }])
}
