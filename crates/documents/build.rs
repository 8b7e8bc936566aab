//! Makes a new text file count as a change: the macro that embeds the folder
//! only notices changes in files that it already knows.

fn main() {
    println!("cargo::rerun-if-changed=../../reference/texts");
}
