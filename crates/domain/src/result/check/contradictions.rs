//! Results that cannot both be true.

use super::sheet::names;
use super::{Found, Sheet};
use crate::result::{Category, ResultDefinition};
use std::collections::HashMap;
use vocabulary::{BailStatus, Severity};

pub(super) fn check(sheet: &mut Sheet<'_>) {
    ended_and_sentenced(sheet);
    two_sentences(sheet);
    community_and_suspended(sheet);
    bail_and_custody(sheet);
    final_and_coming_back(sheet);
    fine_without_collection_order(sheet);
    listed(sheet);
}

/// Two results of which only one can be said (contradictions.csv). It is told at the
/// result of the second side, once for each of the first that it contradicts.
fn listed(sheet: &mut Sheet<'_>) {
    let catalogue = sheet.catalogue;
    let day = sheet.hearing.day;
    let all = catalogue.law.contradictions.iter();
    for rule in all.filter(|own| own.asked.on(day)) {
        for (line, own) in sheet.named(&rule.others) {
            let place = (line.line.defendant, line.line.offence);
            let clashing: Vec<_> = match place {
                (defendant, _) if rule.of_defendant => sheet.of(defendant).collect(),
                (_, None) => Vec::new(),
                (defendant, offence) => sheet.at(defendant, offence).collect(),
            };
            let first = clashing
                .iter()
                .find(|(_, first)| names(&rule.results, first));
            let Some((_, first)) = first else { continue };
            let of = if rule.of_defendant {
                "defendant"
            } else {
                "offence"
            };
            sheet.citing(
                line.line,
                Some(rule.source.clone()),
                Found {
                    severity: Severity::Warns,
                    code: &rule.id,
                    message: format!(
                        "{} and {} contradict each other for one {of}",
                        first.label, own.label
                    ),
                    hint: format!("Keep {} or {}, and remove the other.", first.code, own.code),
                    field: None,
                },
            );
        }
    }
}

/// An offence that was withdrawn or dismissed cannot also be sentenced: the
/// results are those that HMCTS's validator excludes from conviction (DR-CONV-006).
fn ended_and_sentenced(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-EXCL-001") else {
        return;
    };
    for (ended, ending) in sheet.named(&rule.results) {
        let same: Vec<_> = sheet.at(ended.line.defendant, ended.line.offence).collect();
        for (other, own) in same {
            let clash = other.line.offence.is_some()
                && own.code != ending.code
                && own.category == Category::Final;
            if clash {
                sheet.on_line(
                    other.line,
                    Found {
                        severity: rule.severity,
                        code: "CP-EXCL-001",
                        message: format!(
                            "{} and {} exclude each other on one offence",
                            ending.label, own.label
                        ),
                        hint: format!("Remove {} or {}.", ending.code, own.code),
                        field: None,
                    },
                );
            }
        }
    }
}

/// Two principal sentences on one offence.
fn two_sentences(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-EXCL-002") else {
        return;
    };
    let mut firsts: HashMap<_, &ResultDefinition> = HashMap::new();
    for (other, second) in sheet.named(&rule.results) {
        let target = (other.line.defendant, other.line.offence);
        let Some(first) = firsts.get(&target).copied() else {
            firsts.insert(target, second);
            continue;
        };
        sheet.on_line(
            other.line,
            Found {
                severity: rule.severity,
                code: "CP-EXCL-002",
                message: format!(
                    "{} and {} are both principal sentences for one offence",
                    first.label, second.label
                ),
                hint: format!("Remove {} or {}.", first.code, second.code),
                field: None,
            },
        );
    }
}

/// No community order together with a suspended sentence dealt with at the same
/// time: Sentencing Act 2020 s.203.
fn community_and_suspended(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-203") else {
        return;
    };
    for (order, own) in sheet.named(&rule.results) {
        let other = sheet
            .of(order.line.defendant)
            .find(|(_, other)| names(&rule.others, other));
        if let Some((_, other)) = other {
            sheet.on_line(order.line, Found {
                severity: rule.severity,
                code: "SA2020-203",
                message: format!("{} cannot be made together with {}", own.label, other.label),
                hint: "Put the requirements into the suspended sentence order, or pass another sentence.".to_owned(),
                field: None,
            });
        }
    }
}

/// Nobody leaves court both in custody and on bail. On one offence that is a
/// contradiction; across offences it is worth a second look.
fn bail_and_custody(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-BAIL-001") else {
        return;
    };
    let held = |status| {
        matches!(
            status,
            BailStatus::Custody | BailStatus::Secure | BailStatus::LocalAuthority
        )
    };
    let free = |status| matches!(status, BailStatus::Conditional | BailStatus::Unconditional);
    let known = sheet.known();
    for (one, first) in known
        .iter()
        .filter(|(_, own)| held(own.post_hearing_custody_status))
    {
        let released: Vec<_> = sheet
            .of(one.line.defendant)
            .filter(|(_, own)| free(own.post_hearing_custody_status))
            .collect();
        for (other, second) in released {
            let same = one.line.offence == other.line.offence;
            sheet.on_line(
                other.line,
                Found {
                    severity: if same { rule.severity } else { Severity::Warns },
                    code: "CP-BAIL-001",
                    message: format!(
                        "{} keeps the defendant in custody, {} sets them free",
                        first.label, second.label
                    ),
                    hint: format!(
                        "Keep {} or {}: the defendant leaves either in custody or on bail.",
                        first.code, second.code
                    ),
                    field: None,
                },
            );
        }
    }
}

/// A final result ends the offence; an adjournment brings it back.
fn final_and_coming_back(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-EXCL-003") else {
        return;
    };
    for (back, own) in sheet.named(&rule.others) {
        let clash = sheet
            .at(back.line.defendant, back.line.offence)
            .find(|(_, end)| names(&rule.results, end));
        if let Some((_, end)) = clash {
            sheet.on_line(
                back.line,
                Found {
                    severity: rule.severity,
                    code: "CP-EXCL-003",
                    message: format!(
                        "{} ends the offence, but {} brings it back",
                        end.label, own.label
                    ),
                    hint: format!("Remove {} or {}.", end.code, own.code),
                    field: None,
                },
            );
        }
    }
}

/// A collection order must be made unless impracticable or inappropriate:
/// Courts Act 2003 Sch.5 para 12.
fn fine_without_collection_order(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CA2003-SCH5-12") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        if !sheet.has(node.line.defendant, &rule.others) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "CA2003-SCH5-12",
                    message: format!("{} is imposed without a collection order", definition.label),
                    hint: "Add COLLO, or NOCOLLO with the reason.".to_owned(),
                    field: None,
                },
            );
        }
    }
}
