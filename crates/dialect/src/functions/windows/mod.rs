//! Window functions: a row among its neighbours.

pub(super) mod cume_dist;
pub(super) mod dense_rank;
pub(super) mod first_value;
pub(super) mod framed;
pub(super) mod kernel;
pub(super) mod lag;
pub(super) mod last_value;
pub(super) mod lead;
pub(super) mod nth_value;
pub(super) mod ntile;
pub(super) mod percent_rank;
pub(super) mod rank;
pub(super) mod row_number;
mod shift;
