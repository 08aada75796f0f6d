//! Reads inet as PostgreSQL 15 does, short forms included: `10.1/16`, `::ffff:1.2.3.4`.

use super::address::{Family, Inet};
use crate::error::InetFault;

/// Reads a text as inet.
///
/// # Errors
/// [`InetFault::Syntax`]
pub fn parse(text: &str) -> Result<Inet, InetFault> {
    let inet = if text.contains(':') { version_six(text) } else { version_four(text) };
    inet.ok_or_else(|| InetFault::Syntax(text.to_owned()))
}

/// Octets may be left out at the end where a prefix does not reach them.
fn version_four(text: &str) -> Option<Inet> {
    let (octets, prefix) = match text.split_once('/') {
        Some((octets, prefix)) => (octets, Some(number(prefix, 32)?)),
        None => (text, None),
    };
    let mut address = 0_u128;
    let mut count = 0_u8;
    // PostgreSQL lets the last octet end in a dot.
    for octet in octets.strip_suffix('.').unwrap_or(octets).split('.') {
        if count == 4 {
            return None;
        }
        address = address << 8 | u128::from(number(octet, 255)?);
        count += 1;
    }
    let prefix = match prefix {
        Some(prefix) if prefix / 8 <= count => prefix,
        None if count == 4 => 32,
        _ => return None,
    };
    Inet::new(Family::V4, address << (8 * u32::from(4 - count)), prefix)
}

/// Reads digits as a number up to a limit; leading zeros are allowed.
fn number(digits: &str, limit: u16) -> Option<u8> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_start_matches('0');
    let value = if significant.is_empty() { 0 } else { significant.parse::<u16>().ok()? };
    if value > limit { None } else { u8::try_from(value).ok() }
}

/// Reads digits as a number up to a limit; a leading zero stands alone.
fn strict_number(digits: &str, limit: u16) -> Option<u8> {
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0');
    if has_leading_zero { None } else { number(digits, limit) }
}

fn version_six(text: &str) -> Option<Inet> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, strict_number(prefix, 128)?),
        None => (text, 128),
    };
    // Before a prefix, PostgreSQL passes over a colon after the last word.
    let address = match address.strip_suffix(':') {
        Some(shorter)
            if text.contains('/') && !shorter.contains('.') && !shorter.ends_with(':') =>
        {
            shorter
        }
        _ => address,
    };
    let words = match address.split_once("::") {
        None => {
            let words = words(address, 8, text.contains('/'))?;
            <[u16; 8]>::try_from(words).ok()?
        }
        Some((head, tail)) => {
            let head = if head.is_empty() { Vec::new() } else { words_of_hex(head)? };
            let room = 8_usize.checked_sub(head.len())?;
            let tail =
                if tail.is_empty() { Vec::new() } else { words(tail, room, text.contains('/'))? };
            // `::` stands for one word at least.
            let zeros = room.checked_sub(tail.len()).filter(|zeros| *zeros > 0)?;
            let mut all = head;
            all.resize(all.len() + zeros, 0);
            all.extend(tail);
            <[u16; 8]>::try_from(all).ok()?
        }
    };
    let address = words.iter().fold(0_u128, |address, word| address << 16 | u128::from(*word));
    Inet::new(Family::V6, address, prefix)
}

/// Reads words of an address, of which the last two may be written as an IPv4 address.
fn words(text: &str, room: usize, has_prefix: bool) -> Option<Vec<u16>> {
    let last = text.rsplit(':').next().unwrap_or(text);
    if !last.contains('.') {
        return words_of_hex(text).filter(|words| words.len() <= room);
    }
    let mut words = match text.strip_suffix(last).unwrap_or_default() {
        "" => Vec::new(),
        head => words_of_hex(head.strip_suffix(':')?)?,
    };
    let count = last.split('.').count();
    let octets = last.split('.').enumerate().map(|(index, octet)| match octet {
        // What is left out is 0, except at the very end.
        "" if has_prefix || index + 1 < count => Some(0),
        _ => strict_number(octet, 255),
    });
    let octets: Vec<u8> = octets.collect::<Option<_>>()?;
    if octets.len() > 4 {
        return None;
    }
    let octet = |index: usize| u16::from(octets.get(index).copied().unwrap_or_default());
    words.push(octet(0) << 8 | octet(1));
    words.push(octet(2) << 8 | octet(3));
    if words.len() > room { None } else { Some(words) }
}

fn words_of_hex(text: &str) -> Option<Vec<u16>> {
    let word = |digits: &str| {
        let is_word =
            (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_word { u16::from_str_radix(digits, 16).ok() } else { None }
    };
    text.split(':').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_that_postgresql_takes_is_read() {
        let spellings = [
            ("10.1/16", "10.1.0.0/16"),
            ("10./8", "10.0.0.0/8"),
            ("10/15", "10.0.0.0/15"),
            ("1.2.3.4.", "1.2.3.4"),
            ("01.02.03.004/032", "1.2.3.4"),
            ("2001:DB8::1/64", "2001:db8::1/64"),
            ("::ffff:1.2.3.4/96", "::ffff:1.2.3.4/96"),
            ("::1.2.3/100", "::1.2.3.0/100"),
            ("::1.2", "::1.2.0.0"),
            ("::.1", "::0.1.0.0"),
            ("::1.2./4", "::1.2.0.0/4"),
            ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
            ("1:2:3:4:5::1.2.3.4", "1:2:3:4:5:0:102:304"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
            ("0:0:1:1:0:0:1:1", "::1:1:0:0:1:1"),
            ("::0.1.0.0", "::0.1.0.0"),
            ("::0.0.0.1", "::1"),
            ("::110:/0", "::110/0"),
            ("1:2:3:4:5:6:7:8:/64", "1:2:3:4:5:6:7:8/64"),
            ("::0.0.1.0", "::100"),
            ("0:0:0:0:0:ffff:0:0", "::ffff:0.0.0.0"),
        ];
        for (text, printed) in spellings {
            assert_eq!(parse(text).unwrap().to_string(), printed, "{text}");
        }
    }

    #[test]
    fn what_postgresql_refuses_is_refused() {
        let refused = [
            "",
            "1",
            "10.1",
            "10/16",
            "./8",
            "/8",
            "10..1/8",
            "1.2.3.4/1/2",
            "1.2.3.4/",
            "1.2.3.4/33",
            " 1.2.3.4",
            "1.2.3.4 ",
            "1.2.3.4.5",
            "256.1.1.1",
            "::1.2.3.04",
            "::1.",
            "::1.2.3.4.5",
            "::1.2.3.4./4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "1:2:3:4:5:6::1.2.3.4",
            "::1.2.3.4:5",
            "1.2.3.4::",
            "1::/00",
            "1::/",
            "1:",
            ":1",
            "1:::2",
            ":::",
            "::1%eth0",
            "1::2::3",
            "12345::",
            "::/129",
            "::/01",
            "1:2:3:4:5:6:7:8::",
            "::110:",
            ":/0",
            "::1.2.3.4:/8",
            "1.2.3.4/99999999999999",
            "g::",
            "\u{e9}",
        ];
        for text in refused {
            assert_eq!(parse(text), Err(InetFault::Syntax(text.to_owned())), "{text}");
        }
    }
}
