//! Which type a value has where several meet, by PostgreSQL's rules of conversion (its manual, chapter 10).
//!
//! A text literal and NULL are of no type until something beside them decides it; a text nothing decides about is text.
//! Operators ask `compared_type`, constructs that give one of several values `common_type`, and both hand what
//! they were given to `coerced`. Functions choose among their forms themselves;
//! where parameters are among their arguments, `candidates` finds the form that PostgreSQL would.

mod candidates;
mod common_type;
mod comparison;
mod conditional_function;
mod conditional_rewrite;
mod operand;
mod parameter_types;
mod predicates;
mod set_types;
mod values;

pub(crate) use candidates::argument_types;
pub(crate) use common_type::{coerced, common_of, common_type};
pub(crate) use comparison::compared_type;
pub(crate) use conditional_function::Conditional;
pub use conditional_rewrite::ConditionalRewrite;
pub(crate) use operand::Operand;
pub use parameter_types::parameter_types;
pub use predicates::PredicateRewrite;
pub use set_types::with_set_types;
pub use values::wrap as wrap_values;
pub(crate) use values::{is_values, plan as plan_values};
