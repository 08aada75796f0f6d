//! The types of PostgreSQL's catalogs: numbers and texts whose field says, as metadata, by what type clients know them.
//!
//! Nothing is computed with them that a bigint, a text or an array does not do as well, so that losing the metadata on
//! the way through a plan loses only the number by which a client is told the type, and the form that is printed.

use std::collections::HashMap;

use datafusion::arrow::datatypes::Field;

use crate::SqlType;

/// Extension names, and the types that they stand for.
const NAMES: [(&str, SqlType); 6] = [
    ("census.oid", SqlType::Oid),
    ("census.char", SqlType::Char),
    ("census.name", SqlType::Name),
    ("census.regproc", SqlType::RegProc),
    ("census.oidvector", SqlType::OidVector),
    ("census.int2vector", SqlType::Int2Vector),
];

/// Returns the type that a field's extension name says, if it is one of the catalogs'.
pub(crate) fn of_field(field: &Field) -> Option<SqlType> {
    let name = field.extension_type_name()?;
    NAMES
        .iter()
        .find(|(known, sql_type)| *known == name && *field.data_type() == sql_type.data_type())
        .map(|(_, sql_type)| sql_type.clone())
}

/// Makes a field of a type of the catalogs, or `None` for any other type.
pub(crate) fn field(sql_type: &SqlType, name: &str, nullable: bool) -> Option<Field> {
    let (extension, _) = NAMES.iter().find(|(_, known)| known == sql_type)?;
    let metadata = HashMap::from([(crate::EXTENSION_KEY.to_owned(), (*extension).to_owned())]);
    Some(Field::new(name, sql_type.data_type(), nullable).with_metadata(metadata))
}
