//! `census directory`: the datasets, or the page of one.

use crate::configuration::Configuration;
use crate::exit::Exit;
use anyhow::Context;
use census_directory::{Dataset, Directory, Page};
use census_error::Error;
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use std::io::Write;

/// Lists the datasets, or shows one dataset's page
#[derive(Debug, Args)]
pub struct DirectoryPage {
    /// How it is printed
    #[arg(long, value_enum, default_value_t = PageFormat::Table)]
    format: PageFormat,

    /// The dataset, for example aws.apigatewayv2_integrationresponse
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PageFormat {
    Table,
    Markdown,
    Json,
}

impl DirectoryPage {
    /// Prints the list or the page on stdout.
    ///
    /// # Errors
    /// 42P01 where there is no such dataset.
    pub fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let directory = &*configuration.directory()?;
        let text = match &self.name {
            Some(name) => page(directory.dataset(name).map_err(Error::from)?, self.format),
            None => list(directory, self.format)?,
        };
        std::io::stdout().write_all(text.as_bytes()).context("stdout cannot be written")?;
        Ok(Exit::Done)
    }
}

fn page(dataset: &Dataset, format: PageFormat) -> String {
    let page = dataset.page();
    match format {
        PageFormat::Markdown => page.markdown(),
        PageFormat::Json => page.json() + "\n",
        PageFormat::Table => {
            let mut table = plain_table(Page::HEADS);
            for row in page.rows() {
                table.add_row(row);
            }
            let mut text =
                format!("{}\n{}\n\n{}\n\n{table}\n", page.title, page.id, page.description);
            if !page.relations.is_empty() {
                let mut relations = plain_table(["Points at", "By"]);
                for relation in &page.relations {
                    relations.add_row([relation.dataset.as_str(), &relation.by.join(", ")]);
                }
                // Writing into a String cannot fail.
                let _ = write!(text, "\n{relations}\n");
            }
            text
        }
    }
}

fn list(directory: &Directory, format: PageFormat) -> anyhow::Result<String> {
    Ok(match format {
        PageFormat::Json => {
            let pages: Vec<serde_json::Value> = directory
                .datasets()
                .map(|dataset| {
                    serde_json::json!({
                        "id": dataset.id, "title": dataset.title, "description": dataset.description,
                    })
                })
                .collect();
            serde_json::to_string_pretty(&pages)? + "\n"
        }
        PageFormat::Markdown => {
            let mut text = String::from("| Dataset | Title |\n| --- | --- |\n");
            for dataset in directory.datasets() {
                // Writing into a String cannot fail.
                let _ = writeln!(text, "| `{}` | {} |", dataset.id, dataset.title);
            }
            text
        }
        PageFormat::Table => {
            let mut table = plain_table(["Dataset", "Title", "Columns"]);
            for dataset in directory.datasets() {
                table.add_row([
                    dataset.id.clone(),
                    dataset.title.clone(),
                    dataset.columns.len().to_string(),
                ]);
            }
            format!("{table}\n")
        }
    })
}

/// Returns a table without borders whose last column wraps at the terminal's width.
fn plain_table<const N: usize>(head: [&str; N]) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table
        .load_preset(comfy_table::presets::NOTHING)
        .set_content_arrangement(comfy_table::ContentArrangement::Dynamic)
        .set_header(head);
    table
}
