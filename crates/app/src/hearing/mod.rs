//! The court room.

mod attendance;
mod day_list;
mod documents;
mod draft;
mod log;
mod next;
mod plea;
mod present;
mod preview;
mod room;
mod share;
mod view;

pub(crate) use room::{Room, lines};
