//! Placeholder.
#[test]
fn starts() {}
