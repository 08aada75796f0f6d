//! Bounds on the evaluation of a template.

/// Bounds on the evaluation of a template; reaching one is an error, except for turns of a loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Steps: nodes and expressions evaluated, values made, 64 bytes of text read or written.
    pub steps: usize,
    /// Bytes of the output, and of any text on the way to it.
    pub text_bytes: usize,
    /// Depth of evaluation: blocks, expressions, references to `#define` blocks.
    pub depth: usize,
    /// Turns of one `#foreach`; further ones are left out (API Gateway Developer Guide, quotas of REST APIs).
    pub loop_turns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 1_000_000, text_bytes: 4 << 20, depth: 100, loop_turns: 1000 }
    }
}

/// Bytes of text that cost a step.
pub(super) const BYTES_PER_STEP: usize = 64;

/// Largest mapping template in bytes: 300 KB (API Gateway Developer Guide, WebSocket quotas).
pub const MAXIMUM_TEMPLATE_BYTES: usize = 300 * 1024;

/// How deep blocks, expressions and strings may nest.
pub(super) const MAXIMUM_NESTING: usize = 50;
