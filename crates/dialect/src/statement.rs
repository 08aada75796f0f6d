//! From text to one statement that Census may run, or to the error that says why not.

use crate::grammar::Grammar;
use crate::inspection;
use crate::parameters::{self, Parameters};
use crate::refusal::{self, Kind};
use crate::setting_statement;
use crate::{
    catalog_syntax, clause_tokens, collations, complexity, explain_options, foreign_keywords,
    hstore_signs, joined_literals, plain_forms, position, qualified_calls, row_forms, syntax_error,
    table_statement, tag_tokens, temporary_statement, text_syntax, time_syntax, type_names,
    typed_literals, unicode_literals, windows,
};
use census_error::{Error, Result, SqlState};
use census_types::SqlType;
use datafusion::sql::sqlparser::ast;
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::parser::Parser;
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};
use std::collections::BTreeMap;

/// A statement that Census runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// SELECT, VALUES, WITH or TABLE.
    Query(Box<ast::Query>),
    /// EXPLAIN of a query.
    Explain {
        /// Whether the query is run and measured.
        analyze: bool,
        /// Whether every stage of planning is shown.
        verbose: bool,
        /// The query.
        query: Box<ast::Query>,
    },
    /// CREATE TEMP TABLE.
    CreateTemporary {
        /// The table, lower case where it is not quoted.
        name: String,
        /// Whether a table that is there already is left as it is.
        if_not_exists: bool,
        /// Its columns and first rows.
        query: Box<ast::Query>,
    },
    /// INSERT INTO a temporary table.
    Insert {
        /// The table.
        table: String,
        /// The columns to fill; all where none is named.
        columns: Vec<String>,
        /// The rows.
        query: Box<ast::Query>,
    },
    /// DROP TABLE of temporary tables.
    DropTemporary {
        /// The tables.
        names: Vec<String>,
        /// Whether one that is not there is no error.
        if_exists: bool,
    },
    /// SHOW name, or SHOW ALL.
    Show(SettingName),
    /// SET name = value.
    Set {
        /// The setting, lower case.
        name: String,
        /// Its value as text; `None` is DEFAULT.
        value: Option<String>,
        /// Whether it counts until the end of the transaction only.
        is_local: bool,
    },
    /// RESET name, or RESET ALL.
    Reset(SettingName),
}

/// One setting, or all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingName {
    /// The setting of this name, lower case.
    One(String),
    /// Every setting.
    All,
}

impl Statement {
    /// Reads exactly one statement; a semicolon may follow it.
    ///
    /// # Errors
    /// 42601 for what does not parse, 54001 for what is too long or too deep, 25006 for what would
    /// write, 0A000 for what Census does not do.
    pub fn parse(text: &str) -> Result<Self> {
        Self::parse_with(text, Parameters::Values(&[]))
    }

    /// Reads exactly one statement and does with its parameters what is asked for.
    ///
    /// # Errors
    /// Those of [`Statement::parse`]; 42P02 for a parameter without value.
    pub fn parse_with(text: &str, parameters: Parameters<'_>) -> Result<Self> {
        let tokens = tokens(text)?;
        complexity::check(text, &tokens)?;
        let mut significant = significant(&tokens);
        while matches!(significant.last(), Some(token) if token.token == Token::SemiColon) {
            significant.pop();
        }
        let Some(first) = significant.first() else {
            return Err(syntax_error::at_end(text));
        };
        if let Some(semicolon) = significant.iter().find(|token| token.token == Token::SemiColon) {
            return Err(Error::new(SqlState::SyntaxError, "cannot run several statements at once")
                .with_hint("Send one statement at a time.")
                .with_span(position::span(text, semicolon.span.start, semicolon.span.end)));
        }
        let span = position::span(text, first.span.start, first.span.end);
        match refusal::kind(&word(Some(first)), &word(significant.get(1))) {
            Kind::Query => parse_query(text, &tokens, parameters),
            Kind::Temporary => {
                parse_query(text, &tokens, parameters).map_err(|error| match error.span() {
                    None => error.with_span(span),
                    Some(_) => error,
                })
            }
            Kind::Show => setting_statement::show(text, &significant),
            Kind::Set => setting_statement::set(text, &significant),
            Kind::Reset => setting_statement::reset(text, &significant),
            Kind::Refused(error) => Err(error.with_span(span)),
            Kind::Unknown => Err(syntax_error::near(text, span)),
        }
    }
}

impl Statement {
    /// Returns the query that the statement runs, if it runs one.
    #[must_use]
    pub fn query(&self) -> Option<&ast::Query> {
        match self {
            Self::Query(query)
            | Self::Explain { query, .. }
            | Self::CreateTemporary { query, .. }
            | Self::Insert { query, .. } => Some(query),
            _ => None,
        }
    }

    fn query_mut(&mut self) -> Option<&mut ast::Query> {
        match self {
            Self::Query(query)
            | Self::Explain { query, .. }
            | Self::CreateTemporary { query, .. }
            | Self::Insert { query, .. } => Some(query),
            _ => None,
        }
    }

    /// Returns how many parameters a statement has that was read with them, and the types that their places decide,
    /// by their places from 0.
    ///
    /// # Errors
    /// 42P02 for a parameter beyond the last that may be.
    pub fn parameters(&self) -> Result<(usize, BTreeMap<usize, SqlType>)> {
        self.query().map_or_else(|| Ok((0, BTreeMap::new())), parameters::survey)
    }
}

/// Cuts a text into its statements, without semicolons; empty ones are left out.
///
/// # Errors
/// 42601 where a quoted text or comment does not end.
pub fn split(text: &str) -> Result<Vec<&str>> {
    let mut statements = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut cursor = position::Cursor::new(text);
    for token in &tokens(text)? {
        match token.token {
            Token::SemiColon => statements.extend(start.take().map(|first| &text[first..end])),
            Token::Whitespace(_) | Token::EOF => {}
            _ => {
                let first = cursor.advance(token.span.start);
                start.get_or_insert(first);
                end = cursor.advance(token.span.end).max(first);
            }
        }
    }
    statements.extend(start.map(|first| &text[first..end]));
    Ok(statements)
}

fn tokens(text: &str) -> Result<Vec<TokenWithSpan>> {
    if text.len() > complexity::MAXIMUM_LENGTH {
        return Err(Error::new(SqlState::StatementTooComplex, "statement is too long")
            .with_detail(format!(
                "{} bytes where {} are allowed",
                text.len(),
                complexity::MAXIMUM_LENGTH
            )));
    }
    Tokenizer::new(&PostgreSqlDialect {}, text)
        .tokenize_with_location()
        .map_err(|error| syntax_error::of_tokenizer(text, &error))
}

fn significant(tokens: &[TokenWithSpan]) -> Vec<&TokenWithSpan> {
    tokens
        .iter()
        .filter(|token| !matches!(token.token, Token::Whitespace(_) | Token::EOF))
        .collect()
}

/// Returns a token as an upper-case word; a string is no word.
fn word(token: Option<&&TokenWithSpan>) -> String {
    match token.map(|token| &token.token) {
        Some(Token::Word(word)) if word.quote_style.is_none() => word.value.to_uppercase(),
        Some(Token::LParen) => "(".to_owned(),
        _ => String::new(),
    }
}

/// Returns the tokens of a query as the parser reads them.
fn tokens_of_parser(text: &str, tokens: &[TokenWithSpan]) -> Result<Vec<TokenWithSpan>> {
    let joined = joined_literals::rewrite(text, &unicode_literals::rewrite(text, tokens)?)?;
    let tokens = clause_tokens::rewrite(text, typed_literals::rewrite(&joined))?;
    let tokens = foreign_keywords::rewrite(tokens);
    let tokens = tag_tokens::rewrite(windows::rewrite_tokens(tokens));
    let tokens = hstore_signs::rewrite_tokens(text_syntax::rewrite_tokens(tokens));
    Ok(table_statement::rewrite(tokens))
}

fn parse_query(
    text: &str,
    tokens: &[TokenWithSpan],
    parameters: Parameters<'_>,
) -> Result<Statement> {
    let dialect = Grammar::default();
    // The limit is the parser's own unit; `complexity` has already bounded what people nest.
    let mut parser = Parser::new(&dialect)
        .with_recursion_limit(3 * complexity::MAXIMUM_NESTING)
        .with_tokens_with_locations(tokens_of_parser(text, tokens)?);
    let mut statements =
        parser.parse_statements().map_err(|error| syntax_error::of_parser(text, tokens, &error))?;
    let mut statement = match statements.pop() {
        Some(ast::Statement::Query(query)) => Statement::Query(query),
        Some(ast::Statement::Explain { analyze, verbose, statement, options, format, .. }) => {
            if format.is_some() {
                // PostgreSQL takes a format among the options in parentheses alone.
                return Err(Error::new(
                    SqlState::SyntaxError,
                    "syntax error at or near \"FORMAT\"",
                )
                .with_hint("EXPLAIN (FORMAT text) is the form with options."));
            }
            let ast::Statement::Query(query) = *statement else {
                let command = statement.to_string();
                let word = command.split_whitespace().next().unwrap_or("EXPLAIN");
                let place = significant(tokens).into_iter().find(
                    |token| matches!(&token.token, Token::Word(name) if name.value.eq_ignore_ascii_case(word)),
                );
                let error = refusal::read_only(word.to_uppercase());
                return Err(match place {
                    Some(token) => {
                        error.with_span(position::span(text, token.span.start, token.span.end))
                    }
                    None => error,
                });
            };
            let named = explain_options::read(text, options.as_deref().unwrap_or_default())?;
            Statement::Explain {
                analyze: analyze || named.analyze,
                verbose: verbose || named.verbose,
                query,
            }
        }
        Some(other) => temporary_statement::read(other)?,
        None => return Err(syntax_error::at_end(text)),
    };
    if let Some(query) = statement.query_mut() {
        type_names::resolve(query);
        catalog_syntax::rewrite(query);
        qualified_calls::resolve(text, query)?;
        let takes_parameters = match parameters {
            Parameters::Open => true,
            Parameters::Values(values) => {
                parameters::bind(query, values)?;
                false
            }
        };
        inspection::check(text, query, takes_parameters)?;
        collations::resolve(text, query)?;
        row_forms::rewrite(query)?;
        time_syntax::rewrite(query)?;
        windows::rewrite(text, query)?;
        plain_forms::rewrite(query);
        text_syntax::rewrite(query);
    }
    Ok(statement)
}
