//! How a session begins: TLS, the packet with its parameters, the password, and what the client is told first.

use crate::authentication;
use crate::cancellation::Registry;
use crate::client::Client;
use crate::error::{PgError, Report, Severity};
use crate::reported::Reported;
use crate::server::{STATEMENT_TIMEOUT, Shared, refuse};
use crate::wire::frontend::StartupPacket;
use crate::wire::{Wire, backend};
use census_engine::Session;
use census_error::{Error, Result, SqlState};

/// The one database.
const DATABASE: &str = "census";

/// Parameters of the packet that are no settings.
const NO_SETTINGS: [&str; 4] = ["user", "database", "options", "replication"];

/// Begins a session; `None` where the client wanted something else, or has gone.
pub(crate) async fn begin(wire: Wire, shared: &Shared) -> Result<Option<Client>> {
    let Some((mut wire, packet, is_encrypted)) = negotiate(wire, shared).await? else {
        return Ok(None);
    };
    match open(&mut wire, packet, is_encrypted, shared).await {
        Ok(Some((session, registered))) => Ok(Some(Client::new(wire, session, registered, shared))),
        Ok(None) => Ok(None),
        Err(error) => {
            refuse(&mut wire, &error).await;
            Err(error)
        }
    }
}

/// Tells a client that there are too many; clients take an error only as the answer to what begins a session.
pub(crate) async fn turn_away(wire: &mut Wire, shared: &Shared) {
    while let Ok(Some(packet)) = wire.startup_packet(shared.limits.startup_message_bytes).await {
        match StartupPacket::read(packet) {
            Ok(StartupPacket::TlsRequest | StartupPacket::GssRequest) => {
                if wire.answer(b'N').await.is_err() {
                    return;
                }
            }
            Ok(StartupPacket::Cancel { process, key }) => {
                return shared.registry.cancel(process, &key);
            }
            _ => break,
        }
    }
    let error = Error::new(SqlState::TooManyConnections, "sorry, too many clients already");
    refuse(wire, &error).await;
}

/// The first packet that begins something, over a connection that may have become an encrypted one.
type Begun = (Wire, StartupPacket, bool);

/// Answers requests for encryption until another packet comes.
async fn negotiate(mut wire: Wire, shared: &Shared) -> Result<Option<Begun>> {
    let mut is_encrypted = false;
    loop {
        let packet = match wire.startup_packet(shared.limits.startup_message_bytes).await {
            Ok(Some(packet)) => StartupPacket::read(packet),
            Ok(None) => return Ok(None),
            Err(error) => Err(error),
        };
        match packet {
            Ok(StartupPacket::GssRequest) => wire.answer(b'N').await?,
            Ok(StartupPacket::TlsRequest) => match &shared.tls {
                Some(tls) if !is_encrypted => {
                    // What came with the request was sent by nobody who has seen the certificate.
                    if wire.has_unread() {
                        let error = PgError::MisplacedMessage { letter: ' ' }.into();
                        refuse(&mut wire, &error).await;
                        return Err(error);
                    }
                    wire.answer(b'S').await?;
                    let stream =
                        tls.acceptor.accept(wire.into_stream()).await.map_err(PgError::Lost)?;
                    wire = Wire::new(Box::new(stream), shared.limits.sending);
                    is_encrypted = true;
                }
                _ => wire.answer(b'N').await?,
            },
            Ok(packet) => return Ok(Some((wire, packet, is_encrypted))),
            Err(error) => {
                let error = error.into();
                refuse(&mut wire, &error).await;
                return Err(error);
            }
        }
    }
}

/// Opens a session for a packet, or cancels what it says.
async fn open(
    wire: &mut Wire,
    packet: StartupPacket,
    is_encrypted: bool,
    shared: &Shared,
) -> Result<Option<(Session, crate::cancellation::Registered)>> {
    let (major, minor, parameters) = match packet {
        StartupPacket::Startup { major, minor, parameters } => (major, minor, parameters),
        StartupPacket::Cancel { process, key } => {
            shared.registry.cancel(process, &key);
            return Ok(None);
        }
        StartupPacket::TlsRequest | StartupPacket::GssRequest => return Ok(None),
    };
    if major != 3 {
        return Err(PgError::UnknownVersion { major, minor }.into());
    }
    if !is_encrypted && !shared.allows_plain {
        let error = Error::new(
            SqlState::InvalidAuthorizationSpecification,
            "connections without TLS are not allowed",
        );
        return Err(error.with_hint("In libpq's settings that is sslmode=require."));
    }
    let extensions: Vec<&str> = parameters
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| name.starts_with("_pq_."))
        .collect();
    if minor > 0 || !extensions.is_empty() {
        backend::negotiate_version(&mut wire.out, 0, &extensions);
    }
    let value = |name: &str| {
        parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    };
    let Some(user) = value("user").filter(|user| !user.is_empty()) else {
        return Err(Error::new(
            SqlState::InvalidAuthorizationSpecification,
            "no PostgreSQL user name specified in startup packet",
        ));
    };
    let end_point = shared.tls.as_ref().filter(|_| is_encrypted);
    let end_point = end_point.and_then(|tls| tls.end_point.as_deref());
    authentication::check(wire, user, end_point, shared).await?;
    check_database(value("database").unwrap_or(user), user)?;
    if value("replication").is_some_and(|value| !matches!(value, "false" | "off" | "no" | "0")) {
        return Err(Error::new(SqlState::FeatureNotSupported, "replication is not supported"));
    }
    let session = shared.engine.session();
    session.log_in(user);
    session.tell("max_connections", &shared.limits.connections.to_string());
    session.tell("ssl", if shared.tls.is_some() { "on" } else { "off" });
    if let Some(limit) = &shared.statement_timeout {
        session.begin_with(STATEMENT_TIMEOUT, limit)?;
    }
    let mut warnings = Vec::new();
    let options = value("options").map(options).transpose()?.unwrap_or_default();
    let settings = parameters
        .iter()
        .filter(|(name, _)| !NO_SETTINGS.contains(&name.as_str()) && !name.starts_with("_pq_."));
    for (name, value) in settings.chain(&options) {
        set(&session, name, value, &mut warnings)?;
    }
    let registered = Registry::register(&shared.registry);
    session.connect(registered.process, is_encrypted);
    for (name, value) in Reported::default().changes(&session) {
        backend::parameter_status(&mut wire.out, name, &value);
    }
    backend::backend_key_data(&mut wire.out, registered.process, registered.key);
    for warning in &warnings {
        let report = Report::with_code(Severity::Warning, "01000", warning);
        backend::report(&mut wire.out, b'N', &report.fields());
    }
    backend::ready_for_query(&mut wire.out, b'I');
    wire.flush().await?;
    Ok(Some((session, registered)))
}

/// Refuses a database that does not exist; that of the user's name is what clients ask for when they are told none.
fn check_database(database: &str, user: &str) -> Result<()> {
    if database == DATABASE || database == user {
        return Ok(());
    }
    let message = format!("database \"{database}\" does not exist");
    Err(Error::new(SqlState::InvalidCatalogName, message)
        .with_hint(format!("The only database is \"{DATABASE}\".")))
}

/// Gives a setting the value that it begins with.
///
/// Clients send the time zone of their machine without being asked; it is told that it stays UTC.
fn set(session: &Session, name: &str, value: &str, warnings: &mut Vec<String>) -> Result<()> {
    let name = name.to_lowercase();
    match session.begin_with(&name, value) {
        Err(_) if name == "timezone" => {
            warnings.push(format!("time zone \"{value}\" is not used: timestamps are UTC"));
            Ok(())
        }
        set => set,
    }
}

/// Reads `-c name=value` and `--name=value`, in which a backslash stands before a space that parts nothing.
fn options(text: &str) -> Result<Vec<(String, String)>> {
    let mut words = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let word = words.len() - 1;
        match character {
            '\\' => words[word].extend(characters.next()),
            space if space.is_whitespace() => {
                if !words[word].is_empty() {
                    words.push(String::new());
                }
            }
            other => words[word].push(other),
        }
    }
    let invalid = |word: &str| {
        let message = format!("invalid command-line argument for server process: {word}");
        Error::new(SqlState::SyntaxError, message)
    };
    let mut settings = Vec::new();
    let mut words = words.into_iter().filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        let setting = match (word.strip_prefix("--"), word.strip_prefix("-c")) {
            (None, Some("")) => words.next().ok_or_else(|| invalid(&word))?,
            (Some(setting), _) | (None, Some(setting)) => setting.to_owned(),
            (None, None) => return Err(invalid(&word)),
        };
        let (name, value) = setting.split_once('=').ok_or_else(|| invalid(&setting))?;
        settings.push((name.replace('-', "_"), value.to_owned()));
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_as_postgresql_reads_them() {
        let read = options("-c statement_timeout=5s  --search-path=a\\ b -cdatestyle=ISO");
        let expected = [("statement_timeout", "5s"), ("search_path", "a b"), ("datestyle", "ISO")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(read.unwrap(), expected);
        assert!(options("-d 5").is_err());
        assert!(options("-c").is_err());
    }

    #[test]
    fn only_one_database_exists() {
        assert!(check_database("census", "anna").is_ok());
        assert!(check_database("anna", "anna").is_ok());
        assert!(check_database("postgres", "anna").is_err());
    }
}
