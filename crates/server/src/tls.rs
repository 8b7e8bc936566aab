//! TLS of the server itself: 1.2 and 1.3 by rustls' own suites, HTTP/1 alone, no client
//! certificates. The files are looked at again at each handshake, so that a certificate
//! that was renewed is used without a restart; one that cannot be read leaves the one
//! before it in use. There is no plain HTTP beside it, and nothing that leads from there
//! to here: whoever asks without TLS has said it to everybody already.

use crate::config::Config;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        Error, ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
        server::{ClientHello, ResolvesServerCert},
        sign::CertifiedKey,
    },
};

/// What ends every sentence about the two files.
const HOW: &str = "README.md, “Before others reach it”, says what the two files are.";

/// How the server does TLS, if it does it itself.
///
/// # Errors
/// A sentence that names the setting or the file.
pub(crate) fn acceptor(config: &Config) -> Result<Option<TlsAcceptor>, String> {
    let files = match (&config.tls_certificate, &config.tls_key) {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => Files {
            certificate: certificate.clone(),
            key: key.clone(),
        },
        (Some(_), None) => return Err(format!("The setting tls_key is missing. {HOW}")),
        (None, Some(_)) => return Err(format!("The setting tls_certificate is missing. {HOW}")),
    };
    if !config.public_url.starts_with("https://") {
        return Err(format!(
            "The server speaks TLS, and its public address {} is one without. Correct the \
             setting public_url, for instance https://court.example.test.",
            config.public_url
        ));
    }
    let renewed = Renewed::read(files)?;
    let mut tls = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS cannot be set up: {error}."))?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(renewed));
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(tls))))
}

/// Where certificate and key are.
#[derive(Debug)]
struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

/// When a file was written and how long it is; none if it is not there.
type Stamp = Option<(SystemTime, u64)>;

impl Files {
    fn stamps(&self) -> [Stamp; 2] {
        [&self.certificate, &self.key].map(|file| {
            let about = fs::metadata(file).ok()?;
            Some((about.modified().ok()?, about.len()))
        })
    }

    fn read(&self) -> Result<CertifiedKey, String> {
        let chain = read(&self.certificate, "tls_certificate")?;
        let chain = CertificateDer::pem_slice_iter(&chain).collect::<Result<Vec<_>, _>>();
        let chain = chain.ok().filter(|chain| !chain.is_empty());
        let chain = chain.ok_or_else(|| unreadable(&self.certificate, "certificate in PEM"))?;
        must_be_secret(&self.key)?;
        let key = read(&self.key, "tls_key")?;
        let key = PrivateKeyDer::from_pem_slice(&key)
            .map_err(|_| unreadable(&self.key, "private key in PEM without a pass phrase"))?;
        CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider()).map_err(|error| {
            let what = match error {
                Error::InconsistentKeys(_) => "do not belong together".to_owned(),
                other => format!("cannot be used: {other}"),
            };
            format!(
                "The certificate {} and the key {} {what}. {HOW}",
                self.certificate.display(),
                self.key.display()
            )
        })
    }
}

fn read(file: &Path, setting: &str) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| {
        let file = file.display();
        format!("The file {file} of the setting {setting} cannot be read: {error}. {HOW}")
    })
}

fn unreadable(file: &Path, wanted: &str) -> String {
    format!("In {} there is no {wanted}. {HOW}", file.display())
}

/// A key that everybody on this computer may read is everybody's.
#[cfg(unix)]
fn must_be_secret(key: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let open = fs::metadata(key).is_ok_and(|about| about.permissions().mode() & 0o007 != 0);
    if open {
        let key = key.display();
        return Err(format!(
            "Everybody on this computer may read the key {key}. Run `chmod o= {key}`, and think \
             of a new one if others work here."
        ));
    }
    Ok(())
}

/// Elsewhere the folder's own protection counts.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
fn must_be_secret(_: &Path) -> Result<(), String> {
    Ok(())
}

/// A certificate that is read again when its files are others.
#[derive(Debug)]
struct Renewed {
    files: Files,
    now: RwLock<([Stamp; 2], Arc<CertifiedKey>)>,
}

impl Renewed {
    fn read(files: Files) -> Result<Self, String> {
        let stamps = files.stamps();
        let key = Arc::new(files.read()?);
        let now = RwLock::new((stamps, key));
        Ok(Self { files, now })
    }

    fn current(&self) -> Arc<CertifiedKey> {
        let stamps = self.files.stamps();
        {
            let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
            if now.0 == stamps {
                return Arc::clone(&now.1);
            }
        }
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if now.0 != stamps {
            // Once for each state of the files, so that a log is not filled by whoever connects.
            now.0 = stamps;
            match self.files.read() {
                Ok(key) => {
                    now.1 = Arc::new(key);
                    tracing::info!("the certificate was renewed");
                }
                Err(why) => tracing::error!("The certificate before is still in use. {why}"),
            }
        }
        Arc::clone(&now.1)
    }
}

impl ResolvesServerCert for Renewed {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patience::Taken;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_rustls::{
        TlsConnector,
        rustls::{ClientConfig, RootCertStore, pki_types::ServerName},
    };

    fn ours(name: &str) -> Vec<u8> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tls");
        fs::read(folder.join(name)).unwrap()
    }

    fn put(file: &Path, bytes: &[u8]) {
        fs::write(file, bytes).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    /// A folder of one test, with a certificate and a key of these files.
    fn config(test: &str, certificate: &[u8], key: &[u8]) -> Config {
        let folder = std::env::temp_dir().join(format!("tls-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let config = Config {
            tls_certificate: Some(folder.join("court.pem")),
            tls_key: Some(folder.join("court.key")),
            public_url: "https://court.example.test".to_owned(),
            ..Config::in_folder(&folder)
        };
        put(&folder.join("court.pem"), certificate);
        put(&folder.join("court.key"), key);
        config
    }

    fn refused(config: &Config) -> String {
        acceptor(config).err().expect("a sentence")
    }

    #[test]
    fn a_certificate_that_cannot_be_used_is_told_before_anybody_is_served() {
        let (first, key) = (ours("first.pem"), ours("first.key"));
        let whole = config("whole", &first, &key);
        assert!(acceptor(&whole).unwrap().is_some());
        assert!(acceptor(&Config::default()).unwrap().is_none());
        for (told, wrong) in [
            (
                "tls_key is missing",
                Config {
                    tls_key: None,
                    ..whole.clone()
                },
            ),
            (
                "tls_certificate is missing",
                Config {
                    tls_certificate: None,
                    ..whole.clone()
                },
            ),
            (
                "public_url",
                Config {
                    public_url: "http://court.example.test".to_owned(),
                    ..whole.clone()
                },
            ),
            (
                "cannot be read",
                Config {
                    tls_key: Some("/nowhere/court.key".into()),
                    ..whole.clone()
                },
            ),
            (
                "do not belong together",
                config("apart", &first, &ours("second.key")),
            ),
            ("no certificate in PEM", config("none", &key, &key)),
            ("no private key in PEM", config("keyless", &first, &first)),
        ] {
            let sentence = refused(&wrong);
            assert!(sentence.contains(told), "{sentence}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_everybody_may_read_is_not_used() {
        use std::os::unix::fs::PermissionsExt;
        let config = config("open", &ours("first.pem"), &ours("first.key"));
        let key = config.tls_key.clone().unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(refused(&config).contains("chmod o="));
        // A group that is there for keys may.
        fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(acceptor(&config).is_ok());
    }

    #[tokio::test]
    async fn an_answer_that_nobody_takes_ends_the_connection_under_tls_too() {
        let config = config("stuck", &ours("first.pem"), &ours("first.key"));
        let acceptor = acceptor(&config).unwrap().unwrap();
        let mut roots = RootCertStore::empty();
        let authority = CertificateDer::from_pem_slice(&ours("authority.pem")).unwrap();
        roots.add(authority).unwrap();
        let client = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let (here, there) = tokio::io::duplex(4 * 1024);
        let name = ServerName::try_from("court.example.test").unwrap();
        let taken = Taken::new(here, Duration::from_millis(20));
        let connector = TlsConnector::from(Arc::new(client));
        let (server, client) = tokio::join!(acceptor.accept(taken), connector.connect(name, there));
        let (mut server, mut client) = (server.unwrap(), client.unwrap());
        server.write_all(b"taken").await.unwrap();
        server.flush().await.unwrap();
        let mut read = [0; 5];
        client.read_exact(&mut read).await.unwrap();
        assert_eq!(&read, b"taken");
        let stuck = server.write_all(&vec![7; 1024 * 1024]).await.unwrap_err();
        assert_eq!(stuck.kind(), std::io::ErrorKind::TimedOut);
    }
}
