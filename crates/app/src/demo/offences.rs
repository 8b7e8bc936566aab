//! The offences of the demo court, each with the wording of a charge. The codes
//! are of the catalogue; the wordings are our own.

use super::names;
use fastrand::Rng;
use vocabulary::Day;

/// An offence that may be charged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charge {
    /// CJS code.
    pub(super) code: &'static str,
    /// Wording: `{day}`, `{place}`, `{person}`, `{shop}`, `{sum}` are filled in.
    wording: &'static str,
    /// Whether a vehicle is in it.
    pub(super) driving: bool,
    /// Whether a reading is in it.
    pub(super) reading: bool,
}

const fn charge(code: &'static str, wording: &'static str) -> Charge {
    Charge {
        code,
        wording,
        driving: false,
        reading: false,
    }
}

const fn driving(code: &'static str, wording: &'static str, reading: bool) -> Charge {
    Charge {
        code,
        wording,
        driving: true,
        reading,
    }
}

/// Common assault by beating.
pub(super) const BEATING: Charge = charge(
    "CJ88116",
    "On {day} at {place} assaulted {person} by beating that person.",
);
/// Assault occasioning actual bodily harm.
pub(super) const BODILY_HARM: Charge = charge(
    "OF61102",
    "On {day} at {place} assaulted {person}, thereby occasioning that person actual bodily harm.",
);
/// Theft from a shop.
pub(super) const SHOP_THEFT: Charge = charge(
    "TH68010",
    "On {day} at {place} stole goods to the value of £{sum} belonging to {shop}.",
);
/// Driving above the limit.
pub(super) const ABOVE_LIMIT: Charge = driving(
    "RT88007",
    "On {day} drove a motor vehicle on a road, namely {place}, after consuming so much alcohol that the proportion of it in breath, namely {sum} microgrammes in 100 millilitres, exceeded the prescribed limit.",
    true,
);
/// A bladed article.
pub(super) const BLADE: Charge = charge(
    "CJ88144",
    "On {day} at {place}, a public place, had with them without good reason an article with a blade, namely a kitchen knife.",
);
/// Controlling or coercive behaviour.
pub(super) const COERCIVE: Charge = charge(
    "SC15004",
    "Until {day} at {place} repeatedly engaged in controlling behaviour towards {person}, with whom they lived, which had a serious effect on that person.",
);
/// Burglary.
pub(super) const BURGLARY: Charge = charge(
    "TH68037",
    "On {day} entered {place} as a trespasser and stole cash and tools to the value of £{sum} belonging to {shop}.",
);
/// Robbery.
pub(super) const ROBBERY: Charge = charge(
    "TH68023",
    "On {day} at {place} robbed {person} of a mobile telephone and £{sum}.",
);
/// Threats to kill.
pub(super) const THREATS: Charge = charge(
    "OF61014",
    "On {day} at {place}, without lawful excuse, made to {person} a threat to kill that person, intending that it would be believed.",
);
/// No insurance.
pub(super) const UNINSURED: Charge = driving(
    "RA88001",
    "On {day} used a motor vehicle on a road, namely {place}, when no policy of insurance was in force for that use.",
    false,
);

/// What is charged.
pub(super) const CHARGED: [Charge; 14] = [
    SHOP_THEFT,
    BEATING,
    BODILY_HARM,
    ABOVE_LIMIT,
    BLADE,
    COERCIVE,
    BURGLARY,
    THREATS,
    charge(
        "CD71039",
        "On {day} at {place}, without lawful excuse, damaged a shop front to the value of £{sum} belonging to {shop}.",
    ),
    charge(
        "MD71521",
        "On {day} at {place} had in their possession a quantity of cannabis resin, a controlled drug of Class B.",
    ),
    charge(
        "CJ88160",
        "On {day} at {place} assaulted by beating {person}, an emergency worker acting in the exercise of functions as such a worker.",
    ),
    charge(
        "PC53001",
        "On {day} at {place}, a public place, had with them without lawful authority an offensive weapon, namely a baton.",
    ),
    driving(
        "RT88339",
        "On {day} drove a motor vehicle on a road, namely {place}, when unfit to drive through drink.",
        false,
    ),
    charge(
        "BA76001",
        "On {day}, having been released on bail, failed without reasonable cause to surrender to custody at {place}.",
    ),
];

/// What is requisitioned.
pub(super) const REQUISITIONED: [Charge; 4] = [
    SHOP_THEFT,
    UNINSURED,
    charge(
        "CA03005",
        "On {day} sent to {person} by a public electronic communications network a message of a menacing character.",
    ),
    driving(
        "RT88339",
        "On {day} drove a motor vehicle on a road, namely {place}, when unfit to drive through drink.",
        false,
    ),
];

/// What is summonsed.
pub(super) const SUMMONSED: [Charge; 3] = [
    driving(
        "RR84223",
        "On {day} drove a motor vehicle on {place} at a speed exceeding 50 miles an hour, namely {sum} miles an hour.",
        false,
    ),
    driving(
        "VE94015",
        "On {day} kept on {place} a motor vehicle for which no vehicle licence was in force.",
        false,
    ),
    UNINSURED,
];

/// What a company is summonsed for.
pub(super) const BY_COMPANY: Charge = driving(
    "RC86851",
    "On {day} permitted the use on a road, namely {place}, of a motor vehicle whose brakes were not maintained in good and efficient working order.",
    false,
);

impl Charge {
    /// The wording of this charge; the number is the sum, reading or speed in it.
    pub(super) fn worded(&self, day: Day, place: &str, rng: &mut Rng) -> (String, u32) {
        let victim = names::name(rng);
        let sum = if self.driving {
            rng.u32(58..112)
        } else {
            rng.u32(18..890)
        };
        let wording = self
            .wording
            .replace("{day}", &day.in_words())
            .replace("{place}", place)
            .replace(
                "{person}",
                &format!("{} {}", victim.forename, victim.surname),
            )
            .replace("{shop}", names::shop(rng))
            .replace("{sum}", &sum.to_string());
        (wording, sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offence_of_the_demo_court_is_in_the_catalogue() {
        let catalogue = reference::Catalogue::embedded().unwrap();
        let all = CHARGED
            .iter()
            .chain(&REQUISITIONED)
            .chain(&SUMMONSED)
            .chain([&ROBBERY, &BY_COMPANY]);
        for offence in all {
            assert!(
                catalogue.offence(offence.code).is_some(),
                "{}",
                offence.code
            );
        }
    }
}
