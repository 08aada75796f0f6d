//! Every sentence that this crate says when text cannot be read or evaluated.

/// Why an expression, path, key or parameter mapping cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault} at position {position}")]
pub struct GrammarError {
    /// What is wrong.
    pub fault: GrammarFault,
    /// Byte offset in the text, from 0.
    pub position: usize,
}

/// The faults of the small grammars.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GrammarFault {
    /// `${` without its `}`.
    #[error("\"${{\" is never closed")]
    UnclosedBrace,
    /// A bracket, parenthesis or quote of a JSON path that stays open.
    #[error("\"{open}\" is never closed")]
    Unclosed {
        /// The opening character.
        open: char,
    },
    /// A character that cannot stand where it stands.
    #[error("unexpected \"{found}\"")]
    Unexpected {
        /// The character.
        found: char,
    },
    /// The text ends too early.
    #[error("{expected} expected, but the text ends")]
    Ends {
        /// What should have followed.
        expected: &'static str,
    },
    /// A name without characters.
    #[error("{what} is empty")]
    Empty {
        /// The thing that has no name.
        what: &'static str,
    },
    /// Legal in AWS' own dialect, but not understood here.
    #[error("{what} cannot be simulated")]
    CannotSimulate {
        /// The construct.
        what: &'static str,
    },
    /// A number that is no index.
    #[error("\"{text}\" is not an index")]
    NotAnIndex {
        /// The text in the brackets.
        text: String,
    },
    /// A key that does not name a response header.
    #[error("\"{text}\" is not \"method.response.header.NAME\"")]
    NotAHeader {
        /// The key.
        text: String,
    },
    /// A value in none of the known forms.
    #[error("\"{text}\" is not a mapping expression")]
    NotASource {
        /// The value.
        text: String,
    },
    /// A value with more characters than AWS takes.
    #[error("the value has {characters} characters, more than 512")]
    TooLong {
        /// How many it has.
        characters: usize,
    },
    /// A static value that lacks its single quotes.
    #[error("static value \"{text}\" is not in single quotes")]
    Unquoted {
        /// The value.
        text: String,
    },
    /// `integration.response.body.$`: the path stands without its dollar sign.
    #[error("the JSON expression starts with \"$\"")]
    DollarInBody,
}

impl GrammarFault {
    pub(crate) fn at(self, position: usize) -> GrammarError {
        GrammarError { fault: self, position }
    }
}

/// Why a regular expression cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault} at position {position}")]
pub struct PatternError {
    /// What is wrong.
    pub fault: PatternFault,
    /// Character offset in the expression, from 0.
    pub position: usize,
}

/// The faults of regular expressions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternFault {
    /// The expression does not compile in Java either.
    #[error("{what}")]
    Invalid {
        /// The fault, as a clause.
        what: String,
    },
    /// Java accepts it; this crate does not.
    #[error("{what} cannot be simulated")]
    CannotSimulate {
        /// The construct.
        what: String,
    },
    /// Matching took more steps than allowed.
    #[error("matching takes more than {limit} steps")]
    TooManySteps {
        /// The limit.
        limit: usize,
    },
}

impl PatternFault {
    pub(crate) fn at(self, position: usize) -> PatternError {
        PatternError { fault: self, position }
    }

    /// Whether Java would compile the expression although it cannot be simulated here.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        !matches!(self, Self::Invalid { .. })
    }
}

/// Why a mapping template does not parse or does not render.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault} at line {line}, column {column}")]
pub struct TemplateError {
    /// What is wrong.
    pub fault: TemplateFault,
    /// Line in the template, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The faults of mapping templates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateFault {
    /// Something else was expected.
    #[error("{expected} expected, found {found}")]
    Unexpected {
        /// What should stand there.
        expected: &'static str,
        /// What stands there: a quoted character or "the end of the template".
        found: String,
    },
    /// A string that is never closed.
    #[error("unterminated string")]
    UnterminatedString,
    /// `#*` or `#[[` that is never closed.
    #[error("unterminated \"{open}\"")]
    Unterminated {
        /// The opening characters.
        open: &'static str,
    },
    /// A block without its `#end`.
    #[error("\"#{directive}\" has no \"#end\"")]
    NoEnd {
        /// The directive that opened the block.
        directive: &'static str,
    },
    /// `#end`, `#else` or `#elseif` where no block is open.
    #[error("\"#{directive}\" without a block")]
    Stray {
        /// The directive.
        directive: &'static str,
    },
    /// A dollar sign as the last character of a template.
    #[error("the template ends in \"$\"")]
    LoneDollar,
    /// Blocks, expressions or evaluation nest too deep.
    #[error("nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The template itself is too large.
    #[error("the template has more than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// Evaluation takes too long.
    #[error("evaluation takes more than {limit} steps")]
    TooManySteps {
        /// The limit.
        limit: usize,
    },
    /// The output, or one text on the way to it, is too large.
    #[error("a text has more than {limit} bytes")]
    TextTooLarge {
        /// The limit.
        limit: usize,
    },
    /// Velocity has it, API Gateway does not.
    #[error("{what} is not supported by API Gateway")]
    Unsupported {
        /// The construct.
        what: &'static str,
    },
    /// A method was called with what it cannot take.
    #[error("\"{method}\": {reason}")]
    Call {
        /// The method's name.
        method: String,
        /// Why, as a clause.
        reason: String,
    },
    /// One override target was set twice ("may only be applied to each parameter once", API Gateway Developer Guide,
    /// override request and response parameters).
    #[error("override \"{target}\" is set twice")]
    OverrideTwice {
        /// The target, such as `responseOverride.status`.
        target: String,
    },
}

impl TemplateFault {
    /// Whether a limit of this crate ended the evaluation, and not the template's own fault.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::TooDeep { .. }
                | Self::TooLarge { .. }
                | Self::TooManySteps { .. }
                | Self::TextTooLarge { .. }
        )
    }

    pub(crate) fn call(method: &str, reason: impl Into<String>) -> Self {
        Self::Call { method: method.to_owned(), reason: reason.into() }
    }
}
