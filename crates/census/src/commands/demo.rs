//! `census demo`: a sandbox account, collected for real, and three answers.

use super::collect::take;
use super::query::{print_footer, run_statement};
use crate::configuration::Configuration;
use crate::exit::Exit;
use crate::interrupt;
use crate::output::Format;
use census_collect::{AccountSource, CollectOptions, RegionSelection, StaticCredentials};
use census_directory::Directory;
use census_engine::{Engine, Session};
use census_error::{Error, SqlState};
use census_sandbox::{Inventory, Sandbox, SandboxOptions};
use census_store::Store;
use clap::Args;
use futures::StreamExt;
use std::io::Write;
use std::sync::Arc;

/// Collects a sandbox account that is part of the binary, and shows three answers
#[derive(Debug, Args)]
pub struct Demo {
    /// The sandbox's port on 127.0.0.1 [default: a free one]
    #[arg(long, default_value_t = 0, value_name = "N", hide_default_value = true)]
    port: u16,

    /// Exits after the answers, instead of keeping the sandbox up until interrupted
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
        title: "Which headers are mapped from nowhere: neither from the integration nor a quoted constant?",
        statement: "\
SELECT r.tags->'api_name' AS api, r.integration_response_id, r.response_parameters
FROM aws.apigatewayv2_integrationresponse r
WHERE EXISTS (
  SELECT 1 FROM unnest(avals(r.response_parameters)) AS source(value)
  WHERE value NOT LIKE 'integration.response.%' AND value NOT LIKE '''%''')
ORDER BY api, integration_response_id",
    },
];

impl Demo {
    /// Starts the sandbox, collects it, prints the answers; then serves the sandbox until interrupted.
    ///
    /// # Errors
    /// Where the port is taken or the store cannot be written or holds another census.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let directory = Arc::new(Directory::builtin().clone());
        let store = Arc::new(Store::open_or_create(&configuration.store).await?);
        let inventory = Inventory::sample();
        refuse_foreign_accounts(&store, &configuration.store, &inventory).await?;
        let sandbox = Sandbox::start(SandboxOptions {
            port: self.port,
            ..SandboxOptions::new(inventory)
        })
        .await?;
        eprintln!("sandbox with 2 accounts at {}", sandbox.url());
        let taken = take(&store, &directory, options(&sandbox)).await?;
        taken.print();
        let session = Engine::new(store, directory).session();
        for question in &QUESTIONS {
            answer(&session, question).await?;
        }
        if !self.once {
            print_invitation(&sandbox);
            interrupt::requested().await;
        }
        sandbox.stop().await;
        Ok(taken.exit())
    }
}
