//! Angles in degrees. Those that have a short result have exactly that: 0.5 is `sind(30)`, and 1 is `tand(45)`.
//!
//! Every quadrant is mapped to the first, and the functions are scaled there to be exact at 30, 45 and 60 degrees.

use super::doubles::NumberFault;

/// Radians of one degree, which PostgreSQL multiplies and divides by.
pub(super) const RADIANS_PER_DEGREE: f64 = 0.017_453_292_519_943_295;

fn sine_to_30(degrees: f64) -> f64 {
    (degrees * RADIANS_PER_DEGREE).sin() / (30.0 * RADIANS_PER_DEGREE).sin() / 2.0
}

fn cosine_to_60(degrees: f64) -> f64 {
    let below_one = |degrees: f64| 1.0 - (degrees * RADIANS_PER_DEGREE).cos();
    1.0 - below_one(degrees) / below_one(60.0) / 2.0
}

fn sine_of_quadrant(degrees: f64) -> f64 {
    if degrees <= 30.0 { sine_to_30(degrees) } else { cosine_to_60(90.0 - degrees) }
}

fn cosine_of_quadrant(degrees: f64) -> f64 {
    if degrees <= 60.0 { cosine_to_60(degrees) } else { sine_to_30(90.0 - degrees) }
}

/// An angle in the first quadrant, and the signs that sine and cosine have in its own.
struct Angle {
    degrees: f64,
    sine_sign: f64,
    cosine_sign: f64,
}

impl Angle {
    fn of(degrees: f64) -> Result<Self, NumberFault> {
        if degrees.is_infinite() {
            return Err(NumberFault::OutOfRange);
        }
        let mut angle = Self { degrees: degrees % 360.0, sine_sign: 1.0, cosine_sign: 1.0 };
        if angle.degrees < 0.0 {
            angle.degrees = -angle.degrees;
            angle.sine_sign = -angle.sine_sign;
        }
        if angle.degrees > 180.0 {
            angle.degrees = 360.0 - angle.degrees;
            angle.sine_sign = -angle.sine_sign;
        }
        if angle.degrees > 90.0 {
            angle.degrees = 180.0 - angle.degrees;
            angle.cosine_sign = -1.0;
        }
        Ok(angle)
    }

    fn tangent_sign(&self) -> f64 {
        self.sine_sign * self.cosine_sign
    }
}

pub(super) fn sine(degrees: f64) -> Result<f64, NumberFault> {
    let angle = Angle::of(degrees)?;
    Ok(angle.sine_sign * sine_of_quadrant(angle.degrees))
}

pub(super) fn cosine(degrees: f64) -> Result<f64, NumberFault> {
    let angle = Angle::of(degrees)?;
    Ok(angle.cosine_sign * cosine_of_quadrant(angle.degrees))
}

pub(super) fn tangent(degrees: f64) -> Result<f64, NumberFault> {
    let ratio = |degrees: f64| sine_of_quadrant(degrees) / cosine_of_quadrant(degrees);
    let angle = Angle::of(degrees)?;
    // No sign of a zero depends on how it came about.
    Ok(angle.tangent_sign() * (ratio(angle.degrees) / ratio(45.0)) + 0.0)
}

pub(super) fn cotangent(degrees: f64) -> Result<f64, NumberFault> {
    let ratio = |degrees: f64| cosine_of_quadrant(degrees) / sine_of_quadrant(degrees);
    let angle = Angle::of(degrees)?;
    Ok(angle.tangent_sign() * (ratio(angle.degrees) / ratio(45.0)) + 0.0)
}

fn arc_sine_of_quadrant(sine: f64) -> f64 {
    if sine <= 0.5 {
        sine.asin() / 0.5_f64.asin() * 30.0
    } else {
        90.0 - sine.acos() / 0.5_f64.acos() * 60.0
    }
}

fn arc_cosine_of_quadrant(cosine: f64) -> f64 {
    if cosine <= 0.5 {
        90.0 - cosine.asin() / 0.5_f64.asin() * 30.0
    } else {
        cosine.acos() / 0.5_f64.acos() * 60.0
    }
}

pub(super) fn arc_sine(sine: f64) -> Result<f64, NumberFault> {
    if sine.abs() > 1.0 {
        return Err(NumberFault::OutOfRange);
    }
    Ok(if sine < 0.0 { -arc_sine_of_quadrant(-sine) } else { arc_sine_of_quadrant(sine) })
}

pub(super) fn arc_cosine(cosine: f64) -> Result<f64, NumberFault> {
    if cosine.abs() > 1.0 {
        return Err(NumberFault::OutOfRange);
    }
    Ok(if cosine < 0.0 {
        90.0 + arc_sine_of_quadrant(-cosine)
    } else {
        arc_cosine_of_quadrant(cosine)
    })
}

/// Returns radians in degrees, so that the arc tangent of one is exactly 45.
pub(super) fn of_arc_tangent(radians: f64) -> f64 {
    radians / 1.0_f64.atan() * 45.0
}
