//! Where settings come from: the file, then the environment, then the flags; the later
//! wins. Read from what the program does with them.

use server::config::Config;
use testkit::{Program, built};

const TODAY: &str = "2026-11-23";

/// A way to set one thing: nothing, or to this.
type Set<'a> = Option<&'a str>;

/// What a command says when a setting is given in these ways: in the file, in the
/// environment, by the flag.
fn told(command: &[&str], name: &str, [file, variable, flag]: [Set<'_>; 3]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut program = std::process::Command::new(built("common-platform-server"));
    program.args(command).arg("--data").arg(folder.path());
    for (variable, _) in std::env::vars().filter(|(name, _)| name.starts_with("COMMON_PLATFORM_")) {
        program.env_remove(variable);
    }
    if let Some(value) = file {
        let settings = folder.path().join("settings.toml");
        std::fs::write(&settings, format!("{name} = \"{value}\"\n")).unwrap();
        program.arg("--config").arg(settings);
    }
    if let Some(value) = variable {
        program.env(format!("COMMON_PLATFORM_{}", name.to_uppercase()), value);
    }
    if let Some(value) = flag {
        program
            .arg(format!("--{}", name.replace('_', "-")))
            .arg(value);
    }
    let output = program.output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    out + &String::from_utf8_lossy(&output.stderr)
}

/// Which of the three ways are taken, and which of them wins.
const WAYS: [([bool; 3], usize); 6] = [
    ([true, false, false], 0),
    ([false, true, false], 1),
    ([true, true, false], 1),
    ([false, false, true], 2),
    ([true, false, true], 2),
    ([true, true, true], 2),
];

#[test]
fn the_environment_wins_over_the_file_and_a_flag_over_both() {
    let folder = tempfile::tempdir().unwrap();
    let urls = ["file", "variable", "flag"]
        .map(|name| store::sqlite_url(&folder.path().join(format!("{name}.db"))));
    let listening = [(); 3].map(|()| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    let taken = listening
        .each_ref()
        .map(|one| one.local_addr().unwrap().to_string());
    let settings: [(&str, &[&str], [&str; 3]); 3] = [
        (
            "database_url",
            &["migrate"],
            urls.each_ref().map(String::as_str),
        ),
        (
            "today",
            &["seed", "--cases", "0"],
            ["2025-11-24", "2025-12-08", "2026-01-12"],
        ),
        // Addresses that are taken: the program says which it could not have.
        ("listen", &["serve"], taken.each_ref().map(String::as_str)),
    ];
    for (name, command, values) in settings {
        for (ways, wins) in WAYS {
            let given = [0, 1, 2].map(|way| ways[way].then_some(values[way]));
            let told = told(command, name, given);
            for (way, value) in values.iter().enumerate() {
                assert_eq!(told.contains(value), way == wins, "{name} {ways:?}: {told}");
            }
        }
    }
}

#[test]
fn the_address_of_the_database_may_be_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let database = store::sqlite_url(&folder.path().join("from-a-file.db"));
    let file = folder.path().join("database_url");
    std::fs::write(&file, format!("{database}\n")).unwrap();
    let file = file.display().to_string();
    for ways in [[Some(file.as_str()), None, None], [None, Some(&file), None]] {
        let told = told(&["migrate"], "database_url_file", ways);
        assert!(told.contains("from-a-file.db"), "{told}");
    }
    let nowhere = folder.path().join("nowhere").display().to_string();
    let told = told(
        &["migrate"],
        "database_url_file",
        [None, Some(&nowhere), None],
    );
    assert!(
        told.contains("database_url_file") && told.contains(&nowhere),
        "{told}"
    );
}

#[test]
fn a_secret_may_be_in_a_file_of_its_own_which_is_one_line_and_never_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file
    };
    let read = |password_file: &std::path::Path| {
        let settings = format!(
            "smtp_password = \"beside it\"\nsmtp_password_file = {:?}\n",
            password_file.display().to_string()
        );
        Config::read(Some(&write("settings.toml", &settings)), None)
    };
    let config = read(&write("password", " heron brass lintel \r\n")).unwrap();
    assert_eq!(config.smtp_password.unwrap(), " heron brass lintel ");
    for wrong in [
        folder.path().join("nowhere"),
        write("empty", "\n"),
        write("two", "heron\nbrass\n"),
    ] {
        let told = read(&wrong).unwrap_err();
        let name = wrong.display().to_string();
        assert!(
            told.contains("smtp_password_file") && told.contains(&name),
            "{told}"
        );
        assert!(!told.contains("brass"), "{told}");
    }
}

#[tokio::test]
async fn without_a_database_the_record_is_in_the_folder_for_everything() {
    let program = Program::idle(TODAY).await;
    let (worked, told) = program.run(&["migrate"]);
    assert!(worked, "{told}");
    assert!(
        told.contains(&program.folder().display().to_string()),
        "{told}"
    );
    assert!(program.folder().join("record.db").is_file());
}
