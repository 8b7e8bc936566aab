//! Which cases the demo court has: how each began, who is in it, when it is
//! heard and how far it has come. Decided by its number, the seed and the day
//! alone, so that any case can be made without the others.

use super::{
    court,
    offences::{self, Charge},
};
use fastrand::Rng;
use vocabulary::{BailStatus, Day, InitiationCode, Instant};

/// How many cases have their first hearing on the day of seeding.
const HEARD_TODAY: usize = 12;
/// How many of the cases after those have a past hearing whose results are shared.
const SHARED: usize = 8;
/// How many cases have papers, firms and pleas; those of a large court beyond
/// that are as they came in.
const WITH_A_STORY: usize = 240;

/// The reference of the case that the guided path uses.
pub const PATH_URN: &str = "29GD7410126";

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It came in.
    Received,
    /// Its initial details were served.
    Served,
    /// A firm is on record.
    Represented,
    /// It was heard, pleas were entered, and it waits for its results.
    Heard,
    /// It was heard and resulted with this example of the reference room.
    Shared(&'static str),
}

/// One case.
#[derive(Debug, Clone)]
pub(super) struct Story {
    /// Number, from 0.
    pub(super) number: usize,
    /// Reference.
    pub(super) urn: String,
    /// How it begins.
    pub(super) kind: InitiationCode,
    /// When its submission arrives.
    pub(super) received: Instant,
    /// Day of the charge.
    pub(super) charged: Day,
    /// First hearing.
    pub(super) hearing: Day,
    /// Hour and minute.
    pub(super) clock: (i8, i8),
    /// OU code of the court house.
    pub(super) court: &'static str,
    /// Room, from 0.
    pub(super) room: usize,
    /// Offences of each defendant.
    pub(super) defendants: Vec<Vec<Charge>>,
    /// Bail or custody, of a charge.
    pub(super) bail: BailStatus,
    /// Whether the defendant is seventeen.
    pub(super) youth: bool,
    /// Whether the defendant is a company.
    pub(super) company: bool,
    /// Whether the case marker for domestic abuse applies.
    pub(super) domestic: bool,
    /// How far it has come.
    pub(super) stage: Stage,
}

/// The chance of one case.
pub(super) fn rng(seed: u64, number: usize) -> Rng {
    let number = u64::try_from(number).unwrap_or_default();
    Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The case with this number.
pub(super) fn story(number: usize, seed: u64, today: Day) -> Story {
    let mut rng = rng(seed, number);
    let mut story = if number < HEARD_TODAY {
        heard_today(number, today, &mut rng)
    } else if number < HEARD_TODAY + SHARED {
        resulted(number - HEARD_TODAY, today, &mut rng)
    } else {
        ordinary(number, today, &mut rng)
    };
    story.number = number;
    story.urn = if number == 0 {
        PATH_URN.to_owned()
    } else {
        urn(number, story.charged)
    };
    story.received = received(&story, today);
    if number >= WITH_A_STORY {
        story.stage = Stage::Received;
    }
    story
}

/// Force, unit, serial and year, as the police write a reference.
fn urn(number: usize, charged: Day) -> String {
    const UNITS: [&str; 6] = ["GD", "AM", "PG", "HT", "KL", "WR"];
    const SERIALS: usize = 20_000;
    let unit = UNITS[number / SERIALS % UNITS.len()];
    let serial = 74_101 + number % SERIALS;
    format!("29{unit}{serial}{:02}", charged.0.year() % 100)
}

/// In the evening of the charge; what comes by post is sent off the morning
/// after. All of it is before the day of seeding begins.
fn received(story: &Story, today: Day) -> Instant {
    let minute = i8::try_from(story.number % 60).unwrap_or_default();
    match story.kind {
        InitiationCode::Charge => story.charged.at(18, minute),
        _ => story
            .charged
            .plus_days(1)
            .min(today.plus_days(-1))
            .at(7, minute),
    }
}

fn heard_today(number: usize, today: Day, rng: &mut Rng) -> Story {
    // Nine in the first court house, three in the second; three rooms each.
    let court = if number < 9 {
        court::MAGISTRATES
    } else {
        court::SECOND_MAGISTRATES
    };
    let clock = [(10, 0), (10, 45), (11, 30), (10, 0)][number / 3 % 4];
    let mut story = blank(today, court, number % 3, clock);
    story.charged = today.plus_days(-14);
    match number {
        // The guided path: an either-way offence that can mean prison, and one
        // that endorses the licence; nobody represents the defendant yet.
        0 => {
            story.charged = today.plus_days(-3);
            story.defendants = vec![vec![offences::BODILY_HARM, offences::ABOVE_LIMIT]];
            story.bail = BailStatus::Conditional;
            story.stage = Stage::Received;
        }
        // From police cells, charged yesterday.
        1 | 4 => {
            story.charged = today.plus_days(-1);
            story.bail = BailStatus::Custody;
            let what = if number == 1 {
                offences::ROBBERY
            } else {
                offences::BURGLARY
            };
            story.defendants = vec![vec![what]];
            story.stage = Stage::Served;
        }
        2 => {
            story.youth = true;
            story.defendants = vec![vec![offences::BLADE]];
            story.stage = Stage::Represented;
        }
        3 => {
            story.defendants = vec![
                vec![offences::BEATING, offences::SHOP_THEFT],
                vec![offences::BEATING],
            ];
            story.stage = Stage::Represented;
        }
        5 => {
            story.domestic = true;
            story.defendants = vec![vec![offences::COERCIVE, offences::THREATS]];
            story.bail = BailStatus::Conditional;
            story.stage = Stage::Represented;
        }
        6 => company(&mut story),
        _ => {
            begins(&mut story, rng);
            story.stage = [Stage::Received, Stage::Served, Stage::Represented][number % 3];
        }
    }
    story
}

/// Past hearings, each with another example of results.
fn resulted(which: usize, today: Day, rng: &mut Rng) -> Story {
    // Whoever is held for a week is among the first: their next day in court is not past yet.
    let examples: [(&[Charge], &'static str, BailStatus); SHARED] = [
        (&[offences::BEATING], "fine", BailStatus::Unconditional),
        (
            &[offences::THREATS],
            "remand_in_custody",
            BailStatus::Custody,
        ),
        (
            &[offences::SHOP_THEFT],
            "community_order",
            BailStatus::Unconditional,
        ),
        (
            &[offences::ABOVE_LIMIT],
            "driving_disqualification",
            BailStatus::Unconditional,
        ),
        (&[offences::BURGLARY], "imprisonment", BailStatus::Custody),
        (
            &[offences::BLADE],
            "conditional_bail",
            BailStatus::Conditional,
        ),
        (
            &[offences::BODILY_HARM],
            "suspended_sentence",
            BailStatus::Conditional,
        ),
        (
            &[offences::SHOP_THEFT],
            "withdrawn",
            BailStatus::Unconditional,
        ),
    ];
    let (what, example, bail) = examples[which % SHARED];
    let ago = i64::try_from(which).unwrap_or_default() * 2 + 2;
    let hearing = working_day(today.plus_days(-ago), -1);
    let mut story = blank(hearing, court::MAGISTRATES, which % 3, (10, 0));
    let before = if bail == BailStatus::Custody {
        1
    } else {
        rng.i64(10..20)
    };
    story.charged = hearing.plus_days(-before);
    story.defendants = vec![what.to_vec()];
    story.bail = bail;
    story.stage = Stage::Shared(example);
    story
}

fn ordinary(number: usize, today: Day, rng: &mut Rng) -> Story {
    let past = number.is_multiple_of(3);
    let hearing = if past {
        working_day(today.plus_days(-rng.i64(3..60)), -1)
    } else {
        working_day(today.plus_days(rng.i64(1..28)), 1)
    };
    let court = if number % 4 == 3 {
        court::SECOND_MAGISTRATES
    } else {
        court::MAGISTRATES
    };
    let clock = (rng.i8(10..16), [0, 15, 30, 45][rng.usize(..4)]);
    let mut story = blank(hearing, court, rng.usize(..3), clock);
    // Charged before today and at most a month before the hearing.
    let latest = if past {
        hearing.plus_days(-8)
    } else {
        today.plus_days(-1)
    };
    story.charged = latest.min(hearing.plus_days(-8)).plus_days(-rng.i64(0..14));
    begins(&mut story, rng);
    story.youth = story.kind == InitiationCode::Charge && number % 9 == 4;
    if number % 7 == 5 {
        let more = offences::CHARGED[rng.usize(..offences::CHARGED.len())];
        story.defendants.push(vec![more]);
    }
    story.stage = match (past, number % 5) {
        (true, _) => Stage::Heard,
        (false, 0) => Stage::Received,
        (false, 1 | 2) => Stage::Served,
        (false, _) => Stage::Represented,
    };
    story
}

/// Three in five by charge, one by requisition, one by summons.
fn begins(story: &mut Story, rng: &mut Rng) {
    let pick = |rng: &mut Rng, list: &[Charge]| list[rng.usize(..list.len())];
    match rng.u8(..5) {
        0..=2 => {
            let mut what = vec![pick(rng, &offences::CHARGED)];
            if rng.u8(..3) == 0 {
                what.push(pick(rng, &offences::CHARGED));
                what.dedup_by_key(|charge| charge.code);
            }
            story.domestic = what
                .iter()
                .any(|charge| charge.code == offences::COERCIVE.code);
            story.defendants = vec![what];
            story.bail = [BailStatus::Unconditional, BailStatus::Conditional][rng.usize(..2)];
        }
        3 => {
            story.kind = InitiationCode::Requisition;
            story.defendants = vec![vec![pick(rng, &offences::REQUISITIONED)]];
        }
        _ if rng.u8(..4) == 0 => company(story),
        _ => {
            story.kind = InitiationCode::Summons;
            story.defendants = vec![vec![pick(rng, &offences::SUMMONSED)]];
        }
    }
}

fn company(story: &mut Story) {
    story.kind = InitiationCode::Summons;
    story.company = true;
    story.defendants = vec![vec![offences::BY_COMPANY]];
    story.stage = Stage::Received;
}

fn blank(hearing: Day, court: &'static str, room: usize, clock: (i8, i8)) -> Story {
    Story {
        number: 0,
        urn: String::new(),
        kind: InitiationCode::Charge,
        received: hearing.at(0, 0),
        charged: hearing,
        hearing,
        clock,
        court,
        room,
        defendants: Vec::new(),
        bail: BailStatus::Unconditional,
        youth: false,
        company: false,
        domestic: false,
        stage: Stage::Received,
    }
}

/// The day itself if courts sit on it in the week, else the nearest one in this direction.
fn working_day(mut day: Day, step: i64) -> Day {
    while day.0.weekday().to_monday_one_offset() > 5 {
        day = day.plus_days(step);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn stories(cases: usize, today: &str) -> Vec<Story> {
        (0..cases)
            .map(|number| story(number, 7, today.parse().unwrap()))
            .collect()
    }

    #[test]
    fn twelve_cases_are_heard_on_the_day_even_if_it_is_a_sunday() {
        let all = stories(40, "2026-11-22");
        let today: Vec<_> = all
            .iter()
            .filter(|s| s.hearing.to_string() == "2026-11-22")
            .collect();
        assert_eq!(today.len(), 12);
        let rooms: BTreeSet<_> = today.iter().map(|s| (s.court, s.room)).collect();
        assert_eq!(rooms.len(), 6);
        let places: BTreeSet<_> = today.iter().map(|s| (s.court, s.room, s.clock)).collect();
        assert_eq!(places.len(), 12);
    }

    #[test]
    fn no_two_cases_share_a_reference() {
        let all = stories(45_000, "2026-01-02");
        let urns: BTreeSet<_> = all.iter().map(|s| s.urn.as_str()).collect();
        assert_eq!(urns.len(), all.len());
    }

    #[test]
    fn nothing_arrives_after_its_hearing_or_after_the_day_of_seeding_began() {
        for today in ["2026-11-22", "2026-01-02", "2024-02-29"] {
            let opens = today.parse::<Day>().unwrap().at(0, 0);
            for story in stories(400, today) {
                assert!(story.received < opens, "{}", story.urn);
                assert!(story.received < story.hearing.at(9, 0), "{}", story.urn);
                assert!(story.charged <= story.received.day(), "{}", story.urn);
            }
        }
    }

    #[test]
    fn the_forty_cases_hold_every_kind_and_stage() {
        let all = stories(40, "2026-11-21");
        for kind in InitiationCode::ALL {
            assert!(all.iter().any(|s| s.kind == *kind), "{kind}");
        }
        for bail in [
            BailStatus::Custody,
            BailStatus::Conditional,
            BailStatus::Unconditional,
        ] {
            assert!(all.iter().any(|s| s.bail == bail), "{bail}");
        }
        for stage in [
            Stage::Received,
            Stage::Served,
            Stage::Represented,
            Stage::Heard,
        ] {
            assert!(all.iter().any(|s| s.stage == stage), "{stage:?}");
        }
        assert!(all.iter().any(|s| s.youth));
        assert!(all.iter().any(|s| s.company));
        assert!(all.iter().any(|s| s.defendants.len() > 1));
    }
}
