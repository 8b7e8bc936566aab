//! How a person stands to a thing: what the policies decide on besides who it is.
//! Worked out from the record by the use cases; here it is only carried.

use cedar_policy::RestrictedExpression;
use std::sync::Arc;

macro_rules! facts {
    ($($(#[$doc:meta])* $flag:ident, $wanting:literal;)*) => {
        /// How the person stands to the thing, worked out from the record.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
        pub struct Facts {
            $($(#[$doc])* pub $flag: bool,)*
            /// Groups that may read the section.
            pub readers: Arc<[String]>,
            /// Groups that may serve into it.
            pub uploaders: Arc<[String]>,
        }

        impl Facts {
            /// What is so, as bits in the order of [`FLAGS`].
            pub(crate) fn bits(&self) -> u32 {
                let so = [$(self.$flag),*];
                so.iter().rev().fold(0, |bits, so| bits << 1 | u32::from(*so))
            }
        }

        /// One thing that is so or not so.
        #[derive(Debug, Clone, Copy)]
        pub struct Flag {
            /// Its name in the policies.
            pub name: &'static str,
            /// What is said to somebody who may not, because it is otherwise.
            pub(crate) wanting: &'static str,
            /// Reads it.
            pub get: fn(&Facts) -> bool,
            /// Sets it.
            pub set: fn(&mut Facts, bool),
        }

        /// All of them, in the order of [`Facts`].
        pub const FLAGS: &[Flag] = &[$(Flag {
            name: stringify!($flag),
            wanting: $wanting,
            get: |facts| facts.$flag,
            set: |facts, so| facts.$flag = so,
        }),*];
    };
}

facts! {
    /// Their organisation prosecutes.
    prosecuting, "your authority does not prosecute it";
    /// Their firm is on record.
    associated, "your firm is not on record for it";
    /// A defendant has no firm on record.
    unrepresented, "every defendant has a firm on record";
    /// Their organisation is a recipient.
    recipient, "it was not sent to your organisation";
    /// They made the amendment themselves.
    amender, "you made the amendment yourself";
    /// Their court is the one that hears it.
    sitting, "your court does not hear it";
    /// They are of a court that does not hear the case.
    elsewhere, "another court hears it";
    /// They said why they open a case of another court.
    stated, "you did not say why you open a case of another court";
    /// Their organisation served the paper.
    served, "your organisation did not serve it";
    /// They were given access for the defence.
    granted, "nobody gave you access to it";
    /// Their chambers are instructed.
    instructed, "your chambers are not instructed in it";
    /// The prosecutor assigned the case to them.
    assigned, "the prosecutor did not assign it to you";
    /// They named the case, the defendant and a day of hearing.
    named, "you did not name the case, the defendant and a day of hearing";
    /// They have a permission of their own on the case, and it is in force.
    permitted, "you have no permission of your own on this case";
    /// They have a permission of their own on one of its defendants, and not on all of it.
    partly, "you have no permission of your own on this case";
    /// The case is sensitive.
    sensitive, "the case is sensitive";
    /// They gave a reason for opening it, which is in the record.
    reasoned, "you gave no reason for opening it";
}

impl Facts {
    /// As the policies read them.
    pub(crate) fn pairs(&self) -> Vec<(String, RestrictedExpression)> {
        let mut pairs: Vec<(String, RestrictedExpression)> = FLAGS
            .iter()
            .map(|flag| {
                let so = RestrictedExpression::new_bool((flag.get)(self));
                (flag.name.to_owned(), so)
            })
            .collect();
        for (name, groups) in [("readers", &self.readers), ("uploaders", &self.uploaders)] {
            pairs.push((name.to_owned(), strings(groups.iter().map(String::as_str))));
        }
        pairs
    }
}

/// A set of words.
pub(crate) fn strings<'a>(words: impl Iterator<Item = &'a str>) -> RestrictedExpression {
    RestrictedExpression::new_set(words.map(|w| RestrictedExpression::new_string(w.to_owned())))
}
