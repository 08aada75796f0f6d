//! Windows of a plan: offsets of RANGE in the type that is ordered by, and functions that look at frames themselves.

use super::exclusion::Exclusion;
use super::offset::Offset;
use crate::functions;
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::WindowFunctionParams;
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{
    Expr, ExprSchemable, WindowFrame, WindowFrameBound, WindowFrameUnits,
};

/// Settles frames before what windows order by is replaced by keys.
#[derive(Debug)]
pub struct WindowFrameRewrite;

impl FunctionRewrite for WindowFrameRewrite {
    fn name(&self) -> &'static str {
        "ddsql_window_frames"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        let Expr::WindowFunction(mut window) = expr else {
            return Ok(Transformed::no(expr));
        };
        let exclusion = Exclusion::take(&mut window.params.partition_by);
        settle_range(&mut window.params, schema)?;
        functions::over_frames(&mut window, exclusion, schema)?;
        Ok(Transformed::yes(Expr::WindowFunction(window)))
    }
}

/// Reads the offsets of RANGE in the type of the column that the window is ordered by.
fn settle_range(params: &mut WindowFunctionParams, schema: &DFSchema) -> Result<()> {
    let frame = &params.window_frame;
    let bounds = [&frame.start_bound, &frame.end_bound];
    if frame.units != WindowFrameUnits::Range
        || bounds.into_iter().all(|bound| offset(bound).is_none())
    {
        return Ok(());
    }
    let [order] = params.order_by.as_mut_slice() else {
        return Ok(());
    };
    let (_, field) = order.expr.to_field(schema)?;
    let name = type_name(&field);
    let mut data_type = field.data_type().clone();
    if data_type == DataType::Date32 {
        // An interval may take a day apart.
        order.expr = functions::call("__timestamp_of_date", vec![order.expr.clone()])?;
        data_type = order.expr.get_type(schema)?;
    }
    if matches!(data_type, DataType::Time64(_)) {
        // Nor does an interval begin the day anew.
        order.expr = functions::call("__interval_of_time", vec![order.expr.clone()])?;
    }
    let settled = |bound: &WindowFrameBound| match offset(bound) {
        Some(offset) => {
            let value = offset.beside(&data_type, &name).map_err(functions::external)?;
            Ok::<_, datafusion::error::DataFusionError>(match bound {
                WindowFrameBound::Preceding(_) => WindowFrameBound::Preceding(value),
                _ => WindowFrameBound::Following(value),
            })
        }
        None => Ok(bound.clone()),
    };
    let (start, end) = (settled(&frame.start_bound)?, settled(&frame.end_bound)?);
    let is_never = match (&start, &end) {
        (WindowFrameBound::Preceding(start), WindowFrameBound::Preceding(end)) => {
            !end.is_null() && start < end
        }
        (WindowFrameBound::Following(start), WindowFrameBound::Following(end)) => {
            !end.is_null() && start > end
        }
        _ => false,
    };
    if is_never {
        let message = "RANGE between an offset and a smaller one is not supported";
        let error = Error::new(SqlState::FeatureNotSupported, message);
        return Err(functions::external(error));
    }
    params.window_frame = WindowFrame::new_bounds(WindowFrameUnits::Range, start, end);
    Ok(())
}

fn offset(bound: &WindowFrameBound) -> Option<Offset> {
    match bound {
        WindowFrameBound::Preceding(ScalarValue::Utf8(Some(written)))
        | WindowFrameBound::Following(ScalarValue::Utf8(Some(written))) => {
            Offset::of_bound(written)
        }
        _ => None,
    }
}
