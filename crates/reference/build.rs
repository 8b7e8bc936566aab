//! The data is embedded: a changed file makes a new build.

fn main() {
    println!("cargo::rerun-if-changed=../../reference");
}
