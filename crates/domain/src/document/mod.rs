//! A notice, order or warrant: asked for, made, and delivered to each recipient.

mod alarm;
mod carry;
mod deliver;
mod event;
mod state;
mod supersede;
mod welsh;

pub use alarm::{Settled, Taken, settle_alarm, take_alarm};
pub use carry::{Carriage, CarriageState, Passage, carry};
pub use deliver::{Step, advance};
pub use event::{DeliveryRequest, DocumentEvent};
pub use state::{Delivery, Document, Superseded};
pub use supersede::supersede;
pub use welsh::{follow_in_welsh, give_welsh, take_translation, waits_for_welsh};
