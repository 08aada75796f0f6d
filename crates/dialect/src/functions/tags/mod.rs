//! Functions over tags, whose values are sorted lists with commas between them.

pub(super) mod has_tag;
pub(super) mod tag_values;

use census_error::Error;
use census_types::hstore::HstoreArray;
use datafusion::arrow::array::MapArray;
use datafusion::common::Result;

/// What stands between two values of a tag.
const SEPARATOR: char = ',';

/// Views the tags of an argument.
fn view(array: &MapArray) -> Result<HstoreArray<'_>> {
    HstoreArray::from_map(array).map_err(|error| super::external(Error::from(error)))
}
