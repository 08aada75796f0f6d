//! `EXCLUDE` after a frame, which neither the parser nor the planner knows: it travels in the name of its window, and
//! then among what the window is partitioned by.

use datafusion::common::ScalarValue;
use datafusion::logical_expr::Expr as LogicalExpr;
use datafusion::sql::sqlparser::ast::{Expr, Ident, Value};
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan, Word};

/// What stands between the name of a window and what its frames leave out.
const MARK: char = '\u{1f}';

/// The rows that every frame of a window leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Exclusion {
    /// The row itself.
    CurrentRow,
    /// The row and its peers.
    Group,
    /// Its peers.
    Ties,
}

impl Exclusion {
    fn word(self) -> &'static str {
        match self {
            Self::CurrentRow => "current_row",
            Self::Group => "group",
            Self::Ties => "ties",
        }
    }

    /// Reads what [`Self::word`] wrote after the mark; no statement needs such a name.
    fn of_marked(marked: &str) -> Option<(&str, Self)> {
        let (name, word) = marked.rsplit_once(MARK)?;
        let all = [Self::CurrentRow, Self::Group, Self::Ties];
        Some((name, all.into_iter().find(|exclusion| exclusion.word() == word)?))
    }

    /// Returns what stands for it among the expressions of PARTITION BY: a constant, which parts no rows.
    pub(super) fn as_partition(self) -> Expr {
        let text = format!("{MARK}{}", self.word());
        // The planner leaves out bare literals.
        Expr::Nested(Box::new(Expr::value(Value::SingleQuotedString(text))))
    }

    /// Takes it out of the expressions of PARTITION BY.
    pub(super) fn take(partition_by: &mut Vec<LogicalExpr>) -> Option<Self> {
        let marked = |expr: &LogicalExpr| match expr {
            LogicalExpr::Literal(ScalarValue::Utf8(Some(text)), _) => {
                Self::of_marked(text).map(|(_, exclusion)| exclusion)
            }
            _ => None,
        };
        let exclusion = partition_by.iter().find_map(marked)?;
        partition_by.retain(|expr| marked(expr).is_none());
        Some(exclusion)
    }
}

/// Returns the name of a window, if it has one, and what its frames leave out.
pub(super) fn split(name: Option<Ident>) -> (Option<Ident>, Option<Exclusion>) {
    let Some(name) = name else {
        return (None, None);
    };
    match Exclusion::of_marked(&name.value) {
        Some(("", exclusion)) => (None, Some(exclusion)),
        Some((base, exclusion)) => {
            let base = Ident { value: base.to_owned(), ..name.clone() };
            (Some(base), Some(exclusion))
        }
        None => (Some(name), None),
    }
}

/// Moves `EXCLUDE …` at the end of a window into its name.
pub(crate) fn rewrite_tokens(tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    if !tokens.iter().any(|token| is(&token.token, "EXCLUDE")) {
        return tokens;
    }
    let mut rewritten: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    // Where what is in the parentheses that are open begins.
    let mut open = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if is(&token.token, "EXCLUDE")
            && follows_frame(&rewritten)
            && let Some((exclusion, end)) = excluded(&tokens[index + 1..])
            && let Some(start) = open.last()
        {
            if let Some(exclusion) = exclusion {
                mark(&mut rewritten, *start, exclusion);
            }
            index += 1 + end;
            continue;
        }
        rewritten.push(token.clone());
        match token.token {
            Token::LParen => open.push(rewritten.len()),
            Token::RParen => {
                open.pop();
            }
            _ => {}
        }
        index += 1;
    }
    rewritten
}

/// Tells whether the end of a frame has just been read.
fn follows_frame(before: &[TokenWithSpan]) -> bool {
    let last = before.iter().rev().find(|token| !is_blank(&token.token));
    last.is_some_and(|last| {
        ["ROW", "PRECEDING", "FOLLOWING"].iter().any(|word| is(&last.token, word))
    })
}

/// Reads what a frame leaves out, up to the end of the window, and how many tokens that takes.
fn excluded(tokens: &[TokenWithSpan]) -> Option<(Option<Exclusion>, usize)> {
    let significant: Vec<(usize, &Token)> = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| !is_blank(&token.token))
        .map(|(index, token)| (index, &token.token))
        .take(3)
        .collect();
    let (exclusion, words) = match significant.as_slice() {
        [(_, current), (_, row), ..] if is(current, "CURRENT") && is(row, "ROW") => {
            (Some(Exclusion::CurrentRow), 2)
        }
        [(_, group), ..] if is(group, "GROUP") => (Some(Exclusion::Group), 1),
        [(_, ties), ..] if is(ties, "TIES") => (Some(Exclusion::Ties), 1),
        [(_, no), (_, others), ..] if is(no, "NO") && is(others, "OTHERS") => (None, 2),
        _ => return None,
    };
    let (end, closing) = significant.get(words)?;
    (**closing == Token::RParen).then_some((exclusion, *end))
}

/// Marks the name of the window that begins at a place, or names it.
fn mark(tokens: &mut Vec<TokenWithSpan>, start: usize, exclusion: Exclusion) {
    let suffix = format!("{MARK}{}", exclusion.word());
    let blanks = tokens[start..].iter().take_while(|token| is_blank(&token.token)).count();
    let Some(first) = tokens.get_mut(start + blanks) else {
        return;
    };
    let is_name = matches!(&first.token, Token::Word(word) if word.keyword == Keyword::NoKeyword);
    let base = match &first.token {
        Token::Word(word) if is_name && word.quote_style.is_some() => word.value.clone(),
        Token::Word(word) if is_name => word.value.to_lowercase(),
        _ => String::new(),
    };
    let name = Token::Word(Word {
        value: format!("{base}{suffix}"),
        quote_style: Some('"'),
        keyword: Keyword::NoKeyword,
    });
    if is_name {
        first.token = name;
    } else {
        let span = first.span;
        tokens.insert(start + blanks, TokenWithSpan { token: name, span });
    }
}

fn is(token: &Token, word: &str) -> bool {
    matches!(token, Token::Word(found) if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
}

fn is_blank(token: &Token) -> bool {
    matches!(token, Token::Whitespace(_))
}
