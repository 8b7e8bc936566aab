//! Every function of the store, on both databases: the same sentences must be
//! true on SQLite and on PostgreSQL. PostgreSQL is a private cluster that these
//! tests start and stop themselves.

/// Each function becomes two tests, one a database, each on ground of its own.
macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($ground:ident: $kind:ty) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn run($ground: $kind) $body

            #[test]
            fn sqlite() {
                $crate::ground::Ground::on($crate::ground::Database::Sqlite, async |ground| run(ground).await);
            }

            #[cfg(unix)]
            #[test]
            fn postgres() {
                $crate::ground::Ground::on($crate::ground::Database::Postgres, async |ground| run(ground).await);
            }
        }
    )*};
}

mod alarms;
mod asked;
mod at_work;
mod carrying;
mod complete;
mod court;
mod defence;
mod durability;
mod ground;
mod heard;
mod index;
mod ledger;
mod left;
mod notices;
mod objects;
mod openings;
mod passkeys;
mod people;
mod rebuild;
mod reckoning;
mod schema;
mod several;
mod sign_ins;
mod translations;
mod unreferenced;
mod verify;
mod work;
