//! The words that documents have of their own: heads of pages and tables, labels, sums. In a
//! document in both languages each stands in both, and in its Welsh half in Welsh. What the
//! terms (`reference/welsh_terms.csv`) do not confirm has a mark, and the document says what
//! that means. Words of the record and of the texts come with the view; none is made here.

use std::borrow::Cow;

/// The mark of a word that no translator has confirmed.
const MARK: &str = "*";

/// What the mark means, in both languages.
pub(super) const MARKED: &str = "* Yn aros am wiriad cyfieithu / Awaiting translation check: \
    until a qualified translator has read a word with this mark, the English one counts.";

/// That a document no longer applies.
pub(super) const NO_LONGER: &str = "Nid yw'r ddogfen hon yn gymwys mwyach.";

/// That a document takes the place of an earlier one.
pub(super) const AMENDED: &str = "Diwygiwyd. Mae'r ddogfen hon yn disodli'r un gynharach.";

/// That its Welsh follows.
pub(super) const PENDING: &str = "Mae testun Cymraeg y ddogfen hon yn aros am gyfieithiad sydd \
    wedi'i wirio. Fe'i hanfonir cyn gynted ag y bydd yn barod.";

/// That its Welsh was added, and nothing else changed.
pub(super) const TRANSLATED: &str = "Yn Gymraeg ac yn Saesneg. Mae'n dilyn dogfen a gyhoeddwyd \
    yn Saesneg. Nid yw'r hyn a orchmynnodd y llys wedi newid.";

/// In which languages a document speaks for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongues {
    /// In English.
    English,
    /// In both, the English first.
    Both,
    /// In Welsh.
    Welsh,
}

/// A word: its English, its Welsh, and whether the terms confirm it.
pub type OwnWord = (&'static str, &'static str, bool);

/// All of them.
pub const OWN_WORDS: &[OwnWord] = &[
    ("Address", "Cyfeiriad", true),
    ("Amended on", "Diwygiwyd ar", false),
    ("Amount", "Swm", false),
    ("Arrest or summons number", "Rhif Gwŷs Arestio", true),
    ("Case", "Achos", false),
    ("Case markers", "Nodau'r achos", false),
    ("Case reference", "Cyfeirnod yr Achos", true),
    ("Case references", "Cyfeirnodau'r achosion", false),
    ("Compensation", "Iawndal", true),
    ("Convicted", "Euogfarnwyd", false),
    ("Copy for", "Copi ar gyfer", false),
    ("Costs", "Costau", true),
    ("Court", "Llys", true),
    ("Court room", "Ystafell Llys", true),
    ("continued", "parhad", false),
    ("Date", "Dyddiad", true),
    ("Date of birth", "Dyddiad Geni", true),
    ("Date of order", "Dyddiad y gorchymyn", false),
    ("Defendant", "Diffynnydd", true),
    ("Details", "Manylion", false),
    ("Driver number", "Rhif gyrrwr", false),
    (
        "Ethnicity, as observed",
        "Ethnigrwydd, fel y'i gwelwyd",
        false,
    ),
    ("Ethnicity, as stated", "Ethnigrwydd, fel y'i nodwyd", false),
    ("Fine", "Dirwy", true),
    ("For", "Ar gyfer", false),
    ("Gender", "Rhywedd", false),
    ("In the week beginning", "Wythnos yn dechrau", true),
    ("Issued", "Cyhoeddwyd", false),
    ("Local justice area", "Ardal cyfiawnder lleol", false),
    ("National Insurance number", "Rhif Yswiriant Gwladol", false),
    ("Nationality", "Cenedligrwydd", false),
    ("Next hearing", "Gwrandawiad nesaf", true),
    ("No.", "Rhif", false),
    ("Not guilty", "Dieuog", true),
    ("Guilty", "Euog", true),
    ("Offence", "Trosedd", true),
    ("PNC ID", "Rhif PNC", false),
    ("Page", "Tudalen", false),
    ("Plea", "Ple", true),
    ("Recorded by", "Cofnodwyd gan", false),
    ("Result", "Canlyniad", false),
    ("Still to pay", "Yn dal i'w dalu", false),
    ("Sum", "Eitem", false),
    ("Surcharge", "Gordal", true),
    ("Telephone", "Ffôn", false),
    ("The notice in full", "Yr hysbysiad yn llawn", false),
    ("The notification in full", "Yr hysbysiad yn llawn", false),
    ("The order in full", "Y gorchymyn yn llawn", false),
    ("The warrant in full", "Y warant yn llawn", false),
    ("Time", "Amser", false),
    ("To be fixed", "I'w bennu", true),
    ("Total", "Cyfanswm", false),
    ("Type of hearing", "Math o wrandawiad", true),
    ("Vehicle", "Cerbyd", false),
    ("Verdict", "Rheithfarn", false),
    ("Found guilty", "Cafwyd yn euog", false),
    ("Found not guilty", "Cafwyd yn ddieuog", false),
    ("Victim Surcharge", "Gordal Dioddefwr", true),
    ("What is to be paid", "Beth sydd i'w dalu", false),
    ("What the court ordered", "Beth orchmynnodd y llys", false),
];

impl Tongues {
    /// A word in these languages. One that has no Welsh here stays as it is.
    pub(super) fn say(self, english: &str) -> Cow<'_, str> {
        let known = OWN_WORDS.iter().find(|(own, ..)| *own == english);
        let Some((_, welsh, certain)) = known.filter(|_| self != Self::English) else {
            return Cow::Borrowed(english);
        };
        let mark = if *certain { "" } else { MARK };
        Cow::Owned(match self {
            Self::Both => format!("{english} / {welsh}{mark}"),
            _ => format!("{welsh}{mark}"),
        })
    }

    /// Values under their labels in these languages.
    pub(super) fn labelled<'a>(self, pairs: &[(&'a str, &'a str)]) -> Vec<(Cow<'a, str>, &'a str)> {
        let said = pairs.iter().map(|(label, value)| (self.say(label), *value));
        said.collect()
    }

    /// Which page of how many.
    pub(super) fn page(self, page: usize, of: usize) -> String {
        let english = format!("Page {page} of {of}");
        match self {
            Self::English => english,
            _ => format!("{english} / Tudalen {page} o {of}{MARK}"),
        }
    }

    /// A sentence about the document itself, with its Welsh, on one line.
    pub(super) fn sentence(self, english: String, welsh: &str) -> String {
        match self {
            Self::English => english,
            _ => format!("{english} / {welsh}{MARK}"),
        }
    }
}

/// The Welsh of a sentence about a document. It has the mark where the document says what that
/// means; in a document that is in English alone it says so itself.
pub(super) fn welsh_sentence(tongues: Tongues, welsh: &str) -> String {
    match tongues {
        Tongues::English => format!("{welsh} (Yn aros am wiriad cyfieithu)"),
        _ => format!("{welsh}{MARK}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_in_both_languages_and_what_is_not_confirmed_has_a_mark() {
        assert_eq!(Tongues::Both.say("Offence"), "Offence / Trosedd");
        assert_eq!(Tongues::Both.say("Total"), "Total / Cyfanswm*");
        assert_eq!(Tongues::Welsh.say("Offence"), "Trosedd");
        assert_eq!(Tongues::English.say("Total"), "Total");
        assert_eq!(Tongues::Both.say("Theft"), "Theft");
        assert_eq!(Tongues::Both.page(2, 3), "Page 2 of 3 / Tudalen 2 o 3*");
    }

    #[test]
    fn no_word_is_there_twice() {
        let mut words: Vec<&str> = OWN_WORDS.iter().map(|(english, ..)| *english).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), OWN_WORDS.len());
    }
}
