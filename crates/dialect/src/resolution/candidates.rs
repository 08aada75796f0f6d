//! Which form of a function a call means where the types of some arguments are open, and what these are then.
//!
//! The rules are those of PostgreSQL's manual, section 10.3; its `func_select_candidate` says them exactly.

use super::common_type::{Category, category, common_of, is_implicit, is_preferred};
use crate::functions::Parameter;
use census_types::SqlType;

/// Returns the types in which a call takes its arguments, given those that they have; `unknown` is one that is open, and
/// stays so where the forms do not decide it.
pub(crate) fn argument_types(forms: &[Vec<Parameter>], given: &[SqlType]) -> Vec<SqlType> {
    chosen(forms, given).map_or_else(|| given.to_vec(), |form| resolved(form, given))
}

fn chosen<'a>(forms: &'a [Vec<Parameter>], given: &[SqlType]) -> Option<&'a Vec<Parameter>> {
    let fits = |form: &&Vec<Parameter>| {
        form.len() == given.len()
            && form.iter().zip(given).all(|(parameter, given)| takes(*parameter, given))
    };
    let mut candidates: Vec<&Vec<Parameter>> = forms.iter().filter(fits).collect();
    keep_most(&mut candidates, given, |parameter, given| {
        declared(parameter).as_ref() == Some(given)
    });
    keep_most(&mut candidates, given, |parameter, given| {
        declared(parameter).is_some_and(|declared| {
            declared == *given
                || (category(&declared) == category(given) && is_chosen_first(&declared))
        })
    });
    if let [only] = candidates.as_slice() {
        return Some(only);
    }
    if let Some(kept) = of_categories(&candidates, given) {
        candidates = kept;
    }
    match candidates.as_slice() {
        [only] => Some(only),
        _ => of_same_type(&candidates, given),
    }
}

/// Keeps the forms that have most arguments of known type of which something is true.
fn keep_most(
    candidates: &mut Vec<&Vec<Parameter>>,
    given: &[SqlType],
    is_true: impl Fn(Parameter, &SqlType) -> bool,
) {
    if candidates.len() < 2 {
        return;
    }
    let count = |form: &[Parameter]| {
        let known = form.iter().zip(given).filter(|(_, given)| **given != SqlType::Unknown);
        known.filter(|(parameter, given)| is_true(**parameter, given)).count()
    };
    let most = candidates.iter().map(|form| count(form)).max().unwrap_or_default();
    candidates.retain(|form| count(form) == most);
}

/// Returns the forms whose types are of one category where arguments are open: texts, if one takes a text there, and
/// the type that the category prefers. `None` where the categories of a place differ.
fn of_categories<'a>(
    candidates: &[&'a Vec<Parameter>],
    given: &[SqlType],
) -> Option<Vec<&'a Vec<Parameter>>> {
    let mut kept = candidates.to_vec();
    let open = given.iter().enumerate().filter(|(_, given)| **given == SqlType::Unknown);
    for (place, _) in open {
        let category_of = |form: &[Parameter]| declared(form[place]).as_ref().map(category);
        let prefers =
            |form: &[Parameter]| declared(form[place]).as_ref().is_some_and(is_chosen_first);
        let mut categories = candidates.iter().map(|form| category_of(form));
        let first = categories.next()?;
        let wanted = if candidates.iter().any(|form| category_of(form) == Some(Category::String)) {
            Some(Category::String)
        } else if categories.all(|category| category == first) {
            first
        } else {
            return None;
        };
        let is_wanted = |form: &[Parameter]| category_of(form) == wanted;
        let has_preferred = candidates.iter().any(|form| is_wanted(form) && prefers(form));
        kept.retain(|form| is_wanted(form) && (!has_preferred || prefers(form)));
    }
    (!kept.is_empty()).then_some(kept)
}

/// Returns the only form that takes the one type that all known arguments have wherever an argument is open.
fn of_same_type<'a>(
    candidates: &[&'a Vec<Parameter>],
    given: &[SqlType],
) -> Option<&'a Vec<Parameter>> {
    let mut known = given.iter().filter(|given| **given != SqlType::Unknown);
    let same = known.next()?;
    if known.any(|other| other != same) {
        return None;
    }
    let mut taking =
        candidates.iter().filter(|form| form.iter().all(|parameter| takes(*parameter, same)));
    match (taking.next(), taking.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Returns the type that a parameter is declared with, if it is one.
fn declared(parameter: Parameter) -> Option<SqlType> {
    match parameter {
        Parameter::Any
        | Parameter::AnyArray
        | Parameter::AnyElement
        | Parameter::Compatible
        | Parameter::CompatibleArray => None,
        parameter => Some(SqlType::from_field(&parameter.field(""))),
    }
}

fn takes(parameter: Parameter, given: &SqlType) -> bool {
    match parameter {
        _ if *given == SqlType::Unknown => true,
        Parameter::Any | Parameter::AnyElement => true,
        Parameter::AnyArray | Parameter::CompatibleArray => given.is_array(),
        Parameter::Compatible => !given.is_array(),
        parameter => declared(parameter)
            .is_some_and(|declared| declared == *given || is_implicit(given, &declared)),
    }
}

/// Tells whether a type is preferred; DDSQL's only timestamp stands for the one with time zone, too.
fn is_chosen_first(sql_type: &SqlType) -> bool {
    is_preferred(sql_type) || *sql_type == SqlType::Timestamp
}

/// Returns the types of the arguments of a form, where polymorphic ones follow from those that are known.
fn resolved(form: &[Parameter], given: &[SqlType]) -> Vec<SqlType> {
    let known = || form.iter().zip(given).filter(|(_, given)| **given != SqlType::Unknown);
    let element = known()
        .find_map(|(parameter, given)| match parameter {
            Parameter::AnyArray => Some(given.element().clone()),
            Parameter::AnyElement => Some(given.clone()),
            _ => None,
        })
        .unwrap_or(SqlType::Unknown);
    let items: Vec<SqlType> = known()
        .filter_map(|(parameter, given)| match parameter {
            Parameter::Compatible => Some(given.clone()),
            Parameter::CompatibleArray => Some(given.element().clone()),
            _ => None,
        })
        .collect();
    let shared = common_of(&items);
    let array_of = |item: &SqlType| match item {
        SqlType::Unknown => SqlType::Unknown,
        item => item.clone().into_array(),
    };
    form.iter()
        .map(|parameter| match parameter {
            Parameter::Any => SqlType::Unknown,
            Parameter::AnyElement => element.clone(),
            Parameter::AnyArray => array_of(&element),
            Parameter::Compatible => shared.clone(),
            Parameter::CompatibleArray => array_of(&shared),
            parameter => SqlType::from_field(&parameter.field("")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(forms: &[&[Parameter]], given: &[SqlType]) -> String {
        let forms: Vec<Vec<Parameter>> = forms.iter().map(|form| form.to_vec()).collect();
        let types = argument_types(&forms, given);
        types.iter().map(|taken| taken.name().into_owned()).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_fits_the_known_arguments_decides_the_open_ones() {
        use Parameter::{Bigint, DoublePrecision, Text};
        assert_eq!(taken(&[&[Text, Bigint]], &[SqlType::Text, SqlType::Unknown]), "text, bigint");
        let numbers: &[&[Parameter]] = &[&[DoublePrecision, DoublePrecision], &[Bigint, Bigint]];
        assert_eq!(taken(numbers, &[SqlType::Int64, SqlType::Unknown]), "bigint, bigint");
        assert_eq!(
            taken(numbers, &[SqlType::Unknown, SqlType::Float64]),
            "double precision, double precision"
        );
    }

    #[test]
    fn texts_and_preferred_types_come_first() {
        use Parameter::{Bigint, Bytea, DoublePrecision, Interval, Text, Timestamp};
        assert_eq!(taken(&[&[Bytea], &[Text]], &[SqlType::Unknown]), "text");
        assert_eq!(
            taken(&[&[Bigint], &[DoublePrecision]], &[SqlType::Unknown]),
            "double precision"
        );
        assert_eq!(taken(&[&[Timestamp], &[Interval]], &[SqlType::Unknown]), "unknown");
    }

    #[test]
    fn polymorphic_arguments_follow_each_other() {
        use Parameter::{AnyArray, AnyElement, Compatible, CompatibleArray};
        let numbers = SqlType::Int64.into_array();
        assert_eq!(
            taken(&[&[AnyArray, AnyElement]], &[numbers.clone(), SqlType::Unknown]),
            "bigint[], bigint"
        );
        assert_eq!(
            taken(&[&[CompatibleArray, Compatible]], &[SqlType::Unknown, SqlType::Text]),
            "text[], text"
        );
    }
}
