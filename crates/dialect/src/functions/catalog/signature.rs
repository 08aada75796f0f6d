//! What functions take and give, by their numbers.

use super::format_type;
use crate::catalog::catalog_functions;
use crate::functions::FunctionRecord;
use crate::functions::record::Implementation;
use census_types::TYPE_ROUTINES;
use std::collections::HashMap;

/// What a function takes and gives, as `\\df` writes it.
pub(super) struct Signature {
    pub(super) name: &'static str,
    pub(super) arguments: String,
    pub(super) result: String,
    /// Whether it is one for a value, neither an aggregate nor a window function.
    pub(super) is_plain: bool,
}

/// Returns the signature of every function.
pub(super) fn signatures() -> HashMap<i64, Signature> {
    let forms = catalog_functions().map(|function| {
        let signature = Signature {
            name: function.record.name,
            arguments: function.arguments.to_owned(),
            result: function.result.to_owned(),
            is_plain: is_plain(function.record),
        };
        (function.oid, signature)
    });
    let type_name = |oid: &u32| format_type::name_of(i64::from(*oid));
    let of_types = TYPE_ROUTINES.iter().map(|routine| {
        let arguments: Vec<String> = routine.arguments.iter().map(type_name).collect();
        let signature = Signature {
            name: routine.name,
            arguments: arguments.join(", "),
            result: type_name(&routine.result),
            is_plain: true,
        };
        (i64::from(routine.oid), signature)
    });
    forms.chain(of_types).collect()
}

fn is_plain(record: &FunctionRecord) -> bool {
    !matches!(record.implementation, Implementation::Aggregate(_) | Implementation::Window(_))
}
