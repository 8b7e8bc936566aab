//! The Legal Aid Agency: it hears of every association, and its representation orders
//! replace and lock. It sees who represents whom, and nothing else of a case.

pub(crate) mod awaited;
mod messages;
mod order;
mod representation;
