//! Functions of PostgreSQL's hstore module, and what its operators stand for.

pub(super) mod akeys;
pub(super) mod avals;
pub(super) mod concat;
pub(super) mod contains;
pub(super) mod defined;
pub(super) mod delete;
pub(super) mod exist;
pub(super) mod get;
pub(super) mod get_many;
pub(super) mod has_all;
pub(super) mod has_any;
pub(super) mod hstore_to_array;
pub(super) mod hstore_to_json;
pub(super) mod hstore_to_json_loose;
pub(super) mod hstore_to_matrix;
pub(super) mod isdefined;
pub(super) mod isexists;
pub(super) mod make;
pub(super) mod slice;
pub(super) mod sort_key;

use crate::functions::external;
use census_error::Error;
use census_types::hstore::HstoreArray;
use datafusion::arrow::array::MapArray;
use datafusion::common::Result;

/// Views the hstores of an argument.
pub(super) fn view(array: &MapArray) -> Result<HstoreArray<'_>> {
    HstoreArray::from_map(array).map_err(|error| external(Error::from(error)))
}
