//! Journeys: given, when, then, through the real server on a record of its own.

mod access;
mod access_sequences;
mod alarms;
mod amending;
mod attacks;
mod audit;
mod audited;
mod bail;
mod channels;
mod children;
mod codefendants;
mod configuration;
mod copies;
mod crown;
mod defence;
mod demo;
mod documents;
mod every_definition;
mod every_document;
mod every_result;
mod faults;
mod genuine;
mod hard_words;
#[cfg(unix)]
mod heard;
mod intake;
#[cfg(unix)]
mod kept;
mod kills;
#[cfg(unix)]
mod kills_between;
mod law;
mod logs;
mod lowering;
mod movers;
mod newcomer;
mod no_room;
mod operating;
mod parts;
mod path;
mod people;
mod printouts;
mod recipients;
mod refusals;
mod register;
mod registers;
mod revocation;
mod roles;
#[cfg(unix)]
mod scanner;
mod signing_in;
mod steps;
mod texts;
mod tls;
mod together;
mod typing;
mod uploads;
mod validation;
mod validation_cases;
mod veil;
mod verdicts;
mod welsh;
mod written_into;
