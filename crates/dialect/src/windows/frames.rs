//! Frames of windows: which bounds can be, and the offsets that they have.

use super::offset::Offset;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::ast::{
    Expr, Value, WindowFrame, WindowFrameBound, WindowFrameUnits, WindowSpec,
};

/// Checks the frame of a window, and writes its offsets as the planner reads them.
///
/// # Errors
/// 42P20 for bounds that cannot be; those of [`Offset::of`] and [`Offset::as_bound`].
pub(super) fn check(window: &mut WindowSpec) -> Result<()> {
    let Some(frame) = &mut window.window_frame else {
        return Ok(());
    };
    let fault = |message: &str| Err(Error::new(SqlState::WindowingError, message.to_owned()));
    if let Some(message) = bounds_fault(frame) {
        return fault(message);
    }
    if frame.units == WindowFrameUnits::Groups && window.order_by.is_empty() {
        return fault("GROUPS mode requires an ORDER BY clause");
    }
    let units = frame.units;
    for (name, bound) in
        [("starting", Some(&mut frame.start_bound)), ("ending", frame.end_bound.as_mut())]
    {
        let Some(
            WindowFrameBound::Preceding(Some(distance))
            | WindowFrameBound::Following(Some(distance)),
        ) = bound
        else {
            continue;
        };
        if units == WindowFrameUnits::Range && window.order_by.len() != 1 {
            return fault(
                "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
            );
        }
        let clause = units.to_string();
        **distance = Offset::of(distance, &clause)?.as_bound(units, name)?;
    }
    if units != WindowFrameUnits::Range && is_never(frame) {
        // The planner refuses bounds of which the first is the later one.
        let beyond = || {
            let rows = Value::Number(i64::MAX.to_string(), false);
            WindowFrameBound::Following(Some(Box::new(Expr::value(rows))))
        };
        (frame.start_bound, frame.end_bound) = (beyond(), Some(beyond()));
    }
    Ok(())
}

/// Tells whether a frame of rows or groups begins after its end.
fn is_never(frame: &WindowFrame) -> bool {
    use WindowFrameBound::{Following, Preceding};
    let rows = |distance: &Expr| distance.to_string().parse::<i64>().ok();
    match (&frame.start_bound, &frame.end_bound) {
        (Preceding(Some(start)), Some(Preceding(Some(end)))) => rows(start) < rows(end),
        (Following(Some(start)), Some(Following(Some(end)))) => rows(start) > rows(end),
        _ => false,
    }
}

/// Returns what is wrong with the bounds of a frame.
fn bounds_fault(frame: &WindowFrame) -> Option<&'static str> {
    use WindowFrameBound::{CurrentRow, Following, Preceding};
    match (&frame.start_bound, &frame.end_bound) {
        (Following(None), _) => Some("frame start cannot be UNBOUNDED FOLLOWING"),
        (_, Some(Preceding(None))) => Some("frame end cannot be UNBOUNDED PRECEDING"),
        (Following(Some(_)), None) => {
            Some("frame starting from following row cannot end with current row")
        }
        (CurrentRow, Some(Preceding(_))) => {
            Some("frame starting from current row cannot have preceding rows")
        }
        (Following(_), Some(Preceding(_) | CurrentRow)) => {
            Some("frame starting from following row cannot have preceding rows")
        }
        _ => None,
    }
}
