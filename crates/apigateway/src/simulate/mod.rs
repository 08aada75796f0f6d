//! What a client of a WebSocket API receives for one answer of a backend, and why.
//!
//! Order (that of REST APIs): the response is selected, parameters are mapped from the original answer, the payload
//! is converted, the template is applied, and its overrides replace what was mapped.

mod backend;
mod content;
mod delivery;
mod excerpt;
mod input;
mod json;
mod mock;
mod outcome;
mod parameters;
mod run;
mod select;
mod selection_value;
mod template_choice;
mod trace;

pub use content::{BinaryTypes, ContentFault, Payload, Strategy, convert, convert_rest};
pub use input::{
    Answer, Backend, Integration, IntegrationKind, IntegrationResponse, Route, Simulation,
};
pub use mock::{MockFault, mock_status};
pub use outcome::{
    Considered, Diagnostic, Explanation, MappedHeader, OmittedHeader, Outcome, Step,
};
pub use parameters::{MappedParameters, ParameterFault, ParameterInput, map_parameters};
pub use run::simulate;
pub use select::{Selection, select};
pub(crate) use selection_value::is_lambda;
pub use selection_value::{ExpressionInput, evaluate_expression};
pub use template_choice::{TemplateChoice, choose_template};
pub use trace::trace;
