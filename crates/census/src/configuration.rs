//! `census.toml` and the environment: where the store is, what to collect and how to serve.

use census_error::{Error, Result, SqlState};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Names the store where the command line does not.
const STORE_VARIABLE: &str = "CENSUS_STORE";

/// The store where nothing names one.
const DEFAULT_STORE: &str = "./.census";

/// The configuration file that is read where the command line names none.
const DEFAULT_FILE: &str = "census.toml";

/// The largest share of the quota that can be left to the account's owner, in percent: what is left must do.
pub const MAXIMUM_RESERVE: u8 = 90;

/// What a command needs to know beyond its own arguments.
#[derive(Debug)]
pub struct Configuration {
    /// Location of the store: `--store`, else `CENSUS_STORE`, else the file, else `./.census`.
    pub store: String,
    /// What `collect` takes where its arguments are silent.
    pub collect: CollectSection,
    /// What `serve` takes where its arguments are silent.
    pub serve: ServeSection,
}

/// The `[serve]` table of `census.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServeSection {
    /// Where PostgreSQL clients are listened to.
    pub pg: Option<SocketAddr>,
    /// The server's certificate, as PEM, followed by those that vouch for it.
    pub tls_certificate: Option<PathBuf>,
    /// The certificate's private key, as PEM.
    pub tls_key: Option<PathBuf>,
    /// Who may log in: a SCRAM-SHA-256 verifier a user, as `census serve --hash-password` makes one.
    #[serde(default)]
    pub users: BTreeMap<String, String>,
    /// How many connections there may be at once.
    pub connections: Option<usize>,
}

/// The `[collect]` table of `census.toml`; each key stands for the argument of that name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectSection {
    /// Regions, or `["all"]`.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Profiles of AWS's shared configuration.
    #[serde(default)]
    pub profiles: Vec<String>,
    /// Roles to assume.
    #[serde(default)]
    pub role_arns: Vec<String>,
    /// Datasets.
    #[serde(default)]
    pub datasets: Vec<String>,
    /// Share of the quota left to the account's owner, in percent; at most [`MAXIMUM_RESERVE`].
    #[serde(default, deserialize_with = "reserve")]
    pub reserve: Option<u8>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    store: Option<String>,
    #[serde(default)]
    collect: CollectSection,
    #[serde(default)]
    serve: ServeSection,
}

impl Configuration {
    /// Reads the configuration for a command line that names `file` and `store`, or neither.
    ///
    /// # Errors
    /// F0000 where the file cannot be read or has a fault; a default file that is absent is none.
    pub fn read(file: Option<&Path>, store: Option<String>) -> Result<Self> {
        let read = match file {
            Some(path) => read_file(path)?,
            None if Path::new(DEFAULT_FILE).exists() => read_file(Path::new(DEFAULT_FILE))?,
            None => File::default(),
        };
        let from_environment = std::env::var(STORE_VARIABLE).ok().filter(|url| !url.is_empty());
        let store =
            store.or(from_environment).or(read.store).unwrap_or_else(|| DEFAULT_STORE.to_owned());
        Ok(Self { store, collect: read.collect, serve: read.serve })
    }
}

fn read_file(path: &Path) -> Result<File> {
    let text = std::fs::read_to_string(path).map_err(|source| {
        Error::new(
            SqlState::ConfigFileError,
            format!("configuration file \"{}\" cannot be read", path.display()),
        )
        .with_source(source)
    })?;
    parse(&text).map_err(|fault| {
        Error::new(
            SqlState::ConfigFileError,
            format!("{}:{}: {}", path.display(), fault.line, fault.message),
        )
        .with_hint(
            "Keys are store, in [collect] regions, profiles, role_arns, datasets, reserve, and in [serve] pg, tls_certificate, tls_key, users, connections.",
        )
    })
}

fn reserve<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    let given = i64::deserialize(deserializer)?;
    match u8::try_from(given) {
        Ok(percent) if percent <= MAXIMUM_RESERVE => Ok(Some(percent)),
        _ => Err(D::Error::custom(format!("reserve is {given}, not in 0..={MAXIMUM_RESERVE}"))),
    }
}

struct ParseFault {
    line: usize,
    message: String,
}

fn parse(text: &str) -> Result<File, ParseFault> {
    toml::from_str(text).map_err(|fault| {
        let start = fault.span().map_or(0, |span| span.start);
        ParseFault {
            line: text[..start.min(text.len())].matches('\n').count() + 1,
            message: fault.message().lines().next().unwrap_or_default().to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_key_is_named_with_its_line() {
        let fault = parse("store = \"x\"\n[collect]\nregoins = [\"all\"]\n").unwrap_err();
        assert_eq!(fault.line, 3);
        assert!(fault.message.contains("regoins"), "{}", fault.message);
    }

    #[test]
    fn reserve_has_the_limits_of_its_argument() {
        for reserve in ["95", "-1", "300"] {
            let fault = parse(&format!("[collect]\nreserve = {reserve}\n")).unwrap_err();
            assert_eq!(fault.message, format!("reserve is {reserve}, not in 0..=90"));
            assert_eq!(fault.line, 2);
        }
    }

    #[test]
    fn whole_file_is_read() {
        let file = parse(
            "store = \"s3://b/p\"\n[collect]\nregions = [\"all\"]\nprofiles = [\"a\"]\nreserve = 30\n",
        )
        .ok()
        .unwrap();
        assert_eq!(file.store.as_deref(), Some("s3://b/p"));
        assert_eq!(file.collect.regions, ["all"]);
        assert_eq!(file.collect.reserve, Some(30));
    }
}
