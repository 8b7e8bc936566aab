//! Names of people and places, all put together by chance from these lists: of
//! many languages, in two scripts, composed and decomposed, because a record of
//! the courts meets them all.

use fastrand::Rng;

/// Forenames of women.
const WOMEN: [&str; 26] = [
    "Ffion",
    "Angharad",
    "Siân",
    "Carys",
    "Agnieszka",
    "Zofia",
    "Małgorzata",
    "Amara",
    "Ngozi",
    "Leila",
    "Yasmin",
    "Priya",
    "Meera",
    "Harriet",
    "Imelda",
    "Rosalind",
    "Chloé",
    "Aoife",
    "Hương",
    "Ștefania",
    "Jūratė",
    "Tamsin",
    "Bronwen",
    "Odile",
    "Thandeka",
    "Zoe\u{308}",
];

/// Forenames of men.
const MEN: [&str; 26] = [
    "Rhys",
    "Gethin",
    "Iolo",
    "Kazimierz",
    "Paweł",
    "Łukasz",
    "Emeka",
    "Tunde",
    "Hamid",
    "Karim",
    "Arjun",
    "Dev",
    "Toby",
    "Marcus",
    "Søren",
    "Ángel",
    "Çağrı",
    "Jiří",
    "Éamon",
    "Ọlábísí",
    "Nikolai",
    "Ambrose",
    "Caradog",
    "Dilwyn",
    "Matteo",
    "Rene\u{301}",
];

/// Surnames that go with any of them.
const SURNAMES: [&str; 40] = [
    "Hollowell",
    "Quillfeather",
    "Marrowby",
    "Ashgrove",
    "ap Gwilym",
    "Wrzosek",
    "Jaworek",
    "Śliwowski",
    "Brzezicki",
    "Okafor-Lyle",
    "Adeyinka",
    "al-Rawi",
    "Haddadi",
    "Ravenshall",
    "Thistledown",
    "Underhay",
    "Coldicote",
    "Drinkwater-Moss",
    "Castellane",
    "O’Rahill",
    "Ní Bhroin",
    "Ferreira da Luz",
    "Đorđić",
    "Müllenbeck",
    "Sørby",
    "Vâlcan",
    "Žukas",
    "Nwosuba",
    "Baptiste-Reay",
    "Penhallick",
    "Trewhidden",
    "Llanfarian",
    "Morgannwg",
    "Sandiford-Pike",
    "Kettlewick",
    "Oyelaran",
    "Rathore-Finch",
    "Tarnbrook",
    "Bjarnes",
    "Cotterdale",
];

/// Names in Arabic script, which go together.
const ARABIC: [(&str, &str, bool); 4] = [
    ("محمود", "الرفاعي", false),
    ("ليلى", "الحكيم", true),
    ("يوسف", "البناء", false),
    ("سلمى", "النجار", true),
];

const STREETS: [&str; 16] = [
    "Larch Close",
    "Orchard Way",
    "Castle Street",
    "Mill Road",
    "Heol y Bont",
    "Stryd Fawr",
    "Quarry Rise",
    "Foundry Lane",
    "Tannery Walk",
    "Harbour View",
    "Weir Gardens",
    "Priory Green",
    "Signal Terrace",
    "Lockkeeper's Row",
    "Ffordd y Môr",
    "Gasworks Passage",
];

const SHOPS: [&str; 8] = [
    "Penny & Marlow",
    "Tarn Foods",
    "Kettlewick Outdoor",
    "Siop y Cei",
    "Granary Stores",
    "Bellweather Chemists",
    "Marrowby Electrical",
    "Orme & Daughters",
];

/// A name with the gender that the format asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) title: &'static str,
    pub(super) forename: &'static str,
    pub(super) second: Option<&'static str>,
    pub(super) surname: &'static str,
    /// 1 male, 2 female.
    pub(super) gender: u8,
}

/// A name.
pub(super) fn name(rng: &mut Rng) -> Name {
    let of = |rng: &mut Rng, list: &[&'static str]| list[rng.usize(..list.len())];
    if rng.u8(..20) == 0 {
        let (forename, surname, woman) = ARABIC[rng.usize(..ARABIC.len())];
        return Name {
            title: if woman { "Ms" } else { "Mr" },
            forename,
            second: None,
            surname,
            gender: if woman { 2 } else { 1 },
        };
    }
    let woman = rng.u8(..5) < 2;
    let list = if woman { &WOMEN } else { &MEN };
    let forename = of(rng, list);
    let second = Some(of(rng, list)).filter(|second| *second != forename && rng.bool());
    Name {
        title: if woman { "Ms" } else { "Mr" },
        forename,
        second,
        surname: of(rng, &SURNAMES),
        gender: if woman { 2 } else { 1 },
    }
}

/// House and street.
pub(super) fn street(rng: &mut Rng) -> String {
    format!(
        "{} {}",
        rng.u32(1..180),
        STREETS[rng.usize(..STREETS.len())]
    )
}

/// A shop.
pub(super) fn shop(rng: &mut Rng) -> &'static str {
    SHOPS[rng.usize(..SHOPS.len())]
}

/// Town and postcode; neither area exists.
pub(super) fn town(rng: &mut Rng) -> (&'static str, String) {
    let (town, area) = if rng.u8(..4) == 0 {
        ("Porthgarreg", "PG")
    } else {
        ("Ashmere", "AM")
    };
    let letter = |rng: &mut Rng| char::from(b'A' + rng.u8(..8));
    let postcode = format!(
        "{area}{} {}{}{}",
        rng.u8(1..10),
        rng.u8(1..10),
        letter(rng),
        letter(rng)
    );
    (town, postcode)
}
