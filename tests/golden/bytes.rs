//! The same view is the same file, always and everywhere, and every text prints what it should.

use crate::{
    cases::{all, view_of},
    expected::{compare, keep_for_looking_at, sha256},
    fixtures::two_pages,
    pages,
    reader::read,
};
use std::{fmt::Write, path::Path, process::Command};

#[test]
fn every_text_prints_what_its_golden_file_says() {
    let mut differences = Vec::new();
    for (name, view) in all() {
        let pdf = documents::render(&view).expect("a document");
        keep_for_looking_at(&name, &pdf);
        let found = read(&pdf);
        assert!(found.faults.is_empty(), "{name}: {:?}", found.faults);
        let mut text = found.tree.trim_start().to_owned();
        for artifact in &found.artifacts {
            let _ = write!(text, "\n--- {artifact}");
        }
        text.push('\n');
        differences.extend(compare(&format!("{name}.txt"), &text).err());
        let hash = format!("{}\n", sha256(&pdf));
        differences.extend(compare(&format!("{name}.sha256"), &hash).err());
        differences.extend(pages::compare(&name, &pdf).err());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_same_view_gives_the_same_bytes_however_often_it_is_rendered() {
    let view = two_pages();
    let first = documents::render(&view).expect("a document");
    for _ in 0..20 {
        assert_eq!(documents::render(&view).expect("a document"), first);
    }
    let together: Vec<_> = (0..4)
        .map(|_| {
            let view = view.clone();
            std::thread::spawn(move || documents::render(&view).expect("a document"))
        })
        .collect();
    for other in together {
        assert_eq!(other.join().expect("a thread"), first);
    }
}

#[test]
fn a_view_that_went_over_the_wire_gives_the_same_bytes() {
    let view = two_pages();
    let wire = serde_json::to_string(&view).expect("json");
    let arrived = serde_json::from_str(&wire).expect("a view");
    assert_eq!(view, arrived);
    assert_eq!(
        documents::render(&view).expect("a document"),
        documents::render(&arrived).expect("a document")
    );
}

#[test]
fn the_two_page_notice_is_small_and_says_what_it_is() {
    let pdf = documents::render(&two_pages()).expect("a document");
    assert!(pdf.len() < 40_000, "{} bytes", pdf.len());
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let document = lopdf::Document::load_mem(&pdf).expect("a PDF");
    assert_eq!(document.get_pages().len(), 2);
    let catalog = document.catalog().expect("a catalog");
    let lang = catalog
        .get(b"Lang")
        .and_then(lopdf::Object::as_str)
        .expect("a language");
    assert_eq!(lang, b"en-GB");
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("<dc:title>"), "metadata stay readable");
    assert!(
        !text.contains("pdfuaid") && !text.contains("pdfaid"),
        "no conformance is claimed"
    );
}

/// Draws the pages where poppler is installed: an engine that shares nothing with ours.
#[test]
fn another_engine_draws_every_page_without_complaint() {
    if Command::new("pdftoppm").arg("-v").output().is_err() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("golden-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for key in [
        "community_order",
        "notice_of_financial_penalty",
        "remand_warrant",
    ] {
        let pdf = documents::render(&view_of(key)).expect("a document");
        let pages = lopdf::Document::load_mem(&pdf)
            .expect("a PDF")
            .get_pages()
            .len();
        let file = folder.join(format!("{key}.pdf"));
        std::fs::write(&file, &pdf).expect("a file");
        let drawn = Command::new("pdftoppm")
            .args(["-r", "40", "-gray"])
            .arg(&file)
            .arg(folder.join(key))
            .output()
            .expect("pdftoppm");
        let complaints = String::from_utf8_lossy(&drawn.stderr).into_owned();
        assert!(
            drawn.status.success() && complaints.is_empty(),
            "{key}: {complaints}"
        );
        assert_eq!(images(&folder, key), pages, "{key}");
    }
    std::fs::remove_dir_all(folder).expect("removed");
}

fn images(folder: &Path, key: &str) -> usize {
    let files = std::fs::read_dir(folder).expect("a folder");
    let names = files.filter_map(|f| f.ok()?.file_name().into_string().ok());
    names
        .filter(|n| n.starts_with(key) && n.ends_with(".pgm"))
        .count()
}
