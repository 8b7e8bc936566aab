//! Days in default of payment: Magistrates' Courts Act 1980 Sch.4, Sentencing Act 2020
//! s.129.

use super::court::{blocks, line, warns};
use super::{has, one, said};
use domain::result::ResultLine;
use vocabulary::Jurisdiction;

/// A fine of these pounds, to be paid by a day, and so many days in default.
fn fined(pounds: &str, days: &str) -> Vec<ResultLine> {
    vec![
        line("FO", 1, &[("AOF", pounds)]),
        line("PDATE", 1, &[("PBD", "2026-12-31"), ("DID", days)]),
    ]
}

#[test]
fn days_in_default_keep_to_the_table_of_the_court() {
    let magistrates = one();
    for (pounds, most) in [
        ("200.00", 7),
        ("200.01", 14),
        ("1000.00", 28),
        ("2500.00", 45),
    ] {
        let days = |days: i64| fined(pounds, &days.to_string());
        assert!(
            !has(&warns(&days(most), &magistrates), "MCA1980-SCH4"),
            "{pounds}: {most} days"
        );
        let longer = days(most + 1);
        assert!(
            has(&warns(&longer, &magistrates), "MCA1980-SCH4"),
            "{pounds}"
        );
        assert!(!has(&blocks(&longer, &magistrates), "MCA1980-SCH4"));
    }
    let mut crown = one();
    crown.jurisdiction = Jurisdiction::Crown;
    let longer = fined("200.00", "8");
    assert!(has(&warns(&longer, &crown), "SA2020-129"));
    assert!(!has(&warns(&longer, &crown), "MCA1980-SCH4"));
    assert!(!has(&warns(&fined("200.00", "7"), &crown), "SA2020-129"));
}

#[test]
fn a_term_of_months_is_counted_from_the_day_of_the_hearing() {
    // Three months from the day of the hearing, with its own last day.
    let most = |days: &str| has(&warns(&fined("2500.01", days), &one()), "MCA1980-SCH4");
    assert!(!most("92"));
    assert!(most("93"));
}

#[test]
fn what_is_ordered_together_counts_together_and_what_is_not_confirmed_says_so() {
    let mut lines = fined("150.00", "14");
    assert!(has(&warns(&lines, &one()), "MCA1980-SCH4"));
    lines.push(line("FCOMP", 1, &[("AOCOM", "100.00")]));
    assert!(!has(&warns(&lines, &one()), "MCA1980-SCH4"), "£250 in all");

    let told = said(&fined("5000.01", "400"), &one(), "MCA1980-SCH4").unwrap();
    assert!(told.contains("not confirmed"), "{told}");
    let read = said(&fined("5000.00", "400"), &one(), "MCA1980-SCH4").unwrap();
    assert!(!read.contains("not confirmed"), "{read}");
}

#[test]
fn nothing_is_said_without_days_or_without_a_sum() {
    let mut lines = fined("150.00", "90");
    lines.remove(0);
    assert!(!has(&warns(&lines, &one()), "MCA1980-SCH4"));
    let plain = vec![
        line("FO", 1, &[("AOF", "150.00")]),
        line("PDATE", 1, &[("PBD", "2026-12-31")]),
    ];
    assert!(!has(&warns(&plain, &one()), "MCA1980-SCH4"));
}
