//! Types that Census has not, whose values clients may send all the same: each has one text, which stands for it.

use bytes::Buf;
use census_engine::ParameterValue;
use census_types::{SqlType, array_text};
use std::fmt::Write;

const JSONB: u32 = 3802;
const JSONB_ARRAY: u32 = 3807;
const JSONPATH: u32 = 4072;
const UUID: u32 = 2950;
const UUID_ARRAY: u32 = 2951;
const CIDR: u32 = 650;
const CIDR_ARRAY: u32 = 651;
const MACADDR: u32 = 829;
const MACADDR_ARRAY: u32 = 1040;
const MACADDR8: u32 = 774;
const TIMETZ: u32 = 1266;
/// The numbers of objects: regproc, regprocedure, regoper, regoperator, regclass, regtype, regrole, regnamespace.
const OBJECTS: [u32; 8] = [24, 2202, 2203, 2204, 2205, 2206, 4096, 4089];

/// The only version of jsonb and jsonpath that there is.
const VERSION: u8 = 1;

/// Returns the type that stands for such a type in a statement; `None` leaves it to what is around the parameter.
pub(crate) fn stands_for(oid: u32) -> Option<SqlType> {
    match oid {
        JSONB => Some(SqlType::Json),
        JSONB_ARRAY => Some(SqlType::Json.into_array()),
        CIDR => Some(SqlType::Inet),
        CIDR_ARRAY => Some(SqlType::Inet.into_array()),
        UUID_ARRAY | MACADDR_ARRAY => Some(SqlType::Text.into_array()),
        _ => None,
    }
}

/// How the bytes of a type are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Format {
    /// A version before a text.
    Versioned,
    Uuid,
    MacAddress,
    TimeWithZone,
    Object,
}

/// Returns how values of a type are read that is one of these, and whose text is not that of the type in its place.
pub(super) fn format(oid: u32) -> Option<Format> {
    Some(match oid {
        JSONB | JSONPATH => Format::Versioned,
        UUID => Format::Uuid,
        MACADDR | MACADDR8 => Format::MacAddress,
        TIMETZ => Format::TimeWithZone,
        _ if OBJECTS.contains(&oid) => Format::Object,
        _ => return None,
    })
}

/// Returns the text of a value; `None` for bytes that are none of the type.
pub(super) fn read(bytes: &[u8], format: Format) -> Option<String> {
    match format {
        Format::Versioned => {
            let (VERSION, text) = bytes.split_first().map(|(version, text)| (*version, text))?
            else {
                return None;
            };
            let text = std::str::from_utf8(text).ok()?;
            (!text.contains('\0')).then(|| text.to_owned())
        }
        Format::Uuid => Some(uuid(u128::from_be_bytes(bytes.try_into().ok()?))),
        Format::MacAddress => {
            let is_address = matches!(bytes.len(), 6 | 8);
            let parts: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            is_address.then(|| parts.join(":"))
        }
        Format::TimeWithZone => read_time(bytes),
        Format::Object => Some(u32::from_be_bytes(bytes.try_into().ok()?).to_string()),
    }
}

/// Returns what a value that was sent as a text stands for: a uuid, which may be written in several ways, is the text that
/// PostgreSQL prints. The error is the part that is no uuid.
pub(super) fn read_text(text: &str, oid: u32) -> Result<ParameterValue, String> {
    let canonical = |written: &str| read_uuid(written).map(uuid).ok_or_else(|| written.to_owned());
    match oid {
        UUID => canonical(text).map(ParameterValue::Text),
        UUID_ARRAY => match array_text::parse(text) {
            Ok(array) if array.dimensions.len() <= 1 => {
                let item = |item: Option<String>| match item {
                    Some(written) => canonical(&written).map(ParameterValue::Text),
                    None => Ok(ParameterValue::Null),
                };
                let items = array.items.into_iter().map(item).collect::<Result<_, _>>()?;
                Ok(ParameterValue::List(items))
            }
            _ => Ok(ParameterValue::Text(text.to_owned())),
        },
        _ => Ok(ParameterValue::Text(text.to_owned())),
    }
}

/// Reads a uuid as `uuid_in` does: hyphens may follow every fourth digit, and braces may stand around it.
fn read_uuid(written: &str) -> Option<u128> {
    let inner = written.strip_prefix('{').map_or(Some(written), |rest| rest.strip_suffix('}'))?;
    let mut digits = String::with_capacity(32);
    let mut may_divide = false;
    for character in inner.chars() {
        match character {
            '-' if may_divide => may_divide = false,
            digit if digit.is_ascii_hexdigit() => {
                digits.push(digit);
                may_divide = digits.len().is_multiple_of(4) && digits.len() < 32;
            }
            _ => return None,
        }
    }
    (digits.len() == 32).then(|| u128::from_str_radix(&digits, 16).ok())?
}

/// Returns a uuid as PostgreSQL prints it.
fn uuid(number: u128) -> String {
    let digits = format!("{number:032x}");
    [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &digits[part]).join("-")
}

/// Reads microseconds since midnight, and seconds by which the zone is west of UTC.
fn read_time(mut bytes: &[u8]) -> Option<String> {
    if bytes.len() != 12 {
        return None;
    }
    let time = u64::try_from(bytes.get_i64()).ok().filter(|time| *time <= 86_400_000_000)?;
    let west = bytes.get_i32();
    let (seconds, fraction) = (time / 1_000_000, time % 1_000_000);
    let mut text = clock(seconds);
    if fraction > 0 {
        let _ = write!(text, ".{}", format!("{fraction:06}").trim_end_matches('0'));
    }
    let sign = if west > 0 { '-' } else { '+' };
    Some(format!("{text}{sign}{}", clock(u64::from(west.unsigned_abs())).trim_end_matches(":00")))
}

/// Returns seconds as hours, minutes and seconds.
fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], oid: u32) -> Option<String> {
        read(bytes, format(oid)?)
    }

    #[test]
    fn values_have_the_text_that_postgresql_prints() {
        assert_eq!(text(b"\x01{\"a\": 1}", JSONB).as_deref(), Some("{\"a\": 1}"));
        let uuid = 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef_u128.to_be_bytes();
        assert_eq!(text(&uuid, UUID).as_deref(), Some("01234567-89ab-cdef-0123-456789abcdef"));
        assert_eq!(text(&[8, 0, 0x2b, 1, 2, 3], MACADDR).as_deref(), Some("08:00:2b:01:02:03"));
        let time = [&45_296_500_000_i64.to_be_bytes()[..], &(-19_800_i32).to_be_bytes()].concat();
        assert_eq!(text(&time, TIMETZ).as_deref(), Some("12:34:56.5+05:30"));
        assert_eq!(text(&1259_u32.to_be_bytes(), 2205).as_deref(), Some("1259"));
    }

    #[test]
    fn a_uuid_is_one_text_however_it_is_written() {
        let printed = "01234567-89ab-cdef-0123-456789abcdef".to_owned();
        for written in [
            "0123456789ABCDEF0123456789abcdef",
            "{01234567-89ab-cdef-0123-456789abcdef}",
            "0123-4567-89ab-cdef-0123-4567-89ab-cdef",
        ] {
            assert_eq!(read_text(written, UUID), Ok(ParameterValue::Text(printed.clone())));
        }
        let list = ParameterValue::List(vec![ParameterValue::Text(printed), ParameterValue::Null]);
        assert_eq!(read_text("{0123456789ABCDEF0123456789abcdef,NULL}", UUID_ARRAY), Ok(list));
        for wrong in
            ["", "0123", "0-123456789ABCDEF0123456789abcdef", "{0123456789abcdef0123456789abcdef"]
        {
            assert_eq!(read_text(wrong, UUID), Err(wrong.to_owned()));
        }
    }

    #[test]
    fn bytes_that_are_no_value_have_none() {
        assert_eq!(text(b"\x02{}", JSONB), None);
        assert_eq!(text(b"", JSONB), None);
        for oid in [UUID, MACADDR, TIMETZ, 2205] {
            assert_eq!(text(&[1; 3], oid), None, "{oid}");
        }
    }
}
