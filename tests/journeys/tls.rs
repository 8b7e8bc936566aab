//! The server by TLS of its own: certificates of an authority that only these tests trust
//! (`tests/tls`), the real listener, and clients that know nothing of it.

use contract::account::{About, SignIn};
use futures::{StreamExt, stream};
use reqwest::{
    Certificate, Client, ClientBuilder,
    tls::{TlsInfo, Version},
};
use server::config::Config;
use std::{
    convert::Infallible,
    path::{Path, PathBuf},
    time::Duration,
};
use testkit::{Program, Setting, TestCourt};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

const SOON: Duration = Duration::from_secs(20);
const ADVISER: &str = "ada.wren@court.example.test";

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tls").join(name)
}

/// Puts one of the certificates and its key where the server looks for them.
fn put(folder: &Path, certificate: &str, key: &str) {
    for (from, to) in [(certificate, "court.pem"), (key, "court.key")] {
        let file = folder.join(to);
        std::fs::write(&file, std::fs::read(kept(from)).unwrap()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let own = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(&file, own).unwrap();
        }
    }
}

fn by_tls(config: &mut Config) {
    let folder = config.keys.parent().unwrap().to_path_buf();
    put(&folder, "first.pem", "first.key");
    config.tls_certificate = Some(folder.join("court.pem"));
    config.tls_key = Some(folder.join("court.key"));
    config.public_url = "https://court.example.test".to_owned();
    config.idle_seconds = 1;
}

async fn court(configure: fn(&mut Config)) -> TestCourt {
    TestCourt::with(Setting {
        cases: 0,
        configure,
        ..Setting::default()
    })
    .await
}

/// A client that trusts the authority of these tests and nobody else.
fn trusting() -> ClientBuilder {
    let authority = std::fs::read(kept("authority.pem")).unwrap();
    let authority = Certificate::from_pem(&authority).unwrap();
    Client::builder().tls_certs_only([authority])
}

/// Where it listens, as a socket knows it.
fn socket(court: &TestCourt) -> &str {
    court.url.trim_start_matches("https://")
}

/// What comes back for these bytes, until the server ends the connection.
async fn said(court: &TestCourt, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(socket(court)).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    let read = timeout(SOON, stream.read_to_end(&mut answer)).await;
    // A reset is an end too.
    let _ = read.expect("the server ends the connection");
    answer
}

/// Whether a server answers, over a connection of its own; and whose certificate it shows.
async fn shown(court: &TestCourt) -> Vec<u8> {
    let client = trusting().tls_info(true).build().unwrap();
    let asked = client.get(format!("{}/health/live", court.url));
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let about = answer.extensions().get::<TlsInfo>().unwrap();
    about.peer_certificate().unwrap().to_vec()
}

/// The bytes within the lines of a PEM file with one section.
fn der(name: &str) -> Vec<u8> {
    let pem = std::fs::read_to_string(kept(name)).unwrap();
    let text: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        held = (held << 6 | u32::from(six)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap());
        }
    }
    bytes
}

#[tokio::test]
async fn a_server_with_a_certificate_speaks_tls_and_nothing_else() {
    let court = court(|config| {
        by_tls(config);
        config.metrics_listen = Some("127.0.0.1:0".to_owned());
    })
    .await;
    let client = trusting().build().unwrap();
    let asked = client
        .post(format!("{}/rpc/account.sign_in", court.url))
        .json(&SignIn {
            email: ADVISER.to_owned(),
            password: court.config.demo_password.clone(),
        });
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.version(), reqwest::Version::HTTP_11);
    assert_eq!(
        answer.headers()["strict-transport-security"],
        "max-age=31536000; includeSubDomains"
    );
    // Neither an answer nor a way from there to here.
    let plain = said(
        &court,
        b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n",
    )
    .await;
    assert!(!plain.starts_with(b"HTTP/"), "{plain:?}");
    // Those who read the metrics are spoken to alike.
    let metrics = court.metrics.unwrap();
    let asked = client.get(format!("https://{metrics}/metrics"));
    assert!(asked.send().await.is_ok());
    let plain = Client::new().get(format!("http://{metrics}/metrics"));
    assert!(plain.send().await.is_err());
    // Whoever does not trust the authority, or means another name, is not taken in.
    let stranger = Client::new().get(format!("{}/health/live", court.url));
    assert!(stranger.send().await.is_err());
    let other = trusting()
        .resolve("other.example.test", socket(&court).parse().unwrap())
        .build()
        .unwrap();
    let port = socket(&court).rsplit(':').next().unwrap();
    let misled = other.get(format!("https://other.example.test:{port}/health/live"));
    assert!(misled.send().await.is_err());
}

#[tokio::test]
async fn tls_1_2_and_1_3_alone_are_spoken() {
    let court = court(by_tls).await;
    for version in [Version::TLS_1_2, Version::TLS_1_3] {
        let client = trusting()
            .min_tls_version(version)
            .max_tls_version(version)
            .build()
            .unwrap();
        let asked = client.get(format!("{}/health/live", court.url));
        assert_eq!(asked.send().await.unwrap().status(), 200, "{version:?}");
    }
    // A greeting written by hand, because our own clients cannot say TLS 1.1: as 1.2 it is gone
    // into, and as 1.1 it is refused with a fatal alert, because that version of the protocol is
    // not spoken (RFC 5246, section 7.2).
    let greeting = |version: u8| {
        let mut hello = vec![0x03, version];
        hello.extend([7; 32]);
        hello.extend([0, 0, 2, 0xc0, 0x2b, 1, 0]);
        // Groups and signatures, which everybody must offer.
        hello.extend([0, 16, 0, 10, 0, 4, 0, 2, 0, 29, 0, 13, 0, 4, 0, 2, 4, 3]);
        let length = u8::try_from(hello.len()).unwrap();
        let mut record = vec![0x16, 0x03, 0x01, 0, length + 4, 1, 0, 0, length];
        record.extend(hello);
        record
    };
    let gone_into = said(&court, &greeting(3)).await;
    assert_eq!(gone_into.first(), Some(&0x16), "{gone_into:?}");
    let refused = said(&court, &greeting(2)).await;
    assert_eq!(refused.first(), Some(&0x15), "{refused:?}");
    assert_eq!(refused.get(5..7), Some(&[2, 70][..]), "{refused:?}");
}

#[tokio::test]
async fn whoever_never_ends_a_handshake_or_a_body_gives_their_place_to_others() {
    let court = court(|config| {
        by_tls(config);
        config.connections = 2;
    })
    .await;
    let mut held = Vec::new();
    for bytes in [&b""[..], b"\x16\x03\x01"] {
        let mut stream = TcpStream::connect(socket(&court)).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        held.push(stream);
    }
    // All places are taken until the first two were waited for long enough.
    let client = trusting().build().unwrap();
    let asked = client.get(format!("{}/health/live", court.url)).send();
    let answer = timeout(SOON, asked).await.expect("a place").unwrap();
    assert_eq!(answer.status(), 200);
    drop(answer);
    for mut stream in held {
        let mut rest = Vec::new();
        let ended = timeout(SOON, stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "the server hung up");
    }
    let body = stream::iter([Ok::<_, Infallible>("{\"email\":")]).chain(stream::pending());
    let half = client
        .post(format!("{}/rpc/account.sign_in", court.url))
        .header("content-type", "application/json")
        .body(reqwest::Body::wrap_stream(body));
    let answer = timeout(SOON, half.send())
        .await
        .expect("an answer")
        .unwrap();
    assert!(answer.text().await.unwrap().contains("\"truncated\""));
}

#[tokio::test]
async fn a_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not() {
    let court = court(by_tls).await;
    let folder = court.config.keys.parent().unwrap();
    assert_eq!(shown(&court).await, der("first.pem"));
    // Half of it: the key does not belong to the certificate yet.
    put(folder, "second.pem", "first.key");
    assert_eq!(shown(&court).await, der("first.pem"));
    put(folder, "second.pem", "second.key");
    assert_eq!(shown(&court).await, der("second.pem"));
    std::fs::write(folder.join("court.pem"), "no certificate").unwrap();
    assert_eq!(shown(&court).await, der("second.pem"));
}

#[tokio::test]
async fn the_program_serves_by_tls_when_its_settings_name_a_certificate() {
    let mut program = Program::idle("2026-11-23").await;
    put(program.folder(), "first.pem", "first.key");
    let in_folder = |name: &str| program.folder().join(name).display().to_string();
    let settings = format!(
        "tls_certificate = '{}'\ntls_key = '{}'\n",
        in_folder("court.pem"),
        in_folder("court.key")
    );
    program.set(&settings);
    program.open(0).await;
    let url = format!("https://{}/v2/openapi.yaml", program.address());
    let answer = trusting().build().unwrap().get(url).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let strict = answer.headers().contains_key("strict-transport-security");
    assert!(strict, "its public address follows its settings");
    program.end().await;
    program.set("tls_certificate = '/nowhere/court.pem'\n");
    let (worked, told) = program.run(&["serve"]);
    assert!(!worked && told.contains("tls_key is missing"), "{told}");
}

/// The desktop's own client trusts whom the system trusts. That is read from the
/// environment once, so this asks in a process of its own.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_desktops_client_joins_a_server_whose_authority_the_system_trusts() {
    let court = court(by_tls).await;
    let joined = async |trusted: &Path| {
        let mut other = tokio::process::Command::new(std::env::current_exe().unwrap());
        other
            .args([
                "--exact",
                "--ignored",
                "tls::joins_the_server_that_it_is_told",
            ])
            .env("TLS_TEST_SERVER", &court.url)
            .env("SSL_CERT_FILE", trusted)
            .env_remove("SSL_CERT_DIR")
            .kill_on_drop(true);
        let output = timeout(SOON, other.output()).await.unwrap().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.contains("running 1 test"), "{told}");
        output.status.success()
    };
    assert!(joined(&kept("authority.pem")).await);
    // A certificate that is none of an authority lets nobody in.
    assert!(!joined(&kept("second.pem")).await);
}

#[tokio::test]
#[ignore = "asked by the test above, in a process of its own"]
async fn joins_the_server_that_it_is_told() {
    let client = client::Client::new(&std::env::var("TLS_TEST_SERVER").unwrap());
    let about = client.account_about(&About {}).await.unwrap();
    assert!(about.demo);
}
