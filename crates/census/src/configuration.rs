//! `census.toml` and the environment: where the store is, what to collect and how to serve.

use census_directory::Directory;
use census_error::{Error, Result, SqlState};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

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
    /// A folder of dataset files besides the builtin ones: `--directory`, else the file's.
    pub directory_folder: Option<PathBuf>,
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
    /// Where HTTP clients are listened to.
    pub http: Option<SocketAddr>,
    /// How often a census is taken.
    #[serde(default, deserialize_with = "collect_every")]
    pub collect_every: Option<Duration>,
    /// How much memory all statements together may take: `8GB`, or `512MB`.
    #[serde(default, deserialize_with = "bytes")]
    pub memory: Option<usize>,
    /// How much memory one statement may take; half of what all may, where nothing is said.
    #[serde(default, deserialize_with = "bytes")]
    pub statement_memory: Option<usize>,
    /// How long a statement may run where its session does not say otherwise: milliseconds, or `30s`, `5min`.
    pub statement_timeout: Option<String>,
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
    /// The external id that the roles ask for.
    pub external_id: Option<String>,
    /// Every account of the organization; the table being there asks for it.
    pub organization: Option<OrganizationSection>,
    /// Datasets.
    #[serde(default)]
    pub datasets: Vec<String>,
    /// What was read whole no longer ago than this is left out.
    #[serde(default, deserialize_with = "max_age")]
    pub max_age: Option<Duration>,
    /// Share of the quota left to the account's owner, in percent; at most [`MAXIMUM_RESERVE`].
    #[serde(default, deserialize_with = "reserve")]
    pub reserve: Option<u8>,
}

/// The `[collect.organization]` table of `census.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationSection {
    /// The name of the role in each account.
    pub role: Option<String>,
    /// The external id that the role asks for.
    pub external_id: Option<String>,
    /// Organizational units whose accounts are wanted; none stands for all.
    #[serde(default)]
    pub include: Vec<String>,
    /// Organizational units whose accounts are left out.
    #[serde(default)]
    pub exclude: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    store: Option<String>,
    directory: Option<PathBuf>,
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
    pub fn read(
        file: Option<&Path>,
        store: Option<String>,
        directory_folder: Option<PathBuf>,
    ) -> Result<Self> {
        let read = match file {
            Some(path) => read_file(path)?,
            None if Path::new(DEFAULT_FILE).exists() => read_file(Path::new(DEFAULT_FILE))?,
            None => File::default(),
        };
        let from_environment = std::env::var(STORE_VARIABLE).ok().filter(|url| !url.is_empty());
        let store =
            store.or(from_environment).or(read.store).unwrap_or_else(|| DEFAULT_STORE.to_owned());
        let directory_folder = directory_folder.or(read.directory);
        Ok(Self { store, directory_folder, collect: read.collect, serve: read.serve })
    }

    /// Returns the datasets: the builtin ones, and those of the folder laid over them.
    ///
    /// # Errors
    /// F0000 with every fault of the folder's files, by file and line.
    pub fn directory(&self) -> Result<Arc<Directory>> {
        Ok(Arc::new(match &self.directory_folder {
            Some(folder) => Directory::load(folder)?,
            None => Directory::builtin().clone(),
        }))
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
            "Keys are store and directory, in [collect] regions, profiles, role_arns, external_id, datasets, reserve, \
             max_age, in [collect.organization] role, external_id, include, exclude, and in [serve] pg, \
             tls_certificate, tls_key, users, connections, memory, statement_memory, statement_timeout, http, collect_every.",
        )
    })
}

fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    let given = String::deserialize(deserializer)?;
    let read = parse_bytes(&given).map(Some);
    read.ok_or_else(|| D::Error::custom(format!("\"{given}\" is no amount such as 512MB or 8GB")))
}

/// Reads an amount of memory in PostgreSQL's units, which are powers of 1024.
fn parse_bytes(text: &str) -> Option<usize> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit: usize = match &text[digits.len()..] {
        "kB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        "TB" => 1 << 40,
        _ => return None,
    };
    let amount: usize = digits.trim().parse().ok().filter(|amount| *amount > 0)?;
    amount.checked_mul(unit)
}

fn reserve<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    let given = i64::deserialize(deserializer)?;
    match u8::try_from(given) {
        Ok(percent) if percent <= MAXIMUM_RESERVE => Ok(Some(percent)),
        _ => Err(D::Error::custom(format!("reserve is {given}, not in 0..={MAXIMUM_RESERVE}"))),
    }
}

fn max_age<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let given = String::deserialize(deserializer)?;
    parse_age(&given).map(Some).map_err(|message| D::Error::custom(format!("max_age: {message}")))
}

fn collect_every<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let given = String::deserialize(deserializer)?;
    let read = parse_interval(&given).map(Some);
    read.map_err(|message| D::Error::custom(format!("collect_every: {message}")))
}

/// Reads how often something happens: an age that is neither none nor longer than a year.
///
/// # Errors
/// Anything else, as a sentence.
pub fn parse_interval(text: &str) -> Result<Duration, String> {
    const LONGEST: Duration = Duration::from_hours(24 * 366);
    let interval =
        parse_age(text).map_err(|_| format!("\"{text}\" is no interval such as 1h or 30min"))?;
    if interval.is_zero() || interval > LONGEST {
        return Err(format!("\"{text}\" is not between a second and a year"));
    }
    Ok(interval)
}

/// Reads an age: a number with s, min, h or d.
///
/// # Errors
/// Anything else, as a sentence.
pub fn parse_age(text: &str) -> Result<Duration, String> {
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let seconds = match text[digits..].trim() {
        "s" => Some(1),
        "m" | "min" => Some(60),
        "h" => Some(3_600),
        "d" => Some(86_400),
        _ => None,
    };
    let number: Option<u64> = text[..digits].parse().ok();
    match number.zip(seconds).and_then(|(number, seconds)| number.checked_mul(seconds)) {
        Some(seconds) => Ok(Duration::from_secs(seconds)),
        None => Err(format!("\"{text}\" is no age such as 1h or 30min")),
    }
}

#[derive(Debug)]
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
    fn memory_has_the_units_of_postgresql() {
        let serve =
            parse("[serve]\nmemory = \"8GB\"\nstatement_memory = \"512 MB\"\n").unwrap().serve;
        assert_eq!((serve.memory, serve.statement_memory), (Some(8 << 30), Some(512 << 20)));
        for memory in ["8", "8gb", "0MB", "-1GB", "99999999999999TB", "MB", ""] {
            let fault = parse(&format!("[serve]\nmemory = \"{memory}\"\n")).unwrap_err();
            assert_eq!(fault.message, format!("\"{memory}\" is no amount such as 512MB or 8GB"));
        }
    }

    #[test]
    fn ages_have_units() {
        let seconds = ["90s", "30min", "1h", "2 d"].map(|text| parse_age(text).unwrap().as_secs());
        assert_eq!(seconds, [90, 1_800, 3_600, 172_800]);
        for text in ["1", "h", "-1h", "1 week", "99999999999999999999d"] {
            let told = format!("\"{text}\" is no age such as 1h or 30min");
            assert_eq!(parse_age(text), Err(told));
        }
    }

    #[test]
    fn intervals_are_neither_none_nor_without_end() {
        assert_eq!(parse_interval("1h"), Ok(Duration::from_hours(1)));
        for (text, told) in [
            ("0s", "\"0s\" is not between a second and a year"),
            ("9999999d", "\"9999999d\" is not between a second and a year"),
            ("often", "\"often\" is no interval such as 1h or 30min"),
        ] {
            assert_eq!(parse_interval(text), Err(told.to_owned()));
        }
        let fault = parse("[serve]\ncollect_every = \"0s\"\n").unwrap_err();
        assert_eq!(fault.message, "collect_every: \"0s\" is not between a second and a year");
    }

    #[test]
    fn an_organization_is_asked_for_by_its_table() {
        let file = parse(
            "[collect]\nmax_age = \"1h\"\n[collect.organization]\nrole = \"Reader\"\nexclude = [\"ou-1\"]\n",
        );
        let section = file.ok().unwrap().collect;
        assert_eq!(section.max_age, Some(Duration::from_hours(1)));
        let organization = section.organization.unwrap();
        assert_eq!(organization.role.as_deref(), Some("Reader"));
        assert_eq!(organization.exclude, ["ou-1"]);
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
