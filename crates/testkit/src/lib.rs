//! Placeholder head.

#[cfg(unix)]
pub mod postgres;
