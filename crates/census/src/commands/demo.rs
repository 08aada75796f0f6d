//! `census demo`: the sandbox accounts, collected for real, and three answers.

use super::collect::take;
use super::query::{print_footer, run_statement, write_rows};
use super::serve::DEFAULT_ADDRESS;
use crate::configuration::Configuration;
use crate::exit::Exit;
use crate::interrupt;
use crate::output::Format;
use crate::progress::ProgressFormat;
use crate::surroundings::tell;
use census_collect::{AccountSource, CollectOptions, RegionSelection, StaticCredentials};
use census_engine::{Engine, Session};
use census_error::{Error, SqlState};
use census_pg::{Server, ServerOptions};
use census_sandbox::{Inventory, Sandbox, SandboxOptions};
use census_store::Store;
use clap::Args;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

/// Collects the sandbox accounts that are part of the binary, shows three answers, and serves them to PostgreSQL clients
#[derive(Debug, Args)]
pub struct Demo {
    /// The sandbox's port on 127.0.0.1 [default: a free one]
    #[arg(long, default_value_t = 0, value_name = "N", hide_default_value = true)]
    port: u16,

    /// Exits after the answers, instead of serving them and the sandbox until interrupted
    #[arg(long)]
    once: bool,
}

/// A question worth asking, and its statement as it would be typed.
struct Question {
    title: &'static str,
    statement: &'static str,
}

const QUESTIONS: [Question; 3] = [
    Question {
        title: "Where are integration responses, and who owns them?",
        statement: "\
SELECT account_id, tags->'region' AS region, tags->'api_name' AS api, tags->'team' AS team, count(*) AS responses
FROM aws.apigatewayv2_integrationresponse
GROUP BY 1, 2, 3, 4
ORDER BY responses DESC, api, region
LIMIT 8",
    },
    Question {
        title: "Which are never chosen, because a Lambda integration is matched on its error message and not on a status code?",
        statement: "\
SELECT i.tags->'api_name' AS api, i.integration_id, r.tags->'integration_response_key' AS key
FROM aws.apigatewayv2_integrationresponse r
JOIN aws.apigatewayv2_integration i
  ON r.tags->'api_id' = i.tags->'api_id' AND r.tags->'integration_id' = i.integration_id
WHERE i.integration_response_selection_expression LIKE '%errorMessage%'
  AND r.tags->'integration_response_key' ~ '^/[0-9]'
ORDER BY api, key",
    },
    Question {
        title: "Which integration responses are wrong, and whose are they?",
        statement: "\
SELECT r.tags->'team' AS team, r.tags->'api_name' AS api, f.rule, f.message
FROM census.findings f
JOIN aws.apigatewayv2_integrationresponse r ON r._key = f._key AND r.account_id = f.account_id
WHERE f.severity = 'error'
ORDER BY team, api, f.rule, f.message",
    },
];

impl Demo {
    /// Starts the sandbox, collects it, prints the answers; then serves both until interrupted.
    ///
    /// # Errors
    /// Where the port is taken or the store cannot be written or holds another census.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let directory = configuration.directory()?;
        let inventory = Inventory::sample();
        // The port first: where it is taken, no store is left behind.
        let sandbox =
            Sandbox::start(SandboxOptions::new(inventory.clone()).port(self.port)).await?;
        let store = Arc::new(Store::open_or_create(&configuration.store).await?);
        refuse_foreign_accounts(&store, &configuration.store, &inventory).await?;
        tell(&format!("sandbox with 2 accounts at {}", sandbox.url()));
        let taken = take(&store, &directory, options(&sandbox), ProgressFormat::Text).await?;
        taken.print(ProgressFormat::Text);
        let engine = Engine::new(store, directory);
        let session = engine.session();
        for question in &QUESTIONS {
            answer(&session, question).await?;
        }
        if !self.once {
            let server = bind(&engine).await?;
            print_invitation(&sandbox, &server);
            server.run(interrupt::requested()).await;
        }
        sandbox.stop().await;
        Ok(taken.exit())
    }
}

/// Returns what collects every account of the sandbox, wherever it has anything.
fn options(sandbox: &Sandbox) -> CollectOptions {
    let accounts = sandbox.change(|inventory| {
        inventory
            .accounts
            .values()
            .filter_map(|account| account.access_keys.first())
            .map(|key| {
                AccountSource::Static(StaticCredentials {
                    access_key_id: key.id.clone(),
                    secret_access_key: key.secret.clone(),
                    session_token: None,
                })
            })
            .collect()
    });
    CollectOptions {
        accounts,
        regions: RegionSelection::All,
        endpoint_url: Some(sandbox.url()),
        // Nobody else deploys to the sandbox.
        reserve_percent: 0,
        ..CollectOptions::default()
    }
}

/// Refuses a store with accounts that are not the sandbox's: its answers would mix with real ones.
async fn refuse_foreign_accounts(
    store: &Store,
    location: &str,
    inventory: &Inventory,
) -> Result<(), Error> {
    let known = store.coverage(&[]).await?;
    let foreign = known.iter().find(|row| !inventory.accounts.contains_key(&row.scope.account_id));
    match foreign {
        None => Ok(()),
        Some(row) => Err(Error::new(
            SqlState::ObjectNotInPrerequisiteState,
            format!(
                "store \"{location}\" holds a census of account \"{}\", which is not of the sandbox",
                row.scope.account_id
            ),
        )
        .with_hint("Name another place for the demo, for example --store ./demo.")),
    }
}

async fn answer(session: &Session, question: &Question) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "-- {}\n{};\n", question.title, question.statement)?;
    let answer = run_statement(session, question.statement).await?;
    let completeness = answer.completeness.clone();
    let mut writer = Format::Table.writer(&answer.schema, &mut out)?;
    write_rows(answer, question.statement, writer.as_mut()).await?;
    writer.finish()?;
    print_footer(&completeness);
    Ok(())
}

/// Listens to PostgreSQL clients where `serve` does, or at a free port where that one is taken.
async fn bind(engine: &Engine) -> Result<Server, Error> {
    let usual = Server::bind(engine.clone(), ServerOptions::local(DEFAULT_ADDRESS)).await;
    if usual.is_ok() {
        return usual;
    }
    let free = SocketAddr::new(DEFAULT_ADDRESS.ip(), 0);
    Server::bind(engine.clone(), ServerOptions::local(free)).await
}

/// Prints how to ask the census, and how to collect the sandbox, from another terminal.
fn print_invitation(sandbox: &Sandbox, server: &Server) {
    let key = sandbox.change(|inventory| {
        let mut keys = inventory.accounts.values().flat_map(|account| &account.access_keys);
        keys.next().map(|key| (key.id.clone(), key.secret.clone()))
    });
    let Some((id, secret)) = key else { return };
    let address = server.address();
    tell(&format!(
        "census ready: postgres {address}\n\
         Census and sandbox answer until Ctrl-C. From another terminal:\n\
         psql -h {} -p {} -U census -d census\n\
         AWS_ENDPOINT_URL={} AWS_ACCESS_KEY_ID={id} AWS_SECRET_ACCESS_KEY={secret} \
         census collect --regions all",
        address.ip(),
        address.port(),
        sandbox.url()
    ));
}
