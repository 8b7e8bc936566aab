//! Submissions for tests, made from our own samples: in form, without a
//! problem on the day given, and changed one thing at a time.

use serde_json::{Value, json};
use vocabulary::Day;

const CHARGE: &str = include_str!("../../../samples/charge.json");
const REQUISITION: &str = include_str!("../../../samples/requisition.json");
const SUMMONS: &str = include_str!("../../../samples/summons.json");

/// A submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission(Value);

impl Submission {
    /// A charge: one person, two offences, conditional bail.
    #[must_use]
    pub fn charge(urn: &str, today: Day) -> Self {
        Self::of(CHARGE, urn, today)
    }

    /// A requisition: a youth who wants Welsh, with a parent.
    #[must_use]
    pub fn requisition(urn: &str, today: Day) -> Self {
        Self::of(REQUISITION, urn, today).with(
            "/prosecutionSubmissionDetails/writtenChargePostingDate",
            json!(today),
        )
    }

    /// A summons: a company.
    #[must_use]
    pub fn summons(urn: &str, today: Day) -> Self {
        Self::of(SUMMONS, urn, today)
    }

    /// Heard in two weeks, for something that happened last week.
    fn of(sample: &str, urn: &str, today: Day) -> Self {
        let value = serde_json::from_str(sample).expect("the samples are JSON");
        let mut submission = Self(value)
            .with("/prosecutionSubmissionDetails/urn", json!(urn))
            .heard_on(today.plus_days(14));
        let committed = json!(today.plus_days(-7));
        for defendant in submission.list("/defendants") {
            for offence in defendant["offences"].as_array_mut().into_iter().flatten() {
                offence["offenceDetails"]["offenceCommittedDate"] = committed.clone();
                for date in ["chargeDate", "arrestDate"] {
                    if offence.get(date).is_some() {
                        offence[date] = json!(today.plus_days(-6));
                    }
                }
            }
        }
        submission
    }

    fn list(&mut self, pointer: &str) -> &mut [Value] {
        self.0
            .pointer_mut(pointer)
            .and_then(Value::as_array_mut)
            .map_or(&mut [], Vec::as_mut_slice)
    }

    /// Another day of the first hearing.
    #[must_use]
    pub fn heard_on(self, day: Day) -> Self {
        self.with(
            "/prosecutionSubmissionDetails/hearingDetails/dateOfHearing",
            json!(day),
        )
    }

    /// One field of an object set to something else, by its JSON pointer.
    ///
    /// # Panics
    /// If its parent is no object of the submission.
    #[must_use]
    pub fn with(mut self, pointer: &str, value: Value) -> Self {
        let (parent, field) = pointer
            .rsplit_once('/')
            .expect("a pointer begins with a slash");
        let parent = self.0.pointer_mut(parent).and_then(Value::as_object_mut);
        parent
            .expect("the pointer's parent is an object")
            .insert(field.to_owned(), value);
        self
    }

    /// One field of an object taken away.
    ///
    /// # Panics
    /// If its parent is no object of the submission.
    #[must_use]
    pub fn without(mut self, pointer: &str) -> Self {
        let (parent, field) = pointer
            .rsplit_once('/')
            .expect("a pointer begins with a slash");
        let parent = self.0.pointer_mut(parent).and_then(Value::as_object_mut);
        parent
            .expect("the pointer's parent is an object")
            .remove(field);
        self
    }

    /// As JSON.
    #[must_use]
    pub const fn json(&self) -> &Value {
        &self.0
    }

    /// As sent.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        self.0.to_string().into_bytes()
    }
}
