//! Inverse hyperbolic functions, exact in the last digit where the textbook's formulas lose it near zero and one.

use std::f64::consts::LN_2;

/// From here on the square of a number plus or minus one is the square.
const LARGE: f64 = 268_435_456.0;

pub(super) fn of_sine(sine: f64) -> f64 {
    let size = sine.abs();
    if size < 1.0 / LARGE {
        return sine;
    }
    let result = if size > LARGE {
        size.ln() + LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((size * size + 1.0).sqrt() + size)).ln()
    } else {
        let square = size * size;
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    result.copysign(sine)
}

/// Takes a cosine that is not below one.
pub(super) fn of_cosine(cosine: f64) -> f64 {
    if cosine > LARGE {
        cosine.ln() + LN_2
    } else if cosine > 2.0 {
        (2.0 * cosine - 1.0 / (cosine + (cosine * cosine - 1.0).sqrt())).ln()
    } else {
        let above = cosine - 1.0;
        (above + (2.0 * above + above * above).sqrt()).ln_1p()
    }
}

/// Takes a tangent between minus one and one.
pub(super) fn of_tangent(tangent: f64) -> f64 {
    let size = tangent.abs();
    let result = if size < 1.0 / LARGE {
        size
    } else if size < 0.5 {
        let double = size + size;
        0.5 * (double + double * size / (1.0 - size)).ln_1p()
    } else {
        0.5 * ((size + size) / (1.0 - size)).ln_1p()
    };
    result.copysign(tangent)
}
