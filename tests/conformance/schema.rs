//! The two databases have the same tables, and a database says whether it is ready.

use crate::ground::Ground;
use store::{Settings, Store, StoreError};

#[cfg(unix)]
mod same {
    use crate::ground::{Database, Ground};
    use std::collections::BTreeMap;

    /// Columns of each table: name, kind, whether it may be null.
    type Tables = BTreeMap<String, Vec<(String, String, bool)>>;

    fn kind(word: &str) -> String {
        match word.to_lowercase().as_str() {
            "integer" | "bigint" => "number".to_owned(),
            "blob" | "bytea" => "bytes".to_owned(),
            other => other.to_owned(),
        }
    }

    async fn tables(ground: &Ground) -> Tables {
        let (names, columns) = match ground.database {
            Database::Sqlite => (
                "select name from sqlite_master where type = 'table'",
                "select name, lower(type), cast(\"notnull\" as text) from pragma_table_info('{}')",
            ),
            Database::Postgres => (
                "select table_name::text from information_schema.tables where table_schema = 'public'",
                "select column_name::text, data_type::text, \
                 case when is_nullable = 'NO' then '1' else '0' end \
                 from information_schema.columns where table_name = '{}' order by ordinal_position",
            ),
        };
        let mut tables = Tables::new();
        for row in ground.rows(names).await {
            let name = row[0].clone();
            // The migrations' own table is sqlx's business.
            if name.starts_with("_sqlx") || name.starts_with("sqlite_") {
                continue;
            }
            let columns = ground.rows(&columns.replace("{}", &name)).await;
            let columns = columns
                .into_iter()
                .map(|row| (row[0].clone(), kind(&row[1]), row[2] == "0"))
                .collect();
            tables.insert(name, columns);
        }
        tables
    }

    async fn indexes(ground: &Ground) -> Vec<String> {
        let sql = match ground.database {
            Database::Sqlite => {
                "select name from sqlite_master where type = 'index' and sql is not null order by name"
            }
            // Those of named constraints are inside the table in SQLite.
            Database::Postgres => {
                "select indexname::text from pg_indexes where schemaname = 'public' \
                 and indexname not like '\\_sqlx%' and indexname not in ( \
                     select conname from pg_constraint) order by 1"
            }
        };
        let mut names: Vec<String> = ground
            .rows(sql)
            .await
            .into_iter()
            .map(|mut row| row.remove(0))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn both_databases_have_the_same_tables_and_indexes() {
        Ground::on(Database::Sqlite, async |sqlite| {
            let here = (tables(sqlite).await, indexes(sqlite).await);
            assert!(here.0.len() > 20 && here.1.len() > 15);
            // A second ground in the same runtime would nest it: read it on another thread.
            let there = std::thread::spawn(|| {
                let (send, receive) = std::sync::mpsc::channel();
                Ground::on(Database::Postgres, async |postgres| {
                    send.send((tables(postgres).await, indexes(postgres).await))
                        .unwrap();
                });
                receive.recv().unwrap()
            })
            .join()
            .unwrap();
            for (name, columns) in &here.0 {
                assert_eq!(Some(columns), there.0.get(name), "{name}");
            }
            assert_eq!(here, there);
        });
    }

    #[test]
    fn both_folders_hold_the_same_migrations() {
        let names = |folder: &str| {
            let path = format!("{}/../migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
            let mut names: Vec<String> = std::fs::read_dir(path)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names("sqlite"), names("postgres"));
        assert!(!names("sqlite").is_empty());
    }
}

on_both! {
    async fn a_database_without_its_tables_is_not_ready(ground: &Ground) {
        ground.store.ready().await.unwrap();
        // Again changes nothing.
        ground.store.migrate().await.unwrap();
        ground.tamper("delete from _sqlx_migrations where version = 3").await;
        let refused = ground.store.ready().await.unwrap_err();
        assert!(matches!(refused, StoreError::NotMigrated { found, wanted } if found + 1 == wanted));
    }

    async fn a_closed_store_has_signed_and_says_that_it_is_closed(ground: &Ground) {
        let other = ground.another_server().await;
        other.close().await.unwrap();
        assert!(ground.path("keys/checkpoint.json").exists());
        assert!(other.ready().await.is_err());
    }
}

#[tokio::test]
async fn a_url_of_another_database_is_refused() {
    let folder = tempfile::TempDir::new().unwrap();
    let settings = Settings::new(
        "mysql://court",
        folder.path().join("o"),
        folder.path().join("k"),
    );
    assert!(matches!(
        Store::open(&settings).await,
        Err(StoreError::UnknownDatabase(_))
    ));
}
