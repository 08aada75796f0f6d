//! The line editor: history, completion menu, and when a text is whole.

use super::completion::SqlCompleter;
use super::meta::MetaCommand;
use crate::surroundings;
use anyhow::Context;
use reedline::{
    ColumnarMenu, Emacs, FileBackedHistory, KeyCode, KeyModifiers, MenuBuilder, Prompt,
    PromptEditMode, PromptHistorySearch, Reedline, ReedlineEvent, ReedlineMenu, Signal,
    ValidationResult, Validator, default_emacs_keybindings,
};
use std::borrow::Cow;
use std::path::PathBuf;

/// How many lines of history are kept.
const HISTORY_LINES: usize = 10_000;

/// The name that the key binding and the menu know each other by.
const COMPLETION_MENU: &str = "completion";

/// Reads texts from the terminal.
pub struct Editor(Reedline);

/// One reading.
pub enum Line {
    /// A whole statement, several, or a meta-command.
    Text(String),
    /// Ctrl-C: what was typed is dropped.
    Abandoned,
    /// Ctrl-D: no more input.
    End,
}

impl Editor {
    /// Returns an editor whose history is `census/history` in the user's state folder, where there is one.
    pub fn new(completer: SqlCompleter) -> Self {
        let mut bindings = default_emacs_keybindings();
        bindings.add_binding(
            KeyModifiers::NONE,
            KeyCode::Tab,
            ReedlineEvent::UntilFound(vec![
                ReedlineEvent::Menu(COMPLETION_MENU.to_owned()),
                ReedlineEvent::MenuNext,
            ]),
        );
        let menu = ColumnarMenu::default().with_name(COMPLETION_MENU);
        let mut editor = Reedline::create()
            .with_ansi_colors(surroundings::is_colour_wanted())
            .with_completer(Box::new(completer))
            .with_quick_completions(true)
            .with_partial_completions(true)
            .with_menu(ReedlineMenu::EngineCompleter(Box::new(menu)))
            .with_edit_mode(Box::new(Emacs::new(bindings)))
            .with_validator(Box::new(WholeStatement));
        if let Some(file) = history_file() {
            // A history that cannot be kept must not keep anybody from asking.
            if let Ok(history) = FileBackedHistory::with_file(HISTORY_LINES, file) {
                editor = editor.with_history(Box::new(history));
            }
        }
        Self(editor)
    }

    /// Waits for the next text.
    ///
    /// # Errors
    /// Where the terminal cannot be read.
    pub fn read(&mut self) -> anyhow::Result<Line> {
        let signal = self.0.read_line(&SqlPrompt).context("the terminal cannot be read")?;
        // A history that cannot be kept must not keep anybody from asking; and a closed window loses nothing.
        let _ = self.0.sync_history();
        Ok(match signal {
            Signal::Success(text) => Line::Text(text),
            Signal::CtrlD => Line::End,
            _ => Line::Abandoned,
        })
    }
}

fn history_file() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/state"));
    Some(state.or_else(home)?.join("census/history"))
}

/// Enter ends a text that is empty, a meta-command, or ends with a semicolon outside quotes.
struct WholeStatement;

impl Validator for WholeStatement {
    fn validate(&self, text: &str) -> ValidationResult {
        if is_whole(text) { ValidationResult::Complete } else { ValidationResult::Incomplete }
    }
}

fn is_whole(text: &str) -> bool {
    if text.trim().is_empty() || MetaCommand::is_one(text) {
        return true;
    }
    match census_engine::split_statements(text) {
        // A word after the text begins a statement of its own where the text has ended one.
        Ok(statements) => census_engine::split_statements(&format!("{text}\nx"))
            .is_ok_and(|longer| longer.len() > statements.len()),
        // Quotes and comments may go on in the next line; other faults do not go away.
        Err(error) => !error.message().starts_with("unterminated"),
    }
}

struct SqlPrompt;

impl Prompt for SqlPrompt {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        Cow::Borrowed("census")
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_indicator(&self, _mode: PromptEditMode) -> Cow<'_, str> {
        Cow::Borrowed("=> ")
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        Cow::Borrowed("census-> ")
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        Cow::Owned(format!("(search `{}`) ", search.term))
    }
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn semicolon_inside_quotes_does_not_end_a_statement() {
        assert!(!is_whole("SELECT ';"));
        assert!(!is_whole("SELECT \"a;"));
        assert!(is_whole("SELECT ';';"));
        assert!(is_whole("SELECT 1 -- it's one\n;"));
        assert!(!is_whole("SELECT 1"));
        assert!(is_whole("SELECT 1; -- one"));
        assert!(!is_whole("SELECT 1 -- one;"));
        assert!(!is_whole("SELECT $$a;"));
        assert!(is_whole("-- only a comment"));
        assert!(!is_whole("/* ;"));
        assert!(is_whole("\\dt"));
        assert!(is_whole("quit"));
        assert!(is_whole("  "));
    }
}
