//! Prints the front end's types; `cargo xtask generate` writes them where they belong.
#![allow(clippy::print_stdout, reason = "printing is all it does")]

fn main() {
    print!("{}", contract::typescript());
}
