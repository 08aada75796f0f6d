//! `census simulate`: what a client would receive for an answer of a backend, and why.

use super::query::{open_session, print_footer};
use crate::configuration::Configuration;
use crate::exit::Exit;
use crate::interrupt;
use crate::output::printable;
use anyhow::Context;
use census_apigateway::simulate::{Answer, Backend, IntegrationKind, Simulation, trace};
use census_engine::{Simulated, SimulationRequest};
use census_error::{Error, SqlState};
use clap::{Args, ValueEnum};
use serde_json::{Map as JsonMap, Value as Json, json};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Shows what a client would receive for an answer of a backend, and why
///
/// The integration, its responses and its route are taken from the store; nothing is called. Each step says whether AWS
/// documents it, a test suite has recorded it, or it is assumed.
#[derive(Debug, Args)]
pub struct Simulate {
    /// The API: its id, name or ARN
    #[arg(long)]
    api: String,

    /// The integration: its id, description or ARN
    #[arg(long)]
    integration: String,

    /// The account, where the API's name is known in several
    #[arg(long)]
    account: Option<String>,

    /// The region, where the API's name is known in several
    #[arg(long)]
    region: Option<String>,

    /// The key of the route that the message takes, for example '$connect' [default: the only one]
    #[arg(long, value_name = "KEY")]
    route: Option<String>,

    /// The status code that the backend answers with
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(100..=599))]
    status: u16,

    /// A header that the backend answers with; may be given several times
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,

    /// The file with what the backend answers; - is standard input [default: nothing]
    #[arg(long, value_name = "FILE")]
    body: Option<PathBuf>,

    /// The answer is bytes, not text
    #[arg(long)]
    binary: bool,

    /// The Lambda function fails with this message
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["status", "headers", "body", "binary"])]
    error_message: Option<String>,

    /// The backend cannot be reached
    #[arg(long, conflicts_with_all = ["status", "headers", "body", "binary", "error_message"])]
    unreachable: bool,

    /// The backend does not answer in time
    #[arg(long, conflicts_with_all = ["status", "headers", "body", "binary", "error_message", "unreachable"])]
    timed_out: bool,

    /// The file with the message of the client, which expressions and mocks may read [default: nothing]
    #[arg(long, value_name = "FILE")]
    request_body: Option<PathBuf>,

    /// A variable of the stage; may be given several times
    #[arg(long = "stage-variable", value_name = "NAME=VALUE")]
    stage_variables: Vec<String>,

    /// A member of $context, for example identity.sourceIp=192.0.2.1; may be given several times
    #[arg(long = "context", value_name = "NAME=VALUE")]
    context: Vec<String>,

    /// How the answer is written
    #[arg(long, value_enum, default_value_t = SimulateFormat::Text)]
    format: SimulateFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SimulateFormat {
    /// Sentences
    Text,
    /// One object
    Json,
}

impl Simulate {
    /// Prints what the client would receive on stdout.
    ///
    /// # Errors
    /// 22023 for an option that cannot be read; 42704 and 42P09 for what does not exist or is not unique; what the files
    /// and the store have to say.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let format = self.format;
        let request = self.request()?;
        let session = open_session(configuration).await?;
        let simulated = tokio::select! {
            simulated = session.simulate(request) => simulated?,
            () = interrupt::requested() => return Err(
                Error::new(SqlState::QueryCanceled, "canceling statement due to user request").into()
            ),
        };
        let text = match format {
            SimulateFormat::Text => printable(&readable(&simulated)),
            SimulateFormat::Json => serde_json::to_string_pretty(&document(&simulated))? + "\n",
        };
        std::io::stdout().write_all(text.as_bytes()).context("stdout cannot be written")?;
        print_footer(&simulated.completeness);
        Ok(Exit::Done)
    }

    fn request(self) -> anyhow::Result<SimulationRequest> {
        let is_stdin = |file: &Option<PathBuf>| file.as_deref() == Some(Path::new("-"));
        if is_stdin(&self.body) && is_stdin(&self.request_body) {
            return Err(invalid("standard input cannot be both bodies".to_owned())
                .with_hint("Name a file for one of --body and --request-body.")
                .into());
        }
        let backend = self.backend()?;
        let request_body = match &self.request_body {
            Some(file) => String::from_utf8(read(file)?).map_err(|_| {
                invalid(format!("the message of the client in \"{}\" is not UTF-8", file.display()))
            })?,
            None => String::new(),
        };
        let mut context = JsonMap::new();
        for text in &self.context {
            let (name, value) = named_value(text, "context")?;
            insert(&mut context, name, value)?;
        }
        let variables = self.stage_variables.iter().map(|text| {
            let (name, value) = named_value(text, "stage variable")?;
            Ok((name.to_owned(), value.to_owned()))
        });
        let stage_variables = variables.collect::<Result<_, Error>>()?;
        Ok(SimulationRequest {
            api: self.api,
            integration: self.integration,
            account_id: self.account,
            region: self.region,
            route: self.route,
            backend,
            request_body,
            context,
            stage_variables,
        })
    }

    fn backend(&self) -> anyhow::Result<Backend> {
        if let Some(message) = &self.error_message {
            return Ok(Backend::Failure { message: message.clone() });
        }
        if self.unreachable {
            return Ok(Backend::Unreachable);
        }
        if self.timed_out {
            return Ok(Backend::TimedOut);
        }
        let headers = self.headers.iter().map(|text| header(text)).collect::<Result<_, _>>()?;
        let body = self.body.as_deref().map(read).transpose()?.unwrap_or_default();
        if !self.binary && std::str::from_utf8(&body).is_err() {
            return Err(invalid("the body is not UTF-8".to_owned())
                .with_hint("Add --binary if the backend answers with bytes.")
                .into());
        }
        Ok(Backend::Answer(Answer { status: self.status, headers, body, is_binary: self.binary }))
    }
}

/// Reads `Name: value`.
fn header(text: &str) -> Result<(String, String), Error> {
    let parts = text.split_once(':').map(|(name, value)| (name.trim(), value.trim()));
    let is_name = |name: &str| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_graphic() && !"(),/:;<=>?@[\\]{}\"".contains(c))
    };
    match parts {
        Some((name, value))
            if is_name(name) && value.contains(|c: char| c.is_control() && c != '\t') =>
        {
            Err(invalid(format!("the value of header \"{name}\" has a control character")))
        }
        Some((name, value)) if is_name(name) => Ok((name.to_owned(), value.to_owned())),
        Some((name, _)) => Err(invalid(format!("\"{name}\" is no name of a header"))),
        None => Err(invalid(format!("header \"{text}\" has no colon"))
            .with_hint("Write --header 'Content-Type: application/json'.")),
    }
}

/// Reads `name=value`.
fn named_value<'a>(text: &'a str, what: &str) -> Result<(&'a str, &'a str), Error> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name, value)),
        _ => Err(invalid(format!("{what} \"{text}\" is not NAME=VALUE"))),
    }
}

/// Puts a value where a dotted name leads.
fn insert(members: &mut JsonMap<String, Json>, name: &str, value: &str) -> Result<(), Error> {
    let Some((head, rest)) = name.split_once('.') else {
        members.insert(name.to_owned(), Json::from(value));
        return Ok(());
    };
    let inner = members.entry(head).or_insert_with(|| json!({}));
    match inner {
        Json::Object(inner) if !head.is_empty() && !rest.is_empty() => insert(inner, rest, value),
        _ => Err(invalid(format!("context \"{name}\" leads nowhere"))),
    }
}

/// Bodies that are longer are refused before they fill the memory; a WebSocket message has 128 KB at most.
const MAXIMUM_BODY_BYTES: u64 = 16 << 20;

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let (name, mut source): (String, Box<dyn Read>) = if file == Path::new("-") {
        ("standard input".to_owned(), Box::new(std::io::stdin()))
    } else {
        let name = format!("file \"{}\"", file.display());
        let opened = File::open(file).with_context(|| format!("{name} cannot be read"))?;
        (name, Box::new(opened))
    };
    let mut bytes = Vec::new();
    let mut limited = source.by_ref().take(MAXIMUM_BODY_BYTES + 1);
    limited.read_to_end(&mut bytes).with_context(|| format!("{name} cannot be read"))?;
    if bytes.len() as u64 > MAXIMUM_BODY_BYTES {
        return Err(invalid(format!("{name} has more than 16 MB"))
            .with_hint("A WebSocket message has 128 KB at most.")
            .into());
    }
    Ok(bytes)
}

fn invalid(message: String) -> Error {
    Error::new(SqlState::InvalidParameterValue, message)
}

/// What was simulated, then what the client receives and why.
fn readable(simulated: &Simulated) -> String {
    let simulation = &simulated.simulation;
    let mut text = String::new();
    let name = simulated.api_name.as_deref().unwrap_or("(no name)");
    // Writing to a text cannot fail.
    let _ = writeln!(text, "API          {name}  {}", simulated.api);
    let _ = writeln!(
        text,
        "Integration  {}  {}",
        type_name(&simulation.integration.kind),
        simulation.integration.uri.as_deref().unwrap_or(&simulated.integration)
    );
    let route = if simulation.route.key.is_empty() { "(any)" } else { &simulation.route.key };
    let _ = writeln!(text, "Route        {route}");
    let _ = writeln!(text, "Backend      {}", backend_in_words(simulation));
    for note in &simulated.notes {
        let _ = writeln!(text, "Note         {note}");
    }
    let _ = write!(text, "\n{}", trace(&simulated.explanation));
    text
}

/// What the backend does, as it was given.
fn backend_in_words(simulation: &Simulation) -> String {
    let is_mock = simulation.integration.kind == IntegrationKind::Mock
        && !simulation.integration.request_templates.is_empty();
    match &simulation.backend {
        _ if is_mock => "none: a mock answers what its request template says".to_owned(),
        Backend::Answer(Answer { status, headers, body, is_binary }) => {
            let kind = if *is_binary { "bytes" } else { "bytes of text" };
            format!("answers {status} with {} headers and {} {kind}", headers.len(), body.len())
        }
        Backend::Failure { .. } => "a function that fails with a message".to_owned(),
        Backend::Unreachable => "cannot be reached".to_owned(),
        Backend::TimedOut => "does not answer in time".to_owned(),
    }
}

fn document(simulated: &Simulated) -> Json {
    let simulation = &simulated.simulation;
    let route = Some(&simulation.route.key).filter(|key| !key.is_empty());
    let mut document = json!({
        "api": simulated.api,
        "api_name": simulated.api_name,
        "integration": simulated.integration,
        "integration_type": type_name(&simulation.integration.kind),
        "route": {"key": route, "is_supposed": simulation.route.is_supposed},
        "notes": simulated.notes,
        "complete": simulated.completeness.is_complete(),
    });
    if let (Json::Object(document), Json::Object(explanation)) =
        (&mut document, simulated.explanation.to_json())
    {
        document.extend(explanation);
    }
    document
}

fn type_name(kind: &IntegrationKind) -> &str {
    match kind {
        IntegrationKind::Aws => "AWS",
        IntegrationKind::AwsProxy => "AWS_PROXY",
        IntegrationKind::Http => "HTTP",
        IntegrationKind::HttpProxy => "HTTP_PROXY",
        IntegrationKind::Mock => "MOCK",
        IntegrationKind::Other(name) => name,
    }
}
